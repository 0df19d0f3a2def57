"""Attended day (läsnäolopäivä, närvarodag): its kinds, keys and the rules of marking one.

What each kind means for benefit, expense allowance and invoice stands in the dated codes
``attendance_kinds``; nothing of it is repeated here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from coachdesk.domain.codes import Code, codes
from coachdesk.errors import Refused
from coachdesk.i18n import N_

LONGEST_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendedDay:
    """A mark for one person on one day of one period; ``kind`` is a code of attendance_kinds."""

    period_id: int
    day: date
    trainee_id: int
    kind: str
    minutes: int = 0
    reason: str = ""  # code of absence_reasons, for other notified absence
    certificate_seen: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecorded:
    """A day was marked, marked anew or cleared: what stood there and what stands there now."""

    before: AttendedDay | None
    after: AttendedDay | None
    swap: bool = False  # the day was not planned: taken as an agreed swap

    @property
    def inverse(self) -> "DayRecorded":
        """The change that puts the former state back."""
        return DayRecorded(before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNotHeld:
    """A day on which the workshop or one of its groups arranges nothing."""

    id: int = 0
    workshop_id: int
    group_id: int | None = None
    day: date
    reason: str  # code of not_held_reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceReport:
    """What was told to the payer of a two-week span: made, sent, or nothing to report."""

    id: int = 0
    trainee_id: int
    payer: str
    begins: date
    ends: date
    state: str  # made, sent, nothing
    at: datetime


@cache
def kind_of(key: str) -> Code:
    """The code of a kind; an unknown key counts as nothing: neither present, absent nor paid."""
    return codes("attendance_kinds")[key]


@cache
def keys_of_kinds() -> Mapping[str, str]:
    """From each key of the keyboard, digits and the small letters of both languages, to its kind."""
    found: dict[str, str] = {}
    for code in codes("attendance_kinds"):
        for key in (code.more["digit"], code.more["letter_fi"], code.more["letter_sv"]):
            found[key.casefold()] = code.key
    return found


def letter_of(kind: str, language: str) -> str:
    """The letter that stands for a kind in a language's grid; a kind of no letter has a dash."""
    found = str(kind_of(kind).more.get("letter_sv" if language == "sv" else "letter_fi", "?"))
    return "–" if found == "0" else found


@cache
def counts_present(kind: str) -> bool:
    """Whether the day is an attended day."""
    return bool(kind_of(kind).more.get("attended"))


@cache
def is_absence(kind: str) -> bool:
    """Whether the day is told to the payer as an absence."""
    return bool(kind_of(kind).more.get("absence"))


@cache
def asks_certificate(kind: str) -> bool:
    """Whether the payer is told if a certificate was seen."""
    return bool(kind_of(kind).more.get("certificate"))


@cache
def may_be_future(kind: str) -> bool:
    """Whether the kind may be marked before its day."""
    return bool(kind_of(kind).more.get("future"))


def refuse_outside(begins: date, last: date | None, day: date) -> None:
    """Only a day of the period may be marked, its first and last day included.

    Raises:
        Refused: the day is outside.
    """
    if day < begins or (last is not None and day > last):
        raise Refused(N_("The day {day} is outside the period."), field="day", day=day)


def refuse_kind(kind: str, day: date, on: date) -> None:
    """A day still to come takes only what can be agreed beforehand.

    Raises:
        Refused: the kind is unknown, or the day is still to come.
    """
    if kind not in codes("attendance_kinds"):
        raise Refused(N_("There is no attendance kind “{kind}”."), field="kind", kind=kind)
    if day > on and not may_be_future(kind):
        raise Refused(
            N_("{day} is still to come. Only an agreed day off or “not arranged” can be marked beforehand."),
            field="day",
            day=day,
        )


def marked(
    *,
    period_id: int,
    trainee_id: int,
    day: date,
    kind: str,
    planned_minutes: int,
    minutes: int | None = None,
    reason: str = "",
    certificate_seen: bool = False,
    word: str = "",
) -> AttendedDay:
    """The mark as it is kept: a present person stays the planned hours unless others are given.

    Raises:
        Refused: the hours are less than none or more than a day.
    """
    if minutes is None:
        minutes = planned_minutes
    if not 0 <= minutes <= LONGEST_DAY:
        raise Refused(N_("A day has between 0 and 24 hours."), field="minutes")
    return AttendedDay(
        period_id=period_id,
        day=day,
        trainee_id=trainee_id,
        kind=kind,
        minutes=minutes if counts_present(kind) else 0,
        reason=reason if kind == "other" else "",
        certificate_seen=certificate_seen and is_absence(kind),
        word=word.strip(),
    )


def with_minutes(mark: AttendedDay, minutes: int) -> AttendedDay:
    """The same mark with other hours, never below none nor above a day; an absence has no hours."""
    if not counts_present(mark.kind):
        return mark
    return replace(mark, minutes=max(0, min(LONGEST_DAY, minutes)))
