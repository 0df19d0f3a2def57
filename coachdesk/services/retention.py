"""How long ended trainees are kept, what is due, and removing somebody for good: for the lead coach.

What is removed goes from every table, the drafts, the attachments and all new backups, and the key of what
the log keeps of the person is destroyed.  The log keeps that it happened.  It cannot be undone.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from coachdesk.domain import retention as rules
from coachdesk.domain import rights_request
from coachdesk.domain.permissions import Right
from coachdesk.domain.retention import Keeping
from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_
from coachdesk.services import names, rights
from coachdesk.services.carrying import BACKUP_FOLDER, local_folder
from coachdesk.services.desk import Desk
from coachdesk.store import gone, meta, removal, rights_requests, trainees
from coachdesk.store import retention as store
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """An ended trainee in the list: how long kept, and whether he or she has asked to be removed."""

    trainee_id: int
    name: str
    keeping: Keeping | None
    asked: bool = False
    over: bool = False
    again: bool = False  # removed once already, and back by an older backup

    @property
    def due(self) -> bool:
        """Whether the lead coach is to decide now."""
        return self.over or self.asked or self.again


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalSheet:
    """What would go with a trainee, as rows by table, and who still has something of the person."""

    trainee_id: int
    name: str
    keeping: Keeping | None
    counts: dict[str, int]
    asked: bool = False
    grounds: tuple[str, ...] = ()  # those that hold
    at_region: tuple[str, ...] = ()  # recipients, codes of bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What a removal did: how many rows went, and why the store was not built anew, if so."""

    rows: int
    problem: Problem | None = None


def sheet(desk: Desk) -> tuple[KeptRow, ...]:
    """Everybody whose service has ended or who asked to be removed: what is due first, then by day.

    Raises:
        Refused: only a lead coach may.
    """
    rights.require(desk, Right.RETENTION)
    with desk.writing() as unit:
        asked = {one.trainee_id for one in rights_requests.of_kind(unit, rights_request.ERASURE)}
        found = {who: rules.keeping(each, unit.on) for who, each in store.services(unit).items()}
        found |= {who: rules.never_begun(day, unit.on) for who, day in store.never_begun(unit).items()}
        wanted = {who: kept for who, kept in found.items() if kept is not None}
        back = gone.again(unit)
        people = wanted.keys() | asked | back
        known = trainees.names_of(unit, people)
        rows = [
            replace(_row(unit, who, known[who], wanted.get(who), who in asked), again=who in back)
            for who in people
        ]
        unit.log("retention.list", after={"people": len(rows)})
        unit.commit()
    return tuple(sorted(rows, key=_order))


def keeping_of(unit: Unit, trainee_id: int) -> Keeping | None:
    """How long one trainee is kept; None while a service runs."""
    services = store.services_of(unit, trainee_id)
    if not services:
        return rules.never_begun(store.never_begun(unit).get(trainee_id), unit.on)
    return rules.keeping(services, unit.on)


def what_goes(desk: Desk, trainee_id: int) -> RemovalSheet:
    """What would be removed with a trainee; the look is logged.

    Raises:
        Refused: only a lead coach may.
    """
    rights.require(desk, Right.RETENTION)
    with desk.writing() as unit:
        kept, asked = keeping_of(unit, trainee_id), _asked(unit, trainee_id)
        found = RemovalSheet(
            trainee_id=trainee_id,
            name=trainees.TRAINEES.get(unit, trainee_id).spoken_name,
            keeping=kept,
            counts=removal.counts(unit, trainee_id),
            asked=asked,
            grounds=tuple(
                ground
                for ground in rules.GROUNDS
                if _holds(ground, kept, asked, unit, again=trainee_id in gone.again(unit))
            ),
            at_region=removal.at_region(unit, trainee_id),
        )
        unit.log("retention.look", subject=f"trainee:{trainee_id}")
        unit.commit()
    return found


def remove(desk: Desk, trainee_id: int, *, ground: str) -> Gone:
    """Remove a trainee for good.  It cannot be undone.

    The person is gone once this returns; where the store could not be built anew, that is tried again
    before the next backup, and ``problem`` says why.

    Raises:
        Refused: only a lead coach may; the ground does not hold; or the region still has something.
    """
    rights.require(desk, Right.RETENTION)
    with desk.writing() as unit:
        trainees.TRAINEES.get(unit, trainee_id)
        kept, asked = keeping_of(unit, trainee_id), _asked(unit, trainee_id)
        back = trainee_id in gone.again(unit)
        rules.must_be_removable(ground, kept, asked, unit.on, again=back)
        chosen = meta.get(unit, BACKUP_FOLDER)
        if removal.at_region(unit, trainee_id):
            raise Refused(
                N_("The region still has a summary of this trainee. Withdraw the consent and send it first.")
            )
        files = removal.files_of(unit, trainee_id)
        went = removal.remove(unit, trainee_id)
        counted = {"ground": ground, "rows": sum(went.values())}
        unit.log("retention.remove", subject=f"trainee:{trainee_id}", after=counted)
        unit.commit()
    removal.destroy_files(desk.folder, files)
    for place in (desk.folder, local_folder(desk.folder), *((Path(chosen),) if chosen else ())):
        gone.add(place, desk.keyfile.desk_id, (trainee_id,))
    names.forget(desk)
    problem = None
    try:
        sweep(desk)
    except Problem as error:
        problem = error
    return Gone(rows=sum(went.values()), problem=problem)


def sweep(desk: Desk) -> bool:
    """Build the store anew where somebody was removed and nobody has done so; whether it was done.

    Raises:
        Refused: something is being read or saved for longer than one can wait.
        DiskFull, Trouble: there is no room.
    """
    with desk.reading() as unit:
        if not meta.get(unit, removal.TO_SWEEP):
            return False
    with desk.alone() as raw:
        removal.sweep(raw, desk.folder)
    with desk.writing() as unit:
        meta.remove(unit, removal.TO_SWEEP)
        unit.commit()
    return True


def _row(unit: Unit, trainee_id: int, name: str, kept: Keeping | None, asked: bool) -> KeptRow:
    over = kept is not None and kept.over(unit.on)
    return KeptRow(trainee_id=trainee_id, name=name, keeping=kept, asked=asked, over=over)


def _order(row: KeptRow) -> tuple[bool, bool, str, str]:
    due = row.keeping.due if row.keeping else None
    return (not row.due, due is None, due.isoformat() if due else "", row.name)


def _asked(unit: Unit, trainee_id: int) -> bool:
    return rights_request.asks_for_erasure(rights_requests.of_trainee(unit, trainee_id))


def _holds(ground: str, kept: Keeping | None, asked: bool, unit: Unit, *, again: bool) -> bool:
    try:
        rules.must_be_removable(ground, kept, asked, unit.on, again=again)
    except Refused:
        return False
    return True
