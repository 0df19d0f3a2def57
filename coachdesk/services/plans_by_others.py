"""Plans that others have made, which most are: recorded with their maker, days and permission."""

from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain.plan import Plan
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.plan_changes import log
from coachdesk.services.plan_replacing import judge_replaced
from coachdesk.store import plans
from coachdesk.store.unit import Unit


def record_others_plan(
    desk: Desk,
    trainee_id: int,
    *,
    kind: str,
    maker: str,
    made: date | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    review: date | None = None,
    permission: bool = False,
    permission_given: date | None = None,
    our_goals: str = "",
    replaces_id: int | None = None,
    replaces_kind: str = "",
) -> Plan:
    """Record a plan that others have made.

    ``permission``: the trainee lets us hold it.  Our goals are taken from it only then.

    Raises:
        Refused: a day is missing, in the future or in the wrong order; goals without the permission.
    """
    plan = Plan(
        trainee_id=trainee_id,
        kind=kind,
        ours=False,
        maker=maker.strip(),
        made=made,
        valid_from=valid_from,
        valid_to=valid_to,
        review=review,
        permission=permission,
        permission_given=permission_given,
        our_goals=our_goals.strip(),
        replaces_id=replaces_id,
        replaces_kind=replaces_kind,
    )
    return record_others(desk, plan)


def record_others(desk: Desk, plan: Plan) -> Plan:
    """Record another's plan that is already filled in.

    Raises:
        Refused: as ``record_others_plan``.
    """
    with desk.writing() as unit:
        kept = record_others_in(unit, plan)
        unit.commit()
    return kept


def record_others_in(unit: Unit, plan: Plan) -> Plan:
    """Record another's plan in a unit that others also write to: an import, the demo.

    Raises:
        Refused: as ``record_others_plan``.
    """
    _judge(plan, unit)
    kept = plans.PLANS.add(unit, replace(plan, ours=False))
    log(unit, "plan.record_others", kept, after=asdict(kept))
    return kept


def change_others_plan(desk: Desk, plan: Plan) -> Plan:
    """Write another's plan anew.

    Raises:
        Refused: as ``record_others_plan``, or the plan is ours.
    """
    with desk.writing() as unit:
        old = plans.PLANS.get(unit, plan.id)
        if old.ours:
            raise Refused(N_("A plan of our own changes by its versions."))
        _judge(plan, unit)
        plans.PLANS.put(unit, plan)
        log(unit, "plan.change_others", plan, before=asdict(old), after=asdict(plan))
        unit.commit()
    return plan


def _judge(plan: Plan, unit: Unit) -> None:
    if not plan.made:
        raise Refused(N_("Write the day the plan was made."), field="made")
    if plan.made > unit.on:
        raise Refused(N_("The plan is dated in the future."), field="made")
    if plan.valid_to and plan.begins and plan.valid_to < plan.begins:
        raise Refused(N_("The end is before the start."), field="valid_to")
    if plan.review and plan.review < plan.made:
        raise Refused(N_("The review is before the day the plan was made."), field="review")
    if plan.permission_given and plan.permission_given > unit.on:
        raise Refused(N_("The permission is dated in the future."), field="permission_given")
    if plan.our_goals and not plan.permission:
        raise Refused(
            N_("Goals may be taken from another's plan only when the trainee permits it."), field="permission"
        )
    judge_replaced(plan, unit)
