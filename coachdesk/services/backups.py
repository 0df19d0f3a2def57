"""Backups: made by themselves and on demand, carried to the coach's own folder, proved each week.

A backup is first made whole in the folder beside the desk's (``local_folder``) and from there carried to
the coach's own, which is a plain copying without any key.
"""

import contextlib
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from coachdesk.domain import backups as rules
from coachdesk.domain.backups import BackupState, ProvedBackup
from coachdesk.domain.permissions import Right
from coachdesk.errors import DeskBusy, Problem, Refused, Trouble
from coachdesk.i18n import N_
from coachdesk.services import backup_state, removed, rights
from coachdesk.services.carrying import Carried, Carrying, local_folder
from coachdesk.services.desk import Desk
from coachdesk.store import backup, copying, gone, kept_files, proof
from coachdesk.store.access_log import Head
from coachdesk.store.backup import Cancelled, Manifest, Progress
from coachdesk.store.keys import wipe


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
        backup_state.note_folder(unit, folder)
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
    backup_state.note_made(desk, backup.read(made), why)
    return made


def at_lock(desk: Desk) -> Callable[[], object] | None:
    """What is to be done after the desk was locked, on any thread: a backup where something changed.

    It is begun here, since it needs the keys; the desk notes it when it is opened the next time.
    """
    try:
        if not _due(desk):
            return None
        to = backup_state.of(desk).folder
        begun, local = begin(desk), local_folder(desk.folder)
    except Problem:
        return None  # a store that cannot be read is told when it is opened
    now, desk_id = desk.clock.now(), desk.keyfile.desk_id

    def carry_out() -> None:
        try:
            begun.carry_out(local, local)
            copying.thin(local, desk_id, now)
            carried = Carrying(local=local, to=to, desk_id=desk_id, now=now).carry() if to else Carried()
            backup_state.tell_later(desk.folder, carried.problem)
        except Problem as problem:
            backup_state.tell_later(desk.folder, problem)
            raise

    return carry_out


def tend(desk: Desk, cancelled: Cancelled | None = None) -> Carrying | None:
    """Do what is due while the desk is open: note, let go, make, prove; what is then to be carried.

    A problem is kept and told by ``state``, not raised.
    """
    with contextlib.suppress(Problem, OSError):
        _note_made_at_lock(desk)
        backup_state.note_untold(desk)
        removed.purge(desk)
    before, now, proved = backup_state.of(desk), desk.clock.now(), False
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
            backup_state.keep_problem(desk, backup_state.TROUBLE, problem)
    return carrying(desk, look_through=proved)


def carrying(desk: Desk, *, look_through: bool = False) -> Carrying | None:
    """What is to be carried to the coach's own folder, where there is one and a backup."""
    found = backup_state.of(desk)
    if found.folder is None or found.made is None:
        return None
    return Carrying(
        local=local_folder(desk.folder),
        to=found.folder,
        desk_id=desk.keyfile.desk_id,
        now=desk.clock.now(),
        look_through=look_through,
    )


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
        backup_state.keep_problem(
            desk, backup_state.UNPROVED, problem, act="backup.not_proved", name=newest.name
        )
        raise
    backup_state.note_proved(desk, found)
    return found


def kept_heads(desk: Desk, *, far: bool = True) -> tuple[Head, ...]:
    """The heads of the log that the newest backups keep; what cannot be read keeps none.

    ``far``: also that in the coach's own folder, which may be a slow share.
    """
    with desk.reading() as unit:
        now = backup_state.read(unit)
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
        due = rules.is_due(backup_state.has_changed(unit), backup_state.read(unit).made, unit.at)
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
    newest, now = _newest(desk), backup_state.of(desk)
    if newest is None:
        return
    made = rules.moment_of(newest.name)
    if made is None or (now.made is not None and made <= now.made.astimezone(UTC).replace(microsecond=0)):
        return
    if now.restored is None or made > now.restored.astimezone(UTC):
        backup_state.note_made(desk, backup.read(newest), "")


def _try_to_write(folder: Path) -> None:
    tried = folder / ".coachdesk-try"
    try:
        tried.write_bytes(b"")
        tried.unlink()
    except OSError as error:
        raise Trouble(
            N_("CoachDesk cannot write into {folder}."), field="folder", folder=str(folder)
        ) from error
