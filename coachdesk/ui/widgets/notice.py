"""A sentence that stays on the page."""

from PySide6 import QtCore
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.ui.theme import swap
from coachdesk.ui.widgets.layout import column_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

NOTICE_ICONS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-circle",
    "info": "info-circle",
    "neutral": "info-circle",
}


class Notice(QFrame):
    """A sentence that stays: info ok warn danger neutral; buttons on its right."""

    def __init__(self, kind: str = "info", text: str = "", title: str = "", icon: str | None = None) -> None:
        super().__init__()
        self._title = label("", "strong", wrap=True)
        self._text = label("", wrap=True)
        self._picture = Picture(icon or NOTICE_ICONS[kind], 20, _notice_token(kind))
        words = column_of(self._title, self._text, spacing=1)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(10)
        box.addWidget(self._picture, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self._box = box
        self.set_state(kind, text, title, icon)

    def set_state(self, kind: str, text: str, title: str = "", icon: str | None = None) -> None:
        """Change kind and words."""
        swap(self, "notice", kind)
        self._picture.set_picture(icon or NOTICE_ICONS[kind], _notice_token(kind))
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def set_title(self, title: str) -> None:
        """Change the bold words above the sentence."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def add_button(self, button: QWidget) -> None:
        """Put a button on the right."""
        self._box.addWidget(button, 0, QtCore.Qt.AlignmentFlag.AlignVCenter)

    @property
    def text(self) -> str:
        """Title and sentence."""
        return " ".join(filter(None, (self._title.text(), self._text.text())))


def _notice_token(kind: str) -> str:
    return "text2" if kind == "neutral" else kind
