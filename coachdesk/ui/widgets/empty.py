"""Nothing here yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label


class EmptyState(QWidget):
    """Nothing here yet: a picture, one sentence, at most one button."""

    asked = Signal()

    def __init__(self, icon: str, *, button: bool = False, picture: str = "plus") -> None:
        super().__init__()
        self._sentence = label("", "strong", wrap=True)
        self._sentence.setObjectName("sentence")
        self._detail = label("", "secondary", wrap=True)
        for words in (self._sentence, self._detail):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(kind="primary", icon=picture)
        if not button:  # told to be seen before it has a place, it would be a window of its own
            self.button.hide()
        self.button.clicked.connect(self.asked)
        shown = Picture(icon, 28, "control")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = row_of(None, self.button, None)
        self.setLayout(column_of(None, shown, self._sentence, self._detail, centre, None))

    def set_words(self, sentence: str, detail: str = "", button: str = "") -> None:
        """Its sentence, more in small, and the button's verb."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.setText(button)
        self.button.setHidden(not button)
        self._keep_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_whole()

    def _keep_whole(self) -> None:
        """Words that wrap are never lower than they need: a small window scrolls instead."""
        margins = self.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for words in (self._sentence, self._detail):
            words.setMinimumHeight(max(0, words.heightForWidth(room)))
