"""Cards below each other where there is too little room for all that they would say."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Sharing(QVBoxLayout):
    """Gives every card what it needs, then the more important ones what they would like.

    A box of Qt's own takes as many pixels from each, so that each might lose a line for want of three.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.first: tuple[QWidget, ...] = ()  # the most important before the others

    def setGeometry(self, rect: QRect) -> None:
        items = [item for at in range(self.count()) if (item := self.itemAt(at)) is not None]
        wanted = [item.sizeHint().height() for item in items]
        room = rect.height() - self.spacing() * (len(items) - 1)
        if sum(wanted) <= room or self.direction() != self.Direction.TopToBottom:
            super().setGeometry(rect)
            return
        given = [item.minimumSize().height() for item in items]
        left = room - sum(given)
        for at in sorted(range(len(items)), key=lambda at: self._rank(items[at].widget())):
            more = max(0, min(wanted[at] - given[at], left))
            given[at] += more
            left -= more
        top = rect.top()
        for item, high in zip(items, given, strict=True):
            item.setGeometry(QRect(rect.left(), top, rect.width(), high))
            top += high + self.spacing()

    def _rank(self, card: QWidget | None) -> int:
        return self.first.index(card) if card in self.first else len(self.first)
