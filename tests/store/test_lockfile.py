"""One window for a desk: who comes second is told, who comes after gets in."""

from pathlib import Path

import pytest

from coachdesk.errors import DeskBusy, Trouble
from coachdesk.store.lockfile import LockFile


def test_second_holder_is_told_and_the_first_keeps_it(tmp_path: Path) -> None:
    first, second = LockFile(tmp_path), LockFile(tmp_path)
    first.take()

    for _again in range(2):
        with pytest.raises(DeskBusy, match="already open"):
            second.take()
    first.release()
    second.take()
    second.release()


def test_release_of_nothing_does_no_harm(tmp_path: Path) -> None:
    lock = LockFile(tmp_path)
    lock.release()
    lock.take()
    lock.release()
    lock.release()

    other = LockFile(tmp_path)
    other.take()
    other.release()


def test_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no folder"):
        LockFile(tmp_path / "gone").take()
