"""A row that goes on below when there is no room: for toolbars and lines of chips.

Usage::

    row = FlowLayout(spacing=8)
    row.addWidget(button)
    row.add_right(other)      # stands at the right end of its line
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget


class FlowLayout(QHBoxLayout):
    """Lays its widgets out from left to right, line by line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._right: list[QWidget] = []
        self._space = spacing
        self.setContentsMargins(0, 0, 0, 0)

    def add_right(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of its line."""
        self._right.append(widget)
        self.addWidget(widget)

    @property
    def _items(self) -> list[QLayoutItem]:
        # kept by Qt itself: an item that Python keeps is freed twice when its widget goes
        found = (self.itemAt(at) for at in range(self.count()))
        return [item for item in found if item is not None]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)  # the row of Qt would place the widgets itself
        self._lay_out(rect, move=True)

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)  # the row of Qt would tell that of one line

    def sizeHint(self) -> QSize:
        shown = [item for item in self._items if not item.isEmpty()]
        width = sum(item.sizeHint().width() for item in shown) + self._space * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        lines = self._lines(rect.width())
        for line in lines:
            height = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, rect, top, height)
            top += height + self._space
        return top - rect.top() - (self._space if lines else 0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if lines and left + wide <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
                left = 0
            left += wide + self._space
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect, top: int, height: int) -> None:
        left, right = rect.left(), rect.left() + rect.width()
        aside = [item for item in line if item.widget() in self._right]
        for item in (item for item in line if item not in aside):
            left += self._put(item, left, top, height, rect.width()) + self._space
        for item in reversed(aside):
            right -= min(item.sizeHint().width(), rect.width())
            self._put(item, right, top, height, rect.width())
            right -= self._space

    def _put(self, item: QLayoutItem, left: int, top: int, height: int, most: int) -> int:
        hint = item.sizeHint()
        size = QSize(min(hint.width(), most), min(hint.height(), height))
        item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
        return size.width()


def flowing(*parts: QWidget, spacing: int = 8) -> FlowLayout:
    """Parts side by side, and below each other where there is no room for that."""
    row = FlowLayout(spacing=spacing)
    for part in parts:
        row.addWidget(part)
    return row
