"""The openings of the phases on a line of time."""

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.domain.days import months_on
from coachdesk.domain.phases import PhaseState
from coachdesk.i18n import _, current
from coachdesk.ui import theme
from coachdesk.ui.trainees.stepper import spoken


class PhaseTimeline(QWidget):
    """One bar per opening on a shared line of time, up to today; a picture of what the blocks say."""

    def __init__(self) -> None:
        super().__init__()
        self._states: tuple[PhaseState, ...] = ()
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_states(self, states: Iterable[PhaseState], today: date) -> None:
        """Show the openings of the phases up to a day."""
        self._states, self._today = tuple(states), today
        self.setAccessibleName(_("Phases on a line of time"))
        self.setAccessibleDescription("; ".join(spoken(s) for s in self._states if s.state != "not_started"))
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._states:
            self.show_states(self._states, self._today)
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(400, theme.px(4) + self._rows() * theme.px(9) + theme.metrics("key").height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _rows(self) -> int:
        return max(1, sum(1 for state in self._states if state.now is not None))

    @property
    def _first(self) -> date:
        openings = [o.opened for s in self._states for o in (*s.earlier, s.now) if o is not None]
        return min([*openings, self._today - timedelta(days=30)])

    def _x(self, day: date) -> int:
        left, right = theme.px(24), self.width() - theme.px(76)
        whole = max(1, (self._today - self._first).days)
        return left + round((right - left) * (day - self._first).days / whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._states:
            return
        painter = QPainter(self)
        painter.setFont(theme.font("key", bold=False))
        bottom = theme.px(2) + self._rows() * theme.px(9) + 2
        self._months(painter, bottom)
        top = theme.px(2)
        for state in self._states:
            if state.now is not None:
                self._bars(painter, state, top)
                top += theme.px(9)
        painter.fillRect(self._x(self._today), 0, 2, bottom, theme.colour("text"))
        painter.end()

    def _months(self, painter: QPainter, bottom: int) -> None:
        metrics = QFontMetrics(theme.font("key", bold=False))
        today = _("today")
        room = self._x(self._today) - metrics.horizontalAdvance(today) // 2
        for month in self._shown_months(metrics):
            x = self._x(month)
            painter.fillRect(x, 0, 1, bottom, theme.colour("line"))
            text = _month_name(month)
            if x + 4 + metrics.horizontalAdvance(text) < room - 6:
                painter.setPen(theme.colour("text2"))
                painter.drawText(x + 4, bottom + metrics.ascent() + 1, text)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("key", bold=True))
        painter.drawText(room, bottom + metrics.ascent() + 1, today)
        painter.setFont(theme.font("key", bold=False))

    def _shown_months(self, metrics: QFontMetrics) -> list[date]:
        first = months_on(self._first.replace(day=1), 1)
        found = []
        while first <= self._today:
            found.append(first)
            first = months_on(first, 1)
        wide = metrics.horizontalAdvance("mmmmmmmmmm 2026")
        every = max(1, len(found) * wide // max(1, self.width()))
        return found[:: every + (1 if every > 1 else 0)] if every > 1 else found

    def _bars(self, painter: QPainter, state: PhaseState, top: int) -> None:
        assert state.now is not None
        high = theme.px(6)
        first = True
        for opening in (*state.earlier, state.now):
            left, right = self._x(opening.opened), self._x(min(opening.closed or self._today, self._today))
            opened = opening is state.now and state.state == "open"
            painter.fillRect(
                left, top, max(3, right - left), high, theme.colour("primary" if opened else "control")
            )
            if first:
                painter.setPen(theme.colour("text2"))
                box = QRect(left - theme.px(22), top - theme.px(4), theme.px(16), high + theme.px(8))
                painter.drawText(
                    box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(state.phase)
                )
            first = False


def _month_name(day: date) -> str:
    name = current().month(day).rsplit(" ", 1)[0]
    return f"{name} {day.year}" if day.month == 1 else name
