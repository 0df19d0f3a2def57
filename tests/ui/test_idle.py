from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.clock import HELSINKI
from coachdesk.ui.idle import IdleWatch


class Times:
    """The wall's clock and the steady one, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = datetime(2026, 12, 15, 9, 0, tzinfo=HELSINKI), 100.0
        self.locked = 0


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def watch(qapp: QApplication, times: Times) -> IdleWatch:
    made = IdleWatch(QObject(qapp), lambda: times.wall, lambda: times.steady)
    made.idle.connect(lambda: setattr(times, "locked", times.locked + 1))
    made.begin(3)
    return made


def test_three_quiet_minutes_lock_once(times: Times, watch: IdleWatch) -> None:
    times.steady += 179
    watch.look()
    assert times.locked == 0
    times.steady += 1
    watch.look()
    watch.end()
    assert times.locked == 1


def test_sleep_counts_by_the_wall(times: Times, watch: IdleWatch) -> None:
    times.wall += timedelta(hours=8)
    watch.look()
    assert times.locked == 1


def test_clock_set_back_keeps_nothing_open(times: Times, watch: IdleWatch) -> None:
    times.wall -= timedelta(days=4000)
    times.steady += 180
    watch.look()
    assert times.locked == 1


def test_change_to_summer_time_locks_nothing(times: Times, watch: IdleWatch) -> None:
    times.wall = datetime(2027, 3, 28, 2, 59, tzinfo=HELSINKI)
    watch.touched()
    times.wall = datetime(2027, 3, 28, 4, 1, tzinfo=HELSINKI)
    watch.look()
    assert times.locked == 0


def test_touch_begins_the_minutes_anew(times: Times, watch: IdleWatch) -> None:
    times.steady += 170
    watch.touched()
    times.steady += 170
    watch.look()
    assert times.locked == 0


def test_last_touch_is_told_for_as_long_as_is_asked(times: Times, watch: IdleWatch) -> None:
    watch.touched()
    times.steady += 0.4
    assert watch.touched_within(0.5)
    times.steady += 0.2
    assert not watch.touched_within(0.5)


def test_event_of_the_program_itself_is_no_touch(times: Times, watch: IdleWatch) -> None:
    times.steady += 180
    QApplication.sendEvent(watch, QEvent(QEvent.Type.KeyPress))
    watch.eventFilter(watch, QEvent(QEvent.Type.MouseMove))
    watch.look()
    assert times.locked == 1


def test_key_and_mouse_in_any_window_are_touches(qapp: QApplication, times: Times, watch: IdleWatch) -> None:
    first, later = QWindow(), QWindow()
    for window in (first, later):  # one made while the desk is open is watched from the next look on
        window.resize(100, 100)
        window.show()
        watch.look()
        times.steady += 170
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
        times.steady += 20
        watch.look()
        assert times.locked == 0
        times.steady += 150
        QTest.keyClick(window, Qt.Key.Key_A)
        times.steady += 30
        watch.look()
        assert times.locked == 0
    times.steady += 160
    watch.look()
    assert times.locked == 1
    for window in (first, later):
        window.destroy()


def test_locked_desk_watches_nothing(qapp: QApplication, times: Times, watch: IdleWatch) -> None:
    window = QWindow()
    window.show()
    watch.look()
    watch.end()
    before = watch._at
    times.steady += 5
    QTest.keyClick(window, Qt.Key.Key_A)
    assert watch._at == before
    window.destroy()


@pytest.mark.parametrize(("asked", "kept"), [(0, 1), (1, 1), (10, 10), (600, 10), (-3, 1)])
def test_minutes_stay_between_one_and_ten(times: Times, watch: IdleWatch, asked: int, kept: int) -> None:
    watch.set_minutes(asked)
    times.steady += kept * 60 - 1
    watch.look()
    assert times.locked == 0
    times.steady += 1
    watch.look()
    assert times.locked == 1
