"""Python's collector, at the window's hours: in the window's own thread, between two events.

A widget in a circle of references is destroyed where the collector happens to run.  On a lane that is the
wrong thread for Qt; within a change of look it is in the middle of Qt's walk over a list of all widgets.
Both end the program.  So nothing is collected by itself while there is a window.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds


class Tidying(QObject):
    """Collects once a second, when no event is under way; never by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(tidy)
        self._timer.start(EVERY)


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
