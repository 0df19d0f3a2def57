"""Plans: begun, written, marked final, printed, signed; and those that others have made.

Every act writes its line with what was there before.  Items of a draft are undone by a new act; what
is printed or signed stays.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain.codes import codes
from coachdesk.domain.letters import nfc, nfc_lines
from coachdesk.domain.plan import (
    DRAFT,
    FINAL,
    PRINTED,
    SIGNED,
    Plan,
    PlanItem,
    PlanVersion,
    Signature,
    moved,
    must_be_open,
    must_not_turn_round,
    next_version,
    signed,
    with_item,
    without_item,
)
from coachdesk.domain.plan_content import check_code, missing, review_day
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import plans, trainees
from coachdesk.store.unit import Unit


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
        _log(unit, "plan.begin", plan, version, after=asdict(plan))
        unit.commit()
    return version


def write_item(desk: Desk, version_id: int, item: PlanItem) -> PlanVersion:
    """Write an item: in the place of the one with its key, else as a new one (an empty key is given).

    Raises:
        Refused: the version is no longer a draft; the end of a period is before its start.
    """
    if item.begins and item.ends and item.ends < item.begins:
        raise Refused(N_("The end is before the start."), field="ends")
    item = replace(
        item,
        text=nfc_lines(item.text),
        own_view=nfc_lines(item.own_view),
        who=nfc(item.who),
        place=nfc(item.place),
    )
    return _change(desk, version_id, "plan.write_item", lambda version: with_item(version, item))


def remove_item(desk: Desk, version_id: int, key: str) -> PlanVersion:
    """Take an item away.

    Raises:
        Refused: the version is no longer a draft, or has no such item.
    """
    return _change(desk, version_id, "plan.remove_item", lambda version: without_item(version, key))


def move_item(desk: Desk, version_id: int, key: str, to: int) -> PlanVersion:
    """Move an item to place ``to`` (0 first) among the items of its kind.

    Raises:
        Refused: the version is no longer a draft, or has no such item.
    """
    return _change(desk, version_id, "plan.move_item", lambda version: moved(version, key, to))


def set_items(desk: Desk, version_id: int, items: Sequence[PlanItem]) -> PlanVersion:
    """Write all items of a draft anew: how an act on its items is undone.

    Raises:
        Refused: the version is no longer a draft.
    """

    def written(version: PlanVersion) -> PlanVersion:
        must_be_open(version)
        return replace(version, items=tuple(items))

    return _change(desk, version_id, "plan.set_items", written)


def set_participants(
    desk: Desk, version_id: int, names: Sequence[str], *, support_person: str = ""
) -> PlanVersion:
    """Say who took part in making the plan, and who was there at the trainee's side.

    Raises:
        Refused: the version is no longer a draft.
    """

    def written(version: PlanVersion) -> PlanVersion:
        must_be_open(version)
        took_part = tuple(name.strip() for name in names if name.strip())
        return replace(version, participants=took_part, support_person=support_person.strip())

    return _change(desk, version_id, "plan.set_participants", written)


def set_language(desk: Desk, version_id: int, language: str) -> PlanVersion:
    """Say in which language the plan is written and printed: fi or sv.

    Raises:
        Refused: the version is no longer a draft.
    """

    def written(version: PlanVersion) -> PlanVersion:
        must_be_open(version)
        return replace(version, language=language)

    return _change(desk, version_id, "plan.set_language", written)


def explain(desk: Desk, version_id: int, *, language: str, by: str) -> PlanVersion:
    """Record in which language the plan was explained to the trainee, and by whom.

    Raises:
        Refused: the version is signed.
    """

    def written(version: PlanVersion) -> PlanVersion:
        if version.state == SIGNED:
            must_be_open(version)
        return replace(version, explained_language=language, explained_by=by.strip())

    return _change(desk, version_id, "plan.explain", written)


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
        done = replace(version, state=FINAL, finished=unit.at, check_code=check_code(plan, version))
        plans.VERSIONS.put(unit, done)
        _log(unit, "plan.finish", plan, done)
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

    return _change(desk, version_id, "plan.reopen", written)


def mark_printed(desk: Desk, version_id: int) -> PlanVersion:
    """Record that the paper was printed; a draft stays a draft, a final version waits for signatures."""
    with desk.writing() as unit:
        version = plans.VERSIONS.get(unit, version_id)
        plan = plans.PLANS.get(unit, version.plan_id)
        done = version
        if version.state != SIGNED:
            state = PRINTED if version.state == FINAL else version.state
            done = replace(version, state=state, printed=unit.at)
            plans.VERSIONS.put(unit, done)
        _log(unit, "plan.print", plan, done, after={"check_code": check_code(plan, version)})
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
        plan = plans.PLANS.get(unit, version.plan_id)
        if on > unit.on:
            raise Refused(N_("The day of signing is in the future."), field="on")
        done = signed(version, on, signatures)
        done = replace(done, check_code=check_code(plan, version))
        if valid_to and valid_to < (valid_from or plan.valid_from or on):
            raise Refused(N_("The end is before the start."), field="valid_to")
        made = replace(
            plan,
            made=plan.made or on,
            valid_from=valid_from or plan.valid_from or on,
            valid_to=valid_to or plan.valid_to,
            review=review_day(done),
        )
        plans.VERSIONS.put(unit, done)
        plans.PLANS.put(unit, made)
        _log(
            unit, "plan.sign", made, done, before=asdict(plan), after={"plan": asdict(made), "by": _who(done)}
        )
        unit.commit()
    return done


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
        _log(unit, "plan.new_version", plan, version)
        unit.commit()
    return version


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
    _judge_others(plan, unit)
    kept = plans.PLANS.add(unit, replace(plan, ours=False))
    _log(unit, "plan.record_others", kept, after=asdict(kept))
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
        _judge_others(plan, unit)
        plans.PLANS.put(unit, plan)
        _log(unit, "plan.change_others", plan, before=asdict(old), after=asdict(plan))
        unit.commit()
    return plan


def set_replaces(
    desk: Desk, plan_id: int, *, replaces_id: int | None = None, replaces_kind: str = ""
) -> Plan:
    """Say which plan this one replaces, or for which kind it stands; neither: it replaces nothing.

    Raises:
        Refused: the chain would turn round; the plan replaced is another person's; the plan is signed
            or printed, so its words may not change.
    """
    with desk.writing() as unit:
        old = plans.PLANS.get(unit, plan_id)
        if old.ours:
            must_be_open(plans.versions(unit, plan_id)[0])
        plan = replace(old, replaces_id=replaces_id, replaces_kind=replaces_kind)
        _judge_replaced(plan, unit)
        plans.PLANS.put(unit, plan)
        _log(unit, "plan.set_replaces", plan, before=asdict(old), after=asdict(plan))
        unit.commit()
    return plan


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
        if any(other.replaces_id == plan_id for other in plans.of_trainee(unit, plan.trainee_id)):
            raise Refused(N_("Another plan replaces this one. Change that first."))
        plans.remove(unit, plan)
        before = {"plan": asdict(plan), "versions": [asdict(version) for version in versions]}
        _log(unit, "plan.remove", plan, before=before)
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
        _log(unit, "plan.end", plan, before=asdict(old), after=asdict(plan))
        unit.commit()
    return plan


def _change(
    desk: Desk, version_id: int, act: str, change: Callable[[PlanVersion], PlanVersion]
) -> PlanVersion:
    with desk.writing() as unit:
        old = plans.VERSIONS.get(unit, version_id)
        new = change(old)
        if new == old:
            return old
        plans.VERSIONS.put(unit, new)
        _log(unit, act, plans.PLANS.get(unit, old.plan_id), new, before=_differs(old, new))
        unit.commit()
    return new


def _differs(old: PlanVersion, new: PlanVersion) -> dict[str, object]:
    """What was there before, only where it changed."""
    before, after = asdict(old), asdict(new)
    found: dict[str, object] = {name: value for name, value in before.items() if value != after[name]}
    if "items" in found:
        gone: list[object] = [asdict(item) for item in old.items if item not in new.items]
        found["items"] = gone or [item.key for item in old.items]
    return found


def _judge_others(plan: Plan, unit: Unit) -> None:
    if not plan.made:
        raise Refused(N_("Write the day the plan was made."), field="made")
    if plan.made > unit.on:
        raise Refused(N_("The plan is dated in the future."), field="made")
    if plan.valid_to and plan.begins and plan.valid_to < plan.begins:
        raise Refused(N_("The end is before the start."), field="valid_to")
    if plan.our_goals and not plan.permission:
        raise Refused(
            N_("Goals may be taken from another's plan only when the trainee permits it."), field="permission"
        )
    _judge_replaced(plan, unit)


def _judge_replaced(plan: Plan, unit: Unit) -> None:
    if plan.replaces_id is None:
        return
    known = plans.of_trainee(unit, plan.trainee_id)
    if plan.replaces_id not in {other.id for other in known}:
        raise Refused(N_("The plan to be replaced is not this trainee's."), field="replaces")
    must_not_turn_round(known, plan.id, plan.replaces_id)


def _who(version: PlanVersion) -> list[dict[str, object]]:
    return [asdict(one) for one in version.signatures]


def _log(
    unit: Unit,
    act: str,
    plan: Plan,
    version: PlanVersion | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    subject = f"plan:{plan.id}:{version.version}" if version else f"plan:{plan.id}"
    unit.log(act, trainee_id=plan.trainee_id, subject=subject, before=before, after=after)
