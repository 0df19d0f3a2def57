"""A screen: one place of the window, or one tab of the trainee's page.

Usage::

    class FiguresScreen(Screen):
        keys = ((N_("Ctrl+P"), N_("print")),)      # shown by F1 with the window's own keys

        def build(self) -> None:                     # once; make widgets, lay out, connect
            self.save = Button(kind="primary")
            self.word(self.save.setText, N_("Save"))  # set now and at each change of language

        def title(self) -> str:
            return _("Figures")

        def refresh(self) -> None:                   # each time it is shown
            self.shell.jobs.run(lambda: figures(desk), then=self.show_figures, owner=self)

Words that do not change with data are given to ``word``; others are set in ``retranslate`` (call
``super().retranslate()`` first), which only sets text and never reads the store.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from coachdesk.i18n import _
from coachdesk.ui.shell import Shell
from coachdesk.ui.undo import Undoing

FRAME = 32  # px that a title bar takes
TALLEST = 640  # px that a dialog takes by itself


class Spoken:
    """Keeps which message stands where, so that a change of language sets them all again."""

    def word(self, setter: Callable[[str], Any], message: str) -> None:
        """Say ``message`` (an ``N_`` id) through ``setter`` now and after each change of language."""
        self.__dict__.setdefault("_messages", []).append((setter, message))
        setter(_(message))

    def speak(self) -> None:
        """Say all again in the screen's language."""
        for setter, message in self.__dict__.get("_messages", ()):
            setter(_(message))


class Screen(QWidget, Spoken, Undoing):
    """One place of the window; see the module."""

    keys: tuple[tuple[str, str], ...] = ()
    made: ClassVar[int] = 0  # how many were made so far

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Screen.made += 1
        self.shell = shell
        self.setProperty("screen", True)
        self.build()
        self.retranslate()

    def build(self) -> None:
        """Make the widgets; called once."""

    def title(self) -> str:
        """Title of the page."""
        return ""

    def subtitle(self) -> str:
        """Short words beside the title."""
        return ""

    def beside_title(self) -> QWidget | None:
        """What stands beside them in the head of the window; it belongs to the screen."""
        return None

    def retranslate(self) -> None:
        """Set every word again; reads nothing."""
        self.speak()

    def refresh(self) -> None:
        """Load and show; called each time the screen is shown."""

    def look_again(self) -> None:
        """F5: load anew, and whatever else the page can do to be up to date."""
        self.refresh()

    def fit(self, size_class: str) -> None:
        """Lay out for "wide" (1180 px and more), "medium" or "narrow" (less than 900)."""

    def first_focus(self) -> QWidget | None:
        """Where the focus starts: the first task."""
        return None

    def arrive(self, hint: Any) -> None:
        """Take the hint of ``shell.go``; called before ``refresh``."""

    def leave(self) -> None:
        """Called when another place is shown and before locking: keep drafts here."""

    def print_(self) -> None:
        """Ctrl+P."""

    def new(self) -> None:
        """Ctrl+N."""

    def find(self) -> None:  # type: ignore[override]
        """Ctrl+F."""

    def main_action(self) -> None:
        """Ctrl+Enter."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "shell"):
            self.retranslate()
        super().changeEvent(event)


class Dialog(QDialog, Spoken):
    """A dialog that speaks the screen's language; builds like a screen.

    One that ``stays`` waits unseen while the desk is locked and stands there again, caret and all, after.
    """

    stays = False

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent or getattr(shell.notices, "window", None))
        self.shell = shell
        from PySide6.QtGui import QKeySequence, QShortcut

        lock = QShortcut(QKeySequence("Ctrl+L"), self)
        lock.setContext(QtCore.Qt.ShortcutContext.WindowShortcut)
        lock.activated.connect(shell.locking)

    def open(self) -> None:
        if not self._came_too_late():
            super().open()

    def exec(self) -> int:
        return 0 if self._came_too_late() else super().exec()

    def _came_too_late(self) -> bool:
        """Whether it was asked for before a lock and is ready only now: nobody is there to see it."""
        late = self.shell.closing
        if late:
            self.deleteLater()
        return late

    def showEvent(self, event: QShowEvent) -> None:
        """As large as it needs, never larger than the screen: the buttons are always in sight."""
        room = self.screen().availableGeometry().size()
        self.setMaximumSize(room)
        needed = self.sizeHint().boundedTo(QSize(room.width(), TALLEST))  # Qt takes two thirds of the screen
        wanted = self.size().expandedTo(needed)
        self.resize(wanted.boundedTo(QSize(room.width(), room.height() - FRAME)))
        super().showEvent(event)

    def retranslate(self) -> None:
        """Set every word again; reads nothing."""
        self.speak()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "shell"):
            self.retranslate()
        super().changeEvent(event)
