"""Swift reads of whole rows: plain SQL written once, for pages that read many tables to show one person.

``Rows.find`` builds its statement anew each time, which costs more than SQLite's own work where a page
needs a dozen small reads.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Any, Generic, TypeVar

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


class Reading(Generic[T]):
    """The rows that meet ``where`` (SQL after the table's name, values as ``?``), made once for a module.

    Only for tables whose columns are text, numbers, days, times, moments and truths: no JSON.
    """

    def __init__(self, rows: Rows[T], where: str) -> None:
        self._names = rows.names
        columns = ", ".join(f'"{name}"' for name in self._names)
        self._sql = f'SELECT {columns} FROM "{rows.table.name}" {unpeeked(where)}'
        self._kind = rows.kind
        turns = ((at, _turn(rows.table.c[name].type)) for at, name in enumerate(self._names))
        self._turned = tuple((at, turn) for at, turn in turns if turn is not None)

    def __call__(self, unit: Opened, *values: Any) -> tuple[T, ...]:
        """The rows as values."""
        return tuple([self._value(list(row)) for row in speak(unit.connection, self._sql, values)])

    def first(self, unit: Opened, *values: Any) -> T | None:
        """The first row as a value."""
        row = speak(unit.connection, self._sql, values).fetchone()
        return None if row is None else self._value(list(row))

    def _value(self, row: list[Any]) -> T:
        for at, turn in self._turned:
            if row[at] is not None:
                row[at] = turn(row[at])
        return self._kind(**dict(zip(self._names, row, strict=True)))


@cache
def unpeeked(sql: str) -> str:
    """The same statement, planned once for all values.

    SQLite built with STAT4 looks at each value bound to an indexed column and compiles the statement anew,
    which takes longer than such a read itself; behind a plus, which does nothing else, it looks at none.
    """
    return sql.replace("?", "+?")


def _turn(kind: object) -> Callable[[Any], Any] | None:
    if isinstance(kind, tables.Json):
        raise TypeError("JSON is read by Rows")
    return next((turn for of, turn in _KINDS if isinstance(kind, of)), None)
