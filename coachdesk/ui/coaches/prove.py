"""Proves the recovery sheet that lies in the safe: its eight groups typed back, nothing made new."""

from PySide6.QtWidgets import QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import N_, _, say
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock.groups import GroupFields
from coachdesk.ui.widgets.words import label


class ProveForm(FormDialog):
    """The eight groups; which of them is wrong is said."""

    stays = False
    wide = 520

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)

    def build(self) -> None:
        self.about = label("", "secondary", wrap=True)
        self.groups = GroupFields(columns=2)
        self.groups.changed.connect(self._judge)
        self.body.addWidget(self.about)
        self.body.addWidget(self.groups)
        self.groups.first_open.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Recovery sheet"), keep=_("Prove"))
        self.about.setText(_("Type the eight groups back from the sheet. Nothing is changed by it."))
        self._judge()

    def keep(self) -> None:
        from coachdesk.services import keys

        desk, groups = self.shell.desk, self.groups.groups
        if self.groups.complete:
            self.run(lambda: keys.prove_recovery(desk, groups), self._proved)

    def refuse(self, problem: Exception) -> None:
        if isinstance(problem, Problem) and (problem.field or "").startswith("group"):
            self.groups.blame(int(str(problem.field).removeprefix("group")), say(problem))
        else:
            super().refuse(problem)

    def done(self, result: int) -> None:
        self.groups.forget()
        super().done(result)

    def _proved(self, _none: object) -> None:
        self.kept.emit(None)
        self.done_with(N_("The sheet opens the desk"))

    def _judge(self) -> None:
        self.keep_button.setEnabled(self.groups.complete)
