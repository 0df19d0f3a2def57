"""Why a coach sees to another coach's trainee: asked for where it is another's, and for its days only."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach, StandIn
from coachdesk.errors import ReasonNeeded
from coachdesk.services import workshops
from coachdesk.services.desk import Desk
from coachdesk.store import standing_in

TODAY = date(2026, 12, 15)
LEAD = 1


@pytest.fixture
def other(desk: Desk) -> int:
    """A second coach, by id."""
    return workshops.add_coach(desk, Coach(name="Jukka Esimerkki")).id


@pytest.fixture
def hers(a_trainee: Callable[..., Trainee], desk: Desk) -> Trainee:
    return a_trainee(responsible_coach_id=LEAD)


def reason(desk: Desk, coach_id: int, trainee_id: int, *openers: int) -> str:
    with desk.reading() as unit:
        return standing_in.reason(unit, coach_id, frozenset(openers), trainee_id)


def state(desk: Desk, coach_id: int, trainee_id: int, words: str, days: int = 1) -> None:
    with desk.writing() as unit:
        last = unit.on + timedelta(days=days - 1)
        stated = StandIn(
            coach_id=coach_id, trainee_id=trainee_id, reason=words, valid_from=unit.on, valid_to=last
        )
        standing_in.state(unit, stated)
        unit.commit()


def test_no_reason_is_needed_for_the_own_one_or_where_one_coach_opens(
    desk: Desk, other: int, hers: Trainee
) -> None:
    assert reason(desk, LEAD, hers.id, LEAD, other) == ""
    assert reason(desk, other, hers.id, other) == ""


def test_no_reason_is_needed_for_a_trainee_of_nobody(
    desk: Desk, other: int, a_trainee: Callable[..., Trainee]
) -> None:
    assert reason(desk, other, a_trainee("Yksin").id, LEAD, other) == ""


def test_another_coachs_trainee_asks_for_a_reason(desk: Desk, other: int, hers: Trainee) -> None:
    with pytest.raises(ReasonNeeded) as raised:
        reason(desk, other, hers.id, LEAD, other)

    assert raised.value.field == "reason"


def test_a_reason_holds_for_its_days_and_no_longer(
    desk: Desk, clock: FixedClock, other: int, hers: Trainee
) -> None:
    state(desk, other, hers.id, "Aino on lomalla", days=2)

    assert reason(desk, other, hers.id, LEAD, other) == "Aino on lomalla"
    clock.at += timedelta(days=1)
    assert reason(desk, other, hers.id, LEAD, other) == "Aino on lomalla"
    clock.at += timedelta(days=1)
    with pytest.raises(ReasonNeeded):
        reason(desk, other, hers.id, LEAD, other)


def test_a_reason_stated_again_takes_the_place_of_the_first(desk: Desk, other: int, hers: Trainee) -> None:
    state(desk, other, hers.id, "Aino on lomalla")
    state(desk, other, hers.id, "Aino on sairaana", days=7)

    assert reason(desk, other, hers.id, LEAD, other) == "Aino on sairaana"
