"""Workshops, their groups and coaches: name them, change them."""

from dataclasses import asdict, replace
from typing import TypeVar

from coachdesk.domain.letters import nfc
from coachdesk.domain.permissions import Right
from coachdesk.domain.workshop import Coach, Group, Workshop
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import rights
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import workshops
from coachdesk.store.rows import Rows

T = TypeVar("T", Workshop, Group, Coach)


def all_workshops(desk: Desk) -> tuple[Workshop, ...]:
    """The workshops of the desk."""
    with desk.reading() as unit:
        return workshops.WORKSHOPS.find(unit)


def groups(desk: Desk) -> tuple[Group, ...]:
    """The groups of every workshop."""
    with desk.reading() as unit:
        return workshops.GROUPS.find(unit)


def coaches(desk: Desk) -> tuple[Coach, ...]:
    """The coaches of the desk by name."""
    with desk.reading() as unit:
        return workshops.COACHES.find(unit, order=workshops.COACHES.table.c.name)


def coach(desk: Desk) -> Coach:
    """The coach who is at the desk."""
    with desk.reading() as unit:
        return workshops.COACHES.get(unit, desk.coach_id)


def add_workshop(desk: Desk, workshop: Workshop) -> Workshop:
    """Add a workshop.

    Raises:
        Refused: it has no name.
    """
    _must_have_name(workshop)
    with desk.writing() as unit:
        kept = workshops.WORKSHOPS.add(unit, workshop)
        unit.log("workshop.add", subject=f"workshop:{kept.id}", after=asdict(kept))
        unit.commit()
    return kept


def edit_workshop(desk: Desk, workshop: Workshop) -> Workshop:
    """Write a changed workshop; returns it as it was, for undo.

    Raises:
        Refused: it has no name.
    """
    _must_have_name(workshop)
    with desk.writing() as unit:
        before = workshops.WORKSHOPS.get(unit, workshop.id)
        workshops.WORKSHOPS.put(unit, workshop)
        old, new = changed(before, workshop)
        unit.log("workshop.edit", subject=f"workshop:{workshop.id}", before=old, after=new)
        unit.commit()
    return before


def take_back_workshop(desk: Desk, workshop_id: int) -> Workshop:
    """Take back a workshop that was added, for undo.

    Raises:
        Refused: it is in use.
    """
    return _take_back(desk, "workshop", workshops.WORKSHOPS, workshop_id)


def add_group(desk: Desk, workshop_id: int, name: str) -> Group:
    """Add a group to a workshop.

    Raises:
        Refused: it has no name.
    """
    if not nfc(name):
        raise Refused(N_("A group needs a name."), field="name")
    with desk.writing() as unit:
        kept = workshops.GROUPS.add(unit, Group(workshop_id=workshop_id, name=nfc(name)))
        unit.log("group.add", subject=f"group:{kept.id}", after=asdict(kept))
        unit.commit()
    return kept


def rename_group(desk: Desk, group_id: int, name: str) -> Group:
    """Give a group another name; returns it as it was, for undo.

    Raises:
        Refused: it has no name.
    """
    if not nfc(name):
        raise Refused(N_("A group needs a name."), field="name")
    with desk.writing() as unit:
        before = workshops.GROUPS.get(unit, group_id)
        after = replace(before, name=nfc(name))
        workshops.GROUPS.put(unit, after)
        old, new = changed(before, after)
        unit.log("group.edit", subject=f"group:{group_id}", before=old, after=new)
        unit.commit()
    return before


def take_back_group(desk: Desk, group_id: int) -> Group:
    """Take back a group that was added, for undo.

    Raises:
        Refused: it is in use.
    """
    return _take_back(desk, "group", workshops.GROUPS, group_id)


def add_coach(desk: Desk, coach: Coach) -> Coach:
    """Add a coach, who may have no key slot.

    Raises:
        Refused: only a lead coach may, or no name.
    """
    rights.require(desk, Right.COACHES)
    if not nfc(coach.name):
        raise Refused(N_("A coach needs a name."), field="name")
    with desk.writing() as unit:
        kept = workshops.COACHES.add(unit, replace(coach, name=nfc(coach.name)))
        unit.log("coach.add", subject=f"coach:{kept.id}", after=asdict(kept))
        unit.commit()
    return kept


def edit_coach(desk: Desk, coach: Coach) -> Coach:
    """Write a changed coach; returns the one before, for undo.

    Raises:
        Refused: somebody else's details, of which only a lead coach may change any; or no name.
    """
    if coach.id != desk.coach_id:
        rights.require(desk, Right.COACHES)
    if not nfc(coach.name):
        raise Refused(N_("A coach needs a name."), field="name")
    with desk.writing() as unit:
        before = workshops.COACHES.get(unit, coach.id)
        coach = replace(
            coach,
            name=nfc(coach.name),
            role=before.role,  # this and the next two are services.coaches' to change
            added=before.added,
            removed=before.removed,
        )
        workshops.COACHES.put(unit, coach)
        old, new = changed(before, coach)
        unit.log("coach.edit", subject=f"coach:{coach.id}", before=old, after=new)
        unit.commit()
    return before


def take_back_coach(desk: Desk, coach_id: int) -> Coach:
    """Take back a coach who was added, for undo.

    Raises:
        Refused: somebody's coach already, or given a passphrase, now or once.
    """
    rights.require(desk, Right.COACHES)
    with desk.reading() as unit:
        removed = workshops.COACHES.get(unit, coach_id).removed
    if coach_id in desk.openers or removed is not None:
        raise _in_use()  # the log names them, and a number that is free is given anew
    return _take_back(desk, "coach", workshops.COACHES, coach_id)


def _take_back(desk: Desk, word: str, rows: Rows[T], row_id: int) -> T:
    with desk.writing() as unit:
        before = rows.get(unit, row_id)
        if not workshops.take_away(unit, rows, row_id):
            raise _in_use()
        unit.log(f"{word}.take_back", subject=f"{word}:{row_id}", before=asdict(before))
        unit.commit()
    return before


def _in_use() -> Refused:
    return Refused(N_("It is in use already, so it stays."))


def _must_have_name(workshop: Workshop) -> None:
    if not (nfc(workshop.name_fi) or nfc(workshop.name_sv)):
        raise Refused(N_("A workshop needs a name."), field="name_fi")
