"""Noto Sans on paper, and text made fit for it."""

import re
import unicodedata
from functools import cache

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from coachdesk.settings import resource_folder

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
LACKING = "\N{REPLACEMENT CHARACTER}"  # stands, well visible, for a letter that the font lacks

_PLAIN = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2019\u201d]*\Z")
_BREAKS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_NO_LETTER = re.compile(r"<[0-9A-F]+> <0000>\n")
_LETTER = re.compile(r"<[0-9A-F]{2}> <[0-9A-F]{4}>")
_COUNT = re.compile(r"\d+ beginbfchar")


class PaperFont(TTFont):
    """A font whose map back to letters has no U+0000: PDF/UA-1 (ISO 14289-1, 7.21.7) forbids it."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Add the used letters to the document, unused places left out of the map."""
        super().addObjects(doc)
        for name, thing in list(doc.idToObject.items()):
            if name.startswith("toUnicodeCMap:") and isinstance(thing.content, str):
                thing.content = without_unused(thing.content)


def without_unused(table: str) -> str:
    """A ToUnicode table without the places that stand for no letter."""
    kept = _NO_LETTER.sub("", table)
    return _COUNT.sub(f"{len(_LETTER.findall(kept))} beginbfchar", kept)


@cache
def use_fonts() -> frozenset[int]:
    """Make the two fonts known to ReportLab; answers the letters that both have (BMP only)."""
    folder = resource_folder() / "fonts"
    letters = []
    for name in (REGULAR, BOLD):
        font = PaperFont(name, str(folder / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        addMapping(name, 0, 0, name)
        letters.append({code for code in font.face.charToGlyph if code < 0x10000})
    return frozenset(letters[0] & letters[1])


def legible(text: str) -> str:
    """Text as it can stand on paper: composed, without invisible characters, lacking letters marked.

    Line breaks stay; control, direction and joining characters go; a letter that Noto Sans has no
    shape for becomes U+FFFD, which prints as a mark, never as an empty box.
    """
    if _PLAIN.match(text):
        return text
    letters = use_fonts()
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    return "".join(_letter(letter, letters) for letter in text)


def _letter(letter: str, letters: frozenset[int]) -> str:
    if letter == "\n":
        return letter
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cf"):
        return " " if letter == "\t" else ""
    if kind == "Zs" and letter != "\N{NO-BREAK SPACE}":
        return " "
    return letter if ord(letter) in letters and kind not in ("Co", "Cs", "Cn") else LACKING
