"""On Windows the window is told of its session; only Windows itself is stood in for here."""

import ctypes
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QByteArray, QCoreApplication
from PySide6.QtWidgets import QApplication

from coachdesk.app import App
from coachdesk.clock import FixedClock
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import remember_first_run
from coachdesk.settings import Settings
from coachdesk.ui import system_lock
from coachdesk.ui.jobs import InlineJobs

CHANGED, LOCKED, UNLOCKED = 0x02B1, 0x7, 0x8  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, WTS_SESSION_UNLOCK


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What Windows is asked: the window, and whether it is told of all sessions or of its own."""
    found: list[tuple[int, int]] = []
    session = SimpleNamespace(WTSRegisterSessionNotification=lambda *words: found.append(words))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(wtsapi32=session), raising=False)
    monkeypatch.setattr(system_lock, "sys", SimpleNamespace(platform="win32"))
    return found


@pytest.fixture
def app(
    qapp: QApplication,
    desk: Desk,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[tuple[int, int]],
) -> Iterator[App]:
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "home"))
    remember_first_run(desk, "")
    found = App(qapp, desk.folder, clock=clock, settings=Settings(theme="light"), jobs=InlineJobs())
    found.jobs.notices = found.notices
    found.window.show()
    found.open(desk)
    yield found
    found.close_desk()
    assert found.guard is not None and found.guard.system._messages is not None
    QCoreApplication.instance().removeNativeEventFilter(found.guard.system._messages)  # type: ignore[union-attr]
    found.window.close()
    shiboken6.delete(found.window)


def told(app: App, word: int) -> None:
    """A message of Windows, as Qt hands it on."""
    message = wintypes.MSG()
    message.message, message.wParam = CHANGED, word
    assert app.guard is not None and app.guard.system._messages is not None
    app.guard.system._messages.nativeEventFilter(
        QByteArray(b"windows_generic_MSG"), ctypes.addressof(message)
    )


def test_the_window_is_told_of_its_own_session_from_the_first_opening_on(
    app: App, asked: list[tuple[int, int]]
) -> None:
    assert asked == [(int(app.window.winId()), 0)]


def test_a_locked_screen_locks_the_desk_and_a_screen_unlocked_again_does_not(app: App) -> None:
    told(app, UNLOCKED)
    stays = app.shell.is_open
    told(app, LOCKED)

    assert stays
    assert not app.shell.is_open
