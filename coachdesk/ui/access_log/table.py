"""The table of the log with what the chosen line changed below it."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.services.access_log import Change, LogRow, LogSheet
from coachdesk.ui.access_log import wording
from coachdesk.ui.columns import Column, ColumnModel, table_of
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.words import label

SETTLED = 150  # ms that a line stands chosen before its detail is read


class LogTable(QWidget):
    """Lines newest first, read only; the line chosen shows its values before and after."""

    def __init__(self, shell: Shell, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self.shell = shell
        self.sheet: LogSheet | None = None
        self._told: tuple[Change, ...] | None = ()
        self.model = ColumnModel(columns, self)
        self.table = table_of(self.model, row_height=34)
        self.more = label("", "secondary", wrap=True)
        self.detail = QPlainTextEdit(readOnly=True)
        self.detail.setTabChangesFocus(True)
        self.detail.setMaximumHeight(84)
        self.none = EmptyState("list")
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(self.read_detail)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._settle.start())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addWidget(self.none, 1)
        box.addWidget(self.more)
        box.addWidget(self.detail)
        self.retranslate()
        self.show_sheet(LogSheet(rows=(), coaches=()))

    def fit(self, size_class: str) -> None:
        """A narrow window shows when and what; who, whose and why stand in the tool tips of the rest."""
        for at, column in enumerate(self.model.columns):
            kept = column in (wording.AT, wording.WHAT)
            self.table.setColumnHidden(at, size_class == "narrow" and not kept)

    @property
    def chosen(self) -> LogRow | None:
        """The line chosen."""
        found: LogRow | None = self.model.row(self.table.currentIndex())
        return found

    def show_sheet(self, sheet: LogSheet) -> None:
        """Show the lines, the newest chosen."""
        self.sheet = sheet
        self.model.show_rows(sheet.rows)
        some = bool(sheet.rows)
        for part, shown in ((self.table, some), (self.detail, some), (self.none, not some)):
            part.setVisible(shown)
        self.more.setVisible(sheet.more)
        self.show_detail(())
        if some:
            self.table.selectRow(0)

    def read_detail(self) -> None:
        """Read what the line chosen changed."""
        from coachdesk.services import access_log

        if self.chosen is not None and self.shell.is_open:
            asked = self.chosen.line.seq
            work = partial(access_log.changes, self.shell.desk, asked)
            self.shell.jobs.run(work, then=lambda found: self._show(asked, found), owner=self)

    def _show(self, asked: int, found: tuple[Change, ...] | None) -> None:
        if self.chosen is not None and self.chosen.line.seq == asked:
            self.show_detail(found)

    def show_detail(self, found: tuple[Change, ...] | None) -> None:
        """Show the values; None when they were destroyed with the person."""
        self._told = found
        if found is None:
            self.detail.setPlainText(_("The person was removed for good, and these values with him or her."))
        else:
            self.detail.setPlainText(wording.told(found) or _("Nothing was changed."))

    def forget(self) -> None:
        """Let go of what is shown: at lock."""
        self.show_sheet(LogSheet(rows=(), coaches=()))

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.table.setAccessibleName(_("Lines of the log"))
        self.detail.setAccessibleName(_("What the line changed"))
        self.none.set_words(_("Nothing in the log fits."))
        self.more.setText(_("There are older lines. Narrow the days to see them."))
        self.model.retranslate()
        self.show_detail(self._told)
