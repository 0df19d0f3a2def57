"""Locks when nobody touches keys or mouse for some minutes.

Only windows are watched, not every widget: a key or the mouse reaches the window first, and a page that is
painted sends hundreds of events that are nobody's touch.

Two clocks are asked: the one that nobody sets, and that on the wall, since the first may stand still
while the computer sleeps.  Whichever says that the time is over locks.
"""

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

SHORTEST, LONGEST = 1, 10  # minutes
LOOKED_EACH = 2000  # ms
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """``idle`` once, when so many minutes have passed since the last touch anywhere in the program."""

    idle = Signal()

    def __init__(
        self,
        application: QObject,
        wall: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(application)
        self._wall, self._steady = wall, steady
        self._minutes = 3
        self._timer = QTimer(self, interval=LOOKED_EACH)
        self._timer.timeout.connect(self.look)
        self._following = False
        self.touched()

    def begin(self, minutes: int) -> None:
        """Watch from now on; the minutes are kept within 1 and 10."""
        self.set_minutes(minutes)
        self.touched()
        self._watch()
        if not self._following:
            self._following = True
            _program().focusWindowChanged.connect(self._watch)
        self._timer.start()

    def end(self) -> None:
        """The desk is locked: nothing is to be watched."""
        self._timer.stop()
        if self._following:
            self._following = False
            _program().focusWindowChanged.disconnect(self._watch)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Another number of minutes."""
        self._minutes = min(max(minutes, SHORTEST), LONGEST)

    def touched(self) -> None:
        """Somebody is there."""
        self._at, self._wall_at = self._steady(), self._wall().timestamp()

    def touched_within(self, seconds: float) -> bool:
        """Whether somebody touched keys or mouse just now."""
        return self._steady() - self._at < seconds

    def look(self) -> None:
        """See whether the time is over."""
        self._watch()  # also a menu, which takes the mouse and not the focus
        by_wall = self._wall().timestamp() - self._wall_at
        if max(self._steady() - self._at, by_wall) >= self._minutes * 60:
            self.end()
            self.idle.emit()

    def _watch(self, _window: QWindow | None = None) -> None:
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)  # once for each: Qt only moves it to the front the second time

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and event.spontaneous():
            self.touched()
        return False


def _program() -> QGuiApplication:
    found = QGuiApplication.instance()
    assert isinstance(found, QGuiApplication)
    return found
