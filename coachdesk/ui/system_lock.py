"""Hears when the system locks its screen, goes to sleep or changes its user.

Linux: logind on the system bus (Lock of our session, PrepareForSleep, the session no longer active) and
the desktop's screen saver on the session bus, as each desktop names it.  Windows: the window is told of
its session (WTS) and of suspending by messages; that side was not seen running here.
"""

import os
import sys
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage, QDBusVariant
from PySide6.QtWidgets import QWidget

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
ANSWERED_WITHIN = 500  # ms
SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)


class SystemLock(QObject):
    """``locking`` when the system locks, sleeps or another user comes."""

    locking = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
    ) -> None:
        super().__init__(parent)
        self._messages: SessionMessages | None = None
        if sys.platform == "win32":
            self._messages = SessionMessages(self)
            return
        self._system = system or QDBusConnection.systemBus()
        self._session = session or QDBusConnection.sessionBus()
        self.hears = (self._hear_logind(), self._hear_savers())

    def watch(self, window: QWidget) -> None:
        """Windows tells one window of its session: this one.  Elsewhere the buses have told already."""
        if self._messages is not None:
            self._messages.watch(int(window.winId()))

    def _hear_logind(self) -> bool:
        bus = self._system
        if not bus.isConnected():
            return False
        path = self._own_session()
        told = _slot("_told_sleep")
        heard = bus.connect(LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", self, told)
        bus.connect(LOGIN, path, SESSION, "Lock", self, _slot("_told_lock"))
        bus.connect(LOGIN, path, PROPERTIES, "PropertiesChanged", self, _slot("_told_changed"))
        return bool(heard)

    def _own_session(self) -> str:
        """The object of our login session; any session's where logind does not know one for us."""
        manager = QDBusInterface(LOGIN, LOGIN_PATH, MANAGER, self._system)
        manager.setTimeout(ANSWERED_WITHIN)
        for method, word in (("GetSession", os.environ.get("XDG_SESSION_ID", "")), ("GetSession", "auto")):
            if word:
                answer: Any = manager.call(method, word)
                if answer.type() == QDBusMessage.MessageType.ReplyMessage and answer.arguments():
                    found = answer.arguments()[0]
                    return str(found.path() if hasattr(found, "path") else found)
        return ""

    def _hear_savers(self) -> bool:
        bus, told = self._session, _slot("_told_saver")
        if not bus.isConnected():
            return False
        heard = [bus.connect("", path, name, "ActiveChanged", self, told) for name, path in SAVERS]
        return all(heard)

    @Slot(QDBusMessage)
    def _told_sleep(self, message: QDBusMessage) -> None:
        if message.arguments()[:1] == [True]:
            self.locking.emit()

    @Slot(QDBusMessage)
    def _told_lock(self, _message: QDBusMessage) -> None:
        self.locking.emit()

    @Slot(QDBusMessage)
    def _told_changed(self, message: QDBusMessage) -> None:
        """Something of the session changed: it may no longer be in front, or its screen be locked."""
        if message.arguments()[:1] == [SESSION]:
            self._ask(message.path(), "Active", "_told_active")
            self._ask(message.path(), "LockedHint", "_told_hint")

    def _ask(self, path: str, name: str, told: str) -> None:
        """Ask for a property of the session; what a signal itself carries PySide does not unpack."""
        asked = QDBusMessage.createMethodCall(LOGIN, path, PROPERTIES, "Get")
        asked.setArguments([SESSION, name])
        self._system.callWithCallback(asked, self, _slot(told), ANSWERED_WITHIN)

    @Slot(QDBusMessage)
    def _told_active(self, answer: QDBusMessage) -> None:
        if _value(answer) is False:
            self.locking.emit()

    @Slot(QDBusMessage)
    def _told_hint(self, answer: QDBusMessage) -> None:
        if _value(answer) is True:
            self.locking.emit()

    @Slot(QDBusMessage)
    def _told_saver(self, message: QDBusMessage) -> None:
        if message.arguments()[:1] == [True]:
            self.locking.emit()


def _value(answer: QDBusMessage) -> Any:
    said: list[Any] = answer.arguments()[:1]
    return next((one.variant() if isinstance(one, QDBusVariant) else one for one in said), None)


def _slot(name: str) -> Any:
    return SLOT(f"{name}(QDBusMessage)")  # its stub says text, that of connect says bytes


class SessionMessages(QAbstractNativeEventFilter):
    """Windows tells a window of its session: locked, taken to another user, or going to sleep."""

    CHANGED, POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
    LOCKING = frozenset({0x2, 0x4, 0x6, 0x7})  # console or remote disconnected, logged off, locked
    SUSPENDING = 0x4

    def __init__(self, lock: SystemLock) -> None:
        super().__init__()
        self._lock = lock
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self)

    def watch(self, window: int) -> None:
        """Ask Windows to tell this window of its session."""
        import ctypes

        windll: Any = getattr(ctypes, "windll")  # noqa: B009 - there only on Windows
        windll.wtsapi32.WTSRegisterSessionNotification(window, 0)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            import ctypes.wintypes

            told: Any = ctypes.wintypes.MSG.from_address(int(message))
            if self.means_locking(told.message, told.wParam):
                self._lock.locking.emit()
        return False, 0

    @classmethod
    def means_locking(cls, message: int, word: int) -> bool:
        """Whether a message says that somebody else may look at the screen."""
        return (message == cls.CHANGED and word in cls.LOCKING) or (
            message == cls.POWER and word == cls.SUSPENDING
        )
