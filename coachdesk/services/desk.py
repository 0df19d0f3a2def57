"""The desk: made once, opened by a passphrase or the recovery key, locked and closed.

A desk is a folder: ``desk.db`` (the encrypted store), ``desk.keys`` and its copy (the slots),
``desk.lock`` (one process), ``head.log`` (head of the log's chain), ``files/`` (attachments).
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from coachdesk.clock import Clock
from coachdesk.errors import DeskDamaged, Problem, Refused
from coachdesk.i18n import N_
from coachdesk.store import access_log, argon, engine, keyfile, keys, meta, migration, recovery, tables
from coachdesk.store.argon import FLOOR, KdfCost
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey, Slot
from coachdesk.store.lockfile import LockFile
from coachdesk.store.troubles import disk_troubles
from coachdesk.store.unit import Unit

FILES = "files"
_MAKING = ".making-"


class Desk:
    """An open desk; ``writing()`` and ``reading()`` give its transactions."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        key: MasterKey,
        keyfile_: KeyFile,
        lock: LockFile,
        floor: KdfCost = FLOOR,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.coach_id: int = 0
        self.keyfile = keyfile_
        self.floor = floor
        self._key = key
        self._lock = lock
        self._store_key = key.subkey("store")
        self._log_key = key.subkey("log")
        self._engine = engine.make_engine(folder / engine.NAME, self._store_key)
        self.open = True

    def writing(self) -> Unit:
        """A transaction that may write: nothing lasts before its ``commit()``."""
        return Unit(self._connect_to_write, at=self.clock.now(), coach_id=self.coach_id, append=self._append)

    def reading(self) -> Unit:
        """A transaction that only reads; it sees the store as it was when it began."""
        return Unit(self._engine.connect, at=self.clock.now(), coach_id=self.coach_id)

    def subkey(self, name: str) -> bytearray:
        """The key for one use (backup, device); the caller wipes it."""
        return self._key.subkey(name)

    @property
    def master(self) -> MasterKey:
        """K itself, for the services of keys only."""
        return self._key

    @property
    def log_key(self) -> bytearray:
        """The key that the log is chained under."""
        return self._log_key

    def driver(self) -> Any:
        """A connection of the driver of its own, for checks and backups; the caller closes it."""
        return engine.connect(self.folder / engine.NAME, self._store_key)

    def keep_head(self) -> None:
        """Write the head of the log outside the store: at lock, close, backup and seal."""
        with self.reading() as unit:
            found = access_log.head(unit.connection)
        with disk_troubles(self.folder):
            access_log.write_head(self.folder, found)

    def close(self) -> None:
        """Keep the head of the log, close every connection, forget the keys; twice does no harm."""
        if not self.open:
            return
        try:
            with contextlib.suppress(Problem):
                self.keep_head()
        finally:
            self.let_go()
            self._key.wipe()
            self._lock.release()

    lock = close

    def let_go(self) -> None:
        """Close every connection and forget the keys made of K."""
        self.open = False
        self._engine.dispose()
        keys.wipe(self._store_key, self._log_key)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _connect_to_write(self) -> Connection:
        return self._engine.connect().execution_options(**{engine.WRITING: True})

    def _append(self, unit: Unit, act: str, **line: Any) -> None:
        entry = access_log.Entry(at=unit.at, coach_id=unit.coach_id, act=act, **line)
        access_log.append(unit.connection, self._log_key, entry)


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
    _refuse_taken(folder)
    key, desk_id, paper = MasterKey.new(), secrets.token_hex(16), recovery.new_key()
    groups = recovery.groups_of(paper)
    cost = cost or argon.calibrated()
    slots = (
        keys.passphrase_slot(key, desk_id, passphrase, coach_id=1, cost=cost, label=coach_name, floor=floor),
        keys.recovery_slot(key, desk_id, paper),
    )
    keys.wipe(paper)
    made = KeyFile(desk_id=desk_id, written=1, slots=slots)
    begin = partial(
        _begin, desk_id=desk_id, coach_name=coach_name, language=language, workshop_name=workshop_name
    )
    with disk_troubles(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_half_made(folder)
        beside = folder.with_name(f".{folder.name}{_MAKING}{secrets.token_hex(4)}")
        beside.mkdir(mode=0o700)
        try:
            _build(beside, made, key, clock, begin)
            _put_in_place(beside, folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    lock = LockFile(folder)
    lock.take()
    desk = Desk(folder, clock=clock, key=key, keyfile_=keyfile.read(folder)[0], lock=lock, floor=floor)
    desk.coach_id = 1
    return desk, groups


def open_desk(folder: Path, *, passphrase: str, clock: Clock, floor: KdfCost = FLOOR) -> Desk:
    """Open a desk with a coach's passphrase.

    Raises:
        WrongPassphrase: it opens no slot.
        DeskBusy: another process has the desk open.
        DeskDamaged: the key file or the store is not as it should be.
        NewerDesk: made by a newer program.
        Trouble: the folder cannot be written.
    """
    secret = keys.passphrase_bytes(passphrase)
    try:
        return _opened(Path(folder), keys.PASSPHRASE, secret, clock, floor)
    finally:
        keys.wipe(secret)


def open_desk_with_recovery(
    folder: Path, groups: tuple[str, ...], *, clock: Clock, floor: KdfCost = FLOOR
) -> Desk:
    """Open a desk with the paper key; a new passphrase is then set with ``keys.set_passphrase``.

    Raises:
        Refused: a group is mistyped; says which.
        WrongPassphrase: the key is of another desk.
        DeskBusy, DeskDamaged, NewerDesk, Trouble: as ``open_desk``.
    """
    secret = recovery.key_of(groups)
    try:
        return _opened(Path(folder), keys.RECOVERY, secret, clock, floor)
    finally:
        keys.wipe(secret)


def is_desk(folder: Path) -> bool:
    """Whether the folder holds a desk, or what is left of one."""
    return any((Path(folder) / name).exists() for name in (engine.NAME, keyfile.NAME, keyfile.COPY))


def first_run_step(desk: Desk) -> str:
    """The step at which the first run was left; empty when it is finished."""
    with desk.reading() as unit:
        return meta.get(unit, "first_run")


def remember_first_run(desk: Desk, step: str) -> None:
    """Remember the step, so that a closed window opens there again; empty ends the first run."""
    with desk.writing() as unit:
        if step:
            meta.put(unit, "first_run", step)
        else:
            meta.remove(unit, "first_run")
        unit.log("desk.first_run", after={"step": step})
        unit.commit()


def _opened(folder: Path, kind: str, secret: bytearray, clock: Clock, floor: KdfCost) -> Desk:
    folder = folder.absolute()
    if not is_desk(folder):
        raise DeskDamaged(N_("There is no desk in the folder {folder}."), folder=str(folder))
    lock = LockFile(folder)
    lock.take()
    try:
        engine.prove_encrypted(folder / engine.NAME)
        return _first_that_opens(folder, kind, secret, clock, floor, lock)
    except BaseException:
        lock.release()
        raise


def _first_that_opens(
    folder: Path, kind: str, secret: bytearray, clock: Clock, floor: KdfCost, lock: LockFile
) -> Desk:
    """The key file and its copy differ in desk only when one was laid there by mistake: try both."""
    problem: Problem | None = None
    for found in keyfile.read(folder):
        desk = None
        try:
            key, slot = _unlock(found, kind, secret, floor)
            desk = Desk(folder, clock=clock, key=key, keyfile_=found, lock=lock, floor=floor)
            migration.bring_up_to_date(desk._engine, folder / engine.NAME, desk._store_key)
            desk.coach_id = slot.coach_id or _first_coach(found)
            keyfile.heal(folder, found, key)
            return desk
        except Problem as error:
            problem = problem or error
            if desk is not None:
                desk.let_go()
                desk.master.wipe()
    assert problem is not None
    raise problem


def _unlock(found: KeyFile, kind: str, secret: bytearray, floor: KdfCost) -> tuple[MasterKey, Slot]:
    problem: Problem = keys.wrong(kind)
    for slot in found.of_kind(kind):
        try:
            key = keys.open_slot(slot, found.desk_id, secret, floor)
        except Problem as error:
            problem = error
            continue
        if not found.genuine(key):
            key.wipe()
            raise DeskDamaged(
                N_("Somebody changed the key file of the desk. Take desk.keys from a backup of this desk.")
            )
        return key, slot
    raise problem


def _first_coach(found: KeyFile) -> int:
    return next((slot.coach_id for slot in found.slots if slot.coach_id), 1)


def _refuse_taken(folder: Path) -> None:
    with disk_troubles(folder):
        if is_desk(folder):
            raise Refused(
                N_("There is already a desk in the folder {folder}."), field="folder", folder=str(folder)
            )
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(
                N_("The folder {folder} is not empty. Choose another for the desk."),
                field="folder",
                folder=str(folder),
            )


def _clear_half_made(folder: Path) -> None:
    """Take away what a killed making left beside; one still being made holds its lock."""
    for left in folder.parent.glob(f".{folder.name}{_MAKING}*"):
        lock = LockFile(left)
        try:
            lock.take()
        except Problem:
            continue
        lock.release()
        shutil.rmtree(left, ignore_errors=True)


def _build(folder: Path, made: KeyFile, key: MasterKey, clock: Clock, begin: Callable[[Desk], None]) -> None:
    """Everything a desk needs, in a folder that is not the desk's yet."""
    lock = LockFile(folder)
    lock.take()
    (folder / FILES).mkdir(mode=0o700)
    path, store_key = folder / engine.NAME, key.subkey("store")
    try:
        engine.connect(path, store_key, new=True).close()
        migration.upgrade(path, store_key)
        keyfile.save(folder, made, key)
        desk = Desk(folder, clock=clock, key=key, keyfile_=made, lock=lock)
        try:
            begin(desk)
            desk.keep_head()
        finally:
            desk.let_go()
        engine.prove_encrypted(path)
    finally:
        keys.wipe(store_key)
        lock.release()


def _begin(desk: Desk, *, desk_id: str, coach_name: str, language: str, workshop_name: str) -> None:
    """The first rows: who works here, where, and that the first run is not finished."""
    names = {"name_sv" if language == "sv" else "name_fi": workshop_name}
    with desk.writing() as unit:
        unit.coach_id = desk.coach_id = 1
        unit.connection.execute(insert(tables.coach).values(id=1, name=coach_name, language=language))
        unit.connection.execute(insert(tables.workshop).values(id=1, **names))
        meta.put(unit, "desk_id", desk_id)
        meta.put(unit, "made", unit.at.isoformat())
        meta.put(unit, "first_run", "recovery")
        unit.log("desk.create", after={"coach": coach_name, "workshop": workshop_name, "language": language})
        unit.commit()


def _put_in_place(beside: Path, folder: Path) -> None:
    if os.name == "nt" and folder.exists():
        folder.rmdir()  # empty: looked at before
    keyfile.sync_folder(beside)
    beside.rename(folder)
    keyfile.sync_folder(folder.parent)
