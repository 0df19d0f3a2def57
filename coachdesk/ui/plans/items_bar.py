"""The items of a kind that may stand several times: goals and measures, one chosen at a time."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QWidget

from coachdesk.domain.plan import PlanItem
from coachdesk.i18n import _, current
from coachdesk.ui import theme
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.layout import column_of, row_of


class ItemsBar(QWidget, Spoken):
    """A short list of items with add, up, down and remove."""

    picked = Signal(str)  # key
    added = Signal()
    moved = Signal(str, int)  # key, to
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setMaximumHeight(theme.px(84))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add = Button(icon="plus")
        self.up, self.down, self.remove = (
            ToolButton("chevron-up"),
            ToolButton("chevron-down"),
            ToolButton("trash"),
        )
        self.setLayout(
            column_of(self.list, row_of(self.add, None, self.up, self.down, self.remove), spacing=6)
        )
        for keys, button in (("Alt+Up", self.up), ("Alt+Down", self.down), ("Delete", self.remove)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)
        self._keys: list[str] = []
        self._quiet = False
        self.list.currentRowChanged.connect(self._pick)
        self.add.clicked.connect(self.added)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(lambda: self.removed.emit(self.key))
        self.retranslate()

    @property
    def key(self) -> str:
        """The key of the item chosen; empty for one that is new."""
        at = self.list.currentRow()
        return self._keys[at] if 0 <= at < len(self._keys) else ""

    def show_items(self, items: list[PlanItem], chosen: str) -> None:
        """Show the items; a new one has no key yet and stands last."""
        self._quiet = True
        self._keys = [item.key for item in items]
        self.list.clear()
        for at, item in enumerate(items):
            first = item.text.strip().split("\n")[0] or _("not written yet")
            self.list.addItem(current().fill("{number}. {text}", number=at + 1, text=first))
        self.list.setCurrentRow(self._keys.index(chosen) if chosen in self._keys else len(items) - 1)
        self._quiet = False
        self._allow()

    def set_locked(self, locked: bool) -> None:
        """Only reading."""
        for button in (self.add, self.up, self.down, self.remove):
            button.setVisible(not locked)

    def retranslate(self) -> None:
        """Set the words."""
        self.list.setAccessibleName(_("Items of this kind"))
        self.add.setText(_("Add another"))
        self.up.set_words(_("Move up"))
        self.down.set_words(_("Move down"))
        self.remove.set_words(_("Remove the item"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "list"):
            self.retranslate()
        super().changeEvent(event)

    def _pick(self, _row: int) -> None:
        self._allow()
        if not self._quiet and self.list.currentRow() >= 0:
            self.picked.emit(self.key)

    def _move(self, step: int) -> None:
        self.moved.emit(self.key, self.list.currentRow() + step)

    def _allow(self) -> None:
        at, kept = self.list.currentRow(), [key for key in self._keys if key]
        self.up.setEnabled(at > 0 and bool(self.key))
        self.down.setEnabled(0 <= at < len(kept) - 1)
        self.remove.setEnabled(bool(self.key))
