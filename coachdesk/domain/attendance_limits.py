"""Limits of law on marked days: too short, too long, too many in a week (189/2001 13 §).

They warn and never block; the numbers stand in the dated codes ``limits``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from coachdesk.domain.attendance import AttendedDay, counts_present
from coachdesk.domain.period import Caution, limits_of
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCaution:
    """A caution that hangs on a marked day; one of a week hangs on the day that went over."""

    day: date
    caution: Caution


class _Numbers(NamedTuple):
    """The numbers of a law on a day; 0 where it has none."""

    minutes_per_day_min: int
    minutes_per_day_max: int
    days_per_week_max: int
    minutes_per_week_max: int


@lru_cache(maxsize=4096)
def _numbers(service_kind: str, day: date) -> _Numbers | None:
    limits = limits_of(service_kind, day)
    if not limits:
        return None
    return _Numbers(*(int(limits[key].more["value"]) if key in limits else 0 for key in _Numbers._fields))


def of_marks(
    service_kind: str, marks: Mapping[date, AttendedDay], days: Sequence[date]
) -> tuple[DayCaution, ...]:
    """What the attended days go over or under, for the days given, in their order.

    A day without hours is not judged by them.  Weeks run from Monday to Sunday, and ``marks`` must
    hold the whole weeks that the days are in.  A grid asks this for each of its lines.
    """
    if not days or _numbers(service_kind, days[0]) is None:
        return ()
    found: list[DayCaution] = []
    weeks: dict[int, list[AttendedDay]] = {}
    for day, mark in marks.items():
        if counts_present(mark.kind):
            weeks.setdefault((day.toordinal() - 1) // 7, []).append(mark)
    for week in weeks.values():
        limits = _numbers(service_kind, week[0].day)
        if limits is None:
            continue
        least, most, total = limits.minutes_per_day_min, limits.minutes_per_day_max, 0
        for mark in week:
            total += mark.minutes
            if mark.minutes and not least <= mark.minutes <= most:
                found += _of_day(mark, limits)
        if len(week) > limits.days_per_week_max or total > limits.minutes_per_week_max:
            found += _of_week(week, total, limits)
    first, last = days[0], days[-1]
    return tuple(sorted((one for one in found if first <= one.day <= last), key=lambda one: one.day))


def _of_day(mark: AttendedDay, limits: _Numbers) -> Iterator[DayCaution]:
    hours = mark.minutes / 60
    least, most = limits.minutes_per_day_min, limits.minutes_per_day_max
    if mark.minutes < least:
        said = N_("{day} {hours} h (at least {limit})")
        yield _caution(mark.day, "minutes_per_day_min", said, least // 60, hours=hours)
    elif most and mark.minutes > most:
        said = N_("{day} {hours} h (at most {limit})")
        yield _caution(mark.day, "minutes_per_day_max", said, most // 60, hours=hours)


def _of_week(week: list[AttendedDay], total: int, limits: _Numbers) -> Iterator[DayCaution]:
    most, longest = limits.days_per_week_max, limits.minutes_per_week_max
    if most and len(week) > most:
        week = sorted(week, key=lambda mark: mark.day)
        said = N_("week {week}: {count} days (at most {limit})")
        number = week[0].day.isocalendar().week
        yield _caution(week[most].day, "days_per_week_max", said, most, week=number, count=len(week))
    if longest and total > longest:
        last = max(mark.day for mark in week)
        said = N_("week {week}: {hours} h (at most {limit})")
        number = last.isocalendar().week
        yield _caution(last, "minutes_per_week_max", said, longest // 60, week=number, hours=total / 60)


def _caution(day: date, key: str, message: str, limit: int, **values: object) -> DayCaution:
    return DayCaution(
        day=day, caution=Caution(key=key, message=message, values={"day": day, "limit": limit, **values})
    )
