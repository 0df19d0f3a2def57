"""Walks every screen in every language: names, tab order, visible focus, room, words, no identity code."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QMenu

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


@dataclass(frozen=True)
class Look:
    """How large the window is, how large its text is, and whether it is light."""

    width: int = 1366
    height: int = 688
    text: int = 100
    theme: str = "light"

    def __str__(self) -> str:
        return f"{self.width}x{self.height}-{self.text}-{self.theme}"


LAPTOP, DARK = Look(), Look(theme="dark")
SMALL = (Look(683, 304), Look(640, 300), Look(1000, 600))
LARGEST_TEXT_AT_200_PER_CENT = Look(683, 304, text=150)


def seen(*looks, languages):
    """Each view in each language and look; all tests of the same one follow each other."""
    every = [(*which, *view) for which in product(looks, languages) for view in VIEWS]
    ids = ["-".join(filter(None, (str(look), *rest))) for look, *rest in every]
    return pytest.mark.parametrize("window", every, indirect=True, ids=ids)


@pytest.fixture(autouse=True)
def light():
    """The look is that of the view, not that of each test."""


@pytest.fixture(autouse=True)
def language():
    """The language as well."""


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
    from coachdesk.services.opening import open_desk

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


@pytest.fixture(scope="module")
def wear(app):
    """``wear(look)`` changes what differs from the look before."""

    def wear(look):
        app.shell.change_settings(theme=look.theme, text_size=look.text)
        if (app.window.width(), app.window.height()) != (look.width, look.height):
            app.window.resize(look.width, look.height)

    return wear


@pytest.fixture(scope="module")
def see(app):
    """``see("trainee", "notes", "sv")`` shows a view in a language and gives the window."""

    def see(place, tab, language):
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


@pytest.fixture(scope="module")
def window(wear, see, request):
    """The window with one view in one language and look."""
    look, language, place, tab = request.param
    wear(look)
    found = see(place, tab, language)
    assert (found.width(), found.height()) == (look.width, look.height)
    return found


@seen(LAPTOP, languages=("en", "fi", "sv"))
def test_every_control_has_a_name(window):
    nameless = [walking.told(widget) for widget in walking.controls(window) if not walking.name_of(widget)]

    assert nameless == []


@seen(LAPTOP, languages=("en", "fi", "sv"))
def test_no_word_is_cut_on_a_laptop(window):
    assert list(walking.cut(window)) == []


@seen(LAPTOP, languages=("en", "fi", "sv"))
def test_no_page_needs_a_scroll_bar_on_a_laptop(window):
    body = window.inside.body

    assert walking.too_wide(body) == []
    assert body.verticalScrollBar().maximum() == 0


@seen(LAPTOP, languages=("en", "fi", "sv"))
def test_no_identity_code_stands_anywhere(window):
    found = [
        (walking.told(widget), where)
        for widget, where, text in walking.words(window)
        if walking.CODE.search(text.upper())
    ]

    assert found == []


@seen(*SMALL, languages=("fi", "sv"))
def test_page_is_usable_in_a_small_window_and_at_200_per_cent(window):
    assert walking.too_wide(window.inside.body) == []
    assert list(walking.cut(window, scrolled=True)) == []


@seen(LARGEST_TEXT_AT_200_PER_CENT, languages=("fi", "sv"))
def test_page_scrolls_only_down_with_the_largest_text_at_200_per_cent(window):
    assert walking.too_wide(window.inside.body) == []


@pytest.mark.parametrize(
    "window",
    [(LARGEST_TEXT_AT_200_PER_CENT, language, "sync", "") for language in ("fi", "sv")],
    indirect=True,
    ids=["fi", "sv"],
)
def test_sync_without_a_region_says_so_at_once_in_the_smallest_window(window):
    screen, page = window.inside.screen_shown, window.inside.body.viewport()
    window.inside.body.verticalScrollBar().setValue(0)  # as when it is seen for the first time

    sentence = screen.none.findChild(QLabel, "sentence")
    place = QRect(sentence.mapTo(page, QPoint(0, 0)), sentence.size())
    assert sentence.text() and page.rect().contains(place)


@seen(LAPTOP, languages=("en",))
def test_every_control_is_reached_by_tab_and_parts_come_in_order(window):
    inside = window.inside
    parts = [inside.nav, inside.head, inside.body, inside.health]

    reached = walking.tab_round(window, inside.nav.buttons["today"])

    missed = [walking.told(widget) for widget in walking.controls(window) if widget not in reached]
    assert missed == []
    order = [next((i for i, part in enumerate(parts) if part.isAncestorOf(stop)), -1) for stop in reached]
    assert order == sorted(order)


@seen(LAPTOP, DARK, languages=("fi",))
def test_focus_is_seen_on_every_control(window):
    unseen = []
    for widget in walking.controls(window):
        widget.clearFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if window.focusWidget() is widget and widget.grab().toImage() == before:
            unseen.append(walking.told(widget))

    assert unseen == []


@seen(LAPTOP, languages=("en",))
def test_every_word_changes_with_the_language_while_it_is_open(window, app, qapp):
    left = set()
    for language in ("fi", "sv"):
        app.shell.change_settings(language=language)
        qapp.processEvents()
        english = walking.untranslated(language)
        said = walking.words(window)
        left |= {(walking.told(widget), where, text) for widget, where, text in said if text in english}
    app.shell.change_settings(language="en")

    assert left == set()


def test_no_part_of_a_screen_is_left_without_a_place(app, see):
    """A widget that nobody holds would be a window of its own when it is shown."""
    for place, tab in VIEWS:
        see(place, tab, "fi")

    strays = [
        walking.told(widget) for widget in app.application.topLevelWidgets() if stray(widget, app.window)
    ]
    assert strays == []


def stray(widget, window):
    return widget is not window and widget.parentWidget() is None and not isinstance(widget, QMenu)
