"""Pictures beside words: alone, and in a chip with its word."""

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from coachdesk.ui import icons, theme

CHIP_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "danger": "alert-circle"}


class Picture(QLabel):
    """A picture without words beside it: decoration, or with ``set_words`` a name for readers."""

    def __init__(self, name: str, size: int = 18, token: str = "text") -> None:
        super().__init__()
        self._picture = (name, size, token)
        self._show()

    def set_picture(self, name: str, token: str | None = None) -> None:
        """Show another picture."""
        self._picture = (name, self._picture[1], token or self._picture[2])
        self._show()

    def _show(self) -> None:
        name, size, token = self._picture
        self.setPixmap(icons.pixmap(name, theme.px(size), token, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_picture"):
            self._show()
        super().changeEvent(event)


class Chip(QLabel):
    """A short state: colour, picture and word together."""

    def __init__(self, text: str = "", kind: str = "neutral", icon: str | None = None) -> None:
        super().__init__(text)
        self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon: str | None = None
        self.set_state(text, kind, icon)

    def set_state(self, text: str, kind: str, icon: str | None = None) -> None:
        """Show another state; ``icon`` "" leaves the picture out."""
        self._icon = CHIP_ICONS.get(kind, "") if icon is None else icon
        self.setText(text)
        self.setProperty("chip", kind)
        self.setProperty("pictured", bool(self._icon))
        if self.testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished):
            theme.restyle(self)
            self.setFrameStyle(self.frameStyle())  # the frame keeps its old padding otherwise
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            size = theme.px(16)
            token = {"soft": "text"}.get(self.property("chip"), self.property("chip"))
            painter = QPainter(self)
            top = (self.height() - size) // 2
            painter.drawPixmap(7, top, icons.pixmap(self._icon, size, token, self.devicePixelRatioF()))
            painter.end()
