"""The calendar of two-week spans: each with how far its absence reports are, and a press opens it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QSizePolicy, QWidget

from coachdesk.domain.absences import Span
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.widgets.words import tip

if TYPE_CHECKING:
    from coachdesk.services.absences import SpanState

SHOWN = 6
HEIGHT = 48
GAP = 8


class SpanButton(QAbstractButton):
    """One span: its days, and below them the words and the picture of its state."""

    def __init__(self) -> None:
        super().__init__()
        self.state: SpanState | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: "SpanState") -> None:
        """Show a span in the screen's language."""
        self.state = state
        self.setText(span_words(state.span))
        self.setAccessibleName(f"{self.text()}: {state_words(state)}")
        self.setToolTip(tip(f"{self.text()}\n{counts(state)}"))
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """A press asks for the span; what is open is shown by who opens it."""

    def sizeHint(self) -> QSize:
        days = theme.metrics("secondary", bold=True).horizontalAdvance(self.text())
        words = theme.metrics("secondary").horizontalAdvance(state_words(self.state) if self.state else "")
        return QSize(max(days, words + theme.px(18)) + theme.px(14), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setBrush(theme.colour("soft" if on or self.isDown() else "surface"))
        edge = "focus" if self.hasFocus() else "primary" if on else "control"
        painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() or on else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        room = self.rect().adjusted(theme.px(8), theme.px(4), -theme.px(4), -theme.px(5))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("secondary", bold=True))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self.text())
        picture, ink = look(self.state)
        size = theme.px(14)
        top = room.bottom() - size - 1
        painter.drawPixmap(room.left(), top, icons.pixmap(picture, size, ink, self.devicePixelRatioF()))
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font("secondary"))
        words = room.adjusted(size + theme.px(4), 0, 0, 0)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, state_words(self.state)
        )
        painter.end()


class SpanStrip(QWidget):
    """The spans side by side, the oldest first; the oldest give way where there is no room for all."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = tuple(SpanButton() for _at in range(SHOWN))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for button in self.buttons:
            button.clicked.connect(lambda _on=False, button=button: self._pick(button))
            box.addWidget(button)

    def show_states(self, states: "Sequence[SpanState]", open_: Span) -> None:
        """Show spans, and which of them is open below."""
        for button, state in zip(self.buttons, states, strict=True):
            button.show_state(state)
            button.setChecked(state.span == open_)
        self._fit()

    def retranslate(self) -> None:
        """Say all again in the screen's language."""
        for button in self.buttons:
            if button.state is not None:
                button.show_state(button.state)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), theme.px(HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize((self._widest() + GAP) * SHOWN - GAP, theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(1, (self.width() + GAP) // (self._widest() + GAP))
        for at, button in enumerate(reversed(self.buttons)):
            button.setVisible(at < room)

    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self.buttons)

    def _pick(self, button: SpanButton) -> None:
        if button.state is not None:
            self.picked.emit(button.state.span)


def span_words(span: Span) -> str:
    """The first and last day of a span, short."""
    return f"{current().short_day(span.begins)}–{current().short_day(span.ends)}"


def state_words(state: "SpanState") -> str:
    """How far a span is: what is to be made comes before what is to be sent."""
    if state.running and state.undone:
        return _("Not over yet")
    if state.undone:
        said = ngettext("{count} to be done", "{count} to be done", state.undone)
        return said.format(count=state.undone)
    if state.made:
        return ngettext("{count} to send", "{count} to send", state.made).format(count=state.made)
    return _("All done") if state.sent or state.nothing else _("Nobody")


def counts(state: "SpanState") -> str:
    """Every count of a span in words."""
    said = N_("To be done {undone}, made {made}, sent {sent}, nothing to report {nothing}")
    return current().fill(said, undone=state.undone, made=state.made, sent=state.sent, nothing=state.nothing)


def look(state: "SpanState") -> tuple[str, str]:
    """The picture and ink of a state; waiting is calm until the span is settled."""
    if state.undone or state.made:
        return "clock", "text2" if state.running else "warn"
    return ("circle-check", "ok") if state.sent or state.nothing else ("circle-dashed", "text2")
