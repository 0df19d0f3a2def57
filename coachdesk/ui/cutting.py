"""Text shaped once for painting, and cut with an ellipsis to the lines that there is room for."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QTextLayout,
    QTextOption,
)

WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
LINE_END = "\u2028"
ENDLESS = 1_000_000
MOST_KEPT = 1000
_kept: dict[tuple[str, "Face", int], "Written"] = {}
_cuts: dict[tuple[str, "Face", int, int], str] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font with its measures; made once for a role in a look, so that words are kept by it."""

    font: QFont
    measure: QFontMetrics


class Written:
    """Words shaped once for a face, broken at a width; painted with the painter's pen."""

    __slots__ = ("_layout", "face", "height", "lines")

    def __init__(self, text: str, face: Face, width: int) -> None:
        self.face = face
        self._layout = _laid_out(text, face.font, width if width >= 0 else ENDLESS)
        self.lines = max(1, self._layout.lineCount())
        self.height = self.lines * face.measure.height()

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Paint the words."""
        self._layout.draw(painter, QPointF(left, top))


def written(text: str, face: Face, width: int) -> Written:
    """Words in a face, broken at ``width`` pixels; -1 breaks them only where they say so.

    What was shaped is kept for the next time, since pages say much in the same words.
    """
    key = (text, face, width)
    if (found := _kept.get(key)) is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = Written(text, face, width)
    return found


def forget() -> None:
    """Keep no words: the desk is locked."""
    _kept.clear()
    _cuts.clear()


def _laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", LINE_END), font)
    layout.setCacheEnabled(True)
    layout.setTextOption(_breaking())
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


@cache
def _breaking() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(WRAP)
    return option


def cut(text: str, face: Face, width: int, lines: int) -> str:
    """The beginning of a text that fits in so many lines, with an ellipsis where it is longer."""
    key = (text, face, width, lines)
    if (found := _cuts.get(key)) is None:
        if len(_cuts) >= MOST_KEPT:
            _cuts.clear()
        found = _cuts[key] = _cut(text, face, width, lines)
    return found


def cut_name(name: str, measure: QFontMetrics, room: int) -> str:
    """A name, "family, given", cut so that it still tells people apart.

    The family name stays whole where it has room, else both of its ends and the initial of the given name.
    """
    if measure.horizontalAdvance(name) <= room:
        return name
    family, comma, given = name.partition(", ")
    if not comma or measure.horizontalAdvance(f"{family}, {given[:2]}…") <= room:
        return measure.elidedText(name, Qt.TextElideMode.ElideRight, room)
    initial = f", {given[:1]}."
    left = room - measure.horizontalAdvance(initial)
    return measure.elidedText(family, Qt.TextElideMode.ElideMiddle, left) + initial


def _cut(text: str, face: Face, width: int, lines: int) -> str:
    text = text.replace("\n", LINE_END)
    layout = _laid_out(text, face.font, width)
    first = map(layout.lineAt, range(min(lines - 1, layout.lineCount())))
    ends = [line.textStart() + line.textLength() for line in first]
    whole = text.encode("utf-16-le")  # Qt counts in these
    starts = [0, *ends]
    pieces = [_between(whole, begin, end) for begin, end in zip(starts, [*ends, None], strict=True)]
    last = pieces.pop().replace(LINE_END, " ")
    pieces.append(face.measure.elidedText(last, Qt.TextElideMode.ElideRight, width))
    return LINE_END.join(piece.rstrip(LINE_END + " ") for piece in pieces if piece)


def _between(text: bytes, begin: int, end: int | None) -> str:
    return text[2 * begin : None if end is None else 2 * end].decode("utf-16-le", "ignore")
