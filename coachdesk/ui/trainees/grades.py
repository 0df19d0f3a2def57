"""How satisfied a trainee is: grades from 4 to 10, each with its day."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.domain.trainee import GRADES, Feedback
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.columns import column
from coachdesk.ui.day_edit import ChoiceBox, DayEdit, day_in
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.rows_dialog import KeptRowsDialog


class GradesDialog(KeptRowsDialog):
    """The list, the newest first."""

    removed = N_("Grade removed")
    columns = (
        column(N_("Grade"), lambda row: str(row.grade), sort=lambda row: row.grade, width=120),
        column(N_("Day"), lambda row: current().day(row.on_day), width=0),
    )

    def read(self) -> Iterable[Feedback]:
        from coachdesk.services import coaching

        return coaching.grades(self.shell.desk, self.trainee_id)

    def take(self, row: Any) -> Work:
        from coachdesk.services import coaching

        return partial(coaching.remove_grade, self.shell.desk, row.id)

    def bring_back(self, row: Any) -> Work:
        from coachdesk.services import coaching

        return partial(coaching.grade, self.shell.desk, row)

    def form(self, row: Any) -> FormDialog:
        return GradeForm(self.shell, self.trainee_id, row, parent=self)

    def retranslate(self) -> None:
        self.title_.setText(_("Grades of satisfaction"))
        self.new.setText(_("New grade"))
        self.none.set_words(_("No grade recorded yet."))
        super().retranslate()


class GradeForm(FormDialog):
    """The grade and its day."""

    def __init__(
        self, shell: Shell, trainee_id: int, feedback: Feedback | None, parent: QWidget | None = None
    ) -> None:
        self._trainee_id, self.before = trainee_id, feedback
        super().__init__(shell, parent)

    def build(self) -> None:
        today, before = self.shell.clock.today(), self.before
        self.grade = ChoiceBox()
        self.grade.offer([("", "–"), *((str(grade), str(grade)) for grade in GRADES)])
        self.grade.choose(str(before.grade) if before else "")
        self.on_day = DayEdit(today, before.on_day if before else today)
        self.put("grade", self.grade)
        self.put("on_day", self.on_day)
        which = f":feedback:{before.id}" if before else ""
        self.keep_draft("feedback", f"trainee:{self._trainee_id}{which}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Grade of satisfaction") if self.before else _("New grade of satisfaction"),
            grade=_("Grade, from 4 to 10"),
            on_day=_("Day"),
        )

    def keep(self) -> None:
        from coachdesk.services import coaching

        desk, day = self.shell.desk, day_in(self.on_day, "on_day")
        if not self.grade.key:
            raise Refused(N_("Choose a grade."), field="grade")
        if day is None and not (self.before and self.before.on_day is None):
            raise Refused(N_("Write the day of the grade."), field="on_day")
        before = self.before or Feedback(trainee_id=self._trainee_id, grade=0)
        written = replace(before, grade=int(self.grade.key), on_day=day)
        if self.before is None:
            self.run(partial(coaching.grade, desk, written), then=self._recorded)
            return
        undo = partial(coaching.change_grade, desk, self.before)
        redo = partial(coaching.change_grade, desk, written)
        self.run(redo, then=lambda _b: self.done_with(N_("Grade changed"), undo, redo))

    def _recorded(self, kept: Feedback) -> None:
        from coachdesk.services import coaching

        desk = self.shell.desk
        undo, redo = partial(coaching.remove_grade, desk, kept.id), partial(coaching.grade, desk, kept)
        self.done_with(N_("Grade recorded"), undo, redo)
