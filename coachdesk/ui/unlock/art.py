"""The picture beside the unlock form: a sun over three ridges, the program's name, the workshop's."""

from itertools import pairwise

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
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
        QSvgRenderer(QByteArray(self._picture().encode())).render(painter, QRectF(self.rect()))
        self._write(painter)
        painter.end()

    def _picture(self) -> str:
        """As SVG: a brush of our own would have Qt make all its enumerations before the first window."""
        wide, high = self.width(), self.height()
        ridges = [
            f'<path fill="{colour}" d="{_ridge(line, wide, high)}"/>'
            for colour, line in zip(RIDGES, _LINES, strict=True)
        ]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
            f'<rect width="{wide}" height="{high}" fill="{SKY}"/>'
            f'<circle cx="{wide * 0.7}" cy="{high * 0.523}" r="46" fill="{SUN}"/>{"".join(ridges)}</svg>'
        )

    def _write(self, painter: QPainter) -> None:
        """In white, which the style sheet gives the painter."""
        font = theme.font("unlock")
        font.setPointSizeF(font.pointSizeF() * 1.17)
        painter.setFont(font)
        top = 82
        room = QRectF(44, top, self.width() - 60, painter.fontMetrics().height())
        painter.drawText(room, "CoachDesk")
        font = theme.font("heading", bold=False)
        painter.setFont(font)
        height = painter.fontMetrics().lineSpacing()
        top += round(room.height()) + 4
        for line in self.lines:
            painter.drawText(QRectF(44, top, self.width() - 60, height), line)
            top += height


def _ridge(line: tuple[float, ...], wide: int, high: int) -> str:
    points = [(x * wide, y * high) for x, y in zip(_ACROSS, line, strict=True)]
    found = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (left, begins), (right, ends) in pairwise(points):
        half = (left + right) / 2
        found.append(f"C{half:.1f} {begins:.1f} {half:.1f} {ends:.1f} {right:.1f} {ends:.1f}")
    return " ".join((*found, f"L{wide} {high} L0 {high}Z"))
