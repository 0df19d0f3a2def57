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
        self._offered = offered
        self._clear()
        self.ticks = {}
        for row, one in enumerate(offered, start=1):
            tick = QCheckBox(one.title)
            tick.setChecked(not one.kept)
            tick.setEnabled(not one.same)
            tick.toggled.connect(lambda _on: self.typed.emit())
            self.ticks[one.name] = tick
            kept = label(one.kept or "–", "" if one.same else "secondary", wrap=True)
            parts = (tick, kept, label(one.comes, "body" if one.same else "strong", wrap=True))
            for column, part in enumerate(parts):
                self.grid.addWidget(part, row, column)
            tick.setAccessibleDescription(f"{one.kept or '–'}, {one.comes}")
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

    def _clear(self) -> None:
        for at in reversed(range(self.grid.count())):
            item = self.grid.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in self.heads:
                self.grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
