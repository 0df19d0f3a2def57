"""Notes that are not recorded in the other system yet: copy one, mark it, go on with the next."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.form import Work
from coachdesk.ui.notes.forms import ElsewhereForm
from coachdesk.ui.notes.timeline import title_of
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import heading, label

OWN, ALL = "own", "all"
COLUMNS = (
    column(N_("When"), lambda row: current().moment(row.note.at), sort=lambda row: row.note.at, width=184),
    column(N_("Trainee"), lambda row: row.trainee, sort=lambda row: row.trainee, width=164),
    column(N_("Kind"), lambda row: title_of(row.note), width=220),
    column(N_("Text"), lambda row: row.note.text.split("\n")[0], tip=lambda row: row.note.text, width=0),
)


class NotRecordedDialog(Dialog):
    """The list, oldest first; opening it is logged."""

    did = Signal(str, object, object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title_ = heading()
        self.count = label("", "secondary")
        self.whose = Segmented((OWN, ALL))
        self.whose.picked.connect(lambda _key: self.refresh())
        self.model = ColumnModel(COLUMNS, self)
        self.table = table_of(self.model)
        self.none = EmptyState("circle-check")
        self.copy, self.mark = Button(icon="copy"), Button(kind="primary", icon="circle-check")
        self.close_ = Button(key="Esc")
        self.copy.clicked.connect(self.copy_chosen)
        self.mark.clicked.connect(self.mark_chosen)
        self.close_.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addLayout(row_of(self.title_, self.count, None, self.whose, spacing=12))
        box.addWidget(self.table, 1)
        box.addWidget(self.none, 1)
        box.addLayout(row_of(None, self.close_, self.copy, self.mark, spacing=12))
        self.resize(1000, 560)
        self.retranslate()
        self.refresh()

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle("CoachDesk")
        self.title_.setText(_("Not recorded elsewhere"))
        self.whose.set_words({OWN: _("My notes"), ALL: _("All notes")})
        self.table.setAccessibleName(_("Not recorded elsewhere"))
        self.none.set_words(_("Every note is recorded."))
        self.copy.setText(_("Copy as text"))
        self.mark.setText(_("Recorded elsewhere…"))
        self.close_.setText(_("Close"))
        self.model.retranslate()
        self._tell_count()

    def refresh(self) -> None:
        """Read the list again."""
        from coachdesk.services import notes

        work = partial(notes.not_recorded, self.shell.desk, own=self.whose.chosen == OWN)
        self.shell.jobs.run(work, then=self.show_rows, owner=self)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show what was read."""
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(rows)
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        for button in (self.copy, self.mark):
            button.setEnabled(bool(rows))
        self._tell_count()

    def _tell_count(self) -> None:
        from coachdesk.services.notes import MOST_LISTED

        count = len(self.model.all_rows)
        said = ngettext("{count} note", "{count} notes", count).format(count=count)
        if count >= MOST_LISTED:
            said = current().fill(N_("The oldest {count}; more come as these are marked."), count=count)
        self.count.setText(said)

    @property
    def chosen(self) -> Any:
        """The row chosen."""
        return self.model.row(self.table.currentIndex())

    def copy_chosen(self) -> None:
        """The note as plain text on the clipboard."""
        from coachdesk.services import notes

        if self.chosen is not None:
            work = partial(notes.copy_text, self.shell.desk, self.chosen.note.id, current().language)
            self.shell.jobs.run(work, then=self._copied, owner=self)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.shell.notices.say(_("The note is on the clipboard."))

    def mark_chosen(self) -> None:
        """Mark the note as recorded; it leaves the list."""
        if self.chosen is not None:
            note = self.chosen.note
            form = ElsewhereForm(self.shell, note.id, note.trainee_id, parent=self)
            form.did.connect(self._did)
            form.open()

    def _did(self, label_: str, undo: Work | None, redo: Work | None) -> None:
        self.did.emit(label_, undo, redo)
        self.refresh()
