"""Limits of law on marked days: too short, too long, too many in a week (189/2001 13 §).

They warn and never block; the numbers stand in the dated codes ``limits``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.domain.attendance import AttendedDay, counts_present
from coachdesk.domain.period import Caution, limits_of
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCaution:
    """A caution that hangs on a marked day; one of a week hangs on the day that went over."""

    day: date
    caution: Caution


def of_marks(
    service_kind: str, marks: Mapping[date, AttendedDay], days: Sequence[date]
) -> tuple[DayCaution, ...]:
    """What the attended days go over or under, for the days given, in their order.

    A day without hours is not judged by them.  Weeks run from Monday to Sunday, and ``marks`` must
    hold the whole weeks that the days are in.
    """
    if not days or not limits_of(service_kind, days[0]):
        return ()
    asked = set(days)
    attended = {day: marks[day] for day in sorted(marks) if counts_present(marks[day].kind)}
    found = [c for day, mark in attended.items() if day in asked for c in _of_day(service_kind, mark)]
    for monday in sorted({day - timedelta(days=day.weekday()) for day in attended}):
        week = [attended[d] for n in range(7) if (d := monday + timedelta(days=n)) in attended]
        found += [c for c in _of_week(service_kind, week) if c.day in asked]
    return tuple(sorted(found, key=lambda c: c.day))


def _of_day(service_kind: str, mark: AttendedDay) -> Iterator[DayCaution]:
    limits = limits_of(service_kind, mark.day)
    least, most = limits.get("minutes_per_day_min"), limits.get("minutes_per_day_max")
    hours = mark.minutes / 60
    if least and 0 < mark.minutes < least.more["value"]:
        yield _caution(
            mark.day,
            least.key,
            N_("{day} {hours} h (at least {limit})"),
            least.more["value"] // 60,
            hours=hours,
        )
    if most and mark.minutes > most.more["value"]:
        yield _caution(
            mark.day, most.key, N_("{day} {hours} h (at most {limit})"), most.more["value"] // 60, hours=hours
        )


def _of_week(service_kind: str, week: Sequence[AttendedDay]) -> Iterator[DayCaution]:
    limits = limits_of(service_kind, week[0].day)
    number = week[0].day.isocalendar().week
    most = limits.get("days_per_week_max")
    if most and len(week) > most.more["value"]:
        over = week[most.more["value"]].day
        yield _caution(
            over, most.key, N_("week {week}: {count} days (at most {limit})"), most.more["value"],
            week=number, count=len(week),
        )  # fmt: skip
    longest = limits.get("minutes_per_week_max")
    total = sum(mark.minutes for mark in week)
    if longest and total > longest.more["value"]:
        yield _caution(
            week[-1].day, longest.key, N_("week {week}: {hours} h (at most {limit})"),
            longest.more["value"] // 60, week=number, hours=total / 60,
        )  # fmt: skip


def _caution(day: date, key: str, message: str, limit: int, **values: object) -> DayCaution:
    return DayCaution(
        day=day, caution=Caution(key=key, message=message, values={"day": day, "limit": limit, **values})
    )
