"""Wrong tries slow the next one down, by name and by address, for names that nobody has as well.

A try is counted before anything is checked, so that many at once gain nothing.  After some free ones each
next waits twice as long; while it waits, nothing is checked.  An hour without a try forgets them, and a try
that was right is given back.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coachdesk.region import tables

FORGOTTEN_SECONDS = 3600
_T = tables.staff_try.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many tries are free, how long the first wait is and how long the longest."""

    free: int
    first: int
    longest: int

    def wait(self, count: int) -> int:
        """Seconds to wait after so many tries."""
        over = count - self.free
        return 0 if over < 0 else int(min(self.first * 2 ** min(over, 20), self.longest))


BY_NAME = Patience(free=5, first=30, longest=900)
BY_ADDRESS = Patience(free=30, first=5, longest=60)  # a whole office may stand behind one address


def count(connection: Connection, subject: str, patience: Patience, at: datetime) -> bool:
    """Count one try; whether it may go on."""
    now = int(at.timestamp())
    connection.execute(delete(tables.staff_try).where(_T.last < now - FORGOTTEN_SECONDS))
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    none_yet = insert(tables.staff_try).values(subject=subject, tries=0, last=now)
    connection.execute(none_yet.on_conflict_do_nothing())  # two first ones in one moment are both counted
    row = connection.execute(select(_T.tries, _T.last).where(_T.subject == subject).with_for_update()).one()
    if now < row.last + patience.wait(row.tries):
        return False
    changed = update(tables.staff_try).where(_T.subject == subject)
    connection.execute(changed.values(tries=row.tries + 1, last=now))
    return True


def give_back(connection: Connection, subject: str) -> None:
    """A try that was right is none of the wrong ones: an office signs in all day behind one address."""
    less = update(tables.staff_try).where(_T.subject == subject, _T.tries > 0)
    connection.execute(less.values(tries=_T.tries - 1))


def forget(connection: Connection, subject: str) -> None:
    """Whoever signed in has no wrong tries any more."""
    connection.execute(delete(tables.staff_try).where(_T.subject == subject))
