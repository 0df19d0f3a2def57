"""Backups: made by themselves and on demand, carried to the coach's own folder, proved each week.

A backup is first made whole in the folder beside the desk's (``local_folder``) and from there carried to
the coach's own, which is a plain copying without any key.  What the desk knows of its backups stands in
the store by few words, so that telling it touches no stick and no share.
"""

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from coachdesk.clock import HELSINKI
from coachdesk.domain import backups as rules
from coachdesk.domain.backups import BackupState, ProvedBackup
from coachdesk.domain.permissions import Right
from coachdesk.errors import DeskBusy, Problem, Refused, Trouble, Unreadable
from coachdesk.i18n import N_
from coachdesk.services import removed, rights
from coachdesk.services.carrying import BACKUP_FOLDER as _FOLDER
from coachdesk.services.carrying import Carried, Carrying
from coachdesk.services.carrying import local_folder as local_folder
from coachdesk.services.desk import Desk
from coachdesk.store import access_log, backup, copying, gone, kept_files, meta, proof
from coachdesk.store.access_log import Head
from coachdesk.store.backup import Backup, Cancelled, Manifest, Progress
from coachdesk.store.keys import wipe
from coachdesk.store.unit import Unit

_MADE, _UP_TO = "backup_made", "backup_up_to"
_PROVED, _UNPROVED, _TROUBLE = "backup_proved", "backup_unproved", "backup_trouble"
_ABSENT, _CARRIED = "backup_absent", "backup_carried"
RESTORED = "restored"
UNTOLD = "backup.untold"  # beside the store: what went wrong at the last lock, no words of anybody
_LONGEST = 10_000


def state(desk: Desk) -> BackupState:
    """What the desk knows of its backups; touches no disk but its own."""
    with desk.reading() as unit:
        return read_state(unit)


def read_state(unit: Unit) -> BackupState:
    """The same within a unit."""
    folder = meta.get(unit, _FOLDER)
    return BackupState(
        made=_moment(unit, _MADE),
        proved=_moment(unit, _PROVED),
        folder=Path(folder) if folder else None,
        carried=_moment(unit, _CARRIED),
        absent=_moment(unit, _ABSENT),
        unproved=_problem(unit, _UNPROVED),
        trouble=_problem(unit, _TROUBLE),
        restored=_moment(unit, RESTORED),
    )


def choose_folder(desk: Desk, folder: Path | None) -> None:
    """Let backups also be carried to a folder of the coach's choice, or no more.

    Raises:
        Refused: not the lead coach, or the folder is the desk's own, or inside it.
        Trouble: nothing can be written there.
    """
    rights.require(desk, Right.BACKUPS)
    if folder is not None:
        folder = Path(folder).absolute()
        if desk.folder == folder or desk.folder in folder.parents or folder == local_folder(desk.folder):
            raise Refused(
                N_("Choose a folder on another disk: this one would be lost together with the desk."),
                field="folder",
            )
        _try_to_write(folder)
    with desk.writing() as unit:
        before = meta.get(unit, _FOLDER)
        for key in (_ABSENT, _CARRIED, _TROUBLE):
            meta.remove(unit, key)
        meta.put(unit, _FOLDER, str(folder or ""))
        unit.log("backup.choose_folder", before={"folder": before}, after={"folder": str(folder or "")})
        unit.commit()


def begin(desk: Desk) -> copying.Copying:
    """A backup of the desk as it is now, to be carried out on any thread.

    Free pages are copied too: those of somebody who was removed for good are swept before.
    """
    from coachdesk.services import retention  # seldom anything to do

    with contextlib.suppress(Problem):
        retention.sweep(desk)
    source, backup_key = desk.driver(), desk.subkey(backup.USE)
    try:
        return copying.Copying(
            desk.folder,
            source,
            backup_key=backup_key,
            keyfile=desk.keyfile,
            at=desk.clock.now(),
            coach_id=desk.coach_id,
        )
    finally:
        wipe(backup_key)


def make(
    desk: Desk,
    to: Path | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    why: str = "",
) -> Path:
    """Make a backup into the folder, or into the desk's own where it is also thinned; the file.

    Raises:
        DiskFull, Trouble: it could not be made; nothing half is left and the desk is safe.
        DeskDamaged: the store itself cannot be read.
        DeskBusy: another one is being made or proved.
        Refused: cancelled, or somebody else than the lead coach takes one elsewhere.
    """
    if to is not None:
        rights.require(desk, Right.BACKUPS)
    local = local_folder(desk.folder)
    desk.keep_head()
    made = begin(desk).carry_out(Path(to).absolute() if to else local, local, progress, cancelled)
    for place in {local, made.parent}:
        gone.add(place, desk.keyfile.desk_id, gone.read(desk.folder, desk.keyfile.desk_id))
    if to is None:
        copying.thin(local, desk.keyfile.desk_id, desk.clock.now())
    _note(desk, backup.read(made), why)
    return made


def at_lock(desk: Desk) -> Callable[[], object] | None:
    """What is to be done after the desk was locked, on any thread: a backup where something changed.

    It is begun here, since it needs the keys; the desk notes it when it is opened the next time.
    """
    try:
        if not _due(desk):
            return None
        to = state(desk).folder
        begun, local = begin(desk), local_folder(desk.folder)
    except Problem:
        return None  # a store that cannot be read is told when it is opened
    now, desk_id = desk.clock.now(), desk.keyfile.desk_id

    def carry_out() -> None:
        try:
            begun.carry_out(local, local)
            copying.thin(local, desk_id, now)
            carried = Carrying(local=local, to=to, desk_id=desk_id, now=now).carry() if to else Carried()
            _tell_later(desk.folder, carried.problem)
        except Problem as problem:
            _tell_later(desk.folder, problem)
            raise

    return carry_out


def tend(desk: Desk, cancelled: Cancelled | None = None) -> Carrying | None:
    """Do what is due while the desk is open: note, let go, make, prove; what is then to be carried.

    A problem is kept and told by ``state``, not raised.
    """
    with contextlib.suppress(Problem, OSError):
        _note_made_at_lock(desk)
        note_untold(desk)
        removed.purge(desk)
    before, now, proved = state(desk), desk.clock.now(), False
    try:
        spoilt = before.unproved is not None and rules.is_due(True, before.made, now)
        if made := _due(desk) or spoilt or _under_other_keys(desk):
            make(desk, cancelled=cancelled)
        again = made and before.unproved is not None  # a new one takes the place of what was damaged
        if (again or before.proof_is_due(now)) and _newest(desk) is not None:
            proved = True
            prove_newest(desk, cancelled=cancelled)
    except (DeskBusy, Refused):
        pass
    except Problem as problem:
        if not proved:
            _keep_problem(desk, _TROUBLE, problem)
    return carrying(desk, look_through=proved)


def carrying(desk: Desk, *, look_through: bool = False) -> Carrying | None:
    """What is to be carried to the coach's own folder, where there is one and a backup."""
    found = state(desk)
    if found.folder is None or found.made is None:
        return None
    return Carrying(
        local=local_folder(desk.folder),
        to=found.folder,
        desk_id=desk.keyfile.desk_id,
        now=desk.clock.now(),
        look_through=look_through,
    )


def note_carried(desk: Desk, carried: Carried) -> None:
    """Keep what became of carrying; an absent folder is told and stops nothing."""
    if carried.postponed:
        return
    with desk.writing() as unit:
        before = read_state(unit)
        if carried.absent and before.absent is None:
            meta.put(unit, _ABSENT, unit.at.isoformat())
        if not carried.absent:
            meta.remove(unit, _ABSENT)
        if carried.newest is not None:
            meta.put(unit, _CARRIED, carried.newest.isoformat())
        if carried.problem is not None:
            meta.put(unit, _TROUBLE, _spelled(carried.problem))
        elif carried.newest is not None:
            meta.remove(unit, _TROUBLE)
        unit.commit()


def prove_newest(
    desk: Desk, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ProvedBackup:
    """Restore the newest backup into scratch, look through it, and remember that it held or did not.

    Raises:
        Refused: there is none yet, or cancelled.
        DeskBusy: another is being made or proved.
        Unreadable, Trouble: it cannot be proved; kept and told until one can.
    """
    newest = _newest(desk)
    if newest is None:
        raise Refused(N_("There is no backup yet. Make one first."))
    try:
        found = _proved(desk, newest, progress, cancelled)
    except (DeskBusy, Refused):
        raise
    except Problem as problem:
        kept_files.drop_damaged(local_folder(desk.folder), desk.keyfile.desk_id)
        _keep_problem(desk, _UNPROVED, problem, act="backup.not_proved", name=newest.name)
        raise
    with desk.writing() as unit:
        meta.put(unit, _PROVED, unit.at.isoformat())
        meta.remove(unit, _UNPROVED)
        unit.log(
            "backup.proved",
            subject=newest.name,
            after={"made": found.made.isoformat(), "lines": found.lines, "rows": found.rows},
        )
        unit.commit()
    return found


def kept_heads(desk: Desk, *, far: bool = True) -> tuple[Head, ...]:
    """The heads of the log that the newest backups keep; what cannot be read keeps none.

    ``far``: also that in the coach's own folder, which may be a slow share.
    """
    with desk.reading() as unit:
        now = read_state(unit)
    found = []
    for folder in (local_folder(desk.folder), now.folder if far else None):
        with contextlib.suppress(OSError, Problem, StopIteration):
            if folder is not None:
                manifest = _manifest(desk, next(iter(copying.made_in(folder, desk.keyfile.desk_id))))
                if _of_this_life(manifest, now):
                    found.append(manifest.head)
    return tuple(found)


def _proved(desk: Desk, path: Path, progress: Progress | None, cancelled: Cancelled | None) -> ProvedBackup:
    local = local_folder(desk.folder)
    with copying.making(local), copying.alone_in(local):
        found = proof.prove(backup.read(path), desk.master, local, progress, cancelled)
    return ProvedBackup(name=path.name, made=found.manifest.at, lines=found.lines, rows=found.rows)


def _due(desk: Desk) -> bool:
    with desk.reading() as unit:
        changed = access_log.head(unit.connection).seq > int(meta.get(unit, _UP_TO, "0"))
        due = rules.is_due(changed, _moment(unit, _MADE), unit.at)
    return due or _newest(desk) is None  # the last one was made elsewhere, or was taken away


def _newest(desk: Desk) -> Path | None:
    try:
        return next(iter(copying.made_in(local_folder(desk.folder), desk.keyfile.desk_id)), None)
    except OSError:
        return None


def _under_other_keys(desk: Desk) -> bool:
    """Whether the desk got a new master key since the newest was made: the old one opens only that."""
    newest = _newest(desk)
    with contextlib.suppress(Problem):
        return newest is not None and not backup.read(newest).keyfile.genuine(desk.master)
    return False


def _manifest(desk: Desk, path: Path) -> Manifest:
    key, manifest = backup.read(path).opened(desk.master)
    key.wipe()
    return manifest


def _of_this_life(manifest: Manifest, now: BackupState) -> bool:
    """A backup made before the desk was restored may be of what was then set aside."""
    return now.restored is None or manifest.at > now.restored


def _note_made_at_lock(desk: Desk) -> None:
    newest, now = _newest(desk), state(desk)
    if newest is None:
        return
    made = rules.moment_of(newest.name)
    if made is None or (now.made is not None and made <= now.made.astimezone(UTC).replace(microsecond=0)):
        return
    if now.restored is None or made > now.restored.astimezone(UTC):
        _note(desk, backup.read(newest), "")


def _tell_later(folder: Path, problem: Problem | None) -> None:
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
    _keep_problem(desk, _TROUBLE, problem, act="backup.not_made")
    untold.unlink(missing_ok=True)


def _note(desk: Desk, made: Backup, why: str) -> None:
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
        meta.remove(unit, _TROUBLE)
        unit.commit()


def _keep_problem(desk: Desk, key: str, problem: Problem, act: str = "", name: str = "") -> None:
    with desk.writing() as unit:
        new = meta.get(unit, key) != _spelled(problem)
        meta.put(unit, key, _spelled(problem))
        if act and new:
            unit.log(act, subject=name, why=str(problem))
        unit.commit()


def _try_to_write(folder: Path) -> None:
    tried = folder / ".coachdesk-try"
    try:
        tried.write_bytes(b"")
        tried.unlink()
    except OSError as error:
        raise Trouble(
            N_("CoachDesk cannot write into {folder}."), field="folder", folder=str(folder)
        ) from error


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
