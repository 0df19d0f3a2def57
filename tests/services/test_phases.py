"""Phases: open beside others, closed, re-entered; norms, next step."""

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import phases, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import workshops


@pytest.fixture
def person(desk: Desk) -> int:
    return trainees.register(desk, Trainee(family_name="Mäkelä", given_names="Säde")).id


def test_phases_may_be_open_beside_each_other(desk: Desk, person: int) -> None:
    phases.open_phase(desk, person, 2, opened=date(2026, 7, 25))
    phases.open_phase(desk, person, 3, opened=date(2026, 8, 4))
    states = phases.states(desk, person)
    assert [s.state for s in states] == ["not_started", "open", "open", "not_started", "not_started"]
    assert [s.days for s in states] == [0, 143, 133, 0, 0]


def test_reentered_phase_counts_only_the_opening_now_open(desk: Desk, person: int) -> None:
    first = phases.open_phase(desk, person, 3, opened=date(2026, 1, 1))
    phases.close_phase(desk, first.id, closed=date(2026, 3, 1))
    phases.open_phase(desk, person, 3, opened=date(2026, 12, 5), reason="työ päättyi")
    state = phases.states(desk, person)[2]
    assert (state.state, state.days, len(state.earlier)) == ("open", 10, 1)
    assert state.earlier[0].days(date(2026, 12, 15)) == 59


@pytest.mark.parametrize("reason", ["", "  "])
def test_phase_is_not_entered_again_without_a_reason(desk: Desk, person: int, reason: str) -> None:
    first = phases.open_phase(desk, person, 3, opened=date(2026, 1, 1))
    phases.close_phase(desk, first.id, closed=date(2026, 3, 1))

    with pytest.raises(Refused) as refused:
        phases.open_phase(desk, person, 3, opened=date(2026, 12, 5), reason=reason)

    assert refused.value.field == "reason"
    assert len(phases.openings(desk, person)) == 1


def test_open_phase_is_not_opened_twice_and_no_day_to_come_is_taken(desk: Desk, person: int) -> None:
    phases.open_phase(desk, person, 1, opened=date(2026, 12, 1))
    with pytest.raises(Refused):
        phases.open_phase(desk, person, 1)
    with pytest.raises(Refused):
        phases.open_phase(desk, person, 2, opened=date(2026, 12, 16))


def test_norm_holds_from_its_day_on(desk: Desk, person: int) -> None:
    phases.open_phase(desk, person, 3, opened=date(2026, 8, 4))
    assert phases.states(desk, person)[2].over == 0
    phases.set_norm(desk, 3, 90, valid_from=date(2026, 1, 1))
    phases.set_norm(desk, 3, 30, valid_from=date(2027, 1, 1))
    state = phases.states(desk, person)[2]
    assert (state.norm, state.over) == (90, 43)
    phases.set_norm(desk, 3, None, valid_from=date(2026, 12, 1))
    assert phases.states(desk, person)[2].norm is None


def test_closing_can_be_taken_back_by_a_new_act(desk: Desk, person: int) -> None:
    opening = phases.open_phase(desk, person, 1, opened=date(2026, 12, 1))
    before = phases.close_phase(desk, opening.id)
    phases.edit_opening(desk, before)
    assert phases.openings(desk, person) == (opening,)


def test_next_step_is_one_and_leaves_when_done(desk: Desk, person: int) -> None:
    phases.set_next_step(desk, person, "Soita puutarhalle", due=date(2026, 12, 17))
    step = phases.set_next_step(desk, person, "Tutustumiskäynti", due=date(2026, 12, 18))
    assert phases.next_step(desk, person) == step
    before = phases.edit_next_step(desk, replace(step, done=date(2026, 12, 15)))
    assert phases.next_step(desk, person) is None
    phases.edit_next_step(desk, before)
    assert phases.next_step(desk, person) == step


def test_only_a_lead_coach_sets_a_norm(desk: Desk) -> None:
    with desk.writing() as unit:
        workshops.COACHES.put(unit, replace(workshops.COACHES.get(unit, 1), role="coach"))
        unit.commit()

    with pytest.raises(Refused, match="Only the lead coach"):
        phases.set_norm(desk, 3, 90)
