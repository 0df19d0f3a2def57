"""Walks every screen in every language: names, tab order, visible focus, room, words, no identity code."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel

from coachdesk.app import App
from coachdesk.services.demo import make_demo
from coachdesk.settings import Settings
from coachdesk.ui import navigation, theme
from coachdesk.ui.idle import IdleWatch
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.language import use_language
from coachdesk.ui.trainees.page import TABS
from tests.conftest import CHEAP, PASSPHRASE
from tests.ui import walking

VIEWS = [(place.word, "") for place in navigation.PLACES] + [("trainee", tab.word) for tab in TABS]
VIEW = pytest.mark.parametrize(("place", "tab"), VIEWS, ids=["-".join(filter(None, view)) for view in VIEWS])
LANGUAGE = pytest.mark.parametrize("language", ["fi", "sv", "en"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo desk, made once."""
    from datetime import datetime

    from coachdesk.clock import HELSINKI, FixedClock

    folder = tmp_path_factory.mktemp("demo") / "desk"
    at = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
    make_demo(folder, trainees=16, passphrase=PASSPHRASE, clock=at, cost=CHEAP, floor=CHEAP)
    return folder


@pytest.fixture(scope="module")
def app(demo, qapp, tmp_path_factory):
    """The real window over the demo desk, in English and light; each test goes where it wants."""
    from datetime import datetime

    from coachdesk.clock import HELSINKI, FixedClock
    from coachdesk.services.desk import open_desk

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACHDESK_HOME", str(tmp_path_factory.mktemp("home")))
        clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
        settings = Settings(theme="light", language="en")
        found = App(qapp, demo, clock=clock, settings=settings, jobs=InlineJobs())
        found.jobs.notices = found.notices
        found.window.resize(1366, 688)
        found.window.show()
        found.open(open_desk(demo, passphrase=PASSPHRASE, clock=clock, floor=CHEAP))
        yield found
        found.close_desk()
        found.window.close()
        shiboken6.delete(found.window)
        use_language(qapp, "en")
        theme.apply(qapp, Settings(theme="light"))


@pytest.fixture
def see(app):
    """``see("trainee", "notes", "sv")`` shows a screen and gives the window."""

    def see(place: str, tab: str, language: str):
        for watch in app.application.findChildren(IdleWatch):
            watch.touched()  # the walk takes longer than a coach may be away
        app.shell.change_settings(language=language)
        if place == "trainee":
            app.shell.go("trainees", trainee_id=1, tab=tab)
        else:
            app.shell.go(place)
        app.window.activateWindow()
        walking.settle(app.window)
        return app.window

    return see


@VIEW
@LANGUAGE
def test_every_control_has_a_name(see, place, tab, language):
    window = see(place, tab, language)

    nameless = [walking.told(widget) for widget in walking.controls(window) if not walking.name_of(widget)]
    assert nameless == []


@VIEW
def test_every_control_is_reached_by_tab_and_parts_come_in_order(app, see, qapp, place, tab):
    window = see(place, tab, "en")
    inside = app.window.inside
    parts = [inside.nav, inside.head, inside.body, inside.health]

    reached = walking.tab_round(window, inside.nav.buttons["today"])

    missed = [walking.told(widget) for widget in walking.controls(window) if widget not in reached]
    assert missed == []
    order = [next((i for i, part in enumerate(parts) if part.isAncestorOf(stop)), -1) for stop in reached]
    assert order == sorted(order)


@VIEW
@pytest.mark.parametrize("look", ["light", "dark"])
def test_focus_is_seen_on_every_control(app, see, qapp, place, tab, look):
    window = see(place, tab, "fi")
    app.shell.change_settings(theme=look)
    qapp.processEvents()

    unseen = []
    for widget in walking.controls(window):
        widget.clearFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if window.focusWidget() is widget and widget.grab().toImage() == before:
            unseen.append(walking.told(widget))
    app.shell.change_settings(theme="light")
    assert unseen == []


@VIEW
@LANGUAGE
def test_no_word_is_cut_on_a_laptop(see, place, tab, language):
    window = see(place, tab, language)

    assert list(walking.cut(window)) == []


@VIEW
@LANGUAGE
def test_no_page_needs_a_scroll_bar_on_a_laptop(app, see, place, tab, language):
    see(place, tab, language)
    body = app.window.inside.body

    assert walking.too_wide(body) == []
    assert body.verticalScrollBar().maximum() == 0


@VIEW
@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(("width", "height"), [(683, 304), (640, 300), (1000, 600)])
def test_page_is_usable_in_a_small_window_and_at_200_per_cent(
    app, see, qapp, place, tab, language, width, height
):
    app.window.resize(width, height)
    walking.settle(app.window)
    try:
        see(place, tab, language)
        body = app.window.inside.body

        assert (app.window.width(), app.window.height()) == (width, height)
        assert walking.too_wide(body) == []
        assert list(walking.cut(app.window, scrolled=True)) == []
    finally:
        app.window.resize(1366, 688)
        qapp.processEvents()


@pytest.fixture
def largest_text_at_200_per_cent(app, qapp):
    """A laptop's window at 200 %, with the text at its largest."""
    app.window.resize(683, 304)
    app.shell.change_settings(text_size=150)
    walking.settle(app.window)
    yield
    app.shell.change_settings(text_size=100)
    app.window.resize(1366, 688)
    walking.settle(app.window)


@VIEW
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_page_scrolls_only_down_with_the_largest_text_at_200_per_cent(
    app, see, largest_text_at_200_per_cent, place, tab, language
):
    see(place, tab, language)

    assert (app.window.width(), app.window.height()) == (683, 304)
    assert walking.too_wide(app.window.inside.body) == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_sync_without_a_region_says_so_at_once_in_the_smallest_window(
    app, see, largest_text_at_200_per_cent, language
):
    see("sync", "", language)

    screen, page = app.window.inside.screen_shown, app.window.inside.body.viewport()
    sentence = screen.none.findChild(QLabel, "sentence")
    place = QRect(sentence.mapTo(page, QPoint(0, 0)), sentence.size())
    assert sentence.text() and page.rect().contains(place)


@VIEW
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_changes_with_the_language_while_it_is_open(app, see, qapp, place, tab, language):
    window = see(place, tab, "en")
    app.shell.change_settings(language=language)
    qapp.processEvents()

    english = walking.untranslated(language)
    said = walking.words(window)
    left = {(walking.told(widget), where, text) for widget, where, text in said if text in english}
    assert left == set()


@VIEW
@LANGUAGE
def test_no_identity_code_stands_anywhere(see, place, tab, language):
    window = see(place, tab, language)

    found = [
        (walking.told(widget), where)
        for widget, where, text in walking.words(window)
        if walking.CODE.search(text.upper())
    ]
    assert found == []
