"""A short list of one kind of thing of a trainee, with a form for each: periods, benefits, job coaching."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui.columns import Column, ColumnModel, table_of
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading


class RowsDialog(Dialog):
    """Subclasses say the columns, how rows are read, and which form a row opens."""

    did = Signal(str, object, object)
    columns: tuple[Column, ...] = ()
    icon = "list"

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.trainee_id = trainee_id
        self._unfinished: tuple[str, str] | None = None
        self.title_ = heading()
        self.model = ColumnModel(self.columns, self)
        self.table = table_of(self.model)
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.none = EmptyState(self.icon)
        self.new, self.change = Button(kind="primary", icon="plus"), Button(icon="pencil")
        self.close_ = Button(key="Esc")
        self.new.clicked.connect(lambda: self.open_form(None))
        self.change.clicked.connect(self.edit)
        self.close_.clicked.connect(self.reject)
        self.more = row_of(spacing=12)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 16, 20, 16)
        self.box.setSpacing(12)
        self.box.addWidget(self.title_)
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self.none, 1)
        self.box.addLayout(row_of(self.close_, None, self.more, self.change, self.new, spacing=12))
        self.resize(820, 440)
        self.build()
        self.retranslate()
        self.refresh()

    def build(self) -> None:
        """Make what the kind needs beside the list."""

    def read(self) -> Iterable[Any]:
        """Read the rows; runs on a lane, without Qt."""
        raise NotImplementedError

    def form(self, row: Any) -> FormDialog:
        """The form of a row, or of a new one for None."""
        raise NotImplementedError

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle("CoachDesk")
        self.change.setText(_("Edit"))
        self.close_.setText(_("Close"))
        self.table.setAccessibleName(self.title_.text())
        self.model.retranslate()

    def refresh(self) -> None:
        """Read the list again."""
        self.shell.jobs.run(lambda: tuple(self.read()), then=self.show_rows, owner=self)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show what was read."""
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(rows)
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.change.setEnabled(bool(rows))
        (self.table if rows else self.new).setFocus()
        self._go_on()

    def go_on_with(self, form: str, subject: str) -> None:
        """Open the form that a draft belongs to, once the list is there."""
        self._unfinished = (form, subject)
        self._go_on()

    def _go_on(self) -> None:
        if self._unfinished is None or (not self.model.rows and ":" in self._unfinished[1].partition(":")[2]):
            return  # the list is not read yet, or what the draft is about is gone
        (form, subject), self._unfinished = self._unfinished, None
        about = subject.split(":")[2:]
        if about:
            at = next(
                (at for at, row in enumerate(self.model.rows) if str(self.id_of(row)) == about[-1]), None
            )
            if at is not None:
                self.table.selectRow(at)
                self.open_unfinished(form, self.model.rows[at])
        else:
            self.open_unfinished(form, None)

    def id_of(self, row: Any) -> int:
        """The number of a row in the store."""
        return int(row.id)

    def open_unfinished(self, form: str, row: Any) -> None:
        """Open the form of a draft; a kind with more than one form asks which."""
        self.open_form(row)

    @property
    def chosen(self) -> Any:
        """The row chosen."""
        return self.model.row(self.table.currentIndex())

    def edit(self) -> None:
        """The form of the row chosen."""
        if self.chosen is not None:
            self.open_form(self.chosen)

    def open_form(self, row: Any) -> None:
        """A form on top of the list."""
        form = self.form(row)
        form.did.connect(self.told)
        form.open()

    def told(self, label: str, undo: Work | None, redo: Work | None = None) -> None:
        """Pass on what was done, and read again."""
        self.did.emit(label, undo, redo)
        self.refresh()


class KeptRowsDialog(RowsDialog):
    """A list whose rows can be taken away when they were recorded by mistake; that can be undone."""

    removed = ""  # message id of the label, as N_("Benefit removed")

    def take(self, row: Any) -> Work:
        """The work that removes a row."""
        raise NotImplementedError

    def bring_back(self, row: Any) -> Work:
        """The work that undoes it."""
        raise NotImplementedError

    def build(self) -> None:
        self.remove = Button(icon="trash")
        self.remove.clicked.connect(self.remove_chosen)
        self.more.addWidget(self.remove)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        self.remove.setEnabled(bool(rows))
        super().show_rows(rows)

    def remove_chosen(self) -> None:
        """Take the row chosen away."""
        row = self.chosen
        if row is not None:
            redo, undo = self.take(row), self.bring_back(row)
            done = partial(self.told, self.removed, undo, redo)
            self.shell.jobs.run(redo, then=lambda _row: done(), owner=self)

    def retranslate(self) -> None:
        self.remove.setText(_("Remove"))
        super().retranslate()
