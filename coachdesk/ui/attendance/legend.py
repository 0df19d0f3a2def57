"""What the letters mean, and the chips below the grid that can be pressed."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from coachdesk.domain.attendance import kind_of, letter_of
from coachdesk.domain.codes import codes
from coachdesk.i18n import _, current
from coachdesk.ui import icons, theme
from coachdesk.ui.attendance.board import CROSS, DASH
from coachdesk.ui.attendance.spoken import kind_words, meaning

_GAP, _BOX, _ROW = 12, 20, 24


class Legend(QWidget):
    """A letter on its colour and its name, in as many rows as are needed."""

    def __init__(self) -> None:
        super().__init__()
        self._quiet = False
        self._items: list[tuple[str, str, str]] = []
        self._places: list[QRect] = []

    def show_kinds(self, *, quiet: bool) -> None:
        """Show the kinds in the screen's language, or present and absent only."""
        self._quiet = quiet
        language = current().language
        if quiet:
            self._items = [
                (letter_of("present", language), "aL", kind_words("present")),
                (CROSS, "aN", _("Absent")),
                (DASH, "aN", kind_words("not_arranged")),
            ]
        else:
            self._items = [
                (letter_of(c.key, language), str(kind_of(c.key).more["colour"]), kind_words(c.key))
                for c in codes("attendance_kinds")
            ]
        self.setAccessibleName(", ".join(f"{letter} {name}" for letter, _token, name in self._items))
        self._lay_out()

    def meaning_at(self, x: int, y: int) -> str:
        """What the kind under a point means for benefit, allowance and invoice; the day panel says it too."""
        kinds = [] if self._quiet else [code.key for code in codes("attendance_kinds")]
        at = next((at for at, place in enumerate(self._places) if place.contains(x, y)), len(kinds))
        return f"{kind_words(kinds[at])}\n{meaning(kinds[at])}" if at < len(kinds) else ""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.meaning_at(event.x(), event.y()), self)
            return True
        return super().event(event)

    def _lay_out(self) -> None:
        measure = theme.metrics("secondary")
        widths = [theme.px(_BOX + 4) + measure.horizontalAdvance(name) for _l, _t, name in self._items]
        gap, row = self._gap(widths), theme.px(_ROW)
        self._places, left, top = [], 0, 0
        for width in widths:
            if left and left + width > self.width():
                left, top = 0, top + row + 2
            self._places.append(QRect(left, top, width, row))
            left += width + gap
        self.setFixedHeight(top + row)
        self.update()

    def _gap(self, widths: list[int]) -> int:
        """As much room as makes one row, within reason."""
        if len(widths) < 2:
            return theme.px(_GAP)
        left = (self.width() - sum(widths)) // (len(widths) - 1)
        return min(theme.px(32), left) if left >= theme.px(4) else theme.px(_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (letter, token, name), place in zip(self._items, self._places, strict=True):
            box = QRectF(place.left(), place.top() + 1, theme.px(_BOX), place.height() - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(f"{token}b"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(theme.colour(token))
            painter.setFont(theme.font("secondary", bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font("secondary"))
            words = place.adjusted(theme.px(_BOX + 4), 0, 2, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


class ChipButton(QAbstractButton):
    """A chip that can be pressed: a picture, bold words and plain ones."""

    def __init__(self, picture: str, ink: str, ground: str) -> None:
        super().__init__()
        self.bold = self.plain = ""
        self._picture, self._ink, self._ground = picture, ink, ground
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def tell(self, bold: str, plain: str, name: str = "") -> None:
        """Say something; ``name`` is what a screen reader says, where it is more."""
        if (self.bold, self.plain) == (bold, plain):
            return
        self.bold, self.plain = bold, plain
        self.setAccessibleName(name or f"{bold}{plain}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        bold = theme.metrics("secondary", bold=True).horizontalAdvance(self.bold)
        plain = theme.metrics("secondary").horizontalAdvance(self.plain)
        return QSize(theme.px(28) + bold + plain + theme.px(9), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(theme.colour(self._ground))
        painter.setPen(QPen(theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 4, 4)
        size = theme.px(16)
        picture = icons.pixmap(self._picture, size, self._ink, self.devicePixelRatioF())
        painter.drawPixmap(theme.px(8), (self.height() - size) // 2, picture)
        painter.setPen(theme.colour(self._ink))
        room = self.rect().adjusted(theme.px(28), 0, 0, 0)
        for words, bold in ((self.bold, True), (self.plain, False)):
            painter.setFont(theme.font("secondary", bold=bold))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words))
        painter.end()
