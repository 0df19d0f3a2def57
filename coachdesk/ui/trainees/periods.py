"""Service periods of a trainee: begin, change, end; what is used and what warns."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.services.periods import Agreement
from coachdesk.ui.columns import column
from coachdesk.ui.day_edit import CodeBox, DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.rows_dialog import RowsDialog
from coachdesk.ui.trainees.undone import UndoneList
from coachdesk.ui.widgets.buttons import Button


def behalf(row: Agreement) -> str:
    """On whose behalf: the controller's name."""
    return row.period.controller_name or wording.name_of("bodies", row.period.controller)


def state(row: Agreement) -> str:
    """How the period ended, or nothing while it runs."""
    if row.period.ended is None:
        return ""
    reason = wording.name_of("end_reasons", row.period.end_reason)
    return reason or current().fill(N_("Ended {day}"), day=row.period.ended)


class PeriodsDialog(RowsDialog):
    """The list, the newest first."""

    columns = (
        column(
            N_("Service"),
            lambda row: upper(wording.name_of("service_kinds", row.period.service_kind)),
            tip=lambda row: upper(wording.name_of("service_kinds", row.period.service_kind)),
            width=0,
        ),
        column(N_("On whose behalf"), behalf, tip=behalf, width=210),
        column(N_("Period"), lambda row: wording.span_of(row.period), width=190),
        column(N_("Ended"), state, tip=state, width=110),
    )

    def build(self) -> None:
        self.end = Button()
        self.end.clicked.connect(self.end_chosen)
        self.more.addWidget(self.end)

    def read(self) -> Iterable[Agreement]:
        from coachdesk.services import periods

        return periods.of_trainee(self.shell.desk, self.trainee_id)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        super().show_rows(rows)
        self.end.setEnabled(bool(rows))

    def form(self, row: Any) -> FormDialog:
        from coachdesk.ui.trainees.period_form import PeriodForm

        return PeriodForm(self.shell, self.trainee_id, row, parent=self)

    def id_of(self, row: Any) -> int:
        return int(row.period.id)

    def open_unfinished(self, form: str, row: Any) -> None:
        if form == "period_end":
            self.end_chosen()
        else:
            super().open_unfinished(form, row)

    def end_chosen(self) -> None:
        """End the period chosen."""
        if self.chosen is not None:
            form = EndForm(self.shell, self.chosen, parent=self)
            form.did.connect(self.told)
            form.open()

    def retranslate(self) -> None:
        self.title_.setText(_("Periods"))
        self.new.setText(_("New period"))
        self.end.setText(_("End the period…"))
        self.none.set_words(_("No period yet."))
        super().retranslate()


class EndForm(FormDialog):
    """The last day and the reason; above them what is still open, which stands in nobody's way."""

    wide = 560

    def __init__(self, shell: Shell, agreement: Agreement, parent: QWidget | None = None) -> None:
        self.before = agreement
        super().__init__(shell, parent)

    def build(self) -> None:
        today, period = self.shell.clock.today(), self.before.period
        self.undone = UndoneList(self.shell, period.trainee_id, self.leave_open)
        self.body.addWidget(self.undone)
        self.day = DayEdit(today, period.ended or today)
        self.reason = CodeBox("end_reasons", on=today, key=period.end_reason or "as_agreed")
        self.put("ended", self.day)
        self.put("end_reason", self.reason)
        self.day.setFocus()
        self.keep_draft("period_end", f"trainee:{period.trainee_id}:period:{period.id}")

        self._look()

    def _look(self) -> None:
        from coachdesk.services import ending

        work = partial(ending.undone, self.shell.desk, self.before.period.id)
        self.shell.jobs.run(work, then=self.undone.show_undone, lane="reading", owner=self)

    def leave_open(self) -> None:
        """Go and mend something: what is typed here stays a draft, and the list behind closes too."""
        behind = self.parentWidget()
        self.reject()
        if isinstance(behind, PeriodsDialog):
            behind.reject()

    def retranslate(self) -> None:
        super().retranslate()
        self.undone.retranslate()
        self.say(
            title=_("End the period"), keep=_("End the period"), ended=_("Last day"), end_reason=_("Reason")
        )

    def keep(self) -> None:
        from coachdesk.services import periods

        desk, before = self.shell.desk, self.before
        day = day_in(self.day, "ended") or self.shell.clock.today()
        redo = partial(periods.end, desk, before.period.id, day=day, reason=self.reason.key)
        undo = partial(periods.edit, desk, before.period)
        self.run(redo, then=lambda _b: self.done_with(N_("Period ended"), undo, redo))
