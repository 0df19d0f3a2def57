"""The dark bar over the foot of the page: what was done, and taking it back; 8 seconds, no focus."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

SHOWN_MS = 8000


class UndoBar(QFrame):
    """Lies over its parent's foot; what it offers is reached by Ctrl+Z as long as it is kept."""

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("bar")
        self.text = label()
        self.button = Button(icon="arrow-back-up", key="Ctrl+Z")
        self.button.setProperty("on_bar", True)
        self.button.clicked.connect(self._undo)
        self._clock = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._clock.timeout.connect(self.hide)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 4, 8, 4)
        box.setSpacing(10)
        box.addWidget(Picture("check", 18, "onbar"))
        box.addWidget(self.text, 1)
        box.addWidget(self.button)
        self.hide()

    def tell(self, text: str, *, undoable: bool) -> None:
        """Show what was done."""
        self.text.setText(text)
        self.button.setText(_("Undo"))
        self.button.setVisible(undoable)
        self.place()
        self.show()
        self.raise_()
        self._clock.start()

    def place(self) -> None:
        """Lie over the foot of the page."""
        parent = self._over
        width = min(parent.width() - 24, max(theme.px(440), self.sizeHint().width()))
        height = theme.px(44)
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - 10, width, height)

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()
