"""Which plan replaces which, as the coach says."""

from dataclasses import asdict, replace

from coachdesk.domain.plan import Plan, must_not_turn_round
from coachdesk.domain.plan_replacing import replaces_of, replacing
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.plan_changes import log
from coachdesk.store import plans
from coachdesk.store.unit import Unit


def set_replaces(
    desk: Desk, plan_id: int, *, replaces_id: int | None = None, replaces_kind: str = ""
) -> None:
    """Say which plan this one replaces, or for which kind it stands; neither: it replaces nothing.

    In a plan of ours it is said by the newest draft, and takes effect when that is signed.

    Raises:
        Refused: the chain would turn round; the plan replaced is another person's; the newest version
            of ours is no longer a draft.
    """
    with desk.writing() as unit:
        old = plans.PLANS.get(unit, plan_id)
        plan = replace(old, replaces_id=replaces_id, replaces_kind=replaces_kind)
        judge_replaced(plan, unit)
        if old.ours:
            _say_in_draft(unit, plan)
        else:
            plans.PLANS.put(unit, plan)
            log(unit, "plan.set_replaces", plan, before=asdict(old), after=asdict(plan))
        unit.commit()


def judge_replaced(plan: Plan, unit: Unit) -> None:
    """See that a plan replaces one of the same trainee, and that the chain does not turn round.

    Raises:
        Refused: it does not.
    """
    if plan.replaces_id is None:
        return
    known = [_as_said(unit, other) for other in plans.of_trainee(unit, plan.trainee_id)]
    if plan.replaces_id not in {other.id for other in known}:
        raise Refused(N_("The plan to be replaced is not this trainee's."), field="replaces")
    must_not_turn_round(known, plan.id, plan.replaces_id)


def is_replaced(unit: Unit, plan: Plan) -> bool:
    """Whether another plan of the trainee says that it replaces this one, signed or still in a draft."""
    others = [other for other in plans.of_trainee(unit, plan.trainee_id) if other.id != plan.id]
    return any(plan.id in (other.replaces_id, _as_said(unit, other).replaces_id) for other in others)


def _as_said(unit: Unit, plan: Plan) -> Plan:
    """The plan as its newest version says what it replaces, signed or still a draft."""
    found = plans.versions(unit, plan.id)
    if not found:
        return plan
    replaces_id, replaces_kind = replaces_of(plan, found[0])
    return replace(plan, replaces_id=replaces_id, replaces_kind=replaces_kind)


def _say_in_draft(unit: Unit, plan: Plan) -> None:
    version = plans.versions(unit, plan.id)[0]
    said = replacing(version, plan.replaces_id, plan.replaces_kind)
    if said == version:
        return
    plans.VERSIONS.put(unit, said)
    before, after = replaces_of(plan, version), replaces_of(plan, said)
    log(unit, "plan.set_replaces", plan, said, before={"replaces": before}, after={"replaces": after})
