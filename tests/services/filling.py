"""Rows of any table about a trainee, made from the columns alone: a new table needs nothing here."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table, Time, insert, select

from coachdesk.services.desk import Desk
from coachdesk.store import tables
from coachdesk.store.dossier import tables_of_trainees
from coachdesk.store.tables import Json, Moment

_NUMBERS = count(1)
_BOUNDED = {"phase": 3, "grade": 8, "weekday": 2}
_HOME = {"period_id": "period", "plan_id": "plan", "note_id": "note", "letter_id": "region_letter"}


def fill(desk: Desk, table: str, trainee_id: int, number: int = 0) -> None:
    """One row of a table about a trainee; the same ``number`` gives the same values."""
    with desk.writing() as unit:
        _insert(unit, tables.metadata.tables[table], trainee_id, number)
        unit.commit()


def fillable() -> tuple[str, ...]:
    """The tables of trainees that a row can be put into."""
    return tuple(
        table.name for table in tables_of_trainees() if table.name not in ("trainee", "joined", "archived")
    )


def everything(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that is about somebody, and every draft; not the log, and not that two were joined."""
    kept = (*(table for table in tables_of_trainees() if table.name != "joined"), tables.draft)
    with desk.reading() as unit:
        return {
            table.name: sorted(
                unit.connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all(), key=str
            )
            for table in kept
        }


def _insert(unit: Any, table: Table, trainee_id: int, number: int) -> int:
    row = {}
    for column in table.c:
        if column.name == "id" and isinstance(column.type, Integer):
            continue
        value = _value(unit, table, column, trainee_id, number)
        if value is not None:
            row[column.name] = value
    done = unit.connection.execute(insert(table).prefix_with("OR IGNORE").values(**row))
    return int(done.inserted_primary_key[0]) if "id" in table.c else 0


def _value(unit: Any, table: Table, column: "Column[Any]", trainee_id: int, number: int) -> Any:
    name = column.name
    if name == "trainee_id":
        return trainee_id
    if name in _HOME:
        return _home(unit, tables.metadata.tables[_HOME[name]], trainee_id, number)
    if name in ("workshop_id", "coach_id"):
        return 1
    if name == "group_id":
        made = insert(tables.workshop_group).values(workshop_id=1, name="A")
        return unit.connection.execute(made).inserted_primary_key[0]
    if column.foreign_keys or (column.nullable and number % 2):
        return None
    return _plain(table, column, number)


def _plain(table: Table, column: "Column[Any]", number: int) -> Any:
    match column.type:
        case Json():
            return [] if column.name in ("scopes", "items", "participants", "signatures") else {}
        case Moment():
            return datetime(2026, 11, 1, 8, tzinfo=UTC) + timedelta(days=number)
        case Boolean():
            return False
        case Integer():
            return _BOUNDED.get(column.name, number + 1)
        case Date() if column.name == "valid_to":
            return date(2027, 6, 30)
        case Date():
            return date(2026, 11, 1) + timedelta(days=number)
        case Time():
            return time(9)
        case LargeBinary():
            return b"x"
    once = column.unique or column.name in ("ref", "number", "uid", "file")
    return f"{table.name} {next(_NUMBERS) if once else number}"


def _home(unit: Any, table: Table, trainee_id: int, number: int) -> int:
    own = select(table.c.id).where(table.c.trainee_id == trainee_id).limit(1)
    found = unit.connection.execute(own).scalar()
    return found if found is not None else _insert(unit, table, trainee_id, number)
