"""The window: the door (unlock, first run) or the inside (places); nothing heavy is imported for the door.

``show_door(widget)`` locks: the inside is hidden, its title is gone.  ``show_inside()`` shows it again as
it was, or builds it the first time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from coachdesk.i18n import _
from coachdesk.settings import config_folder
from coachdesk.ui import theme
from coachdesk.ui.shell import Shell

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from coachdesk.ui.inside import Inside

NARROW, WIDE = 900, 1180
TITLE_BAR = 32


def size_class(width: float) -> str:
    """The layout for a width in logical pixels at text size 100: wide, medium or narrow."""
    return "narrow" if width < NARROW else "medium" if width < WIDE else "wide"


class MainWindow(QMainWindow):
    """One window for everything; dialogs stand on it."""

    closing = Signal()
    locking = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.inside: Inside | None = None
        self._root = QStackedWidget()
        self._door: QWidget | None = None
        self._cover: QWidget | None = None
        self.setCentralWidget(self._root)
        self.setMinimumSize(640, 300)
        self.resize(1366, 688)
        self.setWindowTitle("CoachDesk")

    @property
    def size_class(self) -> str:
        """The layout for the window as it is: larger text leaves less room."""
        return size_class(self.width() / theme.look()[1])

    def show_door(self, door: QWidget) -> None:
        """Show the unlock or first-run screen; nothing of the inside is seen."""
        self._drop_door()
        self._door = door
        self._root.addWidget(door)
        self._root.setCurrentWidget(door)
        self._uncover()
        self.setWindowTitle("CoachDesk")

    def cover(self) -> None:
        """Hide the inside at once: the door comes when all is saved, and that may take a while."""
        if self._cover is None:
            self._cover = QWidget(self)
            self._cover.setAutoFillBackground(True)
            self._cover.setGeometry(self.rect())
            self._cover.show()
            self.repaint()

    @property
    def is_covered(self) -> bool:
        """Whether nothing of the window is seen."""
        return self._cover is not None and self._cover.isVisible()

    def _uncover(self) -> None:
        if self._cover is not None:
            self._cover.deleteLater()
            self._cover.hide()
            self._cover = None

    def show_inside(self, workshop: str = "") -> Inside:
        """Show the places: as they were when the same coach comes back."""
        if self.inside is None:
            from coachdesk.ui.inside import Inside

            self.inside = Inside(self.shell)
            self.inside.locking.connect(self.locking)
            self._root.addWidget(self.inside)
            self.inside.fit(self.size_class)
        self._root.setCurrentWidget(self.inside)
        self._uncover()
        self._drop_door()
        self.setWindowTitle(f"CoachDesk – {workshop}" if workshop else "CoachDesk")
        return self.inside

    def forget_typed(self) -> None:
        """Let the door forget what is half typed."""
        leave = getattr(self._door, "leave", None)
        if leave is not None:
            leave()

    def forget_inside(self) -> None:
        """Throw the places away: another coach or another desk comes."""
        if self.inside is not None:
            self._root.removeWidget(self.inside)
            self.inside.end()
            self.inside.deleteLater()
            self.inside = None

    def restore_place_on_screen(self) -> None:
        """Stand where the window stood the last time; ``COACHDESK_HOME`` has its own."""
        from PySide6.QtCore import QByteArray

        kept = self._geometry().value("geometry")
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)
        room, frame = self.screen().availableGeometry(), QSize(0, TITLE_BAR)
        if not room.contains(QRect(self.pos(), self.size() + frame)):  # larger scaling, a smaller screen
            self.move(room.topLeft())
            self.resize(self.size().boundedTo(room.size() - frame))

    def sizeHint(self) -> QSize:
        return QSize(1366, 688)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.inside is not None:
            self.inside.fit(self.size_class)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("CoachDesk"))
        elif event.type() == QEvent.Type.StyleChange and (inside := getattr(self, "inside", None)):
            inside.fit(self.size_class)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._geometry().setValue("geometry", self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)

    def _geometry(self) -> QSettings:
        from PySide6.QtCore import QSettings

        return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)

    def _drop_door(self) -> None:
        if self._door is not None:
            self._root.removeWidget(self._door)
            self._door.deleteLater()
            self._door = None
