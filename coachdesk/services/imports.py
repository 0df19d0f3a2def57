"""Imports: a spreadsheet is previewed, carried out whole in one transaction, and undone as one act.

The preview runs on a reading connection and changes nothing.  Carrying out plans the rows anew on the
writing one and refuses when the desk is no longer as it was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from coachdesk.domain.period import WEEK
from coachdesk.domain.trainee import checked
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.importing.columns import Column
from coachdesk.importing.meeting import chosen, default_choices, of_trainee
from coachdesk.importing.row_plan import Difference, RowPlan
from coachdesk.services.batches import batches, keep_touched, undo, why_not_undone
from coachdesk.services.desk import Desk
from coachdesk.services.import_meeting import plan_of
from coachdesk.services.import_preview import Cancelled, ImportPreview, Progress, preview, silent
from coachdesk.services.import_wording import (
    fields,
    left_out_line,
    result_line,
    sentence,
    summary_line,
    unread_line,
)
from coachdesk.store import imports as store
from coachdesk.store import trainees
from coachdesk.store.imports import Batch
from coachdesk.store.unit import Unit

__all__ = [  # what callers find here beside what stands below
    "Cancelled", "Column", "ImportPreview", "batches", "fields", "left_out_line", "preview", "result_line",
    "sentence", "summary_line", "undo", "unread_line", "why_not_undone",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the coach decided: where the sheet's value is taken, and which rows stay out."""

    take: frozenset[tuple[int, str]] = frozenset()  # (first row of a person, field)
    leave_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was done; ``batch_id`` is 0 where there was nothing to do."""

    batch_id: int = 0
    new: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(slots=True)
class _Done:
    """What was done to one trainee, for the log and for undo."""

    changed: list[tuple[Any, ...]] = field(default_factory=list)
    days: list[tuple[int, str]] = field(default_factory=list)
    before: list[dict[str, Any]] = field(default_factory=list)


def choices_by_default(found: ImportPreview, *, leave_out_errors: bool = False) -> Choices:
    """Take what the desk does not know, keep its own elsewhere; errors stop unless left out."""
    return Choices(
        take=default_choices(found.plans), leave_out=found.bad_rows if leave_out_errors else frozenset()
    )


def carry_out(
    desk: Desk, found: ImportPreview, choices: Choices | None = None, *, progress: Progress | None = None
) -> ImportResult:
    """Take a previewed file in: all of it in one transaction, or nothing.

    Raises:
        Refused: an error is neither corrected nor left out, or the desk changed since the preview.
    """
    choices = choices or choices_by_default(found)
    _refuse_errors(found, choices)
    tell = progress or silent
    with desk.writing() as unit:
        plans, _ = plan_of(unit, found)
        if plans != found.plans:
            raise Refused(N_("The desk changed after the preview. Nothing was imported; look again."))
        wanted = [plan for plan in plans if not choices.leave_out.intersection(plan.rows)]
        acting = [p for p in wanted if p.person or p.adds or chosen(p, choices.take)]
        result = _counted(wanted, choices)
        if not acting:
            return result
        batch = _begin(unit, found, len(wanted))
        touched: dict[int, dict[str, Any]] = {}
        for number, plan in enumerate(acting):
            tell(number, len(acting))
            _take_in(unit, plan, chosen(plan, choices.take), batch.id, touched)
        keep_touched(unit, batch, touched)
        unit.commit()
    tell(len(acting), len(acting))
    return replace(result, batch_id=batch.id)


def _refuse_errors(found: ImportPreview, choices: Choices) -> None:
    for finding in found.errors:
        if finding.row not in choices.leave_out or finding.row <= found.heading:
            raise Refused(
                N_("Row {row} has an error. Correct the file, or leave the row out."), row=finding.row
            )


def _counted(wanted: Sequence[RowPlan], choices: Choices) -> ImportResult:
    new = sum(bool(p.person) for p in wanted)
    changed = sum(not p.person and bool(chosen(p, choices.take)) for p in wanted)
    added = sum(not p.person and bool(p.adds) for p in wanted)
    same = sum(not (p.person or p.adds or chosen(p, choices.take)) for p in wanted)
    return ImportResult(new=new, added=added, changed=changed, same=same)


def _begin(unit: Unit, found: ImportPreview, rows: int) -> Batch:
    batch = store.BATCHES.add(
        unit,
        Batch(at=unit.at, file_name=found.file_name, kind=found.kind, rows=rows, coach_id=unit.coach_id),
    )
    unit.log("import.carry_out", subject=f"import:{batch.id}", after={"kind": found.kind, "rows": rows})
    return batch


def _take_in(
    unit: Unit,
    plan: RowPlan,
    taken: Sequence[Difference],
    batch_id: int,
    touched: dict[int, dict[str, Any]],
) -> None:
    """One person: a new trainee or the values taken, and the records; one line in the log."""
    done, trainee_id = _Done(), plan.trainee_id
    after: dict[str, Any] = {}
    if plan.person:
        kept = trainees.add(unit, replace(checked(plan.person, unit.on), batch_id=batch_id))
        trainee_id, after = kept.id, {"trainee": asdict(kept)}
    for difference in taken:
        _take(unit, difference, done)
    records = [of_trainee(record, trainee_id, batch_id) for record in plan.adds]
    store.add_many(unit, records)
    for term in plan.terms:
        store.add_terms(unit, batch_id, trainee_id, term.begins, term.agreed, term.group_id)
    done.days.extend((r.period_id, r.day.isoformat()) for r in records if not hasattr(r, "batch_id"))
    after["records"] = [{"of": type(r).__name__, **asdict(r)} for r in records]
    after["terms"] = [asdict(term) for term in plan.terms]
    after["values"] = [{"table": d.table, "key": d.key, d.attribute: _plain(d)} for d in taken]
    unit.log(
        "import.trainee",
        trainee_id=trainee_id,
        subject=f"import:{batch_id}",
        before={"values": done.before} if done.before else None,
        after=after,
    )
    told = touched.setdefault(trainee_id, {"seqs": [], "changed": [], "days": []})
    told["seqs"].append(store.log_seq(unit))
    told["changed"].extend(done.changed)
    told["days"].extend(done.days)


def _take(unit: Unit, difference: Difference, done: _Done) -> None:
    if difference.table == WEEK:
        (period_id,) = difference.key
        done.changed.append((WEEK, period_id))
        week = {"days": store.week_of(unit, period_id)}
        done.before.append({"table": WEEK, "key": [period_id], "values": week})
        store.change(unit, WEEK, difference.key, {"days": _plain(difference)})
        return
    names = ["kind", "minutes", "reason", "certificate_seen"]
    if difference.table != "attended_day":
        names = [difference.attribute]
    old = store.values_of(unit, difference.table, difference.key, names)
    wanted = difference.theirs
    values = {n: getattr(wanted, n) for n in names} if names[0] == "kind" else {names[0]: wanted}
    store.change(unit, difference.table, difference.key, values)
    key = [part.isoformat() if isinstance(part, date) else part for part in difference.key]
    done.changed.append((difference.table, *key))
    done.before.append({"table": difference.table, "key": key, "values": old})


def _plain(difference: Difference) -> object:
    theirs = difference.theirs
    if difference.table == WEEK:
        assert isinstance(theirs, tuple)
        return [store.plain_day(day) for day in theirs]
    return getattr(theirs, difference.attribute) if difference.table == "attended_day" else theirs
