"""A short list to choose a reason from by its first letter: Enter takes or skips, Esc leaves it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coachdesk.domain.codes import codes
from coachdesk.i18n import current
from coachdesk.ui import theme
from coachdesk.ui.attendance.spoken import upper
from coachdesk.ui.widgets import label

KEY_ROLE = Qt.ItemDataRole.UserRole


class ReasonList(QFrame):
    """A pop-up over dated codes.

    ``at_once``: one letter takes its reason (Enter skips); else it chooses it and Enter takes it.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        list_name: str,
        taken: Callable[[str], object],
        *,
        at_once: bool = False,
        more: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._taken, self._at_once = taken, at_once
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setProperty("inside", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, name in (*((c.key, upper(c.name(current().language))) for c in codes(list_name)), *more):
            item = QListWidgetItem(name)
            item.setData(KEY_ROLE, key)
            self.list.addItem(item)
        self.list.itemClicked.connect(lambda item: self._take(item))
        self.list.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(label(title, "label"))
        box.addWidget(self.list)
        row = theme.px(36)
        for at in range(self.list.count()):
            size = self.list.item(at).sizeHint()
            size.setHeight(row)
            self.list.item(at).setSizeHint(size)
        self.list.setFixedSize(theme.px(300), row * self.list.count() + 6)
        if not at_once:
            self.list.setCurrentRow(0)

    def open_at(self, where: QPoint) -> None:
        """Show at a place of the screen, the whole list inside it."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = min(where.x(), room.right() - self.width())
        y = min(where.y(), room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chosen: QListWidgetItem | None = self.list.currentItem()
            if chosen is None:
                self.close()
            else:
                self._take(chosen)
            return True
        letter = event.text().casefold()
        found = [
            item
            for at in range(self.list.count())
            if letter and (item := self.list.item(at)).text().casefold().startswith(letter)
        ]
        if not found:
            return bool(letter.strip())
        self.list.setCurrentItem(found[0])
        if self._at_once:
            self._take(found[0])
        return True

    def _take(self, item: QListWidgetItem) -> None:
        key = item.data(KEY_ROLE)
        self.close()
        self._taken(key)
