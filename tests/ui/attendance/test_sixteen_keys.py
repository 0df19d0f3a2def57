"""The promise of the grid: Ctrl+3, then one key for each of fifteen people; driven in the real window."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.domain.period import Period
from coachdesk.services import attendance
from coachdesk.services.desk import Desk
from coachdesk.settings import Settings
from coachdesk.ui.jobs import Jobs
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.notices import WindowNotices
from coachdesk.ui.shell import Shell

TODAY = date(2026, 12, 15)


@pytest.fixture
def window(desk: Desk, clock: FixedClock, qtbot: QtBot, fifteen: list[Period]) -> Iterator[MainWindow]:
    """The real window over a real desk, saving on its own thread; it shows Trainees."""
    notices = WindowNotices()
    jobs = Jobs(notices)
    shell = Shell(
        desk=desk, jobs=jobs, notices=notices, clock=clock, settings=Settings(theme="light"),
        save_settings=lambda _settings: None,
    )  # fmt: skip
    window = MainWindow(shell)
    qtbot.addWidget(window)
    notices.window = window
    window.show_inside("Mallipaja")
    window.show()
    shell.go("trainees")
    qtbot.waitUntil(window.isVisible)
    window.activateWindow()
    jobs.drain()
    jobs.drain("reading")
    yield window
    jobs.stop()


def press(
    window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the keys go now."""
    QTest.keyClick(QApplication.focusWidget() or window, key, held)
    QApplication.processEvents()


def open_attendance(window: MainWindow) -> None:
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def settle(window: MainWindow) -> None:
    """As locking does: the screen is left, the saving lane drained."""
    window.inside.screen_shown.leave()  # type: ignore[union-attr]
    window.shell.jobs.drain()


def kinds(desk: Desk) -> Counter[str]:
    sheet = attendance.sheet(desk, TODAY)
    return Counter(row.marks[TODAY].kind for row in sheet.rows if TODAY in row.marks)


def test_sixteen_keys_mark_fifteen_people(
    window: MainWindow, desk: Desk, desk_folder: Path, reopen: Callable[..., Desk]
) -> None:
    open_attendance(window)
    for letter in "LLLLSLLLLLLLLLI":
        press(window, Qt.Key(ord(letter)))
    settle(window)
    desk.close()

    again = reopen(desk_folder)

    assert kinds(again) == {"present": 13, "own_illness": 1, "unnotified": 1}
    sheet = attendance.sheet(again, TODAY)
    assert sheet.rows[4].marks[TODAY].kind == "own_illness"
    assert sheet.rows[14].marks[TODAY].kind == "unnotified"


def test_keys_that_come_before_the_month_stands_are_not_lost(window: MainWindow, desk: Desk) -> None:
    window.shell.go("attendance")
    view = window.inside.screen_shown.view  # type: ignore[union-attr]
    for _at in range(3):
        QTest.keyClick(view, Qt.Key.Key_L)
    settle(window)
    assert kinds(desk) == {"present": 3}


def test_all_present_except_two(window: MainWindow, desk: Desk) -> None:
    """Ctrl+3, Shift+L, Ctrl+F hau Enter S, Ctrl+F yli Enter I: fourteen keys."""
    open_attendance(window)
    window.shell.jobs.drain()
    QApplication.processEvents()
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    for name, mark in (("hau", Qt.Key.Key_S), ("yli", Qt.Key.Key_I)):
        press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(QApplication.focusWidget(), name)
        press(window, Qt.Key.Key_Return)
        press(window, mark)
    window.shell.jobs.drain()

    assert kinds(desk) == {"present": 13, "own_illness": 1, "unnotified": 1}
    sheet = attendance.sheet(desk, TODAY)
    assert sheet.rows[4].marks[TODAY].kind == "own_illness"
    assert sheet.rows[14].marks[TODAY].kind == "unnotified"


def test_undo_and_redo_reach_the_desk(window: MainWindow, desk: Desk) -> None:
    open_attendance(window)
    window.shell.jobs.drain()
    QApplication.processEvents()
    for letter in "LSI":
        press(window, Qt.Key(ord(letter)))
    for _at in range(2):
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.shell.jobs.drain()
    assert kinds(desk) == {"present": 1}

    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    window.shell.jobs.drain()
    assert kinds(desk) == {"present": 1, "own_illness": 1}
