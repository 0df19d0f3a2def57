"""Requests about the own data: recorded, answered, a restriction lifted; each an act with its day.

Under a restriction no summary leaves: what is sealed and never handed over is destroyed at once.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain import rights_request as rules
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.today import Attention
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import removed, workshops
from coachdesk.store import rights_requests as store
from coachdesk.store.unit import Unit


def of_trainee(desk: Desk, trainee_id: int) -> tuple[RightsRequest, ...]:
    """A trainee's requests, the newest first; the look at the person is logged by the page."""
    with desk.reading() as unit:
        return store.of_trainee(unit, trainee_id)


def record(desk: Desk, request: RightsRequest) -> RightsRequest:
    """Record what the trainee asks; a restriction is in force at once.

    Raises:
        Refused: it has no kind or no words, or its day is still to come.
    """
    with desk.writing() as unit:
        kept = store.REQUESTS.add(unit, rules.checked(request, unit.on))
        _log(unit, "rights_request.record", kept, after=asdict(kept))
        _take_back_restricted(unit, kept)
        unit.commit()
    return kept


def answer(
    desk: Desk, request_id: int, *, outcome: str, answer: str = "", answered: date | None = None
) -> RightsRequest:
    """Record the answer and who gave it; returns the request as it was, for undo.

    Raises:
        Refused: no outcome, a refusal without its grounds, or a day out of order.
    """
    with desk.writing() as unit:
        before = store.REQUESTS.get(unit, request_id)
        after = replace(
            before,
            outcome=outcome,
            answer=answer,
            answered=answered or unit.on,
            answered_by=workshops.COACHES.get(unit, desk.coach_id).name,
        )
        _put(unit, "rights_request.answer", before, rules.checked(after, unit.on))
        unit.commit()
    return before


def lift(desk: Desk, request_id: int, *, day: date | None = None) -> RightsRequest:
    """Lift a restriction from a day on; returns it as it was, for undo.

    Raises:
        Refused: no restriction is in force by this request.
    """
    with desk.writing() as unit:
        before = store.REQUESTS.get(unit, request_id)
        if not before.restricts(unit.on):
            raise Refused(N_("No restriction is in force by this request."))
        after = rules.checked(replace(before, lifted=day or unit.on), unit.on)
        _put(unit, "rights_request.lift", before, after)
        unit.commit()
    return before


def put_back(desk: Desk, request: RightsRequest) -> RightsRequest:
    """Write a request as it was before an answer or a lifting; returns the one there now, for redo."""
    with desk.writing() as unit:
        before = store.REQUESTS.get(unit, request.id)
        _put(unit, "rights_request.edit", before, rules.checked(request, unit.on))
        unit.commit()
    return before


def remove(desk: Desk, request_id: int) -> RightsRequest:
    """Take back a request recorded by mistake; returns it, for redo.

    Raises:
        Refused: it is answered.
    """
    with desk.writing() as unit:
        before = store.REQUESTS.get(unit, request_id)
        if not before.is_open:
            raise Refused(N_("The request is answered. It stays as it is."))
        subject = f"rights_request:{request_id}"
        removed.take(unit, before.trainee_id, subject, store.REQUESTS, request_id)
        _log(unit, "rights_request.remove", before, before=asdict(before))
        unit.commit()
    return before


def due(desk: Desk) -> tuple[Attention, ...]:
    """Requests that wait for an answer and are due within two weeks or late, for the first page."""
    with desk.reading() as unit:
        found = store.unanswered(unit, unit.on, desk.openers - {desk.coach_id})
        return tuple(
            Attention(
                kind="request_due",
                trainee_id=one.trainee_id,
                name=name,
                text=one.kind,
                days=(one.due - unit.on).days,
                dates=(one.due,),
            )
            for one, name in found
        )


def _put(unit: Unit, act: str, before: RightsRequest, after: RightsRequest) -> None:
    store.REQUESTS.put(unit, after)
    old, new = changed(before, after)
    _log(unit, act, after, before=old, after=new)
    _take_back_restricted(unit, after)


def _take_back_restricted(unit: Unit, request: RightsRequest) -> None:
    """Destroy what was sealed of a restricted trainee and never handed over."""
    from coachdesk.services.sealing import take_back_forbidden  # the cryptography is not needed before
    from coachdesk.store import enrolments

    if not request.restricts(unit.on):
        return
    for region in enrolments.regions(unit):
        if take_back_forbidden(unit, region):
            unit.log("outbox.take_back", subject=f"region:{region.id}")


def _log(
    unit: Unit,
    act: str,
    request: RightsRequest,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    subject = f"rights_request:{request.id}"
    unit.log(act, trainee_id=request.trainee_id, subject=subject, before=before, after=after)
