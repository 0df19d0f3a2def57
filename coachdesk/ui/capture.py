"""Keeps pictures of the windows from other programs, where the system can: Windows 10 and newer.

Linux has no such wish: under Wayland each picture is asked of the user anyway, under X11 nothing helps.
Not seen running here.
"""

import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

EXCLUDED = 0x11  # WDA_EXCLUDEFROMCAPTURE
_CAN: bool = sys.platform.startswith("win")


class CaptureGuard(QObject):
    """Asks it of every window when it is shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            exclude(int(watched.winId()))
        return False


def forbid_capture(application: QApplication) -> CaptureGuard | None:
    """Begin, where the system can; windows shown already are asked at once."""
    if not _CAN:
        return None
    guard = CaptureGuard(application)
    application.installEventFilter(guard)
    for window in application.topLevelWidgets():
        if window.isVisible():
            exclude(int(window.winId()))
    return guard


def exclude(window: int) -> None:
    """Ask Windows to leave this window out of pictures."""
    import ctypes

    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - there only on Windows
    windll.user32.SetWindowDisplayAffinity(window, EXCLUDED)
