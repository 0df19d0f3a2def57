"""Files that are carried: whole or not there, with nothing personal in their names."""

import errno
import os
import stat

import pytest

from coachdesk.errors import DiskFull, Trouble, Unreadable
from coachdesk.exchange import export_file
from coachdesk.exchange.handover_file import Half

from .letters import DEVICE, a_label


def test_the_name_has_region_desk_row_and_number():
    assert export_file.bundle_name(a_label(epoch=2, seq=14)) == f"pohjanmaa-{DEVICE}-2-14.jwe"


def test_the_same_bytes_twice_are_one_file(tmp_path):
    first = export_file.write(tmp_path, "a.jwe", b"x")

    assert export_file.write(tmp_path, "a.jwe", b"x") == first
    assert [file.name for file in tmp_path.iterdir()] == ["a.jwe"]


def test_another_file_of_that_name_stays(tmp_path):
    (tmp_path / "a.jwe").write_bytes(b"another")

    with pytest.raises(Trouble):
        export_file.write(tmp_path, "a.jwe", b"x")
    assert (tmp_path / "a.jwe").read_bytes() == b"another"


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, DiskFull), (errno.EACCES, Trouble)])
def test_a_full_or_closed_disk_leaves_no_half_file(tmp_path, monkeypatch, number, kind):
    def full(_handle):
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(kind):
        export_file.write(tmp_path, "a.jwe", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(Trouble):
        export_file.write(tmp_path / "file", "a.jwe", b"x")


@pytest.mark.parametrize("name", ["none.jwe", "."])
def test_a_file_that_cannot_be_read_is_unreadable(tmp_path, name):
    with pytest.raises(Unreadable):
        export_file.read(tmp_path / name)


def test_a_file_of_more_than_a_megabyte_is_not_read(tmp_path):
    (tmp_path / "big").write_bytes(b"a" * (export_file.MOST_READ + 1))

    with pytest.raises(Unreadable, match="too big"):
        export_file.read(tmp_path / "big")


def test_file_stands_in_its_place_on_the_disk_before_anybody_is_told(tmp_path, monkeypatch):
    synced = []
    fsync = os.fsync

    def seen(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            synced.append(sorted(path.name for path in tmp_path.iterdir()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", seen)
    export_file.write(tmp_path, "a", b"1")
    export_file.write_parts(tmp_path, "b", [b"2"])
    half = Half(path=tmp_path / ".c.half", target=tmp_path / "c")
    half.path.write_bytes(b"3")
    half.place()
    assert synced == [["a"], ["a", "b"], ["a", "b", "c"]]
