"""How the grid is drawn: colours and pictures of marks, made once for a look and a screen."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from coachdesk.ui import theme
from coachdesk.ui.attendance.board import CLOSED, DASH, DOT, LIMIT, RED, SWAP, UNSAVED, WEEKEND, Face

FORMAT = QImage.Format.Format_ARGB32_Premultiplied  # images outlive the application without harm


class Ink:
    """Draws one cell; call ``refresh`` when the look or the text size changes."""

    def __init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Take colours, fonts and sizes of the look in use."""
        colour = theme.colour
        self.surface, self.window, self.nav = colour("surface"), colour("window"), colour("nav")
        self.sunken, self.soft, self.line = colour("sunken"), colour("soft"), colour("line")
        self.control, self.text, self.text2 = colour("control"), colour("text"), colour("text2")
        self.focus, self.danger, self.warn = colour("focus"), colour("danger"), colour("warn")
        self.primary, self.onprimary = colour("primary"), colour("onprimary")
        self.closed_text = colour("aN")
        self.hatch = QBrush(self._hatch())
        self.letter = theme.font("body", bold=True)
        self.name, self.name_bold = theme.font("body"), theme.font("body", bold=True)
        self.count = theme.font("secondary")
        self._pictures: dict[tuple[Face, int, int, float], QImage] = {}

    def cell(
        self, painter: QPainter, rect: QRect, face: Face, *, today: bool, week: bool, chosen: bool
    ) -> None:
        """Draw a cell: ground, lines, what stands there, corners."""
        painter.fillRect(rect, self._ground(face, today, chosen))
        if face.ground == CLOSED and not chosen:
            painter.fillRect(rect, self.hatch)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self.line)
        if week:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), self.control)
        if face.text or face.flags:
            painter.drawImage(rect.topLeft(), self._picture(face, rect.width(), rect.height(), painter))
        if chosen:  # in today's column the ground alone would not tell it
            bar, at = 2, rect
            for x, y, wide, high in (
                (at.left(), at.top(), at.width(), bar),
                (at.left(), at.bottom() - bar, at.width(), bar),
                (at.left(), at.top(), bar, at.height()),
                (at.right() - bar + 1, at.top(), bar, at.height()),
            ):
                painter.fillRect(x, y, wide, high, self.primary)

    def cursor(self, painter: QPainter, rect: QRect, *, focused: bool) -> None:
        """Draw the frame of the cursor: plum, used for nothing else, or grey while the keys go elsewhere."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.focus if focused else self.text2, 2.4 if focused else 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1.2, 0.8, -1.2, -1.2), 4, 4)
        painter.restore()

    def _ground(self, face: Face, today: bool, chosen: bool) -> QColor:
        if chosen or today:
            return self.soft
        if face.ground == WEEKEND:
            return self.nav
        return self.surface

    def _picture(self, face: Face, width: int, height: int, painter: QPainter) -> QImage:
        ratio = painter.device().devicePixelRatioF()
        key = (face, width, height, ratio)
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = self._drawn(face, width, height, ratio)
        return found

    def _drawn(self, face: Face, width: int, height: int, ratio: float) -> QImage:
        found = QImage(round(width * ratio), round(height * ratio), FORMAT)
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(0, 0, width, height)
        if face.token:
            self._draw_mark(painter, face, room)
        elif face.text == DOT:
            self._dot(painter, room.center() + QPointF(0.5, 0), theme.px(5) / 2, self.control)
        elif face.text:
            painter.setFont(self.letter)
            painter.setPen(self.closed_text)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, DASH)
        if face.flags & UNSAVED:
            painter.setPen(QPen(self.danger, 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(2, 2, -2, -2), 4, 4)
            painter.setFont(theme.font("key", bold=True))
            corner = room.adjusted(0, 0, -4, 0)
            painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, "!")
        painter.end()
        return found

    def _draw_mark(self, painter: QPainter, face: Face, room: QRectF) -> None:
        text = theme.colour(face.token)
        box = room.adjusted(2, 2, -2, -3)
        painter.setBrush(theme.colour(f"{face.token}b"))
        painter.setPen(QPen(text, 1.6) if face.flags & RED else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if face.flags & RED else box, 4, 4)
        painter.setPen(text)
        painter.setFont(self.letter)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, face.text)
        if face.flags & SWAP:
            self._dot(painter, box.topLeft() + QPointF(3.5, 3.5), theme.px(5) / 2, text)
        if face.flags & LIMIT:
            size = theme.px(9)
            corner = QPointF(room.right() - 2, room.top() + 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.warn)
            painter.drawPolygon(QPolygonF([corner, corner - QPointF(size, 0), corner + QPointF(0, size)]))

    def _dot(self, painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, radius, radius)

    def _hatch(self) -> QImage:
        found = QImage(8, 8, FORMAT)
        found.fill(theme.colour("aNb"))
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        for at in (-8, 0, 8):
            painter.drawLine(QPoint(at, 8), QPoint(at + 8, 0))
        painter.end()
        return found
