"""How an act on a plan is kept: the version written anew, and its line with what was there before."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from coachdesk.domain.plan import Plan, PlanVersion
from coachdesk.services.desk import Desk
from coachdesk.store import plans
from coachdesk.store.unit import Unit


def change(desk: Desk, version_id: int, act: str, how: Callable[[PlanVersion], PlanVersion]) -> PlanVersion:
    """Write a version anew; where nothing changed, nothing is written or logged.

    Raises:
        Refused: as ``how``.
    """
    with desk.writing() as unit:
        old = plans.VERSIONS.get(unit, version_id)
        new = how(old)
        if new == old:
            return old
        plans.VERSIONS.put(unit, new)
        log(unit, act, plans.PLANS.get(unit, old.plan_id), new, before=_differs(old, new))
        unit.commit()
    return new


def log(
    unit: Unit,
    act: str,
    plan: Plan,
    version: PlanVersion | None = None,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write the line of an act on a plan, or on one version of it."""
    subject = f"plan:{plan.id}:{version.version}" if version else f"plan:{plan.id}"
    unit.log(act, trainee_id=plan.trainee_id, subject=subject, before=before, after=after)


def _differs(old: PlanVersion, new: PlanVersion) -> dict[str, object]:
    """What was there before, only where it changed."""
    before, after = asdict(old), asdict(new)
    found: dict[str, object] = {name: value for name, value in before.items() if value != after[name]}
    if "items" in found:
        gone: list[object] = [asdict(item) for item in old.items if item not in new.items]
        found["items"] = gone or [item.key for item in old.items]
    return found
