"""Service periods: begun, edited, ended; what warns and what is used."""

from dataclasses import replace
from datetime import date, time

import pytest

from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import periods, trainees
from coachdesk.services.desk import Desk


def day(weekday: int, minutes: int = 300, valid_from: date = date(2026, 7, 13)) -> AgreedDay:
    return AgreedDay(period_id=0, weekday=weekday, starts_at=time(9), minutes=minutes, valid_from=valid_from)


@pytest.fixture
def period(desk: Desk) -> Period:
    person = trainees.register(desk, Trainee(family_name="Mäkelä", given_names="Säde"))
    return Period(
        trainee_id=person.id,
        workshop_id=1,
        service_kind="rehabilitative_work_activity",
        controller="wellbeing_area_ostrobothnia",
        purchaser="wellbeing_area_ostrobothnia",
        ground="service_decision",
        decision_number="12/2026",
        granted_days=60,
        begins=date(2026, 7, 13),
        ends=date(2027, 1, 12),
    )


def test_period_is_kept_with_its_agreed_days(desk: Desk, period: Period) -> None:
    kept = periods.add(desk, period, agreed=[day(1), day(2), day(4)])
    (found,) = periods.of_trainee(desk, period.trainee_id)
    assert found.period == kept
    assert [a.weekday for a in found.agreed] == [1, 2, 4]
    assert periods.cautions(desk, kept.id) == () or all(
        c.key == "ends" for c in periods.cautions(desk, kept.id)
    )


def test_limits_of_law_warn_and_never_block(desk: Desk, period: Period) -> None:
    kept = periods.add(
        desk,
        replace(period, ends=date(2026, 9, 1)),
        agreed=[*(day(n, 540) for n in range(1, 5)), day(5, 180)],
    )
    keys = {caution.key for caution in periods.cautions(desk, kept.id)}
    assert {
        "period_months_min",
        "days_per_week_max",
        "minutes_per_day_min",
        "minutes_per_day_max",
        "minutes_per_week_max",
    } <= keys


def test_other_services_have_no_such_limits(desk: Desk, period: Period) -> None:
    kept = periods.add(
        desk, replace(period, service_kind="work_tryout"), agreed=[day(n) for n in range(1, 6)]
    )
    assert {c.key for c in periods.cautions(desk, kept.id)} <= {"ends"}


def test_period_that_ends_before_it_begins_is_refused(desk: Desk, period: Period) -> None:
    with pytest.raises(Refused) as caught:
        periods.add(desk, replace(period, ends=date(2026, 7, 12)))
    assert caught.value.field == "ends"


def test_edit_returns_what_undo_needs(desk: Desk, period: Period) -> None:
    kept = periods.add(desk, period, agreed=[day(1)])
    before = periods.edit(desk, replace(kept, granted_days=80), agreed=[day(2), day(3)])
    periods.edit(desk, before.period, agreed=before.agreed)
    (found,) = periods.of_trainee(desk, period.trainee_id)
    assert found.period == kept
    assert [a.weekday for a in found.agreed] == [1]


def test_ended_period_covers_nothing_after_its_end(desk: Desk, period: Period) -> None:
    kept = periods.add(desk, period)
    periods.end(desk, kept.id, day=date(2026, 11, 30), reason="employed")
    (found,) = periods.of_trainee(desk, period.trainee_id)
    assert found.period.covers(date(2026, 11, 30)) and not found.period.covers(date(2026, 12, 1))


def test_used_days_count_those_used_before(desk: Desk, period: Period) -> None:
    kept = periods.add(desk, replace(period, used_before=55))
    found = periods.used(desk, kept.id)
    assert (found.used, found.granted, found.left, found.ends) == (55, 60, 5, date(2027, 1, 12))
    assert "granted_days" in {c.key for c in periods.cautions(desk, kept.id)}


def test_period_moves_from_group_to_group_on_a_day(desk: Desk, period: Period) -> None:
    from coachdesk.services import workshops

    one, two = workshops.add_group(desk, 1, "Puu"), workshops.add_group(desk, 1, "Metalli")
    kept = periods.add(desk, period, group_id=one.id)
    periods.join_group(desk, kept.id, two.id, day=date(2026, 10, 1))
    (found,) = periods.of_trainee(desk, period.trainee_id)
    assert [(m.group_id, m.begins, m.ends) for m in found.memberships] == [
        (one.id, date(2026, 7, 13), date(2026, 9, 30)),
        (two.id, date(2026, 10, 1), date(2027, 1, 12)),
    ]


def test_two_periods_may_run_at_once_on_others_behalf(desk: Desk, period: Period) -> None:
    periods.add(desk, period)
    periods.add(desk, replace(period, controller="employment_area_ostrobothnia", service_kind="work_tryout"))
    assert len(periods.of_trainee(desk, period.trainee_id)) == 2


def test_places_in_groups_come_back_as_they_were(desk: Desk, period: Period) -> None:
    from coachdesk.services import workshops

    one, two = workshops.add_group(desk, 1, "Puu"), workshops.add_group(desk, 1, "Metalli")
    kept = periods.add(desk, period, group_id=one.id)
    before = periods.join_group(desk, kept.id, two.id, day=date(2026, 10, 1))
    periods.put_places(desk, kept.id, before)
    (found,) = periods.of_trainee(desk, period.trainee_id)
    assert [(m.group_id, m.begins, m.ends) for m in found.memberships] == [
        (m.group_id, m.begins, m.ends) for m in before
    ]
