"""After the region's store was restored from a backup (``docs/protocol.md`` 6.3)."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select, update

from coachdesk.region import letters, tables
from coachdesk.region.folder import Region

JUMP = 1_000_000
_D = tables.device.c


def number_anew(
    region: Region, at: datetime, *, noted: Callable[[Connection], None] = lambda _connection: None
) -> int:
    """Let receipts go on above every number that was given, and letters in new rows; how many desks.

    Letters that no desk has told of are sealed anew; a desk that has one already knows it by its id.
    ``noted`` is called in the same transaction.

    Raises:
        Trouble: the store cannot be written.
    """
    with region.writing() as connection:
        devices = connection.execute(select(_D.id).with_for_update()).scalars().all()
        connection.execute(update(tables.device).values(receipt_number=_D.receipt_number + JUMP))
        letters.seal_anew(connection, region, at)
        noted(connection)
    return len(devices)
