"""The one thread that writes: the event loop never waits for the store, and the queue before it is short."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from coachdesk.errors import Trouble
from coachdesk.exchange.refusals import Unaccepted

T = TypeVar("T")
FAILING_SECONDS, DONE_SECONDS = 30, 2


class Writer:
    """Runs work in order on one thread; refuses when too much waits already."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self.waiting = 0
        self._stopped = False
        self._failed = self._done = float("-inf")

    def took_it(self) -> bool | None:
        """Whether the store took what was written last; None where that was too long ago to tell."""
        now = time.monotonic()
        if now - self._failed < FAILING_SECONDS:
            return False
        return True if now - self._done < DONE_SECONDS else None

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work``.

        Raises:
            Unaccepted: too much waits, or the program stops.
        """
        if self._stopped or self.waiting >= self._most:
            raise Unaccepted("stopping")
        self.waiting += 1
        try:
            future = asyncio.get_running_loop().run_in_executor(self._pool, work)
            found = await asyncio.shield(future)  # a caller who goes away leaves nothing half counted
        except Unaccepted:
            raise  # the store was not asked, or answered
        except Trouble:
            self._failed = time.monotonic()
            raise
        else:
            self._failed, self._done = float("-inf"), time.monotonic()
            return found
        finally:
            self.waiting -= 1

    def stop(self) -> None:
        """Finish what was begun and take nothing more."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)
