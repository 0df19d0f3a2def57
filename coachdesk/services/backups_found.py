"""The backups that lie somewhere, and what may be known of them without any key."""

import contextlib
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.domain import backups as rules
from coachdesk.domain.backups import BackupSheet
from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_
from coachdesk.services.carrying import local_folder
from coachdesk.store import backup, copying, keyfile, keys, making
from coachdesk.store.backup import Backup


def look_at(path: Path) -> BackupSheet:
    """What may be known of a backup without any key.

    Raises:
        NewerDesk, Unreadable: as the sentence says.
    """
    return _sheet(backup.read(Path(path)))


def backups_of(folder: Path, *more: Path) -> tuple[BackupSheet, ...]:
    """The backups that can be found for a desk: beside it, and in other folders; the newest first.

    What cannot be read is left out, other desks' too where a key file still says which desk this is.
    """
    desk_id = _desk_id(folder)
    found: dict[str, BackupSheet] = {}
    for place in (local_folder(Path(folder).absolute()), *more):
        with contextlib.suppress(OSError):
            for path in copying.made_in(place, desk_id):
                with contextlib.suppress(Problem):
                    found.setdefault(path.name, look_at(path))
    return tuple(sorted(found.values(), key=lambda sheet: sheet.made, reverse=True))


def refuse_wrong_place(path: Path, folder: Path) -> None:
    """Refuse a backup that does not belong into the folder, before anybody types a passphrase.

    Raises:
        Refused: the folder holds another desk, or something else.
        NewerDesk, Unreadable: the file is no backup that can be read.
    """
    found, folder = backup.read(Path(path)), Path(folder).absolute()
    there = _desk_id(folder)
    if there and there != found.desk_id:
        raise Refused(
            N_("The backup {name} is of another desk. Restore it into an empty folder."),
            field="file",
            name=found.path.name,
        )
    if not making.is_desk(folder):
        making.refuse_taken(folder)


def newest_whole(path: Path) -> Path | None:
    """The newest other backup beside a damaged one whose every part holds: what to take instead."""
    with contextlib.suppress(OSError):
        for other in copying.made_in(Path(path).absolute().parent, _named_desk(Path(path))):
            if other.name != Path(path).name:
                with contextlib.suppress(Problem):
                    backup.prove_whole(backup.read(other))
                    return other
    return None


def _named_desk(path: Path) -> str:
    parts = path.name.split("-")
    return parts[1] if rules.moment_of(path.name) else ""


def _desk_id(folder: Path) -> str:
    """The desk that a folder holds, as its key file says; empty where none can be read."""
    with contextlib.suppress(Problem):
        return keyfile.read(Path(folder))[0].desk_id
    return ""


def _sheet(found: Backup) -> BackupSheet:
    labels = (slot.label for slot in found.keyfile.of_kind(keys.PASSPHRASE) if slot.label)
    return BackupSheet(
        path=found.path,
        made=found.made.astimezone(HELSINKI),
        workshop=next((slot.label for slot in found.keyfile.of_kind(keys.RECOVERY)), ""),
        coaches=tuple(dict.fromkeys(labels)),
        size=found.size,
    )
