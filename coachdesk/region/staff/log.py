"""The log of the staff's pages: who did what and when; each look at a summary is a line."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from coachdesk.clock import HELSINKI
from coachdesk.domain.letters import nfc
from coachdesk.i18n import N_
from coachdesk.region import tables
from coachdesk.region.staff.people import Person

SIGNED_IN, SIGNED_OUT, PASSWORD = "signed_in", "signed_out", "password"
NOT_LET_IN = "not_let_in"
LIST, LOOK, ASSIGNED, FIGURES = "list", "look", "assigned", "figures"
EXPORTED = "exported"  # by command
LETTER, LETTERS, LETTER_LOOK = "letter", "letters", "letter_look"
ACTS = {
    SIGNED_IN: N_("signed in"),
    NOT_LET_IN: N_("tried to sign in and was not let in"),
    SIGNED_OUT: N_("signed out"),
    PASSWORD: N_("changed the password"),
    LIST: N_("looked at the list of clients"),
    LOOK: N_("looked at a summary"),
    ASSIGNED: N_("chose whose client this is"),
    FIGURES: N_("looked at figures"),
    LETTER: N_("wrote a letter"),
    LETTERS: N_("looked at the list of letters"),
    EXPORTED: N_("wrote an export by command"),
    LETTER_LOOK: N_("read a letter"),
}
_L = tables.staff_log.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log."""

    at: str
    name: str
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
) -> None:
    """Add a line, in the same transaction as what it tells of."""
    row = {"staff": person.id, "act": act, "device": device, "ref": ref, "version": version}
    connection.execute(insert(tables.staff_log).values(**row, at=at.astimezone(HELSINKI).isoformat()))


def write_refusal(connection: Connection, name: str, at: datetime) -> None:
    """A try that failed: whose name it was, never a word that nobody has as a name.

    A line is written either way, so that the time of the answer tells nothing.
    """
    found = connection.execute(select(tables.staff.c.id).where(tables.staff.c.name == nfc(name))).scalar()
    row = {"staff": found or 0, "act": NOT_LET_IN, "at": at.astimezone(HELSINKI).isoformat()}
    connection.execute(insert(tables.staff_log).values(**row))


def newest(connection: Connection, *, start: int, most: int, ref: str = "") -> list[Line]:
    """Lines from the newest on; of one ``ref`` if it is named."""
    names = tables.staff.c
    found = select(tables.staff_log, names.name).join(tables.staff, names.id == _L.staff, isouter=True)
    if ref:
        found = found.where(_L.ref == ref)
    rows = connection.execute(found.order_by(_L.id.desc()).offset(start).limit(most)).mappings()
    return [
        Line(
            at=row["at"],
            name=row["name"] or row["who"],
            act=row["act"],
            device=row["device"],
            ref=row["ref"],
            version=row["version"],
        )
        for row in rows
    ]
