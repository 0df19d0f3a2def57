"""The system's own lock, sleep and change of user, heard on a bus of these tests' own."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.ui import system_lock
from coachdesk.ui.system_lock import LOGIN, LOGIN_PATH, MANAGER, PROPERTIES, SAVERS, SESSION, SystemLock

OWN = "/org/freedesktop/login1/session/_31"


class Logind(QDBusVirtualObject):
    """Answers what the session is like now."""

    def __init__(self) -> None:
        super().__init__()
        self.now: dict[str, Any] = {"Active": True, "LockedHint": False}

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() != "Get":
            return False
        answer = message.createReply()
        answer.setArguments([QDBusVariant(self.now[message.arguments()[1]])])
        return bool(connection.send(answer))


class Bus:
    """A bus with somebody on it who speaks as the system does."""

    def __init__(self, address: str) -> None:
        self.hearing = QDBusConnection.connectToBus(address, "hearing")
        self.system = QDBusConnection.connectToBus(address, "system")
        self.logind = Logind()
        assert self.system.registerService(LOGIN)
        assert self.system.registerVirtualObject(OWN, self.logind)

    def say(self, path: str, interface: str, name: str, *words: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(words))
        assert self.system.send(message)

    def change(self, **now: bool) -> None:
        self.logind.now |= now
        self.say(OWN, PROPERTIES, "PropertiesChanged", SESSION, now, [])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    run = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def bus(qapp: QApplication, address: str) -> Iterator[Bus]:
    yield Bus(address)
    for name in ("hearing", "system"):
        QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def lock(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> SystemLock:
    with monkeypatch.context() as patched:
        patched.setattr(system_lock, "ANSWERED_WITHIN", 1)  # who would answer lives in this thread too
        return SystemLock(system=bus.hearing, session=bus.hearing)


@pytest.mark.parametrize(
    "said",
    [
        (LOGIN_PATH, MANAGER, "PrepareForSleep", True),
        (OWN, SESSION, "Lock"),
        *((path, name, "ActiveChanged", True) for name, path in SAVERS),
    ],
)
def test_lock_and_sleep_are_heard(qtbot: QtBot, bus: Bus, lock: SystemLock, said: tuple[str, ...]) -> None:
    assert lock.hears == (True, True)
    with qtbot.waitSignal(lock.locking, timeout=5000):
        bus.say(*said)


@pytest.mark.parametrize("now", [{"Active": False}, {"LockedHint": True}])
def test_another_user_and_a_locked_session_are_heard(
    qtbot: QtBot, bus: Bus, lock: SystemLock, now: dict[str, bool]
) -> None:
    with qtbot.waitSignal(lock.locking, timeout=5000):
        bus.change(**now)


def test_waking_up_and_coming_back_lock_nothing(qtbot: QtBot, bus: Bus, lock: SystemLock) -> None:
    heard: list[int] = []
    lock.locking.connect(lambda: heard.append(1))
    bus.say(LOGIN_PATH, MANAGER, "PrepareForSleep", False)
    bus.change(Active=True)
    for name, path in SAVERS:
        bus.say(path, name, "ActiveChanged", False)
    with qtbot.waitSignal(lock.locking, timeout=5000):
        bus.say(OWN, SESSION, "Lock")  # in the order of sending: nothing before it was heard
    assert heard == [1]


def test_no_bus_is_no_trouble(qapp: QApplication) -> None:
    nowhere = QDBusConnection("nowhere")
    assert SystemLock(system=nowhere, session=nowhere).hears == (False, False)


@pytest.mark.parametrize(
    ("message", "word", "locks"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x8, False),
        (0x02B1, 0x2, True),
        (0x0218, 0x4, True),
        (0x0218, 0x12, False),
    ],
)
def test_messages_of_windows_are_told_apart(message: int, word: int, locks: bool) -> None:
    assert system_lock.SessionMessages.means_locking(message, word) is locks
