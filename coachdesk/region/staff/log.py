"""The log of the staff's pages: who did what and when; each look at a summary is a line."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from coachdesk.clock import HELSINKI
from coachdesk.domain.letters import nfc
from coachdesk.i18n import N_
from coachdesk.region import acts, tables
from coachdesk.region.staff.people import Person, names

SIGNED_IN, SIGNED_OUT, PASSWORD = "signed_in", "signed_out", "password"
NOT_LET_IN = "not_let_in"
LIST, LOOK, ASSIGNED, FIGURES = acts.LIST, "look", acts.ASSIGNED, acts.FIGURES
NOT_ALLOWED = "not_allowed"
LETTER, LETTERS, LETTER_LOOK = "letter", "letters", "letter_look"
ACTS = {
    SIGNED_IN: N_("signed in"),
    NOT_LET_IN: N_("tried to sign in and was not let in"),
    SIGNED_OUT: N_("signed out"),
    NOT_ALLOWED: N_("asked for what is not theirs to see"),
    PASSWORD: N_("changed the password"),
    LIST: N_("looked at the list of clients"),
    LOOK: N_("looked at a summary"),
    ASSIGNED: N_("chose whose client this is"),
    FIGURES: N_("looked at figures"),
    LETTER: N_("wrote a letter"),
    LETTERS: N_("looked at the list of letters"),
    LETTER_LOOK: N_("read a letter"),
    acts.EXPORTED: N_("wrote an export by command"),
    acts.LET_IN: N_("gave somebody the right to sign in"),
    acts.PASSWORD: N_("gave somebody another password"),
    acts.CODES: N_("gave somebody another authenticator"),
    acts.CLOSED: N_("took away somebody's right to sign in"),
    acts.ENROLLED: N_("enrolled a desk"),
    acts.CODE: N_("made a code for enrolling"),
    acts.REVOKED: N_("revoked a desk"),
    acts.ROTATED: N_("made new keys"),
    acts.RETIRED: N_("set old keys aside"),
    acts.RESTORED: N_("told that the store was restored"),
}
_L = tables.staff_log.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log; ``command`` when it was done by one, ``whom`` the name of whom it was done to."""

    at: str
    name: str
    command: bool
    whom: str
    act: str
    device: str
    ref: str
    version: int


def write(
    connection: Connection,
    person: Person,
    act: str,
    at: datetime,
    *,
    device: str = "",
    ref: str = "",
    version: int = 0,
    whom: int = 0,
) -> None:
    """Add a line, in the same transaction as what it tells of."""
    row = {"staff": person.id, "act": act, "device": device, "ref": ref, "version": version, "whom": whom}
    connection.execute(insert(tables.staff_log).values(**row, at=at.astimezone(HELSINKI).isoformat()))


def write_refusal(connection: Connection, name: str, at: datetime) -> None:
    """A try that failed: whose name it was, never a word that nobody has as a name.

    A line is written either way, so that the time of the answer tells nothing.
    """
    found = connection.execute(select(tables.staff.c.id).where(tables.staff.c.name == nfc(name))).scalar()
    row = {"staff": found or 0, "act": NOT_LET_IN, "at": at.astimezone(HELSINKI).isoformat()}
    connection.execute(insert(tables.staff_log).values(**row))


def write_not_allowed(
    connection: Connection, person: Person, at: datetime, *, device: str = "", ref: str = ""
) -> None:
    """Somebody asked for what the role does not open or what is not theirs (OWASP ASVS 4.0.3, 7.2.2).

    The reference is named where there is such a summary; a line is written either way, so that the time of
    the answer tells nothing, and no made-up word comes into the log.
    """
    s = tables.summary.c
    there = connection.execute(select(s.ref).where(s.device == device, s.ref == ref)).first() is not None
    named = (device, ref) if there else ("", "")
    write(connection, person, NOT_ALLOWED, at, device=named[0], ref=named[1])


def newest(connection: Connection, *, start: int, most: int, ref: str = "") -> list[Line]:
    """Lines from the newest on; of one ``ref`` if it is named."""
    people = names(connection)
    found = select(tables.staff_log).where(_L.ref == ref) if ref else select(tables.staff_log)
    rows = connection.execute(found.order_by(_L.id.desc()).offset(start).limit(most)).mappings()
    return [
        Line(
            at=row["at"],
            name=people.get(row["staff"], row["who"]),
            command=bool(row["who"]),
            whom=people.get(row["whom"], ""),
            act=row["act"],
            device=row["device"],
            ref=row["ref"],
            version=row["version"],
        )
        for row in rows
    ]
