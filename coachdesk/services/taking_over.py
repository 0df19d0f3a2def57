"""A trainee taken over from another desk: shown first, then accepted or refused, and answered once.

Nothing is kept before somebody has accepted; then everything is, in one transaction, or nothing.  Somebody
who is here already is compared value by value, with what went the last time where that is known.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain import attachment as papers
from coachdesk.domain import handover as rules
from coachdesk.domain import trainee as trainee_rules
from coachdesk.domain.comparing import settle
from coachdesk.domain.handover import ACCEPTED, IN, REFUSED, Arrived, Handover, Met, Place, Tables
from coachdesk.domain.letters import fold, nfc_lines
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.errors import Problem, Refused, Unreadable
from coachdesk.exchange import desk_letter, export_file, handover_file
from coachdesk.i18n import N_
from coachdesk.services import enrolment, names, other_desks, rights
from coachdesk.services import trainees as people
from coachdesk.services.desk import Desk
from coachdesk.services.handing_over import FORMAT, everything
from coachdesk.store import attachments, handover, outbox, plans, trainees, workshops
from coachdesk.store.handover import Answer, Laying
from coachdesk.store.unit import Unit

_CHANGED = N_("The file is damaged or has been changed.")
_NEWER = N_("The file was made by a newer version of CoachDesk. Update this one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a handover: the answer to carry back, and who it is here; None where refused."""

    answer: Path | None
    trainee_id: int | None = None
    problem: Problem | None = None  # why the answer could not be written; it can be written again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """An opened handover whose rows are known to fit."""

    file: handover_file.Handover
    person: Trainee
    rows: dict[str, list[dict[str, Any]]]
    made: datetime


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
        mine = _mine(desk, unit, onto)
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
            met=rules.meet(_before(unit, onto, found.file.card.id), mine, found.rows),
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
            trainee_id = _lay_in(desk, unit, found, onto, (mine, theirs), written)
            content = _answer(desk, unit, found.file, ACCEPTED)
            unit.commit()
    except BaseException:
        for name in written:
            attachments.destroy(desk.folder, name)
        raise
    names.forget(desk)
    return _wrote(Path(folder), found.file.uid, content, trainee_id)


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


def _open(desk: Desk, unit: Unit, file: Path) -> _Open:
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
        person = trainee_rules.checked(_person(rows["trainee"][0]), unit.on)
        made = datetime.fromisoformat(record["made"])
    except (ValueError, Refused) as error:
        raise Unreadable(_CHANGED) from error
    if made.tzinfo is None:
        raise Unreadable(_CHANGED)
    return _Open(file=found, person=person, rows=rows, made=made)


def _check_papers(found: handover_file.Handover, rows: Tables) -> None:
    parts = [row.get("part") for row in rows.get("attachment", ())]
    if sorted(parts, key=str) != sorted(range(1, len(found.sizes)), key=str):
        raise Unreadable(_CHANGED)
    if any(found.sizes[row["part"]] != row["size"] + 16 for row in rows.get("attachment", ())):
        raise Unreadable(_CHANGED)


def _person(row: Mapping[str, Any]) -> Trainee:
    found = {one.name: row[one.name] for one in fields(Trainee) if one.name in row and one.name != "id"}
    for name in ("birth_date", "first_contact"):
        found[name] = date.fromisoformat(found[name]) if found.get(name) else None
    return Trainee(**{**found, "non_disclosure": bool(found.get("non_disclosure"))})


def _mine(desk: Desk, unit: Unit, onto: int | None) -> dict[str, list[dict[str, Any]]]:
    if onto is None:
        return {}
    rights.see_to(desk, unit, onto)
    return everything(unit, onto)


def _before(unit: Unit, onto: int | None, desk_id: str) -> Tables:
    """What went between the two desks the last time, and was accepted."""
    known = handover.of_trainee(unit, onto) if onto is not None else ()
    last = next((one for one in known if one.desk_id == desk_id and one.state == ACCEPTED), None)
    return last.rows if last else {}


def _lay_in(
    desk: Desk,
    unit: Unit,
    found: _Open,
    onto: int | None,
    choices: tuple[Collection[str], Collection[str]],
    written: list[str],
) -> int:
    mine, before = _mine(desk, unit, onto), _before(unit, onto, found.file.card.id)
    met = rules.meet(before, mine, found.rows)
    chosen = _by_row(settle(met.values, mine=choices[0], theirs=choices[1]))
    person, old, new = _write_person(desk, unit, found, onto, chosen.pop(("trainee", ""), {}))
    laying = Laying(unit, mine, _coaches(unit, found.rows), _workshops(unit, found))
    was = rules.keyed(before)
    for table, by_key in rules.keyed(found.rows).items():
        for key, row in by_key.items() if table != "trainee" else ():
            if key in laying.here[table]:
                laying.known(table, key, row)
                if values := chosen.get((table, key)):
                    laying.write(table, key, values)
            elif not rules.removed_here(was[table].get(key), row) and not laying.is_orphan(row):
                _add(desk, found, laying, table, row, person.id, written)
    _keep(unit, desk, found, person.id, met, (old, new))
    return person.id


def _write_person(
    desk: Desk, unit: Unit, found: _Open, onto: int | None, chosen: Mapping[str, Any]
) -> tuple[Trainee, dict[str, object], dict[str, object]]:
    if onto is None:
        new = replace(found.person, responsible_coach_id=desk.coach_id or None)
        return people.register_in(unit, new), {}, {}
    kept = trainees.TRAINEES.get(unit, onto)
    raw = {**{name: _raw(value) for name, value in asdict(kept).items()}, **chosen}
    blank = asdict(Trainee(family_name=""))
    told = {name: blank.get(name) if value is None else value for name, value in raw.items()}
    after = replace(
        _person(told), id=kept.id, batch_id=kept.batch_id, responsible_coach_id=kept.responsible_coach_id
    )
    after = trainee_rules.checked(after, unit.on)
    trainees.put(unit, after)
    return after, *people.changed(kept, after)


def _raw(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _by_row(chosen: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, value in chosen.items():
        place = Place.of(name)
        found.setdefault((place.table, place.key), {})[place.column] = value
    return found


def _add(
    desk: Desk,
    found: _Open,
    laying: Laying,
    table: str,
    row: Mapping[str, Any],
    trainee_id: int,
    written: list[str],
) -> None:
    more: dict[str, Any] = {}
    if table == "attachment":
        content = _paper(found, row)
        sealed = attachments.write(desk.folder, content)
        written.append(sealed.file)
        more = {"file": sealed.file, "key": sealed.key}
    if table == "plan" and row["number"] and plans.by_number(laying.unit, row["number"]) is not None:
        more = {"number": f"{found.file.card.id[:4]}/{row['number']}"}  # the own number is given already
    laying.add(table, row, trainee_id, **more)


def _paper(found: _Open, row: Mapping[str, Any]) -> bytes:
    content = found.file.part(row["part"])
    if sha256(content).hexdigest() != row["digest"]:
        raise Unreadable(_CHANGED)
    try:
        judged = papers.judge(row["title"], content)
    except Problem as problem:
        raise Unreadable(
            N_("The paper “{title}” in the file is not what it says. Nothing was kept."), title=row["title"]
        ) from problem
    if judged.kind != row["kind"]:
        raise Unreadable(
            N_("The paper “{title}” in the file is not what it says. Nothing was kept."), title=row["title"]
        )
    return content


def _coaches(unit: Unit, rows: Tables) -> dict[str, int]:
    """Who wrote what: a coach of the same name, else one who is kept by name only."""
    here = {fold(coach.name): coach.id for coach in workshops.COACHES.find(unit)}
    found = {}
    for name in _named(rows, "coach"):
        if fold(name) not in here:
            here[fold(name)] = workshops.COACHES.add(unit, Coach(name=name, removed=unit.at)).id
        found[name] = here[fold(name)]
    return found


def _workshops(unit: Unit, found: _Open) -> dict[str, int]:
    """Where the days were: a workshop of the same name, else the former one beside our own."""
    shops = workshops.WORKSHOPS.find(unit)
    here = {fold(name): shop.id for shop in shops for name in (shop.name_fi, shop.name_sv) if name}
    ids = {}
    for name in {row["workshop"] for row in found.rows.get("period", ())}:
        if fold(name) not in here:
            card = found.file.card
            shop = Workshop(name_fi=name or card.name_fi, name_sv="" if name else card.name_sv)
            here[fold(name)] = workshops.WORKSHOPS.add(unit, shop).id
        ids[name] = here[fold(name)]
    return ids


def _named(rows: Tables, column: str) -> Iterator[str]:
    for table in rows:
        yield from handover.names_in(rows, table, column)


def _keep(
    unit: Unit,
    desk: Desk,
    found: _Open,
    trainee_id: int,
    met: Met,
    changed: tuple[dict[str, object], dict[str, object]],
) -> None:
    card, ground = found.file.card, str(found.file.record["ground"])
    handover.HANDOVERS.add(
        unit,
        Handover(
            trainee_id=trainee_id,
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
    old, new = changed
    unit.log(
        "handover.accept",
        trainee_id=trainee_id,
        subject=f"desk:{card.id}",
        before=old or None,
        after={"from": card.name_fi or card.name_sv, **met.new, **new},
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


def _refuse_strange(unit: Unit, found: _Open, compared: bool) -> None:
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
