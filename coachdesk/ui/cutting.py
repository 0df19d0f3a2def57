"""Text shaped once for painting, and cut with an ellipsis to the lines that there is room for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTextLayout, QTextOption, QTransform

WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
LINE_END = "\u2028"


_kept: dict[tuple[str, str, int], QStaticText] = {}
MOST_KEPT = 1000


def static(text: str, font: QFont, width: int) -> QStaticText:
    """A text shaped for a font, broken at ``width`` pixels; -1 breaks it only where it says so.

    What was shaped is kept for the next time, since pages say much in the same words.
    """
    key = (text, font.key(), width)
    if (found := _kept.get(key)) is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _shaped(text, font, width)
    return found


def forget() -> None:
    """Keep no words: the desk is locked."""
    _kept.clear()


def _shaped(text: str, font: QFont, width: int) -> QStaticText:
    found = QStaticText(text.replace("\n", LINE_END))
    found.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(WRAP)
    found.setTextOption(option)
    found.setTextWidth(width)
    found.prepare(QTransform(), font)
    return found


def line_count(text: QStaticText, high: int) -> int:
    """How many lines a shaped text takes."""
    return max(1, round(text.size().height() / max(1, high)))


def cut(text: str, font: QFont, width: int, lines: int) -> str:
    """The beginning of a text that fits in so many lines, with an ellipsis where it is longer."""
    text = text.replace("\n", LINE_END)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(WRAP)
    layout.setTextOption(option)
    layout.beginLayout()
    ends: list[int] = []
    while len(ends) < lines - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    whole = text.encode("utf-16-le")  # Qt counts in these
    starts = [0, *ends]
    pieces = [_between(whole, begin, end) for begin, end in zip(starts, [*ends, None], strict=True)]
    last = pieces.pop().replace(LINE_END, " ")
    pieces.append(QFontMetrics(font).elidedText(last, Qt.TextElideMode.ElideRight, width))
    return LINE_END.join(piece.rstrip(LINE_END + " ") for piece in pieces if piece)


def _between(text: bytes, begin: int, end: int | None) -> str:
    return text[2 * begin : None if end is None else 2 * end].decode("utf-16-le", "ignore")
