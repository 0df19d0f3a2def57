"""The recovery sheet as a file: never beside what it opens, and never in the log."""

from pathlib import Path

import pytest

from coachdesk.domain.access_log import LogFilter
from coachdesk.errors import Refused, Trouble
from coachdesk.services import recovery_sheet
from coachdesk.services.desk import Desk
from coachdesk.store import access_log

PRINTED = "desk.print_recovery_sheet"
GROUPS = ("2EXX8", "KJS4Z", "9WAY2", "5ECBX", "BAMAY", "7ER64", "J21CR", "M2K1H")


def test_the_sheet_is_never_saved_into_the_desk_it_opens(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(desk.folder)

    for place in (desk.folder, desk.folder / "files", tmp_path / "link"):
        with pytest.raises(Refused, match="Choose another place"):
            recovery_sheet.save_sheet(desk, b"%PDF", place / "sheet.pdf")
    assert not list(desk.folder.rglob("sheet.pdf"))


def test_the_sheet_is_saved_elsewhere_whole(desk: Desk, tmp_path: Path) -> None:
    recovery_sheet.save_sheet(desk, b"%PDF", tmp_path / "sheet.pdf")

    assert (tmp_path / "sheet.pdf").read_bytes() == b"%PDF"


def test_a_place_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no folder"):
        recovery_sheet.save_sheet(desk, b"%PDF", tmp_path / "gone" / "sheet.pdf")


def test_that_it_was_drawn_is_logged_and_its_groups_are_not(desk: Desk) -> None:
    assert recovery_sheet.draw_sheet(desk, GROUPS, "sv").startswith(b"%PDF")

    with desk.reading() as unit:
        (line,) = access_log.lines(unit.connection, LogFilter(acts=frozenset({PRINTED})), most=9)
        kept = access_log.detail_of(unit.connection, line.seq)
    assert not any(group in f"{line} {kept}" for group in GROUPS)
