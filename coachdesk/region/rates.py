"""How often somebody may ask: token buckets in memory."""

import time
from collections import OrderedDict
from collections.abc import Callable


class Rate:
    """Token buckets, one for each key; the least lately seen are forgotten beyond ``most``."""

    def __init__(
        self,
        a_minute: float,
        burst: float | None = None,
        *,
        most: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = a_minute / 60
        self._burst = max(1.0, a_minute if burst is None else burst)
        self._most, self._clock = most, clock
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Take one; the seconds to wait where there is none, and then nothing is taken."""
        if not self._rate:
            return 0.0
        wait = self.open_in(key)
        left, now = self._left(key)
        self._kept.pop(key, None)
        self._kept[key] = (left if wait else left - 1, now)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return wait

    def open_in(self, key: str) -> float:
        """The seconds until one could be taken."""
        if not self._rate:
            return 0.0
        return max(0.0, 1 - self._left(key)[0]) / self._rate

    def _left(self, key: str) -> tuple[float, float]:
        now = self._clock()
        left, seen = self._kept.get(key, (self._burst, now))
        return min(self._burst, left + (now - seen) * self._rate), now
