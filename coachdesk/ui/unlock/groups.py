"""The eight groups of the recovery sheet, typed from paper: each checked by itself, hidden when right."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.theme import swap
from coachdesk.ui.widgets.layout import column_of
from coachdesk.ui.widgets.words import label

GROUPS, SYMBOLS = 8, 5
FORGOTTEN_AFTER = 180_000  # milliseconds without typing: a sheet is read slowly, and the phone rings


def _bare(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


class GroupEdit(QLineEdit):
    """One group: small letters become capitals, spaces and hyphens fall away; a longer text goes on."""

    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.setFont(font)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.textEdited.connect(self._tidy)

    def _tidy(self, text: str) -> None:
        bare = _bare(text)
        if bare[:SYMBOLS] != text:
            at = self.cursorPosition() - (len(text) - len(bare))
            self.setText(bare[:SYMBOLS])
            self.setCursorPosition(max(0, min(at, SYMBOLS)))
        self.typed.emit(bare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.echoMode() is QLineEdit.EchoMode.Password and event.text().strip():
            self.setEchoMode(QLineEdit.EchoMode.Normal)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class GroupField(QWidget):
    """One group with its caption above and one line below, help or error, always there."""

    def __init__(self, edit: GroupEdit) -> None:
        super().__init__()
        self._edit = edit
        self._caption, self._said = label("", "label"), label("", "secondary")
        self._caption.setBuddy(edit)
        self.error = ""
        self.setLayout(column_of(self._caption, edit, self._said, spacing=3))

    def set_caption(self, text: str) -> None:
        """Change the caption."""
        self._caption.setText(text)

    def say(self, help_: str, error: str = "") -> None:
        """Say what is wrong below the group, or else what is still to do."""
        self.error = error
        self._said.setText(error or help_ or " ")
        swap(self._said, "role", "error" if error else "secondary")
        self._edit.setAccessibleDescription(error)
        swap(self._edit, "wrong", bool(error))


class GroupFields(QWidget):
    """Eight fields in the order of the sheet; ``changed`` at each group that becomes right or wrong.

    They empty themselves when nobody types: eight groups left on a screen open the desk for whoever comes by.
    """

    changed = Signal()

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self.edits = [GroupEdit() for _place in range(GROUPS)]
        self.fields = [GroupField(edit) for edit in self.edits]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, field in enumerate(self.fields):
            grid.addWidget(field, place // columns, place % columns)
        for place, edit in enumerate(self.edits):
            edit.typed.connect(lambda text, place=place: self._typed(place, text))
            edit.left.connect(lambda place=place: self._left(place))
        self._right = [False] * GROUPS
        self._idle = QTimer(self, singleShot=True, interval=FORGOTTEN_AFTER)
        self._idle.timeout.connect(self._abandon)
        self.retranslate()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups as typed."""
        return tuple(edit.text() for edit in self.edits)

    @property
    def complete(self) -> bool:
        """Whether each group can be right."""
        return all(self._right)

    @property
    def first_open(self) -> GroupEdit:
        """Where typing goes on."""
        return next(
            (edit for edit, right in zip(self.edits, self._right, strict=True) if not right), self.edits[-1]
        )

    def forget(self) -> None:
        """Empty all fields."""
        self._idle.stop()
        for place, edit in enumerate(self.edits):
            edit.setText("")
            edit.setEchoMode(QLineEdit.EchoMode.Normal)
            self._right[place] = False
        self.retranslate()

    def blame(self, group: int, sentence: str) -> None:
        """Show what is wrong with a group, counted from 1."""
        self._right[group - 1] = False
        self.edits[group - 1].setEchoMode(QLineEdit.EchoMode.Normal)
        self.fields[group - 1].say("", sentence)
        self.edits[group - 1].setFocus()

    def retranslate(self) -> None:
        """Set every word again."""
        for place, field in enumerate(self.fields):
            field.set_caption(current().fill(N_("Group {group}"), group=place + 1))
            self._say(place, wrong=bool(field.error))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _abandon(self) -> None:
        self.forget()
        self.changed.emit()

    def _typed(self, place: int, text: str) -> None:
        self._idle.start()
        for extra, part in enumerate(text[at : at + SYMBOLS] for at in range(0, len(text), SYMBOLS)):
            if place + extra < GROUPS:
                if extra:
                    self.edits[place + extra].setText(part)
                self._judge(place + extra)
        self.changed.emit()
        if self._right[place]:
            self.edits[place].setEchoMode(QLineEdit.EchoMode.Password)
            if not self.complete and self.edits[place].hasFocus():
                self.first_open.setFocus()

    def _judge(self, place: int) -> None:
        from coachdesk.services.keys import group_fits

        text = self.edits[place].text()
        self._right[place] = len(text) == SYMBOLS and group_fits(place, text)
        if self._right[place]:
            self.edits[place].setEchoMode(QLineEdit.EchoMode.Password)
        self._say(place)

    def _left(self, place: int) -> None:
        text = self.edits[place].text()
        self._say(place, wrong=bool(text) and not self._right[place])

    def _say(self, place: int, *, wrong: bool = False) -> None:
        left = SYMBOLS - len(self.edits[place].text())
        full = not left and not self._right[place]  # all its characters are there: it gets no better
        still = ngettext("{count} character left", "{count} characters left", left).format(count=left)
        help_ = _("Right, hidden again") if self._right[place] else still if left else ""
        self.fields[place].say(help_, _("Not right") if wrong or full else "")
