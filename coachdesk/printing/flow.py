"""What a paper is poured from: words, headings, points, each with its tag.

Everything takes plain text: nothing a person wrote is ever read as markup.  Pieces of one paragraph
or cell that fall on two pages stay one element of the structure.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus.paraparser import ParaFrag

from coachdesk.printing.fonts import LACKING, legible, use_fonts
from coachdesk.printing.structure import Element
from coachdesk.printing.styles import RULE, styles
from coachdesk.printing.tagged import TaggedCanvas


class Words(Paragraph):
    """A paragraph of plain text with its element."""

    canv: TaggedCanvas

    def __init__(
        self,
        text: str | None,
        style: str | ParagraphStyle = "text",
        bulletText: str | None = None,  # noqa: N803 - ReportLab calls this when it splits
        frags: Any = None,
        *,
        tag: str = "P",
        element: Element | None = None,
        lang: str = "",
    ) -> None:
        if isinstance(style, str):
            style = styles()[style]
        self.element = element or Element(tag, lang=lang)
        self.lacking = False
        if text is not None:
            text = legible(text)
            self.lacking = LACKING in text
            frags = _set(text, style)
        super().__init__(None, style, bulletText=bulletText, frags=frags)

    def split(self, width: float, height: float) -> list[Words]:
        """The pieces above and below a page break: one element."""
        own, self.__class__ = self.__class__, Words  # ReportLab makes the pieces of this class
        pieces: list[Words] = super().split(width, height)
        self.__class__ = own
        for piece in pieces:
            piece.element, piece.lacking = self.element, self.lacking
        return pieces

    def draw(self) -> None:
        """Draw as a marked piece of the element."""
        _close_lines(self.blPara)
        if self.lacking:
            self.canv.lacking.add(len(self.canv.drawn) + 1)
        self.canv.begin(self.element)
        super().draw()
        self.canv.end()


class Heading(Words):
    """A heading that stands in the bookmarks, with a rule below where it opens a section."""

    def __init__(self, text: str, style: str = "section", level: int = 2, *, ruled: bool = True) -> None:
        super().__init__(text, style, tag=f"H{level}")
        self.text_, self.level, self.ruled = legible(text), level, ruled

    def split(self, width: float, height: float) -> list[Words]:
        """A heading goes whole to the next page, unless it is longer than a page."""
        return [] if self.height < 400 else super().split(width, height)

    def draw(self) -> None:
        """Draw, bookmark, and rule."""
        canvas = self.canv
        super().draw()
        canvas.outline(
            self.text_.replace("\n", " "), self.level - 1, canvas.absolutePosition(0, self.height)[1] + 6
        )
        if self.ruled:
            canvas.ornament()
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.5)
            canvas.line(0, -3, self.width, -3)
            canvas.ornament_end()


class Numbered(Heading):
    """A heading whose number hangs in the margin of the text below it."""

    def __init__(self, number: str, text: str, level: int = 3) -> None:
        super().__init__(text, "item", level, ruled=False)
        self.number = number
        self.text_ = f"{number} {self.text_}"

    def draw(self) -> None:
        """Number and words are one heading; the number stands on the first line."""
        canvas, style = self.canv, self.style
        canvas.begin(self.element)
        canvas.setFont(style.fontName, style.fontSize)
        canvas.setFillColor(style.textColor)
        canvas.drawString(0, self.height - style.fontSize, f"{self.number} ")
        canvas.end()
        super().draw()


class Point(Words):
    """A point of a list: its mark and its words are read as one item."""

    def __init__(self, text: str, of: Element, style: str = "point", mark: str = "\N{BULLET}") -> None:
        item = Element("LI", home=of)
        super().__init__(text, style, element=Element("LBody", home=item))
        self.mark, self.label = legible(mark), Element("Lbl", home=item)

    def split(self, width: float, height: float) -> list[Words]:
        """The mark stays with the first piece."""
        pieces = Words.split(self, width, height)
        for piece in pieces[:1]:
            if piece is not self:
                piece.__class__ = _Marked
                piece.mark, piece.label = self.mark, self.label
        return pieces

    def draw(self) -> None:
        """Draw the mark, then the words."""
        canvas, style = self.canv, self.style
        canvas.begin(self.label)
        canvas.setFont(style.fontName, style.fontSize)
        canvas.setFillColor(style.textColor)
        canvas.drawString(style.bulletIndent, self.height - style.fontSize, self.mark)
        canvas.end()
        Words.draw(self)


class _Marked(Words):
    """The first piece of a point that falls on two pages."""

    draw = Point.draw


def _close_lines(lines: Any) -> None:
    """A space after each line, so that read aloud the words of two lines do not run together."""
    for line in lines.lines:
        if lines.kind == 0:
            line[1].append("")
        elif line.words:
            line.words[-1].text += " "


@cache
def _models(style: ParagraphStyle) -> tuple[ParaFrag, ParaFrag]:
    """How ReportLab itself sets one word, and a line break, in a style."""
    use_fonts()
    word, line_break, _rest = Paragraph("x<br/>x", style).frags
    return word, line_break


def _set(text: str, style: ParagraphStyle) -> list[ParaFrag]:
    """Text set in a style without a reader of markup in between."""
    word, line_break = _models(style)
    frags: list[ParaFrag] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            frags.append(line_break.clone())
        frags.append(word.clone(text=line))
    return frags


def words_of(text: str, style: str = "text", **more: Any) -> list[Flowable]:
    """A text as paragraphs, one for each line that the writer began."""
    return [Words(line, style, **more) for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [line for line in legible(text).split("\n") if line.strip()]
