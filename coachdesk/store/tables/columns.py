"""What the tables have in common: names of constraints, kinds of values, columns that many tables have."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as ISO 8601 text in UTC to the microsecond."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To UTC; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """An aware moment in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A list or table as JSON text; lists come back as tuples."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To compact JSON with sorted keys."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From JSON."""
        found = None if value is None else json.loads(value)
        return tuple(found) if isinstance(found, list) else found


def own_id() -> Column[int]:
    """The number of the row itself."""
    return Column("id", Integer, primary_key=True)


def words(name: str) -> Column[str]:
    """Words that may be empty and are never missing."""
    return Column(name, Text, nullable=False, server_default="")


def of_trainee() -> Column[int]:
    """Whose row it is: it goes when the trainee goes."""
    return Column("trainee_id", ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False)


def of_batch() -> Column[int]:
    """The import that brought the row, by which it can be taken back."""
    return Column("batch_id", ForeignKey("import_batch.id"))
