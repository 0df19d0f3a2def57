"""Python's collector, at the window's hours: in the window's own thread, between two events.

A widget in a circle of references is destroyed where the collector happens to run.  On a lane that is the
wrong thread for Qt; within a change of look it is in the middle of Qt's walk over a list of all widgets.
Both end the program.  So nothing is collected by itself while there is a window.

With ten thousand trainees a deep collection takes as long as some key presses: it waits for a pause in the
typing, though not for ever.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds
PATIENCE = 20  # times that it is put off for somebody who types


class Tidying(QObject):
    """Collects once a second, when no event is under way; never by itself, nor while somebody is ``busy``."""

    def __init__(self, parent: QObject, busy: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        gc.disable()
        self._busy, self._put_off = busy, 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)

    def look(self) -> None:
        """Collect, unless somebody is busy and it was put off less often than there is patience."""
        if self._busy() and self._put_off < PATIENCE:
            self._put_off += 1
            return
        self._put_off = 0
        tidy()


def keep(*, again: bool = False) -> None:
    """Look no more at what is there now: modules, which stay as long as the program.

    Done once, ``again`` where more modules came since, and before a desk is open, so that nothing of a desk
    is kept by it.  A hundred thousand such objects hold the window up for a tenth of a second at each deep
    collection.
    """
    if again or not gc.get_freeze_count():
        gc.freeze()


def tidy() -> None:
    """Collect as deep as Python's own counts ask for; outside of any event."""
    young, middle, old = gc.get_count()
    for_young, for_middle, for_old = gc.get_threshold()
    if young > for_young:
        deep = 0 if middle <= for_middle else 1 if old <= for_old else 2
        gc.collect(deep)
