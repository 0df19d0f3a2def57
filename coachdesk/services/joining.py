"""Two records of one person: looked at side by side, joined in one transaction.

Every row of the other record goes to the kept one; the record ``Joined`` holds what ``parting`` needs.
"""

from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain import joining as rules
from coachdesk.domain import trainee as trainee_rules
from coachdesk.domain.comparing import Value, compare, hidden, settle
from coachdesk.domain.joining import BOTH, GONE, KEPT, Joined, Meeting, Settled
from coachdesk.domain.trainee import ADDRESS, Trainee
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import rights
from coachdesk.services.desk import Desk
from coachdesk.services.joining_region import lay_refs, take_back_strange, withdrawing
from coachdesk.services.trainees import duplicates_in
from coachdesk.store import consents, periods, phases, plans, tables, trainees
from coachdesk.store import joining as store
from coachdesk.store.joining import Row
from coachdesk.store.trainees import NameRow
from coachdesk.store.unit import Unit


class Record:
    """What a join does, written down while it is done."""

    def __init__(self, unit: Unit, kept_id: int, gone_id: int) -> None:
        self.unit, self.kept_id, self.gone_id = unit, kept_id, gone_id
        self.moved: dict[str, Any] = {store.SINCE: store.last_numbers(unit)}
        self.aside: dict[str, list[Row]] = {}
        self.changed: dict[str, list[list[Row]]] = {}

    def lay_aside(self, table: str, rows: list[Row]) -> None:
        """Take rows out of their table and keep them here."""
        store.take_away(self.unit, table, rows)
        self.aside.setdefault(table, []).extend(rows)

    def change(self, table: str, key: Row, write: Any) -> None:
        """Let one row be written over, and keep what it was."""
        old = store.rows(self.unit, table, **key)[0]
        write()
        before, after = store.differing(old, store.rows(self.unit, table, **key)[0])
        if before:
            self.changed.setdefault(table, []).append([key, before, after])


def meeting(desk: Desk, kept_id: int, gone_id: int) -> Meeting:
    """Two records side by side, value by value, and what would move; a look at each is logged.

    An identity code is only dots, and the address of a protected person is not told.

    Raises:
        Refused: it is one record, or one of them is no longer on the desk.
        ReasonNeeded: one is another coach's and no reason was stated.
    """
    with desk.writing() as unit:
        kept, gone = _two(desk, unit, kept_id, gone_id)
        found = _meeting(unit, kept, gone)
        for one, other in ((kept_id, gone_id), (gone_id, kept_id)):
            unit.log("trainee.compare", trainee_id=one, subject=f"trainee:{other}")
        unit.commit()
    return found


def join(
    desk: Desk,
    kept_id: int,
    gone_id: int,
    *,
    mine: Collection[str] = (),
    theirs: Collection[str] = (),
    valid_plan: str = "",
    why: str = "",
) -> Joined:
    """Join the record ``gone`` into ``kept``; ``parting.part`` takes it back.

    ``mine`` and ``theirs`` are the fields whose value of the kept or of the other record was chosen; where
    only one of them tells a value it is taken.  ``valid_plan`` says which plan is valid where both have one:
    kept, gone, or both.

    Raises:
        Refused: it is one record, one is no longer there, or a choice is missing.
        ReasonNeeded: one is another coach's and no reason was stated.
    """
    with desk.writing() as unit:
        kept, gone = _two(desk, unit, kept_id, gone_id)
        chosen = settle(compare(rules.FIELDS, kept, gone), mine=mine, theirs=theirs)
        valid = _plans(unit, kept_id, gone_id)
        rules.check_plans(valid, valid_plan)
        settled, doubly_open = _consents(unit, kept_id, gone_id), _doubly_open(unit, kept_id, gone_id)
        own_row = store.rows(unit, "trainee", id=gone_id)[0]
        _log(unit, kept, gone, chosen, why)
        record = Record(unit, kept_id, gone_id)
        lay_refs(record, settled)
        _move(record)
        _write(record, kept, chosen)
        _settle_consents(record, settled)
        for opening in doubly_open:
            closed = replace(opening, trainee_id=kept_id, closed=opening.opened)
            record.change("opening", {"id": opening.id}, lambda one=closed: phases.OPENINGS.put(unit, one))
        if valid is not None and valid_plan != BOTH:
            _say_valid(record, *(valid if valid_plan == KEPT else valid[::-1]))
        store.refuse_left(unit, gone_id)
        store.take_away(unit, "trainee", [own_row])
        joined = _keep(record, own_row)
        take_back_strange(unit)
        unit.commit()
    return joined


def others(desk: Desk, trainee_id: int) -> tuple[Hit, ...]:
    """Everybody whom a record may be joined with: first who looks alike, surest first, then by name."""
    with desk.reading() as unit:
        own = trainees.TRAINEES.get(unit, trainee_id)
        alike = [like.trainee.id for like in duplicates_in(unit, own)]
        found = {row.id: row for row in trainees.names(unit) if row.id != trainee_id}
    return tuple(_hit(found[one]) for one in dict.fromkeys((*alike, *found)) if one in found)


def of_trainee(desk: Desk, trainee_id: int) -> tuple[Joined, ...]:
    """The records joined into a trainee's, the newest first."""
    with desk.reading() as unit:
        return store.of_trainee(unit, trainee_id)


def _hit(row: NameRow) -> Hit:
    name = f"{row.family_name}, {row.given_names}".rstrip(", ")
    return Hit(trainee_id=row.id, name=name, birth_year=row.birth_date.year if row.birth_date else None)


def _two(desk: Desk, unit: Unit, kept_id: int, gone_id: int) -> tuple[Trainee, Trainee]:
    rules.refuse_same(kept_id, gone_id)
    found = trainees.TRAINEES.find(unit, tables.trainee.c.id.in_([kept_id, gone_id]))
    by_id = {one.id: one for one in found}
    if len(by_id) < 2:
        raise Refused(N_("One of the two is no longer on the desk. Look for the person once more."))
    for one in (kept_id, gone_id):
        rights.see_to(desk, unit, one)
    return by_id[kept_id], by_id[gone_id]


def _meeting(unit: Unit, kept: Trainee, gone: Trainee) -> Meeting:
    settled = _consents(unit, kept.id, gone.id)
    codes = {kept.personal_identity_code, gone.personal_identity_code} - {""}
    return Meeting(
        kept=trainee_rules.for_reading(kept),
        gone=trainee_rules.for_reading(gone),
        values=tuple(_shown(value, kept, gone) for value in compare(rules.FIELDS, kept, gone)),
        counts=store.counts(unit, gone.id),
        overlapping=rules.overlapping(periods.of_trainee(unit, kept.id), periods.of_trainee(unit, gone.id)),
        consents=settled,
        plans=_plans(unit, kept.id, gone.id),
        twice=sum(len(rows) for _table, rows in store.twice(unit, kept.id, gone.id)),
        withdraws=withdrawing(unit, kept.id, gone.id, settled),
        other_code=len(codes) == 2,
    )


def _shown(value: Value, kept: Trainee, gone: Trainee) -> Value:
    """The value as a screen may hold it: a code and a protected address as dots, told whether another."""
    protected = kept.non_disclosure or gone.non_disclosure
    if value.name != "personal_identity_code" and not (protected and value.name in ADDRESS):
        return value
    return hidden(value)


def _plans(unit: Unit, kept_id: int, gone_id: int) -> Any:
    mine, theirs = (rules.valid_plan(plans.of_trainee(unit, one), unit.on) for one in (kept_id, gone_id))
    return (mine, theirs) if mine and theirs else None


def _consents(unit: Unit, kept_id: int, gone_id: int) -> tuple[Settled, ...]:
    return rules.settle_consents(
        consents.of_trainee(unit, kept_id),
        consents.of_trainee(unit, gone_id),
        consents.prohibitions_of(unit, kept_id),
        consents.prohibitions_of(unit, gone_id),
        unit.on,
        HELSINKI,
    )


def _doubly_open(unit: Unit, kept_id: int, gone_id: int) -> Any:
    return rules.doubly_open(phases.of_trainee(unit, kept_id), phases.of_trainee(unit, gone_id))


def _log(unit: Unit, kept: Trainee, gone: Trainee, chosen: dict[str, Any], why: str) -> None:
    """A line for each, before the other record is gone: its reason is asked for as for any act."""
    old = asdict(kept)
    changed = {name: value for name, value in chosen.items() if value != old[name]}
    unit.log(
        "trainee.join",
        trainee_id=kept.id,
        subject=f"trainee:{gone.id}",
        before={name: old[name] for name in changed},
        after=changed,
        why=why,
    )
    unit.log("trainee.joined", trainee_id=gone.id, subject=f"trainee:{kept.id}", before=asdict(gone), why=why)


def _move(record: Record) -> None:
    unit, kept_id, gone_id = record.unit, record.kept_id, record.gone_id
    for table, rows in list(store.twice(unit, kept_id, gone_id)):
        record.lay_aside(table, rows)
    for table_ in store.moving():
        if keys := store.move(unit, table_, gone_id, kept_id):
            record.moved[table_.name] = keys
    store.removed_follow(unit, gone_id, kept_id, [row["id"] for row in record.moved.get("removed", ())])
    _move_drafts(record)


def _move_drafts(record: Record) -> None:
    """Drafts follow their person; one that stands in the way of another waits, and comes back by parting."""
    unit = record.unit
    own = f"trainee:{record.gone_id}"
    there = {(row["coach_id"], row["form"], row["subject"]) for row in store.drafts_of(unit, record.kept_id)}
    for row in store.drafts_of(unit, record.gone_id):
        subject = f"trainee:{record.kept_id}{row['subject'].removeprefix(own)}"
        record.lay_aside("draft", [row])
        if (row["coach_id"], row["form"], subject) not in there:
            store.lay_back(unit, "draft", [row | {"subject": subject}])
            key = {name: row[name] for name in ("coach_id", "form")}
            record.moved.setdefault("draft", []).append(key | {"subject": subject})


def _write(record: Record, kept: Trainee, chosen: dict[str, Any]) -> None:
    unit = record.unit
    after = trainee_rules.checked(replace(kept, **chosen), unit.on)
    record.change("trainee", {"id": kept.id}, lambda: trainees.put(unit, after))


def _settle_consents(record: Record, settled: tuple[Settled, ...]) -> None:
    """At most one consent stands for each recipient: the other is replaced, or withdrawn where it must be."""
    unit = record.unit
    known = consents.of_trainee(unit, record.kept_id)
    for one in settled:
        for ended in one.withdrawn:
            stopped = replace(ended, trainee_id=record.kept_id, withdrawn=unit.at)
            record.change("consent", {"id": ended.id}, lambda new=stopped: consents.CONSENTS.put(unit, new))
            unit.log(
                "consent.withdraw",
                trainee_id=record.kept_id,
                subject=f"consent:{ended.number}",
                before=asdict(ended),
            )
        if one.stands is not None and one.replaced is not None:
            first = rules.first_of_chain(known, one.stands)
            tied = replace(first, replaces_id=one.replaced.id)
            record.change("consent", {"id": first.id}, lambda new=tied: consents.CONSENTS.put(unit, new))
            record.moved.setdefault(store.REPLACED, []).append([one.replaced.id, one.stands.id])


def _say_valid(record: Record, valid: Any, other: Any) -> None:
    """The plan that is valid replaces the other, at the beginning of its own row of plans."""
    unit = record.unit
    by_id = {plan.id: plan for plan in plans.of_trainee(unit, record.kept_id)}
    first = by_id[valid.id]
    while first.replaces_id in by_id:
        first = by_id[first.replaces_id]
    tied = replace(first, replaces_id=other.id)
    record.change("plan", {"id": first.id}, lambda: plans.PLANS.put(unit, tied))


def _keep(record: Record, own_row: Row) -> Joined:
    return store.JOINED.add(
        record.unit,
        Joined(
            trainee_id=record.kept_id,
            gone_id=record.gone_id,
            at=record.unit.at,
            coach_id=record.unit.coach_id,
            gone=own_row,
            moved=record.moved,
            aside=record.aside,
            changed=record.changed,
        ),
    )


__all__ = ["BOTH", "GONE", "KEPT", "join", "meeting", "of_trainee"]
