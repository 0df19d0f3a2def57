"""Before other coaches' trainees are listed: why; the log keeps it."""

from PySide6.QtWidgets import QLineEdit

from coachdesk.i18n import _
from coachdesk.ui.form import FormDialog
from coachdesk.ui.widgets.words import label


class EverybodyForm(FormDialog):
    """One line: why other coaches' trainees are looked at; ``kept`` once it is stated."""

    def build(self) -> None:
        self.about = label("", "secondary", wrap=True)
        self.body.addWidget(self.about)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.put("reason", self.reason)
        self.keep_draft("reason", "list")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("All trainees"),
            keep=_("Show all"),
            leave=_("Only my own"),
            reason=_("Why you look at other coaches' trainees"),
        )
        self.about.setText(_("The reason stands in the log and holds until the desk is locked."))

    def keep(self) -> None:
        from coachdesk.services import whose

        text = self.reason.text()
        self.run(lambda: whose.state_reason(self.shell.desk, text), self._stated)

    def _stated(self, _nothing: object) -> None:
        if self.draft is not None:
            self.draft.finish()
        self.kept.emit(True)
        self.accept()
