"""One line that says why, before something that the log keeps with its reason."""

from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label


class WhyForm(FormDialog):
    """What it is about and the reason; a subclass gives the words and does it in ``keep``."""

    form: ClassVar[str]  # the name of its draft

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        self.trainee_id = trainee_id
        super().__init__(shell, parent)

    def build(self) -> None:
        self.about = label("", "secondary", wrap=True)
        self.body.addWidget(self.about)
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        self.put("why", self.why)
        self.keep_draft(self.form, f"trainee:{self.trainee_id}")
