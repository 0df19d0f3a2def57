"""What is odd around an open desk: a clock that was set back, copies of a synced folder, a share.

Nothing of it stops the work; each is told to the one who opens.
"""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

from coachdesk.errors import Trouble
from coachdesk.i18n import N_

DRIFT = timedelta(minutes=2)  # less is what a clock is set right by every day
LONGEST_PATH = 470  # bytes; SQLite takes 512 with the names of its own files
# what lies beside a file when two computers changed it: "desk (Aino's conflicted copy).db", "desk-LAPTOP.db"
_COPY = re.compile(r"(desk|head)[ _(.-].*\.(db|db-wal|db-shm|keys|copy|log)", re.IGNORECASE)
_OWN = {"desk.keys.copy"}
_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "ceph", "glusterfs", "davfs"}
_SHARES |= {f"fuse.{name}" for name in ("sshfs", "rclone", "gvfsd-fuse", "davfs2", "smbnetfs", "onedriver")}


def set_back(last: datetime | None, now: datetime) -> Trouble | None:
    """The clock is behind the last line of the log: what is written now would look older than it."""
    if last is None or now >= last - DRIFT:
        return None
    return Trouble(
        N_("The clock of this computer is behind: the log already has {last}. Check the date and time."),
        last=last,
    )


def copies(folder: Path) -> Trouble | None:
    """Files that a synced folder put beside ours because two computers changed them."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return None
    found = [name for name in names if name not in _OWN and _COPY.fullmatch(name)]
    if not found:
        return None
    return Trouble(
        N_(
            "A synced folder left a copy beside the desk: {name}. Two computers may have worked apart. "
            "Keep the desk in a folder that is not synced."
        ),
        name=found[0],
    )


def share(folder: Path, mounts: str | None = None) -> Trouble | None:
    """The folder is another computer's, where the lock of one window may not reach a second computer."""
    if not _is_share(folder, mounts):
        return None
    return Trouble(
        N_(
            "The desk lies on a share: open it on one computer at a time. "
            "It is safer on this computer's own disk, with backups on the share."
        )
    )


def too_long(folder: Path) -> bool:
    """Whether the path is longer than the store can be opened by."""
    return len(os.fsencode(folder)) > LONGEST_PATH


def _is_share(folder: Path, mounts: str | None) -> bool:
    if os.name == "nt":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined,unused-ignore]
        return bool(kind == 4)  # DRIVE_REMOTE
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text("utf-8", "replace")
        except OSError:
            return False
    place, kind = Path("/"), ""
    for line in mounts.splitlines():
        _device, at, type_, *_rest = line.split(" ")
        mounted = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), at))
        if mounted in (folder, *folder.parents) and len(mounted.parts) >= len(place.parts):
            place, kind = mounted, type_
    return kind in _SHARES
