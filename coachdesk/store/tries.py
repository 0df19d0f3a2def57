"""Tries to open a desk that failed: counted beside the store, since nothing of it is open then.

A try is written down before it is made, so that ending the program does not take it back.  The wait
is measured by the time since the computer was started, which nobody sets: after a start it is
counted from there, so it can neither be skipped by the clock nor last for ever.  Whoever can delete
the file can also copy the whole desk and try elsewhere: against that only the passphrase's cost helps.
"""

import contextlib
import json
import math
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from coachdesk import whole_file
from coachdesk.clock import HELSINKI
from coachdesk.errors import DiskFull, Problem, TooSoon
from coachdesk.i18n import N_
from coachdesk.store.troubles import disk_troubles

NAME = "desk.tries"
LONGEST = 30  # seconds
MOST_TOLD = 20
_UNFINISHED_FREE = 3  # a power cut while opening is nobody's mistake
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One failed try: when, by passphrase or recovery sheet, as which coach, if one was chosen."""

    at: str
    kind: str
    coach_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """The failed tries since the desk was last opened; the last ones in words."""

    wrong: int = 0
    begun: int = 0  # and never ended: the program was
    uptime: float = 0.0
    last: tuple[Try, ...] = ()


def uptime() -> float:
    """Seconds that the computer has been awake since it was started."""
    return time.monotonic()


def read(folder: Path) -> Tries:
    """The tries so far; none where there is no file that can be read."""
    try:
        with (folder / NAME).open("rb") as file:
            kept = json.loads(file.read(_LARGEST))
        last = tuple(_try(one) for one in kept["last"])
        if not math.isfinite(kept["uptime"]):
            return Tries()
        return Tries(
            wrong=max(0, int(kept["wrong"])),
            begun=max(0, int(kept["begun"])),
            uptime=float(kept["uptime"]),
            last=last[-MOST_TOLD:],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Tries()


def seconds_left(tries: Tries, now: float) -> int:
    """Whole seconds still to wait, at most half a minute."""
    counted = tries.wrong + max(0, tries.begun - _UNFINISHED_FREE)
    wait = seconds_after(counted)
    waited = now - tries.uptime if now >= tries.uptime else now  # started anew since
    return max(0, min(wait, int(wait - waited + 0.999)))


def seconds_after(wrong: int) -> int:
    """1, 2, 4, 8, 16 and then 30 seconds."""
    return min(2 ** min(wrong - 1, 8), LONGEST) if wrong > 0 else 0


def begin(folder: Path) -> Tries:
    """Write down that a try is made.

    Raises:
        TooSoon: the wait after the last one is not over.
        Trouble: the folder cannot be written.
    """
    tries = read(folder)
    if left := seconds_left(tries, uptime()):
        raise TooSoon(N_("Wait a moment before you try again."), seconds=left)
    begun = replace(tries, begun=tries.begun + 1)
    with contextlib.suppress(DiskFull):  # a full disk keeps nobody out of the desk; Argon2id still slows
        _write(folder, begun)
    return begun


def fail(folder: Path, begun: Tries, made: Try) -> Tries:
    """The try that was begun failed; returns all so far."""
    failed = replace(
        begun,
        wrong=begun.wrong + 1,
        begun=begun.begun - 1,
        uptime=uptime(),
        last=(*begun.last, made)[-MOST_TOLD:],
    )
    with contextlib.suppress(Problem):  # that it was wrong is what must be said
        _write(folder, failed)
    return failed


def told(begun: Tries) -> Tries:
    """What the one who opened is told: the tries before this one."""
    return replace(begun, begun=begun.begun - 1)


def moved(tries: Tries, by: timedelta) -> Tries:
    """The tries on the days that a desk made for a moment lives on."""
    last = (replace(one, at=(datetime.fromisoformat(one.at) + by).isoformat()) for one in tries.last)
    return replace(tries, last=tuple(last))


def drop(folder: Path, begun: Tries) -> None:
    """The try came to nothing for another reason: it counts for nobody."""
    with contextlib.suppress(Problem):
        _write(folder, replace(begun, begun=begun.begun - 1))


def clear(folder: Path) -> None:
    """The desk is open, and the tries were told."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def made_at(at: datetime, kind: str, coach_id: int | None) -> Try:
    """A try at a moment."""
    return Try(at=at.isoformat(timespec="seconds"), kind=kind, coach_id=coach_id)


def _write(folder: Path, tries: Tries) -> None:
    with disk_troubles(folder):
        if tries == Tries(uptime=tries.uptime):
            (folder / NAME).unlink(missing_ok=True)
        else:
            whole_file.write(folder / NAME, json.dumps(asdict(tries)).encode() + b"\n", lasting=True)


def _try(kept: dict[str, object]) -> Try:
    at = datetime.fromisoformat(str(kept["at"])).astimezone(HELSINKI)
    return Try(at=at.isoformat(timespec="seconds"), kind=str(kept["kind"]), coach_id=_id(kept))


def _id(kept: dict[str, object]) -> int | None:
    found = kept.get("coach_id")
    return found if isinstance(found, int) else None
