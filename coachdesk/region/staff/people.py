"""The people who sign in: added, changed and closed by command, let in by password and code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from coachdesk.domain.letters import nfc
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.region import tables
from coachdesk.region.folder import Region
from coachdesk.region.staff import codes, passwords, roles, tries
from coachdesk.region.staff.key import StaffKey
from coachdesk.region.staff.passwords import COST, Cost
from coachdesk.region.staff.roles import Role

_P = tables.staff.c
_NAME = re.compile(r"\w[\w .@'-]{0,79}")


class MustWait(Exception):
    """Tried too often: nothing is checked, and nothing written, however often it is tried meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the region's staff."""

    id: int
    name: str
    role: Role

    def may(self, right: str) -> bool:
        """Whether the role opens this."""
        return right in self.role.rights


def made_password(region: Region, name: str, password: str, *, cost: Cost = COST) -> str:
    """A password as it is kept; this takes its time, so it is done before anything is locked.

    Raises:
        Refused: it is weak.
    """
    passwords.require_strong(password, name, region.card.name_fi, region.card.name_sv)
    return passwords.kept(password, cost)


def checked(name: str) -> str:
    """A name that somebody may have.

    Raises:
        Refused: it is none.
    """
    name = nfc(name)
    if not _NAME.fullmatch(name):
        raise Refused(N_("A name has letters, digits, spaces and . @ ' - only, 80 at most."), field="name")
    return name


def add(
    connection: Connection, key: StaffKey, *, name: str, role: Role, password: str, at: datetime
) -> tuple[Person, bytes]:
    """Let somebody in from now on; who it is, and the secret for the authenticator.

    Args:
        connection: of the transaction.
        key: seals the secret.
        name: as ``checked``; somebody who was closed and comes back is the same person in the log.
        role: what the pages show.
        password: as ``made_password``.
        at: now.

    Raises:
        Refused: the name is taken.
    """
    known, secret = _row(connection, name), codes.new_secret()
    if known is not None and known["active"]:
        raise Refused(N_("There is somebody by the name {name} already."), name=name)
    row: dict[str, Any] = {"name": name, "role": role.key, "password": password, "code_step": 0, "active": 1}
    row |= {"secret": key.seal(secret, name), "added": at.isoformat()}
    if known is not None:
        connection.execute(update(tables.staff).where(_P.id == known["id"]).values(**row))
    else:
        connection.execute(insert(tables.staff).values(**row))
    return find(connection, name), secret


def keep_password(connection: Connection, person: Person, made: str) -> None:
    """Somebody has another password from now on."""
    connection.execute(update(tables.staff).where(_P.id == person.id).values(password=made))


def new_codes(connection: Connection, key: StaffKey, person: Person) -> bytes:
    """Another secret for the authenticator; the one before opens nothing any more."""
    secret = codes.new_secret()
    values = {"secret": key.seal(secret, person.name), "code_step": 0}
    connection.execute(update(tables.staff).where(_P.id == person.id).values(**values))
    return secret


def close(connection: Connection, person: Person) -> None:
    """Let somebody in no more; clients are nobody's again, what the log says of the person stays."""
    connection.execute(update(tables.staff).where(_P.id == person.id).values(active=0))
    for table in (tables.staff_client, tables.staff_seen):
        connection.execute(delete(table).where(table.c.staff == person.id))


def find(connection: Connection, name: str) -> Person:
    """Somebody by name.

    Raises:
        Refused: there is nobody.
    """
    row = _row(connection, nfc(name))
    if row is None or not row["active"]:
        raise Refused(N_("There is nobody by the name {name}."), name=name)
    return person_of(row)


def everybody(connection: Connection) -> list[Person]:
    """All who may sign in, by name."""
    rows = connection.execute(select(tables.staff).where(_P.active == 1).order_by(_P.name)).mappings()
    return [person_of(row) for row in rows]


def names(connection: Connection) -> dict[int, str]:
    """Names by number, of those who are closed too."""
    return {row.id: row.name for row in connection.execute(select(_P.id, _P.name))}


def let_in(
    region: Region,
    key: StaffKey,
    *,
    name: str,
    password: str,
    code: str,
    address: str,
    at: datetime,
    cost: Cost = COST,
) -> Person | None:
    """Who signs in; None where anything at all was wrong.

    The same work is done whichever part is wrong, and for a name that nobody has.

    Raises:
        MustWait: it was tried too often; nothing was checked.
    """
    name = nfc(name[:200])
    by_name, by_address = key.mark("try", "name", name.casefold()), key.mark("try", "address", address)
    with region.writing() as connection:
        free = tries.count(connection, by_address, tries.BY_ADDRESS, at)
        free = free and tries.count(connection, by_name, tries.BY_NAME, at)
        row = _row(connection, name) if free else None
    if not free:
        raise MustWait
    right = passwords.fits(password, row["password"] if row else _nobodys(cost))
    secret = key.unseal(row["secret"], row["name"]) if row else bytes(codes.SECRET_BYTES)
    step = codes.step_of(secret, code, int(at.timestamp()), row["code_step"] if row else 0)
    if row is None or not right or not step or not row["active"]:
        return None
    with region.writing() as connection:
        once = update(tables.staff).where(_P.id == row["id"], _P.code_step < step).values(code_step=step)
        if connection.execute(once).rowcount != 1:  # the same code at the same moment: the first one counts
            return None
        tries.forget(connection, by_name)
        tries.give_back(connection, by_address)
    return person_of(row)


def knows_password(region: Region, key: StaffKey, person: Person, password: str, at: datetime) -> bool:
    """Whether this is the person's password; false too where it was tried too often.

    Whoever finds a browser signed in tries no more passwords than at the sign-in (OWASP ASVS 4.0.3, 2.2.1).
    """
    subject = key.mark("try", "old", str(person.id))
    with region.writing() as connection:
        if not tries.count(connection, subject, tries.BY_NAME, at):
            return False
        phc = connection.execute(select(_P.password).where(_P.id == person.id)).scalar_one()
    if not passwords.fits(password, phc):
        return False
    with region.writing() as connection:
        tries.forget(connection, subject)
    return True


def person_of(row: Mapping[Any, Any]) -> Person:
    """Somebody out of a row."""
    return Person(id=row["id"], name=row["name"], role=roles.role(row["role"]))


@cache
def _nobodys(cost: Cost) -> str:
    return passwords.kept("nobody has this one", cost)


def _row(connection: Connection, name: str) -> Mapping[Any, Any] | None:
    return connection.execute(select(tables.staff).where(_P.name == name)).mappings().first()
