"""Letters of a region as the coach sees them: listed, opened, joined to a trainee."""

from dataclasses import replace
from datetime import date

from coachdesk import i18n
from coachdesk.domain import region_letters
from coachdesk.domain.letter_kinds import PLAN_APPROVED, WORKER_CHANGED
from coachdesk.domain.letter_sheets import Carry, LetterLine, LettersCard, LetterSheet
from coachdesk.domain.letters import sort_key
from coachdesk.domain.region_letters import DONE, NEW, OPEN, RegionLetter
from coachdesk.domain.trainee import Trainee
from coachdesk.services import letters as taking
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import duplicates_in
from coachdesk.store import enrolments, letters, periods, plans, trainees
from coachdesk.store.unit import Unit

SHOWN = 200


def card(desk: Desk) -> LettersCard:
    """The letters nobody has answered, for Today; names only, one look in the log is Today's own."""
    with desk.reading() as unit:
        return LettersCard(lines=_listed(unit, letters.open_ones(unit)))


def listing(desk: Desk) -> tuple[LetterLine, ...]:
    """The letters, the newest first: all that are open, and as many of the others as are shown.

    Its opening is one line in the log.
    """
    with desk.writing() as unit:
        taking.forget_nobodys(unit)
        taking.read_aside(unit)
        shown = (*letters.open_ones(unit), *letters.newest_settled(unit, SHOWN))
        found = _listed(unit, tuple(sorted(shown, key=lambda one: (one.received, one.id), reverse=True)))
        unit.log("letter.list")
        unit.commit()
    return found


def _listed(unit: Unit, found: tuple[RegionLetter, ...]) -> tuple[LetterLine, ...]:
    names = trainees.names_of(unit, {one.trainee_id for one in found if one.trainee_id})
    states = without_consent.answer_states(unit)
    lines = []
    for one in found:
        answer = letters.answer_of(unit, one.id) if one.state == DONE else None
        lines.append(
            LetterLine(
                letter_id=one.id,
                kind=one.kind,
                name=names.get(one.trainee_id or 0) or one.person_name,
                sender=one.sender,
                received=one.received,
                reply_by=one.reply_by,
                state=one.state,
                answer_state=states.get(answer.uid, without_consent.READY) if answer else "",
            )
        )
    return tuple(lines)


def open_letter(desk: Desk, letter_id: int) -> LetterSheet:
    """One letter with all that can be done about it; logged as a look at its trainee, else at the letter."""
    with desk.writing() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        if letter.state == NEW:
            letter = replace(letter, state=OPEN)
            letters.LETTERS.put(unit, letter)
        unit.log("letter.open", trainee_id=letter.trainee_id, subject=f"letter:{letter.id}")
        found = _sheet(unit, letter)
        unit.commit()
    return found


def show_code(desk: Desk, letter_id: int) -> str:
    """The whole identity code that a letter tells, because somebody asked for it; that is logged."""
    with desk.looking() as unit:
        letter = letters.LETTERS.get(unit, letter_id)
        unit.log("letter.show_code", trainee_id=letter.trainee_id, subject=f"letter:{letter.id}")
        unit.commit()
    return letter.code


def _sheet(unit: Unit, letter: RegionLetter) -> LetterSheet:
    region = enrolments.REGIONS.get(unit, letter.region_id)
    who = letter.trainee_id
    answer = letters.answer_of(unit, letter.id)
    states = without_consent.answer_states(unit)
    likely = duplicates_in(unit, as_trainee(letter)) if who is None and letter.person else ()
    return LetterSheet(
        letter=letter,
        lines=region_letters.lines(letter, i18n.current()),
        trainee=trainees.TRAINEES.get(unit, who) if who else None,
        alike=likely,
        periods=periods.of_trainee(unit, who) if who else (),
        answer=answer,
        answer_state=states.get(answer.uid, without_consent.READY) if answer else "",
        body=(region.name_fi, region.name_sv),
        carries=_carries(unit, letter),
        worker=letters.worker_of(unit, who, unit.on) if who and letter.kind == WORKER_CHANGED else None,
        approved=plans.PLANS.get(unit, letter.plan_id) if letter.plan_id and letter.taken_over else None,
    )


def _carries(unit: Unit, letter: RegionLetter) -> tuple[Carry, ...]:
    """Where a letter can be carried: a new worker into the record, an approval to a plan of that kind."""
    if letter.trainee_id is None or letter.taken_over is not None:
        return ()
    if letter.kind == WORKER_CHANGED:
        return (Carry(),)
    if letter.kind != PLAN_APPROVED:
        return ()
    own = [plan for plan in plans.of_trainee(unit, letter.trainee_id) if plan.kind == letter.plan.get("kind")]
    made = letter.plan.get("made")
    newest = sorted(own, key=lambda plan: (plan.made or date.max).isoformat() == made, reverse=True)
    return tuple(Carry(plan=plan) for plan in newest)


def as_trainee(letter: RegionLetter) -> Trainee:
    """The person of a letter as a trainee who is not registered yet."""
    person, born = letter.person, letter.person.get("birth_date")
    return Trainee(
        family_name=person.get("family_name") or "",
        given_names=person.get("given_names") or "",
        personal_identity_code=person.get("personal_identity_code") or "",
        birth_date=date.fromisoformat(born) if born else None,
        municipality=person.get("municipality") or "",
        service_language=person.get("service_language") or "fi",
        phone=person.get("phone") or "",
        email=person.get("email") or "",
    )


def people(desk: Desk) -> tuple[tuple[int, str], ...]:
    """Everybody by name, family name first, for choosing whose a letter is."""
    with desk.reading() as unit:
        rows = trainees.names(unit)
    found = [(row.id, ", ".join(filter(None, (row.family_name, row.given_names)))) for row in rows]
    return tuple(sorted(found, key=lambda one: sort_key(one[1])))


def join(desk: Desk, letter_id: int, trainee_id: int | None) -> RegionLetter:
    """Say whom a letter is about, or with None that it is nobody's yet; returns it as it was, for undo."""
    with desk.writing() as unit:
        before = letters.LETTERS.get(unit, letter_id)
        join_in(unit, before, trainee_id)
        unit.commit()
    return before


def join_in(unit: Unit, letter: RegionLetter, trainee_id: int | None) -> RegionLetter:
    """As ``join``, within a unit."""
    joined = replace(letter, trainee_id=trainee_id)
    letters.LETTERS.put(unit, joined)
    after = {"letter": letter.uid, "trainee": trainee_id}
    unit.log(
        "letter.join", trainee_id=trainee_id or letter.trainee_id, subject=f"letter:{letter.id}", after=after
    )
    return joined
