"""The paper frame: A4, header with the workshop, footer with number, check code and page n (m).

A form pours its story into a ``Paper``; what must not part stays together, and a signature block
never stands alone on a page nor falls on two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TypeAlias

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Frame
from reportlab.platypus.flowables import _listWrapOn

from coachdesk import i18n
from coachdesk.printing.fonts import BOLD, LACKING, REGULAR, legible
from coachdesk.printing.qr import draw_qr, figure_box
from coachdesk.printing.structure import Element
from coachdesk.printing.styles import BLACK, GREY, LEFT, RIGHT, RULE, SMALL, TOP
from coachdesk.printing.tagged import TaggedCanvas

WIDTH = A4[0] - LEFT - RIGHT
WIDE = A4[1] - LEFT - RIGHT
FOOT, FOOT_WITH_CODE = 23 * mm, 31 * mm
KEPT = 60.0  # points of the text before a signature block that go with it at least
_ONE = Lock()  # ReportLab's fonts serve one paper at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands on every page.

    ``code`` is the text of the square code, ``code_words`` what is read aloud instead of it;
    ``number`` is the line of number, version and check code in the footer, ``signers`` who is to sign.
    ``wide`` lays the paper on its side.
    """

    title: str
    on: date
    left: Sequence[str] = ()
    right: Sequence[str] = ()
    number: str = ""
    signers: str = ""
    code: str = ""
    code_words: str = ""
    wide: bool = False


class Room:
    """Goes on to a new page unless so many points are left on this one."""

    def __init__(self, points: float) -> None:
        self.points = points


class NewPage:
    """Goes on to a new page."""


class Together:
    """Flowables that stay on one page, when one page can hold them."""

    def __init__(self, *parts: Flowable) -> None:
        self.parts = list(parts)


class Ending:
    """The last texts and the signature block: the block is whole, and some of the text is with it.

    A long list is ``parted``: it begins where it stands, and its last rows go along to the signatures.
    """

    def __init__(self, texts: Sequence[Flowable], block: Sequence[Flowable], *, parted: bool = False) -> None:
        self.texts, self.block, self.parted = list(texts), list(block), parted


Piece: TypeAlias = "Flowable | Room | NewPage | Together | Ending"


class Paper:
    """One document while it is poured."""

    def __init__(self, head: Letterhead, language: str, *, tagged: bool = True) -> None:
        self.head = head
        self.words = i18n.words(language)
        self.size = landscape(A4) if head.wide else A4
        self.canvas = TaggedCanvas(
            legible(head.title), _tag(language), head.on, self._foot, size=self.size, tagged=tagged
        )
        self.bottom = FOOT_WITH_CODE if head.code else FOOT
        self.width = WIDE if head.wide else WIDTH
        self.height = self.size[1] - TOP - self.bottom
        self.signed_on_page = 0
        self._begin_page()

    def pour(self, story: Iterable[Piece]) -> None:
        """Set the pieces one after another, over as many pages as they need."""
        for piece in story:
            match piece:
                case Room():
                    if self._left() < piece.points:
                        self._new_page()
                case NewPage():
                    self._new_page()
                case Together():
                    self._set_together(piece.parts)
                case Ending():
                    self._set_ending(piece)
                case _:
                    self._set(piece)

    def finish(self) -> bytes:
        """The PDF."""
        return self.canvas.finish()

    def _set(self, flowable: Flowable) -> None:
        if self.frame.add(flowable, self.canvas, trySplit=1):
            return
        parts = self.frame.split(flowable, self.canvas)
        if len(parts) > 1 and self.frame.add(parts[0], self.canvas, trySplit=1):
            self._new_page()
            for part in parts[1:]:
                self._set(part)
        elif self.frame._atTop:
            raise ValueError(f"{flowable.identity(80)} fits on no page")
        else:
            self._new_page()
            self._set(flowable)

    def _set_together(self, parts: Sequence[Flowable]) -> None:
        if self._left() < self._tall(parts) <= self.height:
            self._new_page()
        for part in parts:
            self._set(part)

    def _set_ending(self, ending: Ending) -> None:
        texts, block = ending.texts, ending.block
        begun = not ending.parted
        while texts and self._tall([*texts, *block]) > self._left():
            whole = self._tall([*texts, *block])
            if whole <= self.height and begun:
                self._new_page()
            elif len(texts) > 1:
                self._set(texts.pop(0))
            else:
                parts, begun = self._part(texts[0]), True
                if len(parts) < 2:
                    break
                texts = parts
                self._set(texts.pop(0))
        self.pour([Together(*texts, *block)])
        self.signed_on_page = len(self.canvas.drawn) + 1

    def _part(self, text: Flowable) -> list[Flowable]:
        """A long text in two: the second part keeps some lines for the page of the signatures."""
        tall = self._tall([text])
        text.wrapOn(self.canvas, self.width, self.height)
        room = self._left() - (0 if self.frame._atTop else text.getSpaceBefore())
        parts: list[Flowable] = text.splitOn(self.canvas, self.width, min(room, tall - KEPT))
        if not parts and not self.frame._atTop:
            self._new_page()
            return self._part(text)
        return parts

    def _left(self) -> float:
        return float(self.frame._y - self.frame._y1p)

    def _tall(self, parts: Sequence[Flowable]) -> float:
        """Height of parts set here, with the space before the first unless the page begins with it."""
        before = 0 if self.frame._atTop else parts[0].getSpaceBefore()
        return float(_listWrapOn(list(parts), self.width, self.canvas)[1] + before)

    def _begin_page(self) -> None:
        self.frame = Frame(
            LEFT, self.bottom, self.width, self.height,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self._head()

    def _new_page(self) -> None:
        self.canvas.showPage()
        self._begin_page()

    def _head(self) -> None:
        """The header: read aloud on the first page, passed over on the others."""
        canvas, first = self.canvas, not self.canvas.drawn
        for lines, right in ((self.head.left, False), (self.head.right, True)):
            for at, line in enumerate(lines):
                canvas.begin(Element("P")) if first else canvas.ornament("Pagination")
                self._line(
                    line, 16.5 * mm + at * 13.5, bold=at == 0, right=right, size=10 if at == 0 else SMALL
                )
                canvas.end() if first else canvas.ornament_end()
        canvas.ornament("Pagination" if not first else "Layout")
        canvas.setStrokeColor(BLACK)
        canvas.setLineWidth(0.9)
        canvas.line(LEFT, self.size[1] - TOP + 4.5 * mm, self.size[0] - RIGHT, self.size[1] - TOP + 4.5 * mm)
        canvas.ornament_end()

    def _line(self, text: str, down: float, *, bold: bool, right: bool = False, size: float = SMALL) -> None:
        canvas = self.canvas
        font = BOLD if bold else REGULAR
        text = _fitting(
            legible(text).replace("\n", " "), font, size, self.width * (0.38 if right else 0.6), canvas
        )
        canvas.setFont(font, size)
        canvas.setFillColor(BLACK)
        draw = canvas.drawRightString if right else canvas.drawString
        draw(self.size[0] - RIGHT if right else LEFT, self.size[1] - down, text)

    def _foot(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
        """The footer of one page, when the number of pages is known."""
        top = self.bottom - 4 * mm
        base = 11 * mm
        canvas.ornament("Pagination")
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(LEFT, top, self.size[0] - RIGHT, top)
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, SMALL)
        canvas.drawRightString(
            self.size[0] - RIGHT, base, self.words.fill("Page {page} ({pages})", page=page, pages=pages)
        )
        for at, line in enumerate(filter(None, (self.head.number, self._lacking(page), self._note(page)))):
            canvas.drawString(LEFT, base + at * 13, " ".join(legible(line).split("\n")))
        canvas.ornament_end()
        if self.head.code:
            self._code(canvas, page)

    def _lacking(self, page: int) -> str:
        """What the mark means, on the pages where a letter could not be set."""
        if page not in self.canvas.lacking:
            return ""
        return self.words.fill(
            "{mark} stands for a letter that this paper cannot print. Write it by hand.", mark=LACKING
        )

    def _note(self, page: int) -> str:
        """Where the signatures are, on the pages before them."""
        if page >= self.signed_on_page or not self.head.signers:
            return ""
        page, signers = self.signed_on_page, self.head.signers
        text = legible(self.words.fill("Signatures on page {page}: {signers}", page=page, signers=signers))
        if self.canvas.stringWidth(text, REGULAR, SMALL) <= self.width - 48 * mm:
            return text
        return self.words.fill("Signatures on page {page}", page=page)  # rather than names cut short

    def _code(self, canvas: TaggedCanvas, page: int) -> None:
        x, y, side = self.size[0] - RIGHT - 39 * mm, 9.5 * mm, 16 * mm
        if page == 1:
            box = figure_box(x, y, side)
            canvas.begin(Element("Figure", alt=self.head.code_words, attributes=box))
        else:
            canvas.ornament("Pagination")
        draw_qr(canvas, self.head.code, x, y, side)
        canvas.end() if page == 1 else canvas.ornament_end()


def _tag(language: str) -> str:
    return {"fi": "fi-FI", "sv": "sv-FI"}.get(language, "en-GB")


def _fitting(text: str, font: str, size: float, width: float, canvas: TaggedCanvas) -> str:
    """A header line that stays on its own side: shortened with an ellipsis, the whole stands below."""
    if canvas.stringWidth(text, font, size) <= width:
        return text
    while text and canvas.stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def draw_paper(head: Letterhead, language: str, story: Sequence[Piece], *, tagged: bool = True) -> bytes:
    """A whole paper: the story poured under its letterhead."""
    with _ONE:
        paper = Paper(head, language, tagged=tagged)
        paper.pour(story)
        return paper.finish()
