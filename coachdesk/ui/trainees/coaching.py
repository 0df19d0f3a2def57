"""Job coaching of a trainee: when it began and ended, and how."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.phases import GOES_ON, Coaching
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.columns import column
from coachdesk.ui.day_edit import ChoiceBox, DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.rows_dialog import KeptRowsDialog


class CoachingDialog(KeptRowsDialog):
    """The list, the newest first."""

    removed = N_("Job coaching removed")
    icon = "briefcase"
    columns = (
        column(N_("Began"), lambda row: current().day(row.begins), sort=lambda row: row.begins, width=130),
        column(N_("Ended"), lambda row: current().day(row.ends), width=130),
        column(N_("How it ended"), wording.outcome_of, tip=wording.outcome_of, width=0),
    )

    def read(self) -> Iterable[Coaching]:
        from coachdesk.services import coaching

        return coaching.of_trainee(self.shell.desk, self.trainee_id)

    def take(self, row: Any) -> Work:
        from coachdesk.services import coaching

        return partial(coaching.remove, self.shell.desk, row.id)

    def bring_back(self, row: Any) -> Work:
        from coachdesk.services import coaching

        return partial(coaching.begin, self.shell.desk, row)

    def form(self, row: Any) -> FormDialog:
        return CoachingForm(self.shell, self.trainee_id, row, parent=self)

    def retranslate(self) -> None:
        self.title_.setText(_("Job coaching"))
        self.new.setText(_("Begin job coaching"))
        self.none.set_words(_("No job coaching recorded yet."))
        super().retranslate()


class CoachingForm(FormDialog):
    """Its first day, its last one, and how it ended, by the codes in force today."""

    def __init__(
        self, shell: Shell, trainee_id: int, coaching: Coaching | None, parent: QWidget | None = None
    ) -> None:
        self._trainee_id, self.before = trainee_id, coaching
        super().__init__(shell, parent)

    def build(self) -> None:
        today, before = self.shell.clock.today(), self.before
        self.begins = DayEdit(today, before.begins if before else today)
        self.ends = DayEdit(today, before.ends if before else None)
        self.outcome = ChoiceBox()
        self._offer()
        self.outcome.choose(before.outcome if before and before.ends else "")
        for name in ("begins", "ends", "outcome"):
            self.put(name, getattr(self, name))
        (self.ends if before else self.begins).setFocus()
        which = f":coaching:{before.id}" if before else ""
        self.keep_draft("coaching", f"trainee:{self._trainee_id}{which}")

    def _offer(self) -> None:
        found = [code for code in codes("outcomes").on(self.shell.clock.today()) if code.key != GOES_ON]
        kept = self.before.outcome if self.before else ""
        if kept not in ("", GOES_ON, *(code.key for code in found)):
            found.append(codes("outcomes")[kept])  # an old code that stands there
        language = current().language
        self.outcome.offer([("", _("It goes on")), *((c.key, upper(c.name(language))) for c in found)])

    def retranslate(self) -> None:
        super().retranslate()
        self._offer()
        self.say(
            title=_("Job coaching") if self.before else _("Begin job coaching"),
            begins=_("First day"),
            ends=_("Last day, if it has ended"),
            outcome=_("How it ended"),
        )

    def written(self) -> Coaching:
        """What stands in the form.

        Raises:
            Refused: a day cannot be read, or the first one is missing.
        """
        begins = day_in(self.begins, "begins")
        if begins is None:
            raise Refused(N_("Write the day on which it began."), field="begins")
        ends, outcome = day_in(self.ends, "ends"), self.outcome.key
        before = self.before or Coaching(trainee_id=self._trainee_id, begins=begins)
        if not outcome and ends is None and before.outcome == GOES_ON:
            outcome = GOES_ON  # as a spreadsheet told it
        return replace(before, begins=begins, ends=ends, outcome=outcome)

    def keep(self) -> None:
        from coachdesk.services import coaching

        desk, written = self.shell.desk, self.written()
        if self.before is None:
            self.run(partial(coaching.begin, desk, written), then=self._begun)
            return
        undo, redo = partial(coaching.edit, desk, self.before), partial(coaching.edit, desk, written)
        ended = self.before.ends is None and written.ends is not None
        label = N_("Job coaching ended") if ended else N_("Job coaching changed")
        self.run(redo, then=lambda _b: self.done_with(label, undo, redo))

    def _begun(self, kept: Coaching) -> None:
        from coachdesk.services import coaching

        desk = self.shell.desk
        undo, redo = partial(coaching.remove, desk, kept.id), partial(coaching.begin, desk, kept)
        self.done_with(N_("Job coaching begun"), undo, redo)
