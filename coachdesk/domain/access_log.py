"""The log as it is read: its lines, what of them is wanted, and the report that a trainee may ask for.

A trainee has the right to know who has used or been given data about him or her, and on what ground
(Act 703/2023, section 11).  Marks of the same kind on the same day by the same coach are one row of the
report; each disclosure is a row of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from coachdesk.domain.acts import ActKind, act_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line of the log, without what was there before."""

    seq: int
    at: datetime
    coach_id: int | None
    act: str
    subject: str = ""
    trainee_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which lines are wanted; what is None does not narrow.  ``ends`` is the last day, included."""

    trainee_id: int | None = None
    coach_id: int | None = None
    begins: date | None = None
    ends: date | None = None
    acts: frozenset[str] | None = None


EVERY_LINE = LogFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What one coach did with the data on one day, and how many times."""

    day: date
    coach_id: int | None
    act: str
    times: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given to whom: by a consent of that number, or on a ground of law (a message id)."""

    at: datetime
    coach_id: int | None
    act: str
    recipient: str
    ground: str = ""
    consent: str = ""


def used(lines: Iterable[LogLine], zone: tzinfo) -> tuple[Used, ...]:
    """The uses of a trainee's data by day, newest first; disclosures are told apart."""
    rows: dict[tuple[date, int | None, str, str], int] = {}
    for line in lines:
        if act_of(line.act).kind is ActKind.DISCLOSURE:
            continue
        key = (line.at.astimezone(zone).date(), line.coach_id, line.act, line.why)
        rows[key] = rows.get(key, 0) + 1
    return tuple(
        Used(day=day, coach_id=coach, act=act, times=times, why=why)
        for (day, coach, act, why), times in rows.items()
    )
