"""A paper in the computer's own viewer: a copy in the clear, for this user only, and soon gone again.

It lies where the system keeps such things in memory, where there is such a place.  It is taken away at lock
and at the end; what a killed program left is taken away at the next start.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

PREFIX = "coachdesk-view-"


def show(pdf: bytes, name: str) -> Path:
    """Open a copy in the viewer; where it lies.

    Raises:
        OSError: it could not be written.
    """
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_room()))
    copy = folder / name
    copy.touch(mode=0o600)
    copy.write_bytes(pdf)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))
    return copy


def wipe() -> None:
    """Take every copy away; one that a viewer still holds, as Windows lets it, goes at the next start."""
    for room in {_room(), tempfile.gettempdir()}:
        for folder in Path(room).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                for copy in folder.iterdir():
                    copy.write_bytes(bytes(copy.stat().st_size))
            shutil.rmtree(folder, ignore_errors=True)


def _room() -> str:
    """The user's own folder in memory where Linux has one, else the folder for temporary files."""
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    return own if own and os.access(own, os.W_OK) else tempfile.gettempdir()
