"""A head and a file after it joined to one file, in parts that are told and can be stopped between."""

from collections.abc import Iterator
from pathlib import Path

from coachdesk import whole_file
from coachdesk.store import backup
from coachdesk.store.backup import Cancelled, Progress, stop_where


def join(
    path: Path,
    head: bytes,
    rest: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path:
    """Write a head and a file after it, whole or not at all.

    Args:
        path: where the one file is to stand.
        head: its first bytes.
        rest: the file that comes after them.
        progress: is told how many parts are written, of how many.
        cancelled: says when to stop.

    Raises:
        OSError: the file cannot be read, or the other not be written.
        Refused: stopped.
    """
    half = path.with_name(f".{path.name}{whole_file.HALF}")
    whole_file.write_parts(path, _parts(head, rest, progress, cancelled), half=half)
    return path


def _parts(
    head: bytes, rest: Path, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[bytes]:
    total = max(1, -(-rest.stat().st_size // backup.PART))
    with rest.open("rb") as source:
        yield head
        for done, part in enumerate(iter(lambda: source.read(backup.PART), b""), start=1):
            stop_where(cancelled)
            yield part
            if progress:
                progress(min(done, total), total)
