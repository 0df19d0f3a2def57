"""What a practice left behind whose program was killed; asked at each opening, so it loads little."""

import shutil
import tempfile
from pathlib import Path

from coachdesk.errors import Trouble
from coachdesk.store.lockfile import LockFile

PREFIX = "coachdesk-practice-"


def sweep() -> int:
    """Throw away what a practice left behind whose program was killed; how many folders.

    One that still runs holds its lock.
    """
    found = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = LockFile(folder)
        try:
            lock.take()
        except Trouble:
            continue
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        found += 1
    return found
