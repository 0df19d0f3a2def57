"""One process for a desk: an OS lock on ``desk.lock``, which ends with the process, however it ends."""

import os
from pathlib import Path
from typing import BinaryIO

from coachdesk.errors import DeskBusy
from coachdesk.i18n import N_
from coachdesk.store.troubles import disk_troubles

NAME = "desk.lock"


class LockFile:
    """The lock of one desk, held from opening to closing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file: BinaryIO | None = None

    def take(self) -> None:
        """Hold the lock.

        Raises:
            DeskBusy: another process, or another window of this one, holds it.
            Trouble: the folder cannot be written.
        """
        with disk_troubles(self._path.parent):
            file = self._path.open("ab")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise DeskBusy(N_("The desk is already open in another window of this computer.")) from error
        self._file = file

    def release(self) -> None:
        """Let the next one in; harmless when nothing is held."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: BinaryIO) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        # flock, not POSIX locks: those would fall when any handle of this process is closed
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
