"""Two records that were joined wrongly are parted again, exactly as far as nothing was touched since."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from coachdesk.domain.joining import Joined, Parted
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.joining_region import renew_withdrawn, revive, take_back_strange
from coachdesk.store import joining as store
from coachdesk.store import trainees
from coachdesk.store.joining import REPLACED, SINCE, WHOLE, Row
from coachdesk.store.unit import Unit

_AT_THE_END = ("reference", "draft")
_UNTOLD = (*WHOLE, "bundle_item", "joined")  # of the desk's own sending and joining


def part(desk: Desk, joined_id: int, *, why: str = "") -> Parted:
    """Part two records again: every row goes back to whose it was, every value to what it was.

    Rows added after the join stay with the kept trainee, values changed after it stay; both are told.

    Raises:
        Refused: they are parted already, or another record was joined into the same one later.
        ReasonNeeded: the trainee is another coach's and no reason was stated.
    """
    with desk.writing() as unit:
        joined = _must_be_last(unit, joined_id)
        parted = _part(unit, joined)
        for one, other in ((joined.trainee_id, joined.gone_id), (joined.gone_id, joined.trainee_id)):
            after = {"stay": dict(parted.stay), "touched": list(parted.touched)}
            unit.log("trainee.part", trainee_id=one, subject=f"trainee:{other}", after=after, why=why)
        for one in (joined.trainee_id, joined.gone_id):
            renew_withdrawn(unit, one)
        take_back_strange(unit)
        unit.commit()
    return parted


def _must_be_last(unit: Unit, joined_id: int) -> Joined:
    try:
        joined = store.JOINED.get(unit, joined_id)
    except LookupError:
        raise Refused(N_("These records are no longer joined.")) from None
    if joined.parted is not None:
        raise Refused(N_("These records are parted already."))
    last = store.of_trainee(unit, joined.trainee_id)[0]
    if last.id != joined.id:
        raise Refused(N_("Part {name} first: that record was joined later."), name=last.name)
    return joined


def _part(unit: Unit, joined: Joined) -> Parted:
    kept_id, gone_id, moved = joined.trainee_id, joined.gone_id, dict(joined.moved)
    since = dict(moved.pop(SINCE, {}))
    drafts, replaced = moved.pop("draft", ()), moved.pop(REPLACED, ())
    store.lay_back(unit, "trainee", [dict(joined.gone)])
    stay = store.added_since(unit, kept_id, since)
    lost = _move_back(unit, moved, kept_id, gone_id)
    store.days_follow(unit, gone_id)
    removed = [row["id"] for row in moved.get("removed", ())]
    store.removed_follow(unit, kept_id, gone_id, removed)
    refs = [row["ref"] for row in joined.aside.get("reference", ()) if row["trainee_id"] == gone_id]
    store.items_follow(unit, refs, gone_id)
    _lay_back(unit, joined, drafts)
    touched = _write_back(unit, joined.changed)
    trainees.put(unit, trainees.TRAINEES.get(unit, kept_id))  # the keys of a name that was changed since
    store.part_links(unit, kept_id, gone_id)
    for old_id, stands_id in replaced:
        revive(unit, old_id, stands_id)
    store.JOINED.put(unit, replace(joined, parted=unit.at, gone={}, moved={}, aside={}, changed={}))
    own = {name: count for name, count in stay.items() if name not in _UNTOLD}
    return Parted(kept_id=kept_id, gone_id=gone_id, stay=own, lost=lost, touched=touched)


def _move_back(unit: Unit, moved: Mapping[str, Iterable[Row]], kept_id: int, gone_id: int) -> dict[str, int]:
    lost = {}
    for table, keys in moved.items():
        if number := store.move_back(unit, table, keys, kept_id, gone_id):
            lost[table] = number
    return lost


def _lay_back(unit: Unit, joined: Joined, drafts: Iterable[Row]) -> None:
    """What was laid aside finds its place again; a draft goes back with the words that it has now."""
    for table, rows in joined.aside.items():
        if table not in _AT_THE_END:
            store.lay_back(unit, table, rows)
    refs = {(row["recipient"]) for row in joined.aside.get("reference", ())}
    now = store.rows(unit, "reference", trainee_id=joined.trainee_id)
    store.take_away(unit, "reference", [row for row in now if row["recipient"] in refs])
    store.lay_back(unit, "reference", joined.aside.get("reference", ()))
    followed = {_whose(key, joined): key for key in drafts}
    for row in joined.aside.get("draft", ()):
        at = followed.get((row["coach_id"], row["form"], row["subject"]))
        found = store.rows(unit, "draft", **at) if at is not None else [row]
        store.take_away(unit, "draft", found)
        store.lay_back(unit, "draft", [one | {"subject": row["subject"]} for one in found])


def _whose(key: Row, joined: Joined) -> tuple[Any, ...]:
    """The name that a draft had before it followed its person."""
    rest = key["subject"].removeprefix(f"trainee:{joined.trainee_id}")
    return key["coach_id"], key["form"], f"trainee:{joined.gone_id}{rest}"


def _write_back(unit: Unit, changed: Mapping[str, Any]) -> tuple[str, ...]:
    """Values go back where nobody wrote over them since; the fields of the trainee that stay are told."""
    touched: tuple[str, ...] = ()
    for table, rows in changed.items():
        for key, before, after in rows:
            stayed = store.write_back(unit, table, key, before, after)
            if table == "trainee":
                touched = tuple(name for name in stayed if name not in ("name_fold", "name_sort"))
    return touched
