"""The word of a day while it is typed: a draft of that day until the field is left, never lost by a lock."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.notes import Draft
from coachdesk.ui.drafts import DraftKeeper
from coachdesk.ui.shell import Shell

FORM = "day_word"


class WordDraft(QObject):
    """Follows the day that is shown; a draft of it from before stands in the field at once."""

    def __init__(self, shell: Shell, field: QLineEdit) -> None:
        super().__init__(field)
        self.shell, self.field = shell, field
        self.keeper = DraftKeeper(shell, field, FORM, "")
        self.keeper.found.connect(self._found)
        self.keeper.kept.connect(self._kept)
        self._is_kept = False

    def turn_to(self, mark: AttendedDay | None) -> None:
        """Another day is shown; without a mark nothing can be typed."""
        subject = _subject(mark) if mark is not None else ""
        if subject == self.keeper.subject:
            return
        self.keeper.turn_to(FORM, subject)
        self._is_kept = False
        if subject:
            self.keeper.look()

    def recorded(self) -> None:
        """The word is a part of its mark now."""
        if self._is_kept:
            self._is_kept = False
            self.keeper.discard()

    def _kept(self, draft: Draft | None) -> None:
        self._is_kept = draft is not None

    def _found(self, draft: Draft) -> None:
        if draft.subject == self.keeper.subject and self.field.isEnabled():
            self._is_kept = True
            self.keeper.take(draft)


def _subject(mark: AttendedDay) -> str:
    return f"trainee:{mark.trainee_id}:period:{mark.period_id}:day:{mark.day.isoformat()}"
