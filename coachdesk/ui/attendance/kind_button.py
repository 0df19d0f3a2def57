"""A mark as a button: its letter on its colour, its name, and whether it is the mark that stands."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from coachdesk.domain.attendance import kind_of
from coachdesk.i18n import current
from coachdesk.ui import theme
from coachdesk.ui.attendance.spoken import kind_words, meaning
from coachdesk.ui.widgets.words import tip

HEIGHT = 36


class KindButton(QAbstractButton):
    """36 pixels high, so that a mark can be made by mouse and touch."""

    reached = Signal()  # by the keys or a press: what it means is shown

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        """Name it in the screen's language."""
        self.setText(kind_words(self.kind))
        self.setAccessibleName(self.text())
        self.setToolTip(tip(f"{self.text()}\n{meaning(self.kind)}"))
        self.setAccessibleDescription(meaning(self.kind).replace("\n", ". "))
        self.update()

    @property
    def letter(self) -> str:
        """The key that does the same; 0 where the grid shows a dash."""
        more = kind_of(self.kind).more
        return str(more["letter_sv" if current().language == "sv" else "letter_fi"])

    def nextCheckState(self) -> None:
        """A click marks; the panel then shows which mark stands."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    def sizeHint(self) -> QSize:
        room = theme.metrics("secondary").horizontalAdvance(self.text())
        return QSize(room + theme.px(44), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        token = str(kind_of(self.kind).more.get("colour", "aM"))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setBrush(theme.colour("soft" if on or self.isDown() else "surface"))
        edge = "focus" if self.hasFocus() else "primary" if on else "control"
        wide = 2 if self.hasFocus() or on else 1
        painter.setPen(QPen(theme.colour(edge), wide))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        box = QRectF(theme.px(7), (self.height() - theme.px(22)) / 2, theme.px(22), theme.px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{token}b"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.colour(token))
        painter.setFont(theme.font("secondary", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.letter)
        painter.setPen(theme.colour("text"))
        room = self.rect().adjusted(theme.px(35), 0, -4, 0)
        wide = theme.metrics("secondary", bold=True).horizontalAdvance(self.text())
        painter.setFont(theme.font("secondary", bold=on and wide <= room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
