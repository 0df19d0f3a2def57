"""Fields of a letter beside what is kept here: each is ticked to be taken over, none writes over unasked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from coachdesk.domain.letter_sheets import Offered
from coachdesk.i18n import _
from coachdesk.ui.widgets.words import label


class BesideRows(QWidget):
    """A row for each field: its name with a tick, what is here, what the letter says.

    To begin with a field is ticked where nothing is kept here; what differs stays as it is until ticked, and
    what is the same needs nothing.
    """

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self._parts: list[tuple[QCheckBox, QLabel, QLabel]] = []
        self._offered: tuple[Offered, ...] = ()
        self._waits: list[str] | None = None
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.heads: tuple[QLabel, ...] = tuple(label("", "secondary") for _at in range(3))
        for at, head in enumerate(self.heads):
            self.grid.addWidget(head, 0, at)
        self.retranslate()

    def show_offered(self, offered: tuple[Offered, ...]) -> None:
        """Show other fields."""
        self._offered, self.ticks = offered, {}
        while len(self._parts) < len(offered):
            self._add_row()
        for at, (tick, kept, comes) in enumerate(self._parts):
            for part in (tick, kept, comes):
                part.setVisible(at < len(offered))
            if at >= len(offered):
                continue
            one = offered[at]
            self.ticks[one.name] = tick
            tick.setText(one.title)
            tick.setEnabled(not one.same)
            tick.setChecked(not one.kept)
            tick.setAccessibleDescription(f"{one.kept or '–'}, {one.comes}")
            kept.setText(one.kept or "–")
            comes.setText(one.comes)
        for head in self.heads:
            head.setVisible(bool(offered))
        if self._waits is not None:
            self.put_typed(self._waits)

    @property
    def chosen(self) -> frozenset[str]:
        """The names of the fields that are ticked."""
        return frozenset(name for name, tick in self.ticks.items() if tick.isChecked() and tick.isEnabled())

    @property
    def typed_value(self) -> list[str]:
        """What a draft keeps."""
        return sorted(self.chosen)

    def put_typed(self, value: list[str]) -> None:
        """Put a draft back, also before the rows are there."""
        self._waits = list(value)
        for name, tick in self.ticks.items():
            if tick.isEnabled():
                tick.setChecked(name in value)

    def retranslate(self) -> None:
        """Set the headings again."""
        for head, text in zip(self.heads, (_("Take over"), _("Here"), _("In the letter")), strict=True):
            head.setText(text)

    def _add_row(self) -> None:
        """Rows are made once and used again: none is taken out of the layout."""
        row = (QCheckBox(), label("", "secondary", wrap=True), label("", "strong", wrap=True))
        row[0].toggled.connect(lambda _on: self.typed.emit())
        self._parts.append(row)
        for column, part in enumerate(row):
            self.grid.addWidget(part, len(self._parts), column)
