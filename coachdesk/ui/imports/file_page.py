"""Step 1: choose a file or drop one; earlier imports and their undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.store.imports import Batch


_DROP = (
    N_("Drop a spreadsheet here, or choose it."),
    N_("CSV or XLSX: people with their periods, phases and plans, an attendance month, or notes."),
    N_("Nothing is changed before you have seen what would happen. The file itself stays as it is."),
)


class FilePage(QWidget, Spoken):
    """Where a file is chosen; ``chosen`` tells which, ``undo`` which earlier import to take back."""

    chosen = Signal(object)  # Path
    undo = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.problem = Notice("danger")
        self.problem.hide()
        self._build_drop()
        self._build_earlier()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.problem)
        outer.addWidget(self.drop)
        outer.addWidget(self.earlier, 1)

    def _build_drop(self) -> None:
        self.drop = Card()
        words = [label("", "strong", wrap=True), label(wrap=True), label("", "secondary", wrap=True)]
        for part, message in zip(words, _DROP, strict=True):
            self.word(part.setText, message)
        self.choose = Button(kind="primary", icon="folder-open")
        self.word(self.choose.setText, N_("Choose a file"))
        self.choose.clicked.connect(self.ask_for_file)
        text = column_of(*words, 4, row_of(self.choose, None), spacing=4)
        line = row_of(Picture("file-spreadsheet", 28, "control"), text, spacing=14)
        line.setStretch(1, 1)
        self.drop.body.addLayout(line)
        self.drop.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _build_earlier(self) -> None:
        self.model = ColumnModel(
            (
                column(N_("When"), lambda b: current().moment(b.at), width=170),
                column(N_("File"), lambda b: b.file_name, width=0, tip=lambda b: b.file_name),
                column(N_("What"), lambda b: _kind_name(b.kind), width=170),
                column(N_("Rows"), lambda b: current().count(b.rows), width=80, right=True),
                column(N_("State"), _state, width=160),
            ),
            self,
        )
        self.table = table_of(self.model, row_height=36, inside=True)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _old: self._allow())
        self.back = Button(icon="arrow-back-up")
        self.word(self.back.setText, N_("Undo the import"))
        self.back.clicked.connect(self._undo)
        self.earlier = Card()
        self.word(self.earlier.set_title, N_("Earlier imports"))
        self.word(self.table.setAccessibleName, N_("Earlier imports"))
        self.earlier.add_aside(self.back)
        self.earlier.add(self.table, 1)
        self.earlier.hide()

    def show_batches(self, batches: tuple[Batch, ...]) -> None:
        """Show the imports of the desk, the newest first."""
        self.model.show_rows(batches)
        self.earlier.setVisible(bool(batches))
        if batches:
            self.table.selectRow(0)
        self._allow()

    def show_problem(self, sentence: str) -> None:
        """Say why the file could not be read; "" takes it away."""
        self.problem.set_text(sentence)
        self.problem.setVisible(bool(sentence))

    def ask_for_file(self) -> None:
        """The system's own dialog."""
        kinds = f"{_('Spreadsheets')} (*.csv *.xlsx *.txt *.tsv);;{_('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if name:
            self.chosen.emit(Path(name))

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        self.model.retranslate()

    def _allow(self) -> None:
        row = self.model.row(self.table.currentIndex())
        self.back.setEnabled(row is not None and row.undone is None)

    def _undo(self) -> None:
        row = self.model.row(self.table.currentIndex())
        if row is not None:
            self.undo.emit(row.id)


def _kind_name(kind: str) -> str:
    from coachdesk.services.import_wording import KIND_NAMES

    return _(KIND_NAMES.get(kind, kind))


def _state(batch: Batch) -> str:
    return _("undone") if batch.undone else _("on the desk")
