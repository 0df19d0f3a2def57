"""A page is seen when its look is logged, and never with another person's words."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.services import coaches, notes, trainees, workshops
from coachdesk.services.desk import Desk
from coachdesk.ui.coaches.reason import ReasonForm
from coachdesk.ui.jobs import Jobs
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.page import TABS, TraineePage
from tests.conftest import CHEAP
from tests.ui import walking

OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def lanes(shell: Shell) -> Iterator[Jobs]:
    found = Jobs(shell.notices)
    shell.jobs = found
    yield found
    found.stop()


@pytest.fixture
def people(desk: Desk) -> tuple[Trainee, Trainee]:
    goals = {"Aino": "Haluan töihin ulos.", "Väinö": "Jag vill lära mig köra truck."}
    first, second = (
        trainees.register(desk, Trainee(family_name="Aho", given_names=name, goal=goal))
        for name, goal in goals.items()
    )
    return first, second


@pytest.fixture
def page(qtbot: QtBot, shell: Shell, people: tuple[Trainee, Trainee], lanes: Jobs) -> TraineePage:
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.resize(1118, 586)
    page.show()
    qtbot.waitExposed(page)
    return page


def open_(page: TraineePage, who: Trainee) -> None:
    page.show_trainee(who.id)
    page.refresh()


def settle(lanes: Jobs) -> None:
    for _time in range(3):
        for lane in ("desk", "reading"):
            lanes.drain(lane)
        QApplication.processEvents()


def seen(page: TraineePage) -> list[str]:
    return [text for _widget, _where, text in walking.words(page)]


def goal_seen(page: TraineePage) -> str:
    """The goal as it stands in sight; empty where it is not shown."""
    lines = page.overview.facts
    shown = lines.isVisibleTo(page) and not page.curtain.closed
    return lines.lines[0].text if shown and lines.lines else ""


def test_a_page_that_is_read_at_once_is_seen_at_once(
    page: TraineePage, people: tuple[Trainee, Trainee], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coachdesk.ui.trainees.page.BLINK", 30)  # a busy computer reads it late
    open_(page, people[0])

    assert goal_seen(page) == "”Haluan töihin ulos.”"
    assert page.updatesEnabled()


def test_while_its_look_is_not_logged_a_page_is_laid_out_and_not_painted(
    page: TraineePage, people: tuple[Trainee, Trainee], lanes: Jobs, desk: Desk, qtbot: QtBot
) -> None:
    laid_out, on_disk = threading.Event(), threading.Event()

    def slowly(early):
        def told(sheet):
            early(sheet)
            laid_out.set()
            on_disk.wait(10)  # the line of the log on its way

        return trainees.page(desk, people[0].id, told)

    page.show_trainee(people[0].id)
    lanes.run(slowly, then=page._seen, early=page._lay_out, owner=page)
    qtbot.waitUntil(lambda: page.sheet is not None)
    painted = page.updatesEnabled()
    on_disk.set()
    lanes.drain()

    assert laid_out.is_set()
    assert not painted
    assert page.updatesEnabled()
    assert goal_seen(page) == "”Haluan töihin ulos.”"


def test_a_page_that_was_read_for_the_card_is_not_read_again(
    page: TraineePage, people: tuple[Trainee, Trainee], lanes: Jobs, desk: Desk, shell: Shell
) -> None:
    ahead = trainees.read_ahead(desk, people[0].id)
    shell.ahead.keep(ahead)

    open_(page, people[0])
    settle(lanes)

    assert page.sheet is ahead.page
    assert goal_seen(page) == "”Haluan töihin ulos.”"
    assert shell.ahead.take(people[0].id) is None


def test_a_page_read_for_the_card_is_forgotten_with_the_person_and_at_the_lock(
    people: tuple[Trainee, Trainee], desk: Desk, shell: Shell
) -> None:
    first, second = people
    shell.ahead.keep(trainees.read_ahead(desk, first.id))
    assert shell.ahead.take(second.id) is None
    shell.removed.emit(first.id)
    gone = shell.ahead.take(first.id)
    shell.ahead.keep(trainees.read_ahead(desk, first.id))
    shell.keeping.emit()

    assert (gone, shell.ahead.take(first.id)) == (None, None)


def test_while_another_person_is_read_long_nobody_is_on_the_page(
    page: TraineePage, people: tuple[Trainee, Trainee], lanes: Jobs, qtbot: QtBot
) -> None:
    first, second = people
    open_(page, first)
    hindrance = threading.Event()
    lanes.run(hindrance.wait)

    open_(page, second)
    before = goal_seen(page)
    qtbot.waitUntil(lambda: not page.curtain.closed)
    meanwhile = goal_seen(page)
    hindrance.set()
    lanes.drain()

    assert (before, meanwhile) == ("", "")
    assert goal_seen(page) == "”Jag vill lära mig köra truck.”"


def test_a_page_that_needs_a_reason_stays_empty_until_there_is_one(
    page: TraineePage, people: tuple[Trainee, Trainee], lanes: Jobs, desk: Desk
) -> None:
    mine = people[0]
    hers = trainees.register(desk, Trainee(family_name="Borg", given_names="Åsa", responsible_coach_id=1))
    open_(page, mine)
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.coach_id = added.id

    open_(page, hers)
    lanes.drain()

    assert page.sheet is None
    assert goal_seen(page) == ""
    assert not page.stack.isVisibleTo(page)
    (form,) = page.window().findChildren(ReasonForm)
    form.close()


@pytest.mark.parametrize("tab", [tab.word for tab in TABS[1:]])
@pytest.mark.parametrize("directly", [False, True], ids=["tab later", "tab at once"])
def test_a_tab_never_shows_another_persons_words(
    page: TraineePage,
    people: tuple[Trainee, Trainee],
    lanes: Jobs,
    desk: Desk,
    qtbot: QtBot,
    tab: str,
    directly: bool,
) -> None:
    first, second = people
    own = "Aino puhui äidistään."
    notes.add(
        desk,
        Note(trainee_id=first.id, kind="conversation", at=datetime(2026, 12, 1, 9, tzinfo=UTC), text=own),
    )
    for lane in ("desk", "reading"):
        lanes.drain(lane)
    page.show_trainee(first.id, tab)
    page.refresh()
    settle(lanes)
    hers = set(seen(page))
    page.show_trainee(second.id, tab if directly else "overview")
    page.refresh()
    settle(lanes)
    his = set(seen(page))
    page.show_trainee(first.id, tab)
    page.refresh()
    settle(lanes)

    hindrance = threading.Event()
    if not directly:
        page.show_trainee(second.id, "overview")
        page.refresh()
        settle(lanes)
        lanes.run(hindrance.wait)
    lanes.run(hindrance.wait, lane="reading")
    page.show_trainee(second.id, tab)
    if directly:
        page.refresh()
        lanes.drain()
    painted = set() if page.curtain.closed else set(seen(page))
    qtbot.waitUntil(lambda: not page.curtain.closed)
    later = set(seen(page))
    hindrance.set()
    settle(lanes)

    after = set(seen(page))
    assert ((painted | later) & hers) - after - his == set()
    assert page.sheet is not None and page.stack.isVisibleTo(page)
