"""The dark bar under the page: what was done, and taking it back; 8 seconds, no focus.

It has a place of its own above the health line, which the page gives: it lies over no button.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label, tip

SHOWN_MS = 8000
HEIGHT, UNDER, LEAST = 44, 6, 440


class UndoBar(QWidget):
    """Stands under the page; what it offers is reached by Ctrl+Z as long as it is kept."""

    undo = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._said = ""
        self.bar = QFrame(self)
        self.bar.setObjectName("bar")
        self.text = label()
        self.button = Button(icon="arrow-back-up", key="Ctrl+Z")
        self.button.setProperty("on_bar", True)
        self.button.clicked.connect(self._undo)
        self._clock = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._clock.timeout.connect(self.hide)
        self._box = QHBoxLayout(self.bar)
        self._box.setContentsMargins(14, 4, 8, 4)
        self._box.setSpacing(10)
        self._box.addWidget(Picture("check", 18, "onbar"))
        self._box.addWidget(self.text, 1)
        self._box.addWidget(self.button)
        self.hide()

    def tell(self, text: str, *, undoable: bool) -> None:
        """Show what was done."""
        self._said = text
        self.button.setText(_("Undo"))
        self.button.setVisible(undoable)
        self.setFixedHeight(theme.px(HEIGHT) + UNDER)
        self._place()
        self.show()
        self._clock.start()

    def _place(self) -> None:
        """In the middle, as wide as its words; words that are too long are cut, the whole in the tool tip."""
        self.text.setText(self._said)
        most = self.width() - 24
        over = self.bar.sizeHint().width() - most
        if over > 0:
            room = max(0, self.text.sizeHint().width() - over)
            self.text.setText(
                self.text.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
            )
        self.text.setToolTip(tip(self._said) if over > 0 else "")
        width = min(most, max(theme.px(LEAST), self.bar.sizeHint().width()))
        self.bar.setGeometry((self.width() - width) // 2, 0, width, theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()
