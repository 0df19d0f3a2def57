"""Batches: the imports of a desk, and undoing one as one act until a later act touched its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import imports as store
from coachdesk.store import joining
from coachdesk.store.imports import Batch
from coachdesk.store.unit import Unit


def undo(desk: Desk, batch_id: int) -> tuple[int, ...]:
    """Undo an import by a new act: what it brought goes, what it changed is as before.

    Returns:
        The trainees that were concerned.

    Raises:
        Refused: it is undone already, or a later act touched one of its rows; says whose.
    """
    with desk.writing() as unit:
        batch = store.BATCHES.get(unit, batch_id)
        touched = _touched(batch)
        _refuse_touched(unit, batch, touched)
        for trainee_id, told in touched.items():
            for seq in reversed(told["seqs"]):
                said = store.before_of(unit, seq) or {}
                for one in said.get("before", {}).get("values", ()):
                    store.change(unit, one["table"], tuple(one["key"]), one["values"])
            store.remove_days(unit, told["days"])
            unit.log("import.undo_trainee", trainee_id=trainee_id, subject=f"import:{batch_id}")
        store.remove_brought(unit, batch_id)
        store.BATCHES.put(unit, replace(batch, undone=unit.at))
        unit.log("import.undo", subject=f"import:{batch_id}", before={"rows": batch.rows})
        unit.commit()
    return tuple(touched)


def batches(desk: Desk) -> tuple[Batch, ...]:
    """The imports of the desk, the newest first."""
    with desk.reading() as unit:
        return store.BATCHES.find(unit, order=store.BATCHES.table.c.id.desc())


def why_not_undone(desk: Desk, batch_id: int) -> Refused | None:
    """Why an import can no longer be undone, or None where it can."""
    with desk.reading() as unit:
        batch = store.BATCHES.get(unit, batch_id)
        try:
            _refuse_touched(unit, batch, _touched(batch))
        except Refused as problem:
            return problem
    return None


def keep_touched(unit: Unit, batch: Batch, touched: Mapping[int, dict[str, Any]]) -> None:
    """Keep with the batch how each row stands, so that a later act on one of them is seen."""
    now = store.digests(unit, batch.id, touched)
    kept = {
        str(trainee_id): {**told, "digest": now.get(trainee_id, "")} for trainee_id, told in touched.items()
    }
    store.BATCHES.put(unit, replace(batch, touched=kept))


def _touched(batch: Batch) -> dict[int, dict[str, Any]]:
    return {int(trainee_id): dict(told) for trainee_id, told in (batch.touched or {}).items()}


def _refuse_touched(unit: Unit, batch: Batch, touched: Mapping[int, Mapping[str, Any]]) -> None:
    if batch.undone:
        raise Refused(N_("This import is undone already."))
    now = store.digests(unit, batch.id, touched)
    later = {trainee_id for trainee_id, told in touched.items() if now.get(trainee_id, "") != told["digest"]}
    later |= store.hanging(unit, batch.id)
    if not later:
        return
    names = store.names(unit, joining.now(unit, later).values())
    shown = "; ".join(names[:3])
    if len(later) > 3 or not names:
        raise Refused(
            N_("The import cannot be undone: {count} of its people were changed after it, such as {names}."),
            count=len(later),
            names=shown or "–",
        )
    raise Refused(N_("The import cannot be undone: {names} changed after it."), names=shown)
