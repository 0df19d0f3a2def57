"""What the desk knows of its backups: few words in its store, so that telling it touches no other disk."""

import contextlib
import json
from datetime import datetime
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.domain.backups import BackupState, ProvedBackup
from coachdesk.errors import Problem, Trouble, Unreadable
from coachdesk.i18n import N_
from coachdesk.services.carrying import BACKUP_FOLDER, Carried
from coachdesk.services.desk import Desk
from coachdesk.store import access_log, meta
from coachdesk.store.backup import Backup
from coachdesk.store.unit import Unit

_MADE, _UP_TO = "backup_made", "backup_up_to"
_PROVED = "backup_proved"
UNPROVED, TROUBLE = "backup_unproved", "backup_trouble"
_ABSENT, _CARRIED = "backup_absent", "backup_carried"
RESTORED = "restored"
UNTOLD = "backup.untold"  # beside the store: what went wrong at the last lock, no words of anybody
_LONGEST = 10_000


def of(desk: Desk) -> BackupState:
    """What the desk knows of its backups; touches no disk but its own."""
    with desk.reading() as unit:
        return read(unit)


def read(unit: Unit) -> BackupState:
    """The same within a unit."""
    folder = meta.get(unit, BACKUP_FOLDER)
    return BackupState(
        made=_moment(unit, _MADE),
        proved=_moment(unit, _PROVED),
        folder=Path(folder) if folder else None,
        carried=_moment(unit, _CARRIED),
        absent=_moment(unit, _ABSENT),
        unproved=_problem(unit, UNPROVED),
        trouble=_problem(unit, TROUBLE),
        restored=_moment(unit, RESTORED),
    )


def has_changed(unit: Unit) -> bool:
    """Whether the log has gone on since the newest backup."""
    return access_log.head(unit.connection).seq > int(meta.get(unit, _UP_TO, "0"))


def note_folder(unit: Unit, folder: Path | None) -> None:
    """Keep where backups are also carried to; what was told of the former folder is forgotten."""
    before = meta.get(unit, BACKUP_FOLDER)
    for key in (_ABSENT, _CARRIED, TROUBLE):
        meta.remove(unit, key)
    meta.put(unit, BACKUP_FOLDER, str(folder or ""))
    unit.log("backup.choose_folder", before={"folder": before}, after={"folder": str(folder or "")})


def note_made(desk: Desk, made: Backup, why: str) -> None:
    """The line of a made backup, by who was at the desk then."""
    key, manifest = made.opened(desk.master)
    key.wipe()
    with desk.writing() as unit:
        unit.coach_id = manifest.coach_id
        unit.log(
            "backup.made",
            subject=made.path.name,
            after={
                "made": manifest.at.isoformat(),
                "up_to": manifest.head.seq,
                "folder": str(made.path.parent),
            },
            why=why,
        )
        own = access_log.head(unit.connection).seq
        alone = own == manifest.head.seq + 1
        meta.put(unit, _MADE, manifest.at.isoformat())
        meta.put(unit, _UP_TO, str(own if alone else manifest.head.seq))
        meta.remove(unit, TROUBLE)
        unit.commit()


def note_proved(desk: Desk, found: ProvedBackup) -> None:
    """Keep that a backup held, and forget that one did not."""
    with desk.writing() as unit:
        meta.put(unit, _PROVED, unit.at.isoformat())
        meta.remove(unit, UNPROVED)
        unit.log(
            "backup.proved",
            subject=found.name,
            after={"made": found.made.isoformat(), "lines": found.lines, "rows": found.rows},
        )
        unit.commit()


def note_carried(desk: Desk, carried: Carried) -> None:
    """Keep what became of carrying; an absent folder is told and stops nothing."""
    if carried.postponed:
        return
    with desk.writing() as unit:
        before = read(unit)
        if carried.absent and before.absent is None:
            meta.put(unit, _ABSENT, unit.at.isoformat())
        if not carried.absent:
            meta.remove(unit, _ABSENT)
        if carried.newest is not None:
            meta.put(unit, _CARRIED, carried.newest.isoformat())
        if carried.problem is not None:
            meta.put(unit, TROUBLE, _spelled(carried.problem))
        elif carried.newest is not None:
            meta.remove(unit, TROUBLE)
        unit.commit()


def keep_problem(desk: Desk, key: str, problem: Problem, act: str = "", name: str = "") -> None:
    """Keep what went wrong under ``UNPROVED`` or ``TROUBLE``; a new problem is logged as ``act``."""
    with desk.writing() as unit:
        new = meta.get(unit, key) != _spelled(problem)
        meta.put(unit, key, _spelled(problem))
        if act and new:
            unit.log(act, subject=name, why=str(problem))
        unit.commit()


def tell_later(folder: Path, problem: Problem | None) -> None:
    """The desk is locked: what went wrong with its backup waits beside the store for the next opening."""
    with contextlib.suppress(OSError):
        if problem is None:
            (folder / UNTOLD).unlink(missing_ok=True)
        else:
            (folder / UNTOLD).write_text(_spelled(problem), "utf-8")


def note_untold(desk: Desk) -> None:
    """A backup that failed when the desk was locked last, also in a program that was then ended."""
    untold = desk.folder / UNTOLD
    try:
        told = json.loads(untold.read_bytes()[:_LONGEST])
        problem = Trouble(str(told["message"]), **{str(k): str(v) for k, v in told["values"].items()})
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError, AttributeError):
        problem = Trouble(N_("The backup at the last lock could not be made."))
    keep_problem(desk, TROUBLE, problem, act="backup.not_made")
    untold.unlink(missing_ok=True)


def _moment(unit: Unit, key: str) -> datetime | None:
    found = meta.get(unit, key)
    return datetime.fromisoformat(found).astimezone(HELSINKI) if found else None


def _spelled(problem: Problem) -> str:
    return json.dumps({"message": problem.message, "values": {k: str(v) for k, v in problem.values.items()}})


def _problem(unit: Unit, key: str) -> Problem | None:
    found = meta.get(unit, key)
    if not found:
        return None
    kept = json.loads(found)
    return Unreadable(kept["message"], **{k: v for k, v in kept["values"].items() if k != "field"})
