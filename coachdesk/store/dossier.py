"""Everything that the store holds of one trainee, table by table, as it lies there."""

from typing import Any

from sqlalchemy import ColumnElement, Table, func, select

from coachdesk.store import tables
from coachdesk.store.rows import Opened

# What is of the desk and not of the person, or is told by another paper.
LEFT_OUT = {
    "trainee_key": "a key of the log",
    "log": "the log has a report of its own (Act 703/2023, section 11)",
}
_WITHIN = {
    "period_id": tables.period,
    "plan_id": tables.plan,
    "note_id": tables.note,
    "letter_id": tables.region_letter,
}
_MADE = ("name_fold", "name_sort", "batch_id")  # made from other values, or of an import

_SEALING = {"attachment": ("file", "key", "digest")}  # how a file is kept, nothing of the person


def tables_of_trainees() -> tuple[Table, ...]:
    """Every table that holds something of a trainee, in the order in which they refer to each other."""
    return tuple(
        table
        for table in tables.metadata.sorted_tables
        if table.name not in LEFT_OUT and (table is tables.trainee or _link(table) is not None)
    )


def everything(unit: Opened, trainee_id: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, each as its columns; tables without a row of the person are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables_of_trainees():
        left_out = (*_MADE, *_SEALING.get(table.name, ()))
        columns = [column for column in table.c if column.name not in left_out]
        rows = unit.connection.execute(
            select(*columns).where(rows_of(table, trainee_id)).order_by(*table.primary_key)
        )
        if read := [dict(row._mapping) for row in rows]:
            found[table.name] = read
    return found


def counts(unit: Opened) -> dict[str, int]:
    """How many rows each table holds of everybody together; empty tables are left out."""
    found = {}
    for table in tables_of_trainees():
        if number := unit.connection.execute(select(func.count()).select_from(table)).scalar_one():
            found[table.name] = number
    return found


def _link(table: Table) -> str | None:
    names = ("trainee_id", *_WITHIN)
    return next((name for name in names if name in table.c), None)


def rows_of(table: Table, trainee_id: int) -> ColumnElement[bool]:
    """The condition that picks a trainee's rows of a table."""
    if table is tables.trainee:
        return table.c.id == trainee_id
    link = _link(table)
    assert link is not None
    if link == "trainee_id":
        return table.c.trainee_id == trainee_id
    home = _WITHIN[link]
    return table.c[link].in_(select(home.c.id).where(home.c.trainee_id == trainee_id))
