"""What the grid draws over and in each cell of the days: heads, marks, totals."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.i18n import _, current, words
from coachdesk.ui import theme
from coachdesk.ui.attendance.board import Board
from coachdesk.ui.attendance.ink import Ink

if TYPE_CHECKING:
    from coachdesk.ui.attendance.view import AttendanceView

HEAD = 44


class CellDelegate(QStyledItemDelegate):
    """Draws days and the total of the days view."""

    def __init__(self, view: AttendanceView, ink: Ink) -> None:
        super().__init__(view)
        self.view, self.ink = view, ink

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view, rect, row, column = self.view, option.rect, index.row(), index.column() - 1
        board = view.model_.board
        if column >= board.columns:
            self._total(painter, rect, row)
            return
        chosen = view.several and view.selectionModel().isSelected(index)
        self.ink.cell(
            painter,
            rect,
            board.face((row, column)),
            today=board.lines[row].days[column] == board.today,
            week=column in view.weeks,
            chosen=chosen,
        )
        if (row, column) == view.here:
            self.ink.cursor(painter, rect, focused=view.hasFocus())

    def _total(self, painter: QPainter, rect: QRect, row: int) -> None:
        present, planned = self.view.model_.board.total(row)
        painter.fillRect(rect, self.ink.surface)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.ink.line)
        painter.fillRect(rect.left(), rect.top(), 1, rect.height(), self.ink.control)
        painter.setFont(self.ink.name)
        painter.setPen(self.ink.text)
        room = rect.adjusted(0, 0, -theme.px(10), 0)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{present} / {planned}"
        )


class DayHeader(QHeaderView):
    """Weekday over number; today is filled, a thick line begins a week."""

    def __init__(self, view: AttendanceView, ink: Ink) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.view, self.ink = view, ink
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(4)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        board, ink, column = self.view.model_.board, self.ink, section - 1
        head = self.view.head_of(column) if 0 <= column < board.columns else None
        today = head is not None and head.today
        painter.fillRect(rect, ink.primary if today else ink.nav if head and head.narrow else ink.sunken)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink.line)
        if column in self.view.weeks or column == board.columns:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), ink.control)
        if head is None:
            painter.setFont(theme.font("secondary", bold=True))
            painter.setPen(ink.text2)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(rect.adjusted(2, 0, -theme.px(9), 0), flags, _("Present / planned"))
            return
        if head.narrow:
            return
        half = rect.height() // 2
        painter.setFont(theme.font("secondary"))
        painter.setPen(ink.onprimary if today else ink.text2)
        top = QRect(rect.left(), rect.top() + 3, rect.width(), half - 2)
        painter.drawText(top, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, head.weekday)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(ink.onprimary if today else ink.text)
        below = QRect(rect.left(), rect.top() + half + 1, rect.width(), half - 3)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, head.number)

    def sizeHint(self) -> QSize:
        return QSize(self.length(), theme.px(HEAD))  # Qt's own asks the model about every section


class Head:
    """What stands over a column."""

    __slots__ = ("narrow", "number", "today", "weekday")

    def __init__(self, board: Board, column: int) -> None:
        days = board.days_of(column)
        day = next(iter(days)) if len(days) == 1 else None
        self.weekday = _weekday_name(current().language, day.isoweekday()) if day else ""
        self.number = str(day.day if day else column + 1)
        self.today = day is not None and day == board.today
        self.narrow = day is not None and day.weekday() > 4 and not used(board, column, day)


@cache
def _weekday_name(language: str, isoweekday: int) -> str:
    return words(language).weekday(date(2024, 1, isoweekday), "short")  # a January that began on a Monday


def used(board: Board, column: int, day: date) -> bool:
    """Whether anybody is planned or marked on a weekend's day, so that it needs its whole width."""
    return any(day in line.marks or line.row.agreed_on(day) for line in board.lines)
