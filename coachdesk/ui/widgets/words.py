"""Words on the page: labels by role, headings, and tool tips as they stand."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """A label of a role: body strong secondary label error title heading person key."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    if role != "body":
        found.setProperty("role", role)
    found.setWordWrap(wrap)
    return found


def heading(text: str = "", *, wrap: bool = False) -> QLabel:
    """A heading of a card."""
    return label(text, "heading", wrap=wrap)


def tip(text: str) -> str:
    """Words for a tool tip as they stand: a name or heading from a file is never read as HTML."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text
