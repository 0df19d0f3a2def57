"""The people whose summaries wait: a name, and why under it."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.sending import Offer
from coachdesk.ui import theme
from coachdesk.ui.columns import ColumnModel, column
from coachdesk.ui.cutting import cut_name
from coachdesk.ui.sync import wording

Index = QModelIndex | QPersistentModelIndex
ROW = 57


class WaitingList(QListView):
    """Offers; one tab stop, arrows inside."""

    chosen = Signal(object)  # Offer

    def __init__(self) -> None:
        super().__init__()
        self.rows = ColumnModel((column("", _told, spoken=_told, tip=_told),), self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("inside", True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def row(self) -> Offer | None:
        """The offer chosen."""
        found: Offer | None = self.rows.row(self.currentIndex())
        return found

    def choose(self, at: int) -> None:
        """Choose a row by its place."""
        self.setCurrentIndex(self.rows.index(at, 0))
        self.scrollTo(self.currentIndex())

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.rows.row(now))


def _told(offer: Any) -> str:
    return f"{offer.name}, {wording.why(offer)[0]}"


class _Delegate(QStyledItemDelegate):
    """Two lines: the name and why it waits."""

    def __init__(self, view: WaitingList) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(100), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer, rect = self.view.rows.row(index), option.rect
        painter.save()
        if self.view.currentIndex() == index:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(theme.px(14), theme.px(8), -theme.px(8), -theme.px(6))
        bold, small = theme.metrics("body", bold=True), theme.metrics("secondary")
        right = Qt.TextElideMode.ElideRight
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, 0, cut_name(offer.name, bold, inner.width()))
        text, tone = wording.why(offer)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour(tone or "text2"))
        below = inner.adjusted(0, bold.height() + 1, 0, 4)
        painter.drawText(below, 0, small.elidedText(text, right, below.width()))
        painter.restore()
