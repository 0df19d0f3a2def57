"""The door of a desk: what may be known before it is opened."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.errors import DeskDamaged
from coachdesk.i18n import N_
from coachdesk.store import access_log, engine, keyfile, keys, making, memory, tries


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What may be known of a desk before it is opened: nothing of any trainee.

    ``coaches`` are shown as short as they can be told apart, by id, and only where there are several;
    ``wait`` is how many seconds are to pass after wrong tries.
    """

    coaches: Mapping[int, str]
    workshop: str
    closed: datetime | None
    wait: int = 0


def look_at_door(folder: Path) -> Door:
    """Look at a desk from outside, and that its store is encrypted; opens nothing.

    Raises:
        DeskDamaged, NewerDesk, Trouble: as ``open_desk``.
    """
    folder = Path(folder).absolute()
    memory.keep_private()  # before a passphrase is typed
    making.finish(folder)
    if not making.is_desk(folder):
        raise DeskDamaged(N_("There is no desk in the folder {folder}."), folder=str(folder))
    engine.prove_encrypted(folder / engine.NAME)
    found = keyfile.read(folder)[0]
    closed = None
    with contextlib.suppress(OSError):
        closed = datetime.fromtimestamp((folder / access_log.HEAD).stat().st_mtime, HELSINKI)
    named = {slot.coach_id: slot.label for slot in found.of_kind(keys.PASSPHRASE) if slot.coach_id}
    return Door(
        coaches=short_names(named) if len(named) > 1 else {},
        workshop=next((slot.label for slot in found.of_kind(keys.RECOVERY)), ""),
        closed=closed,
        wait=tries.seconds_left(tries.read(folder), tries.uptime()),
    )


def short_names(names: Mapping[int, str]) -> dict[int, str]:
    """First names, with as much of the rest as it takes to tell them apart: Aino, Jukka M., Jukka P."""
    found = {}
    for coach_id, name in names.items():
        first, _space, rest = name.partition(" ")
        alike = [other for key, other in names.items() if key != coach_id and other.split(" ")[0] == first]
        letters = next((n for n in range(len(rest)) if not _shared(first, rest[:n], alike)), len(rest))
        ending = rest if letters == len(rest) else f"{rest[:letters]}." if letters else ""
        found[coach_id] = f"{first} {ending}".strip()
    return dict(sorted(found.items(), key=lambda one: one[1]))


def _shared(first: str, beginning: str, others: list[str]) -> bool:
    return any(other.startswith(f"{first} {beginning}".rstrip()) for other in others)
