"""What goes with a trainee to another desk, as rows; laid in at the other, under numbers of its own."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Table, Text, Time
from sqlcipher3 import dbapi2

from coachdesk.domain import letter_kinds
from coachdesk.domain.codes import codes
from coachdesk.domain.handover import LINKS, OUT, SAME_BY, SUBJECTS, Handover, Row, Tables, keyed
from coachdesk.domain.region_letters import DONE
from coachdesk.errors import Unreadable
from coachdesk.i18n import N_
from coachdesk.store import enrolments, tables
from coachdesk.store.engine import speak
from coachdesk.store.joining import rows as plain_rows
from coachdesk.store.rows import Opened, Rows
from coachdesk.store.unit import Unit

HANDOVERS = Rows(tables.handover, Handover)
MOST_ROWS = 200_000
_LONGEST = 1_000_000
_STAYS = {  # of the desk, of an import, or made anew at the other
    "trainee": ("batch_id", "name_fold", "name_sort", "responsible_coach_id", "other_system_id"),
    "attachment": ("file", "key", "deleted", "coach_id"),
    "note": ("batch_id", "deleted", "coach_id"),
    "appointment": ("coach_id",),
    "period": ("batch_id", "workshop_id"),
    "region_letter": ("region_id", "uid", "ref", "state", "taken_over", "plan_id"),
}
_BESIDE = {  # told in words, since the numbers are the desk's own
    "note": ("coach",),
    "appointment": ("coach",),
    "attachment": ("coach", "part"),
    "period": ("workshop",),
    "region_letter": ("body",),
}
_CODED = (  # what is drawn by its code
    ("attended_day", "kind", "attendance_kinds"),
    ("period", "service_kind", "service_kinds"),
    ("plan", "kind", "plan_kinds"),
    ("note", "kind", "note_kinds"),
    ("appointment", "kind", "appointment_kinds"),
    ("benefit", "benefit", "benefits"),
    ("benefit", "payer", "payers"),
    ("self_assessment", "instrument", "self_assessments"),
    ("rights_request", "kind", "request_kinds"),
)
_NEWER = N_("The file holds what this version does not know. Update CoachDesk and read it once more.")
_CHANGED = N_("The file is damaged or has been changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDesk:
    """Another desk whose public file was taken in; ``keys`` as its card has them."""

    id: str
    name_fi: str
    name_sv: str
    keys: tuple[Mapping[str, Any], ...]
    taken: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a handover was answered here; ``content`` is the file that says so, the same at each writing."""

    uid: str
    desk_id: str
    result: str
    at: datetime
    content: bytes


KNOWN = Rows(tables.known_desk, KnownDesk)
ANSWERS = Rows(tables.handover_answer, Answer)
_H = tables.handover.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Handover, ...]:
    """The handovers of a trainee, the newest first."""
    return HANDOVERS.find(unit, _H.trainee_id == trainee_id, order=_H.id.desc())


def by_uid(unit: Opened, uid: str) -> Handover | None:
    """A handover by its name."""
    return next(iter(HANDOVERS.find(unit, _H.uid == uid)), None)


def in_state(unit: Opened, state: str) -> tuple[Handover, ...]:
    """The handovers out of this desk that are in a state."""
    return HANDOVERS.find(unit, _H.way == OUT, _H.state == state)


def answer(unit: Opened, uid: str) -> Answer | None:
    """How a handover was answered here, if it was."""
    return next(iter(ANSWERS.find(unit, ANSWERS.table.c.uid == uid)), None)


def known(unit: Opened, desk_id: str) -> KnownDesk | None:
    """A desk whose public file was taken in."""
    return next(iter(KNOWN.find(unit, KNOWN.table.c.id == desk_id)), None)


def gathered(
    unit: Opened, trainee_id: int, coaches: Mapping[int, str], workshops: Mapping[int, str]
) -> dict[str, list[dict[str, Any]]]:
    """What may go of a trainee, table by table, as the driver holds it; what is removed stays."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name in SAME_BY:
        table = tables.metadata.tables[name]
        rows = [_told(name, row, coaches, workshops) for row in _of(unit, table, trainee_id)]
        if rows:
            found[name] = rows
    return found


def checked(value: object) -> dict[str, list[dict[str, Any]]]:
    """Rows from outside: tables and columns that are known, values that the columns take.

    Raises:
        Unreadable: made by a newer program, or changed.
    """
    if not isinstance(value, dict) or not all(isinstance(rows, list) for rows in value.values()):
        raise Unreadable(_CHANGED)
    if not set(value) <= set(SAME_BY):
        raise Unreadable(_NEWER)
    if len(value.get("trainee", ())) != 1:
        raise Unreadable(_CHANGED)
    if sum(len(rows) for rows in value.values()) > MOST_ROWS:
        raise Unreadable(_CHANGED)
    return {name: [_row(name, row) for row in value[name]] for name in SAME_BY if name in value}


class Laying:
    """Lays rows in under numbers of this desk: what points to another row points to it here too."""

    def __init__(self, unit: Unit, mine: Tables, coaches: Mapping[str, int], shops: Mapping[str, int]):
        self.unit, self.coaches, self.shops = unit, coaches, shops
        self.here = keyed(mine)
        self.ids: dict[tuple[str, Any], int] = {}
        self.added: dict[str, int] = {}

    def known(self, table: str, key: str, row: Row) -> None:
        """A row that is here already: it keeps its number."""
        if "id" in row:
            self.ids[table, row["id"]] = self.here[table][key]["id"]

    def write(self, table: str, key: str, values: Mapping[str, Any]) -> None:
        """Write chosen values over those of a row that is here."""
        old = self.here[table][key]
        names = [column.name for column in tables.metadata.tables[table].primary_key]
        said = " AND ".join(f'"{name}" IS ?' for name in names)
        put = ", ".join(f'"{name}" = ?' for name in values)
        told = (_nothing(table, name) if value is None else value for name, value in values.items())
        self._speak(f'UPDATE "{table}" SET {put} WHERE {said}', (*told, *(old[name] for name in names)))

    def is_orphan(self, row: Row) -> bool:
        """Whether it belongs to a period, a note or a plan that stays removed here."""
        homes = ((LINKS[name], row[name]) for name in LINKS if name != "replaces_id" and name in row)
        return any(home not in self.ids for home in homes)

    def add(self, table: str, row: Row, trainee_id: int, **more: Any) -> int:
        """Add a row; its number here."""
        values = {name: self._turned(name, one) for name, one in row.items() if name != "id"}
        for name in _BESIDE.get(table, ()):
            values.pop(name, None)
        if "coach" in row:
            values["coach_id"] = self.coaches.get(row["coach"])
        if "workshop" in row:
            values["workshop_id"] = self.shops[row["workshop"]]
        values |= more
        if table == "region_letter":
            values |= {"region_id": "", "uid": secrets.token_hex(16), "ref": "", "state": DONE}
            values["taken_over"] = self.unit.at.astimezone(UTC).isoformat(timespec="microseconds")
        if "trainee_id" in tables.metadata.tables[table].c:
            values["trainee_id"] = trainee_id
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        done = self._speak(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))
        if "id" in row:
            self.ids[table, row["id"]] = int(done.lastrowid)
        self.added[table] = self.added.get(table, 0) + 1
        return int(done.lastrowid)

    def _speak(self, sql: str, values: tuple[Any, ...]) -> Any:
        try:
            return speak(self.unit.connection, sql, values)
        except dbapi2.IntegrityError as error:  # a phase that is none, two where there is room for one
            raise Unreadable(_CHANGED) from error

    def _turned(self, name: str, value: Any) -> Any:
        if name in LINKS and value is not None:
            return self.ids.get((LINKS[name], value))
        if name in SUBJECTS and isinstance(value, str):
            word, _colon, rest = value.partition(":")
            number, colon, within = rest.partition(":")
            if number.isdigit() and (word, int(number)) in self.ids:
                return f"{word}:{self.ids[word, int(number)]}{colon}{within}"
        return value


def _of(unit: Opened, table: Table, trainee_id: int) -> list[dict[str, Any]]:
    if table is tables.trainee:
        return plain_rows(unit, table.name, id=trainee_id)
    if table is tables.region_letter:
        return _workers(unit, trainee_id)
    if "trainee_id" in table.c:
        deleted = {"deleted": 0} if "deleted" in table.c else {}
        return plain_rows(unit, table.name, trainee_id=trainee_id, **deleted)
    link = next(name for name in LINKS if name in table.c)
    homes = _of(unit, tables.metadata.tables[LINKS[link]], trainee_id)
    return [row for home in homes for row in plain_rows(unit, table.name, **{link: home["id"]})]


def _workers(unit: Opened, trainee_id: int) -> list[dict[str, Any]]:
    """The letters by which the record knows the responsible worker at the region, and nothing else."""
    bodies = {region.id: region.recipient for region in enrolments.regions(unit)}
    found = plain_rows(unit, "region_letter", trainee_id=trainee_id, kind=letter_kinds.WORKER_CHANGED)
    return [
        {
            **row,
            "content": json.dumps(letter_kinds.worker_alone(json.loads(row["content"])), sort_keys=True),
            "body": bodies.get(row["region_id"], ""),
        }
        for row in found
        if row["taken_over"] is not None
    ]


def _told(
    table: str, row: Mapping[str, Any], coaches: Mapping[int, str], workshops: Mapping[int, str]
) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if name not in _STAYS.get(table, ("batch_id",))}
    found.pop("trainee_id", None)
    beside = _BESIDE.get(table, ())
    if "coach" in beside:
        found["coach"] = coaches.get(row["coach_id"], "")
    if "workshop" in beside:
        found["workshop"] = workshops.get(row["workshop_id"], "")
    return found


def _row(table: str, row: object) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise Unreadable(_CHANGED)
    columns = {column.name: column for column in tables.metadata.tables[table].c}
    stays = {*_STAYS.get(table, ("batch_id",)), "trainee_id"}
    taken = ({*columns} - stays) | {*_BESIDE.get(table, ())}
    if not set(row) <= taken:
        raise Unreadable(_NEWER)
    needed = {name for name, one in columns.items() if not one.nullable and one.server_default is None}
    if not needed - stays <= set(row):
        raise Unreadable(_CHANGED)
    for name, value in row.items():
        column = columns.get(name)
        if not (
            _fits(column.type, value, column.nullable) if column is not None else _fits_beside(name, value)
        ):
            raise Unreadable(_CHANGED)
    for table_, name, list_ in _CODED:
        if table_ == table and row.get(name) and row[name] not in codes(list_):
            raise Unreadable(_NEWER)
    if table == "region_letter" and not _is_worker(row):
        raise Unreadable(_CHANGED)
    absent = set(columns) - stays - set(row)  # a column that is newer than the other desk
    return {**row, **{name: _nothing(table, name) for name in absent}}


def _is_worker(row: Row) -> bool:
    item = json.loads(row["content"])
    told = item.get("kind") if isinstance(item, dict) else None
    fits = told == row.get("kind") == letter_kinds.WORKER_CHANGED and letter_kinds.fits(item)
    return fits and item == letter_kinds.worker_alone(item)  # of whom and in which words stays there


def _fits_beside(name: str, value: object) -> bool:
    if name == "part":
        return type(value) is int and 0 <= value < 10_000
    return isinstance(value, str) and len(value) <= 400


def _fits(kind: Any, value: object, nullable: bool | None) -> bool:
    if value is None:
        return bool(nullable)
    try:
        match kind:
            case Boolean():
                return type(value) is int and value in (0, 1)
            case Integer():
                return type(value) is int and abs(value) < 2**53
            case Date():
                return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
            case Time():
                return isinstance(value, str) and time.fromisoformat(value) is not None
            case tables.Moment():
                return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
            case tables.Json():
                return isinstance(value, str) and isinstance(json.loads(value), (list, dict))
            case Text():
                return isinstance(value, str) and len(value) <= _LONGEST and "\0" not in value
    except (ValueError, RecursionError):
        return False
    return type(value) is int and abs(value) < 2**53  # a link


def _nothing(table: str, name: str) -> Any:
    """What a column holds that tells nothing."""
    column = tables.metadata.tables[table].c[name]
    if column.nullable:
        return None
    return 0 if isinstance(column.type, (Boolean, Integer)) else ""


def names_in(found: Tables, table: str, name: str) -> Iterable[str]:
    """The different words of a column."""
    return dict.fromkeys(str(row[name]) for row in found.get(table, ()) if row.get(name))
