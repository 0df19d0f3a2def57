"""The papers of plans: the plan itself, and the sheet with the fixed sentence for another's plan."""

from collections.abc import Sequence
from dataclasses import replace

from coachdesk.domain.codes import Code, codes
from coachdesk.domain.papers import Both, Sender, Signer
from coachdesk.domain.period import Period
from coachdesk.domain.plan import SIGNED, Plan, PlanItem, PlanVersion
from coachdesk.domain.plan_content import OPTIONAL, Asked, asked, check_code, kind_of
from coachdesk.domain.plan_papers import (
    PlanLine,
    PlanPaper,
    PlanPart,
    PlanText,
    Replaced,
    ReplacementPaper,
    SaidOfPlan,
)
from coachdesk.domain.plan_replacing import replaces_of
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Workshop
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import plan_sheets
from coachdesk.services.desk import Desk
from coachdesk.store import periods, plans, trainees, workshops
from coachdesk.store.unit import Unit

OWN_VIEW = "own_view"  # the kind of item that is the trainee's word on the whole plan
REPLACED_MOST = "work_ability_support_plan"  # what the sheet stands for where nothing else is said


def plan_paper(desk: Desk, version_id: int, items: Sequence[PlanItem] | None = None) -> PlanPaper:
    """A version for printing; ``items`` are words not kept yet, for the preview."""
    with desk.reading() as unit:
        version = plans.VERSIONS.get(unit, version_id)
        if items is not None:
            version = replace(version, items=tuple(items))
        return _paper(unit, plans.PLANS.get(unit, version.plan_id), version)


def preview(desk: Desk, version_id: int, items: Sequence[PlanItem] | None = None) -> tuple[bytes, str]:
    """The real pages of a version as PDF, with words not kept yet, and their language."""
    from coachdesk.printing.plan import draw_plan

    with desk.reading() as unit:
        language = plans.VERSIONS.get(unit, version_id).language
    return draw_plan(plan_paper(desk, version_id, items), language), language


def replacement_paper(desk: Desk, plan_id: int) -> ReplacementPaper:
    """The sheet for the maker of another's plan: the fixed sentence and our goals.

    Raises:
        Refused: the plan is our own.
    """
    with desk.reading() as unit:
        plan = plans.PLANS.get(unit, plan_id)
        if plan.ours:
            raise Refused(N_("The sheet is for a plan that others have made."))
        trainee = trainees.TRAINEES.get(unit, plan.trainee_id)
        replaced = _replaced(unit, plan.replaces_id, plan.replaces_kind)
        return ReplacementPaper(
            on=unit.on,
            workshop=sender_of(unit, running_period(unit, trainee.id)),
            trainee=trainee.spoken_name,
            birth_date=trainee.birth_date,
            plan_kind=both(codes("plan_kinds").at(plan.kind, plan.made or unit.on)),
            plan_maker=plan.maker,
            plan_made=plan.made,
            sentence=replaced[0].sentence if replaced else sentence(REPLACED_MOST),
            goals=plan.our_goals,
            permission_given=plan.permission_given,
            coach=coach_name(unit),
        )


def draw_replacement(desk: Desk, plan_id: int) -> tuple[bytes, str]:
    """The sheet as PDF in the trainee's language; its print is logged.

    Raises:
        Refused: the plan is our own, or the trainee does not let us hold it.
    """
    from coachdesk.printing.replacement import draw_replacement as draw

    paper = replacement_paper(desk, plan_id)
    with desk.writing() as unit:
        plan = plans.PLANS.get(unit, plan_id)
        if not plan.permission:
            raise Refused(N_("The trainee has not yet permitted that we take part in this plan."))
        language = trainees.TRAINEES.get(unit, plan.trainee_id).service_language
        unit.log("plan.print_sheet", trainee_id=plan.trainee_id, subject=f"plan:{plan.id}")
        unit.commit()
    return draw(paper, language), language


def both(code: Code) -> Both:
    """The names of a code in both languages."""
    return Both(code.fi, code.sv, code.en)


def named(title: str, key: str) -> Both:
    """The names of a key of a list; nothing for an empty key."""
    return both(codes(title)[key]) if key else Both()


def sentence(kind: str) -> Both:
    """The fixed sentence by which a plan replaces one of a kind."""
    if kind in codes("fixed_sentences"):
        return both(codes("fixed_sentences")[kind])
    code = codes("plan_kinds")[kind]
    return Both(
        f"tämä suunnitelma korvaa suunnitelman: {code.fi}",
        f"denna plan ersätter planen: {code.sv}",
        f"this plan replaces the plan: {code.en}",
    )


def _paper(unit: Unit, plan: Plan, version: PlanVersion) -> PlanPaper:
    trainee = trainees.TRAINEES.get(unit, plan.trainee_id)
    period = running_period(unit, trainee.id)
    kind = kind_of(plan, unit.on)
    former = next((v for v in plans.versions(unit, plan.id) if v.version < version.version), None)
    return PlanPaper(
        kind=both(kind),
        law=Both(str(kind.more.get("law_fi", "")), str(kind.more.get("law_sv", ""))),
        secret_under=str(kind.more.get("secret_under", "")),
        number=plan.number,
        version=version.version,
        check_code=check_code(plan, version),
        state=version.state,
        on=version.signed or (version.finished or version.begun).astimezone(unit.at.tzinfo).date(),
        replaces_version=former.version if former else 0,
        replaces_version_on=(former.signed or former.begun.date()) if former else None,
        workshop=sender_of(unit, period),
        organiser=_organiser(kind, period),
        trainee=trainee.spoken_name,
        personal_identity_code=trainee.personal_identity_code if kind.more.get("identity_code") else "",
        asks_identity_code=bool(kind.more.get("identity_code")),
        municipality=named("municipalities", "" if trainee.non_disclosure else trainee.municipality),
        service_language=named("languages", trainee.service_language),
        support_person=version.support_person,
        parts=_parts(kind, asked(plan, version, plan.made or unit.on)),
        replaces=_replaced(unit, *replaces_of(plan, version)),
        views=_views(unit, version),
        participants=version.participants,
        explained_language=named("languages", version.explained_language),
        explained_by=version.explained_by,
        signers=_signers(kind, version, former, trainee, period, coach_name(unit)),
    )


def _parts(kind: Code, found: Sequence[Asked]) -> tuple[PlanPart, ...]:
    """Items under the headings of the law; in a plan without a law they stand on their own."""
    written = [one for one in found if not one.code.more.get("own_words")]
    shown = [one for one in written if one.items or one.state != OPTIONAL]
    if not kind.more.get("law"):
        return (PlanPart(lines=tuple(_line(one) for one in shown)),)
    parts = []
    for code in codes("plan_parts"):
        own = [one for one in shown if one.code.more["part"] == code.key]
        sections = sorted({one.section for one in own if one.section})
        if own:
            lines = tuple(map(_line, own))
            parts.append(PlanPart(title=both(code), section=", ".join(sections), lines=lines))
    return tuple(parts)


def _views(unit: Unit, version: PlanVersion) -> tuple[SaidOfPlan, ...]:
    """What the trainee says of the whole plan: in the version, then what was said later."""
    own = [item for item in version.items if item.kind == OWN_VIEW and (item.text or item.disagrees)]
    said = [SaidOfPlan(text=item.text, disagrees=item.disagrees) for item in own]
    later = [
        SaidOfPlan(text=view.text, disagrees=view.disagrees, on=view.on_day)
        for view in plan_sheets.views_of(unit, version)
    ]
    return (*said, *later)


def _line(one: Asked) -> PlanLine:
    table = one.many and set(one.fields) >= {"who", "by_when"}
    return PlanLine(title=both(one.code), texts=tuple(_text(item) for item in one.items), table=table)


def _text(item: PlanItem) -> PlanText:
    return PlanText(
        text=item.text,
        who=item.who,
        by_when=item.by_when,
        place=item.place,
        minutes_a_day=item.minutes_a_day,
        days_a_week=item.days_a_week,
        begins=item.begins,
        ends=item.ends,
        proposal=named("proposers", item.proposed_by),
        own_view=item.own_view,
        disagrees=item.disagrees,
    )


def _replaced(unit: Unit, replaces_id: int | None, replaces_kind: str) -> tuple[Replaced, ...]:
    found = []
    if replaces_id is not None:
        old = plans.PLANS.get(unit, replaces_id)
        found.append(Replaced(sentence=sentence(old.kind), maker=old.maker, made=old.made))
    if replaces_kind:
        found.append(Replaced(sentence=sentence(replaces_kind)))
    return tuple(found)


def _signers(
    kind: Code,
    version: PlanVersion,
    former: PlanVersion | None,
    trainee: Trainee,
    period: Period | None,
    coach: str,
) -> tuple[Signer, ...]:
    """Whose signature the paper waits for; on a signed one, who signed.

    A new version waits for all that its kind waits for, and for whoever else signed the one before it.
    """
    if version.state == SIGNED:
        return tuple(
            Signer(
                role=named("signing_roles", one.role),
                name=one.name,
                body=_body(one.role, period),
                signed_on=one.on_day,
            )
            for one in version.signatures
        )
    names = {"trainee": trainee.spoken_name, "coach": coach, "support_person": version.support_person}
    beside = ["support_person"] if version.support_person else []
    signed_before = [one.role for one in former.signatures] if former else []
    roles = dict.fromkeys((*kind.more.get("signs", ()), *beside, *signed_before))
    return tuple(
        Signer(role=named("signing_roles", role), name=names.get(role, ""), body=_body(role, period))
        for role in roles
    )


def _body(role: str, period: Period | None) -> Both:
    """The official names of the authority behind a role, where the period names it."""
    for key, name in _bodies(period):
        code = codes("bodies")[key]
        wanted = {"employment_authority": "employment_area"}.get(role, role)
        if code.more.get("kind") == wanted:
            return Both(name, name, name) if name else both(code)
    return Both()


def _bodies(period: Period | None) -> list[tuple[str, str]]:
    if period is None:
        return []
    found = [(period.controller, period.controller_name), (period.purchaser, period.purchaser_name)]
    return [(key, name) for key, name in found if key]


def _organiser(kind: Code, period: Period | None) -> Both:
    """On whose behalf a plan under a law is made; a plan of our own has the workshop alone."""
    if not kind.more.get("law") or period is None:
        return Both()
    if period.controller_name:
        return Both(period.controller_name, period.controller_name, period.controller_name)
    return named("bodies", period.controller)


def running_period(unit: Unit, trainee_id: int) -> Period | None:
    """The period that runs today, else the newest."""
    running = periods.running(unit, trainee_id, unit.on)
    return next(iter(running or periods.of_trainee(unit, trainee_id)), None)


def sender_of(unit: Unit, period: Period | None) -> Sender:
    """The workshop of a period, else the first, as papers show it."""
    found = workshops.WORKSHOPS.find(unit)
    own = next((one for one in found if period and one.id == period.workshop_id), found[0])
    return sender(own)


def sender(own: Workshop) -> Sender:
    """A workshop as papers show it."""
    town = f"{own.postal_code} {own.post_office}".strip()
    return Sender(
        name=Both(own.name("fi"), own.name("sv"), own.name("sv" if own.name_sv else "fi")),
        organisation=own.organisation,
        address=", ".join(part for part in (own.street_address, town) if part),
        phone=own.phone,
        email=own.email,
    )


def coach_name(unit: Unit) -> str:
    """Who acts."""
    found = workshops.COACHES.find(unit, workshops.COACHES.table.c.id == unit.coach_id, limit=1)
    return found[0].name if found else ""
