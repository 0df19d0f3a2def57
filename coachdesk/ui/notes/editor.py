"""Writing a note: kept as a draft from the first key, a record by its button only."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit

from coachdesk.clock import HELSINKI
from coachdesk.domain.notes import Draft, Note
from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_, _, current, say
from coachdesk.ui.day_edit import CodeBox, DayEdit, TimeField, day_in, time_in
from coachdesk.ui.drafts import DraftKeeper
from coachdesk.ui.form import Work
from coachdesk.ui.phrases.field import PhraseField, Writing
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

FORM = "note"


class NoteEditor(Card):
    """Kind, place, when, how long, words, follow-up; Esc leaves the draft as it is."""

    did = Signal(str, object, object)
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.trainee_id = 0
        self.before: Note | None = None
        today = shell.clock.today()
        self._build_fields(today)
        self._build_found()
        self.state = label("", "secondary")
        self.keep_button = Button(kind="primary", icon="check", key="Ctrl+Enter")
        self.leave_button = Button(key="Esc")
        self.keep_button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.leave)
        self.add(self.found)
        self.body.addLayout(self._line())
        self.add(self.fields["text"], 1)
        self.body.addLayout(row_of(self.state, None, self.leave_button, self.keep_button, spacing=12))
        self.phrases = PhraseField(shell, self.text)
        self.fields["text"].put_beside_caption(self.phrases.button)
        self.kind.chosen.connect(lambda _kind: self._turn_phrases())
        self.keeper = DraftKeeper(shell, self.text, FORM, "")
        self.keeper.found.connect(self._offer)
        self.keeper.kept.connect(self._tell_kept)
        self._draft: Draft | None = None
        self.retranslate()

    def _build_fields(self, today: date) -> None:
        self.kind = CodeBox("note_kinds", on=today)
        self.place = CodeBox("places", on=today, empty=True)
        self.day, self.time = DayEdit(today), TimeField()
        self.minutes = QLineEdit()
        self.follow_up = DayEdit(today)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(96)
        self.fields = {
            "kind": Field(self.kind),
            "place": Field(self.place),
            "at": Field(self.day),
            "time": Field(self.time),
            "minutes": Field(self.minutes),
            "follow_up": Field(self.follow_up),
            "text": Field(self.text),
        }

    def _line(self) -> QHBoxLayout:
        """The short fields side by side, above the text."""
        line = row_of(*(self.fields[name] for name in list(self.fields)[:-1]), spacing=10)
        for at, room in enumerate((4, 4, 3, 2, 2, 3)):
            line.setStretch(at, room)
            line.setAlignment(self.fields[list(self.fields)[at]], Qt.AlignmentFlag.AlignTop)
        return line

    def _build_found(self) -> None:
        """The draft that was found, with what can be done with it."""
        self.found = Notice("info", icon="pencil")
        self.go_on, self.throw = Button(kind="primary"), Button()
        self.go_on.clicked.connect(self._continue)
        self.throw.clicked.connect(self._throw_away)
        for button in (self.throw, self.go_on):
            self.found.add_button(button)
        self.found.hide()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.set_title(_("Note") if self.before else _("New note"))
        for name, words in (
            ("kind", _("Kind")),
            ("place", _("Place")),
            ("at", _("Day")),
            ("time", _("Time")),
            ("minutes", _("Minutes")),
            ("follow_up", _("Follow-up")),
            ("text", _("What did you agree on?")),
        ):
            self.fields[name].set_caption(words)
        self.keep_button.setText(_("Keep the note"))
        self.leave_button.setText(_("Leave as a draft"))
        self.phrases.retranslate()
        self._turn_phrases()
        self.go_on.setText(_("Continue"))
        self.throw.setText(_("Discard"))

    def begin(self, trainee_id: int, note: Note | None = None) -> None:
        """Begin a new note about somebody, or change one; a draft found is offered once."""
        self.keeper.turn_to(FORM, f"trainee:{trainee_id}" + (f":note:{note.id}" if note else ""))
        self.trainee_id, self.before = trainee_id, note
        now = self.shell.clock.now()
        at = note.at.astimezone(HELSINKI) if note else now
        for edit in (self.day, self.follow_up):
            edit.today = now.date()
        self.day.set_day(at.date())
        self.time.set_time(at.time().replace(second=0, microsecond=0))
        self.kind.choose(note.kind if note else "conversation")
        self.place.choose(note.place if note else "workshop")
        self.minutes.setText(str(note.minutes) if note and note.minutes is not None else "")
        self.follow_up.set_day(note.follow_up if note else None)
        self._write(note.text if note else "")
        for field in self.fields.values():
            field.set_error("")
        self.found.hide()
        self.text.setReadOnly(False)
        self.state.setText("")
        self.retranslate()
        self.keeper.look()
        self.text.setFocus()

    def _turn_phrases(self) -> None:
        """A note is the coach's own writing: its phrases come in the screen's language."""
        language = "sv" if current().language == "sv" else "fi"
        self.phrases.turn_to(Writing(trainee_id=self.trainee_id, note_kind=self.kind.key, language=language))

    def _write(self, text: str, caret: int = 0) -> None:
        """Put text into the field without keeping it as a draft."""
        now = self.shell.clock.now()
        self.keeper.take(Draft(coach_id=0, form=FORM, subject="", text=text, caret=caret, at=now))

    def _offer(self, draft: Draft) -> None:
        self._draft = draft
        self.found.set_text(current().fill(N_("A draft of {at} was found."), at=draft.at))
        self.found.show()
        self.text.setReadOnly(True)  # typing would go over the draft that is offered
        self.go_on.setFocus()

    def _continue(self) -> None:
        if self._draft is not None:
            self.keeper.take(self._draft)
        self.found.hide()
        self.text.setReadOnly(False)
        self.text.setFocus()

    def _throw_away(self) -> None:
        self.keeper.discard()
        self.found.hide()
        self.text.setReadOnly(False)
        self.text.setFocus()

    def _tell_kept(self, draft: Draft | None) -> None:
        self.state.setText(_("Draft kept.") if draft else "")

    def written(self) -> Note:
        """What stands in the form.

        Raises:
            Refused: a day, a time or the minutes cannot be read.
        """
        day = day_in(self.day, "at") or self.shell.clock.today()
        at = datetime.combine(day, time_in(self.time, "time") or datetime.min.time(), HELSINKI)
        minutes = self.minutes.text().strip()
        if minutes and not minutes.isdecimal():
            raise Refused(N_("Minutes are a whole number."), field="minutes")
        values: dict[str, Any] = {
            "at": at,
            "minutes": int(minutes) if minutes else None,
            "kind": self.kind.key,
            "place": self.place.key,
            "text": self.text.toPlainText(),
            "follow_up": day_in(self.follow_up, "follow_up"),
        }
        if self.before is not None:
            if abs(at - self.before.at) < timedelta(minutes=1):
                values["at"] = self.before.at
            return replace(self.before, **values)
        return Note(trainee_id=self.trainee_id, **values)

    def keep(self) -> None:
        """Make the record; the draft has done its work."""
        from coachdesk.services import notes

        for field in self.fields.values():
            field.set_error("")
        desk = self.shell.desk
        try:
            note = self.written()
        except Problem as problem:
            self.refuse(problem)
            return
        if self.before is None:
            self.shell.jobs.run(
                partial(notes.add, desk, note), then=self._added, failed=self.refuse, owner=self
            )
            return
        undo, redo = partial(notes.edit, desk, self.before), partial(notes.edit, desk, note)
        self.shell.jobs.run(
            redo, then=lambda _b: self._kept(N_("Note changed"), undo, redo), failed=self.refuse, owner=self
        )

    def _added(self, note: Note) -> None:
        from coachdesk.services import notes

        desk = self.shell.desk
        undo, redo = partial(notes.remove, desk, note.id), partial(notes.restore, desk, note.id)
        self._kept(N_("Note kept"), undo, redo)

    def _kept(self, label_: str, undo: Work, redo: Work) -> None:
        self.keeper.clear()
        self.shell.saved()
        self.did.emit(label_, undo, redo)
        self.left.emit()

    def refuse(self, problem: Exception) -> None:
        """Show what a rule refused, at its field."""
        assert isinstance(problem, Problem)
        field = self.fields.get(problem.field or "text", self.fields["text"])
        field.set_error(say(problem))
        field.control.setFocus()

    def leave(self) -> None:
        """Close; what is typed stays as a draft."""
        self.keeper.keep_now()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Esc is ours before the window takes it."""
        ours = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if ours and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
