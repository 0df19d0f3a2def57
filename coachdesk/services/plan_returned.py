"""A paper that came back: which plan and version it is, by its square code or by what is typed of it."""

from coachdesk.domain.plan import Plan, PlanVersion, replaced_on, valid_on
from coachdesk.domain.plan_content import check_code, kind_of
from coachdesk.domain.plan_returned import PaperWords, ReturnedPaper, read_paper
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.plan_changes import log
from coachdesk.store import plans, trainees
from coachdesk.store.unit import Unit


def find_paper(desk: Desk, text: str) -> ReturnedPaper:
    """The version of a paper by its code; finding somebody's paper is logged as a look.

    ``text`` is the square code, or number, version and check code, or the check code alone.

    Raises:
        Refused: it is no code of ours, no such plan or version is here, or the check code is another's.
    """
    said = read_paper(text)
    if not said.check:
        if said.number:
            raise Refused(
                N_("Write the check code too: eight letters and digits at the foot of the paper."),
                field="code",
            )
        raise Refused(N_("This is not the code of a plan."), field="code")
    with desk.writing() as unit:
        plan, version = _by_number(unit, said) if said.number else _by_check(unit, said.check)
        found = _standing(unit, plan, version, said.check)
        log(unit, "plan.find_paper", plan, version)
        unit.commit()
    return found


def _by_number(unit: Unit, said: PaperWords) -> tuple[Plan, PlanVersion]:
    plan = plans.by_number(unit, said.number)
    if plan is None:
        raise Refused(N_("There is no plan {number} on this desk."), field="code", number=said.number)
    versions = plans.versions(unit, plan.id)
    if not said.version:
        found = next((one for one in versions if _is(plan, one, said.check)), None)
        if found is None:
            raise Refused(
                N_("No version of plan {number} has this check code. Check what you typed."),
                field="code",
                number=said.number,
            )
        return plan, found
    found = next((one for one in versions if one.version == said.version), None)
    if found is None:
        raise Refused(
            N_("Plan {number} has no version {version}. The newest is version {newest}."),
            field="code",
            number=said.number,
            version=said.version,
            newest=versions[0].version,
        )
    if not _is(plan, found, said.check):
        raise Refused(
            N_(
                "The check code is not that of plan {number}, version {version}. Check what you typed; if it"
                " stands so on the paper, the words on the paper are others than those kept here."
            ),
            field="code",
            number=said.number,
            version=said.version,
        )
    return plan, found


def _by_check(unit: Unit, check: str) -> tuple[Plan, PlanVersion]:
    """The version with that check code: what was finished or printed keeps its code."""
    found = plans.by_check_code(unit, check)
    if found is None:
        raise Refused(
            N_("No plan on this desk has this check code. Write the number of the plan too."), field="code"
        )
    return plans.PLANS.get(unit, found.plan_id), found


def _is(plan: Plan, version: PlanVersion, check: str) -> bool:
    """Whether the check code is of the version as it is, or as it was when it was printed."""
    return check in (version.check_code, check_code(plan, version))


def _standing(unit: Unit, plan: Plan, version: PlanVersion, check: str) -> ReturnedPaper:
    known = plans.of_trainee(unit, plan.trainee_id)
    versions = plans.versions(unit, plan.id)
    in_force = next((one for one in versions if one.signed), None)
    valid = plan.id in {one.id for one in valid_on(known, unit.on)}
    return ReturnedPaper(
        plan=plan,
        kind=kind_of(plan, unit.on),
        name=trainees.TRAINEES.get(unit, plan.trainee_id).spoken_name,
        version=version,
        newest=versions[0],
        on=unit.on,
        same=not version.open or check == check_code(plan, version),
        valid=in_force if valid else None,
        replaced_by=replaced_on(known, unit.on).get(plan.id),
    )
