"""The picture beside the unlock form: a sun over three ridges, the program's name, the workshop's."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.ui import theme

WIDTH = 430
SKY, SUN, RIDGES = "#0B5766", "#F2D9A0", ("#0E6B7A", "#0A4A57", "#083A47")
# crests and dips of each ridge, as shares of the height, at these shares of the width
_ACROSS = (0.0, 0.23, 0.45, 0.70, 1.0)
_LINES = (
    (0.665, 0.627, 0.644, 0.606, 0.645),
    (0.760, 0.735, 0.746, 0.722, 0.760),
    (0.858, 0.845, 0.853, 0.836, 0.848),
)


class Art(QWidget):
    """Decoration with the workshop's name on it; white on a dark ground in both looks."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[str, ...] = ()
        self.setObjectName("art")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def show_names(self, *names: str) -> None:
        """Write names below the program's."""
        self.lines = tuple(dict.fromkeys(filter(None, names)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(SKY))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(SUN))
        painter.drawEllipse(QPointF(self.width() * 0.7, self.height() * 0.523), 46, 46)
        for colour, line in zip(RIDGES, _LINES, strict=True):
            painter.setBrush(QColor(colour))
            painter.drawPath(self._ridge(line))
        self._write(painter)
        painter.end()

    def _ridge(self, line: tuple[float, ...]) -> QPainterPath:
        wide, high = self.width(), self.height()
        points = [QPointF(x * wide, y * high) for x, y in zip(_ACROSS, line, strict=True)]
        path = QPainterPath(points[0])
        for here, there in pairwise(points):
            half = (here.x() + there.x()) / 2
            path.cubicTo(half, here.y(), half, there.y(), there.x(), there.y())
        path.lineTo(wide, high)
        path.lineTo(0, high)
        path.closeSubpath()
        return path

    def _write(self, painter: QPainter) -> None:
        painter.setPen(QColor("white"))
        font = theme.font("unlock")
        font.setPointSizeF(font.pointSizeF() * 1.17)
        painter.setFont(font)
        top = 82
        room = QRectF(44, top, self.width() - 60, painter.fontMetrics().height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, "CoachDesk")
        font = theme.font("heading", bold=False)
        painter.setFont(font)
        height = painter.fontMetrics().lineSpacing()
        top += round(room.height()) + 4
        for line in self.lines:
            painter.drawText(QRectF(44, top, self.width() - 60, height), Qt.AlignmentFlag.AlignLeft, line)
            top += height
