"""Which record of the desk a row's record is, and where the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from coachdesk.domain.period import Period
from coachdesk.domain.phases import Coaching, Opening
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import Feedback
from coachdesk.importing.row_plan import Difference, Existing, Record

_PERIOD = {
    "ends": "period_ends",
    "ended": "period_ended",
    "end_reason": "end_reason",
    "service_kind": "service_kind",
    "decision_number": "decision_number",
    "granted_days": "granted_days",
    "granted_to": "granted_to",
    "voucher_number": "voucher_number",
}
_FIELDS = {
    "coaching": {"begins": "coaching_begins", "ends": "coaching_ends", "outcome": "outcome"},
    "opening": {"phase": "phase", "closed": "coaching_ends"},
    "plan": {"made": "plan_made", "kind": "plan_kind", "maker": "plan_maker"},
    "feedback": {"grade": "grade", "on_day": "grade_day"},
    "period": _PERIOD,
}
Like = tuple[tuple[str, Any, tuple[str, ...]], ...]


def like(record: Record, existing: Existing | None) -> Like:
    """The record of the desk that the wanted one is, with table and the attributes to compare."""
    if existing is None:
        return ()
    match record:
        case Coaching():
            found = next((c for c in existing.coachings if c.begins == record.begins), None)
            found = found or next((c for c in existing.coachings if _overlap(c, record)), None)
            return (("coaching", found, ("begins", "ends", "outcome")),) if found else ()
        case Opening():
            return _like_opening(record, existing.openings)
        case Plan():
            return _like_plan(record, existing.plans)
        case Feedback():
            return _like_grade(record, existing.grades)
        case Period():
            period = next((p for p in existing.periods if p.begins == record.begins), None)
            return (("period", period, tuple(_PERIOD)),) if period else ()
    return ()


def _like_opening(record: Opening, openings: Sequence[Opening]) -> Like:
    """An opening whose date is known was written on the desk, which knows better than the sheet."""
    for opening in openings:
        if opening.phase == record.phase:
            same = opening.opened == record.opened and not opening.date_known
            return (("opening", opening, ("closed",) if same else ()),)
    for opening in openings:
        if opening.opened == record.opened and not opening.date_known:
            return (("opening", opening, ("phase", "closed")),)
    return ()


def _like_plan(record: Plan, plans: Sequence[Plan]) -> Like:
    """The same plan, or one that an earlier import brought with another day or without its kind."""
    for plan in plans:
        if plan.kind == record.kind and plan.made == record.made:
            return (("plan", plan, ("maker",)),)
    for plan in plans:
        if plan.kind == record.kind and (plan.batch_id is not None or plan.made is None):
            return (("plan", plan, ("made", "maker")),)
    for plan in plans:
        if plan.made == record.made and "" in (plan.kind, record.kind):
            return (("plan", plan, ("kind", "maker")),)
    return ()


def _like_grade(record: Feedback, grades: Sequence[Feedback]) -> Like:
    for grade in grades:
        if grade.grade == record.grade and record.on_day in (None, grade.on_day):
            return (("feedback", grade, ()),)
    for grade in grades:
        if grade.batch_id is not None and grade.on_day == record.on_day:
            return (("feedback", grade, ("grade",)),)
    return ()


def met(record: Record, found: Like) -> tuple[Difference, ...] | None:
    """The differences from the record that it is; None where it is a new one."""
    if not found:
        return None
    table, ours, attributes = found[0]
    return tuple(
        Difference(
            field=_FIELDS[table][name],
            ours=getattr(ours, name),
            theirs=theirs,
            table=table,
            key=(ours.id,),
            attribute=name,
        )
        for name in attributes
        if (theirs := getattr(record, name)) not in (None, "") and theirs != getattr(ours, name)
        if not (table == "period" and name == "service_kind" and theirs == "other")
    )


def _overlap(ours: Coaching, theirs: Coaching) -> bool:
    return ours.begins <= (theirs.ends or date.max) and theirs.begins <= (ours.ends or date.max)
