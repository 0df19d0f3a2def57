"""An archived trainee's page offers nothing that would be refused: only what reads, prints or gives out.

A tab shows and hides its buttons itself; here those that write are kept hidden whatever it does.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

READING: dict[str, tuple[str, ...]] = {  # what stays of each tab, by its way from the tab's screen
    "notes": ("not_recorded", "side.copy"),
    "plan": (
        "list.open_button",
        "list.paper",
        "list.seek",
        "made_editor.bar.back",
        "made_editor.bar.versions",
        "made_editor.bar.paper",
        "made_editor.right.print_button",
    ),
    "attendance": (),
    "consents": ("view.version", "view.paper", "view.plain", "view.withdraw"),
    "assessments": (),
    "files": ("open_button",),
}
WHOLE = frozenset({"attendance", "log"})  # tabs whose buttons all read


class Shut(QObject):
    """Keeps widgets hidden while somebody archived is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hidden: dict[QWidget, bool] = {}

    def shut(self, widgets: Iterable[QWidget]) -> None:
        """Hide these until ``open``."""
        for widget in widgets:
            if widget not in self._hidden:
                self._hidden[widget] = not widget.isHidden()
                widget.hide()
                widget.installEventFilter(self)

    def open(self) -> None:
        """Let them be shown again, as they were."""
        hidden, self._hidden = self._hidden, {}
        for widget, was_shown in hidden.items():
            widget.removeEventFilter(self)
            widget.setVisible(was_shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.ShowToParent) and watched in self._hidden:
            assert isinstance(watched, QWidget)
            self._hidden[watched] = True
            watched.hide()
        return False


def writers(word: str, screen: QWidget) -> tuple[QWidget, ...]:
    """The buttons of a tab that write."""
    if word in WHOLE or word not in READING:
        return ()
    stays = {_reached(screen, way) for way in READING[word]}
    return tuple(button for button in screen.findChildren(QAbstractButton) if button not in stays)


def _reached(screen: object, way: str) -> object:
    for name in way.split("."):
        screen = getattr(screen, name) if screen is not None else None  # a part may be made later
    return screen
