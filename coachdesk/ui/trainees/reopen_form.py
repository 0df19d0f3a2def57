"""Reopening an archived trainee: why, which the log keeps."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.i18n import _
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label


class ReopenForm(FormDialog):
    """One field; only a lead coach comes here."""

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        self.trainee_id = trainee_id
        super().__init__(shell, parent)

    def build(self) -> None:
        self.about = label("", "secondary", wrap=True)
        self.body.addWidget(self.about)
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        self.put("why", self.why)
        self.keep_draft("reopen", f"trainee:{self.trainee_id}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Reopen the trainee"),
            keep=_("Reopen"),
            leave=_("Leave archived"),
            why=_("Why it is reopened"),
        )
        self.about.setText(_("From then on the coaches can write again. The log keeps the reason."))

    def keep(self) -> None:
        from coachdesk.services import archive

        work = partial(archive.reopen, self.shell.desk, self.trainee_id, self.why.text())
        self.run(work, lambda _done: self.done_with(_("Reopened from the archive")))
