"""Parts side by side, one below the other, apart, or scrolled."""

from collections.abc import Iterable
from typing import TypeVar

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Box = TypeVar("Box", bound=QBoxLayout)


def row_of(*parts: QWidget | QLayout | int | None, spacing: int = 8) -> QHBoxLayout:
    """Parts side by side: an int is empty room, None takes all the room left."""
    return _filled(QHBoxLayout(), parts, spacing)


def column_of(*parts: QWidget | QLayout | int | None, spacing: int = 8) -> QVBoxLayout:
    """Parts one below the other: an int is empty room, None takes all the room left."""
    return _filled(QVBoxLayout(), parts, spacing)


def _filled(box: Box, parts: Iterable[object], spacing: int) -> Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for part in parts:
        match part:
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(part)
            case QLayout():
                box.addLayout(part)
            case QWidget():
                box.addWidget(part)
    return box


def rule() -> QFrame:
    """A hairline; decoration only."""
    found = QFrame()
    found.setProperty("rule", True)
    return found


def scrolled(inner: QWidget) -> QScrollArea:
    """A widget that scrolls down when there is too little room for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setProperty("plain", True)
    inner.setProperty("plain", True)
    area.setWidget(inner)
    _Tall(inner)
    return area


class _Tall(QObject):
    """Keeps a scrolled widget as tall as its wrapped words need at its width: a scroll area does not ask."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            layout = self._widget.layout()
            if layout is not None and layout.hasHeightForWidth():
                need = layout.totalHeightForWidth(self._widget.width())
                if need != self._widget.minimumHeight():
                    self._widget.setMinimumHeight(need)
        return False
