"""Very many rows at once: straight to the driver, indexes made afterwards, the planner's figures last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from coachdesk.store import tables
from coachdesk.store.rows import Opened

_AT_ONCE = 20_000


def insert(
    unit: Opened, table: str, names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> Iterator[int]:
    """Write rows as plain values (days and moments as ISO text); yields how many so far."""
    kept = tables.metadata.tables[table]
    columns = ", ".join(f'"{kept.c[name].name}"' for name in names)
    statement = f'INSERT INTO "{kept.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    rows, written = iter(rows), 0
    while chunk := list(islice(rows, _AT_ONCE)):
        unit.connection.exec_driver_sql(statement, chunk)
        written += len(chunk)
        yield written


@contextmanager
def without_indexes(unit: Opened, *names: str) -> Iterator[None]:
    """Take the indexes of tables away while they are filled, and make them anew; keys stay."""
    marks = ", ".join("?" * len(names))
    own = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({marks})"
    found = unit.connection.exec_driver_sql(f"{own} AND sql IS NOT NULL", names).all()
    for name, _ in found:
        unit.connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, sql in found:
        unit.connection.exec_driver_sql(sql)


def analyse(unit: Opened) -> None:
    """Let the planner count the rows."""
    unit.connection.exec_driver_sql("ANALYZE")


def next_id(unit: Opened, table: str) -> int:
    """The first free id of a table."""
    kept = tables.metadata.tables[table].name
    return 1 + int(unit.connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{kept}"').scalar_one())
