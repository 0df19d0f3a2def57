"""Keeps what is typed, from the first key; no word is lost at lock, sleep or a visitor.

Usage, in a form::

    self.keeper = DraftKeeper(self.shell, self.text, "note", f"trainee:{trainee_id}")
    self.keeper.found.connect(self.offer)       # Draft: a draft from before; offer continue / discard
    self.keeper.look()                            # when the form is opened
    self.keeper.take(draft)                       # continue: text and caret into the field
    self.keeper.discard()                         # not wanted, or it has become a record

The subject is ``"trainee:12"`` or more (``"trainee:12:plan:3"``): Today names the trainee by it.  A save
that runs takes the newest text next, so typing is at most one commit ahead of the disk.
"""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

from coachdesk.domain.notes import Draft
from coachdesk.ui.shell import Shell


class DraftKeeper(QObject):
    """The draft of one text field for one form and subject."""

    found = Signal(object)  # Draft
    kept = Signal(object)  # Draft or None

    def __init__(
        self, shell: Shell, field: QPlainTextEdit | QTextEdit | QLineEdit, form: str, subject: str
    ) -> None:
        super().__init__(field)
        self.shell, self.field = shell, field
        self.form, self.subject = form, subject
        self._running = False
        self._newer = False
        self._quiet = False
        field.textChanged.connect(self._typed)
        shell.keeping.connect(self.keep_now)

    def look(self) -> None:
        """Look for a draft from before; ``found`` tells."""
        from coachdesk.services import drafts

        desk, form, subject = self.shell.desk, self.form, self.subject
        self.shell.jobs.run(lambda: drafts.find(desk, form, subject), then=self._looked, owner=self)

    def take(self, draft: Draft) -> None:
        """Put a draft into the field, the caret where it was."""
        self._quiet = True
        if isinstance(self.field, QLineEdit):
            self.field.setText(draft.text)
            self.field.setCursorPosition(draft.caret)
        else:
            self.field.setPlainText(draft.text)
            cursor = self.field.textCursor()
            cursor.setPosition(min(draft.caret, len(self.text)))
            self.field.setTextCursor(cursor)
        self._quiet = False

    def discard(self) -> None:
        """Forget the draft: it is not wanted, or has become a record."""
        from coachdesk.services import drafts

        self._newer = False
        desk, form, subject = self.shell.desk, self.form, self.subject
        self.shell.jobs.run(lambda: drafts.discard(desk, form, subject))

    def clear(self) -> None:
        """Empty the field and forget the draft."""
        self._quiet = True
        self.field.clear()
        self._quiet = False
        self.discard()

    def turn_to(self, form: str, subject: str) -> None:
        """Keep another subject's draft from now on; the field is the caller's to fill."""
        self.keep_now()
        self.form, self.subject = form, subject

    def keep_now(self) -> None:
        """Hand what is typed to the saving lane, which is drained before locking."""
        if self._newer:
            self._save()

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.text() if isinstance(self.field, QLineEdit) else self.field.toPlainText()

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        if isinstance(self.field, QLineEdit):
            return self.field.cursorPosition()
        return self.field.textCursor().position()

    def _typed(self, *_text: Any) -> None:
        if self._quiet or not self.shell.is_open:
            return
        if self._running:
            self._newer = True
        else:
            self._save()

    def _save(self) -> None:
        from coachdesk.services import drafts

        self._running, self._newer = True, False
        desk, form, subject, text, caret = self.shell.desk, self.form, self.subject, self.text, self.caret
        self.shell.jobs.run(
            lambda: drafts.keep(desk, form, subject, text, caret),
            then=self._saved,
            failed=self._failed,
            owner=self,
        )

    def _saved(self, draft: Draft | None) -> None:
        self._running = False
        self.kept.emit(draft)
        self.shell.saved()
        if self._newer and self.shell.is_open:
            self._save()

    def _failed(self, problem: Exception) -> None:
        self._running = False
        self.shell.notices.show(problem)

    def _looked(self, draft: Draft | None) -> None:
        if draft is not None and draft.text:
            self.found.emit(draft)
