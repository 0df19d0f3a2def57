"""One choice of few."""

from collections.abc import Mapping

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of


class Segmented(QWidget):
    """One choice of few, as buttons in a row; one tab stop, arrows inside."""

    picked = Signal(str)

    def __init__(self, keys: tuple[str, ...], pictures: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, Button] = {}
        for at, key in enumerate(keys):
            part = "only" if len(keys) == 1 else {0: "first", len(keys) - 1: "last"}.get(at, "middle")
            button = Button(icon=(pictures or {}).get(key, ""))
            button.setProperty("part", part)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, key=key: self._pick(key))
            self._group.addButton(button)
            self.buttons[key] = button
        self.setLayout(row_of(*self.buttons.values(), spacing=0))
        self.choose(keys[0])

    @property
    def chosen(self) -> str:
        """Key of the choice."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)
            policy = QtCore.Qt.FocusPolicy
            button.setFocusPolicy(policy.StrongFocus if name == key else policy.ClickFocus)
        self.setFocusProxy(self.buttons[key])

    def set_words(self, words: Mapping[str, str]) -> None:
        """Words of the choices by key."""
        for key, text in words.items():
            self.buttons[key].setText(text)
            self.buttons[key].updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = QtCore.Qt.Key
        step = {key.Key_Left: -1, key.Key_Right: 1}.get(key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self.buttons)
        at = max(0, min(len(keys) - 1, keys.index(self.chosen) + step))
        self._pick(keys[at])
        self.buttons[keys[at]].setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def _pick(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)
