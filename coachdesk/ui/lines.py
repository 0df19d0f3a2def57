"""Lines of words painted by one widget: captions beside their words, pictures, what can be asked for.

Usage::

    lines = Lines(captions=92)
    lines.asked.connect(self.open_one)                      # with the ``asks`` of the line
    lines.show_lines(_("Contact"), (Line(caption=_("Phone"), text="040 123 4567"),))

A page of many labels is slow to lay out and to paint; here each text is shaped once.  The lines are one
stop of Tab: arrows move among them, Ctrl+C copies the words of the one chosen, Enter asks for it.  Where
there is little room long words are cut with an ellipsis and the whole of them stand in the tool tip; a
screen reader always has them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from coachdesk.i18n import _, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.announce import announce
from coachdesk.ui.cutting import Face, Written, cut, written
from coachdesk.ui.widgets.words import tip

BESIDE, ABOVE = 4, 2  # room for the ring of the focus
WIDEST_GAP, NARROWEST_GAP = 4, 1
PICTURE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of words; ``most`` is how many lines on the screen it may take, ``asks`` what it opens."""

    text: str
    caption: str = ""
    quiet: bool = False  # the caption is said to a reader and in the tool tip, not shown
    token: str = "text"
    picture: str = ""
    tint: str = ""  # token of the picture where it is not that of the words
    ground: str = ""
    bold: bool = False
    most: int = 1
    asks: Any = None

    @property
    def spoken(self) -> str:
        """The line for a reader."""
        return f"{self.caption}: {self.text}" if self.caption else self.text


@dataclass(slots=True)
class _Measured:
    line: Line
    high: int  # of one line of words
    words: Written
    count: int  # lines that it may take
    width: int


@dataclass(slots=True)
class _Placed:
    line: Line
    rect: QRect
    words: Written
    whole: bool


@dataclass(frozen=True, slots=True)
class _Type:
    """The fonts of a role in a look, and how far a caption sinks to stand on the line of its words."""

    plain: Face
    bold: Face
    link: Face
    small: Face
    high: int
    drop: int


@lru_cache(maxsize=16)
def _type(look: tuple[str, float], role: str) -> _Type:
    link, measure = theme.font(role), theme.metrics(role)
    link.setUnderline(True)
    drop = measure.ascent() - theme.metrics("secondary").ascent()
    fonts = (theme.font(role), theme.font(role, bold=True), link, theme.font("secondary"))
    plain, bold, asking, small = (Face(font, QFontMetrics(font)) for font in fonts)
    return _Type(plain, bold, asking, small, measure.height(), drop)


class Lines(QWidget):
    """Lines below each other; see the module."""

    asked = Signal(object)

    def __init__(self, *, captions: int = 0, role: str = "body", least: int = 99, stops: bool = True) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.chosen = 0
        self.squeezed = True  # may take less room than it would like
        self._captions, self._role, self._least, self._stops = captions, role, least, stops
        self._beside = BESIDE if stops else 0
        self._measures: dict[int, list[_Measured]] = {}
        self._places: dict[tuple[int, int], list[_Placed]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMouseTracking(True)  # the hand stands over what can be opened

    def show_lines(self, name: str, lines: Iterable[Line]) -> None:
        """Show other lines; ``name`` is what a reader calls them."""
        found = tuple(lines)
        self.setAccessibleName(name)
        if found == self.lines:
            return
        self.lines, self.chosen = found, 0
        self.setAccessibleDescription(". ".join(line.spoken for line in found))
        stop = Qt.FocusPolicy.StrongFocus if found and self._stops else Qt.FocusPolicy.NoFocus
        if stop != self.focusPolicy():
            self.setFocusPolicy(stop)
        self._forget()

    def squeeze(self, allowed: bool) -> None:
        """Whether it may cut its words; where the page scrolls it need not."""
        if allowed != self.squeezed:
            self.squeezed = allowed
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), self._height(self._measured(self.width()), WIDEST_GAP))

    def minimumSizeHint(self) -> QSize:
        rows = self._measured(self.width())
        if not self.squeezed:
            return QSize(theme.px(80), self._height(rows, WIDEST_GAP))
        rows = rows[: self._least]
        return QSize(theme.px(80), sum(row.high + NARROWEST_GAP for row in rows) + (2 * ABOVE if rows else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_places"):
            self._forget()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(event.pos().y())
            QToolTip.showText(event.globalPos(), self.tip_of(found) if found is not None else "", self)
            return True
        return super().event(event)

    def tip_of(self, at: int) -> str:
        """What the tool tip says of a line: all of its words where they are cut; of the last, all after."""
        placed = self._placed()
        if at < len(placed) - 1 or len(placed) == len(self.lines):
            return "" if placed[at].whole else tip(self.lines[at].spoken)
        return tip("\n".join(line.spoken for line in self.lines[at:]))

    @property
    def cut(self) -> tuple[str, ...]:
        """The words that stand there shortened."""
        placed = self._placed()
        hidden = tuple(line.text for line in self.lines[len(placed) :])
        return tuple(place.line.text for place in placed if not place.whole) + hidden

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        focused = self.hasFocus()
        for at, place in enumerate(self._placed()):
            self._paint(painter, place, focused and at == self.chosen)
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint(self, painter: QPainter, place: _Placed, chosen: bool) -> None:
        line, rect = place.line, place.rect
        if chosen or line.ground:
            painter.fillRect(rect.adjusted(-2, 0, 2, 0), theme.colour(line.ground or "soft"))
        left = rect.left()
        if line.caption and not line.quiet:
            type_ = _type(theme.look(), self._role)
            painter.setPen(theme.colour("text2"))
            caption = written(line.caption, type_.small, theme.px(self._captions) - 6)
            caption.paint(painter, left, rect.top() + type_.drop)
        left += self._left(line)
        if line.picture:
            size = theme.px(PICTURE)
            painter.drawPixmap(
                left - size - 4, rect.top() + 2, icons.pixmap(line.picture, size, line.tint or line.token)
            )
        painter.setPen(theme.colour(line.token))
        place.words.paint(painter, left, rect.top())

    def _left(self, line: Line) -> int:
        caption = theme.px(self._captions) if line.caption and not line.quiet else 0
        return caption + (theme.px(PICTURE) + 4 if line.picture else 0)

    def _measured(self, width: int) -> list[_Measured]:
        if width not in self._measures:
            self._measures.clear()
            self._measures[width] = [self._measure(line, width) for line in self.lines]
        return self._measures[width]

    def _measure(self, line: Line, width: int) -> _Measured:
        type_ = _type(theme.look(), self._role)
        face = type_.link if line.asks is not None else type_.bold if line.bold else type_.plain
        room = max(20, width - 2 * self._beside - self._left(line))
        words = written(line.text, face, room)
        return _Measured(line, type_.high, words, min(line.most, words.lines), room)

    @staticmethod
    def _height(rows: list[_Measured], gap: int) -> int:
        return sum(row.high * row.count + gap for row in rows) + (2 * ABOVE if rows else 0)

    def _placed(self) -> list[_Placed]:
        key = (self.width(), self.height())
        if key not in self._places:
            self._places.clear()
            self._places[key] = self._place(self._measured(self.width()), self.height() - 2 * ABOVE)
        return self._places[key]

    def _place(self, rows: list[_Measured], room: int) -> list[_Placed]:
        rows, counts = _shared_out(rows, room)
        over = room - sum(row.high * count for row, count in zip(rows, counts, strict=True))
        gap = max(NARROWEST_GAP, min(WIDEST_GAP, over // max(1, len(rows))))
        top, placed = ABOVE, []
        for row, count in zip(rows, counts, strict=True):
            words, face = row.words, row.words.face
            whole = words.lines <= count
            if not whole:
                words = written(cut(row.line.text, face, row.width, count), face, -1)
            rect = QRect(self._beside, top, self.width() - 2 * self._beside, row.high * count)
            placed.append(_Placed(row.line, rect, words, whole))
            top += row.high * count + gap
        left_out = len(self.lines) - len(placed)
        if left_out and placed:
            last = placed[-1]
            more = ngettext("… {count} more", "… {count} more", left_out + 1).format(count=left_out + 1)
            words = written(more, last.words.face, -1)
            placed[-1] = _Placed(Line(text=more), last.rect, words, False)
        return placed

    def _at(self, y: int) -> int | None:
        found = [
            at for at, place in enumerate(self._placed()) if place.rect.top() <= y <= place.rect.bottom()
        ]
        return found[0] if found else None

    def _forget(self) -> None:
        self._measures.clear()
        self._places.clear()
        self.updateGeometry()
        self.update()

    def choose(self, at: int) -> None:
        """Go to a line and say it to a reader."""
        self.chosen = max(0, min(len(self._placed()) - 1, at))
        self.update()
        if self.lines:
            announce(self, self.lines[self.chosen].spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: self.chosen - 1, Qt.Key.Key_Down: self.chosen + 1, Qt.Key.Key_Home: 0}
        key = Qt.Key(event.key())
        if key in moves or key == Qt.Key.Key_End:
            self.choose(moves.get(key, len(self.lines)))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._ask()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(round(event.position().y()))
        if found is not None:
            self.choose(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            event.button() == Qt.MouseButton.LeftButton
            and self._at(round(event.position().y())) == self.chosen
        ):
            self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(round(event.position().y()))
        opens = found is not None and self._placed()[found].line.asks is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.lines or not self._stops:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy")).triggered.connect(self.copy)
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """Copy the words of the line chosen."""
        if self.lines:
            QGuiApplication.clipboard().setText(self.lines[self.chosen].text)

    def _ask(self) -> None:
        if self.lines and (asks := self.lines[self.chosen].asks) is not None:
            self.asked.emit(asks)


def _shared_out(rows: list[_Measured], room: int) -> tuple[list[_Measured], list[int]]:
    """How many lines each may take: all that they want, else one each and the rest from the top down."""
    wanted = [row.count for row in rows]
    if sum(row.high * row.count + NARROWEST_GAP for row in rows) <= room + NARROWEST_GAP:
        return rows, wanted
    while rows and sum(row.high + NARROWEST_GAP for row in rows) > room + NARROWEST_GAP:
        rows = rows[:-1]
    counts = [1] * len(rows)
    left = room + NARROWEST_GAP - sum(row.high + NARROWEST_GAP for row in rows)
    for at, row in enumerate(rows):
        more = min(row.count - 1, max(0, left // row.high))
        counts[at] += more
        left -= more * row.high
    return rows, counts
