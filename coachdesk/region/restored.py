"""After the region's store was restored from a backup (``docs/protocol.md`` 6.3)."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, case, select, update

from coachdesk.region import letters, tables
from coachdesk.region.folder import Region

JUMP = 1_000_000  # should the clock be wrong; else the moment is higher
_D = tables.device.c


def number_anew(
    region: Region, at: datetime, *, noted: Callable[[Connection], None] = lambda _connection: None
) -> int:
    """Let receipts go on above every number that was given, and letters in new rows; how many desks.

    Numbers begin at the moment: one copy may be restored twice, and what was given in between is in none.
    Letters that no desk has told of are sealed anew; a desk that has one already knows it by its id.
    ``noted`` is called in the same transaction.

    Raises:
        Trouble: the store cannot be written.
    """
    with region.writing() as connection:
        devices = connection.execute(select(_D.id).with_for_update()).scalars().all()
        above, moment = _D.receipt_number + JUMP, int(at.timestamp())
        number = case((above < moment * 1000, moment * 1000), else_=above)
        connection.execute(update(tables.device).values(receipt_number=number))
        letters.seal_anew(connection, region, at, least=moment)
        noted(connection)
    return len(devices)
