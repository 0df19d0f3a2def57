"""Ctrl+C in the terminal, or the system's wish: the window ends as by its own button, with all saved."""

import os
import signal

from PySide6.QtCore import QCoreApplication, QSocketNotifier

_WISHES = ("SIGINT", "SIGTERM", "SIGHUP")


def end_when_asked(application: QCoreApplication) -> None:
    """Leave the event loop at a signal; one that the process was told to ignore stays ignored.

    Qt's loop runs no Python while nothing happens, so the signal is written into a pipe that Qt watches.
    """
    if os.name == "nt":  # a window has no terminal there
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for name in _WISHES:
        wish = signal.Signals[name]
        if signal.getsignal(wish) is not signal.SIG_IGN:
            signal.signal(wish, lambda _number, _frame: None)
    heard = QSocketNotifier(reading, QSocketNotifier.Type.Read, application)
    heard.activated.connect(lambda: application.exit(0))
