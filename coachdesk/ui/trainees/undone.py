"""What is still open before a service is ended: a line for each, which leads to where it is mended."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.domain.ending import KINDS, Undone
from coachdesk.domain.phases import PHASE_NAMES
from coachdesk.i18n import _, current, ngettext
from coachdesk.ui.lines import Line, Lines
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label

PLACES = {  # where each kind is mended: the tab of the page, or another place
    "plan_unsigned": "plan",
    "plan_unprinted": "plan",
    "plan_unfinished": "plan",
    "summary_unaccepted": "sync",
    "summary_unsent": "sync",
    "report_undone": "attendance",
    "phase_open": "overview",
    "step_open": "overview",
    "coaching_open": "coaching",
    "appointment_ahead": "overview",
    "consent_running": "consents",
    "draft_left": "today",
    "request_open": "requests",
}


def sentence(one: Undone) -> str:
    """What is open, in the screen's language."""
    text = _(PHASE_NAMES[int(one.text)]) if one.kind == "phase_open" else one.text
    return current().fill(KINDS[one.kind], text=text, day=one.day, last=one.last)


class UndoneList(QWidget):
    """Shows nothing until it is read, then the lines, or that nothing is open."""

    def __init__(
        self, shell: Shell, trainee_id: int, leave: Callable[[], object], *, giving: bool = False
    ) -> None:
        super().__init__()
        self.giving = giving  # before a handing over, not before an end
        self.shell, self.trainee_id, self._leave = shell, trainee_id, leave
        self.found: tuple[Undone, ...] | None = None
        self.about = label("", "strong", wrap=True)
        self.lines = Lines()
        self.lines.asked.connect(self.mend)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.about)
        box.addWidget(self.lines)
        self.hide()

    def show_undone(self, found: tuple[Undone, ...]) -> None:
        """Show what was read."""
        self.found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        if self.found is None:
            return
        count = len(self.found)
        self.about.setText(self._counted(count).format(count=count) if count else _("Nothing is left open."))
        lines = (Line(text=sentence(one), token="primary", asks=one) for one in self.found)
        self.lines.show_lines(_("Still open"), tuple(lines))
        self.lines.setVisible(bool(count))
        self.show()

    def _counted(self, count: int) -> str:
        if self.giving:
            return ngettext(
                "{count} thing is still open. You may hand over all the same.",
                "{count} things are still open. You may hand over all the same.",
                count,
            )
        return ngettext(
            "{count} thing is still open. You may end the period all the same.",
            "{count} things are still open. You may end the period all the same.",
            count,
        )

    def mend(self, one: Undone) -> None:
        """Go to where it is mended; what was typed into the form stays as a draft."""
        self._leave()
        place = PLACES[one.kind]
        match place:
            case "sync" | "today":
                self.shell.go(place)
            case "attendance":
                self.shell.go("attendance", hint="reports")
            case "requests" | "coaching":
                self.shell.go("trainees", trainee_id=self.trainee_id, tab="overview", hint={"open": place})
            case _:
                self.shell.go("trainees", trainee_id=self.trainee_id, tab=place)
