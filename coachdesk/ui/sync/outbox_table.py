"""The table of the outbox: what was made when, of whom, how it stands; what asks for something first."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from coachdesk.domain.sending import Offer, OutboxLine
from coachdesk.i18n import N_, _
from coachdesk.ui import theme
from coachdesk.ui.columns import Column, column
from coachdesk.ui.cutting import cut_name
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync import wording
from coachdesk.ui.trainees.columns import paint_chip
from coachdesk.ui.trainees.wording import near_moment

Index = QModelIndex | QPersistentModelIndex
MADE, NAME, WHAT, WAY, STATE, RECEIPT = range(6)
RANK = ("aside", "stuck", "refused", "ready", "waiting", "handed")


def columns_of(today: Callable[[], date]) -> tuple[Column, ...]:
    """The columns, in the order of their numbers."""
    return (
        column(N_("Sealed"), lambda line: _made(line, today()), width=116),
        column(N_("Trainee"), name_of, width=0, bold=True, tip=name_of),
        column(N_("Content"), wording.content, tip=wording.content, width=150),
        column(N_("Way"), wording.way, width=76),
        column(N_("State"), lambda line: wording.line_state(line, today()).text, width=240),
        column(N_("Receipt"), wording.receipt, width=76),
    )


def name_of(line: OutboxLine) -> str:
    """Whom it is about; who was removed for good has no name any more."""
    return line.name or ("–" if line.kind in wording.BESIDE else _("Removed trainee"))


def rank(line: OutboxLine) -> int:
    """The place of a line: what asks for something first, what is done last."""
    return RANK.index(line.state) if line.state in RANK else len(RANK)


def asks_for_something(line: OutboxLine) -> bool:
    """Whether it waits for a person, a carrier or the region."""
    return line.state in RANK


def ready_line(offer: Offer, shell: Shell) -> OutboxLine:
    """An offer that leaves with the next file, as a line of the outbox."""
    return OutboxLine(
        item_id=0,
        trainee_id=offer.trainee_id or None,
        name=offer.name,
        kind=offer.kind,
        version=offer.had_version + 1,
        made=offer.since or shell.clock.now(),
        since=offer.since,
        state=wording.READY,
    )


def same_line(one: OutboxLine, other: OutboxLine) -> bool:
    """Whether two lines tell of the same item, before and after it was sealed."""
    return one.trainee_id == other.trainee_id and one.kind == other.kind and one.version == other.version


def _made(line: OutboxLine, today: Any) -> str:
    return _("not yet") if line.state == wording.READY else near_moment(line.made, today)


class OutboxDelegate(QStyledItemDelegate):
    """Plain words, and the state as a chip."""

    def __init__(self, view: QTableView, shell: Shell) -> None:
        super().__init__(view)
        self.view, self.shell = view, shell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, rect = self.view.model().row(index), option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.view.currentIndex().row() == index.row():
            painter.fillRect(rect, theme.colour("soft"))
            if index.column() == MADE:
                painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(4), -1)
        if index.column() == STATE:
            state = wording.line_state(line, self.shell.clock.today())
            paint_chip(painter, inner, state.text, state.kind, state.picture)
        else:
            bold = index.column() == NAME
            metrics = theme.metrics("dense", bold=bold)
            painter.setFont(theme.font("dense", bold=bold))
            painter.setPen(theme.colour("text" if index.column() in (NAME, WHAT) else "text2"))
            right, room = Qt.TextElideMode.ElideRight, inner.width()
            text = index.data()
            text = cut_name(text, metrics, room) if bold else metrics.elidedText(text, right, room)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
