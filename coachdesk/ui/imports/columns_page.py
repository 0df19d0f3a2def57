"""Step 2: what each column holds, guessed from its heading and corrected here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.cut_label import CutLabel
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label, tip

if TYPE_CHECKING:
    from coachdesk.services.imports import Column, ImportPreview

LEFT_OUT = ""


class ColumnsPage(QWidget, Spoken):
    """A row for each column; ``changed`` tells that the file is to be read anew with other choices."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: ImportPreview | None = None
        self.boxes: dict[int, ChoiceBox] = {}
        self.kind, self.sheet, self.month = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.fields = {name: Field(getattr(self, name)) for name in ("kind", "sheet", "month")}
        self.word(self.fields["kind"].set_caption, N_("What the sheet holds"))
        self.word(self.fields["sheet"].set_caption, N_("Sheet"))
        self.word(self.fields["month"].set_caption, N_("Month"))
        for box in (self.kind, self.sheet, self.month):
            box.setMinimumContentsLength(16)
            box.chosen.connect(lambda _key: self.changed.emit())
        self.days = label("", "secondary", wrap=True)
        self.unread = label("", "secondary", wrap=True)
        self._inside = QWidget()
        self.grid = QGridLayout(self._inside)
        self.grid.setContentsMargins(0, 0, 8, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inside)
        card = Card()
        self.word(card.set_title, N_("Columns of the sheet"))
        card.add(scroll, 1)
        card.add(self.days)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(row_of(*self.fields.values(), None, spacing=12))
        outer.addWidget(self.unread)
        outer.addWidget(card, 1)

    def show_preview(self, found: ImportPreview) -> None:
        """Show the columns of a file as they are read now."""
        self.shown = found
        self._show_heads(found)
        self._clear()
        titles = (N_("Heading"), N_("For example"), N_("Holds"))
        for at, title in enumerate(titles):
            self.grid.addWidget(label(_(title), "label"), 0, at)
        rows = [column for column in found.columns if not column.field.startswith("day:")]
        choices = self._choices(found)
        for number, column in enumerate(rows, 1):
            self._add_row(number, column, choices)
        self.grid.setRowStretch(len(rows) + 1, 1)
        days = len(found.columns) - len(rows)
        self.days.setText(current().fill(N_("Beside these {count} columns are days."), count=days))
        self.days.setVisible(bool(days))

    def _add_row(self, number: int, column: Column, choices: list[tuple[str, str]]) -> None:
        from coachdesk.services.import_wording import masked

        heading = column.heading or current().fill(N_("(column {number})"), number=column.index + 1)
        examples = "; ".join(masked(text) for text in column.examples)
        name = label(heading, "strong")
        name.setMaximumWidth(260)
        name.setToolTip(tip(heading))
        measure = theme.metrics("body", bold=True)
        name.setText(measure.elidedText(heading, Qt.TextElideMode.ElideRight, 250))
        example = CutLabel(examples)
        box = ChoiceBox()
        box.setMinimumContentsLength(24)
        box.offer(choices)
        box.choose(column.field)
        box.setAccessibleName(current().fill(N_("Column {heading} holds"), heading=heading))
        box.chosen.connect(lambda _key: self.changed.emit())
        self.boxes[column.index] = box
        for at, widget in enumerate((name, example, box)):
            self.grid.addWidget(widget, number, at)

    @property
    def mapping(self) -> dict[int, str]:
        """What each column holds, by its place."""
        return {index: box.key for index, box in self.boxes.items()}

    @property
    def chosen_month(self) -> date | None:
        """The month chosen, where the sheet does not tell it."""
        return date.fromisoformat(self.month.key) if self.month.key else None

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        if self.shown is not None:
            kept = self.mapping
            self.show_preview(self.shown)
            for index, key in kept.items():
                self.boxes[index].choose(key)

    def _show_heads(self, found: ImportPreview) -> None:
        from coachdesk.services.import_wording import KIND_NAMES, unread_line

        self.kind.offer([(key, _(name)) for key, name in KIND_NAMES.items()])
        self.kind.choose(found.kind)
        self.sheet.offer([(str(at), name) for at, name in enumerate(found.sheets)])
        self.sheet.choose(str(found.sheet))
        self.unread.setText(unread_line(found))
        self.unread.setVisible(bool(found.unread))
        self.fields["sheet"].setVisible(len(found.sheets) > 1)
        self.month.offer([("", "–"), *_months(found)])
        self.month.choose(found.month.isoformat() if found.month else "")
        self.fields["month"].setVisible(found.kind == "attendance")

    def _choices(self, found: ImportPreview) -> list[tuple[str, str]]:
        from coachdesk.services.imports import fields

        return [(LEFT_OUT, _("– is left out –")), *((key, _(title)) for key, title in fields(found.kind))]

    def _clear(self) -> None:
        self.boxes = {}
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _months(found: ImportPreview) -> list[tuple[str, str]]:
    """Three years back from the month told, or from the desk's own day."""
    last = max(found.on, found.month or found.on)
    days = [last.replace(day=1)]
    while len(days) < 36:
        days.append((days[-1] - date.resolution).replace(day=1))
    return [(month.isoformat(), current().month(month)) for month in days]
