"""Service period (jakso, period): on whose behalf, how long, on which days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from coachdesk.domain.codes import Code, codes
from coachdesk.domain.days import months_on
from coachdesk.errors import Refused
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of service; a trainee may be in two at once, each on another's behalf.

    ``granted_days`` counts attended days.  ``used_before`` are days of the same decision used elsewhere.
    """

    id: int = 0
    trainee_id: int
    workshop_id: int
    service_kind: str  # code of service_kinds
    controller: str = ""  # code of bodies: whose register this is
    controller_name: str = ""
    purchaser: str = ""  # code of bodies: who pays
    purchaser_name: str = ""
    ground: str = ""  # code of grounds: statute, decision, agreement
    decision_number: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    granted_days: int | None = None
    granted_to: date | None = None
    used_before: int = 0
    voucher_number: str = ""
    voucher_expires: date | None = None
    begins: date
    ends: date | None = None  # agreed end, last day included
    ended: date | None = None  # the day it really ended
    end_reason: str = ""  # code of end_reasons
    batch_id: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the period is running on that day."""
        last = self.ended or self.ends
        return self.begins <= day and (last is None or day <= last)


WEEK = "agreed_week"  # what an import calls all agreed days of a period together


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDay:
    """An agreed weekday of a period with its hours; amounts may change within the period."""

    id: int = 0
    period_id: int
    weekday: int  # Monday 1 ... Sunday 7
    starts_at: time
    minutes: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something to see, never a bar: ``message`` is a gettext id, ``values`` fill its fields."""

    key: str
    message: str
    values: Mapping[str, object]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a decision or voucher gives and what is used of it; None where it names no number or end."""

    granted: int | None
    used: int
    ends: date | None

    @property
    def left(self) -> int | None:
        """Days left, below zero when more was used."""
        return None if self.granted is None else self.granted - self.used


def checked(period: Period, agreed: Iterable[AgreedDay] = ()) -> Period:
    """The period when its days stand in order.

    Raises:
        Refused: it ends before it begins, or an agreed day is not of a week or of a day's length.
    """
    for name, day in (("ends", period.ends), ("ended", period.ended)):
        if day is not None and day < period.begins:
            raise Refused(N_("The period ends before it begins on {day}."), field=name, day=period.begins)
    if period.granted_days is not None and period.granted_days < 0:
        raise Refused(N_("Granted days are counted from zero."), field="granted_days")
    for part in agreed:
        if not 1 <= part.weekday <= 7 or not 0 < part.minutes <= 24 * 60:
            raise Refused(N_("An agreed day needs a weekday and its hours."), field="agreed")
    return period


def agreed_on(agreed: Iterable[AgreedDay], day: date) -> tuple[AgreedDay, ...]:
    """The agreed weekdays in force on a day, Monday first."""
    found = [a for a in agreed if a.valid_from <= day and (a.valid_to is None or day <= a.valid_to)]
    return tuple(sorted(found, key=lambda a: (a.weekday, a.starts_at)))


def planned(agreed: Iterable[AgreedDay], day: date) -> AgreedDay | None:
    """What is agreed for that very day; a grid asks it for each of its cells."""
    weekday, found = day.isoweekday(), None
    for a in agreed:
        in_force = a.valid_from <= day and (a.valid_to is None or day <= a.valid_to)
        if a.weekday == weekday and in_force and (found is None or a.starts_at < found.starts_at):
            found = a
    return found


def limits_of(service_kind: str, on: date) -> dict[str, Code]:
    """The limits of law that a kind of service has on a day, by key; none for most kinds."""
    law = codes("service_kinds")[service_kind].more.get("limits")
    return {limit.key: limit for limit in codes("limits").on(on) if law and limit.more["law"] == law}


def warnings(period: Period, agreed: Iterable[AgreedDay]) -> tuple[Caution, ...]:
    """What in the period goes over or under the limits of its law; they warn and never block.

    Each change of the agreed days is looked at as a week of its own.  Source: 189/2001 13 §.
    """
    agreed = tuple(agreed)
    found = list(_length(period, limits_of(period.service_kind, period.begins)))
    for day in sorted({max(a.valid_from, period.begins) for a in agreed}):
        limits = limits_of(period.service_kind, day)
        found += [w for w in _week(agreed_on(agreed, day), limits) if w not in found]
    return tuple(found)


def _length(period: Period, limits: Mapping[str, Code]) -> Iterator[Caution]:
    last = period.ended or period.ends
    if last is None or not limits:
        return
    least, most = limits["period_months_min"], limits["period_months_max"]
    after = last + timedelta(days=1)
    if after < months_on(period.begins, least.more["value"]):
        yield _over(least, N_("The period is shorter than {limit} months."))
    if after > months_on(period.begins, most.more["value"]):
        yield _over(most, N_("The period is longer than {limit} months."))


def _week(week: tuple[AgreedDay, ...], limits: Mapping[str, Code]) -> Iterator[Caution]:
    if not limits or not week:
        return
    days = {a.weekday for a in week}
    minutes = [sum(a.minutes for a in week if a.weekday == day) for day in sorted(days)]
    if len(days) > limits["days_per_week_max"].more["value"]:
        message = N_("{count} days a week are agreed. The law allows at most {limit}.")
        yield _over(limits["days_per_week_max"], message, count=len(days))
    if min(minutes) < limits["minutes_per_day_min"].more["value"]:
        yield _over(limits["minutes_per_day_min"], N_("A day is shorter than {limit} hours."), 60)
    if max(minutes) > limits["minutes_per_day_max"].more["value"]:
        yield _over(limits["minutes_per_day_max"], N_("A day is longer than {limit} hours."), 60)
    week_most = limits.get("minutes_per_week_max")
    if week_most and sum(minutes) > week_most.more["value"]:
        yield _over(week_most, N_("The week is longer than {limit} hours."), 60)


def _over(limit: Code, message: str, unit: int = 1, **values: object) -> Caution:
    said = {"limit": limit.more["value"] // unit, **values}
    return Caution(key=limit.key, message=message, values=said, source=limit.source)


SOON_DAYS, SOON_LEFT = 30, 10


def grant(period: Period, attended: int) -> Grant:
    """What is used of the decision: attended days here and those used before."""
    ends = [d for d in (period.granted_to, period.voucher_expires, period.ends) if d is not None]
    return Grant(
        granted=period.granted_days, used=attended + period.used_before, ends=min(ends) if ends else None
    )


def ending(period: Period, attended: int, on: date) -> tuple[Caution, ...]:
    """What of a running period will end soon: granted days, the decision, the voucher, the period."""
    if period.ended is not None and period.ended <= on:
        return ()
    found = []
    left = grant(period, attended).left
    if left is not None and left <= SOON_LEFT:
        message = N_("{used} of {granted} granted days are used.")
        values = {"used": attended + period.used_before, "granted": period.granted_days}
        found.append(Caution(key="granted_days", message=message, values=values))
    for key, day, message in (
        ("granted_to", period.granted_to, N_("The decision ends on {day}.")),
        ("voucher_expires", period.voucher_expires, N_("The voucher ends on {day}.")),
        ("ends", period.ends, N_("The period ends on {day}.")),
    ):
        if day is not None and (day - on).days <= SOON_DAYS:
            found.append(Caution(key=key, message=message, values={"day": day}))
    return tuple(found)
