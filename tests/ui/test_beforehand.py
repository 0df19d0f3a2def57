"""What is imported behind the door, so that no key press in the open desk waits for it."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from coachdesk.app import App
from coachdesk.ui import beforehand
from coachdesk.ui.jobs import InlineJobs

AFTER = (
    "import json, sys; from coachdesk.ui import beforehand; beforehand.first(); {then}; "
    "print(json.dumps({told}))"
)


def told(then: str, what: str) -> list[str]:
    """What a process of its own tells after ``then``."""
    code = AFTER.format(then=then, told=what)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_every_place_tab_and_daily_form_is_there_before_it_is_asked_for() -> None:
    asked = (
        "from coachdesk.ui.navigation import PLACES; from coachdesk.ui.trainees.page import TABS; "
        "wanted = [place.module for place in PLACES] + [tab.module for tab in TABS if tab.module] + "
        "['trainees.editor', 'plans.editor', 'consents.form', 'appointments.editor']"
    )
    missing = "[name for name in wanted if 'coachdesk.ui.' + name not in sys.modules]"
    assert told(f"beforehand.rest(lambda: True); {asked}", missing) == []


def test_what_only_prints_sends_or_reads_files_is_left_to_whoever_asks_for_it() -> None:
    later = ("reportlab", "httpx", "openpyxl", "pypdfium2", "PIL", "zxingcpp")
    assert told("beforehand.rest(lambda: True)", f"[n for n in {later!r} if n in sys.modules]") == []


def test_every_list_of_codes_is_read_before_it_is_asked_for() -> None:
    unread = "[title for title in titles() if codes(title) is None or codes.cache_info().misses > before]"
    asked = (
        "beforehand.rest(lambda: True); from coachdesk.domain.codes import codes, titles; "
        "before = codes.cache_info().misses"
    )
    assert told(asked, unread) == []


def test_it_stops_with_the_module_in_hand_once_a_desk_is_open() -> None:
    asked = "turns = iter([True]); beforehand.rest(lambda: next(turns, False))"
    names = "[n for n in ('coachdesk.ui.trainees.page', 'coachdesk.ui.plans.screen') if n in sys.modules]"
    assert told(asked, names) == ["coachdesk.ui.trainees.page"]


def test_nothing_is_new_the_second_time() -> None:
    beforehand.rest(lambda: True)
    assert not beforehand.rest(lambda: True)


def test_door_has_it_done_until_a_desk_was_open(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def rest(wanted: Callable[[], bool]) -> bool:
        asked.append(wanted())
        return False

    monkeypatch.setattr(beforehand, "rest", rest)
    door = App(app.application, app.folder, jobs=InlineJobs(), settings=app.settings)
    door._after_paint()
    app._after_paint()
    app.lock()
    app._after_paint()
    assert asked[:2] == [True, False]
    assert True not in asked[1:]
