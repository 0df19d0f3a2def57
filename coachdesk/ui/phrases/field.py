"""A text field with the phrase bank at Ctrl+Space and at a button."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from coachdesk.domain.phrases import GAP, Phrase, Place
from coachdesk.i18n import _
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button

KEY = "Ctrl+Space"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is written in the field: whose it is, which kind, in which language."""

    trainee_id: int
    plan_item: str = ""
    note_kind: str = ""
    language: str = "fi"


class PhraseField(QObject):
    """Opens the bank for a field and puts the phrase chosen at the caret; ``button`` is placed by the form.

    ``turn_to`` says what is written there; None, or a field that may not be written, offers nothing.
    """

    def __init__(self, shell: Shell, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self.shell, self.field = shell, field
        self.writing: Writing | None = None
        self._asking = False  # the bank is being read: a second press opens no second list
        self.button = Button(kind="flat", icon="list", key=KEY)
        self.button.clicked.connect(self.open)
        shortcut = QShortcut(QKeySequence(KEY), field)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.open)

    def turn_to(self, writing: Writing | None) -> None:
        """Something else is written in the field now."""
        self.writing = writing
        self.button.setVisible(writing is not None)

    def open(self) -> None:
        """Read the bank and show what fits this field."""
        from coachdesk.services import phrases

        desk, writing = self.shell.desk, self.writing
        if writing is None or self._asking or not self._is_writable:
            return
        self._asking = True
        self.shell.jobs.run(
            lambda: phrases.offer(desk, writing.trainee_id),
            then=lambda offer: self._show(offer, writing),
            failed=self._failed,
            owner=self,
        )

    def _show(self, offer: object, writing: Writing) -> None:
        from coachdesk.services.phrases import Offer
        from coachdesk.ui.phrases.picker import PhrasePicker

        assert isinstance(offer, Offer)
        self._asking = False
        here = writing == self.writing and self.field.isVisible()  # else the coach has gone elsewhere since
        if not here or not self._is_writable or not self.shell.is_open:
            return
        place = Place(plan_item=writing.plan_item, note_kind=writing.note_kind, phases=offer.phases)
        text, window = self.field.toPlainText(), self.field.window()
        picker = PhrasePicker(self.shell, offer.phrases, place, writing.language, window, text)
        picker.picked.connect(self.insert)
        picker.finished.connect(lambda _result: self.field.setFocus())
        picker.open()

    def _failed(self, problem: Exception) -> None:
        self._asking = False
        self.shell.notices.show(problem)

    def insert(self, phrase: Phrase) -> None:
        """Put a phrase at the caret; its first gap is chosen, so that what is typed next fills it."""
        if self.writing is not None and self._is_writable:
            insert(self.field, phrase.said(self.writing.language))

    @property
    def _is_writable(self) -> bool:
        """Asked at each step: a draft may be found meanwhile, which nothing goes over."""
        return self.field.isEnabled() and not self.field.isReadOnly()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.button.setText(_("Phrases"))
        words = _("Choose from the phrase bank")
        self.button.setToolTip(f"{words}  {spoken_key(KEY)}")
        self.button.setAccessibleDescription(words)


def insert(field: QPlainTextEdit, words: str) -> None:
    """Put words in place of what is chosen, apart from those beside them, as one step of undo."""
    cursor, document = field.textCursor(), field.document()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    before = " " if start and not document.characterAt(start - 1).isspace() else ""
    after = " " if end < document.characterCount() - 1 and not document.characterAt(end).isspace() else ""
    cursor.insertText(f"{before}{words}{after}")
    start += len(before)
    gap = GAP.search(words)
    chosen = (gap.start(), gap.end()) if gap else (len(words), len(words))
    cursor.setPosition(start + _units(words[: chosen[0]]))
    cursor.setPosition(start + _units(words[: chosen[1]]), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


def _units(words: str) -> int:
    """How many places of a text the words take; Qt counts in UTF-16."""
    return len(words.encode("utf-16-le")) // 2
