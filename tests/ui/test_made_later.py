"""A part of a page that is made when it is first shown stands where it would from the beginning."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.app import App
from coachdesk.domain.trainee import Trainee
from coachdesk.ui.settings.screen import SECTIONS
from tests.ui import walking


def assert_in_order(app: App, first: QWidget) -> None:
    """Tab goes through the page, and to the health line after all of it."""
    QApplication.processEvents()
    inside = app.window.inside
    assert inside is not None
    reached = walking.tab_round(app.window, first)
    parts = [inside.body, inside.health, inside.nav, inside.head]
    order = [next(i for i, part in enumerate(parts) if part.isAncestorOf(stop)) for stop in reached]
    assert order == sorted(order) and order.count(0) > 1 and order.count(1)


def test_health_line_comes_after_a_section_of_the_settings_made_later(app: App) -> None:
    app.shell.go("settings")
    screen = app.window.inside.screen_shown
    for name in ("KeysSection", "RegionSection"):
        screen.list.setCurrentRow([one.__name__ for one in SECTIONS].index(name))
        assert_in_order(app, screen.list)


def test_health_line_comes_after_a_tab_made_later(app: App, a_trainee: Callable[..., Trainee]) -> None:
    app.shell.go("trainees", trainee_id=a_trainee("Aho", "Aino").id)
    page = app.window.inside.screen_shown
    for word in ("notes", "plan"):
        page.show_tab(word)
        assert_in_order(app, page.bar)
