"""The whole grid in one frame: names that stay, days that scroll, a foot that counts."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from coachdesk.ui import theme
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.attendance.cells import HEAD
from coachdesk.ui.attendance.foot import FOOT, Foot, FootName
from coachdesk.ui.attendance.ink import Ink
from coachdesk.ui.attendance.view import ROW, AttendanceView
from coachdesk.ui.cutting import cut_name

NAME, NARROW_NAME = 166, 120
LEAST_ROWS = 6  # fewer than these are never seen at once: the page scrolls instead


class NameDelegate(QStyledItemDelegate):
    """Draws the names; that of the cursor's line is bold on soft."""

    def __init__(self, names: QTableView, view: "AttendanceView", ink: Ink) -> None:
        super().__init__(names)
        self.view, self.ink = view, ink

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, here = option.rect, self.view.here
        on = here is not None and here[0] == index.row()
        painter.fillRect(rect, self.ink.soft if on else self.ink.surface)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.ink.line)
        painter.setFont(self.ink.name_bold if on else self.ink.name)
        painter.setPen(self.ink.text)
        room = rect.adjusted(theme.px(11), 0, -4, 0)
        name = cut_name(self.view.model_.board.names[index.row()], painter.fontMetrics(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


class Grid(QFrame):
    """Names, days and foot in one frame."""

    def __init__(self, *, foot: bool = True) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.ink = Ink()
        self.view = AttendanceView(self.ink)
        self.names = self._names()
        self.foot = Foot(self.view, self.ink)
        self.foot_name = FootName(self.ink)
        self._lay_out(foot)
        self.view.verticalScrollBar().valueChanged.connect(self.names.verticalScrollBar().setValue)
        self.names.verticalScrollBar().valueChanged.connect(self.view.verticalScrollBar().setValue)
        self.view.moved.connect(self._show_line)
        self._line = -1
        self.view.model_.dataChanged.connect(self._count_again)
        self.view.horizontalScrollBar().rangeChanged.connect(lambda *_range: self._fit_height())

    def show_board(self, board: Board) -> None:
        """Show another month."""
        self.view.show_board(board)
        self.dress()

    def dress(self) -> None:
        """Take sizes of the text size in use."""
        self.names.horizontalHeader().setFixedHeight(theme.px(HEAD))
        if self.names.verticalHeader().defaultSectionSize() != theme.px(ROW):
            self.names.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.foot.setFixedHeight(theme.px(FOOT))
        self.foot_name.setFixedHeight(theme.px(FOOT))
        self.fit_names(self._narrow)
        self._fit_height()

    def fit_names(self, narrow: bool) -> None:
        """Keep the names' column fixed: 166, and 120 where there is little room."""
        self._narrow = narrow
        width = theme.px(NARROW_NAME if narrow else NAME)
        self.names.setFixedWidth(width)
        self.names.horizontalHeader().resizeSection(0, width)

    def retranslate(self) -> None:
        """Say all again in the screen's language."""
        self.view.model_.retranslate()
        self.view.forget_heads()
        self.names.horizontalHeader().viewport().update()
        self.foot_name.update()
        self.foot.update()

    def _fit_height(self) -> None:
        """No higher than its rows, so that the foot follows the last of them."""
        rows = max(3, len(self.view.model_.board.lines))
        foot = 0 if self.foot.isHidden() else FOOT
        least = min(rows, LEAST_ROWS)
        self.setMinimumHeight(theme.px(HEAD) + theme.px(ROW) * least + theme.px(foot) + 4)
        bar = self.view.horizontalScrollBar()
        under = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.setMaximumHeight(theme.px(HEAD) + theme.px(ROW) * rows + theme.px(foot) + under + 4)

    def _names(self) -> QTableView:
        names = _Names()
        names.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        names.pressed_row.connect(self._go_to_row)
        names.setModel(self.view.model_)
        names.setSelectionModel(self.view.selectionModel())
        names.setItemDelegate(NameDelegate(names, self.view, self.ink))
        names.setHorizontalHeader(_NameHeader(names, self.ink))
        names.setAutoScroll(False)  # the days lie beyond its right edge: the cursor must not pull them in
        names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        names.setFrameShape(QFrame.Shape.NoFrame)
        names.setProperty("inside", True)
        names.setShowGrid(False)
        names.setCornerButtonEnabled(False)
        names.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        names.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        names.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.verticalHeader().hide()
        names.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setStyleSheet("QTableView { border: none; padding: 0px; border-radius: 0px; }")
        return names

    def _lay_out(self, foot: bool) -> None:
        box = QGridLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(0)
        box.addWidget(self.names, 0, 0)
        box.addWidget(self.view, 0, 1)
        box.addWidget(self.foot_name, 1, 0)
        box.addWidget(self.foot, 1, 1)
        for part in (self.foot_name, self.foot):
            part.setHidden(not foot)  # in the frame all the same: a widget without a parent is a window
        box.setRowStretch(0, 1)
        box.setColumnStretch(1, 1)
        self._narrow = False
        self.dress()

    def _show_line(self, place: Place | None) -> None:
        """Draw the name that the cursor left, and the one it came to."""
        now = place[0] if place else -1
        if now != self._line:
            for line in (self._line, now):
                index = self.view.model_.index(line, 0)
                if index.isValid():
                    self.names.update(index)
            self._line = now

    def _go_to_row(self, row: int) -> None:
        here = self.view.here
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)
        self.view.go_to((row, here[1] if here else 0))

    def _count_again(self, first: QModelIndex, _last: QModelIndex) -> None:
        """Draw only the count of a column whose mark changed."""
        header = self.view.horizontalHeader()
        left = header.sectionViewportPosition(first.column())
        self.foot.update(left, 0, header.sectionSize(first.column()), self.foot.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_narrow"):
            self.ink.refresh()
            self.dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        focused = self.view.hasFocus() and self.view.here is None  # else the cursor is the ring
        painter.setPen(QPen(self.ink.focus, 2) if focused else QPen(self.ink.line, 1))
        painter.drawRect(
            self.rect().adjusted(1, 1, -1, -1) if focused else self.rect().adjusted(0, 0, -1, -1)
        )
        painter.end()


class _Names(QTableView):
    """The names: a click goes to that person's line; the wheel scrolls both."""

    pressed_row = Signal(int)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.end()
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.pressed_row.emit(index.row())


class _NameHeader(QHeaderView):
    def __init__(self, names: QTableView, ink: Ink) -> None:
        super().__init__(Qt.Orientation.Horizontal, names)
        self.ink = ink
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, self.ink.sunken)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.ink.line)
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(self.ink.text2)
        title = self.model().headerData(section, Qt.Orientation.Horizontal)
        painter.drawText(rect.adjusted(theme.px(11), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, title)
