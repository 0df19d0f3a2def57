"""Letters in the smallest window with the largest text: nothing is cut or wider than its page."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QScrollArea

from coachdesk.app import App
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services.demo import make_demo
from coachdesk.services.opening import open_desk
from coachdesk.settings import Settings
from coachdesk.ui import theme
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.language import use_language
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.letters import PERSON, paired
from tests.ui import walking


@pytest.fixture(autouse=True)
def light() -> None:
    """The window keeps its large text from test to test."""


@pytest.fixture(scope="module")
def app(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    at = tmp_path_factory.mktemp("letters")
    clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
    make_demo(at / "desk", trainees=6, passphrase=PASSPHRASE, clock=clock, cost=CHEAP, floor=CHEAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACHDESK_HOME", str(at / "home"))
        large = Settings(theme="light", language="en", text_size=150)
        found = App(qapp, at / "desk", clock=clock, settings=large, jobs=InlineJobs())
        found.jobs.notices = found.notices
        found.window.resize(683, 304)
        found.window.show()
        desk = open_desk(at / "desk", passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
        pair = paired(desk, at)
        pair.write("referral", person=PERSON, service="work_tryout", reply_by="2026-12-22")
        pair.write("worker_changed", worker={"name": "Bo Ek"}, from_day="2027-01-01", person=PERSON)
        pair.deliver()
        found.open(desk)
        yield found
        found.close_desk()
        found.window.close()
        shiboken6.delete(found.window)
        use_language(qapp, "en")
        theme.apply(qapp, Settings(theme="light"))


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(("place", "tab"), [("today", None), ("sync", "letters")])
def test_letters_fit_the_smallest_window_with_the_largest_text(
    app: App, language: str, place: str, tab: str | None
) -> None:
    app.shell.change_settings(language=language)
    app.shell.go(place, tab=tab)
    walking.settle(app.window)
    inside = app.window.inside
    assert inside is not None
    if place == "today":
        assert not inside.screens["today"].letters.isHidden()  # type: ignore[attr-defined]
    body = inside.body
    assert isinstance(body, QScrollArea)
    assert walking.too_wide(body) == []
    assert list(walking.cut(app.window, scrolled=True)) == []
