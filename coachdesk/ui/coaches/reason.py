"""Before another coach's trainee is opened: why, and for how long; the log keeps it."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label

SPANS = ((1, N_("Today")), (7, N_("For a week")), (28, N_("For four weeks")))


class ReasonForm(FormDialog):
    """One line and a span; ``kept`` once the reason is stated."""

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        self.trainee_id, self.coach = trainee_id, ""
        super().__init__(shell, parent)

    def build(self) -> None:
        self.about = label("", "secondary", wrap=True)
        self.body.addWidget(self.about)
        self.reason, self.span = QLineEdit(), QComboBox()
        self.reason.setMaxLength(300)
        for days, _words in SPANS:
            self.span.addItem("", days)
        self.put("reason", self.reason)
        self.put("days", self.span)
        self.keep_draft("reason", f"trainee:{self.trainee_id}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Another coach's trainee"),
            keep=_("Open the page"),
            leave=_("Leave closed"),
            reason=_("Why you open it"),
            days=_("The reason holds"),
        )
        self.about.setText(
            current().fill(
                N_("The responsible coach is {coach}. The reason stands in the log."), coach=self.coach
            )
            if self.coach
            else _("The reason stands in the log.")
        )
        for at, (_days, words) in enumerate(SPANS):
            self.span.setItemText(at, _(words))

    def open(self) -> None:
        from coachdesk.services import rights

        super().open()
        self.run(partial(rights.responsible, self.shell.desk, self.trainee_id), self._named)

    def keep(self) -> None:
        from coachdesk.services import rights

        desk, text, days = self.shell.desk, self.reason.text(), int(self.span.currentData())
        self.run(lambda: rights.state_reason(desk, self.trainee_id, text, days), self._stated)

    def _named(self, coach: str) -> None:
        self.coach = coach
        self.retranslate()

    def _stated(self, stated: object) -> None:
        if self.draft is not None:
            self.draft.finish()
        self.kept.emit(stated)
        self.accept()
