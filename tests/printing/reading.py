"""What a reader finds in a PDF: its text, its verdict on PDF/UA-1, its fonts."""

import re
import unicodedata

import page
import pypdfium2


def failures(pdf: bytes) -> list[str]:
    """What PDF/UA-1 has against the file."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(pdf)]


def text(pdf: bytes) -> str:
    """The text of the whole paper, every run of white space one space."""
    return squeezed(" ".join(pages(pdf)))


def squeezed(words: str) -> str:
    """Every run of white space one space; pdfium writes U+FFFE for a hyphen at the end of a line."""
    return " ".join(words.replace("\ufffe", "-").split())


def bare(words: str) -> str:
    """Without white space and ligatures, which readers tell in their own ways."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words.replace("\ufffe", "-")))
