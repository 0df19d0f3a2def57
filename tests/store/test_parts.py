"""A head and a file after it, one file: what stood there before stays until the new one is on the disk."""

from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.store.backup import PART
from coachdesk.store.parts import join


@pytest.fixture
def rest(tmp_path: Path) -> Path:
    """What comes after the head: two parts and a half."""
    found = tmp_path / "rest"
    found.write_bytes(bytes(PART * 2 + PART // 2))
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    found = tmp_path / "place"
    found.mkdir()
    return found


def test_head_and_rest_are_one_file_and_each_part_is_told(place: Path, rest: Path) -> None:
    told: list[tuple[int, int]] = []

    written = join(place / "one.backup", b"head", rest, lambda done, total: told.append((done, total)))

    assert written.read_bytes() == b"head" + rest.read_bytes()
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [path.name for path in place.iterdir()] == ["one.backup"]


def test_stopped_in_the_middle_leaves_what_was_there(place: Path, rest: Path) -> None:
    (place / "one.backup").write_bytes(b"older")
    asked = iter([False, True])

    with pytest.raises(Refused, match="Nothing half done"):
        join(place / "one.backup", b"head", rest, cancelled=lambda: next(asked))

    assert [path.name for path in place.iterdir()] == ["one.backup"]
    assert (place / "one.backup").read_bytes() == b"older"


def test_place_that_cannot_be_written_leaves_nothing(tmp_path: Path, rest: Path) -> None:
    with pytest.raises(FileNotFoundError):
        join(tmp_path / "gone" / "one.backup", b"head", rest)

    assert not (tmp_path / "gone").exists()
