"""Rows of a table as frozen values of one class; the column has the field's name.

Core only: every statement is written here or in the word's own module, nothing is loaded unasked
(decision record 002).
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update

T = TypeVar("T")


class Opened(Protocol):
    """What a repository needs of a unit."""

    @property
    def connection(self) -> Connection:
        """The connection of the transaction."""
        ...


@dataclass(frozen=True)
class Rows(Generic[T]):
    """The repository of one word: ``Rows(tables.trainee, Trainee)``."""

    table: Table
    kind: type[T]

    def read(self, row: RowMapping) -> T:
        """A row as a value."""
        return self.kind(**{name: row[name] for name in self.names})

    def values(self, entity: T) -> dict[str, Any]:
        """A value as a row; an id of 0 is given by the store."""
        found = {name: getattr(entity, name) for name in self.names}
        if found.get("id") == 0:
            del found["id"]
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names that field and column share."""
        assert is_dataclass(self.kind)
        return tuple(f.name for f in fields(self.kind))

    def add(self, unit: Opened, entity: T, **beside: Any) -> T:
        """Keep a new value; the one returned has its id.  ``beside`` fills columns without a field."""
        done = unit.connection.execute(insert(self.table).values(**self.values(entity), **beside))
        if getattr(entity, "id", None) == 0:
            return replace(entity, id=done.inserted_primary_key[0])  # type: ignore[type-var,index]  # it has an id
        return entity

    def put(self, unit: Opened, entity: T, **beside: Any) -> None:
        """Write a changed value over the old one with the same key.

        Raises:
            LookupError: no row has that key.
        """
        where = [column == getattr(entity, column.name) for column in self.table.primary_key]
        done = unit.connection.execute(
            update(self.table).where(*where).values(**self.values(entity), **beside)
        )
        if done.rowcount != 1:
            raise LookupError(f"no such row in {self.table.name}")

    def get(self, unit: Opened, *key: Any) -> T:
        """The value with that key.

        Raises:
            LookupError: no row has that key.
        """
        where = [column == part for column, part in zip(self.table.primary_key, key, strict=True)]
        row = unit.connection.execute(select(self.table).where(*where)).mappings().first()
        if row is None:
            raise LookupError(f"no {self.table.name} {key}")
        return self.read(row)

    def find(self, unit: Opened, *where: Any, order: Any = None, limit: int | None = None) -> tuple[T, ...]:
        """The values that meet the conditions, by key unless ``order`` says otherwise."""
        statement = select(self.table).where(*where)
        order = order if isinstance(order, (list, tuple)) else [order] if order is not None else []
        statement = statement.order_by(*(order or self.table.primary_key))
        if limit is not None:
            statement = statement.limit(limit)
        return tuple(self.read(row) for row in unit.connection.execute(statement).mappings())

    def remove(self, unit: Opened, *key: Any) -> None:
        """Take the row with that key away."""
        where = [column == part for column, part in zip(self.table.primary_key, key, strict=True)]
        unit.connection.execute(delete(self.table).where(*where))
