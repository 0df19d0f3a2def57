"""Making a desk and opening it: by a coach's passphrase, or by the recovery key."""

import secrets
from pathlib import Path

from coachdesk.clock import Clock
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.errors import DeskDamaged, DiskFull, Problem, WrongPassphrase
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import (
    argon,
    engine,
    keyfile,
    keys,
    making,
    memory,
    meta,
    recovery,
    rotation,
    tries,
    workshops,
)
from coachdesk.store.argon import FLOOR, KdfCost
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey
from coachdesk.store.lockfile import LockFile
from coachdesk.store.unlocking import first_coach, unlock

_FIRST_COACH = 1


def create_desk(
    folder: Path,
    *,
    passphrase: str,
    coach_name: str,
    language: str,
    workshop_name: str,
    clock: Clock,
    cost: KdfCost | None = None,
    floor: KdfCost = FLOOR,
) -> tuple[Desk, tuple[str, ...]]:
    """Make a desk and open it; also returns the eight groups of its recovery key.

    It is built in a folder beside and renamed, so a kill leaves no half desk.  ``cost`` is measured on
    this computer unless given; never below ``floor``, which only tests lower.

    Raises:
        Refused: the folder already holds something.
        Trouble: the disk is full or the folder cannot be written.
    """
    folder = Path(folder).absolute()
    memory.keep_private()
    making.refuse_taken(folder)
    key, desk_id, paper = MasterKey.new(), secrets.token_hex(16), recovery.new_key()
    groups = recovery.groups_of(paper)
    slots = (
        keys.passphrase_slot(
            key,
            desk_id,
            passphrase,
            coach_id=_FIRST_COACH,
            cost=cost or argon.calibrated(),
            label=coach_name,
            floor=floor,
        ),
        keys.recovery_slot(key, desk_id, paper, label=workshop_name),
    )
    keys.wipe(paper)
    made = KeyFile(desk_id=desk_id, written=1, slots=slots)
    with making.beside(folder) as half:
        making.lay_out(half, made, key)
        with Desk(half, clock=clock, key=key, keyfile_=made) as desk:
            desk.coach_id = _FIRST_COACH
            _begin(desk, coach_name, language, workshop_name)
        engine.prove_encrypted(half / engine.NAME)
    return _just_made(folder, key, clock, floor), groups


def open_desk(
    folder: Path, *, passphrase: str, clock: Clock, floor: KdfCost = FLOOR, coach_id: int | None = None
) -> Desk:
    """Open a desk with a coach's passphrase; ``coach_id`` is who was chosen, where several can open it.

    Raises:
        TooSoon: after wrong tries one waits a little.
        WrongPassphrase: it opens no slot.
        DeskBusy: another process has the desk open.
        DeskDamaged: the key file or the store is not as it should be.
        NewerDesk: made by a newer program.
        Trouble: the folder cannot be written.
    """
    secret = keys.passphrase_bytes(passphrase)
    try:
        return _opened(Path(folder), keys.PASSPHRASE, secret, clock, floor, coach_id)
    finally:
        keys.wipe(secret)


def open_desk_with_recovery(
    folder: Path, groups: tuple[str, ...], *, clock: Clock, floor: KdfCost = FLOOR
) -> Desk:
    """Open a desk with the paper key; a new passphrase is then set with ``keys.set_passphrase``.

    Raises:
        Refused: a group is mistyped; says which.
        WrongPassphrase: the key is of another desk.
        TooSoon, DeskBusy, DeskDamaged, NewerDesk, Trouble: as ``open_desk``.
    """
    secret = recovery.key_of(groups)
    try:
        return _opened(Path(folder), keys.RECOVERY, secret, clock, floor)
    finally:
        keys.wipe(secret)


def _opened(
    folder: Path, kind: str, secret: bytearray, clock: Clock, floor: KdfCost, coach_id: int | None = None
) -> Desk:
    folder = folder.absolute()
    memory.keep_private()
    making.finish(folder)
    if not making.is_desk(folder):
        raise DeskDamaged(N_("There is no desk in the folder {folder}."), folder=str(folder))
    lock = LockFile(folder)
    lock.take()
    try:
        rotation.finish(folder)
        engine.prove_encrypted(folder / engine.NAME)
        begun = tries.begin(folder)
        try:
            desk = _first_that_opens(folder, kind, secret, clock, floor, lock, coach_id)
        except WrongPassphrase as error:
            failed = tries.fail(folder, begun, tries.made_at(clock.now(), kind, coach_id))
            error.values = {**error.values, "seconds": tries.seconds_after(failed.wrong)}
            raise
        except BaseException:
            tries.drop(folder, begun)
            raise
        try:
            _tell(desk, begun)
            desk.look_around()
        except BaseException:
            desk.close()
            raise
        return desk
    except BaseException:
        lock.release()
        raise


def _tell(desk: Desk, begun: tries.Tries) -> None:
    """Tell and log the tries before this one; on a full disk they wait for the next opening too."""
    try:
        desk.tell_tries(tries.told(begun))
        tries.clear(desk.folder)
    except DiskFull:
        tries.drop(desk.folder, begun)


def _first_that_opens(
    folder: Path,
    kind: str,
    secret: bytearray,
    clock: Clock,
    floor: KdfCost,
    lock: LockFile,
    coach_id: int | None,
) -> Desk:
    """The copy is tried too when the key file is another desk's or was tampered with."""
    problem: Problem | None = None
    files = keyfile.read(folder)
    for found in files:
        if isinstance(problem, WrongPassphrase) and found.desk_id == files[0].desk_id:
            break  # an older copy would only open with a passphrase that was changed since
        desk = None
        try:
            key, slot = unlock(found, kind, secret, floor, coach_id)
            desk = Desk(folder, clock=clock, key=key, keyfile_=found, lock=lock, floor=floor)
            desk.begin_day(slot.coach_id or first_coach(found))
            keyfile.heal(folder, found)
            return desk
        except Problem as error:
            problem = problem or error
            if desk is not None:
                desk.let_go()
                desk.master.wipe()
    assert problem is not None
    raise problem


def _just_made(folder: Path, key: MasterKey, clock: Clock, floor: KdfCost) -> Desk:
    lock = LockFile(folder)
    lock.take()
    desk = Desk(folder, clock=clock, key=key, keyfile_=keyfile.read(folder)[0], lock=lock, floor=floor)
    desk.coach_id = _FIRST_COACH
    return desk


def _begin(desk: Desk, coach_name: str, language: str, workshop_name: str) -> None:
    """The first rows: who works here, where, and that the first run is not finished."""
    fi, sv = ("", workshop_name) if language == "sv" else (workshop_name, "")
    with desk.writing() as unit:
        workshops.COACHES.add(unit, Coach(id=_FIRST_COACH, name=coach_name, language=language, role="lead"))
        workshops.WORKSHOPS.add(unit, Workshop(id=1, name_fi=fi, name_sv=sv))
        meta.put(unit, "desk_id", desk.keyfile.desk_id)
        meta.put(unit, "made", unit.at.isoformat())
        meta.put(unit, "first_run", "recovery")
        unit.log("desk.create", after={"coach": coach_name, "workshop": workshop_name, "language": language})
        unit.commit()
