"""The recovery sheet on paper: drawn for a printer, or saved outside the desk after a warning."""

from pathlib import Path

from coachdesk import whole_file
from coachdesk.domain.papers import Both, RecoveryPaper
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import workshops
from coachdesk.store.troubles import disk_troubles


def draw_sheet(desk: Desk, groups: tuple[str, ...], language: str) -> bytes:
    """The sheet as PDF; that it was drawn is logged, its groups are not."""
    from coachdesk.printing.recovery import draw_recovery

    with desk.writing() as unit:
        found = workshops.WORKSHOPS.find(unit, limit=1)
        name = Both(found[0].name("fi"), found[0].name("sv")) if found else Both()
        unit.log("desk.print_recovery_sheet")
        unit.commit()
        on = unit.on
    return draw_recovery(RecoveryPaper(on=on, workshop=name, groups=groups), language)


def save_sheet(desk: Desk, sheet: bytes, path: Path) -> None:
    """Save the sheet as a file, which is as good as the key itself: never beside what it opens.

    Raises:
        Refused: the place is inside the desk's folder.
        Trouble: it cannot be written.
    """
    path = Path(path).absolute()
    if path.resolve().is_relative_to(desk.folder.resolve()):
        raise Refused(N_("The recovery sheet cannot lie in the folder that it opens. Choose another place."))
    with disk_troubles(path.parent):
        whole_file.write(path, sheet, lasting=True)
