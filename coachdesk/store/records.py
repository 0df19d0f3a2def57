"""Records of trainees, gathered in few reads, from which a summary is projected."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from coachdesk.domain.days import months_on
from coachdesk.domain.plan import Plan
from coachdesk.domain.summary_fields import MONTHS, Record
from coachdesk.store import tables
from coachdesk.store.assessments import ASSESSMENTS
from coachdesk.store.phases import COACHING, NEXT_STEPS, OPENINGS
from coachdesk.store.plans import PLANS, VERSIONS
from coachdesk.store.rows import Opened
from coachdesk.store.trainees import TRAINEES

AT_ONCE = 400


def records(unit: Opened, trainee_ids: Iterable[int], on: date, kinds: Sequence[str]) -> dict[int, Record]:
    """The records of some trainees; ``kinds`` are the attendance kinds that count as attended."""
    wanted = sorted(set(trainee_ids))
    found: dict[int, Record] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= _records(unit, wanted[start : start + AT_ONCE], on, kinds)
    return found


def record(unit: Opened, trainee_id: int, on: date, kinds: Sequence[str]) -> Record:
    """The record of one trainee.

    Raises:
        LookupError: there is no such trainee.
    """
    return records(unit, [trainee_id], on, kinds)[trainee_id]


def _records(unit: Opened, ids: list[int], on: date, kinds: Sequence[str]) -> dict[int, Record]:
    found = {t.id: Record(trainee=t) for t in TRAINEES.find(unit, tables.trainee.c.id.in_(ids))}
    plans = PLANS.find(unit, tables.plan.c.trainee_id.in_(ids))
    parts: dict[str, dict[int, list[Any]]] = {
        "openings": _grouped(OPENINGS.find(unit, tables.opening.c.trainee_id.in_(ids))),
        "coaching": _grouped(COACHING.find(unit, tables.coaching.c.trainee_id.in_(ids))),
        "plans": _grouped(plans),
        "self_assessments": _grouped(ASSESSMENTS.find(unit, tables.self_assessment.c.trainee_id.in_(ids))),
        "versions": _versions(unit, plans),
        "attended": _attended(unit, ids, on, kinds),
    }
    steps = {step.trainee_id: step for step in _open_steps(unit, ids)}
    return {key: replace(one, next_step=steps.get(key), **_own(parts, key)) for key, one in found.items()}


def _own(parts: dict[str, dict[int, list[Any]]], trainee_id: int) -> dict[str, Any]:
    return {name: tuple(rows.get(trainee_id, ())) for name, rows in parts.items()}


def _open_steps(unit: Opened, ids: list[int]) -> tuple[Any, ...]:
    n = tables.next_step.c
    return NEXT_STEPS.find(unit, n.trainee_id.in_(ids), n.done.is_(None), order=n.id)


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.trainee_id].append(row)
    return found


def _versions(unit: Opened, plans: Iterable[Plan]) -> dict[int, list[Any]]:
    whose = {plan.id: plan.trainee_id for plan in plans if plan.ours}
    v = tables.plan_version.c
    found: dict[int, list[Any]] = defaultdict(list)
    if whose:
        for version in VERSIONS.find(unit, v.plan_id.in_(list(whose)), v.signed.is_not(None)):
            found[whose[version.plan_id]].append(version)
    return found


def _attended(unit: Opened, ids: list[int], on: date, kinds: Sequence[str]) -> dict[int, list[Any]]:
    """Attended days of finished months: a day counts once, also for somebody in two services."""
    d = tables.attended_day.c
    this = on.replace(day=1)
    month = func.substr(d.day, 1, 7).label("month")
    statement = select(d.trainee_id, month, func.count(d.day.distinct()).label("days"))
    statement = statement.where(
        d.trainee_id.in_(ids), d.day >= months_on(this, -MONTHS), d.day < this, d.kind.in_(kinds)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in unit.connection.execute(statement.group_by(d.trainee_id, month)):
        found[row.trainee_id].append((date.fromisoformat(f"{row.month}-01"), row.days))
    return found
