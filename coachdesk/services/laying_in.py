"""What arrives from another desk laid into this one: compared, and written under numbers of our own."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from coachdesk.domain import handover as rules
from coachdesk.domain import trainee as trainee_rules
from coachdesk.domain.comparing import settle
from coachdesk.domain.handover import ACCEPTED, Met, Place, Tables
from coachdesk.domain.letters import fold
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.services import rights
from coachdesk.services import trainees as people
from coachdesk.services.arriving import Opened, Papers
from coachdesk.services.desk import Desk
from coachdesk.services.handing_over import everything
from coachdesk.store import handover, plans, trainees, workshops
from coachdesk.store.handover import Laying
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What was laid in: who it is here, what is new, and the details that changed."""

    trainee_id: int
    met: Met
    before: dict[str, object]
    after: dict[str, object]


def lay_in(
    desk: Desk,
    unit: Unit,
    found: Opened,
    onto: int | None,
    choices: tuple[Collection[str], Collection[str]],
    papers: Papers,
) -> Laid:
    """Lay an opened handover in, for a new trainee or onto one who is here.

    Args:
        desk: the open desk.
        unit: who calls commits it.
        found: the handover.
        onto: who the person is here already.
        choices: names of values for which ours is kept, and for which theirs is taken.
        papers: the files of its papers; those that get a row are marked as used.

    Raises:
        Refused: a choice is missing.
        ReasonNeeded: it is another coach's trainee.
        Unreadable: rows do not stand beside each other.
    """
    mine, before = mine_of(desk, unit, onto), before_of(unit, onto, found.file.card.id)
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
                _add(found, laying, table, row, person.id, papers)
    return Laid(trainee_id=person.id, met=met, before=old, after=new)


def _write_person(
    desk: Desk, unit: Unit, found: Opened, onto: int | None, chosen: Mapping[str, Any]
) -> tuple[Trainee, dict[str, object], dict[str, object]]:
    if onto is None:
        new = replace(found.person, responsible_coach_id=desk.coach_id or None)
        return people.register_in(unit, new), {}, {}
    kept = trainees.TRAINEES.get(unit, onto)
    raw = {**{name: _raw(value) for name, value in asdict(kept).items()}, **chosen}
    blank = asdict(Trainee(family_name=""))
    told = {name: blank.get(name) if value is None else value for name, value in raw.items()}
    after = replace(
        person_of(told), id=kept.id, batch_id=kept.batch_id, responsible_coach_id=kept.responsible_coach_id
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
    found: Opened, laying: Laying, table: str, row: Mapping[str, Any], trainee_id: int, papers: Papers
) -> None:
    more: dict[str, Any] = {}
    if table == "attachment":
        sealed = papers.use(row)
        more = {"file": sealed.file, "key": sealed.key}
    if table == "plan" and row["number"] and plans.by_number(laying.unit, row["number"]) is not None:
        more = {"number": f"{found.file.card.id[:4]}/{row['number']}"}  # the own number is given already
    laying.add(table, row, trainee_id, **more)


def _coaches(unit: Unit, rows: Tables) -> dict[str, int]:
    """Who wrote what: a coach of the same name, else one who is kept by name only."""
    here = {fold(coach.name): coach.id for coach in workshops.COACHES.find(unit)}
    found = {}
    for name in _named(rows, "coach"):
        if fold(name) not in here:
            here[fold(name)] = workshops.COACHES.add(unit, Coach(name=name, removed=unit.at)).id
        found[name] = here[fold(name)]
    return found


def _workshops(unit: Unit, found: Opened) -> dict[str, int]:
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


def person_of(row: Mapping[str, Any]) -> Trainee:
    """A row of the other desk as a trainee, without its number."""
    found = {one.name: row[one.name] for one in fields(Trainee) if one.name in row and one.name != "id"}
    for name in ("birth_date", "first_contact"):
        found[name] = date.fromisoformat(found[name]) if found.get(name) else None
    return Trainee(**{**found, "non_disclosure": bool(found.get("non_disclosure"))})


def mine_of(desk: Desk, unit: Unit, onto: int | None) -> dict[str, list[dict[str, Any]]]:
    """What is here of the one whom it is taken onto.

    Raises:
        ReasonNeeded: it is another coach's trainee.
    """
    if onto is None:
        return {}
    rights.see_to(desk, unit, onto)
    return everything(unit, onto)


def before_of(unit: Unit, onto: int | None, desk_id: str) -> Tables:
    """What went between the two desks the last time, and was accepted."""
    known = handover.of_trainee(unit, onto) if onto is not None else ()
    last = next((one for one in known if one.desk_id == desk_id and one.state == ACCEPTED), None)
    return last.rows if last else {}
