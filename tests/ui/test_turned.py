"""The screen turned to the trainee shows nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel

from coachdesk.app import App
from coachdesk.domain.trainee import Trainee
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import remember_first_run
from tests.ui.test_guard import window_of  # noqa: F401 - a fixture


@pytest.fixture
def app(desk: Desk, window_of: Callable[[Desk], App]) -> App:  # noqa: F811
    remember_first_run(desk, "")
    return window_of(desk)


def words_seen(inside: Any) -> str:
    labels = (label for label in inside.findChildren(QLabel) if label.isVisible())
    return "\n".join(label.text() for label in labels)


def test_only_the_trainee_in_front_is_seen(app: App, a_trainee: Callable[..., Trainee]) -> None:
    front, other = a_trainee("Edessä", "Elli"), a_trainee("Muu", "Matti")
    inside = app.window.inside
    app.shell.go("trainee", trainee_id=front.id)
    QApplication.processEvents()
    inside.show_notice("warn", "Matti Muu was not saved")
    inside.turned.turn()
    for part in (inside.nav, inside.head, inside.health, inside.notice_row):
        assert not part.isVisible()
    assert "Elli Edessä" in words_seen(inside) and "Matti" not in words_seen(inside)
    app.shell.go("trainee", trainee_id=other.id)
    QApplication.processEvents()
    assert "Matti" not in words_seen(inside) and "The screen is turned." in words_seen(inside)
    app.shell.back()
    assert inside.stack.currentWidget() is inside.body
    inside.turned.turn()
    assert inside.nav.isVisible() and inside.head.isVisible() and not inside.turned.strip.isVisible()


def test_from_a_list_nothing_is_seen(app: App, a_trainee: Callable[..., Trainee]) -> None:
    a_trainee("Muu", "Matti")
    app.shell.go("trainees")
    QApplication.processEvents()
    app.window.inside.turned.turn()
    assert "Muu" not in words_seen(app.window.inside)


def test_keys_that_lead_elsewhere_rest_and_come_back(app: App) -> None:
    inside = app.window.inside
    before = {key for key in inside.findChildren(QShortcut) if key.isEnabled()}
    inside.turned.turn()
    awake = {key.key().toString() for key in before if key.isEnabled()}
    assert awake == {"F8", "Ctrl+L"}
    inside.turned.turn()
    assert {key for key in inside.findChildren(QShortcut) if key.isEnabled()} == before


def test_turned_screen_stays_turned_through_a_lock(
    app: App, reopen: Callable[..., Desk], a_trainee: Callable[..., Trainee]
) -> None:
    front = a_trainee("Edessä", "Elli")
    app.shell.go("trainee", trainee_id=front.id)
    app.window.inside.turned.turn()
    app.lock()
    app.open(reopen(app.folder))
    assert app.window.inside.turned.on and not app.window.inside.nav.isVisible()


def test_what_is_told_meanwhile_waits_until_the_screen_is_turned_back(
    app: App, a_trainee: Callable[..., Trainee]
) -> None:
    app.shell.go("trainee", trainee_id=a_trainee("Edessä", "Elli").id)
    QApplication.processEvents()
    inside = app.window.inside
    inside.turned.turn()

    inside.show_notice("warn", "Matti Muu was not saved")
    app.shell.undo.did("Matti Muu: present", lambda: None)
    app.notices.say("Matti Muu: sent")
    inside.screen_shown.show_tab("notes")  # made just now
    QApplication.processEvents()

    assert "Matti" not in words_seen(inside)
    assert not inside.health.isVisible()
    inside.turned.turn()
    assert "Matti Muu was not saved" in words_seen(inside) and inside.health.isVisible()
    assert inside.commands.escape.isEnabled()
