"""Reading plans: the list of a trainee's plans, and one version with what the trainee said of it."""

from coachdesk.domain.plan import PlanVersion
from coachdesk.domain.plan_cautions import cautions
from coachdesk.domain.plan_content import asked, kind_of
from coachdesk.domain.plan_replacing import replaces_of
from coachdesk.domain.plan_sheet import PlansSheet, VersionSheet, first_made, rows
from coachdesk.domain.trainee import OwnView
from coachdesk.services.desk import Desk
from coachdesk.store import letters, plans, trainees
from coachdesk.store.rows import Opened
from coachdesk.store.unit import Unit


def sheet(desk: Desk, trainee_id: int) -> PlansSheet:
    """All plans of a trainee and which is valid today; the trainee's page has logged the look."""
    with desk.reading() as unit:
        trainee = trainees.TRAINEES.get(unit, trainee_id)
        found = plans.of_trainee(unit, trainee_id)
        versions = {plan.id: plans.versions(unit, plan.id) for plan in found if plan.ours}
        return PlansSheet(
            trainee_id=trainee_id,
            on=unit.on,
            service_language=trainee.service_language,
            rows=rows(found, versions, unit.on, letters.approvals(unit, trainee_id)),
            first_contact=trainee.first_contact,
            first_made=first_made(found),
        )


def version(desk: Desk, version_id: int) -> VersionSheet:
    """One version with what its kind asks for."""
    with desk.reading() as unit:
        return version_sheet(unit, plans.VERSIONS.get(unit, version_id))


def version_sheet(unit: Unit, found: PlanVersion) -> VersionSheet:
    """The sheet of a version, perhaps with words that are not kept yet."""
    plan = plans.PLANS.get(unit, found.plan_id)
    replaces_id, stands_for = replaces_of(plan, found)
    return VersionSheet(
        plan=plan,
        kind=kind_of(plan, unit.on),
        version=found,
        versions=plans.versions(unit, plan.id),
        asked=asked(plan, found, plan.made or unit.on),
        cautions=cautions(plan, found, unit.on),
        replaced=plans.PLANS.get(unit, replaces_id) if replaces_id else None,
        stands_for=stands_for,
        views=views_of(unit, found),
        spoken_name=trainees.TRAINEES.get(unit, plan.trainee_id).spoken_name,
    )


def view_subject(plan_id: int, version: int) -> str:
    """What an own view of a whole version is written beside."""
    return f"plan:{plan_id}:{version}"


def views_of(unit: Opened, version: PlanVersion) -> tuple[OwnView, ...]:
    """What the trainee said of a version after it could no longer be written, by day."""
    plan = plans.PLANS.get(unit, version.plan_id)
    subject = view_subject(plan.id, version.version)
    return tuple(view for view in trainees.own_views(unit, plan.trainee_id) if view.subject == subject)
