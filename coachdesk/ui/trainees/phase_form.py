"""One phase: open it, close it, enter it again, with its day and reason; its history above."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.domain.phases import PHASE_NAMES, Opening, PhaseState
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import stepper
from coachdesk.ui.widgets.words import label

TITLES = {
    "not_started": N_("Open phase {phase} {name}"),
    "done": N_("Enter phase {phase} {name} again"),
    "open": N_("Close phase {phase} {name}"),
}


class PhaseForm(FormDialog):
    """Day, reason when entered again, one button; what it did can be taken back."""

    def __init__(
        self, shell: Shell, trainee_id: int, state: PhaseState, parent: QWidget | None = None
    ) -> None:
        self.trainee_id, self.state = trainee_id, state
        super().__init__(shell, parent)

    def build(self) -> None:
        today = self.shell.clock.today()
        self.history = label("", "secondary", wrap=True)
        self.body.addWidget(self.history)
        self.day = DayEdit(today, today)
        self.reason = QLineEdit()
        self.put("closed" if self.state.state == "open" else "opened", self.day)
        self.put("reason", self.reason).setVisible(self.state.state == "done")
        self.day.setFocus()
        self.day.selectAll()
        self.keep_draft("phase", f"trainee:{self.trainee_id}:phase:{self.state.phase}:{self.state.state}")

    def retranslate(self) -> None:
        super().retranslate()
        name = _(PHASE_NAMES[self.state.phase])
        opened = self.state.state == "open"
        self.say(
            title=current().fill(TITLES[self.state.state], phase=self.state.phase, name=name),
            keep=_("Close the phase") if opened else _("Open the phase"),
            reason=_("Why it is entered again"),
        )
        self.fields["closed" if opened else "opened"].set_caption(_("Day"))
        self.history.setText("\n".join(stepper.tip(self.state).split("\n")[1:]))
        self.history.setVisible(bool(self.history.text()))

    def keep(self) -> None:
        from coachdesk.services import phases

        desk, now = self.shell.desk, self.state.now
        day = (
            day_in(self.day, "closed" if self.state.state == "open" else "opened") or self.shell.clock.today()
        )
        if self.state.state == "open" and now is not None:
            redo = partial(phases.close_phase, desk, now.id, closed=day)
            undo = partial(phases.edit_opening, desk, now)
            self.run(redo, then=lambda _b: self.done_with(N_("Phase closed"), undo, redo))
        else:
            work = partial(
                phases.open_phase,
                desk,
                self.trainee_id,
                self.state.phase,
                opened=day,
                reason=self.reason.text(),
            )
            self.run(work, then=self._opened)

    def _opened(self, opening: Opening) -> None:
        from coachdesk.services import phases

        self.done_with(N_("Phase opened"), partial(phases.remove_opening, self.shell.desk, opening.id))
