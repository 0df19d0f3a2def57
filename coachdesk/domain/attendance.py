"""Attended day (läsnäolopäivä, närvarodag), absence, day not held, absence report."""

from dataclasses import dataclass
from datetime import date, datetime


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
