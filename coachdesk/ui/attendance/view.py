"""The days of the grid: keys in, meanings out; drawn by one light delegate from ready pictures (``ink``).

The view changes nothing itself: it says by signals what is meant, and ``Marker`` does it.
"""

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
)

from coachdesk.domain.attendance import keys_of_kinds
from coachdesk.ui import theme
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.attendance.cells import HEAD, CellDelegate, DayHeader, Head
from coachdesk.ui.attendance.ink import Ink
from coachdesk.ui.attendance.model import GridModel

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ROW, DAY, LEAST_DAY, HISTORY_DAY, WEEKEND_DAY, TOTAL = 26, 33, 25, 28, 13, 70


class AttendanceView(QTableView):
    """The days: keys in, meanings out."""

    marked = Signal(str, bool)  # a kind; True: for everybody planned and unmarked
    repeated = Signal()
    filled = Signal()  # the cursor's mark to all planned and unmarked below
    cleared = Signal()
    stepped = Signal(int)  # minutes more or less
    asked = Signal(str)  # panel exact not_held direction quiet today find next_month former_month menu
    moved = Signal(object)  # the place of the cursor, or None

    # asked of each event, also of the last ones, when the interpreter has let go of its modules
    _override, _exact = QEvent.Type.ShortcutOverride, Qt.Key.Key_F2

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self.model_ = GridModel()
        self.ink = ink
        self.here: Place | None = None
        self.several = False
        self.weeks: frozenset[int] = frozenset()
        self._heads: dict[int, Head] = {}
        self._keys = keys_of_kinds()
        self.loading = False
        self._early: list[QKeyEvent] = []
        self.setHorizontalHeader(DayHeader(self, ink))
        self.setModel(self.model_)
        self.setItemDelegate(CellDelegate(self, ink))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("inside", True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # drawn whole by itself, so that scrolling moves what is drawn and draws only the new line
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setStyleSheet("QTableView { border: none; padding: 0px; border-radius: 0px; }")

    def show_board(self, board: Board) -> None:
        """Show another month; the cursor is put by who shows it."""
        self.here, self.several = None, False
        self._heads = {}
        self.weeks = frozenset(
            column
            for column in range(board.columns)
            if column and {_weekday(day) for day in board.days_of(column)} == {0}
        )
        self.model_.show_board(board)
        self.lay_out()

    def lay_out(self) -> None:
        """Set the sizes of rows and columns."""
        if self.verticalHeader().defaultSectionSize() != theme.px(ROW):
            self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setFixedHeight(theme.px(HEAD))
        self.setColumnHidden(0, True)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """All days equally wide, a weekend's narrow where nobody comes; the last takes what is left."""
        header, last = self.horizontalHeader(), self.model_.board.columns + 1
        narrow, day = theme.px(WEEKEND_DAY), self._day_width()
        for column in range(last - 1):
            width = narrow if self.head_of(column).narrow else day
            if header.sectionSize(column + 1) != width:
                header.resizeSection(column + 1, width)
        days = sum(header.sectionSize(column) for column in range(1, last))
        header.resizeSection(last, max(theme.px(TOTAL), self.viewport().width() - days))

    def _day_width(self) -> int:
        """The width of a day: less than its own where the whole month is seen by that."""
        board = self.model_.board
        wide = theme.px(DAY if board.one_month else HISTORY_DAY)
        narrow = sum(self.head_of(column).narrow for column in range(board.columns))
        room = self.viewport().width() - theme.px(TOTAL) - narrow * theme.px(WEEKEND_DAY)
        fits = room // max(1, board.columns - narrow)
        return min(wide, fits) if fits >= theme.px(LEAST_DAY) else wide

    def head_of(self, column: int) -> Head:
        """What stands over a column."""
        if column not in self._heads:
            self._heads[column] = Head(self.model_.board, column)
        return self._heads[column]

    def forget_heads(self) -> None:
        """Word the heads anew."""
        self._heads = {}
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def go_to(self, place: Place | None) -> None:
        """Put the cursor on a cell and bring it into view."""
        if place is not None:
            index = self.model_.index_of(place)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @property
    def chosen(self) -> list[Place]:
        """The cells chosen, line by line; only the cursor's when no more are."""
        if not self.several:
            return [self.here] if self.here else []
        found = (self.model_.place_of(index) for index in self.selectionModel().selectedIndexes())
        return sorted(place for place in found if place is not None)

    # Qt

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.here = self.model_.place_of(current)
        super().currentChanged(current, previous)
        self.moved.emit(self.here)

    def selectionChanged(self, selected: object, deselected: object) -> None:
        several = len(self.selectionModel().selectedIndexes()) > 1
        if several != self.several:
            self.several = several
            self.viewport().update()
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        found = super().moveCursor(action, modifiers)
        if found.isValid() and self.model_.place_of(found) is None:
            found = self.model_.index_of((found.row(), self.model_.board.columns - 1))
        return found

    def keyboardSearch(self, search: str) -> None:
        """Letters are codes, so no letter is a jump."""

    def await_board(self) -> None:
        """Another month is on its way: keys pressed before it stands are kept for it."""
        self.loading = True

    def ready(self) -> None:
        """The month stands and the cursor is put: take the keys that came too early."""
        self.loading = False
        early, self._early = self._early, []
        for event in early:
            self.keyPressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.loading:
            self._early.append(event.clone())
            return
        if not self.command(event) and not self._mark(event):
            super().keyPressEvent(event)

    def command(self, event: QKeyEvent) -> bool:
        """Take the keys with Ctrl that the whole screen has; False when it is not one."""
        held = event.modifiers() & ~Modifier.KeypadModifier
        meant = _COMMANDS.get((held, Key(event.key())))
        if meant is None:
            return False
        self.asked.emit(meant)
        event.accept()
        return True

    def _mark(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Modifier.KeypadModifier
        if held not in (Modifier.NoModifier, Modifier.ShiftModifier):
            return False
        key = Key(event.key())
        if key == Key.Key_Space and held == Modifier.ShiftModifier:
            self.filled.emit()
        elif key in _MEANINGS:
            _MEANINGS[key](self)
        elif key < 128 and (kind := self._keys.get(chr(key).casefold())):
            # Shift is read from the key, so Caps Lock does no harm
            self.marked.emit(kind, held == Modifier.ShiftModifier)
        else:
            return key < 128 and chr(key).isalnum()  # a letter without a kind does nothing
        event.accept()
        return True

    def event(self, event: QEvent) -> bool:
        # F2 means the exact hours while the grid has the keys, whatever it means on the page around it
        if event.type() == self._override and cast(QKeyEvent, event).key() == self._exact:
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit("menu")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.here is None and self.model_.board.lines:
            self.go_to((0, 0))
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        if self.here is not None:
            self.viewport().update(self.visualRect(self.model_.index_of(self.here)))
        if (frame := self.parentWidget()) is not None:
            frame.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.ink.surface)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        if self.here is not None:
            self.scrollTo(self.model_.index_of(self.here))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "model_"):
            self.ink.refresh()
            self.lay_out()
        super().changeEvent(event)


def _weekday(day: date | None) -> int | None:
    return None if day is None else day.weekday()


_MEANINGS: dict[Qt.Key, Callable[[AttendanceView], None]] = {
    Key.Key_Space: lambda view: view.repeated.emit(),
    Key.Key_Backspace: lambda view: view.cleared.emit(),
    Key.Key_Delete: lambda view: view.cleared.emit(),
    Key.Key_Plus: lambda view: view.stepped.emit(30),
    Key.Key_Minus: lambda view: view.stepped.emit(-30),
    Key.Key_F2: lambda view: view.asked.emit("exact"),
    Key.Key_Return: lambda view: view.asked.emit("panel"),
    Key.Key_Enter: lambda view: view.asked.emit("panel"),
}
_COMMANDS = {
    (Modifier.ControlModifier, Key.Key_0): "not_held",
    (Modifier.ControlModifier, Key.Key_D): "direction",
    (Modifier.ControlModifier | Modifier.ShiftModifier, Key.Key_H): "quiet",
    (Modifier.ControlModifier, Key.Key_Home): "today",
    (Modifier.ControlModifier, Key.Key_PageDown): "next_month",
    (Modifier.ControlModifier, Key.Key_PageUp): "former_month",
}
