"""Charts drawn by hand: outcomes as bars, waiting times as dots; each part can be reached by key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.i18n import current
from coachdesk.ui import theme

BIN = 10  # days in one column of dots
GOAL = 92  # the longest that three calendar months can be
_WORDS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its key, words and number; ``plain`` draws it grey."""

    key: str
    words: str
    count: int
    plain: bool = False


class Chart(QWidget):
    """A chart whose parts are chosen with the arrows and opened with Enter."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.chosen = 0

    def keys(self) -> Sequence[str]:
        """The keys of the parts, in the order of the arrows."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.keys():
            self.chosen = max(0, min(len(self.keys()) - 1, self.chosen + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.keys():
            self.opened.emit(self.keys()[self.chosen])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.part_at(event.position().x(), event.position().y())
        if at is not None:
            self.chosen = at
            self.update()
            self.opened.emit(self.keys()[at])

    def part_at(self, x: float, y: float) -> int | None:
        """The part under a point."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.update()
        super().changeEvent(event)

    def ring(self, painter: QPainter, rect: QRectF) -> None:
        """The focus ring around the part chosen."""
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)


class BarChart(Chart):
    """Bars one below the other, with words before and the number after."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self.bars = tuple(bars)
        self.chosen = min(self.chosen, max(0, len(self.bars) - 1))
        self.updateGeometry()
        self.update()

    def keys(self) -> Sequence[str]:
        return [bar.key for bar in self.bars]

    def sizeHint(self) -> QSize:
        return QSize(theme.px(380), theme.px(23) * max(5, len(self.bars)) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(22) * max(3, len(self.bars)) + 6)

    def part_at(self, x: float, y: float) -> int | None:
        at = int(y // self._row()) if self.bars else -1
        return at if 0 <= at < len(self.bars) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = theme.metrics("secondary")
        widest = max(metrics.horizontalAdvance(bar.words) for bar in self.bars)
        words = min(widest + theme.px(10), round(self.width() * 0.64))
        room = self.width() - words - theme.px(50)
        most = max(bar.count for bar in self.bars) or 1
        for at, bar in enumerate(self.bars):
            top, row = round(at * self._row()), round(self._row())
            self._draw(painter, bar, QRect(0, top, self.width(), row), words, room * bar.count / most)
            if at == self.chosen:
                self.ring(painter, QRectF(0, top, self.width(), row))
        painter.end()

    def _draw(self, painter: QPainter, bar: Bar, rect: QRect, words: int, length: float) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text"))
        written = theme.metrics("secondary").elidedText(
            bar.words, Qt.TextElideMode.ElideRight, words - theme.px(8)
        )
        painter.drawText(QRect(rect.left() + 4, rect.top(), words - 4, rect.height()), middle, written)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("control" if bar.plain else "primary"))
        high = min(theme.px(19), rect.height() - 6)
        top = rect.center().y() - high / 2 + 1
        painter.drawRoundedRect(QRectF(words, top, max(length, 2), high), 3, 3)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", bold=True))
        at = round(words + max(length, 2)) + theme.px(8)
        painter.drawText(
            QRect(at, rect.top(), theme.px(60), rect.height()), middle, current().count(bar.count)
        )

    def _row(self) -> float:
        return min(float(theme.px(34)), self.height() / max(1, len(self.bars)))


class DotPlot(Chart):
    """Days to a plan as dots by tens of days; late ones are squares, not only brown."""

    def __init__(self) -> None:
        super().__init__()
        self.days: tuple[tuple[int, bool], ...] = ()
        self.goal_words = ""
        self.unit_words = "{days}"
        self._columns: dict[int, list[bool]] = {}
        self._end = 150

    def show_days(self, days: Sequence[tuple[int, bool]], goal: str, unit: str) -> None:
        """Show other days, each with whether it was late; ``unit`` writes the last day of the scale."""
        self.days, self.goal_words, self.unit_words = tuple(days), goal, unit
        found: dict[int, list[bool]] = {}
        for count, late in self.days:
            found.setdefault(max(0, count) // BIN, []).append(late)
        self._columns = {at: sorted(dots) for at, dots in found.items()}
        self._end = max(150, 30 * (max((count for count, _late in self.days), default=0) // 30 + 1))
        self.update()

    def keys(self) -> Sequence[str]:
        """Days of each column that has dots."""
        return [str(at * BIN) for at in sorted(self.columns())]

    def columns(self) -> dict[int, list[bool]]:
        """The dots by column, those in time below."""
        return self._columns

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(110))

    def part_at(self, x: float, y: float) -> int | None:
        at = int((x - self._plot().left()) / self._plot().width() * self._last() // BIN)
        kept = sorted(self.columns())
        return kept.index(at) if at in kept else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        self._draw_goal(painter, plot)
        self._draw_axis(painter, plot)
        columns = self.columns()
        most = max((len(dots) for dots in columns.values()), default=1)
        high = min(float(theme.px(16)), (plot.bottom() - self._goal_room().bottom() - 4) / most)
        wide = plot.width() * BIN / self._last()
        for at, dots in columns.items():
            left = plot.left() + at * wide
            self._draw_column(painter, QRectF(left, plot.top(), wide, plot.height()), dots, high)
        kept = sorted(columns)
        if kept:
            left = plot.left() + kept[min(self.chosen, len(kept) - 1)] * wide
            self.ring(painter, QRectF(left, plot.top(), wide, plot.height()))
        painter.end()

    def _draw_column(self, painter: QPainter, rect: QRectF, dots: list[bool], high: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        size = min(high - 2, rect.width() - 4, float(theme.px(13)))
        if size < 4:  # too many to count by eye: a column
            self._draw_pile(painter, rect, dots, high)
            return
        for n, late in enumerate(dots):
            painter.setBrush(theme.colour("warn" if late else "primary"))
            place = QRectF(rect.center().x() - size / 2, rect.bottom() - n * high - 1 - size, size, size)
            if late:
                painter.drawRect(place)
            else:
                painter.drawEllipse(place)

    def _draw_pile(self, painter: QPainter, rect: QRectF, dots: list[bool], high: float) -> None:
        bottom = rect.bottom() - 1
        for late, token in ((False, "primary"), (True, "warn")):
            tall = dots.count(late) * high
            if tall:
                painter.setBrush(theme.colour(token))
                painter.drawRect(QRectF(rect.left() + 3, bottom - tall, rect.width() - 6, tall))
            bottom -= tall

    def _draw_goal(self, painter: QPainter, plot: QRectF) -> None:
        left = plot.left() + plot.width() * GOAL / self._last()
        painter.fillRect(QRectF(left, plot.top(), plot.right() - left, plot.height()), theme.colour("warnbg"))
        painter.setPen(QPen(theme.colour("warn"), 2))
        painter.drawLine(round(left), round(plot.top()), round(left), round(plot.bottom()))
        painter.setFont(theme.font("secondary", bold=True))
        painter.drawText(self._goal_room(), _WORDS, self.goal_words)

    def _draw_axis(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setFont(theme.font("key"))
        step = 30 if self._last() <= 240 else 30 * (1 + self._last() // 240)
        for days in range(0, self._last() + 1, step):
            x = plot.left() + plot.width() * days / self._last()
            painter.setPen(theme.colour("control"))
            painter.drawLine(round(x), round(plot.bottom()), round(x), round(plot.bottom()) + 4)
            painter.setPen(theme.colour("text2"))
            last = days + step > self._last()
            words = self.unit_words.format(days=days) if last else str(days)
            where = QRect(round(x) - 60, round(plot.bottom()) + 5, 120, theme.px(16))
            side = Qt.AlignmentFlag.AlignHCenter
            if last:
                where.moveRight(self.width() - 2)
                side = Qt.AlignmentFlag.AlignRight
            painter.drawText(where, side | Qt.AlignmentFlag.AlignTop, words)

    def _goal_room(self) -> QRect:
        """Where the words of the goal stand; dots and squares stay below them."""
        plot = self._plot()
        left = plot.left() + plot.width() * GOAL / self._last()
        room = QRect(round(left) + 6, round(plot.top()) + 2, round(plot.right() - left) - 8, theme.px(60))
        return theme.metrics("secondary", bold=True).boundingRect(room, _WORDS, self.goal_words)

    def _plot(self) -> QRectF:
        return QRectF(12, 2, self.width() - 24, self.height() - theme.px(16) - 12)

    def _last(self) -> int:
        """The last day of the scale: at least 150."""
        return self._end
