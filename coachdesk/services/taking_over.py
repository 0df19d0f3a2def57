"""A trainee taken over from another desk: shown first, then accepted or refused, and answered once.

Nothing is kept before somebody has accepted; then everything is, in one transaction, or nothing.  Somebody
who is here already is compared value by value, with what went the last time where that is known.

The file is ``read`` once, with no hand at the desk: what is shown and compared is what is then laid in.  Its
papers are fetched (``arriving``) before the transaction, and the answer is carried after it, so that nobody's
saves wait for a slow stick.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.domain import handover as rules
from coachdesk.domain import trainee as trainee_rules
from coachdesk.domain.handover import ACCEPTED, IN, REFUSED, Arrived, Handover, Tables
from coachdesk.domain.letters import nfc_lines
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import desk_letter, export_file, handover_file
from coachdesk.exchange.handover_file import Own
from coachdesk.i18n import N_
from coachdesk.services import enrolment, names, other_desks
from coachdesk.services import trainees as people
from coachdesk.services.arriving import Opened, Papers
from coachdesk.services.desk import Desk
from coachdesk.services.giving import FORMAT
from coachdesk.services.laying_in import Laid, before_of, lay_in, mine_of, person_of
from coachdesk.store import enrolments, handover
from coachdesk.store.handover import Answer
from coachdesk.store.unit import Unit

_CHANGED = N_("The file is damaged or has been changed.")
_NEWER = N_("The file was made by a newer version of CoachDesk. Update this one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a handover: the answer to carry back, and who it is here; None where refused."""

    uid: str
    answer: bytes
    trainee_id: int | None = None


def read(file: Path, own: Own, on: date) -> Opened:
    """Open a file from another desk, on any thread; nothing of it is kept, nothing of the desk is touched.

    Args:
        file: where it lies.
        own: ``other_desks.keys_of`` this desk.
        on: today.

    Raises:
        Unreadable: it is no handover, for another desk, cut off, changed, or made by a newer program.
    """
    found = handover_file.read(Path(file), own)
    record = found.record
    if type(record.get("format")) is int and record["format"] > FORMAT:
        raise Unreadable(_NEWER)
    names_ = {"format", "uid", "made", "ground", "coach", "consents", "tables"}
    texts = ("uid", "made", "ground", "coach")
    whole = set(record) == names_ and all(isinstance(record[name], str) for name in texts)
    if not whole or record["uid"] != found.uid or type(record["consents"]) is not int:
        raise Unreadable(_CHANGED)
    if record["ground"] not in rules.GROUNDS:
        raise Unreadable(_NEWER)
    rows = handover.checked(record["tables"])
    _check_papers(found, rows)
    try:
        person = trainee_rules.checked(person_of(rows["trainee"][0]), on)
        made = datetime.fromisoformat(record["made"])
    except (ValueError, Refused) as error:
        raise Unreadable(_CHANGED) from error
    if made.tzinfo is None:
        raise Unreadable(_CHANGED)
    return Opened(file=found, person=person, rows=rows, made=made)


def look(desk: Desk, found: Opened, onto: int | None = None, *, as_new: bool = False) -> Arrived:
    """How what has arrived meets what is here; nothing of it is kept.

    Without ``onto`` it is compared with the one who has the same identity code, where there is one and
    ``as_new`` does not say otherwise.

    Raises:
        ReasonNeeded: it is compared with another coach's trainee.
    """
    with desk.writing() as unit:
        alike = people.duplicates_in(unit, found.person)
        by_code = bool(alike) and "code" in alike[0].alike
        if onto is None and by_code and not as_new:
            onto = alike[0].trainee.id
        mine = mine_of(desk, unit, onto)
        protected = found.person.non_disclosure or any(
            row["non_disclosure"] for row in mine.get("trainee", ())
        )
        if onto is not None:
            unit.log("trainee.compare", trainee_id=onto, subject=f"handover:{found.file.uid}")
        answer = handover.answer(unit, found.file.uid)
        arrived = Arrived(
            uid=found.file.uid,
            desk=other_desks.told(
                found.file.card, known=handover.known(unit, found.file.card.id) is not None
            ),
            name=found.person.spoken_name,
            birth_year=found.person.birth_date.year if found.person.birth_date else None,
            ground=str(found.file.record["ground"]),
            coach=str(found.file.record["coach"]),
            made=found.made,
            met=rules.meet(before_of(unit, onto, found.file.card.id), mine, found.rows).shown(
                trainee_rules.ADDRESS if protected else ()
            ),
            tasks=rules.tasks(found.rows, unit.at.isoformat()),
            papers=len(found.rows.get("attachment", ())),
            consents=int(found.file.record["consents"]),
            others=tuple(_hit(like.trainee) for like in alike),
            onto=onto,
            by_code=by_code,
            answered=answer.result if answer else "",
            answered_at=answer.at if answer else None,
        )
        unit.log("handover.look", subject=f"desk:{found.file.card.id}")
        unit.commit()
    return arrived


def accept(
    desk: Desk,
    found: Opened,
    papers: Papers,
    *,
    onto: int | None = None,
    mine: Collection[str] = (),
    theirs: Collection[str] = (),
    compared: bool = False,
) -> Taken:
    """Take everything over in one transaction; the answer is then to be carried back.

    Args:
        desk: the open desk.
        found: the other desk's file, the very one that was looked at.
        papers: its papers, fetched before; those that were not needed, or none was, are destroyed.
        onto: who the person is here already; None for somebody new.
        mine: names of values (``Met.values``) for which this desk's own is kept.
        theirs: names of values for which the other desk's is taken.
        compared: the fingerprint of a desk that is not known yet was compared.

    Raises:
        Refused: it was answered already, a choice is missing, or the desk is not known and not compared.
        Unreadable: its rows do not stand beside each other.
        ReasonNeeded: it is taken onto another coach's trainee.
        DiskFull, Trouble: the store could not be written.  Nothing is then kept at all.
    """
    try:
        with desk.writing() as unit:
            _refuse_answered(unit, found.file.uid)
            _refuse_strange(unit, found, compared)
            laid = lay_in(desk, unit, found, onto, (mine, theirs), papers)
            _keep(desk, unit, found, laid)
            content = _answer(desk, unit, found.file, ACCEPTED)
            unit.commit()
    except Exception:  # an interrupt may come after the commit: then rows name them, else they are swept
        papers.destroy()
        raise
    papers.destroy_unused()
    names.forget(desk)
    return Taken(uid=found.file.uid, answer=content, trainee_id=laid.trainee_id)


def refuse(desk: Desk, found: Opened, *, reason: str, words: str = "") -> Taken:
    """Keep nothing but the answer that says why; it is then to be carried back.

    Raises:
        Refused: no reason, or it was answered already.
    """
    rules.must_have_reason(reason, words)
    with desk.writing() as unit:
        _refuse_answered(unit, found.file.uid)
        content = _answer(desk, unit, found.file, REFUSED, reason, nfc_lines(words)[:500])
        unit.log("handover.refuse", subject=f"desk:{found.file.card.id}", after={"reason": reason})
        unit.commit()
    return Taken(uid=found.file.uid, answer=content)


def answered(desk: Desk, uid: str) -> Taken:
    """The answer that was given to a handover, to be carried once more: the same bytes.

    Raises:
        Refused: it was not answered here.
    """
    with desk.reading() as unit:
        found = handover.answer(unit, uid)
    if found is None:
        raise Refused(N_("This handover has not been answered here yet."))
    return Taken(uid=uid, answer=found.content)


def must_carry(folder: Path) -> None:
    """Try the folder of the answer before anything is accepted or refused.

    Raises:
        DiskFull, Trouble: no file can be written there.
    """
    export_file.must_take_files(Path(folder))


def carry(taken: Taken, folder: Path) -> Path:
    """Write an answer into a folder, on any thread; what fails can be done again.

    Raises:
        DiskFull, Trouble: the folder does not take it.
    """
    name = f"handover-answer-{taken.uid[:8]}{handover_file.SUFFIX}"
    return export_file.write(Path(folder), name, taken.answer)


def _check_papers(found: handover_file.Handover, rows: Tables) -> None:
    parts = [row.get("part") for row in rows.get("attachment", ())]
    if sorted(parts, key=str) != sorted(range(1, len(found.sizes)), key=str):
        raise Unreadable(_CHANGED)
    if any(found.sizes[row["part"]] != row["size"] + 16 for row in rows.get("attachment", ())):
        raise Unreadable(_CHANGED)


def _keep(desk: Desk, unit: Unit, found: Opened, laid: Laid) -> None:
    card, ground = found.file.card, str(found.file.record["ground"])
    handover.HANDOVERS.add(
        unit,
        Handover(
            trainee_id=laid.trainee_id,
            uid=found.file.uid,
            way=IN,
            desk_id=card.id,
            desk_name=card.name_fi or card.name_sv,
            ground=ground,
            file=found.file.path.name,
            state=ACCEPTED,
            at=unit.at,
            coach_id=desk.coach_id or None,
            answered=unit.at,
            rows=found.rows,
        ),
    )
    unit.log(
        "handover.accept",
        trainee_id=laid.trainee_id,
        subject=f"desk:{card.id}",
        before=laid.before or None,
        after={"from": card.name_fi or card.name_sv, **laid.met.new, **laid.after},
        why=rules.GROUNDS[ground],
    )


def _refuse_answered(unit: Unit, uid: str) -> None:
    answer = handover.answer(unit, uid)
    if answer is not None and answer.result == ACCEPTED:
        raise Refused(
            N_("This handover was taken over on {day} already."), day=answer.at.astimezone(HELSINKI).date()
        )
    if answer is not None:
        raise Refused(
            N_("This handover was refused on {day} already."), day=answer.at.astimezone(HELSINKI).date()
        )


def _refuse_strange(unit: Unit, found: Opened, compared: bool) -> None:
    if handover.known(unit, found.file.card.id) is None and not compared:
        raise Refused(
            N_("Nothing has come from this desk before. Compare its fingerprint first: {fingerprint}"),
            field="compared",
            fingerprint=found.file.card.fingerprint,
        )
    other_desks.keep_card(unit, found.file.card)


def _answer(
    desk: Desk,
    unit: Unit,
    file: handover_file.Handover,
    result: str,
    reason: str = "",
    words: str = "",
) -> bytes:
    own, device = other_desks.own_card(desk, unit), enrolments.device(unit)
    assert device is not None
    content = desk_letter.sealed(
        desk_letter.ANSWER,
        {"answer": 1, "uid": file.uid, "result": result, "reason": reason, "words": words},
        own=own,
        signing_key=enrolment.signing_key(desk, device),
        to=file.card,
        iat=int(unit.at.timestamp()),
    )
    handover.ANSWERS.add(
        unit, Answer(uid=file.uid, desk_id=file.card.id, result=result, at=unit.at, content=content)
    )
    return content


def _hit(one: Trainee) -> Hit:
    return Hit(trainee_id=one.id, name=one.name, birth_year=one.birth_date.year if one.birth_date else None)
