"""Swift reads of whole rows: plain SQL written once, for pages that read many tables to show one person.

``Rows.find`` builds its statement anew each time, which costs more than SQLite's own work where a page
needs a dozen small reads.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Boolean, Date, Time

from coachdesk.store import tables
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened, Rows

T = TypeVar("T")
_KINDS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (Boolean, bool),
    (tables.Moment, datetime.fromisoformat),
)


def find(unit: Opened, rows: Rows[T], where: str, *values: Any) -> tuple[T, ...]:
    """The values that meet ``where`` (SQL after the table's name, values as ``?``).

    Only for tables whose columns are text, numbers, days, times, moments and truths: no JSON.
    """
    select, read = _reader(rows)
    found = speak(unit.connection, f"{select} {unpeeked(where)}", values)
    return tuple(rows.kind(**read(row)) for row in found)


@cache
def unpeeked(sql: str) -> str:
    """The same statement, planned once for all values.

    SQLite built with STAT4 looks at each value bound to an indexed column and compiles the statement anew,
    which takes longer than such a read itself; behind a plus, which does nothing else, it looks at none.
    """
    return sql.replace("?", "+?")


@cache
def _reader(rows: Rows[Any]) -> tuple[str, Callable[[Any], dict[str, Any]]]:
    names = rows.names
    columns = ", ".join(f'"{name}"' for name in names)
    turned = tuple((at, turn) for at, name in enumerate(names) if (turn := _turn(rows.table.c[name].type)))

    def read(row: Any) -> dict[str, Any]:
        values = list(row)
        for at, turn in turned:
            if values[at] is not None:
                values[at] = turn(values[at])
        return dict(zip(names, values, strict=True))

    return f'SELECT {columns} FROM "{rows.table.name}"', read


def _turn(kind: object) -> Callable[[Any], Any] | None:
    if isinstance(kind, tables.Json):
        raise TypeError("JSON is read by Rows")
    return next((turn for of, turn in _KINDS if isinstance(kind, of)), None)
