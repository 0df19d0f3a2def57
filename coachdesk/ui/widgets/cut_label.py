"""A label of one line that is cut with an ellipsis where it has too little room."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from coachdesk.ui.widgets.words import PLAIN, tip


class CutLabel(QLabel):
    """Secondary words; whole in the tool tip and to readers."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setProperty("textFormat", PLAIN)
        self.setProperty("role", "secondary")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whole = ""
        self.tell(text)

    def tell(self, text: str) -> None:
        """Say other words."""
        self.whole = text
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self._cut()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.whole) + 2, super().sizeHint().height())

    def _cut(self) -> None:
        room = self.width() - 2
        self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "whole"):
            self._cut()
