"""Whether the store is there and takes writing, asked without locking anything.

The answer stands for two seconds, and one asks at a time: however many ask, the store hears of one.
"""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, select, text

from coachdesk.errors import Trouble
from coachdesk.region import tables
from coachdesk.region.folder import Region

STANDS_SECONDS = 2.0
ROOM = 16 << 20  # bytes that SQLite needs to go on


class Health:
    """The health of one region's store; ``took_it`` tells whether it took the receiver's last write."""

    def __init__(
        self,
        region: Region,
        took_it: Callable[[], bool | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._region, self._took_it, self._clock = region, took_it, clock
        self._lock = Lock()
        self._asked, self._well = float("-inf"), False

    def is_well(self) -> bool:
        """Whether all is well; from memory where it was asked just now."""
        lately = self._took_it()
        if lately is not None:
            return lately
        with self._lock:
            if self._clock() - self._asked >= STANDS_SECONDS:
                self._well = self._ask()
                self._asked = self._clock()
            return self._well

    def _ask(self) -> bool:
        try:
            with self._region.reading() as connection:
                connection.execute(select(tables.device.c.id).limit(1)).first()
                if connection.dialect.name == "postgresql":
                    return not _is_for_reading_only(connection)
        except Trouble:
            return False
        return _has_room(Path(str(self._region.engine.url.database)))


def _is_for_reading_only(connection: Connection) -> bool:
    """A standby that nobody has promoted, or a store that is closed for writing."""
    asked = text("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'")
    return bool(connection.execute(asked).scalar())


def _has_room(file: Path) -> bool:
    try:
        free = shutil.disk_usage(file.parent).free
    except OSError:
        return False
    return free >= ROOM and os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
