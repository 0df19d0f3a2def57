"""A part of a page that is made when it is first shown stands where it would from the beginning.

What is made later is what nobody has asked to see yet: a page opens as fast as what is seen of it.
"""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.app import App
from coachdesk.domain.trainee import Trainee
from coachdesk.services import plans
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


def test_plan_tab_shows_its_list_before_there_is_an_editor(
    app: App, a_trainee: Callable[..., Trainee]
) -> None:
    aino = a_trainee("Aho", "Aino").id
    version = plans.begin(app.shell.desk, aino, "coaching_plan")
    app.shell.go("trainees", trainee_id=aino, tab="plan")
    page = app.window.inside.screen_shown
    tab = page.tab_shown
    tab.leave()
    app.shell.change_settings(language="sv")
    page.fit("narrow")
    assert tab.list.model.rows
    assert tab.made_editor is None
    tab.open_version(version.id)
    assert tab.in_editor
    assert not tab.editor.right.isVisible()  # it is laid out for the window as it is
    page.fit("wide")
    assert tab.editor.right.isVisible()
    assert tab.editor.bar.back.text() == "Alla planer"
    assert_in_order(app, page.bar)


def test_consents_tab_shows_its_list_before_there_is_a_form(
    app: App, a_trainee: Callable[..., Trainee]
) -> None:
    app.shell.go("trainees", trainee_id=a_trainee("Aho", "Aino").id, tab="consents")
    tab = app.window.inside.screen_shown.tab_shown
    tab.leave()
    app.shell.change_settings(language="sv")
    assert tab.made_form is None
    assert not tab.pages
    tab.list_card.others.choose(1)
    assert list(tab.pages) == ["prohibitions"]
    assert tab.right.currentWidget() is tab.pages["prohibitions"]
    tab.new()
    assert tab.in_form
    assert tab.form.record_button.text() == "Anteckna samtycket"
    assert_in_order(app, app.window.inside.screen_shown.bar)


def test_sync_shows_what_leaves_before_its_other_tabs_are_there(app: App) -> None:
    app.shell.go("sync")
    screen = app.window.inside.screen_shown
    app.shell.change_settings(language="sv")
    screen.fit("narrow")
    assert not screen.pages.made
    screen.turn_to("connection")
    assert list(screen.pages.made) == ["connection"]
    assert screen.pages.currentWidget().isAncestorOf(screen.connection)
    screen.turn_to("letters")
    assert screen.letters.table.isColumnHidden(1)  # it is laid out for the window as it is
    assert screen.letters.open_button.text() == "Öppna"
    screen.turn_to("review")
    assert screen.pages.currentWidget() is screen.review


@pytest.mark.parametrize(
    ("screen", "later"),
    [
        ("plans.screen", ("plans.editor", "plans.others_form", "plans.sign_form", "paper")),
        ("sync.screen", ("sync.outbox", "sync.held", "sync.connection", "sync.enrol", "letters.page")),
        ("consents.screen", ("consents.form", "consents.dialogs", "consents.beside", "paper")),
    ],
)
def test_screen_is_imported_without_the_forms_that_it_opens(screen: str, later: tuple[str, ...]) -> None:
    names = [f"coachdesk.ui.{name}" for name in later]
    asked = f"import sys, coachdesk.ui.{screen}; print([name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
