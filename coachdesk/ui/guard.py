"""Keeps a desk from being left open: idle minutes, the system's own lock, what lies on the clipboard."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.settings import Settings
from coachdesk.ui.capture import forbid_capture
from coachdesk.ui.clipboard import clear_own
from coachdesk.ui.idle import IdleWatch
from coachdesk.ui.shell import Shell
from coachdesk.ui.system_lock import SystemLock


class Guard(QObject):
    """``locking`` when the desk is to be locked; made when it is first opened."""

    locking = Signal()

    def __init__(
        self, application: QApplication, shell: Shell, window: QWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application = application
        self.idle = IdleWatch(application, lambda: shell.clock.now())
        self.system = SystemLock(self)
        self.system.watch(window)
        self.capture = forbid_capture(application)
        self.idle.idle.connect(self.locking)
        self.system.locking.connect(self.locking)
        shell.settings_changed.connect(self._follow)

    def begin(self, settings: Settings) -> None:
        """The desk was opened."""
        self.idle.begin(settings.lock_minutes)

    def end(self) -> None:
        """The desk is being locked or closed: menus close, and what we put on the clipboard goes."""
        self.idle.end()
        while (popup := self._application.activePopupWidget()) is not None and popup.close():
            continue
        clear_own()

    def _follow(self, settings: Settings) -> None:
        self.idle.set_minutes(settings.lock_minutes)
