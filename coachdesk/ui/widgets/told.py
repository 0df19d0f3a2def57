"""Titles with their texts, one pair below the other: what a letter says, what exactly leaves."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from coachdesk.ui.widgets.words import label


class Told(QWidget):
    """Labels are made once for each line and used again: none is taken out of the layout."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[QLabel, QLabel]] = []
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)

    def tell(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show other lines."""
        found = list(lines)
        while len(self.rows) < len(found):
            title, text = label("", "secondary"), label(wrap=True)
            at = len(self.rows)
            self.grid.addWidget(title, at, 0)
            self.grid.addWidget(text, at, 1)
            self.rows.append((title, text))
        for at, (title, text) in enumerate(self.rows):
            there = at < len(found)
            title.setText(found[at][0] if there else "")
            text.setText(found[at][1] if there else "")
            title.setVisible(there)
            text.setVisible(there)
        self.setVisible(bool(found))
