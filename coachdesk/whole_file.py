"""Files that stand whole or not at all: a kill or a power cut leaves the old one or the new one.

What is written grows as a *half* beside its place, is synced, and takes the place by a rename, which is one
step.  Each floor says the errors of its disk in its own sentences; here they are ``OSError``.
"""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

HALF = ".half"
_ONLY_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write(
    path: Path, content: bytes, *, half: Path | None = None, mode: int = 0o666, lasting: bool = False
) -> None:
    """Write a file, or replace it; the arguments are those of ``write_parts``."""
    write_parts(path, (content,), half=half, mode=mode, lasting=lasting)


def write_parts(
    path: Path, parts: Iterable[bytes], *, half: Path | None = None, mode: int = 0o666, lasting: bool = False
) -> None:
    """Write a file part by part, or replace it; what fails leaves the old one and no half.

    Args:
        path: where it is to stand.
        parts: its content; an error of theirs ends it like one of the disk's.
        half: where it grows, on the same disk; ``<name>.new`` beside the path where nothing is said.
        mode: the rights of a new file, less those that the process gives nobody.
        lasting: whether it is an error when the folder cannot be synced, so that a power cut may still
            bring the old file back.  Some shares have no way to; the file itself is synced everywhere.

    Raises:
        OSError: it cannot be written.
    """
    half = half or path.with_name(f"{path.name}.new")
    begin(half, parts, mode=mode)
    try:
        half.replace(path)
    except BaseException:
        drop(half)
        raise
    with contextlib.nullcontext() if lasting else contextlib.suppress(OSError):
        sync_folder(path.parent)


def begin(half: Path, parts: Iterable[bytes], *, mode: int = 0o666) -> None:
    """Write and sync a half that the caller puts in its place; what fails leaves nothing of it.

    Raises:
        OSError: it cannot be written.
    """
    half.unlink(missing_ok=True)  # what a kill left there
    try:
        with os.fdopen(os.open(half, _ONLY_NEW, mode), "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        drop(half)
        raise


def drop(half: Path) -> None:
    """Take a half away; a disk that lets nothing be written may let nothing be taken away either."""
    with contextlib.suppress(OSError):
        half.unlink(missing_ok=True)


def hidden_half(path: Path) -> Path:
    """A hidden name beside a path that nobody else writes under."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}{HALF}")


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder lasting, where the system has a way to.

    Raises:
        OSError: the disk has no way to, or failed.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
