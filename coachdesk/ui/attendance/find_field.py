"""Find a line of the grid by name: the field stands over the head of the names while it is open."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from coachdesk.domain import letters
from coachdesk.ui import theme
from coachdesk.ui.attendance.grid import Grid


class FindField(QLineEdit):
    """Find a line by name: stands over the head of the names while it is open."""

    closed = Signal()

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.hide()
        self.grid_ = grid
        self.textChanged.connect(self._look)

    def open(self) -> None:
        """Show it and take the keys."""
        self.clear()
        self.setGeometry(4, 4, self.grid_.names.width() - 6, theme.px(36))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _look(self, typed: str) -> None:
        """The names begun so first, then those that only hold it; the cursor keeps its day."""
        fits, view = letters.Typed(typed), self.grid_.view
        if not fits:
            return
        found = [
            (*fits.rank(folded, exact), at)
            for at, name in enumerate(view.model_.board.names)
            if fits.match(folded := letters.fold(name), exact := letters.exact_fold(name))
        ]
        if found:
            view.go_to((min(found)[-1], view.here[1] if view.here else 0))

    def event(self, event: QEvent) -> bool:
        # Esc and Enter are the window's own keys too: here they close the field
        if isinstance(event, QKeyEvent) and event.key() in (
            Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        ):  # fmt: skip
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.hide()
                self.closed.emit()
                return True
        return super().event(event)
