"""Restoring a backup: into an empty place, or in place of a desk, which is then set aside and never lost.

The restored desk knows that it is one: its log says so, and towards each region a new row of numbers
begins, since the desk that was lost may have sent what this one has forgotten.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from coachdesk.clock import HELSINKI, Clock
from coachdesk.domain.backups import ProvedBackup
from coachdesk.errors import DeskBusy, Problem, Unreadable, WrongPassphrase
from coachdesk.i18n import N_
from coachdesk.services.backup_state import RESTORED
from coachdesk.services.backups_found import refuse_wrong_place
from coachdesk.services.carrying import local_folder
from coachdesk.services.desk import Desk
from coachdesk.store import (
    access_log,
    backup,
    copying,
    engine,
    enrolments,
    gone,
    kept_files,
    keyfile,
    keys,
    making,
    meta,
    outbox,
    proof,
    recovery,
)
from coachdesk.store.argon import FLOOR, KdfCost
from coachdesk.store.backup import Backup, Cancelled, Manifest, Progress
from coachdesk.store.keys import MasterKey, wipe
from coachdesk.store.lockfile import LockFile
from coachdesk.store.troubles import disk_troubles
from coachdesk.store.unit import Unit
from coachdesk.store.unlocking import first_coach


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What opens a backup: the passphrase, or the eight groups, of the day it was made."""

    passphrase: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored, and where the desk that stood there lies now; ``newer`` counts the lines of the
    log that only that one has, ``lost`` the attachments that did not lie beside the backup, ``again`` the
    coaches whose way in had been taken away since, ``back`` the people who were removed for good since."""

    folder: Path
    made: datetime
    aside: Path | None = None
    newer: int = 0
    lost: int = 0
    again: tuple[str, ...] = ()
    back: int = 0


def restore(
    path: Path,
    folder: Path,
    secret: Secret,
    *,
    clock: Clock,
    floor: KdfCost = FLOOR,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Restored:
    """Restore a backup; the desk in the folder is set aside beside it.

    Raises:
        Refused: of another desk, the folder holds something else, or cancelled.
        WrongPassphrase: the secret is not of the day the backup was made.
        DeskBusy: the desk in the folder is open.
        NewerDesk, Unreadable: no backup, torn, damaged, of a newer program, or its disk is gone.
        DiskFull, Trouble: no room, or the place cannot be written.  In each case all is as it was.
    """
    folder = Path(folder).absolute()
    making.finish(folder)
    refuse_wrong_place(path, folder)
    found = backup.read(Path(path))
    key, coach_id = _unlock(found, secret, floor)
    try:
        with _held(folder) as release:
            aside = _aside(folder, clock)
            with making.instead_of(folder, aside) as half:
                manifest = _fill(half, found, key, progress, cancelled)
                lost = kept_files.put(found, half / making.FILES)
                removed = _removed_since(folder, found)
                gone.add(half, found.desk_id, removed)
                back = _begin_anew(half, found, key, coach_id, clock, floor, removed)
                backup.stop_where(cancelled)
                newer, again = _newer(folder, manifest), _let_in_again(folder, found)
                release()
    finally:
        key.wipe()
    return Restored(
        folder=folder,
        made=manifest.at.astimezone(HELSINKI),
        aside=aside if aside.exists() else None,
        newer=newer,
        lost=len(lost),
        again=again,
        back=back,
    )


def prove(
    path: Path,
    secret: Secret,
    *,
    floor: KdfCost = FLOOR,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ProvedBackup:
    """Restore a backup into scratch, look through it and throw the scratch away.

    Raises:
        WrongPassphrase, NewerDesk, Unreadable, Refused: as ``restore``.
        DiskFull, Trouble: no room for the scratch.
    """
    found = backup.read(Path(path))
    backup.prove_whole(found, cancelled=cancelled)
    key, _coach = _unlock(found, secret, floor)
    try:
        with tempfile.TemporaryDirectory(prefix="coachdesk-proof-") as name:
            scratch = Path(name)
            with disk_troubles(scratch):
                done = proof.prove(found, key, scratch, progress, cancelled)
    finally:
        key.wipe()
    made = done.manifest.at.astimezone(HELSINKI)
    return ProvedBackup(name=found.path.name, made=made, lines=done.lines, rows=done.rows)


def finish_restoring(folder: Path) -> None:
    """Put a restored desk in its place where the computer was cut off at the last step."""
    making.finish(Path(folder).absolute())


def _unlock(found: Backup, secret: Secret, floor: KdfCost) -> tuple[MasterKey, int]:
    kind = keys.RECOVERY if secret.groups else keys.PASSPHRASE
    typed = recovery.key_of(secret.groups) if secret.groups else keys.passphrase_bytes(secret.passphrase)
    try:
        for slot in found.keyfile.of_kind(kind):
            with contextlib.suppress(WrongPassphrase):
                key = keys.open_slot(slot, found.desk_id, typed, floor)
                return key, slot.coach_id or first_coach(found.keyfile)
    finally:
        wipe(typed)
    raise _wrong(kind)


def _wrong(kind: str) -> WrongPassphrase:
    if kind == keys.RECOVERY:
        return WrongPassphrase(
            N_("This recovery sheet does not open the backup. Use the sheet of the day it was made.")
        )
    return WrongPassphrase(
        N_("The passphrase does not open the backup. Use the one of the day it was made, or the sheet.")
    )


@contextmanager
def _held(folder: Path) -> Iterator[Callable[[], None]]:
    """The desk in the folder, so that no process has it open; ``release`` is called before it is moved."""
    if not making.is_desk(folder):
        yield lambda: None
        return
    if folder / engine.NAME in engine.BEING_COPIED:
        raise DeskBusy(N_("A backup is being made or proved just now. Try again in a moment."))
    lock = LockFile(folder)
    lock.take()
    try:
        yield lock.release
    finally:
        lock.release()


def _aside(folder: Path, clock: Clock) -> Path:
    stamp, number = clock.now().strftime("%Y-%m-%dT%H%M"), 1
    while (aside := folder.with_name(_aside_name(folder.name, stamp, number))).exists():
        number += 1
    return aside


def _aside_name(name: str, stamp: str, number: int) -> str:
    return f"{name}-set-aside-{stamp}" + ("" if number == 1 else f"-{number}")


def _fill(
    half: Path, found: Backup, key: MasterKey, progress: Progress | None, cancelled: Cancelled | None
) -> Manifest:
    """The files of the restored desk: its store under its own key again, both key files, the head."""
    (half / making.FILES).mkdir(mode=0o700)
    store_key = key.subkey("store")
    try:
        with proof.unpacked(found, key, half, progress, cancelled) as (path, own, manifest):
            source = engine.connect(path, own)
            target = engine.connect(half / engine.NAME, store_key, new=True)
            try:
                source.backup(target)
                whole = copying.counts_of(target) == dict(manifest.counts)
            finally:
                target.close()
                source.close()
        if not whole:
            raise Unreadable(
                N_("The backup {name} was made of a damaged desk, or is damaged inside. Choose another."),
                name=found.path.name,
            )
    finally:
        wipe(store_key)
    keyfile.save(half, found.keyfile, key)
    access_log.write_head(half, manifest.head)
    return manifest


def _begin_anew(
    half: Path,
    found: Backup,
    key: MasterKey,
    coach_id: int,
    clock: Clock,
    floor: KdfCost,
    removed: frozenset[int],
) -> int:
    """The first act of a restored desk: it says that it is one, here and towards each region.

    How many of those who were removed since the backup was made stand in it again.
    """
    inside = keyfile.read(half)[0]
    with Desk(half, clock=clock, key=key, keyfile_=inside, floor=floor) as desk:
        desk.begin_day(coach_id)
        with desk.writing() as unit:
            for region in enrolments.REGIONS.find(unit):
                _begin_row(unit, region)
            meta.put(unit, RESTORED, unit.at.isoformat())
            back = gone.remember(unit, removed)
            unit.log(
                "backup.restored",
                subject=found.path.name,
                after={"made": found.made.isoformat(), "restored": unit.at.isoformat()},
            )
            unit.commit()
    return back


def _removed_since(folder: Path, found: Backup) -> frozenset[int]:
    """Who was removed for good at any time, by the lists beside the desk and beside the backups."""
    places = (folder, local_folder(folder), found.path.parent)
    return frozenset().union(*(gone.read(place, found.desk_id) for place in places))


def _begin_row(unit: Unit, region: enrolments.RegionRow) -> None:
    epoch = region.epoch + 1
    outbox.supersede(unit, region.id, epoch)
    enrolments.REGIONS.put(unit, replace(region, epoch=epoch, missing=None))
    unit.log("outbox.begin_anew", subject=f"region:{region.id}", after={"epoch": epoch})


def _let_in_again(folder: Path, found: Backup) -> tuple[str, ...]:
    """Who can open the backup's desk and not the one in the folder: they were removed in between."""
    with contextlib.suppress(Problem):
        now = {slot.coach_id for slot in keyfile.read(folder)[0].of_kind(keys.PASSPHRASE)}
        then = found.keyfile.of_kind(keys.PASSPHRASE)
        return tuple(slot.label for slot in then if slot.coach_id not in now)
    return ()


def _newer(folder: Path, manifest: Manifest) -> int:
    """How many lines the log of the desk in the folder has that the backup does not know."""
    kept = access_log.read_head(folder)
    return max(0, kept.seq - manifest.head.seq) if kept else 0
