"""Attachments beside the backups, in a folder of the desk's: each once, under its name and its SHA-256."""

import contextlib
import shutil
from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path

from coachdesk.store import parts
from coachdesk.store.backup import ATTACHMENT, TOTAL, Backup, Cancelled, stop_where


def folder_of(folder: Path, desk_id: str) -> Path:
    """Where the attachments lie beside the backups of a desk."""
    return folder / f"coachdesk-{desk_id[:8]}-files"


def keep(source: Path, to: Path, desk_id: str, cancelled: Cancelled | None = None) -> dict[str, str]:
    """Copy a desk's attachments that do not lie there yet; each by name with its SHA-256.

    Raises:
        Refused: cancelled.
    """
    side, found = folder_of(to, desk_id), {}
    named = (path.name.partition(".") for path in side.iterdir()) if side.is_dir() else ()
    there = {name: total for name, _dot, total in named if TOTAL.fullmatch(total)}
    for path in sorted(source.iterdir()) if source.is_dir() else ():
        if ATTACHMENT.fullmatch(path.name):
            stop_where(cancelled)
            found[path.name] = there.get(path.name) or _sum_of(path)
            _put_beside(path, side, f"{path.name}.{found[path.name]}")
    return found


def _put_beside(source: Path, side: Path, name: str) -> None:
    there = side / name
    if not there.exists() or there.stat().st_size != source.stat().st_size:
        side.mkdir(parents=True, exist_ok=True)
        parts.join(there, b"", source)


def put(found: Backup, to: Path) -> tuple[str, ...]:
    """Put the attachments that a backup names into a restored desk; the names of those that are not there."""
    for name, total in found.files.items():
        if is_whole(found, name, total):
            shutil.copyfile(folder_of(found.path.parent, found.desk_id) / f"{name}.{total}", to / name)
    return tuple(name for name in found.files if not (to / name).exists())


def is_whole(found: Backup, name: str, total: str) -> bool:
    """Whether an attachment that a backup names lies beside it, unchanged."""
    try:
        return _sum_of(folder_of(found.path.parent, found.desk_id) / f"{name}.{total}") == total
    except OSError:
        return False


def carry(found: Backup, to: Path, cancelled: Cancelled | None = None) -> None:
    """Carry the attachments that a backup names into another folder.

    Raises:
        OSError: one is not there, or the folder does not take it.
        Refused: cancelled.
    """
    source, side = folder_of(found.path.parent, found.desk_id), folder_of(to, found.desk_id)
    for name in _names(found):
        stop_where(cancelled)
        _put_beside(source / name, side, name)


def drop_unnamed(folder: Path, desk_id: str, made: Iterable[Backup]) -> None:
    """Remove what none of the backups names.

    Raises:
        OSError: the folder cannot be read, or one cannot be removed.
    """
    named = {name for found in made for name in _names(found)}
    for path in folder_of(folder, desk_id).iterdir():
        if path.name not in named:
            path.unlink()


def drop_damaged(folder: Path, desk_id: str) -> None:
    """Remove what is not as its name says: else each new backup would take it for kept already."""
    side = folder_of(folder, desk_id)
    with contextlib.suppress(OSError):
        for path in side.iterdir():
            if path.name.partition(".")[2] != _sum_of(path):
                path.unlink()


def _names(found: Backup) -> list[str]:
    return [f"{name}.{total}" for name, total in found.files.items()]


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
