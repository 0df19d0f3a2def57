"""A number with its words, as a card that opens the rows behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from coachdesk.ui import theme
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import label


class KpiCard(QFrame):
    """One figure; Enter or a click opens the rows."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.number = label("", "figure")
        self.words, self.more = label("", "strong", wrap=True), label("", "secondary", wrap=True)
        box = row_of(self.number, column_of(None, self.words, self.more, None, spacing=0), spacing=12)
        box.setContentsMargins(14, 6, 10, 6)
        box.setStretch(1, 1)
        self.setLayout(box)

    def show_figure(self, number: str, words: str, more: str, counted: str) -> None:
        """Show a number, what it is, more in small; ``counted`` says how, for the tooltip and readers."""
        self.number.setText(number)
        self.words.setText(words)
        self.more.setText(more)
        self.setToolTip(counted)
        self.setAccessibleName(f"{words}: {number}. {more}")
        self.setAccessibleDescription(counted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
            painter.end()
