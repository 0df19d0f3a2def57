"""The preview: each item that leaves beside what the region has, drawn from the bytes that go."""

from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from coachdesk.domain import sending
from coachdesk.domain.sending import Offer
from coachdesk.domain.summary import NONE
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.columns import Column, ColumnModel, Role, column, table_of
from coachdesk.ui.sync import wording
from coachdesk.ui.trainees.columns import paint_chip

Index = QModelIndex | QPersistentModelIndex
ITEM, HAD, GOES, CHANGE = range(4)
LOWEST = 37
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PreviewModel(ColumnModel):
    """The rows of one offer; the second heading tells of which day the region's are."""

    had_on: date | None = None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if section == HAD and role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            if self.had_on is None:
                return _("Region has now")
            return current().fill(N_("Region has now ({day})"), day=current().short_day(self.had_on))
        return super().headerData(section, orientation, role)


class PreviewTable(QTableView):
    """Read only; what changes stands first, rows are as high as their words need."""

    def __init__(self) -> None:
        super().__init__()
        self.offer: Offer | None = None
        self.preview = PreviewModel(_columns(), self)
        table_of(self.preview, row_height=LOWEST, inside=True, view=self)
        head = self.horizontalHeader()
        for at in (HAD, GOES):
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Delegate(self))

    def show_offer(self, offer: Offer | None) -> None:
        """Show what leaves of somebody; nothing for None."""
        self.offer = offer
        self.preview.had_on = offer.had_on if offer else None
        rows = sending.rows(offer, current()) if offer else ()
        self.preview.show_rows(sorted(rows, key=lambda row: not marked(row)))
        self.preview.retranslate()
        self._measure()
        if self.preview.rows:
            self.setCurrentIndex(self.preview.index(0, 0))
            self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def _measure(self) -> None:
        for at, row in enumerate(self.preview.rows):
            self.setRowHeight(at, self._height(row))

    def _height(self, row: sending.Row) -> int:
        found = theme.px(LOWEST)
        for at, text in ((ITEM, row.title), (HAD, row.had), (GOES, row.goes)):
            room = QRect(0, 0, max(40, self.columnWidth(at) - theme.px(18)), 100_000)
            metrics = theme.metrics("dense", bold=at == GOES and marked(row))
            found = max(found, metrics.boundingRect(room, WRAP, text).height() + theme.px(10))
        return found


def _columns() -> tuple[Column, ...]:
    return (
        column(N_("Item"), lambda row: row.title, width=150),
        column(N_("Region has now"), lambda row: row.had, width=180),
        column(N_("Goes now"), lambda row: row.goes, width=200),
        column(N_("Change"), _change, width=116),
    )


def marked(row: sending.Row) -> bool:
    """Whether a row is marked: an item that is empty on both sides is not."""
    return bool(row.change) and not row.had == row.goes == NONE


def _change(row: sending.Row) -> str:
    state = wording.change_state(row.change) if marked(row) else None
    return state.text if state else _unmarked(row)


def _unmarked(row: sending.Row) -> str:
    return _("empty") if row.change else _("no change")


class _Delegate(QStyledItemDelegate):
    """Words that wrap; a changed row has another ground, its new words in bold, and a chip."""

    def __init__(self, view: PreviewTable) -> None:
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = self.view.preview.row(index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.view.currentIndex().row() == index.row() and self.view.hasFocus()
        if chosen or marked(row):
            painter.fillRect(rect, theme.colour("soft" if chosen else "sunken"))
        if chosen and index.column() == ITEM:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(theme.px(12 if index.column() == ITEM else 8), 0, -theme.px(6), -1)
        if index.column() == CHANGE:
            self._change(painter, inner, row)
        else:
            goes = index.column() == GOES
            painter.setFont(theme.font("dense", bold=goes and marked(row)))
            painter.setPen(theme.colour("text" if goes else "text2"))
            painter.drawText(inner, WRAP, index.data())
        painter.restore()

    def _change(self, painter: QPainter, inner: QRect, row: sending.Row) -> None:
        state = wording.change_state(row.change) if marked(row) else None
        if state is not None:
            paint_chip(painter, inner, state.text, state.kind, state.picture)
            return
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(inner, WRAP, _unmarked(row))
