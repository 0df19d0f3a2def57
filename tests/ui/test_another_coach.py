"""Another coach unlocks: nothing of the former one's window listens, and nothing of it breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from coachdesk.app import App
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.services import coaches, workshops
from coachdesk.services.desk import Desk
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP

OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def comes(app: App, desk: Desk) -> Callable[[], None]:
    """The coach of the fixtures locks, and another one unlocks."""
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)

    def comes() -> None:
        app.lock()
        app.open(open_desk(app.folder, passphrase=OTHER, clock=app.clock, coach_id=added.id, floor=CHEAP))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    return comes


def test_what_another_coach_does_is_not_told_to_the_former_window(
    app: App, comes: Callable[[], None], qtbot: Any
) -> None:
    for place in ("trainees", "attendance", "settings"):
        app.shell.go(place)
    comes()

    with qtbot.captureExceptions() as raised:
        app.shell.undo.did("Marked", lambda: None)
        for changes in ({"grid_by_person": True}, {"language": "fi"}, {"language": "en"}):
            app.shell.change_settings(**changes)
        app.notices.say("Saved")
        app.shell.removed.emit(99)
        app.shell.go("attendance")

    assert raised == []
    assert app.window.inside is not None and not app.window.inside.undo_bar.isHidden()


def test_a_screen_that_the_former_coach_left_turned_hinders_nobody(
    app: App, comes: Callable[[], None], a_trainee: Callable[..., Trainee], qtbot: Any
) -> None:
    app.shell.go("trainees", trainee_id=a_trainee("Aho", "Aino").id)
    assert app.window.inside is not None
    app.window.inside.turned.turn()
    comes()

    with qtbot.captureExceptions() as raised:
        app.shell.go("trainees")
        app.shell.back()

    assert raised == []
    assert not app.window.inside.turned.on
