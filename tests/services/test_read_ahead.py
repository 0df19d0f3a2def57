"""A page read ahead is shown only where reading it anew would find the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.notes import Note
from coachdesk.domain.phases import NextStep
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.trainee_sheets import TraineePage
from coachdesk.domain.workshop import Coach
from coachdesk.errors import ReasonNeeded
from coachdesk.services import coaches, notes, phases, trainees, workshops
from coachdesk.services.desk import Desk
from tests.conftest import CHEAP

GORAN = Trainee(family_name="Lindström", given_names="Göran", goal="Haluan töihin ulos.")
OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def goran(desk: Desk) -> int:
    return trainees.register(desk, GORAN).id


def writes(desk: Desk, do: Callable[[], object]) -> list[str]:
    """The lines of the log that an act leaves."""
    sql = "SELECT act FROM log ORDER BY seq"
    with desk.reading() as unit:
        before = len(list(unit.connection.exec_driver_sql(sql)))
    do()
    with desk.reading() as unit:
        return list(unit.connection.exec_driver_sql(sql).scalars())[before:]


def rows_of(desk: Desk) -> dict[str, int]:
    """How many rows each table has."""
    with desk.reading() as unit:
        run = unit.connection.exec_driver_sql
        names = list(run("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
        return {name: run(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def test_what_was_read_ahead_is_the_page_and_its_opening_is_logged(desk: Desk, goran: int) -> None:
    ahead = trainees.read_ahead(desk, goran)
    found: list[TraineePage] = []

    lines = writes(desk, lambda: found.append(trainees.page(desk, goran, ahead=ahead)))

    assert found[0] is ahead.page
    assert lines == ["trainee.open"]


def test_reading_ahead_is_no_look(desk: Desk, goran: int) -> None:
    assert writes(desk, lambda: trainees.read_ahead(desk, goran)) == []


@pytest.mark.parametrize("look", [trainees.page, trainees.previewed], ids=["page", "card"])
def test_a_look_writes_its_line_and_nothing_else(
    desk: Desk, goran: int, look: Callable[[Desk, int], object]
) -> None:
    trainees.page(desk, goran)  # the person's key is made with the first line
    before, ahead = rows_of(desk), trainees.read_ahead(desk, goran)

    look(desk, goran)

    after = rows_of(desk)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {"log": 1}
    assert ahead.holds(desk, desk.clock.now())  # so what was read before it is not read again


def test_what_was_changed_since_is_read_again(desk: Desk, goran: int) -> None:
    ahead = trainees.read_ahead(desk, goran)
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    notes.add(desk, Note(trainee_id=goran, kind="conversation", at=at, text="Puhuttiin töistä."))

    found = trainees.page(desk, goran, ahead=ahead)

    assert (ahead.page.notes, found.notes) == (0, 1)


def test_what_is_changed_while_it_is_read_is_read_again(
    desk: Desk, goran: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading sees the desk as it was when it began: a change that comes meanwhile is not in it."""
    read = trainees._page

    def slowly(unit, trainee_id):
        found = read(unit, trainee_id)
        phases.set_next_step(desk, goran, "Soita Kelaan")
        return found

    monkeypatch.setattr(trainees, "_page", slowly)
    ahead = trainees.read_ahead(desk, goran)
    monkeypatch.undo()

    found = trainees.page(desk, goran, ahead=ahead)

    assert ahead.page.next_step is None
    assert isinstance(found.next_step, NextStep)


def test_a_page_of_an_hour_ago_is_read_again(desk: Desk, goran: int, clock: FixedClock) -> None:
    """What is said of the hour, as the next appointment, or of the day, as days in a phase, was true then."""
    ahead = trainees.read_ahead(desk, goran)
    now = desk.clock.now()

    assert ahead.holds(desk, now)
    assert not ahead.holds(desk, now + trainees.FRESH)
    assert not ahead.holds(desk, now - timedelta(seconds=1))  # the clock was set back


def test_of_another_coachs_trainee_nothing_is_read_ahead(desk: Desk, goran: int) -> None:
    hers = trainees.register(desk, Trainee(family_name="Borg", given_names="Åsa", responsible_coach_id=1))
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.coach_id = added.id

    with pytest.raises(ReasonNeeded):
        trainees.read_ahead(desk, hers.id)
