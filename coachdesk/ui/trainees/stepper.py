"""The five phases: blocks that open and close them, and the time line of their openings."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from coachdesk.domain.phases import PHASE_NAMES, PHASES, PhaseState
from coachdesk.i18n import N_, _, current
from coachdesk.ui import icons, theme

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def _title_font() -> QFont:
    font = theme.font("body", bold=True)
    font.setPointSizeF(font.pointSizeF() * 0.95)  # the longest name fits a block of 220 px on one line
    return font


def state_words(state: PhaseState) -> str:
    """The second line of a block: open 143 d, 12 d, done, not started; over the norm says so."""
    if state.state == "not_started":
        return _("not started")
    count = current().fill(N_("{days} d"), days=state.days)
    if state.over and state.norm is not None:
        return current().fill(N_("{days} d / norm {norm}"), days=state.days, norm=state.norm)
    if state.state == "open":
        return current().fill(N_("open {days} d"), days=state.days)
    return current().fill(N_("{days}, done"), days=count)


def spoken(state: PhaseState) -> str:
    """A block in words, for readers."""
    name = _(PHASE_NAMES[state.phase])
    if state.state == "not_started":
        return current().fill(N_("Phase {phase} {name}, not started"), phase=state.phase, name=name)
    if state.state == "done":
        return current().fill(
            N_("Phase {phase} {name}, done, {days} days"), phase=state.phase, name=name, days=state.days
        )
    if state.over and state.norm is not None:
        message = N_("Phase {phase} {name}, open {days} days, norm {norm} exceeded")
        return current().fill(message, phase=state.phase, name=name, days=state.days, norm=state.norm)
    message = N_("Phase {phase} {name}, open {days} days")
    return current().fill(message, phase=state.phase, name=name, days=state.days)


def tip(state: PhaseState) -> str:
    """All openings of a phase with their days; earlier ones stand beside, never added."""
    lines = [spoken(state)]
    for opening in (*state.earlier, *((state.now,) if state.now else ())):
        if opening.closed is None:
            lines.append(current().fill(N_("opened {day}"), day=opening.opened))
        else:
            lines.append(
                current().fill(N_("opened {day}, closed {closed}"), day=opening.opened, closed=opening.closed)
            )
        if opening.reason:
            lines[-1] += f": {opening.reason}"
        if not opening.date_known:
            lines[-1] += f" ({_('date not known')})"
    return "\n".join(lines)


class PhaseBlock(QAbstractButton):
    """One phase: its number or a tick, its name, its days."""

    def __init__(self, phase: int) -> None:
        super().__init__()
        self.state = PhaseState(phase=phase, state="not_started")
        self.plain = False  # turned screen: no days
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, state: PhaseState) -> None:
        """Show how the phase stands."""
        self.state = state
        self.setText(_(PHASE_NAMES[state.phase]))
        self.setAccessibleName(spoken(state))
        self.setToolTip(tip(state))
        self.update()

    def sizeHint(self) -> QSize:
        high = theme.metrics("body").height() + theme.metrics("secondary").height() + theme.px(14)
        return QSize(theme.px(160), high + self._more_lines() * theme.metrics("body").height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(110), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def _more_lines(self) -> int:
        room = QRect(0, 0, max(40, self.width() - theme.px(41)), 1000)
        found = 0
        for font, text in (
            (_title_font(), self.text()),
            (theme.font("secondary", bold=True), state_words(self.state) + ("mm" if self.state.over else "")),
        ):
            metrics = QFontMetrics(font)
            high = metrics.boundingRect(room, LEFT, text).height()
            found += max(0, round(high / metrics.lineSpacing()) - 1)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter)
        self._disc(painter)
        self._words(painter)
        painter.end()

    def _frame(self, painter: QPainter) -> None:
        opened = self.state.state == "open"
        edge = 2 if opened or self.hasFocus() else 1
        token = "focus" if self.hasFocus() else "primary" if opened else "line"
        painter.setPen(QPen(theme.colour(token), edge))
        painter.setBrush(theme.colour("soft" if opened else "surface"))
        inset = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _disc(self, painter: QPainter) -> None:
        size = theme.px(24)
        disc = QRectF(theme.px(7), (self.height() - size) / 2, size, size)
        fill, ink, line = {
            "open": ("primary", "onprimary", "primary"),
            "done": ("soft", "primary", "soft"),
            "not_started": ("surface", "text2", "control"),
        }[self.state.state]
        painter.setPen(QPen(theme.colour(line), 1))
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(disc)
        if self.state.state == "done":
            small = theme.px(16)
            at = disc.center() - QPoint(small, small).toPointF() / 2
            painter.drawPixmap(at.toPoint(), icons.pixmap("check", small, ink))
            return
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour(ink))
        painter.drawText(disc, CENTRE, str(self.state.phase))

    def _words(self, painter: QPainter) -> None:
        left = theme.px(39)
        box = QRect(left, theme.px(6), self.width() - left - theme.px(2), self.height())
        painter.setFont(_title_font())
        painter.setPen(theme.colour("text"))
        used = painter.boundingRect(box, LEFT, self.text())
        painter.drawText(box, LEFT, self.text())
        if self.plain:
            return
        over = self.state.over > 0
        painter.setFont(theme.font("secondary", bold=over))
        painter.setPen(theme.colour("warn" if over else "text2"))
        line = QRect(left, used.bottom(), box.width(), self.height())
        if over:
            size = theme.px(15)
            painter.drawPixmap(
                left, used.bottom() + theme.px(2), icons.pixmap("alert-triangle", size, "warn")
            )
            line.setLeft(left + size + 4)
        painter.drawText(line, LEFT, state_words(self.state))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the row of blocks moves among them


class PhaseStepper(QWidget):
    """Five blocks in a row, one tab stop; arrows move, Enter asks for the phase."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.blocks = {phase: PhaseBlock(phase) for phase in PHASES}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(5)
        for phase, block in self.blocks.items():
            block.clicked.connect(lambda _checked=False, phase=phase: self.asked.emit(phase))
        self._states: tuple[PhaseState, ...] = tuple(b.state for b in self.blocks.values())
        self.lay_out("wide")
        self._stop_at(1)

    def show_states(self, states: Iterable[PhaseState]) -> None:
        """Show how the phases stand."""
        self._states = tuple(states)
        for state in self._states:
            self.blocks[state.phase].show_state(state)

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.setAccessibleName(_("Phases"))
        self.show_states(self._states)

    def lay_out(self, size_class: str) -> None:
        """Five in a row; two in a row in a narrow window."""
        for at, block in enumerate(self.blocks.values()):
            wide = size_class != "narrow"
            self._grid.addWidget(block, 0 if wide else at // 2, at if wide else at % 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now = next((phase for phase, block in self.blocks.items() if block.hasFocus()), 1)
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            then = max(1, min(5, now + (1 if key == Qt.Key.Key_Right else -1)))
            self._stop_at(then)
            self.blocks[then].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(now)
        else:
            super().keyPressEvent(event)

    def _stop_at(self, phase: int) -> None:
        for number, block in self.blocks.items():
            one = number == phase
            block.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.blocks[phase])
