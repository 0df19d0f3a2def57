"""Phases: days in phase, norms, and the one goal that is given: three months from first contact to plan."""

from datetime import date

import pytest

from coachdesk.domain.phases import Opening, PhaseNorm, plan_days, plan_due, plan_is_late, states


@pytest.mark.parametrize(
    ("contact", "due"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2025, 11, 29), date(2026, 2, 28)),
    ],
)
def test_plan_is_due_on_the_same_day_three_months_on(contact: date, due: date) -> None:
    assert plan_due(contact) == due
    assert not plan_is_late(contact, due, date(2030, 1, 1))
    assert plan_is_late(contact, date.fromordinal(due.toordinal() + 1), date(2030, 1, 1))


def test_missing_plan_is_late_after_its_day() -> None:
    assert not plan_is_late(date(2026, 1, 15), None, date(2026, 4, 15))
    assert plan_is_late(date(2026, 1, 15), None, date(2026, 4, 16))
    assert not plan_is_late(None, None, date(2026, 4, 16))
    assert plan_days(date(2026, 1, 15), date(2026, 4, 15)) == 90


def test_states_on_an_earlier_day_know_nothing_of_later_openings() -> None:
    own = [
        Opening(id=1, trainee_id=1, phase=2, opened=date(2026, 1, 1), closed=date(2026, 2, 1)),
        Opening(id=2, trainee_id=1, phase=2, opened=date(2026, 3, 1)),
    ]
    norms = [PhaseNorm(id=1, phase=2, days=20, valid_from=date(2026, 1, 1))]
    assert [states(own, norms, day)[1].state for day in (date(2025, 12, 31), date(2026, 1, 15))] == [
        "not_started",
        "open",
    ]
    assert states(own, norms, date(2026, 2, 15))[1].state == "done"
    now = states(own, norms, date(2026, 3, 31))[1]
    assert (now.days, now.over, len(now.earlier)) == (30, 10, 1)
