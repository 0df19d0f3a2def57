"""Whether what was read before holds still: how often the desk was changed while it is open."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Changes:
    """Counts the changes of an open desk.

    One process has the desk, and whatever changes it does so ``within``; so what was read at a mark that
    still ``holds`` need not be read again.  A line of the log about a look is no change.
    """

    def __init__(self) -> None:
        self._begun, self._ended = 0, 0
        self._counting = threading.Lock()

    def mark(self) -> int | None:
        """The count now, to be taken before reading; None while a change is on its way to the disk."""
        with self._counting:
            return self._begun if self._begun == self._ended else None

    def holds(self, mark: int | None) -> bool:
        """Whether nothing was changed, nor begun to be, since the mark."""
        return mark is not None and mark == self._begun

    @contextmanager
    def within(self) -> Iterator[None]:
        """The time in which a change may come to the disk, whether it does or not."""
        with self._counting:
            self._begun += 1
        try:
            yield
        finally:
            with self._counting:
                self._ended += 1
