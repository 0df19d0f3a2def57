"""Imports in the store: what rows may meet, what a batch brought, what hangs on it since."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy import Date, Table, delete, insert, select, update

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.notes import Note
from coachdesk.domain.period import WEEK, AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Membership
from coachdesk.store import access_log, notes, periods, phases, plans, tables, trainees
from coachdesk.store.rows import Opened, Rows

DAYS: Rows[AttendedDay] = Rows(tables.attended_day, AttendedDay)
BROUGHT: Mapping[str, Rows[Any]] = {
    "coaching": phases.COACHING,
    "opening": phases.OPENINGS,
    "plan": plans.PLANS,
    "feedback": trainees.FEEDBACK,
    "period": periods.PERIODS,
    "note": notes.NOTES,
}
_CHANGEABLE: Mapping[str, Table] = {
    "trainee": tables.trainee,
    "attended_day": tables.attended_day,
    **{name: rows.table for name, rows in BROUGHT.items()},
}
_HANGS_ON = (  # table, its column, the table of the batch that it hangs on
    ("attended_day", "period_id", "period"),
    ("plan_version", "plan_id", "plan"),
    ("plan", "replaces_id", "plan"),
    ("region_letter", "plan_id", "plan"),
    ("recorded_elsewhere", "note_id", "note"),
)
_CHUNK = 500  # well under SQLite's most bound values


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import: when, of what, by whom, and what is needed to undo it."""

    id: int = 0
    at: datetime
    file_name: str
    kind: str
    rows: int
    undone: datetime | None = None
    touched: Mapping[str, Any] | None = None
    coach_id: int | None = None


BATCHES: Rows[Batch] = Rows(tables.import_batch, Batch)


def everybody(unit: Opened) -> tuple[Trainee, ...]:
    """Every trainee, for matching."""
    return trainees.TRAINEES.find(unit)


def records(unit: Opened, table: str, trainee_ids: Iterable[int]) -> Mapping[int, tuple[Any, ...]]:
    """The records of a table by trainee."""
    rows, found = BROUGHT[table], defaultdict(list)
    for chunk in _chunks(trainee_ids):
        for record in rows.find(unit, rows.table.c.trainee_id.in_(chunk)):
            found[record.trainee_id].append(record)
    return {trainee_id: tuple(records) for trainee_id, records in found.items()}


def agreed_days(unit: Opened, period_ids: Iterable[int]) -> Mapping[int, tuple[AgreedDay, ...]]:
    """The agreed weekdays by period."""
    found = defaultdict(list)
    for chunk in _chunks(period_ids):
        for day in periods.AGREED.find(unit, tables.agreed_day.c.period_id.in_(chunk)):
            found[day.period_id].append(day)
    return {period_id: tuple(days) for period_id, days in found.items()}


def marks(
    unit: Opened, running: Iterable[Period], first: date, last: date
) -> Mapping[tuple[int, date], AttendedDay]:
    """The marks of periods between two days, both included."""
    d = tables.attended_day.c
    found = {}
    for chunk in _chunks(period.id for period in running):
        for mark in DAYS.find(unit, d.period_id.in_(chunk), d.day.between(first, last)):
            found[mark.period_id, mark.day] = mark
    return found


def log_seq(unit: Opened) -> int:
    """The number of the last line of the log."""
    return access_log.head(unit.connection).seq


def before_of(unit: Opened, seq: int) -> Mapping[str, Any] | None:
    """What the line of an import says was there before and what came; None once the key is destroyed."""
    return access_log.detail_of(unit.connection, seq)


def change(unit: Opened, table: str, key: tuple[Any, ...], values: Mapping[str, Any]) -> None:
    """Write some values of one record; the keys of a changed name follow, a week is written whole."""
    if table == WEEK:
        _put_week(unit, key[0], values["days"])
        return
    kept = _CHANGEABLE[table]
    row = {name: _typed(kept, name, value) for name, value in values.items()}
    unit.connection.execute(update(kept).where(*_where(kept, key)).values(**row))
    if table == "trainee" and {"family_name", "given_names", "former_names"} & set(row):
        trainees.put(unit, trainees.TRAINEES.get(unit, *key))


def week_of(unit: Opened, period_id: int) -> list[dict[str, Any]]:
    """All agreed days of a period as plain values, in the order of the week."""
    days = periods.AGREED.find(unit, tables.agreed_day.c.period_id == period_id)
    return [plain_day(day) for day in sorted(days, key=lambda day: (day.valid_from, day.weekday))]


def plain_day(day: AgreedDay) -> dict[str, Any]:
    """An agreed day as JSON knows it; its number in the store is not told."""
    return {
        "weekday": day.weekday,
        "starts_at": day.starts_at.isoformat(),
        "minutes": day.minutes,
        "valid_from": day.valid_from.isoformat(),
        "valid_to": day.valid_to.isoformat() if day.valid_to else None,
    }


def _put_week(unit: Opened, period_id: int, days: Iterable[Mapping[str, Any]]) -> None:
    unit.connection.execute(delete(tables.agreed_day).where(tables.agreed_day.c.period_id == period_id))
    for day in days:
        kept = AgreedDay(
            period_id=period_id,
            weekday=day["weekday"],
            starts_at=time.fromisoformat(day["starts_at"]),
            minutes=day["minutes"],
            valid_from=date.fromisoformat(day["valid_from"]),
            valid_to=date.fromisoformat(day["valid_to"]) if day["valid_to"] else None,
        )
        periods.AGREED.add(unit, kept)


def values_of(unit: Opened, table: str, key: tuple[Any, ...], names: Iterable[str]) -> dict[str, Any]:
    """Some values of one record as they stand."""
    kept = _CHANGEABLE[table]
    statement = select(*(kept.c[name] for name in names)).where(*_where(kept, key))
    row = unit.connection.execute(statement).mappings().one()
    return dict(row)


def digests(unit: Opened, batch_id: int, touched: Mapping[int, Mapping[str, Any]]) -> dict[int, str]:
    """A digest for each trainee of all rows that the batch made or changed, as they stand now."""
    lines: dict[int, list[str]] = defaultdict(list)
    for name, table in _CHANGEABLE.items():
        if "batch_id" in table.c:
            for row in unit.connection.execute(select(table).where(table.c.batch_id == batch_id)).mappings():
                trainee_id = row["id"] if name == "trainee" else row["trainee_id"]
                lines[trainee_id].append(_spelled(name, dict(row)))
    for trainee_id, name, terms in _terms_now(unit, batch_id):
        lines[trainee_id].append(_spelled(name, terms))
    for trainee_id, told in touched.items():
        keys = tuple(_changed_keys(told))
        days = _days_now(unit, [key for name, key in keys if name == "attended_day"])
        for name, key in keys:
            now: dict[str, Any] | None
            if name == "attended_day":
                now = days.get((key[0], date.fromisoformat(key[1])))
            elif name == WEEK:
                now = {"days": week_of(unit, key[0])}
            else:
                table = _CHANGEABLE[name]
                there = unit.connection.execute(select(table).where(*_where(table, key))).mappings().first()
                now = dict(there) if there else None
            lines[trainee_id].append(_spelled(name, now or {"gone": key}))
    return {
        trainee_id: sha256("\n".join(sorted(set(found))).encode()).hexdigest()[:16]
        for trainee_id, found in lines.items()
    }


def _terms_now(unit: Opened, batch_id: int) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The agreed days and the places in groups of the periods that a batch brought, as they stand."""
    for table in (tables.agreed_day, tables.membership):
        statement = select(tables.period.c.trainee_id, table).join(table)
        for row in unit.connection.execute(statement.where(tables.period.c.batch_id == batch_id)).mappings():
            kept = dict(row)
            yield kept.pop("trainee_id"), table.name, kept


def hanging(unit: Opened, batch_id: int) -> set[int]:
    """Trainees on whom something hangs that the batch did not bring, so that it cannot be undone."""
    brought = select(tables.trainee.c.id).where(tables.trainee.c.batch_id == batch_id)
    found: set[int] = set()
    for table in tables.metadata.tables.values():
        if "trainee_id" not in table.c or table.name in ("log", "trainee_key"):
            continue
        where: list[Any] = [table.c.trainee_id.in_(brought)]
        if "batch_id" in table.c:
            where.append(table.c.batch_id.is_distinct_from(batch_id))
        found.update(unit.connection.execute(select(table.c.trainee_id).where(*where).distinct()).scalars())
    for name, column, of in _HANGS_ON:
        hung, owner = tables.metadata.tables[name].alias("hung"), _CHANGEABLE[of]
        statement = select(owner.c.trainee_id).join(hung, hung.c[column] == owner.c.id)
        statement = statement.where(owner.c.batch_id == batch_id).distinct()
        found.update(unit.connection.execute(statement).scalars())
    return found | _drafted(unit, set(unit.connection.execute(brought).scalars()))


def _drafted(unit: Opened, trainee_ids: set[int]) -> set[int]:
    """Trainees of whom something is being written: a draft names its subject as "trainee:12"."""
    subjects = unit.connection.execute(select(tables.draft.c.subject)).scalars()
    parts = [subject.split(":") for subject in subjects]
    return {int(p[1]) for p in parts if len(p) > 1 and p[0] == "trainee" and p[1].isdigit()} & trainee_ids


def names(unit: Opened, trainee_ids: Iterable[int]) -> tuple[str, ...]:
    """Names of trainees in the order of lists; of one who is gone nothing."""
    t = tables.trainee.c
    found: list[tuple[str, str]] = []
    for chunk in _chunks(trainee_ids):
        for one in trainees.TRAINEES.find(unit, t.id.in_(chunk), order=t.name_sort):
            found.append((one.family_name, one.name))
    return tuple(name for _, name in found)


def remove_brought(unit: Opened, batch_id: int) -> None:
    """Take away every record that the batch brought, and at last its new trainees."""
    for name in ("feedback", "opening", "coaching", "note", "plan", "period"):
        table = _CHANGEABLE[name]
        unit.connection.execute(delete(table).where(table.c.batch_id == batch_id))
    unit.connection.execute(delete(tables.trainee).where(tables.trainee.c.batch_id == batch_id))


def remove_days(unit: Opened, days: Iterable[tuple[int, str]]) -> None:
    """Take away marks that an import made."""
    d = tables.attended_day.c
    for period_id, day in days:
        where = (d.period_id == period_id, d.day == date.fromisoformat(day))
        unit.connection.execute(delete(tables.attended_day).where(*where))


def add_many(unit: Opened, found: Iterable[Any]) -> None:
    """Keep many records of one batch, each in its own table."""
    by_table: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in found:
        name = _table_of(record)
        rows = DAYS if name == "attended_day" else BROUGHT[name]
        by_table[name].append(rows.values(record))
    for name, rows_ in by_table.items():
        unit.connection.execute(insert(_CHANGEABLE[name]), rows_)


def add_terms(
    unit: Opened,
    batch_id: int,
    trainee_id: int,
    begins: date,
    agreed: Iterable[AgreedDay],
    group_id: int | None,
) -> None:
    """Keep the agreed days of a period that the batch has just brought, and its place in a group."""
    p = tables.period.c
    where = (p.batch_id == batch_id, p.trainee_id == trainee_id, p.begins == begins)
    period = periods.PERIODS.find(unit, *where)[0]
    for day in agreed:
        periods.AGREED.add(unit, replace(day, period_id=period.id))
    if group_id is not None:
        place = Membership(period_id=period.id, group_id=group_id, begins=begins, ends=period.ends)
        periods.MEMBERSHIPS.add(unit, place)


def memberships(unit: Opened, period_ids: Iterable[int]) -> Mapping[int, tuple[Membership, ...]]:
    """The places in groups by period."""
    found = defaultdict(list)
    for chunk in _chunks(period_ids):
        for place in periods.MEMBERSHIPS.find(unit, tables.membership.c.period_id.in_(chunk)):
            found[place.period_id].append(place)
    return {period_id: tuple(places) for period_id, places in found.items()}


def _days_now(unit: Opened, keys: Iterable[tuple[Any, ...]]) -> dict[tuple[int, date], dict[str, Any]]:
    """The marks of those days as they stand, read by period."""
    d, by_period = tables.attended_day.c, defaultdict(list)
    for period_id, day in keys:
        by_period[period_id].append(date.fromisoformat(day))
    found = {}
    for period_id, days in by_period.items():
        where = (d.period_id == period_id, d.day.between(min(days), max(days)))
        for row in unit.connection.execute(select(tables.attended_day).where(*where)).mappings():
            found[row["period_id"], row["day"]] = dict(row)
    return found


def _table_of(record: Any) -> str:
    if isinstance(record, AttendedDay):
        return "attended_day"
    if isinstance(record, Note):
        return "note"
    return next(name for name, rows in BROUGHT.items() if isinstance(record, rows.kind))


def _changed_keys(told: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name, *key in (*told.get("changed", ()), *(("attended_day", *day) for day in told.get("days", ()))):
        yield name, tuple(key)


def _where(table: Table, key: tuple[Any, ...]) -> list[Any]:
    columns = zip(table.primary_key, key, strict=True)
    return [column == _typed(table, column.name, part) for column, part in columns]


def _typed(table: Table, name: str, value: Any) -> Any:
    """A day that went through JSON is a day again."""
    is_day = isinstance(table.c[name].type, Date) and isinstance(value, str)
    return date.fromisoformat(value) if is_day else value


def _spelled(name: str, row: Mapping[str, Any]) -> str:
    return name + json.dumps(dict(row), default=str, sort_keys=True, ensure_ascii=False)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    found = sorted(set(ids))
    for start in range(0, len(found), _CHUNK):
        yield found[start : start + _CHUNK]
