"""A file stands whole or not at all, whatever becomes of its half."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import whole_file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    found = tmp_path / "desk.keys"
    found.write_bytes(b"old")
    return found


@pytest.fixture
def folders_cannot_be_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def refuse(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError("no way to")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", refuse)


def test_new_content_takes_the_place_of_the_old(old: Path) -> None:
    whole_file.write(old, b"new")

    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


def test_parts_that_end_in_an_error_leave_the_old_file_alone(old: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"ne"
        raise ValueError

    with pytest.raises(ValueError):
        whole_file.write_parts(old, parts())
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_half_that_a_kill_left_is_no_hindrance(old: Path) -> None:
    (old.parent / "desk.keys.new").write_bytes(b"longer than what is written now")

    whole_file.write(old, b"new")

    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


def test_place_that_is_taken_by_a_folder_leaves_no_half(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf" / "inside").mkdir(parents=True)

    with pytest.raises(OSError):
        whole_file.write(tmp_path / "plan.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.pdf"]


def test_share_that_cannot_sync_a_folder_takes_files(old: Path, folders_cannot_be_synced: None) -> None:
    whole_file.write(old, b"new")

    assert old.read_bytes() == b"new"


def test_what_must_last_is_told_where_the_folder_cannot_be_synced(
    old: Path, folders_cannot_be_synced: None
) -> None:
    with pytest.raises(OSError, match="no way to"):
        whole_file.write(old, b"new", lasting=True)


def test_hidden_halves_of_two_writers_are_two(old: Path) -> None:
    halves = {whole_file.hidden_half(old) for _writer in range(2)}

    assert len(halves) == 2
    assert all(half.name.startswith(".desk.keys.") and half.suffix == whole_file.HALF for half in halves)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_file_has_the_rights_that_were_asked(tmp_path: Path) -> None:
    whole_file.write(tmp_path / "sign.jwk", b"{}", mode=0o600)

    assert stat.S_IMODE((tmp_path / "sign.jwk").stat().st_mode) == 0o600
