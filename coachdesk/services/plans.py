"""Plans of our own: begun, marked final, printed, signed, begun anew from a signed version.

Every act writes its line with what was there before.  What is printed or signed stays.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import (
    DRAFT,
    FINAL,
    PRINTED,
    SIGNED,
    Plan,
    PlanVersion,
    Signature,
    must_be_open,
    next_version,
    signed,
)
from coachdesk.domain.plan_content import check_code, missing, review_day
from coachdesk.domain.plan_replacing import replaces_of, replacing
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.plan_changes import change, log
from coachdesk.services.plan_replacing import is_replaced, judge_replaced
from coachdesk.store import plans, removed, trainees


def begin(desk: Desk, trainee_id: int, kind: str, *, language: str | None = None) -> PlanVersion:
    """Begin a plan of our own: its first draft, in the trainee's language of service unless told.

    Raises:
        Refused: such plans are not written here.
    """
    with desk.writing() as unit:
        code = codes("plan_kinds").at(kind, unit.on)
        if not code.more.get("ours"):
            raise Refused(N_("A plan of this kind is made by others. Record it instead."), field="kind")
        if language is None:
            language = trainees.TRAINEES.get(unit, trainee_id).service_language
        plan = plans.numbered(
            unit, Plan(trainee_id=trainee_id, kind=kind), str(code.more["prefix"]), unit.on.year
        )
        plan = plans.PLANS.add(unit, plan)
        version = plans.VERSIONS.add(
            unit,
            PlanVersion(
                plan_id=plan.id, version=1, language="sv" if language == "sv" else "fi", begun=unit.at
            ),
        )
        log(unit, "plan.begin", plan, version, after=asdict(plan))
        unit.commit()
    return version


def finish(desk: Desk, version_id: int) -> PlanVersion:
    """Mark a draft final: ready to be printed for signing.

    Raises:
        Refused: an item that the plan's kind asks for is missing; the version is no draft.
    """
    with desk.writing() as unit:
        version = plans.VERSIONS.get(unit, version_id)
        plan = plans.PLANS.get(unit, version.plan_id)
        must_be_open(version)
        lacking = missing(plan, version, unit.on)
        if lacking:
            raise Refused(
                N_("The plan is not ready for signing. Items missing: {count}."), count=len(lacking)
            )
        said = replacing(version, *replaces_of(plan, version))  # from now on the version's own
        done = replace(said, state=FINAL, finished=unit.at, check_code=check_code(plan, said))
        plans.VERSIONS.put(unit, done)
        log(unit, "plan.finish", plan, done)
        unit.commit()
    return done


def reopen(desk: Desk, version_id: int) -> PlanVersion:
    """Take a final version that is not printed back to a draft.

    Raises:
        Refused: it is printed or signed.
    """

    def written(version: PlanVersion) -> PlanVersion:
        if version.state != FINAL:
            must_be_open(version)
        return replace(version, state=DRAFT, finished=None, check_code="")

    return change(desk, version_id, "plan.reopen", written)


def mark_printed(desk: Desk, version_id: int) -> PlanVersion:
    """Record that the paper was printed; a draft stays a draft, a final version waits for signatures."""
    with desk.writing() as unit:
        version = plans.VERSIONS.get(unit, version_id)
        plan = plans.PLANS.get(unit, version.plan_id)
        done = version
        if version.state != SIGNED:
            state = PRINTED if version.state == FINAL else version.state
            done = replace(version, state=state, printed=unit.at, check_code=check_code(plan, version))
            plans.VERSIONS.put(unit, done)
        log(unit, "plan.print", plan, done, after={"check_code": done.check_code})
        unit.commit()
    return done


def sign(
    desk: Desk,
    version_id: int,
    *,
    on: date,
    signatures: Sequence[Signature],
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> PlanVersion:
    """Record the signatures of a final or printed version: the plan is made, and in force.

    ``valid_from`` is the day of signing unless told; a later version keeps the plan's first day.

    Raises:
        Refused: it is a draft, signed already, nobody signed, or the day is in the future.
    """
    with desk.writing() as unit:
        version = plans.VERSIONS.get(unit, version_id)
        old = plans.PLANS.get(unit, version.plan_id)
        if on > unit.on:
            raise Refused(N_("The day of signing is in the future."), field="on")
        done = replace(signed(version, on, signatures), check_code=check_code(old, version))
        plan = _made(old, done, on, valid_from, valid_to)
        judge_replaced(plan, unit)
        plans.VERSIONS.put(unit, done)
        plans.PLANS.put(unit, plan)
        after = {"plan": asdict(plan), "by": [asdict(one) for one in done.signatures]}
        log(unit, "plan.sign", plan, done, before=asdict(old), after=after)
        unit.commit()
    return done


def _made(plan: Plan, version: PlanVersion, on: date, valid_from: date | None, valid_to: date | None) -> Plan:
    """The plan as its newly signed version makes it."""
    begins = valid_from or plan.valid_from or on
    if valid_to and valid_to < begins:
        raise Refused(N_("The end is before the start."), field="valid_to")
    replaces_id, replaces_kind = replaces_of(plan, version)
    return replace(
        plan,
        made=plan.made or on,
        valid_from=begins,
        valid_to=valid_to or plan.valid_to,
        review=review_day(version),
        replaces_id=replaces_id,
        replaces_kind=replaces_kind,
    )


def new_version(desk: Desk, plan_id: int) -> PlanVersion:
    """Begin a new draft from the newest printed or signed version.

    Raises:
        Refused: the newest version can still be changed itself; the plan is another's.
    """
    with desk.writing() as unit:
        plan = plans.PLANS.get(unit, plan_id)
        found = plans.versions(unit, plan_id)
        if not found:
            raise Refused(N_("A plan made by others has no versions here."))
        version = plans.VERSIONS.add(unit, next_version(found[0], unit.at))
        log(unit, "plan.new_version", plan, version)
        unit.commit()
    return version


def remove(desk: Desk, plan_id: int) -> Plan:
    """Take a plan away that was begun or recorded by mistake: the undo of both.

    Raises:
        Refused: a version of it is final, printed or signed, or another plan replaces it.
    """
    with desk.writing() as unit:
        plan = plans.PLANS.get(unit, plan_id)
        versions = plans.versions(unit, plan_id)
        if any(not version.open or version.printed for version in versions):
            raise Refused(N_("The plan has been printed or marked final. It stays."))
        if is_replaced(unit, plan):
            raise Refused(N_("Another plan replaces this one. Change that first."))
        whole, parts = plans.PLANS.table, plans.VERSIONS.table
        rows = ((whole, whole.c.id == plan_id), (parts, parts.c.plan_id == plan_id))
        removed.keep(unit, plan.trainee_id, f"plan:{plan_id}", *rows)
        plans.remove(unit, plan)
        before = {"plan": asdict(plan), "versions": [asdict(version) for version in versions]}
        log(unit, "plan.remove", plan, before=before)
        unit.commit()
    return plan


def end_plan(desk: Desk, plan_id: int, last_day: date | None) -> Plan:
    """Say on which day a plan is in force for the last time; None: it goes on.

    Raises:
        Refused: the day is before the plan's first.
    """
    with desk.writing() as unit:
        old = plans.PLANS.get(unit, plan_id)
        if last_day and old.begins and last_day < old.begins:
            raise Refused(N_("The end is before the start."), field="valid_to")
        plan = replace(old, valid_to=last_day)
        plans.PLANS.put(unit, plan)
        log(unit, "plan.end", plan, before=asdict(old), after=asdict(plan))
        unit.commit()
    return plan
