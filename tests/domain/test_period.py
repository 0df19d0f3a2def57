"""Periods: months, agreed days, limits that warn, what ends soon."""

from dataclasses import replace
from datetime import date, time

import pytest

from coachdesk.domain.days import months_on, years
from coachdesk.domain.period import AgreedDay, Period, ending, planned, warnings

PERIOD = Period(
    trainee_id=1,
    workshop_id=1,
    service_kind="rehabilitative_work_activity",
    begins=date(2026, 1, 1),
    ends=date(2026, 3, 31),
)


def agreed(
    weekday: int, minutes: int = 240, valid_from: date = date(2026, 1, 1), valid_to: date | None = None
) -> AgreedDay:
    return AgreedDay(
        period_id=1,
        weekday=weekday,
        starts_at=time(9),
        minutes=minutes,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 12, 31), 24, date(2028, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, then: date
) -> None:
    assert months_on(day, months) == then


def test_age_grows_on_the_birthday() -> None:
    assert years(date(1985, 12, 15), date(2026, 12, 14)) == 40
    assert years(date(1985, 12, 15), date(2026, 12, 15)) == 41


@pytest.mark.parametrize(
    ("ends", "warned"),
    [
        (date(2026, 3, 30), ["period_months_min"]),
        (date(2026, 3, 31), []),
        (date(2027, 12, 31), []),
        (date(2028, 1, 1), ["period_months_max"]),
        (None, []),
    ],
)
def test_period_of_three_to_24_months_is_within_the_limits(ends: date | None, warned: list[str]) -> None:
    assert [c.key for c in warnings(replace(PERIOD, ends=ends), [agreed(1)])] == warned


def test_five_days_a_week_were_allowed_until_july_2015() -> None:
    week = [agreed(n, valid_from=date(2015, 1, 1)) for n in range(1, 6)]
    old = replace(PERIOD, begins=date(2015, 1, 1), ends=date(2015, 6, 30))
    assert warnings(old, week) == ()
    (caution,) = warnings(replace(PERIOD, begins=date(2015, 7, 1), ends=date(2015, 12, 31)), week)
    assert (caution.key, caution.values["limit"], caution.values["count"]) == ("days_per_week_max", 4, 5)


def test_each_change_of_the_agreed_days_is_a_week_of_its_own() -> None:
    low = [agreed(n, valid_to=date(2026, 1, 31)) for n in (1, 2)]
    high = [agreed(n, 500, valid_from=date(2026, 2, 1)) for n in (1, 2, 3)]
    assert {c.key for c in warnings(PERIOD, low + high)} == {"minutes_per_day_max"}
    assert planned(low + high, date(2026, 2, 4)).minutes == 500
    assert planned(low + high, date(2026, 1, 28)) is None


def test_what_ends_within_thirty_days_is_told() -> None:
    period = replace(
        PERIOD, granted_days=60, granted_to=date(2026, 3, 20), voucher_expires=date(2026, 12, 31)
    )
    assert [c.key for c in ending(period, 49, date(2026, 2, 10))] == []
    assert [c.key for c in ending(period, 50, date(2026, 2, 18))] == ["granted_days", "granted_to"]
    assert [c.key for c in ending(period, 50, date(2026, 3, 1))] == ["granted_days", "granted_to", "ends"]
    assert ending(replace(period, ended=date(2026, 2, 1)), 60, date(2026, 3, 1)) == ()
