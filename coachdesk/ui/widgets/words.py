"""Words on the page: labels by role, headings, and tool tips as they stand."""

from PySide6.QtWidgets import QLabel

PLAIN = 0  # Qt.TextFormat.PlainText; see ``coachdesk.app`` why Qt is not named here


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """A label of a role: body strong secondary label error title heading person key."""
    found = QLabel(text)
    found.setProperty("textFormat", PLAIN)
    if role != "body":
        found.setProperty("role", role)
    found.setWordWrap(wrap)
    return found


def heading(text: str = "", *, wrap: bool = False) -> QLabel:
    """A heading of a card."""
    return label(text, "heading", wrap=wrap)


def tip(text: str) -> str:
    """Words for a tool tip as they stand: a name or heading from a file is never read as HTML."""
    if "<" not in text:
        return text
    from html import escape

    return f"<qt>{escape(text)}</qt>"
