"""Lists and tables over frozen rows: filter and sort in Python, fixed widths, titles by the language.

Usage::

    COLUMNS = (
        Column(N_("Name"), text=lambda row: row.name, width=220, sort=lambda row: collate(row.name)),
        Column(N_("Days"), text=lambda row: str(row.days), width=90, sort=lambda row: row.days, right=True),
    )
    self.model = ColumnModel(COLUMNS)
    self.table = table_of(self.model)          # a QTableView with the design's settings
    self.model.show_rows(rows)                  # frozen rows
    self.model.filter_by(lambda row: row.open)  # or None
    self.model.row(index) -> the row behind an index

``text`` may give "" and is also the spoken text unless ``spoken`` is given.  After a language change call
``model.retranslate()``.  Set one width to 0: that column takes the room that is left.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.widgets.words import tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_collator: QCollator | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: title (a message id, ``N_``), what it writes, how it sorts, how wide it is in pixels."""

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    spoken: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    width: int = 120
    right: bool = False
    bold: bool = False
    key: str = ""


def column(title: str, text: Callable[[Any], str], **more: Any) -> Column:
    """A column with its title and text first."""
    return Column(title=title, text=text, **more)


class ColumnModel(QAbstractTableModel):
    """A table over frozen rows; ``columns`` say what is written."""

    def __init__(self, columns: tuple[Column, ...], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.all_rows: tuple[Any, ...] = ()
        self.rows: list[Any] = []
        self._keep: Callable[[Any], bool] | None = None
        self._sorted: tuple[int, bool] | None = None

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows, filtered and sorted as before."""
        self.all_rows = tuple(rows)
        self._lay_out()

    def filter_by(self, keep: Callable[[Any], bool] | None) -> None:
        """Show only the rows that ``keep`` keeps; None shows all."""
        self._keep = keep
        self._lay_out()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column that has a sort key; -1 is the order in which rows came."""
        if column < 0 or self.columns[column].sort is not None:
            self._sorted = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
            self._lay_out()

    def row(self, index: Index) -> Any:
        """The row behind an index; None when it is not valid."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def place_of(self, wanted: Callable[[Any], bool]) -> int:
        """The place of the first row that ``wanted`` wants, -1 when there is none."""
        return next((at for at, row in enumerate(self.rows) if wanted(row)), -1)

    def change_row(self, at: int, row: Any) -> None:
        """Put a changed row in place of the one shown there."""
        old = self.rows[at]
        self.all_rows = tuple(row if kept is old else kept for kept in self.all_rows)
        self.rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def retranslate(self) -> None:
        """Write titles and texts again in the screen's language."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        match role:
            case Role.DisplayRole:
                return column.text(row)
            case Role.AccessibleTextRole:
                return (column.spoken or column.text)(row)
            case Role.ToolTipRole:
                said = (column.tip or column.text)(row)  # the whole of what may be cut
                return tip(said) if said else None
            case Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Role.FontRole:
                return theme.font("body", bold=True) if column.bold else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return _(self.columns[section].title)
        if role == Role.TextAlignmentRole:
            right = self.columns[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _lay_out(self) -> None:
        self.beginResetModel()
        rows = [row for row in self.all_rows if self._keep is None or self._keep(row)]
        if self._sorted is not None:
            key = self.columns[self._sorted[0]].sort
            assert key is not None
            rows.sort(key=key, reverse=self._sorted[1])
        self.rows = rows
        self.endResetModel()


def table_of(
    model: ColumnModel, *, row_height: int = 40, inside: bool = False, view: QTableView | None = None
) -> QTableView:
    """A table view as the design wants it: rows chosen whole, fixed sizes, one tab stop."""
    view = view or QTableView()
    view.setModel(model)
    view.setProperty("inside", inside)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    sortable = any(column.sort for column in model.columns)
    head.setSectionsClickable(sortable)
    if sortable:
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
    _Sizes(view, model.columns, row_height).lay_out()
    return view


class _Sizes(QObject):
    """Rows and columns of a view in the text size in use; made anew when that changes."""

    def __init__(self, view: QTableView, columns: tuple[Column, ...], row_height: int) -> None:
        super().__init__(view)
        self.view, self.columns, self.row_height = view, columns, row_height
        self.scale = 0.0
        view.installEventFilter(self)

    def lay_out(self) -> None:
        """Set every fixed size."""
        self.scale = theme.look()[1]
        head = self.view.horizontalHeader()
        self.view.verticalHeader().setDefaultSectionSize(theme.px(self.row_height))
        head.setFixedHeight(theme.px(36))
        for at, column in enumerate(self.columns):
            if column.width:
                head.resizeSection(at, theme.px(column.width))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange and self.scale != theme.look()[1]:
            self.lay_out()
        return False


@lru_cache(maxsize=65536)
def collate(text: str) -> Any:
    """The sort key of a name: å ä ö after z, in both languages."""
    global _collator
    if _collator is None:
        _collator = QCollator(QLocale("fi_FI"))
    return _collator.sortKey(text)
