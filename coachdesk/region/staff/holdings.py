"""Which summaries somebody may see, and whose client somebody is: the SQL behind the pages of clients."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select

from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.region import ledger, tables
from coachdesk.region.staff import roles
from coachdesk.region.staff.people import Person
from coachdesk.region.staff.seen import Place

_S, _C = tables.summary.c, tables.staff_client.c
_OWNED = and_(_C.device == _S.device, _C.ref == _S.ref)
Found = Mapping[Any, Any]


def may_see(connection: Connection, person: Person, place: Place, today: date) -> bool:
    """Whether a summary is held and the person's to see."""
    return held(connection, person, place, today) is not None


def held(connection: Connection, person: Person, place: Place, today: date) -> Found | None:
    """A summary with the number of its worker (``staff``), if it is held and the person's to see."""
    found = select(tables.summary, _C.staff).join(tables.staff_client, _OWNED, isouter=True)
    found = found.where(_S.device == place[0], _S.ref == place[1], _is_held(today))
    if not person.may(roles.ALL):
        found = found.where(_C.staff == person.id)
    return connection.execute(found).mappings().first()


def of_places(connection: Connection, person: Person, places: Iterable[Place], today: date) -> list[Found]:
    """The summaries of some places that are held and the person's to see."""
    wanted = list(places)
    found = select(tables.summary, _C.staff).join(tables.staff_client, _OWNED, isouter=True)
    found = found.where(_S.ref.in_({ref for _device, ref in wanted}), _is_held(today))
    if not person.may(roles.ALL):
        found = found.where(_C.staff == person.id)
    return [one for one in connection.execute(found).mappings() if (one["device"], one["ref"]) in wanted]


def own(connection: Connection, person: Person, today: date) -> list[Found]:
    """The summaries of a person's own clients."""
    found = select(tables.summary, _C.staff).join(tables.staff_client, _OWNED)
    return list(connection.execute(found.where(_C.staff == person.id, _is_held(today))).mappings())


def others(
    connection: Connection, person: Person, today: date, *, find: str, start: int, most: int
) -> list[Found]:
    """Those that are not the person's own, nobody's first, then by name; ``find`` begins a name or a ref."""
    found = select(tables.summary, _C.staff).join(tables.staff_client, _OWNED, isouter=True)
    found = found.where(_is_held(today), func.coalesce(_C.staff, 0) != person.id)
    if find:
        name = _S.fields["family_name"].as_string()
        begins = [name.startswith(word, autoescape=True) for word in {find, find.capitalize()}]
        found = found.where(or_(_S.ref.startswith(find.lower(), autoescape=True), *begins))
    nobodys_first = case((_C.staff.is_(None), 0), else_=1)
    names = [_S.fields[one].as_string() for one in ("family_name", "given_names")]
    by_name = (names[0].is_(None), *names, _S.device, _S.ref)
    page = found.order_by(nobodys_first, *by_name).offset(start).limit(most)
    return list(connection.execute(page).mappings())


def joined(connection: Connection, person: Person, row: Found, today: date) -> list[Place]:
    """Other summaries with the same identity code that the person may see, where both let it out."""
    code = row["fields"].get("personal_identity_code")
    if not code:
        return []
    same = _S.fields["personal_identity_code"].as_string() == code
    rows = connection.execute(select(_S.device, _S.ref).where(_is_held(today), _S.ref != row["ref"], same))
    places = [(one.device, one.ref) for one in rows.all()]
    return [place for place in places if may_see(connection, person, place, today)]


def give(connection: Connection, place: Place, staff: int, on: date) -> None:
    """Make somebody's client of a ref; of nobody with 0."""
    own = select(_S.ref).where(_S.device == place[0], _S.ref == place[1])
    connection.execute(own.with_for_update())  # chosen twice in one moment, as by a double click
    connection.execute(delete(tables.staff_client).where(_C.device == place[0], _C.ref == place[1]))
    if staff:
        row = {"device": place[0], "ref": place[1], "staff": staff, "since": on.isoformat()}
        connection.execute(insert(tables.staff_client).values(**row))


def give_ref(connection: Connection, ref: str, person: Person, on: date) -> list[Found]:
    """Make somebody's client of what is held under a ref; which summaries these are.

    Raises:
        Refused: the person's role has no clients.
    """
    if not person.may(roles.OWN):
        raise Refused(N_("The role of {name} has no clients."), name=person.name)
    own = select(_S.device, _S.ref, _S.version).where(_S.ref == ref, _is_held(on))
    rows: list[Found] = list(connection.execute(own).mappings())
    for row in rows:
        give(connection, (row["device"], row["ref"]), person.id, on)
    return rows


def _is_held(today: date) -> ColumnElement[bool]:
    """Held and not past its last day, also where the region's calendar has not turned yet."""
    return and_(_S.state == ledger.HELD, _S.valid_to >= today.isoformat())
