"""The notes of a trainee: written above, read on a line of time, with what can be done beside."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from coachdesk.domain.letters import Typed, exact_fold, fold
from coachdesk.domain.notes import RecordedElsewhere
from coachdesk.i18n import N_, _, current
from coachdesk.ui.form import Work
from coachdesk.ui.notes.editor import NoteEditor
from coachdesk.ui.notes.forms import ElsewhereForm, OwnViewForm
from coachdesk.ui.notes.side import NoteSide
from coachdesk.ui.notes.timeline import NoteList
from coachdesk.ui.notes.wording import below, mark_words
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of


class NotesTab(Screen):
    """A tab of the trainee's page."""

    told = Signal(str, object, object)
    keys = (
        (N_("Ctrl+N"), N_("new note")),
        ("Ctrl+Space", N_("choose a phrase for the text")),
        (N_("Ctrl+Enter"), N_("keep the note")),
    )

    def build(self) -> None:
        self.trainee_id = 0
        self.sheets: tuple[Any, ...] = ()
        self._wanted = 0
        self._shown = 0  # whose notes the list shows
        self.editor = NoteEditor(self.shell)
        self.editor.hide()
        self.editor.did.connect(self.can_be_undone)
        self.editor.left.connect(self._left_editor)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(300)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.not_recorded = Button(icon="list")
        self.not_recorded.clicked.connect(self.open_not_recorded)
        self.write = Button(kind="primary", icon="note", key="Ctrl+N")
        self.write.clicked.connect(self.new)
        self.list = NoteList(self.shell.clock.today, told=lambda sheet: sheet.note, below=below)
        self.list.selectionModel().currentChanged.connect(lambda *_indexes: self._chose())
        self.none = EmptyState("note")
        self.card = Card(margins=(1, 1, 1, 1))
        self.card.add(self.none, 1)
        self.card.add(self.list, 1)
        self.side = NoteSide()
        for button, do in (
            (self.side.follow_done, self.finish_follow_up),
            (self.side.edit, self.edit_chosen),
            (self.side.copy, self.copy_chosen),
            (self.side.elsewhere, self.mark_chosen),
            (self.side.unmark, self.unmark_chosen),
            (self.side.view, self.write_view),
            (self.side.remove, self.remove_chosen),
        ):
            button.clicked.connect(do)
        self.columns = QHBoxLayout()
        self.columns.setSpacing(12)
        self.columns.addWidget(self.card, 1)
        self.columns.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setSpacing(10)
        self.top = row_of(self.search, None, self.not_recorded, self.write, spacing=10)
        self.top.setStretch(0, 1)
        outer.addLayout(self.top)
        outer.addWidget(self.editor)
        outer.addLayout(self.columns, 1)

    def retranslate(self) -> None:
        super().retranslate()
        self.search.setPlaceholderText(_("Search the notes"))
        self.search.setAccessibleName(_("Search the notes"))
        self.not_recorded.setText(_("Not recorded elsewhere"))
        self.write.setText(_("New note"))
        self.list.setAccessibleName(_("Notes"))
        self.none.set_words(_("No hits.") if self.sheets else _("No notes yet."))
        self.side.retranslate()
        self.editor.retranslate()
        self._chose()

    def first_focus(self) -> QWidget:
        return self.editor.text if self.editor.isVisible() else self.list

    def show_trainee(self, trainee_id: int) -> None:
        """Show the notes of somebody; the look is logged."""
        if trainee_id != self.trainee_id:
            self.leave()
            self.trainee_id = trainee_id
            self.editor.hide()
            self.write.show()
            self.search.clear()
        self.refresh()

    def arrive(self, hint: Any) -> None:
        """Choose the note that was asked for by its id."""
        if isinstance(hint, int):
            self._wanted = hint
            self._choose_wanted()

    def refresh(self) -> None:
        from coachdesk.services import notes

        if self.trainee_id:
            work = partial(notes.of_trainee, self.shell.desk, self.trainee_id)
            self.shell.jobs.run(work, then=self.show_sheets, owner=self)

    def show_sheets(self, sheets: tuple[Any, ...]) -> None:
        """Show what was read, keeping the choice."""
        chosen = self.chosen
        fresh = {sheet.note.id for sheet in sheets} - {sheet.note.id for sheet in self.sheets}
        if self._shown == self.trainee_id and len(fresh) == 1:
            self._wanted = self._wanted or fresh.pop()  # just written: what is done next is done to it
        self._wanted = self._wanted or (chosen.note.id if chosen else 0)
        self.sheets, self._shown = sheets, self.trainee_id
        self._filter()

    def _filter(self) -> None:
        typed = Typed(self.search.text())
        kept = [
            s for s in self.sheets if not typed or typed.match(fold(s.note.text), exact_fold(s.note.text))
        ]
        self.list.show_rows(kept)
        self.list.setVisible(bool(kept))
        self.none.setVisible(not kept)
        self.none.set_words(_("No hits.") if self.sheets else _("No notes yet."))
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        rows = self.list.notes.rows
        at = next((at for at, sheet in enumerate(rows) if sheet.note.id == self._wanted), 0)
        if rows:
            self.list.choose(at)
        self._wanted = 0
        self._chose()

    @property
    def chosen(self) -> Any:
        """The note chosen; None when there is none."""
        return self.list.notes.row(self.list.currentIndex())

    def _chose(self) -> None:
        sheet = self.chosen
        self.side.setVisible(sheet is not None and self.editor.isHidden())
        if sheet is not None:
            self.side.show_sheet(sheet, self.shell.clock.today())

    def new(self) -> None:
        if self.editor.isVisible() and self.editor.before is None:
            self.editor.text.setFocus()  # the note that is being written is not begun again
        else:
            self._begin(None)

    def edit_chosen(self) -> None:
        """Change the note chosen."""
        if self.chosen is not None:
            self._begin(self.chosen.note)

    def _begin(self, note: Any) -> None:
        if self.trainee_id:
            self.write.hide()
            self.side.hide()
            self.editor.show()
            self.editor.begin(self.trainee_id, note)

    def _left_editor(self) -> None:
        self.editor.hide()
        self.write.show()
        self._chose()
        self.list.setFocus()

    def finish_follow_up(self) -> None:
        """Mark the follow-up done today."""
        from coachdesk.services import notes

        desk, note = self.shell.desk, self.chosen.note
        undo = partial(notes.follow_up, desk, note.id, done=None)
        redo = partial(notes.follow_up, desk, note.id, done=self.shell.clock.today())
        self._do(N_("Followed up"), undo, redo)

    def remove_chosen(self) -> None:
        """Put the note out of sight; it can be taken back."""
        from coachdesk.services import notes

        desk, note = self.shell.desk, self.chosen.note
        self._do(
            N_("Note removed"), partial(notes.restore, desk, note.id), partial(notes.remove, desk, note.id)
        )

    def copy_chosen(self) -> None:
        """The note as plain text on the clipboard, for the other system."""
        from coachdesk.services import notes

        work = partial(notes.copy_text, self.shell.desk, self.chosen.note.id, current().language)
        self.shell.jobs.run(work, then=self._copied, owner=self)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.shell.notices.say(_("The note is on the clipboard."))

    def mark_chosen(self) -> None:
        """Mark the note as recorded in another system."""
        form = ElsewhereForm(self.shell, self.chosen.note.id, self.trainee_id, parent=self.window())
        form.did.connect(self.can_be_undone)
        form.open()

    def unmark_chosen(self) -> None:
        """Take a wrong mark off; of several the coach chooses which."""
        marks = self.chosen.marks
        if len(marks) == 1:
            self.take_off(marks[0])
            return
        menu = QMenu(self.side.unmark)
        for mark in marks:
            menu.addAction(mark_words(mark)).triggered.connect(partial(self.take_off, mark))
        menu.popup(self.side.unmark.mapToGlobal(self.side.unmark.rect().bottomLeft()))

    def take_off(self, mark: RecordedElsewhere, _checked: bool = False) -> None:
        """Take one mark off; it can be undone."""
        from coachdesk.services import notes

        desk = self.shell.desk
        undo, redo = (
            partial(notes.record_elsewhere, desk, mark),
            partial(notes.unmark_elsewhere, desk, mark.id),
        )
        self._do(N_("Mark of recording taken off"), undo, redo)

    def write_view(self) -> None:
        """Write the trainee's own view beside the note."""
        form = OwnViewForm(self.shell, self.trainee_id, f"note:{self.chosen.note.id}", parent=self.window())
        form.did.connect(self.can_be_undone)
        form.open()

    def open_not_recorded(self) -> None:
        """The list of everybody's notes that are not recorded elsewhere yet."""
        from coachdesk.ui.notes.not_recorded import NotRecordedDialog

        dialog = NotRecordedDialog(self.shell, parent=self.window())
        dialog.did.connect(self.can_be_undone)
        dialog.open()

    def _do(self, words: str, undo: Work, redo: Work) -> None:
        self.shell.jobs.run(redo, then=lambda _result: self.can_be_undone(words, undo, redo), owner=self)

    def acted(self, _result: object = None) -> None:
        super().acted()
        self.told.emit("", None, None)

    def find(self) -> None:  # type: ignore[override]
        self.search.setFocus()
        self.search.selectAll()

    def main_action(self) -> None:
        if self.editor.isVisible():
            self.editor.keep()
        else:
            self.new()

    def leave(self) -> None:
        if self.editor.isVisible():
            self.editor.keeper.keep_now()

    def fit(self, size_class: str) -> None:
        wide = size_class != "narrow"
        self.columns.setDirection(
            QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.TopToBottom
        )
        self.top.setDirection(
            QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.TopToBottom
        )
        self.side.fit(size_class)
        self.card.setMinimumHeight(0 if wide else 240)
