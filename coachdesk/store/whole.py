"""A file written whole, by way of a half file beside it: a kill leaves all of it or nothing."""

import contextlib
import os
from pathlib import Path

from coachdesk.store import backup
from coachdesk.store.backup import Cancelled, Progress, stop_where
from coachdesk.store.keyfile import sync_folder

HALF = ".half"


def write_whole(
    folder: Path,
    name: str,
    head: bytes,
    rest: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path:
    """Write a head and a file after it by way of a half file beside: a kill leaves all of it or nothing."""
    half, total = folder / f".{name}{HALF}", max(1, -(-rest.stat().st_size // backup.PART))
    try:
        with half.open("wb") as file, rest.open("rb") as source:
            file.write(head)
            for done, part in enumerate(iter(lambda: source.read(backup.PART), b""), start=1):
                stop_where(cancelled)
                file.write(part)
                if progress:
                    progress(min(done, total), total)
            file.flush()
            os.fsync(file.fileno())
        half.replace(folder / name)
        _sync(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise
    return folder / name


def _sync(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some shares cannot; the file itself was synced
        sync_folder(folder)
