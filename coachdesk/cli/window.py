"""The window, and where it can be opened."""

from __future__ import annotations

import argparse
import os
import sys

from coachdesk.cli.terminal import passphrase
from coachdesk.errors import Trouble
from coachdesk.i18n import N_

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def open_window(asked: argparse.Namespace) -> int:
    """The window; with ``--desk`` that desk."""
    if sys.platform == "linux" and not any(map(os.environ.get, DISPLAYS)):
        raise Trouble(N_("There is no display for a window. Use one of the commands."))
    from coachdesk.app import run_window

    words = passphrase(asked) if asked.passphrase_file else None
    return run_window(desk_folder=asked.desk, passphrase=words)
