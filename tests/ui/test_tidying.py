"""The collector destroys no widget on a lane nor within Qt's walk over all widgets."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from coachdesk.ui import tidying
from coachdesk.ui.tidying import Tidying, keep, tidy


class Lost(QWidget):
    """A window that only it itself knows."""

    def __init__(self, told: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.destroyed.connect(
            lambda *_gone: told.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
        )


@pytest.fixture
def owner(qapp):
    found = QObject()
    yield found
    found.deleteLater()


def test_nothing_is_collected_by_itself_while_there_is_a_window(owner):
    gc.enable()
    try:
        Tidying(owner)

        assert not gc.isenabled()
    finally:
        gc.disable()


def test_rubbish_made_on_a_lane_takes_no_window_with_it(owner):
    Tidying(owner)
    told: list[threading.Thread] = []
    Lost(told)

    lane = threading.Thread(target=lambda: [{"circle": []} for _ in range(20 * gc.get_threshold()[0])])
    lane.start()
    lane.join()

    assert told == []
    gc.collect()
    assert told == [threading.current_thread()]


def test_timer_collects_when_there_is_enough(owner, qtbot, monkeypatch):
    monkeypatch.setattr(tidying, "EVERY", 1)
    told: list[threading.Thread] = []
    gc.collect()
    Lost(told)
    kept = [[] for _ in range(50 * gc.get_threshold()[0])]

    Tidying(owner)

    qtbot.waitUntil(lambda: told == [threading.current_thread()], timeout=5000)
    assert kept


def test_collecting_waits_for_a_pause_in_the_typing_but_not_for_ever(owner, monkeypatch):
    collected: list[bool] = []
    monkeypatch.setattr(tidying, "tidy", lambda: collected.append(typing))
    typing = True
    tidies = Tidying(owner, lambda: typing)
    for _time in range(tidying.PATIENCE):
        tidies.look()
    assert collected == []
    tidies.look()
    assert collected == [True]
    tidies.look()
    assert collected == [True]
    typing = False
    tidies.look()
    assert collected == [True, False]


def test_little_rubbish_is_left(qapp):
    gc.collect()
    told: list[threading.Thread] = []
    Lost(told)

    tidy()

    assert told == []
    gc.collect()


def test_what_the_program_is_made_of_is_looked_through_no_more_and_what_comes_after_is() -> None:
    gc.unfreeze()
    try:
        keep()
        kept = gc.get_freeze_count()
        later = [[]]
        later[0].append(later)
        keep()  # as after locking: a desk was open by then

        assert kept > 1000
        assert gc.get_freeze_count() <= kept
        assert any(one is later for one in gc.get_objects())
    finally:
        gc.unfreeze()


def test_modules_that_came_since_are_kept_as_well_where_it_is_asked() -> None:
    gc.unfreeze()
    try:
        keep()
        later = [[]]
        later[0].append(later)
        keep(again=True)

        assert not any(one is later for one in gc.get_objects())
    finally:
        gc.unfreeze()
