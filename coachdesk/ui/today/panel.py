"""The panel at the foot of Today: what waits to be sent, receipts, backups; each a way to its page."""

from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton

from coachdesk.i18n import N_, _, current
from coachdesk.ui import icons, theme
from coachdesk.ui.health_line import backup_words, line_words, receipt_words, waiting_words
from coachdesk.ui.shell import BACKUPS


class PanelPart(QPushButton):
    """A picture and two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.picture, self.token, self.first, self.second = "inbox", "primary", "", ""
        self.setMinimumHeight(theme.px(60))

    def tell(self, picture: str, token: str, first: str, second: str) -> None:
        """Show a state."""
        self.picture, self.token, self.first, self.second = picture, token, first, second
        self.setAccessibleName(f"{first}. {second}" if second else first)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        first = theme.metrics("body", bold=True).horizontalAdvance(self.first)
        second = theme.metrics("secondary").horizontalAdvance(self.second)
        return QSize(max(first, second) + 72, theme.px(60))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("sunken"))
        size = theme.px(22)
        picture = icons.pixmap(self.picture, size, self.token, self.devicePixelRatioF())
        painter.drawPixmap(17, (self.height() - size) // 2, picture)
        body, small = theme.metrics("body", bold=True), theme.metrics("secondary")
        high = body.height() + (small.height() if self.second else 0)
        top = (self.height() - high) // 2
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(52, top + body.ascent(), self.first)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(52, top + body.height() + small.ascent(), self.second)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        painter.end()


class HealthPanel(QFrame):
    """Three parts side by side."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.waiting, self.receipt, self.backup = PanelPart(), PanelPart(), PanelPart()
        box = self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        for part, asks in ((self.waiting, "sync"), (self.receipt, "sync"), (self.backup, BACKUPS)):
            box.addWidget(part, 1)
            part.clicked.connect(partial(self.asked.emit, asks))
        self._health: Any = None

    def fit(self, size_class: str) -> None:
        """One below the other when narrow."""
        narrow = size_class == "narrow"
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if narrow else across)

    def show_health(self, health: Any) -> None:
        """Tell what waits and the last receipt."""
        self._health = health
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        health = self._health
        self._tell_backup(health)
        if health is None:
            self.waiting.tell("inbox", "text2", _("Nothing waits to be sent"), "")
            self.receipt.tell("circle-dashed", "text2", _("No receipts yet"), "")
            return
        late = health.oldest_days is not None and health.oldest_days > 7
        token = "danger" if health.set_aside else "warn" if late else "primary"
        told = line_words(health.line)[0]
        if not told and health.unsent:
            told = _("Carried as a file from the Sync page")
        token = "danger" if health.line == "stopped" else "warn" if health.line == "paused" else token
        self.waiting.tell("inbox", token, waiting_words(health), told)
        if health.receipt is None:
            self.receipt.tell("circle-dashed", "text2", _("No receipts yet"), "")
        else:
            when = current().fill(N_("Last receipt {when}"), when=receipt_words(health.receipt))
            names = health.receipt_from
            name = names[1] if current().language == "sv" else names[0]
            self.receipt.tell("circle-check", "ok", when, name)

    def _tell_backup(self, health: Any) -> None:
        if health is None or health.backup is None:
            self.backup.tell("shield-check", "text2", _("No backup yet"), "")
            return
        first, more, tone = backup_words(health.backup, health.backup_tone)
        picture = "alert-circle" if tone == "danger" else "shield-check"
        self.backup.tell(picture, tone or "ok", first, more)
