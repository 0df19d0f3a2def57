"""Attended days: one mark at a time, by the shortest way to the disk.

The statements are written as SQL since a key press waits for them; dates go in and out as ISO text,
as the columns keep them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_

from coachdesk.domain.attendance import AbsenceReport, AttendedDay, DayNotHeld, DayRecorded
from coachdesk.store import removed, tables
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened, Rows
from coachdesk.store.unit import Unit

NOT_HELD: Rows[DayNotHeld] = Rows(tables.day_not_held, DayNotHeld)
REPORTS: Rows[AbsenceReport] = Rows(tables.absence_report, AbsenceReport)

# three statements, with a plus before values sought in an index: else SQLite plans anew at each (``swift``)
PERIOD = "SELECT trainee_id, begins, coalesce(ended, ends) FROM period WHERE id = ?"

MARK = """
SELECT kind, minutes, reason, certificate_seen, word FROM attended_day WHERE period_id = +? AND day = +?
"""

AGREED = """
SELECT id, weekday, minutes, valid_from, valid_to FROM agreed_day WHERE period_id = +? ORDER BY starts_at
"""

KEEP = """
INSERT INTO attended_day (period_id, day, trainee_id, kind, minutes, reason, certificate_seen, word)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (period_id, day) DO UPDATE SET trainee_id = excluded.trainee_id, kind = excluded.kind,
  minutes = excluded.minutes, reason = excluded.reason, certificate_seen = excluded.certificate_seen,
  word = excluded.word
"""

NOT_REMOVED = "DELETE FROM removed WHERE trainee_id = ? AND subject = ?"
_M = tables.attended_day.c
CLEAR = "DELETE FROM attended_day WHERE period_id = +? AND day = +?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What must be known of one period and one day before it is marked."""

    trainee_id: int
    begins: date
    last: date | None
    agreed_minutes: int | None  # None: that weekday is not agreed
    usual_minutes: int
    mark: AttendedDay | None


def place(unit: Opened, period_id: int, day: date) -> Place:
    """The period, what was agreed for the day, and the mark that stands there.

    Raises:
        LookupError: there is no such period.
    """
    iso = day.isoformat()
    found = speak(unit.connection, PERIOD, (period_id,)).fetchone()
    if found is None:
        raise LookupError(f"no period {period_id}")
    trainee_id, begins, last = found
    mark = None
    stands = speak(unit.connection, MARK, (period_id, iso)).fetchone()
    if stands is not None:
        kind, minutes, reason, seen, word = stands
        mark = AttendedDay(
            period_id=period_id, day=day, trainee_id=trainee_id, kind=kind, minutes=minutes,
            reason=reason, certificate_seen=bool(seen), word=word,
        )  # fmt: skip
    agreed = _agreed(unit, period_id, iso)
    return Place(
        trainee_id=trainee_id,
        begins=date.fromisoformat(begins),
        last=date.fromisoformat(last) if last else None,
        agreed_minutes=next((one[2] for one in agreed if one[1] == day.isoweekday()), None),
        usual_minutes=min(agreed)[2] if agreed else 0,
        mark=mark,
    )


def _agreed(unit: Opened, period_id: int, iso: str) -> list[tuple[int, int, int]]:
    """Number, weekday and minutes of what is agreed on a day, by the hour it starts at."""
    return [
        (one, weekday, minutes)
        for one, weekday, minutes, first, last in speak(unit.connection, AGREED, (period_id,))
        if first <= iso and (last is None or iso <= last)
    ]


def keep(unit: Opened, mark: AttendedDay) -> None:
    """Write a mark over whatever stands on its day."""
    speak(
        unit.connection,
        KEEP,
        (
            mark.period_id, mark.day.isoformat(), mark.trainee_id, mark.kind, mark.minutes, mark.reason,
            int(mark.certificate_seen), mark.word,
        ),
    )  # fmt: skip


def clear(unit: Opened, period_id: int, day: date) -> None:
    """Take the mark of a day away."""
    speak(unit.connection, CLEAR, (period_id, day.isoformat()))


def write(unit: Unit, change: DayRecorded, why: str = "") -> None:
    """Make a change last with its line in the log; a change of nothing writes nothing."""
    if change.before == change.after:
        return
    one = change.after or change.before
    assert one is not None
    subject = f"day:{one.period_id}:{one.day.isoformat()}"
    if change.after is None:
        where = (_M.period_id == one.period_id, _M.day == one.day)
        removed.keep(unit, one.trainee_id, subject, (tables.attended_day, and_(*where)))
        clear(unit, one.period_id, one.day)
    else:
        keep(unit, change.after)
        speak(unit.connection, NOT_REMOVED, (one.trainee_id, subject))
    unit.log(
        "day.record" if change.after else "day.clear",
        trainee_id=one.trainee_id,
        subject=subject,
        before=_said(change.before),
        after=_said(change.after),
        why=why,
    )


def not_held_of(unit: Opened, workshop_id: int, group_id: int | None, day: date) -> DayNotHeld | None:
    """What was told of a day for the whole workshop, or for one group of it."""
    table = tables.day_not_held.c
    group = table.group_id.is_(None) if group_id is None else table.group_id == group_id
    found = NOT_HELD.find(unit, table.day == day, table.workshop_id == workshop_id, group)
    return found[0] if found else None


def reports_between(unit: Opened, first: date, last: date) -> tuple[AbsenceReport, ...]:
    """The absence reports that begin in a span."""
    return REPORTS.find(unit, tables.absence_report.c.begins.between(first, last))


def report(unit: Opened, trainee_id: int, payer: str, begins: date) -> AbsenceReport | None:
    """What was told one payer of one person from a day on."""
    table = tables.absence_report.c
    found = REPORTS.find(unit, table.trainee_id == trainee_id, table.payer == payer, table.begins == begins)
    return found[0] if found else None


def _said(mark: AttendedDay | None) -> dict[str, Any] | None:
    """What the log keeps of a mark; whose and of which day stands in the line itself."""
    if mark is None:
        return None
    said = {
        "kind": mark.kind, "minutes": mark.minutes, "reason": mark.reason,
        "certificate_seen": mark.certificate_seen, "word": mark.word,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}
