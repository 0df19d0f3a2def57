"""What the desk says of itself: few words by name, kept in the store."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from coachdesk.store import tables
from coachdesk.store.rows import Opened


def get(unit: Opened, key: str, otherwise: str = "") -> str:
    """The word kept by this name."""
    found = unit.connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar()
    return otherwise if found is None else str(found)


def put(unit: Opened, key: str, value: str) -> None:
    """Keep a word by this name."""
    statement = insert(tables.meta).values(key=key, value=value)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def remove(unit: Opened, key: str) -> None:
    """Forget the word."""
    unit.connection.execute(delete(tables.meta).where(tables.meta.c.key == key))
