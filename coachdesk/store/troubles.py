"""What SQLite and the file system say, turned into our errors in this one place."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from coachdesk.errors import DeskBusy, DeskDamaged, DiskFull, Trouble
from coachdesk.i18n import N_


def disk_full() -> DiskFull:
    """The sentence for a full disk."""
    return DiskFull(
        N_("The disk is full: this was not saved, what was saved before is safe. Free some room.")
    )


def not_writable(folder: Path | str) -> Trouble:
    """The sentence for a folder without the right to write."""
    return Trouble(
        N_("The folder {folder} cannot be written. Ask for the right to write there, or move the desk."),
        folder=str(folder),
    )


def foreign() -> DeskDamaged:
    """The sentence for a store that the key does not open."""
    return DeskDamaged(
        N_(
            "The store does not open with this key: it is of another desk, or damaged. "
            "Restore the desk from a backup."
        )
    )


def of_store(error: BaseException, folder: Path | str = "") -> Trouble | None:
    """Our error for one of SQLite's, or None when the mistake is ours."""
    said = str(error).lower()
    if "full" in said and "disk" in said:
        return disk_full()
    if "disk i/o error" in said:
        return DiskFull(
            N_(
                "The disk did not take what was written: this was not saved, what was saved before is safe. "
                "Check the disk and try again."
            )
        )
    if "readonly" in said or "unable to open database file" in said:
        return not_writable(folder)
    if "is locked" in said:
        return DeskBusy(N_("The desk is busy: this was not saved. Try again in a moment."))
    if "file is not a database" in said:
        return foreign()
    if "malformed" in said:
        return DeskDamaged(N_("A part of the store cannot be read. Restore the desk from a backup."))
    return None


def of_disk(error: OSError, folder: Path | str) -> Trouble:
    """Our error for one of the file system's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if os.name != "nt" else error.errno == 28:
        return disk_full()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return not_writable(folder)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST):  # the last: a file stands in its place
        return Trouble(N_("There is no folder {folder}."), folder=str(folder))
    reason = errno.errorcode.get(error.errno or 0, type(error).__name__)  # the system's own words are English
    return Trouble(N_("The disk could not be used: {reason}."), reason=reason)


@contextmanager
def store_troubles() -> Iterator[None]:
    """Turns what SQLite says inside the block into our errors; a mistake of ours stays what it is."""
    try:
        yield
    except dbapi2.Error as error:
        raise of_store(error) or error from error


@contextmanager
def disk_troubles(folder: Path) -> Iterator[None]:
    """Turns what the file system says inside the block into our errors."""
    try:
        yield
    except OSError as error:
        raise of_disk(error, folder) from error
