"""Planned days (sovitut osallistumispäivät): on which days a person should take part.

Only a planned day can be missed, so planned days decide what an absence is (Kela: absence is a day on
which the service is arranged and the person should have taken part).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.domain.attendance import DayNotHeld
from coachdesk.domain.period import AgreedDay
from coachdesk.domain.workshop import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld:
    """Why nothing is arranged: a public holiday by name, or a reason of not_held_reasons."""

    holiday: str = ""
    reason: str = ""


def days_of(first: date, last: date) -> tuple[date, ...]:
    """The days from the first to the last, both included."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def month_of(day: date) -> tuple[date, ...]:
    """The days of the month that a day is in."""
    first = day.replace(day=1)
    return days_of(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """The Monday before or on the first day, and the Sunday after or on the last."""
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def usual_minutes(agreed: Iterable[AgreedDay], day: date) -> int:
    """The hours of any agreed weekday in force, for a day swapped by agreement; 0 where there is none."""
    for one in agreed:
        if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to):
            return one.minutes
    return 0


def group_on(memberships: Sequence[Membership], day: date) -> int | None:
    """The group that a period is in on a day; of two the later begun."""
    found = None
    for one in memberships:
        if one.begins <= day and (one.ends is None or day <= one.ends):
            found = one if found is None or one.begins >= found.begins else found
    return found.group_id if found else None


def not_held_on(
    day: date,
    workshop_id: int,
    group_id: int | None,
    not_held: Mapping[date, Sequence[DayNotHeld]],
    holidays: Mapping[date, str],
) -> NotHeld | None:
    """Why a workshop's group arranges nothing on a day, or None where the day is held.

    The workshop's own reason goes before the holiday's name.  ``holidays`` maps public holidays to
    their names.
    """
    for one in not_held.get(day, ()):
        if one.workshop_id == workshop_id and one.group_id in (None, group_id):
            return NotHeld(reason=one.reason)
    return NotHeld(holiday=holidays[day]) if day in holidays else None
