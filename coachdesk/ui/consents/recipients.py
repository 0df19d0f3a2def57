"""The list of recipients: a name of any length and the state of its consent as a chip."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.ui import theme
from coachdesk.ui.columns import ColumnModel, column
from coachdesk.ui.trainees.columns import paint_chip

Index = QModelIndex | QPersistentModelIndex
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class StateList(QListView):
    """Rows with ``name`` and ``state``; one tab stop, arrows inside; ``chosen`` gives the row."""

    chosen = Signal(object)

    def __init__(self, *, quiet: bool = False) -> None:
        super().__init__()
        self.quiet = quiet
        self.rows = ColumnModel((column("", _spoken, spoken=_spoken, tip=_spoken),), self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("inside", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._told)

    @property
    def row(self) -> Any:
        """The row chosen; None when there is none."""
        return self.rows.row(self.currentIndex())

    def show_rows(self, rows: Any) -> None:
        """Show other rows; the caller chooses one."""
        self.rows.show_rows(rows)
        self.scheduleDelayedItemsLayout()
        if self.quiet:
            self.setFixedHeight(self.wanted_height())

    def choose(self, at: int) -> None:
        """Choose a row; -1 for none."""
        self.setCurrentIndex(self.rows.index(at, 0) if at >= 0 else QModelIndex())
        if at < 0:
            self.clearSelection()

    def wanted_height(self) -> int:
        """How high all the rows are."""
        option = QStyleOptionViewItem()
        delegate = self.itemDelegate()
        rows = range(len(self.rows.rows))
        return sum(delegate.sizeHint(option, self.rows.index(at, 0)).height() for at in rows) + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if self.quiet and event.size().width() != event.oldSize().width():
            self.setFixedHeight(self.wanted_height())

    def _told(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.rows.row(now))


def _spoken(row: Any) -> str:
    return ", ".join(filter(None, (row.name, row.state.text)))


class _Delegate(QStyledItemDelegate):
    """The name over its chip; a quiet row writes its state as small words."""

    def __init__(self, view: StateList) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self.view.quiet:
            return QSize(theme.px(100), theme.px(38))
        row = self.view.rows.row(index)
        return QSize(theme.px(100), self._name_height(row.name) + theme.px(48))

    def _name_height(self, name: str) -> int:
        width = max(60, self.view.viewport().width() - theme.px(28))
        metrics = theme.metrics("body", bold=True)
        high = metrics.boundingRect(QRect(0, 0, width, 10_000), WRAP, name).height()
        return min(high, 3 * metrics.lineSpacing())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = self.view.rows.row(index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.view.currentIndex() == index:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(theme.px(14), theme.px(8), -theme.px(14), -theme.px(8))
        painter.setPen(theme.colour("text"))
        if self.view.quiet:
            self._quiet(painter, inner, row)
        else:
            high = self._name_height(row.name)
            painter.setFont(theme.font("body", bold=True))
            painter.drawText(QRect(inner.left(), inner.top(), inner.width(), high), WRAP, row.name)
            below = QRect(inner.left(), inner.top() + high + 2, inner.width(), theme.px(26))
            paint_chip(painter, below, row.state.text, row.state.kind, row.state.picture)
        painter.restore()

    def _quiet(self, painter: QPainter, inner: QRect, row: Any) -> None:
        """The name, and its state at the right end of the line."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, row.name)
        taken = theme.metrics("body").horizontalAdvance(row.name) + theme.px(10)
        small = theme.metrics("secondary")
        text = small.elidedText(row.state.text, Qt.TextElideMode.ElideRight, inner.width() - taken)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, text)
