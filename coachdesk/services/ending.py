"""What is still open of a trainee before a service is ended; it reads, and stands in nobody's way."""

from collections.abc import Iterator
from datetime import date, timedelta

from coachdesk.clock import HELSINKI
from coachdesk.domain.absences import span_of
from coachdesk.domain.consent import in_force
from coachdesk.domain.ending import Undone
from coachdesk.domain.plan import DRAFT, FINAL, SIGNED
from coachdesk.domain.sending import PUT
from coachdesk.services import absences
from coachdesk.services.desk import Desk
from coachdesk.services.offers import offer_of
from coachdesk.store import (
    appointments,
    consents,
    drafts,
    enrolments,
    outbox,
    periods,
    phases,
    plans,
    rights_requests,
)
from coachdesk.store.unit import Unit

MOST = 5  # appointments that are named
SPANS = 3  # two-week spans whose absence reports are looked at

_PLANS = {DRAFT: "plan_unfinished", FINAL: "plan_unprinted"}


def undone(desk: Desk, period_id: int) -> tuple[Undone, ...]:
    """What to see to before a period ends; the page that led here was logged."""
    with desk.reading() as unit:
        period = periods.PERIODS.get(unit, period_id)
        who = period.trainee_id
        return (
            *_plans(unit, who),
            *_summaries(unit, who),
            *_reports(unit, who, period.begins),
            *_phases(unit, who),
            *_coaching(unit, who),
            *_appointments(unit, who),
            *_consents(unit, who),
            *_requests(unit, who),
            *_drafts(unit, who, desk.coach_id),
        )


def _plans(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    for plan in plans.of_trainee(unit, trainee_id):
        versions = plans.versions(unit, plan.id) if plan.ours else ()
        running = plan.valid_to is None or plan.valid_to >= unit.on
        if versions and running and versions[0].state != SIGNED:
            yield Undone(kind=_PLANS.get(versions[0].state, "plan_unsigned"), text=plan.number)


def _summaries(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    kinds = set()
    for region in enrolments.regions(unit):
        offer = offer_of(unit, region, trainee_id)
        if offer is not None:
            waits = offer.kind == PUT and not offer.may_leave
            kinds.add("summary_unaccepted" if waits else "summary_unsent")
        if any(item.trainee_id == trainee_id for item in outbox.never_handed(unit, region.id)):
            kinds.add("summary_unsent")
    yield from (Undone(kind=kind) for kind in sorted(kinds))


def _reports(unit: Unit, trainee_id: int, begins: date) -> Iterator[Undone]:
    span = span_of(unit.on)
    for _at in range(SPANS):
        if span.ends < begins:
            return
        for row in absences.due(unit, span):
            mine = row.trainee_id == trainee_id and row.payee.payer
            if mine and row.state in ("", absences.MADE) and row.over:
                yield Undone(kind="report_undone", day=row.payee.begins, last=row.payee.ends)
        span = span_of(span.begins - timedelta(days=1))


def _phases(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    for opening in phases.of_trainee(unit, trainee_id):
        if opening.closed is None:
            yield Undone(kind="phase_open", text=str(opening.phase))
    for step in phases.NEXT_STEPS.find(unit, phases.NEXT_STEPS.table.c.trainee_id == trainee_id):
        if step.done is None:
            yield Undone(kind="step_open", text=step.text, day=step.due)


def _coaching(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    for one in phases.coaching(unit, trainee_id):
        if one.ends is None:
            yield Undone(kind="coaching_open", day=one.begins)


def _appointments(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    for one in appointments.coming(unit, trainee_id, unit.at, MOST):
        yield Undone(kind="appointment_ahead", day=one.at.astimezone(HELSINKI).date())


def _consents(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    known = consents.of_trainee(unit, trainee_id)
    for recipient in dict.fromkeys(consent.recipient for consent in known):
        found = in_force(known, recipient, unit.on)
        if found is not None:
            yield Undone(kind="consent_running", day=found.valid_to)


def _requests(unit: Unit, trainee_id: int) -> Iterator[Undone]:
    for one in rights_requests.of_trainee(unit, trainee_id):
        if one.is_open:
            yield Undone(kind="request_open", day=one.due)


def _drafts(unit: Unit, trainee_id: int, coach_id: int) -> Iterator[Undone]:
    own = f"trainee:{trainee_id}"
    for draft in drafts.of_coach(unit, coach_id):
        ending = draft.form == "period_end"
        if not ending and (draft.subject == own or draft.subject.startswith(f"{own}:")):
            yield Undone(kind="draft_left")
            return
