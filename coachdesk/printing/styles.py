"""Type on paper: Noto Sans, never below 9.5 points, black on white."""

from functools import cache
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from coachdesk.printing.fonts import BOLD, REGULAR

SHADE = Color(0.92, 0.92, 0.92)
BLACK, GREY, RULE = Color(0.06, 0.06, 0.06), Color(0.25, 0.25, 0.25), Color(0.5, 0.5, 0.5)
LEFT, RIGHT, TOP = 20 * mm, 17 * mm, 31 * mm  # margins; the header stands in the top one
INDENT = 18.0  # hanging number of an item
SMALL = 9.5


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The styles of every form, by name."""
    return {style.name: style for style in _made()}


def _made() -> list[ParagraphStyle]:
    def style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        more = {"fontName": REGULAR, "textColor": BLACK, "allowWidows": 0, "allowOrphans": 0} | more
        # a double name goes over to the next line after its own hyphen, not within a half of it
        return ParagraphStyle(name, fontSize=size, leading=leading, embeddedHyphenation=1, **more)

    return [
        style("title", 20, 25, fontName=BOLD, spaceAfter=5),
        style("under", SMALL, 13, textColor=GREY, spaceAfter=6),
        style("section", 12, 16, fontName=BOLD, spaceBefore=13, spaceAfter=6),
        style("item", 10, 14, fontName=BOLD, spaceBefore=7, leftIndent=INDENT),
        style("inside", 10, 14, leftIndent=INDENT, spaceAfter=1),
        style("aside", SMALL, 13, leftIndent=INDENT, textColor=GREY, spaceAfter=1),
        style("inner point", 10, 14, leftIndent=INDENT + 12, bulletIndent=INDENT + 2, spaceAfter=1),
        style("text", 10, 14, spaceAfter=5),
        style("strong", 10, 14, fontName=BOLD, spaceAfter=3),
        style("point", 10, 14, leftIndent=INDENT, bulletIndent=4, spaceAfter=2),
        style("head", SMALL, 12, fontName=BOLD),
        style("cell", 10, 13.5),
        style("small cell", SMALL, 12),
        style("label", SMALL, 12, textColor=GREY),
        style("value", 10.5, 14, fontName=BOLD),
        style("small", SMALL, 12.5, textColor=GREY),
        style("small point", SMALL, 12.5, leftIndent=12, bulletIndent=1),
        style("mark", SMALL, 12, alignment=1),
        style("mark head", SMALL, 12, fontName=BOLD, alignment=1),
        style("plain item", 14, 20, fontName=BOLD, spaceBefore=8),
        style("plain title", 24, 31, fontName=BOLD, spaceAfter=6),
        style("plain section", 17, 23, fontName=BOLD, spaceBefore=14, spaceAfter=5),
        style("plain text", 14, 21, spaceAfter=7),
        style("plain point", 14, 21, leftIndent=22, bulletIndent=5, spaceAfter=4),
        style("plain head", 13, 18, fontName=BOLD),
        style("plain cell", 14, 20),
        style("huge", 26, 31, fontName=BOLD),
    ]
