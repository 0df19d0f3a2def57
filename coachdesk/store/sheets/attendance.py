"""The reads of the attendance grid: periods that run in a span, and their marks by primary key.

No statement here scans the attended days: marks are sought by period and day, or by trainee and day.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any

from coachdesk.domain.attendance import AttendedDay, DayNotHeld
from coachdesk.domain.attendance_sheet import SheetRow
from coachdesk.domain.period import AgreedDay
from coachdesk.domain.trainee import Benefit
from coachdesk.domain.workshop import Group, Membership, Workshop
from coachdesk.store.rows import Opened

RUNNING = """
SELECT p.id, p.trainee_id, t.family_name, t.given_names, p.workshop_id, p.service_kind, p.begins,
  coalesce(p.ended, p.ends)
FROM period p INDEXED BY ix_period_last JOIN trainee t ON t.id = p.trainee_id
WHERE coalesce(p.ended, p.ends, '9999-12-31') >= :first AND p.begins <= :last
  AND (:workshop IS NULL OR p.workshop_id = :workshop)
  AND (:trainee IS NULL OR p.trainee_id = :trainee)
  AND coalesce(t.responsible_coach_id, 0) NOT IN (SELECT value FROM json_each(:others))
  AND (:grp IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.period_id = p.id AND m.group_id = :grp
    AND m.begins <= :last AND (m.ends IS NULL OR m.ends >= :first)))
ORDER BY t.name_sort, p.trainee_id, p.begins, p.id
"""

OF_TRAINEE = RUNNING.replace(" INDEXED BY ix_period_last", "")

MARKS = """
SELECT d.period_id, d.day, d.trainee_id, d.kind, d.minutes, d.reason, d.certificate_seen, d.word
FROM attended_day d WHERE d.period_id IN ({}) AND d.day BETWEEN ? AND ?
"""

AGREED = """
SELECT id, period_id, weekday, starts_at, minutes, valid_from, valid_to FROM agreed_day
WHERE period_id IN ({}) ORDER BY period_id, valid_from, id
"""

MEMBERS = "SELECT id, period_id, group_id, begins, ends FROM membership WHERE period_id IN ({}) ORDER BY id"

NOT_HELD = "SELECT id, workshop_id, group_id, day, reason FROM day_not_held WHERE day BETWEEN ? AND ?"

BENEFITS = """
SELECT id, trainee_id, benefit, payer, payer_name, begins, ends FROM benefit WHERE trainee_id IN ({})
"""

_AT_ONCE = 500  # SQLite takes more values in one statement; this keeps the plan the same


def rows(
    unit: Opened,
    shown: tuple[date, date],
    read: tuple[date, date],
    *,
    workshop_id: int | None = None,
    group_id: int | None = None,
    trainee_id: int | None = None,
    others: frozenset[int] = frozenset(),
) -> tuple[SheetRow, ...]:
    """The periods that run in the span shown, in the order of names, with the marks of the span read.

    Trainees of the coaches ``others`` are left out.
    """
    first, last = (day.isoformat() for day in shown)
    asked: dict[str, Any] = {
        "first": first,
        "last": last,
        "workshop": workshop_id,
        "grp": group_id,
        "trainee": trainee_id,
        "others": json.dumps(sorted(others)),
    }
    sql = RUNNING if trainee_id is None else OF_TRAINEE
    found = unit.connection.exec_driver_sql(sql, asked).all()
    ids = [row[0] for row in found]
    marks, agreed, members = _marks(unit, ids, read), _agreed(unit, ids), _members(unit, ids)
    return tuple(
        SheetRow(
            period_id=period_id,
            trainee_id=person,
            name=f"{family}, {given}" if given else family,
            workshop_id=workshop,
            service_kind=kind,
            begins=_date(begins),
            last=_day(ends),
            agreed=agreed.get(period_id, ()),
            memberships=members.get(period_id, ()),
            marks=marks.get(period_id, {}),
        )
        for period_id, person, family, given, workshop, kind, begins, ends in found
    )


def not_held(unit: Opened, first: date, last: date) -> dict[date, tuple[DayNotHeld, ...]]:
    """The days of a span on which a workshop or a group arranges nothing."""
    kept: dict[date, list[DayNotHeld]] = defaultdict(list)
    for one, workshop, group, day, reason in unit.connection.exec_driver_sql(
        NOT_HELD, (first.isoformat(), last.isoformat())
    ):
        on = date.fromisoformat(day)
        kept[on].append(DayNotHeld(id=one, workshop_id=workshop, group_id=group, day=on, reason=reason))
    return {day: tuple(found) for day, found in kept.items()}


def places(unit: Opened) -> tuple[tuple[Workshop, ...], tuple[Group, ...]]:
    """The workshops and their groups, to choose from; a workshop with its names only."""
    shops = _rows(unit, "SELECT id, name_fi, name_sv FROM workshop ORDER BY id", ())
    groups = _rows(unit, "SELECT id, workshop_id, name FROM workshop_group ORDER BY id", ())
    return (
        tuple(Workshop(id=one, name_fi=fi, name_sv=sv) for one, fi, sv in shops),
        tuple(Group(id=one, workshop_id=shop, name=name) for one, shop, name in groups),
    )


def benefits(unit: Opened, trainee_ids: Sequence[int]) -> dict[int, list[Benefit]]:
    """Benefits and payers of people, by person."""
    kept: dict[int, list[Benefit]] = defaultdict(list)
    for sql, part in _chunks(BENEFITS, trainee_ids):
        for one, person, benefit, payer, name, begins, ends in _rows(unit, sql, tuple(part)):
            kept[person].append(
                Benefit(
                    id=one, trainee_id=person, benefit=benefit, payer=payer, payer_name=name,
                    begins=_date(begins), ends=_day(ends),
                )
            )  # fmt: skip
    return kept


def _chunks(sql: str, ids: Sequence[int]) -> Iterable[tuple[str, list[int]]]:
    for start in range(0, len(ids), _AT_ONCE):
        part = list(ids[start : start + _AT_ONCE])
        yield sql.format(",".join("?" * len(part))), part


def _marks(unit: Opened, ids: Sequence[int], read: tuple[date, date]) -> dict[int, dict[date, AttendedDay]]:
    first, last = (day.isoformat() for day in read)
    kept: dict[int, dict[date, AttendedDay]] = {}
    for sql, part in _chunks(MARKS, ids):
        for period_id, iso, person, kind, minutes, reason, seen, word in _rows(
            unit, sql, (*part, first, last)
        ):
            day = _date(iso)
            kept.setdefault(period_id, {})[day] = AttendedDay(
                period_id=period_id, day=day, trainee_id=person, kind=kind, minutes=minutes,
                reason=reason, certificate_seen=bool(seen), word=word,
            )  # fmt: skip
    return kept


def _agreed(unit: Opened, ids: Sequence[int]) -> dict[int, list[AgreedDay]]:
    kept: dict[int, list[AgreedDay]] = {}
    for sql, part in _chunks(AGREED, ids):
        for one, period, weekday, starts, minutes, begins, ends in _rows(unit, sql, tuple(part)):
            agreed = AgreedDay(
                id=one, period_id=period, weekday=weekday, starts_at=_time(starts),
                minutes=minutes, valid_from=_date(begins), valid_to=_day(ends),
            )  # fmt: skip
            kept.setdefault(period, []).append(agreed)
    return kept


def _members(unit: Opened, ids: Sequence[int]) -> dict[int, list[Membership]]:
    kept: dict[int, list[Membership]] = {}
    for sql, part in _chunks(MEMBERS, ids):
        for one, period, group, begins, ends in _rows(unit, sql, tuple(part)):
            member = Membership(
                id=one, period_id=period, group_id=group, begins=_date(begins), ends=_day(ends)
            )
            kept.setdefault(period, []).append(member)
    return kept


def _rows(unit: Opened, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The driver's own rows: a month has thousands, and a named row for each takes as long as reading it."""
    cursor: Any = unit.connection.exec_driver_sql(sql, values).cursor
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@lru_cache(maxsize=4096)
def _date(iso: str) -> date:
    return date.fromisoformat(iso)


@lru_cache(maxsize=512)
def _time(iso: str) -> time:
    return time.fromisoformat(iso)


def _day(iso: Any) -> date | None:
    return _date(iso) if iso else None
