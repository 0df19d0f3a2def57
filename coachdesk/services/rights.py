"""Asking the desk's rules who may do this, and stating why somebody sees to another's trainee."""

from dataclasses import asdict
from datetime import timedelta

from coachdesk.domain import permissions
from coachdesk.domain.letters import nfc_lines
from coachdesk.domain.permissions import Right
from coachdesk.domain.workshop import Coach, StandIn
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import standing_in, workshops
from coachdesk.store.unit import Unit

LONGEST_DAYS = 92


def may(desk: Desk, right: Right) -> bool:
    """Whether the coach at the desk has a right of the lead coach."""
    with desk.reading() as unit:
        return permissions.may(_at_the_desk(desk, unit), right)


def require(desk: Desk, right: Right) -> None:
    """Refuse who has not the right.

    Raises:
        Refused: only a lead coach may.
    """
    with desk.reading() as unit:
        permissions.require(_at_the_desk(desk, unit), right)


def see_to(desk: Desk, unit: Unit, trainee_id: int) -> str:
    """The reason stated for seeing to this trainee; empty where none is needed.

    Raises:
        ReasonNeeded: the trainee is another coach's and no reason is in force.
    """
    return standing_in.reason(unit, desk.coach_id, desk.openers, trainee_id)


def state_reason(desk: Desk, trainee_id: int, reason: str, days: int = 1) -> StandIn:
    """State why one sees to another coach's trainee, for today or some days; the log keeps it.

    Raises:
        Refused: no words, or more than three months.
    """
    said = nfc_lines(reason)
    if not said:
        raise Refused(N_("State a reason."), field="reason")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(N_("A reason holds for three months at most."), field="days")
    with desk.writing() as unit:
        stated = StandIn(
            coach_id=desk.coach_id,
            trainee_id=trainee_id,
            reason=said,
            valid_from=unit.on,
            valid_to=unit.on + timedelta(days=days - 1),
        )
        standing_in.state(unit, stated)
        unit.log("trainee.stand_in", trainee_id=trainee_id, after=asdict(stated), why=said)
        unit.commit()
    return stated


def responsible(desk: Desk, trainee_id: int) -> str:
    """The name of the coach whose trainee it is; empty where there is none."""
    with desk.reading() as unit:
        coach_id = standing_in.responsible(unit, trainee_id)
        return workshops.COACHES.get(unit, coach_id).name if coach_id else ""


def _at_the_desk(desk: Desk, unit: Unit) -> Coach:
    return workshops.COACHES.get(unit, desk.coach_id)
