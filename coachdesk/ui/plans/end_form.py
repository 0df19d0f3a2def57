"""The last day on which a plan is in force."""

from functools import partial

from PySide6.QtWidgets import QWidget

from coachdesk.domain.plan import Plan
from coachdesk.i18n import N_, _
from coachdesk.ui.day_edit import DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.words import called
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label


class EndForm(FormDialog):
    """A day, or none: then the plan goes on until another replaces it."""

    wide = 440

    def __init__(self, shell: Shell, plan: Plan, parent: QWidget | None = None) -> None:
        self.plan = plan
        super().__init__(shell, parent)

    def build(self) -> None:
        self.valid_to = DayEdit(self.shell.clock.today(), self.plan.valid_to)
        self.name = label("", "strong", wrap=True)
        self.body.addWidget(self.name)
        self.put("valid_to", self.valid_to)
        self.hint = label("", "secondary", wrap=True)
        self.body.addWidget(self.hint)
        self.keep_draft("plan", f"trainee:{self.plan.trainee_id}:plan:{self.plan.id}:end")
        self.valid_to.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Until when is the plan in force?"), keep=_("Save"), valid_to=_("Last day"))
        self.name.setText(called(self.plan, self.shell.clock.today()))
        self.hint.setText(_("Without a day the plan is in force until another replaces it."))

    def keep(self) -> None:
        from coachdesk.services import plans

        desk, old, last = self.shell.desk, self.plan, day_in(self.valid_to, "valid_to")
        self.run(
            partial(plans.end_plan, desk, old.id, last),
            then=lambda _plan: self.done_with(
                N_("The end of the plan was changed."),
                partial(plans.end_plan, desk, old.id, old.valid_to),
                partial(plans.end_plan, desk, old.id, last),
            ),
        )
