"""The grid's model: a name, the days, and present of planned; it holds a board and asks no service."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from coachdesk.domain.attendance_sheet import AttendanceSheet
from coachdesk.domain.planned_days import whole_weeks
from coachdesk.i18n import N_, _, current
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.widgets.words import tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ASIDE = Qt.ItemFlag.ItemIsEnabled
_CELL = _ASIDE | Qt.ItemFlag.ItemIsSelectable
EMPTY = Board(AttendanceSheet(days=(), rows=(), holidays={}, not_held={}), (), date.min, language="en")


def holidays_in(board: Board) -> dict[date, str]:
    """The board's holidays by their names in the screen's language; no look into the desk."""
    if not board.sheet.days:
        return {}
    from coachdesk.services import holidays_of

    read = whole_weeks(board.sheet.days[0], board.sheet.days[-1])
    return holidays_of.between(*read, current().language)


class GridModel(QAbstractTableModel):
    """Column 0 is the name, the last one present of planned, those between are the board's."""

    def __init__(self, name_title: str = N_("Trainee")) -> None:
        super().__init__()
        self.board = EMPTY
        self.name_title = name_title

    def show_board(self, board: Board) -> None:
        """Show another month."""
        self.beginResetModel()
        self.board = board
        self.endResetModel()

    def index_of(self, place: Place) -> QModelIndex:
        """The index of a board's cell."""
        return self.index(place[0], place[1] + 1)

    def place_of(self, index: Index) -> Place | None:
        """The board's cell of an index; None for a name, a total or nothing."""
        if not index.isValid() or not 0 < index.column() <= self.board.columns:
            return None
        return index.row(), index.column() - 1

    def touch(self, places: Iterable[Place]) -> None:
        """Tell that cells look otherwise, one by one, so that nothing else is drawn."""
        total = self.board.columns + 1
        for place in places:
            index = self.index_of(place)
            self.dataChanged.emit(index, index)
        for line in {place[0] for place in places}:
            self.dataChanged.emit(self.index(line, total), self.index(line, total))

    def retranslate(self) -> None:
        """Say all again in the screen's language."""
        self.board.speak(current().language, holidays_in(self.board))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.board.columns + 1)
        self.repaint_all()

    def repaint_all(self) -> None:
        """Tell that every cell looks otherwise."""
        if self.board.lines:
            last = self.index(len(self.board.lines) - 1, self.board.columns + 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.board.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.board.columns + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        # asked twice for each cell that is drawn, so it is kept short
        return _CELL if 0 < index.column() <= self.board.columns else _ASIDE

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole,
        ):  # fmt: skip
            return None
        if index.column() == 0:
            name = self.board.names[index.row()]
            return tip(name) if role == Role.ToolTipRole else name
        place = self.place_of(index)
        if place is None:
            return self._total(index.row(), role)
        if role == Role.DisplayRole:
            return self.board.face(place).text
        return spoken.cell(self.board, place)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role not in (
            Role.DisplayRole, Role.AccessibleTextRole,
        ):  # fmt: skip
            return None
        if section == 0:
            return _(self.name_title)
        if section > self.board.columns:
            return _("Present / planned")
        day = next((line.days[section - 1] for line in self.board.lines), None)
        return spoken.short(day) if day else str(section)

    def _total(self, line: int, role: int) -> str:
        present, planned = self.board.total(line)
        if role == Role.DisplayRole:
            return f"{present} / {planned}"
        said = N_("{name}: present on {present} of {planned} planned days")
        return current().fill(said, name=self.board.names[line], present=present, planned=planned)
