"""Archiving a trainee whose service has ended, and reopening, which is a lead coach's act."""

from datetime import datetime

from coachdesk.domain.archive import Archived
from coachdesk.domain.letters import nfc_lines
from coachdesk.domain.permissions import Right
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import retention, rights
from coachdesk.services.desk import Desk
from coachdesk.store import archive as store
from coachdesk.store import periods, phases
from coachdesk.store.unit import Unit


def archive(desk: Desk, trainee_id: int) -> Archived:
    """Archive a trainee: from now on nothing of the person is changed.

    Raises:
        Refused: a service still runs, or the trainee is archived already.
        ReasonNeeded: the trainee is another coach's.
    """
    with desk.writing() as unit:
        rights.see_to(desk, unit, trainee_id)
        if store.since(unit, trainee_id) is not None:
            raise Refused(N_("The trainee is archived already."))
        if retention.keeping_of(unit, trainee_id) is None:
            raise _still_running(unit, trainee_id)
        kept = store.ARCHIVED.add(
            unit, Archived(trainee_id=trainee_id, at=unit.at, coach_id=desk.coach_id or None)
        )
        unit.log("trainee.archive", trainee_id=trainee_id)
        unit.commit()
    return kept


def _still_running(unit: Unit, trainee_id: int) -> Refused:
    """Which service it is that still runs."""
    coaching = next((one for one in phases.coaching(unit, trainee_id) if one.ends is None), None)
    over = all(
        (last := one.ended or one.ends) is not None and last < unit.on
        for one in periods.of_trainee(unit, trainee_id)
    )
    if coaching is not None and over:
        return Refused(
            N_("Job coaching that began on {day} is still open. End it first."), day=coaching.begins
        )
    return Refused(N_("The trainee's service has not ended."))


def reopen(desk: Desk, trainee_id: int, why: str) -> None:
    """Open an archived trainee again, with a reason that the log keeps.

    Raises:
        Refused: only a lead coach may; no reason; or the trainee is not archived.
    """
    rights.require(desk, Right.REOPEN)
    said = nfc_lines(why)
    if not said:
        raise Refused(N_("State a reason."), field="why")
    with desk.writing() as unit:
        if not store.reopen(unit, trainee_id):
            raise Refused(N_("The trainee is not archived."))
        unit.log("trainee.reopen", trainee_id=trainee_id, why=said)
        unit.commit()


def since(desk: Desk, trainee_id: int) -> datetime | None:
    """Since when a trainee is archived; None where not."""
    with desk.reading() as unit:
        return store.since(unit, trainee_id)
