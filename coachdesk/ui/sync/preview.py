"""The preview: each item that leaves beside what the region has, drawn from the bytes that go."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from coachdesk.domain import sending
from coachdesk.domain.identity_code import MASKED
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
CODE = "personal_identity_code"
_LONG = re.compile(r"(?=\S*[^\W\d_])\S{18,}")  # with a letter: dates stay whole
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PreviewModel(ColumnModel):
    """The rows of one offer; the second heading tells of which day the region's are."""

    had_on: date | None = None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if section == HAD and role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            if self.had_on is None:
                return _("At the region now")
            return current().fill(N_("At the region ({day})"), day=current().short_day(self.had_on))
        return super().headerData(section, orientation, role)


class PreviewTable(QTableView):
    """Read only; what changes stands first, rows are as high as their words need."""

    def __init__(self) -> None:
        super().__init__()
        self.offer: Offer | None = None
        self.codes_shown = False
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
        self.codes_shown = False
        self._show_rows()
        self.preview.retranslate()
        if self.preview.rows:
            self.setCurrentIndex(self.preview.index(0, 0))
            self.scrollToTop()

    @property
    def has_code(self) -> bool:
        """Whether an identity code leaves or is there."""
        offer = self.offer
        return offer is not None and bool(offer.fields.get(CODE) or (offer.had or {}).get(CODE))

    def show_codes(self, shown: bool) -> None:
        """Show the identity code whole, or as dots."""
        self.codes_shown = shown
        self._show_rows()

    def _show_rows(self) -> None:
        rows = sending.rows(self.offer, current()) if self.offer else ()
        if not self.codes_shown:
            rows = tuple(_masked(row) for row in rows)
        self.preview.show_rows(sorted(rows, key=lambda row: not marked(row)))
        self._measure()

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
            found = max(found, metrics.boundingRect(room, WRAP, breakable(text)).height() + theme.px(10))
        return found


def _columns() -> tuple[Column, ...]:
    return (
        column(N_("Item"), lambda row: row.title, width=150),
        column(N_("At the region now"), lambda row: row.had, width=180),
        column(N_("Goes now"), lambda row: row.goes, width=200),
        column(N_("Change"), _change, width=116),
    )


def _masked(row: sending.Row) -> sending.Row:
    """Dots for an identity code: it is shown whole only to whoever asks."""
    if row.field != CODE:
        return row
    return replace(row, had=_dots(row.had), goes=_dots(row.goes))


def _dots(text: str) -> str:
    return text if text == NONE else MASKED


def breakable(text: str) -> str:
    """Text that may also break inside a long word, such as an e-mail address; never inside a date."""
    return _LONG.sub(lambda found: re.sub(r"([@._/-])", "\\1\u200b", found[0]), text)


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
            painter.drawText(inner, WRAP, breakable(index.data()))
        painter.restore()

    def _change(self, painter: QPainter, inner: QRect, row: sending.Row) -> None:
        state = wording.change_state(row.change) if marked(row) else None
        if state is not None:
            paint_chip(painter, inner, state.text, state.kind, state.picture)
            return
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(inner, WRAP, _unmarked(row))
