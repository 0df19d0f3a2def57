"""Reading plans: the list of a trainee's plans, one version, and a paper that came back."""

from coachdesk.domain.papers import read_paper_code
from coachdesk.domain.plan import Plan, PlanVersion
from coachdesk.domain.plan_content import asked, check_code, kind_of
from coachdesk.domain.plan_sheet import PlansSheet, VersionSheet, cautions, first_made, rows
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import plans, trainees
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
            rows=rows(found, versions, unit.on),
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
    return VersionSheet(
        plan=plan,
        kind=kind_of(plan, unit.on),
        version=found,
        versions=plans.versions(unit, plan.id),
        asked=asked(plan, found, plan.made or unit.on),
        cautions=cautions(plan, found),
        replaced=plans.PLANS.get(unit, plan.replaces_id) if plan.replaces_id else None,
        spoken_name=trainees.TRAINEES.get(unit, plan.trainee_id).spoken_name,
    )


def paper_found(desk: Desk, text: str) -> tuple[Plan, PlanVersion, PlanVersion]:
    """The plan, the version of a scanned or typed code, and the newest version: an older paper is told.

    ``text`` is the square code, or number, version and check code typed with spaces between.

    Raises:
        Refused: it is no code of ours, no such plan is here, or the paper's words are others.
    """
    code = read_paper_code(text) or read_paper_code(f"CDP1 {text.strip()}")
    if code is None:
        raise Refused(N_("This is not the code of a plan."), field="code")
    number, which, check = code
    with desk.reading() as unit:
        plan = plans.by_number(unit, number)
        if plan is None:
            raise Refused(N_("There is no plan {number} on this desk."), field="code", number=number)
        versions = plans.versions(unit, plan.id)
    found = next((one for one in versions if one.version == which), None)
    if found is None or check_code(plan, found) != check:
        raise Refused(
            N_("The words on the paper are not those of plan {number}, version {version}."),
            field="code",
            number=number,
            version=which,
        )
    return plan, found, versions[0]
