"""A short list to choose a reason from by its first letter: Enter takes or skips, Esc leaves it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coachdesk.domain.codes import codes
from coachdesk.i18n import current
from coachdesk.ui import theme
from coachdesk.ui.attendance.spoken import upper
from coachdesk.ui.widgets.words import label

KEY_ROLE = Qt.ItemDataRole.UserRole


class ReasonList(QFrame):
    """Stands over the window until something is taken or the keys go elsewhere.

    ``at_once``: one letter takes its reason and Enter skips; else a letter chooses and Enter takes.
    """

    def __init__(
        self,
        beside: QWidget,
        title: str,
        list_name: str,
        taken: Callable[[str], object],
        *,
        at_once: bool = False,
        more: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(beside.window())
        self.setObjectName("popup")
        self._back_to, self._taken, self._at_once = beside, taken, at_once
        self._stepped = not at_once
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setProperty("inside", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names = [(code.key, upper(code.name(current().language))) for code in codes(list_name)]
        row = theme.px(36)
        for key, name in (*names, *more):
            item = QListWidgetItem(name)
            item.setData(KEY_ROLE, key)
            self.list.addItem(item)
            size = item.sizeHint()
            size.setHeight(row)
            item.setSizeHint(size)
        self.list.itemClicked.connect(lambda item: self._take(item))
        self.list.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(label(title, "label"))
        box.addWidget(self.list)

    def open_at(self, where: QPoint) -> None:
        """Show at a place of the screen, the whole list inside the window."""
        rows = self.list.count() * self.list.sizeHintForRow(0)
        self.list.setFixedSize(theme.px(300), rows + 2 * self.list.frameWidth() + 6)
        self.adjustSize()
        window = self._back_to.window()
        at = window.mapFromGlobal(where)
        x = min(at.x(), window.width() - self.width() - 8)
        y = min(at.y(), window.height() - self.height() - 8)
        self.move(max(8, x), max(8, y))
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.setCurrentRow(-1 if self._at_once else 0)

    def leave(self) -> None:
        """Go without taking anything."""
        self._go()
        self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._go()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                chosen: QListWidgetItem | None = self.list.currentItem()
                if chosen is not None and self._stepped:
                    self._take(chosen)
                else:
                    self.leave()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._stepped = True
                return False
            case _:
                return self._letter(event.text().casefold())
        return True

    def _letter(self, letter: str) -> bool:
        items = [self.list.item(at) for at in range(self.list.count())]
        found = [item for item in items if letter and item.text().casefold().startswith(letter)]
        if found:
            self._stepped = True
            self.list.setCurrentItem(found[0])
            if self._at_once:
                self._take(found[0])
        return bool(found or letter.strip())

    def _take(self, item: QListWidgetItem) -> None:
        key = item.data(KEY_ROLE)
        self.leave()
        self._taken(key)

    def _go(self) -> None:
        self.hide()
        self.deleteLater()
