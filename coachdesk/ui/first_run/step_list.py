"""The steps beside the page: done, under way, still to come."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame

from coachdesk.i18n import N_, _, current
from coachdesk.ui import icons, theme
from coachdesk.ui.widgets.layout import column_of
from coachdesk.ui.widgets.words import label

WIDTH = 252
DONE, NOW, LATER = "done", "now", "later"


class StepRow(QAbstractButton):
    """One step: its number or a tick, its name and how it stands; may be gone back to when done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number, self.state, self.words = number, LATER, ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH - 28), theme.px(58))

    def show_state(self, state: str, name: str, words: str, *, reachable: bool) -> None:
        """Show how the step stands; only one that can be gone back to takes the focus."""
        self.state, self.words = state, words
        self.setText(name)
        self.setAccessibleName(
            current().fill(N_("Step {number}: {name}, {state}"), number=self.number, name=name, state=words)
        )
        self.setEnabled(reachable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.NoFocus)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.state == NOW:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        self._draw_circle(painter)
        self._draw_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _draw_circle(self, painter: QPainter) -> None:
        size = theme.px(30)
        place = QRectF(14, (self.height() - size) / 2, size, size)
        fill, edge = {DONE: ("ok", "ok"), NOW: ("primary", "primary")}.get(self.state, ("surface", "control"))
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(place)
        if self.state == DONE:
            picture = icons.pixmap("check", theme.px(16), "onprimary", self.devicePixelRatioF())
            painter.drawPixmap(
                round(place.center().x() - theme.px(16) / 2), round(place.center().y() - 8), picture
            )
            return
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(theme.colour("onprimary" if self.state == NOW else "text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _draw_words(self, painter: QPainter) -> None:
        left, wide = theme.px(30) + 26, self.width() - theme.px(30) - 30
        name, state = theme.font("body", bold=self.state == NOW), theme.font("secondary")
        above, below = theme.metrics("body").height(), theme.metrics("secondary").height()
        top = (self.height() - above - (below if self.words else 0)) / 2
        painter.setFont(name)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(left, top, wide, above), Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(state)
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRectF(left, top + above, wide, below), Qt.AlignmentFlag.AlignLeft, self.words)


class StepList(QFrame):
    """The column of steps; ``asked`` tells which done one is wanted again, counted from 0."""

    asked = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setFixedWidth(theme.px(WIDTH))
        self.title = label("", "title", wrap=True)
        self.foot = label("", "secondary", wrap=True)
        self.rows = [StepRow(number) for number in range(1, count + 1)]
        for at, row in enumerate(self.rows):
            row.clicked.connect(lambda _checked=False, at=at: self.asked.emit(at))
        box = column_of(self.title, 12, *self.rows, None, self.foot, spacing=0)
        box.setContentsMargins(14, 22, 14, 20)
        self.title.setContentsMargins(14, 0, 0, 0)
        self.foot.setContentsMargins(14, 0, 0, 0)
        self.setLayout(box)

    def show_steps(self, names: list[str], minutes: list[int], now: int, first: int) -> None:
        """Show the names; those before ``now`` are done, and from ``first`` on may be gone back to."""
        for at, (row, name) in enumerate(zip(self.rows, names, strict=True)):
            state = DONE if at < now else NOW if at == now else LATER
            about = current().fill(N_("about {minutes} min"), minutes=minutes[at]) if minutes[at] else ""
            words = {DONE: _("Done"), NOW: _("Under way") if minutes[at] else ""}.get(state, about)
            row.show_state(state, name, words, reachable=first <= at < now)
        self.title.setText(_("Take CoachDesk into use"))
        self.foot.setText(_("You can stop at any time. Finished steps are kept."))
