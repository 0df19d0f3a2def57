"""Attended days: one mark at a time, by the shortest way to the disk.

The statements are written as SQL since a key press waits for them; dates go in and out as ISO text,
as the columns keep them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coachdesk.domain.attendance import AbsenceReport, AttendedDay, DayNotHeld, DayRecorded
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows
from coachdesk.store.unit import Unit

NOT_HELD: Rows[DayNotHeld] = Rows(tables.day_not_held, DayNotHeld)
REPORTS: Rows[AbsenceReport] = Rows(tables.absence_report, AbsenceReport)

PLACE = """
SELECT p.trainee_id, p.begins, coalesce(p.ended, p.ends), d.kind, d.minutes, d.reason, d.certificate_seen,
  d.word,
  (SELECT a.minutes FROM agreed_day a WHERE a.period_id = p.id AND a.weekday = :weekday
    AND a.valid_from <= :day AND (a.valid_to IS NULL OR a.valid_to >= :day)
    ORDER BY a.starts_at LIMIT 1),
  (SELECT a.minutes FROM agreed_day a WHERE a.period_id = p.id
    AND a.valid_from <= :day AND (a.valid_to IS NULL OR a.valid_to >= :day) ORDER BY a.id LIMIT 1)
FROM period p LEFT JOIN attended_day d ON d.period_id = p.id AND d.day = :day
WHERE p.id = :period
"""

KEEP = """
INSERT INTO attended_day (period_id, day, trainee_id, kind, minutes, reason, certificate_seen, word)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (period_id, day) DO UPDATE SET trainee_id = excluded.trainee_id, kind = excluded.kind,
  minutes = excluded.minutes, reason = excluded.reason, certificate_seen = excluded.certificate_seen,
  word = excluded.word
"""

CLEAR = "DELETE FROM attended_day WHERE period_id = ? AND day = ?"


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
    asked = {"period": period_id, "day": day.isoformat(), "weekday": day.isoweekday()}
    cursor: Any = unit.connection.exec_driver_sql(PLACE, asked).cursor
    row = cursor.fetchone()
    if row is None:
        raise LookupError(f"no period {period_id}")
    trainee_id, begins, last, kind, minutes, reason, seen, word, agreed, usual = row
    mark = None
    if kind is not None:
        mark = AttendedDay(
            period_id=period_id, day=day, trainee_id=trainee_id, kind=kind, minutes=minutes,
            reason=reason, certificate_seen=bool(seen), word=word,
        )  # fmt: skip
    return Place(
        trainee_id=trainee_id,
        begins=date.fromisoformat(begins),
        last=date.fromisoformat(last) if last else None,
        agreed_minutes=agreed,
        usual_minutes=usual or 0,
        mark=mark,
    )


def keep(unit: Opened, mark: AttendedDay) -> None:
    """Write a mark over whatever stands on its day."""
    unit.connection.exec_driver_sql(
        KEEP,
        (
            mark.period_id, mark.day.isoformat(), mark.trainee_id, mark.kind, mark.minutes, mark.reason,
            int(mark.certificate_seen), mark.word,
        ),
    )  # fmt: skip


def clear(unit: Opened, period_id: int, day: date) -> None:
    """Take the mark of a day away."""
    unit.connection.exec_driver_sql(CLEAR, (period_id, day.isoformat()))


def write(unit: Unit, change: DayRecorded, why: str = "") -> None:
    """Make a change last with its line in the log; a change of nothing writes nothing."""
    if change.before == change.after:
        return
    one = change.after or change.before
    assert one is not None
    if change.after is None:
        clear(unit, one.period_id, one.day)
    else:
        keep(unit, change.after)
    unit.log(
        "day.record" if change.after else "day.clear",
        trainee_id=one.trainee_id,
        subject=f"day:{one.period_id}:{one.day.isoformat()}",
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
