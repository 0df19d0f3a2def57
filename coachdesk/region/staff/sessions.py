"""Sessions: a random token with the browser, its hash with the region, an end by rest and by age.

OWASP ASVS 4.0.3, V3: a new token at each sign-in, 256 random bits, ended on the server.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from coachdesk.region import tables
from coachdesk.region.staff.people import Person, person_of

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 8 * 3600
_WRITTEN_SECONDS = 20  # a look at a page is written down when the last one is older than this
_S, _P = tables.staff_session.c, tables.staff.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in: who, in which language, since when and seen when; the token never shows in a log."""

    token: str = field(repr=False)
    person: Person
    language: str
    began: datetime
    seen: datetime


def begin(connection: Connection, person: Person, language: str, at: datetime) -> str:
    """A new session; its token."""
    token, now = secrets.token_urlsafe(32), int(at.timestamp())
    _clear(connection, now)
    row = {"token_hash": _hash(token), "staff": person.id, "language": language}
    connection.execute(insert(tables.staff_session).values(**row, began=now, seen=now))
    return token


def find(connection: Connection, token: str, at: datetime) -> Session | None:
    """The session of a token; None where it has ended, rested too long or grown too old."""
    both = select(tables.staff_session, tables.staff).join(tables.staff, _P.id == _S.staff)
    row = connection.execute(both.where(_S.token_hash == _hash(token))).mappings().first()
    now = int(at.timestamp())
    if row is None or not row["active"] or not _in_force(row["began"], row["seen"], now):
        return None
    return Session(
        token=token,
        person=person_of(row),
        language=row["language"],
        began=_moment(row["began"]),
        seen=_moment(row["seen"]),
    )


def is_due(session: Session, at: datetime) -> bool:
    """Whether this visit is to be written down."""
    return (at - session.seen).total_seconds() >= _WRITTEN_SECONDS


def touch(connection: Connection, session: Session, at: datetime) -> None:
    """Write down that the session was used."""
    _change(connection, session.token, seen=int(at.timestamp()))


def speak(connection: Connection, token: str, language: str) -> None:
    """Keep the language that was chosen."""
    _change(connection, token, language=language)


def end(connection: Connection, token: str) -> None:
    """Sign out: the token opens nothing any more."""
    connection.execute(delete(tables.staff_session).where(_S.token_hash == _hash(token)))


def end_others(connection: Connection, person: Person, token: str = "") -> int:
    """End every session of a person but this one; how many."""
    others = (_S.staff == person.id) & (_S.token_hash != _hash(token))
    return int(connection.execute(delete(tables.staff_session).where(others)).rowcount)


def of_person(connection: Connection, person: Person, at: datetime) -> list[tuple[datetime, datetime]]:
    """When each session of a person began and was last seen, the newest first."""
    rows = connection.execute(
        select(_S.began, _S.seen).where(_S.staff == person.id).order_by(_S.began.desc())
    )
    now = int(at.timestamp())
    return [(_moment(row.began), _moment(row.seen)) for row in rows if _in_force(row.began, row.seen, now)]


def _in_force(began: int, seen: int, now: int) -> bool:
    return now - seen < IDLE_SECONDS and now - began < LONGEST_SECONDS


def _change(connection: Connection, token: str, **values: object) -> None:
    connection.execute(update(tables.staff_session).where(_S.token_hash == _hash(token)).values(**values))


def _clear(connection: Connection, now: int) -> None:
    over = (_S.seen <= now - IDLE_SECONDS) | (_S.began <= now - LONGEST_SECONDS)
    connection.execute(delete(tables.staff_session).where(over))


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
