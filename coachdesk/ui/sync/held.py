"""What the region has of each trainee, by its own receipts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coachdesk.domain import summary
from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.sending import HeldLine
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.columns import Column, ColumnModel, column, table_of
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync import wording
from coachdesk.ui.sync.preview import CODE
from coachdesk.ui.trainees.columns import paint_chip
from coachdesk.ui.trainees.wording import near_moment
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import scrolled
from coachdesk.ui.widgets.words import label

Index = QModelIndex | QPersistentModelIndex
NAME, VERSION, STATE, UNTIL, RECEIPT, AT = range(6)
SIDE = 296


class HeldPage(QWidget, Spoken):
    """The third tab of sending."""

    opened = Signal(int)  # trainee_id

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.model = ColumnModel(_columns(shell.clock.today), self)
        self.table = table_of(self.model, row_height=40, inside=True)
        self.table.setItemDelegate(_Delegate(self.table))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chose())
        self.none = EmptyState("inbox")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        self.card = Card(margins=(1, 1, 1, 1))
        self.card.add(self.stack, 1)
        self.name, self.what = label("", "person", wrap=True), label("", wrap=True)
        self.what.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.proof = label("", "secondary", wrap=True)
        self.open_button = Button()
        self.open_button.clicked.connect(self._open)
        self.side = Card(margins=(16, 12, 16, 14))
        self.side.add(self.name)
        self.side.add(self.proof)
        self.side.add(scrolled(self.what), 1)
        self.side.add(self.open_button)
        self.side.setFixedWidth(SIDE)
        self.columns = QHBoxLayout()
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(14)
        self.columns.addWidget(self.card, 1)
        self.columns.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self.columns, 1)
        self.retranslate()

    @property
    def line(self) -> HeldLine | None:
        """The summary chosen."""
        found: HeldLine | None = self.model.row(self.table.currentIndex())
        return found

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self.table.setAccessibleName(_("At the region"))
        self.none.set_words(
            _("No receipt has told that the region has anything."),
            _("What it has stands here once its receipt is kept."),
        )
        self.open_button.setText(_("Open the details"))
        self.model.retranslate()
        self._chose()

    def show_held(self, found: tuple[HeldLine, ...]) -> None:
        """Show what the receipts tell."""
        kept = self.line
        self.model.show_rows(list(found))
        self.stack.setCurrentIndex(0 if found else 1)
        if found:
            at = self.model.place_of(
                lambda line: (
                    kept is not None
                    and (line.trainee_id, line.region_id) == (kept.trainee_id, kept.region_id)
                )
            )
            self.table.selectRow(max(at, 0))
        self._chose()

    def _chose(self) -> None:
        line, words = self.line, current()
        self.side.setVisible(line is not None)
        if line is None:
            return
        self.name.setText(wording.spoken(line.name) or _("Removed trainee"))
        at = words.moment(line.receipt_at) if line.receipt_at else "–"
        message = N_("Receipt {number}, {at}, by {way}")
        told = {"number": wording.receipt(line), "at": at, "way": wording.way(line).lower()}
        self.proof.setText(words.fill(message, **told))
        shown = summary.lines(line.fields, words)
        text = "\n\n".join(f"{row.title}\n{_masked(row)}" for row in shown)
        self.what.setText(text or _("Nothing: what it had is deleted."))
        self.open_button.setVisible(line.trainee_id is not None)

    def _open(self) -> None:
        if self.line is not None and self.line.trainee_id is not None:
            self.opened.emit(self.line.trainee_id)

    def fit(self, size_class: str) -> None:
        """The card below the table where there is little room."""
        wide = size_class == "wide"
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self.columns.setDirection(across if wide else down)
        self.side.setMinimumWidth(SIDE if wide else 0)
        self.side.setMaximumWidth(SIDE if wide else 16_777_215)
        self.side.setMinimumHeight(0 if wide else 200)
        self.card.setMinimumHeight(0 if wide else 200)
        for at in (VERSION, AT, UNTIL):
            self.table.setColumnHidden(at, size_class == "narrow")


def _masked(row: summary.Line) -> str:
    """Dots for an identity code: it is shown whole on the page of its person, to whoever asks."""
    return MASKED if row.field == CODE and row.text != summary.NONE else row.text


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        column(N_("Trainee"), lambda line: line.name or _("Removed trainee"), width=0, bold=True),
        column(N_("Version"), lambda line: str(line.version), width=72),
        column(N_("State"), lambda line: wording.held_state(line).text, width=196),
        column(N_("Kept to"), lambda line: current().day(line.valid_to) or "–", width=100),
        column(N_("Receipt"), wording.receipt, width=84),
        column(
            N_("Answered"),
            lambda line: near_moment(line.receipt_at, today()) if line.receipt_at else "–",
            width=124,
        ),
    )


class _Delegate(QStyledItemDelegate):
    """Plain words, and the state as a chip."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != STATE:
            super().paint(painter, option, index)
            return
        row: Any = self.view.model().row(index)  # type: ignore[attr-defined]
        state = wording.held_state(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.view.currentIndex().row() == index.row():
            painter.fillRect(option.rect, theme.colour("soft"))
        inner = option.rect.adjusted(theme.px(10), 0, -theme.px(4), -1)
        paint_chip(painter, inner, state.text, state.kind, state.picture)
        painter.restore()
