"""What was removed of a trainee in the last 30 days, and how it is brought back."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.phases import PHASE_NAMES
from coachdesk.domain.removed import KIND_NAMES, RemovedSheet
from coachdesk.i18n import N_, _, current
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.day_edit import upper
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.stack import Stack
from coachdesk.ui.widgets.words import heading, label

_LISTS = {
    "note": "note_kinds",
    "appointment": "appointment_kinds",
    "benefit": "benefits",
    "self_assessment": "self_assessments",
    "plan": "plan_kinds",
    "period": "service_kinds",
    "coaching": "outcomes",
    "consent": "bodies",
    "rights_request": "request_kinds",
    "day": "attendance_kinds",
}


def kind(sheet: RemovedSheet) -> str:
    """The word that it is of."""
    return _(KIND_NAMES.get(sheet.removed.kind, sheet.removed.kind))


def what(sheet: RemovedSheet) -> str:
    """Its own day and words, in one line."""
    parts = [_day(sheet.when), _code(sheet), " ".join(sheet.text.split())]
    return ", ".join(filter(None, parts))


def removed_at(sheet: RemovedSheet) -> str:
    """When it was removed."""
    return current().day(sheet.removed.at.astimezone(HELSINKI).date())


def removed_told(sheet: RemovedSheet) -> str:
    """When and by whom."""
    if not sheet.coach:
        return removed_at(sheet)
    return current().fill(N_("{day}, {name}"), day=removed_at(sheet), name=sheet.coach)


def until(sheet: RemovedSheet) -> str:
    """The day after which it is gone."""
    return current().day(sheet.removed.until.astimezone(HELSINKI).date())


COLUMNS = (
    column(N_("Kind"), kind, width=150, bold=True),
    column(N_("What"), what, width=0, tip=what),
    column(N_("Removed"), removed_at, width=110, tip=removed_told, spoken=removed_told),
    column(N_("Gone for good"), until, width=160),
)


class RemovedDialog(Dialog):
    """The list with one button; Enter brings back the one chosen."""

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.trainee_id = trainee_id
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("CoachDesk")
        self.heading = heading(wrap=True)
        self.about = label("", "secondary", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.model = ColumnModel(COLUMNS, self)
        self.table = table_of(self.model)
        self.table.doubleClicked.connect(lambda _index: self.bring_back())
        self.none = EmptyState("trash")
        self.stack = Stack()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        self.back_button = Button(kind="primary", icon="arrow-back-up", key="Enter")
        self.close_button = Button(key="Esc")
        self.back_button.clicked.connect(self.bring_back)
        self.back_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        for part in (self.heading, self.about):
            outer.addWidget(part)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.problem)
        outer.addLayout(row_of(None, self.close_button, self.back_button, spacing=12))
        self.resize(820, 420)
        self.retranslate()
        self.refresh()

    def retranslate(self) -> None:
        self.speak()
        self.heading.setText(_("Removed in the last 30 days"))
        self.about.setText(_("What is not brought back within 30 days is gone for good."))
        self.table.setAccessibleName(_("Removed in the last 30 days"))
        self.back_button.setText(_("Bring back"))
        self.close_button.setText(_("Close"))
        self.none.set_words(_("Nothing was removed in the last 30 days."))
        self.model.retranslate()

    def refresh(self) -> None:
        """Read what can still be brought back."""
        from coachdesk.services import removed

        work = partial(removed.of_trainee, self.shell.desk, self.trainee_id)
        self.shell.jobs.run(work, then=self.show_rows, owner=self)

    def show_rows(self, sheets: tuple[RemovedSheet, ...]) -> None:
        """Show them, the newest first."""
        self.model.show_rows(sheets)
        self.stack.setCurrentIndex(0 if sheets else 1)
        self.back_button.setEnabled(bool(sheets))
        if sheets:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self.close_button.setFocus()

    def bring_back(self) -> None:
        """Put the one chosen back in its place."""
        from coachdesk.services import removed

        sheet: RemovedSheet | None = self.model.row(self.table.currentIndex())
        if sheet is None:
            return
        self.problem.hide()
        work = partial(removed.bring_back, self.shell.desk, sheet.removed.id)
        self.shell.jobs.run(work, then=self._back, failed=self._refused, owner=self)

    def _back(self, _one: Any) -> None:
        self.shell.saved()
        self.refresh()

    def _refused(self, problem: Exception) -> None:
        from coachdesk.i18n import say

        self.problem.setText(say(problem))  # type: ignore[arg-type]
        self.problem.show()


def _day(when: str) -> str:
    from datetime import date, datetime

    if not when:
        return ""
    if len(when) > 10:
        return current().moment(datetime.fromisoformat(when))
    return current().day(date.fromisoformat(when))


def _code(sheet: RemovedSheet) -> str:
    if sheet.removed.kind == "phase" and sheet.code:
        return _(PHASE_NAMES[int(sheet.code)])
    title = _LISTS.get(sheet.removed.kind, "")
    if not title or sheet.code not in codes(title):
        return ""
    return upper(codes(title)[sheet.code].name(current().language))
