"""The connections of one open desk, and a time in which there is none: for changing its keys.

One that a unit has left rests for the next unit: taking it out of SQLAlchemy's pool and putting it back
costs more than a small read.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.store import engine

STILL_WITHIN = 10.0  # seconds that what is being read or saved may take
_WAIT = 60.0  # seconds that one who connects waits for a change of keys


class Connections:
    """Gives connections under the key that it was made with; ``key`` stays the caller's."""

    def __init__(self, path: Path, key: bytearray) -> None:
        self._path, self._key = path, key
        self.engine = engine.make_engine(path, key)
        self._free = threading.Event()  # cleared while the keys are changed
        self._free.set()
        self._entering = threading.Lock()  # held while a connection is given, and to begin a change of keys
        self._drivers: list[Any] = []
        self._resting: list[Connection] = []
        self._open = True

    def take(self) -> Connection:
        """A connection for a unit; ``leave`` gives it back."""
        while True:
            self._wait()
            with self._entering:  # else a change of keys could begin before this one is seen to be used
                if self._free.is_set():
                    return self._any()

    def leave(self, connection: Connection, *, well: bool = True) -> None:
        """Let a connection rest that is in no transaction; where one rests already, the pool has it.

        One whose unit did not end ``well`` never rests.  After ``close`` none stays, with the key in it.
        """
        if well and self._open and self._free.is_set() and not self._resting:
            self._resting.append(connection)
            self._wake_where_closed()  # in this very moment
        else:
            self._give_back(connection)

    def close(self) -> None:
        """Close those that rest and those of the pool; one that is still used is closed when it is left."""
        self._open = False
        self.wake()
        self.engine.dispose()

    def wake(self) -> None:
        """Give those that rest back to the pool."""
        while self._resting:
            self._give_back(self._resting.pop())

    def driver(self) -> Any:
        """A connection of the driver of its own; the caller closes it."""
        while True:
            self._wait()
            with self._entering:
                if self._free.is_set():
                    raw = engine.connect(self._path, self._key)
                    self._drivers = [*filter(_is_open, self._drivers), raw]
                    return raw

    def renew(self, key: bytearray) -> None:
        """Go on with another key, while ``still``."""
        self._key = key
        self.engine = engine.make_engine(self._path, key)

    @contextmanager
    def still(self) -> Iterator[None]:
        """A time in which nobody has a connection; who wants one waits.

        Raises:
            Refused: something is being read or saved for longer than one can wait.
        """
        with self._entering:
            self._free.clear()
        try:
            until = time.monotonic() + STILL_WITHIN
            while self._in_use():
                if time.monotonic() > until:
                    raise _busy()
                time.sleep(0.01)
            self.engine.dispose()
            yield
        finally:
            self._free.set()

    def _wake_where_closed(self) -> None:
        if not self._open:
            self.wake()

    def _any(self) -> Connection:
        try:
            return self._resting.pop()
        except IndexError:
            return self.engine.connect()

    def _give_back(self, connection: Connection) -> None:
        if not self._open:
            connection.detach()  # the pool is gone: it would keep it open, and the key in it
        connection.close()

    def _wait(self) -> None:
        if not self._free.wait(_WAIT):
            raise _busy()

    def _in_use(self) -> bool:
        self.wake()
        pool: Any = self.engine.pool
        copied = self._path in engine.BEING_COPIED
        return copied or pool.checkedout() > 0 or any(map(_is_open, self._drivers))


def _busy() -> Refused:
    return Refused(N_("Something is still being read or saved. Try again in a moment."))


def _is_open(raw: Any) -> bool:
    try:
        return bool(raw.total_changes >= 0)
    except dbapi2.ProgrammingError:
        return False
