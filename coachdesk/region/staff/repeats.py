"""A form that is sent twice in one moment, as a double click does, is answered twice and done once.

Kept in memory, for some seconds whether or not anybody comes meanwhile, and only what was done; a form is
known by a keyed hash of all it says.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Timer

SECONDS = 10.0
MOST = 200


class Repeats:
    """The answers to forms of the last moments, each made by whoever came first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, seconds: float = SECONDS) -> None:
        self._clock, self._seconds = clock, seconds
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, Lock, list[str]]] = OrderedDict()

    def once(self, mark: str, make: Callable[[], str]) -> str:
        """What ``make`` gives; for the same mark within some seconds what it gave, if that was anything."""
        with self._lock:
            self._forget()
            _begun, own, made = self._kept.setdefault(mark, (self._clock(), Lock(), []))
        with own:  # whoever comes second waits until the first is done
            if not made:
                found = make()
                if not found:
                    return ""
                made.append(found)
                self._forget_in_time(mark)
            return made[0]

    def forget(self, answer: str) -> None:
        """Drop an answer at once: what it opened is closed."""
        with self._lock:
            gone = [mark for mark, (_begun, _own, made) in self._kept.items() if answer in made]
            for mark in gone:
                del self._kept[mark]

    def _forget(self) -> None:
        now = self._clock()
        while self._kept and (
            len(self._kept) >= MOST or now - next(iter(self._kept.values()))[0] > self._seconds
        ):
            self._kept.popitem(last=False)

    def _forget_in_time(self, mark: str) -> None:
        """A token of a session is not left lying until somebody else signs in."""
        timer = Timer(self._seconds, self._drop, (mark,))
        timer.daemon = True
        timer.start()

    def _drop(self, mark: str) -> None:
        with self._lock:
            self._kept.pop(mark, None)
