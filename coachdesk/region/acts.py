"""Acts of the log that are done by a command: who ran it, what was seen or changed, to whom.

The pages' own acts stand in the same log (``staff.log``), which people read on one page.
"""

import getpass
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from coachdesk.clock import HELSINKI
from coachdesk.region import tables

EXPORTED, FIGURES, LIST, ASSIGNED = "exported", "figures", "list", "assigned"
LET_IN, PASSWORD, CODES, CLOSED = "let_in", "new_password", "new_codes", "closed"
ENROLLED, CODE, REVOKED = "enrolled", "code", "revoked"
ROTATED, RETIRED, RESTORED = "rotated", "retired", "restored"
LONGEST_WHO = 200
_LOGIN = Path("/proc/self/loginuid")


def note(
    connection: Connection,
    act: str,
    *,
    who: str,
    at: datetime,
    seen: Sequence[Mapping[str, Any]] = (),
    device: str = "",
    whom: int = 0,
) -> None:
    """A line for each summary that was seen, one line where none was; ``who`` ran the command stands in each.

    ``device`` is the desk it was done to, ``whom`` the number of the person of the staff.
    """
    head = {"at": moment(at), "staff": 0, "act": act, "who": who[:LONGEST_WHO], "whom": whom}
    lines = [{**head, "device": one["device"], "ref": one["ref"], "version": one["version"]} for one in seen]
    alone = {**head, "device": device, "ref": "", "version": 0}
    connection.execute(insert(tables.staff_log), lines or [alone])


def moment(at: datetime) -> str:
    """A moment as the log writes it."""
    return at.astimezone(HELSINKI).isoformat()


def account() -> str:
    """Who runs the command: the account, and in brackets who had signed in where the system knows another.

    Neither is taken from the environment, which anybody may set.
    """
    own, signed_in = _account(), _signed_in()
    return own if signed_in in ("", own) else f"{own} ({signed_in})"


def _account() -> str:
    try:
        from pwd import getpwuid
    except ImportError:  # Windows
        return getpass.getuser()
    try:
        return getpwuid(os.getuid()).pw_name
    except KeyError:  # an account without a name
        return str(os.getuid())


def _signed_in() -> str:
    """Whose session it is, as Linux keeps it through ``su`` and ``sudo``; empty where it keeps none."""
    try:
        from pwd import getpwuid

        return getpwuid(int(_LOGIN.read_text("ascii"))).pw_name
    except (ImportError, OSError, ValueError, KeyError, OverflowError):
        return ""
