"""A scope of a consent to tick, with its sentence."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from coachdesk.domain.consent import Scope
from coachdesk.i18n import _
from coachdesk.ui.widgets.layout import column_of


class ScopeBox(QWidget):
    """A scope to tick, with the sentence that says exactly what leaves."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self.tick = QCheckBox()
        self.sentence = _Sentence(self.tick)
        box = column_of(self.tick, self.sentence, spacing=0)
        self.setLayout(box)

    def retranslate(self) -> None:
        """Set the words again."""
        self.tick.setText(_(self.scope.title))
        self.sentence.setText(_(self.scope.sentence))
        self.tick.setAccessibleDescription(_(self.scope.sentence))


class _Sentence(QLabel):
    """The sentence under a box; a press on it ticks the box."""

    def __init__(self, tick: QCheckBox) -> None:
        super().__init__()
        self._tick = tick
        self.setProperty("role", "secondary")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(33, 0, 0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._tick.toggle()
        self._tick.setFocus()
