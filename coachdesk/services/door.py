"""The door of a desk: what may be known before it is opened."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.errors import DeskDamaged
from coachdesk.i18n import N_
from coachdesk.store import access_log, engine, keyfile, keys, making
from coachdesk.store.keyfile import KeyFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What may be known of a desk before it is opened: nothing of any trainee."""

    coaches: tuple[str, ...]
    workshop: str
    closed: datetime | None


def look_at_door(folder: Path) -> Door:
    """Look at a desk from outside, and that its store is encrypted; opens nothing.

    Raises:
        DeskDamaged, NewerDesk, Trouble: as ``open_desk``.
    """
    folder = Path(folder).absolute()
    making.finish(folder)
    if not making.is_desk(folder):
        raise DeskDamaged(N_("There is no desk in the folder {folder}."), folder=str(folder))
    engine.prove_encrypted(folder / engine.NAME)
    found = keyfile.read(folder)[0]
    with contextlib.suppress(OSError):
        closed = datetime.fromtimestamp((folder / access_log.HEAD).stat().st_mtime, HELSINKI)
        return _door(found, closed)
    return _door(found, None)


def _door(found: KeyFile, closed: datetime | None) -> Door:
    return Door(
        coaches=tuple(dict.fromkeys(slot.label for slot in found.of_kind(keys.PASSPHRASE) if slot.label)),
        workshop=next((slot.label for slot in found.of_kind(keys.RECOVERY)), ""),
        closed=closed,
    )
