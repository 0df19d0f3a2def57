"""What a person saw last of a summary, so that the page can say what changed since.

Kept are keyed hashes of the fields, one for each, never the fields: what a consent no longer lets out is
not kept here either, and whoever has the store alone cannot try values out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select

from coachdesk.clock import HELSINKI
from coachdesk.domain.summary import canonical
from coachdesk.region import ledger, tables
from coachdesk.region.staff.key import StaffKey
from coachdesk.region.staff.people import Person

_N, _S = tables.staff_seen.c, tables.summary.c
Place = tuple[str, str]  # device and ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The last look of one person at one summary."""

    version: int
    at: str
    digests: Mapping[str, str] = field(repr=False)


def of_person(connection: Connection, person: Person) -> dict[Place, Seen]:
    """Every last look of a person, by device and ref."""
    rows = connection.execute(select(tables.staff_seen).where(_N.staff == person.id)).mappings()
    return {
        (row["device"], row["ref"]): Seen(version=row["version"], at=row["at"], digests=row["digests"])
        for row in rows
    }


def changed(key: StaffKey, place: Place, fields: Mapping[str, Any], last: Seen) -> set[str]:
    """The fields that are new or other than at the last look, and those that are gone."""
    now = digests(key, place, fields)
    return {name for name in {*now, *last.digests} if now.get(name) != last.digests.get(name)}


def digests(key: StaffKey, place: Place, fields: Mapping[str, Any]) -> dict[str, str]:
    """A keyed hash of each field of one summary."""
    return {
        name: key.mark("seen", *place, name, canonical(value).decode("utf-8"))[:32]
        for name, value in fields.items()
    }


def keep(
    connection: Connection, key: StaffKey, person: Person, place: Place, row: Mapping[Any, Any], at: datetime
) -> None:
    """This look is the last one from now on."""
    own_row = select(tables.staff.c.id).where(tables.staff.c.id == person.id)
    connection.execute(own_row.with_for_update())  # two looks in one moment, as a double click makes
    own = (_N.staff == person.id) & (_N.device == place[0]) & (_N.ref == place[1])
    connection.execute(delete(tables.staff_seen).where(own))
    values = {"staff": person.id, "device": place[0], "ref": place[1], "version": row["version"]}
    marks = digests(key, place, row["fields"])
    when = at.astimezone(HELSINKI).isoformat()
    connection.execute(insert(tables.staff_seen).values(**values, at=when, digests=marks))


def forget_gone(connection: Connection) -> None:
    """Drop looks at what the region no longer holds, and whose client somebody was whose consent ended.

    A desk that was restored sends everything anew: until it has, what is missing is still somebody's client.
    """
    kept = tables.staff_seen
    held = exists().where(_S.device == kept.c.device, _S.ref == kept.c.ref, _S.state == ledger.HELD)
    connection.execute(delete(kept).where(~held))
    own = tables.staff_client
    ended = exists().where(_S.device == own.c.device, _S.ref == own.c.ref, _S.state != ledger.HELD)
    connection.execute(delete(own).where(ended))
