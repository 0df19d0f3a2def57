"""What a letter says, taken over into a trainee or a period: field by field, each only where chosen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coachdesk import i18n
from coachdesk.domain.codes import codes
from coachdesk.domain.letter_kinds import PLAN_APPROVED, WORKER_CHANGED
from coachdesk.domain.letter_sheets import Offered
from coachdesk.domain.period import Period
from coachdesk.domain.plan import Plan
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import letter_lists, periods, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import enrolments, letters, plans, workshops
from coachdesk.store import periods as kept_periods
from coachdesk.store import trainees as kept_trainees
from coachdesk.store.unit import Unit

PERSON = {
    "family_name": N_("Family name"),
    "given_names": N_("Given names"),
    "personal_identity_code": N_("Personal identity code"),
    "birth_date": N_("Date of birth"),
    "municipality": N_("Home municipality"),
    "service_language": N_("Language of service"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
}
GRANT = {
    "service_kind": N_("Service"),
    "ground": N_("Ground"),
    "decision_number": N_("Decision number"),
    "decided_by": N_("Decided by"),
    "decided_on": N_("Decided on"),
    "granted_days": N_("Granted days"),
    "granted_to": N_("Granted until"),
    "voucher_number": N_("Voucher number"),
    "voucher_expires": N_("Voucher valid until"),
}
_CODES = {"municipality": "municipalities", "service_kind": "service_kinds", "ground": "grounds"}
_LANGUAGES = {"fi": N_("Finnish"), "sv": N_("Swedish")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was written: the trainee or the period, and each as it was, None where it is new."""

    letter: RegionLetter
    trainee_id: int
    trainee_before: Trainee | None = None
    period_id: int = 0
    period_before: Period | None = None
    joined_before: int | None = None  # whose letter it was before a person was taken over


def person_beside(desk: Desk, letter_id: int, trainee_id: int | None) -> tuple[Offered, ...]:
    """The person of a letter beside a trainee, or beside nothing; only what the letter tells."""
    with desk.reading() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        kept = kept_trainees.TRAINEES.get(unit, trainee_id) if trainee_id else None
    comes = letter_lists.as_trainee(letter)
    told = [name for name in PERSON if letter.person.get(name)]
    return _beside(told, PERSON, kept, comes)


def take_person(desk: Desk, letter_id: int, trainee_id: int | None, chosen: Collection[str]) -> Taken:
    """Join the letter to a trainee, a new one for None, and write the chosen fields of it, no others.

    Raises:
        Refused: a new trainee without a name, a wrong identity code.
    """
    with desk.writing() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        whose = letter.trainee_id
        comes = letter_lists.as_trainee(letter)
        values: dict[str, Any] = {name: getattr(comes, name) for name in PERSON if name in chosen}
        if trainee_id is None:
            blank = Trainee(family_name="", responsible_coach_id=unit.coach_id, first_contact=unit.on)
            kept, before = trainees.register_in(unit, replace(blank, **values)), None
        else:
            before = kept_trainees.TRAINEES.get(unit, trainee_id)
            kept = replace(before, **values)
            trainees.edit_in(unit, kept)
        letter = letter_lists.join_in(unit, letter, kept.id)
        letters.LETTERS.put(unit, replace(letter, taken_over=unit.at))
        unit.commit()
    return Taken(letter=letter, trainee_id=kept.id, trainee_before=before, joined_before=whose)


def grant_beside(desk: Desk, letter_id: int, period_id: int | None) -> tuple[Offered, ...]:
    """The decision or voucher of a letter beside a period, or beside nothing; only what the letter tells."""
    with desk.reading() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        kept = kept_periods.PERIODS.get(unit, period_id) if period_id else None
        comes = _period(unit, letter)
    told = [name for name in GRANT if getattr(comes, name) not in ("", None)]
    return _beside(told, GRANT, kept, comes)


def take_grant(desk: Desk, letter_id: int, period_id: int | None, chosen: Collection[str]) -> Taken:
    """Write the chosen fields of a decision or voucher into a period, into a new one for None.

    Raises:
        Refused: the letter is joined to no trainee; a new period without a service; days out of order.
    """
    with desk.writing() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        if letter.trainee_id is None:
            raise Refused(N_("Say first whose letter it is."))
        comes = _period(unit, letter)
        values: dict[str, Any] = {name: getattr(comes, name) for name in GRANT if name in chosen}
        if period_id is None:
            kept, before = _begin(unit, letter, comes, values), None
        else:
            before = kept_periods.PERIODS.get(unit, period_id)
            kept = replace(before, **values)
            periods.edit_in(unit, kept)
        unit.log(
            "letter.take_over",
            trainee_id=letter.trainee_id,
            subject=f"letter:{letter.id}",
            after={"period": kept.id, "fields": sorted(values)},
        )
        letters.LETTERS.put(unit, replace(letter, taken_over=unit.at))
        unit.commit()
    return Taken(letter=letter, trainee_id=letter.trainee_id, period_id=kept.id, period_before=before)


def carry(desk: Desk, letter_id: int, plan_id: int | None = None) -> RegionLetter:
    """Carry a new worker into the record, or an approval to a plan; returns the letter as it was, for undo.

    The record then knows the worker, or the approval, by this letter.

    Raises:
        Refused: it is joined to no trainee, or the plan is not of that trainee and kind.
    """
    with desk.writing() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        who = letter.trainee_id
        if who is None:
            raise Refused(N_("Say first whose letter it is."))
        kept = replace(letter, taken_over=unit.at, plan_id=plan_id)
        if letter.kind == WORKER_CHANGED:
            standing = letters.worker_of(unit, who, unit.on)
            before = {"worker": standing.worker.get("name") if standing else None}
            after = {"worker": letter.worker.get("name"), "from": letter.text("from_day")}
            kept = replace(kept, plan_id=None)
        else:
            plan = _approved(unit, letter, plan_id)
            had = letters.approvals(unit, who).get(plan.id)
            before = {"approved": had.text("approved") if had else None}
            after = {"plan": plan.number or plan.kind, "approved": letter.text("approved")}
        letters.LETTERS.put(unit, kept)
        about = f"letter:{letter.id}"
        unit.log("letter.take_over", trainee_id=who, subject=about, before=before, after=after)
        unit.commit()
    return letter


def put_back_carried(desk: Desk, letter: RegionLetter) -> None:
    """Undo: the record knows the worker or the approval by the letter before, or not at all."""
    _not_taken(desk, letter.id)


def _approved(unit: Unit, letter: RegionLetter, plan_id: int | None) -> Plan:
    known = plans.of_trainee(unit, letter.trainee_id or 0)
    for plan in known:
        if plan.id == plan_id and plan.kind == letter.plan.get("kind") and letter.kind == PLAN_APPROVED:
            return plan
    raise Refused(N_("Choose the plan that was approved."))


def put_back_grant(desk: Desk, taken: Taken) -> None:
    """Undo in one: the period as it was, or none; the letter is not taken over any more.

    Raises:
        Refused: days are marked to the new period, or the trainee is archived; all then stays as it is.
    """
    with desk.writing() as unit:
        _not_taken_in(unit, taken.letter.id)
        if taken.period_before is None:
            periods.remove_in(unit, taken.period_id)
        else:
            periods.edit_in(unit, taken.period_before)
        unit.commit()


def put_back_person(desk: Desk, taken: Taken) -> None:
    """Undo in one: the trainee as it was, or none, and the letter joined as before.

    Raises:
        Refused: something is recorded of the new trainee; all then stays as it is.
    """
    with desk.writing() as unit:
        letter = _not_taken_in(unit, taken.letter.id)
        if letter.trainee_id != taken.joined_before:
            letter_lists.join_in(unit, letter, taken.joined_before)
        if taken.trainee_before is None:
            trainees.remove_in(unit, taken.trainee_id)
        else:
            trainees.edit_in(unit, taken.trainee_before)
        unit.commit()


def _not_taken(desk: Desk, letter_id: int) -> None:
    with desk.writing() as unit:
        _not_taken_in(unit, letter_id)
        unit.commit()


def _not_taken_in(unit: Unit, letter_id: int) -> RegionLetter:
    letter = replace(letters.LETTERS.get(unit, letter_id), taken_over=None, plan_id=None)
    letters.LETTERS.put(unit, letter)
    unit.log("letter.not_taken", trainee_id=letter.trainee_id, subject=f"letter:{letter_id}")
    return letter


def _begin(unit: Unit, letter: RegionLetter, comes: Period, values: dict[str, Any]) -> Period:
    if not values.get("service_kind"):
        raise Refused(N_("A new period needs its service."), field="service_kind")
    blank = replace(comes, **{name: getattr(_BLANK, name) for name in GRANT if name not in values})
    return periods.add_in(unit, replace(blank, trainee_id=letter.trainee_id or 0))


_BLANK = Period(trainee_id=0, workshop_id=0, service_kind="", begins=date.min)


def _period(unit: Unit, letter: RegionLetter) -> Period:
    """The letter as a period that is not begun yet."""
    region = enrolments.REGIONS.get(unit, letter.region_id)
    voucher = letter.text("about") == "voucher"
    shops = workshops.WORKSHOPS.find(unit, limit=1)
    about = {"decision": "service_decision", "voucher": "voucher", "agreement": "agreement"}
    days = letter.content.get("days")
    return Period(
        trainee_id=letter.trainee_id or 0,
        workshop_id=shops[0].id,
        service_kind=letter.text("service"),
        controller=region.recipient,
        purchaser=region.recipient,
        ground=about.get(letter.text("about"), ""),
        decision_number="" if voucher else letter.text("number"),
        decided_by=letter.sender,
        decided_on=letter.written,
        granted_days=days if isinstance(days, int) else None,
        granted_to=letter.day("to_day"),
        voucher_number=letter.text("number") if voucher else "",
        voucher_expires=letter.day("expires"),
        begins=letter.day("from_day") or unit.on,
        ends=letter.day("to_day"),
    )


def _beside(told: Iterable[str], titles: dict[str, str], kept: Any, comes: Any) -> tuple[Offered, ...]:
    words = i18n.current()
    return tuple(
        Offered(
            name=name,
            title=words._(titles[name]),
            kept=_shown(name, getattr(kept, name)) if kept is not None else "",
            comes=_shown(name, getattr(comes, name)),
            value=getattr(comes, name),
        )
        for name in told
    )


def _shown(name: str, value: Any) -> str:
    words = i18n.current()
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return words.day(value)
    if name == "service_language":
        return words._(_LANGUAGES[value]) if value in _LANGUAGES else str(value)
    return codes(_CODES[name]).name(value, words.language) if name in _CODES else str(value)
