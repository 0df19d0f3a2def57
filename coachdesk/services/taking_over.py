"""A trainee taken over from another desk: shown first, then accepted or refused, and answered once.

Nothing is kept before somebody has accepted; then everything is, in one transaction, or nothing.  Somebody
who is here already is compared value by value, with what went the last time where that is known.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.domain import handover as rules
from coachdesk.domain import trainee as trainee_rules
from coachdesk.domain.handover import ACCEPTED, IN, REFUSED, Arrived, Handover, Tables
from coachdesk.domain.letters import nfc_lines
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.errors import Problem, Refused, Unreadable
from coachdesk.exchange import desk_letter, export_file, handover_file
from coachdesk.i18n import N_
from coachdesk.services import enrolment, names, other_desks
from coachdesk.services import trainees as people
from coachdesk.services.desk import Desk
from coachdesk.services.handing_over import FORMAT
from coachdesk.services.laying_in import Laid, Opened, before_of, lay_in, mine_of, person_of
from coachdesk.store import attachments, handover, outbox
from coachdesk.store.handover import Answer
from coachdesk.store.unit import Unit

_CHANGED = N_("The file is damaged or has been changed.")
_NEWER = N_("The file was made by a newer version of CoachDesk. Update this one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a handover: the answer to carry back, and who it is here; None where refused."""

    answer: Path | None
    trainee_id: int | None = None
    problem: Problem | None = None  # why the answer could not be written; it can be written again


def look(desk: Desk, file: Path, onto: int | None = None, *, as_new: bool = False) -> Arrived:
    """What a file from another desk holds; nothing of it is kept.

    Without ``onto`` it is compared with the one who has the same identity code, where there is one and
    ``as_new`` does not say otherwise.

    Raises:
        Unreadable: it is no handover, for another desk, cut off, changed, or made by a newer program.
        ReasonNeeded: it is compared with another coach's trainee.
    """
    with desk.writing() as unit:
        found = _open(desk, unit, file)
        alike = people.duplicates_in(unit, found.person)
        by_code = bool(alike) and "code" in alike[0].alike
        if onto is None and by_code and not as_new:
            onto = alike[0].trainee.id
        mine = mine_of(desk, unit, onto)
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
            met=rules.meet(before_of(unit, onto, found.file.card.id), mine, found.rows),
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
    file: Path,
    folder: Path,
    *,
    onto: int | None = None,
    mine: Collection[str] = (),
    theirs: Collection[str] = (),
    compared: bool = False,
) -> Taken:
    """Take everything over in one transaction, and write the answer to carry back.

    Args:
        desk: the open desk.
        file: the other desk's file.
        folder: where the answer is put.
        onto: who the person is here already; None for somebody new.
        mine: names of values (``Met.values``) for which this desk's own is kept.
        theirs: names of values for which the other desk's is taken.
        compared: the fingerprint of a desk that is not known yet was compared.

    Raises:
        Refused: it was answered already, a choice is missing, or the desk is not known and not compared.
        Unreadable: as ``look``, or a paper in it is not what it says.
        ReasonNeeded: it is taken onto another coach's trainee.
        DiskFull, Trouble: a paper could not be kept.  Nothing is then kept at all.
    """
    written: list[str] = []
    try:
        with desk.writing() as unit:
            found = _open(desk, unit, file)
            _refuse_answered(unit, found.file.uid)
            _refuse_strange(unit, found, compared)
            laid = lay_in(desk, unit, found, onto, (mine, theirs), written)
            _keep(desk, unit, found, laid)
            content = _answer(desk, unit, found.file, ACCEPTED)
            unit.commit()
    except BaseException:
        for name in written:
            attachments.destroy(desk.folder, name)
        raise
    names.forget(desk)
    return _wrote(Path(folder), found.file.uid, content, laid.trainee_id)


def refuse(desk: Desk, file: Path, folder: Path, *, reason: str, words: str = "") -> Taken:
    """Keep nothing, and write the answer that says why.

    Raises:
        Refused: no reason, or it was answered already.
        Unreadable: as ``look``.
    """
    rules.must_have_reason(reason, words)
    with desk.writing() as unit:
        found = _open(desk, unit, file)
        _refuse_answered(unit, found.file.uid)
        content = _answer(desk, unit, found.file, REFUSED, reason, nfc_lines(words)[:500])
        unit.log("handover.refuse", subject=f"desk:{found.file.card.id}", after={"reason": reason})
        unit.commit()
    return _wrote(Path(folder), found.file.uid, content, None)


def write_answer(desk: Desk, file: Path, folder: Path) -> Path:
    """Write the answer to a handover once more, the same bytes.

    Raises:
        Refused: it was not answered here.
        Unreadable: as ``look``.
        DiskFull, Trouble: the folder does not take it.
    """
    with desk.writing() as unit:
        found = _open(desk, unit, file)
        answer = handover.answer(unit, found.file.uid)
    if answer is None:
        raise Refused(N_("This handover has not been answered here yet."))
    return export_file.write(Path(folder), _answer_name(answer.uid), answer.content)


def _open(desk: Desk, unit: Unit, file: Path) -> Opened:
    found = handover_file.read(Path(file), lambda kid: other_desks.own_for(desk, unit, kid))
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
        person = trainee_rules.checked(person_of(rows["trainee"][0]), unit.on)
        made = datetime.fromisoformat(record["made"])
    except (ValueError, Refused) as error:
        raise Unreadable(_CHANGED) from error
    if made.tzinfo is None:
        raise Unreadable(_CHANGED)
    return Opened(file=found, person=person, rows=rows, made=made)


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
    own, device = other_desks.own_card(desk, unit), outbox.device(unit)
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


def _wrote(folder: Path, uid: str, content: bytes, trainee_id: int | None) -> Taken:
    try:
        answer = export_file.write(folder, _answer_name(uid), content)
    except Problem as problem:  # it is kept, and can be written again
        return Taken(answer=None, trainee_id=trainee_id, problem=problem)
    return Taken(answer=answer, trainee_id=trainee_id)


def _answer_name(uid: str) -> str:
    return f"handover-answer-{uid[:8]}{handover_file.SUFFIX}"


def _hit(one: Trainee) -> Hit:
    return Hit(trainee_id=one.id, name=one.name, birth_year=one.birth_date.year if one.birth_date else None)
