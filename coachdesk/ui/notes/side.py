"""What stands beside the list of notes: whose the chosen one is and where it is recorded, and its buttons."""

from datetime import date
from typing import Any

from coachdesk.domain.notes import Note
from coachdesk.i18n import N_, _, current
from coachdesk.ui.notes.wording import mark_words, view_words, where_words
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.words import label

_WIDTH, _LEAST, _ANY = 268, 200, 16_777_215  # pixels; the last is Qt's own word for no limit


class NoteSide(Card):
    """The side of one note; the screen says what its buttons do."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.writer = label("", "secondary", wrap=True)
        self.follow = Chip("", "info", "clock")
        self.marks = label("", "secondary", wrap=True)
        self.views = label("", wrap=True)
        self.follow_done, self.edit = Button(icon="check"), Button(icon="pencil")
        self.copy, self.elsewhere = Button(icon="copy"), Button(icon="circle-check")
        self.unmark = Button(icon="arrow-back-up")
        self.view, self.remove = Button(icon="user"), Button(kind="danger", icon="trash")
        for part in (
            self.writer,
            self.follow,
            self.views,
            self.marks,
            self.follow_done,
            self.edit,
            self.copy,
            self.elsewhere,
            self.unmark,
            self.view,
            self.remove,
        ):
            self.add(part)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Set the words of the buttons; those of the note come with ``show_sheet``."""
        self.edit.setText(_("Edit"))
        self.follow_done.setText(_("Followed up"))
        self.copy.setText(_("Copy as text"))
        self.elsewhere.setText(_("Recorded elsewhere…"))
        self.unmark.setText(_("Take the mark off"))
        self.view.setText(_("Own view…"))
        self.remove.setText(_("Remove"))

    def show_sheet(self, sheet: Any, today: date) -> None:
        """Show a note with its marks and own views."""
        self.writer.setText(where_words(sheet.note, sheet.coach))
        self._show_follow_up(sheet.note, today)
        lines = [mark_words(mark) for mark in sheet.marks]
        self.unmark.setVisible(bool(lines))
        self.marks.setText("\n".join([_("Recorded:"), *lines]) if lines else _("Not recorded elsewhere."))
        self.views.setText("\n".join(view_words(view) for view in sheet.views))
        self.views.setVisible(bool(sheet.views))

    def _show_follow_up(self, note: Note, today: date) -> None:
        waits = note.follow_up is not None and note.followed_up is None
        self.follow_done.setVisible(waits)
        self.follow.setVisible(note.follow_up is not None)
        if note.follow_up is None:
            return
        if waits:
            kind = "warn" if note.follow_up < today else "info"
            self.follow.set_state(current().fill(N_("Follow-up {day}"), day=note.follow_up), kind, "clock")
        else:
            text = current().fill(N_("Followed up {day}"), day=note.followed_up)
            self.follow.set_state(text, "ok", "circle-check")

    def fit(self, size_class: str) -> None:
        """Stand beside the list, or below it in a narrow window."""
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_ANY if size_class == "narrow" else _WIDTH)
