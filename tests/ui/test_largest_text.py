"""The largest text in the smallest window: what is cut nowhere else is not cut here either."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from coachdesk.app import App
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services.demo import make_demo
from coachdesk.services.opening import open_desk
from coachdesk.settings import Settings
from coachdesk.ui import theme
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.language import use_language
from coachdesk.ui.settings.screen import SECTIONS
from coachdesk.ui.trainees.page import TABS
from tests.conftest import CHEAP, PASSPHRASE
from tests.ui import walking

PLACES = ("today", "trainees", "attendance", "reports")
NOW = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)
LARGEST = Settings(theme="light", language="en", text_size=150)


@pytest.fixture(autouse=True)
def light() -> None:
    """The window keeps its large text from test to test."""


@pytest.fixture(scope="module")
def app(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder, clock = tmp_path_factory.mktemp("demo") / "desk", FixedClock(NOW)
    make_demo(folder, trainees=6, passphrase=PASSPHRASE, clock=clock, cost=CHEAP, floor=CHEAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACHDESK_HOME", str(tmp_path_factory.mktemp("home")))
        found = App(qapp, folder, clock=clock, settings=LARGEST, jobs=InlineJobs())
        found.jobs.notices = found.notices
        found.window.resize(683, 304)
        found.window.show()
        found.open(open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP))
        yield found
        found.close_desk()
        found.window.close()
        shiboken6.delete(found.window)
        use_language(qapp, "en")
        theme.apply(qapp, Settings(theme="light"))


@pytest.fixture(scope="module", params=["fi", "sv"])
def see(app: App, request: pytest.FixtureRequest) -> Callable[[str, str], QScrollArea]:
    """``see("settings", "LogSection")`` shows a view and gives what scrolls in it."""
    app.shell.change_settings(language=request.param)

    def see(place: str, part: str) -> QScrollArea:
        inside = app.window.inside
        assert inside is not None
        app.shell.undo.clear()
        if place == "trainee":
            app.shell.go("trainees", trainee_id=1, tab=part)
        else:
            app.shell.go(place, hint=part or None)
        walking.settle(app.window)
        assert (app.window.width(), app.window.height()) == (683, 304)
        body: QWidget = inside.body
        if part in SECTION_NAMES:
            body = inside.screens["settings"].stack.currentWidget()  # type: ignore[attr-defined]
        assert isinstance(body, QScrollArea)
        return body

    return see


SECTION_NAMES = tuple(section.__name__ for section in SECTIONS)
VIEWS = (
    *((place, "") for place in PLACES),
    *(("settings", name) for name in SECTION_NAMES),
    *(("trainee", tab.word) for tab in TABS),
)


@pytest.mark.parametrize(
    ("place", "part"), VIEWS, ids=[f"{place}-{part}".strip("-") for place, part in VIEWS]
)
def test_no_word_is_cut_and_nothing_is_wider_than_its_page(
    app: App, see: Callable[[str, str], QScrollArea], place: str, part: str
) -> None:
    body = see(place, part)

    assert walking.too_wide(body) == []
    assert list(walking.cut(app.window, scrolled=True)) == []
    assert list(walking.cut_choices(app.window)) == []
