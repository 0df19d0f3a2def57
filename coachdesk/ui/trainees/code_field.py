"""Fields of the trainee's form: the identity code behind dots, the language of papers, a short text."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.identity_code import MASKED, parse
from coachdesk.errors import Refused
from coachdesk.i18n import _, current, say
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of

LENGTH = 11  # characters of a whole code
SHOWN = 15_000  # ms that the identity code is shown


class CodeField(QWidget):
    """The identity code: typed in the open, dots once it stands; an eye shows it for fifteen seconds."""

    shown = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept = ""
        self.edit = QLineEdit()
        self.edit.setMaxLength(14)
        self.edit.textChanged.connect(lambda _text: self.typed.emit())
        self.eye = Button(icon="eye")
        self.eye.clicked.connect(self.shown)
        self.eye.hide()
        self.setFocusProxy(self.edit)
        line = row_of(self.edit, self.eye, spacing=8)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hiding = QTimer(self, singleShot=True, interval=SHOWN)
        self.hiding.timeout.connect(self.hide_code)

    @property
    def code(self) -> str:
        """The code kept, or what is typed."""
        return self._kept if self.edit.text() == MASKED else self.edit.text().strip()

    def set_code(self, code: str) -> None:
        """Keep a code behind dots."""
        self._kept = code
        self.edit.setText(MASKED if code else "")
        self.edit.setReadOnly(bool(code))
        self.eye.setVisible(bool(code))

    @property
    def typed_value(self) -> str:
        """What a draft keeps."""
        return self.code

    def put_typed(self, value: str) -> None:
        """Put back what a draft kept, behind dots."""
        self.set_code(value)

    def show_code(self) -> None:
        """Show it, to be read or corrected, for fifteen seconds."""
        self.edit.setReadOnly(False)
        self.edit.setText(self._kept)
        self.hiding.start()

    def hide_code(self) -> None:
        """Dots again, unless it was changed meanwhile."""
        if self.edit.text() == self._kept:
            self.set_code(self._kept)

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.eye.setText(_("Show"))
        self.eye.setAccessibleName(_("Show the identity code"))
        self.edit.setAccessibleName(_("Identity code"))


def what_is_wrong(code: str) -> str:
    """What is said of a code that is not right: of a whole one the rule that it breaks."""
    try:
        parse(code)
    except Refused as problem:
        whole = len(code) == LENGTH
        return say(problem) if whole else _("This is not a right identity code yet.")
    return ""


class LanguageBox(ChoiceBox):
    """Finnish or Swedish: the language of papers."""

    def __init__(self) -> None:
        super().__init__()
        self.retranslate()
        self.choose("sv" if current().language == "sv" else "fi")

    def retranslate(self) -> None:
        """Write the names in the screen's language."""
        names = codes("languages")
        self.offer((key, names.name(key, current().language).capitalize()) for key in ("fi", "sv"))


def short_text() -> QPlainTextEdit:
    """A field of a few lines; Tab leaves it."""
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(64)
    return edit
