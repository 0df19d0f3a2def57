"""The region's own calendar: what is past its last day is deleted when the day turns, by nobody's message."""

from datetime import date, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from coachdesk.clock import HELSINKI
from coachdesk.region import ledger
from coachdesk.region.folder import Region

_TURNED: WeakKeyDictionary[Engine, date] = WeakKeyDictionary()


def turn(region: Region, at: datetime) -> None:
    """Delete what is past its last day, once in each day of each process, in a transaction of its own.

    A summary that comes later in the day and is late already is never kept, so once is enough.

    Raises:
        Trouble: the store cannot be written.
    """
    today = at.astimezone(HELSINKI).date()
    if _TURNED.get(region.engine) == today:
        return
    with region.writing() as connection:
        ledger.expire(connection, today)
    _TURNED[region.engine] = today
