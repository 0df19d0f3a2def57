"""What SQLite and the file system say, and the sentence that a coach gets for it."""

import errno
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coachdesk.errors import DeskBusy, DeskDamaged, DiskFull, Trouble
from coachdesk.store.troubles import disk_troubles, of_disk, of_store, store_troubles


@pytest.mark.parametrize(
    ("said", "kind", "told"),
    [
        ("database or disk is full", DiskFull, "The disk is full"),
        ("disk I/O error", DiskFull, "did not take what was written"),
        ("attempt to write a readonly database", Trouble, "cannot be written"),
        ("unable to open database file", Trouble, "cannot be written"),
        ("database is locked", DeskBusy, "The desk is busy"),
        ("file is not a database", DeskDamaged, "does not open with this key"),
        ("database disk image is malformed", DeskDamaged, "Restore the desk from a backup"),
    ],
)
def test_each_word_of_sqlite_has_its_sentence(said: str, kind: type[Trouble], told: str) -> None:
    found = of_store(dbapi2.OperationalError(said), "/desk")

    assert type(found) is kind and told in str(found)


def test_a_mistake_of_ours_stays_what_it_is() -> None:
    mistake = dbapi2.OperationalError("no such column: nam")

    assert of_store(mistake) is None
    with pytest.raises(dbapi2.OperationalError) as raised, store_troubles():
        raise mistake
    assert raised.value is mistake


@pytest.mark.parametrize(
    ("number", "kind", "told"),
    [
        (errno.ENOSPC, DiskFull, "The disk is full"),
        (errno.EACCES, Trouble, "The folder /desk cannot be written"),
        (errno.EROFS, Trouble, "The folder /desk cannot be written"),
        (errno.ENOENT, Trouble, "There is no folder /desk"),
        (errno.EIO, Trouble, "The disk could not be used: EIO"),
    ],
)
def test_each_word_of_the_disk_has_its_sentence(number: int, kind: type[Trouble], told: str) -> None:
    found = of_disk(OSError(number, "as the system says it"), "/desk")

    assert type(found) is kind and told in str(found) and "as the system says it" not in str(found)


def test_what_the_disk_says_is_told_with_its_cause(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no folder") as raised, disk_troubles(tmp_path):
        (tmp_path / "none" / "file").read_bytes()

    assert isinstance(raised.value.__cause__, FileNotFoundError)
