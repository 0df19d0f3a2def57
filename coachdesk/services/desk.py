"""The desk while it is open: its transactions, its keys and its way to be locked.

A desk is a folder: ``desk.db`` (the encrypted store), ``desk.keys`` and its copy (the slots),
``desk.lock`` (one process), ``head.log`` (head of the log's chain), ``files/`` (attachments).
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from coachdesk.clock import Clock, MovedClock
from coachdesk.domain import permissions
from coachdesk.errors import DiskFull, Problem, Trouble
from coachdesk.i18n import N_
from coachdesk.store import (
    access_log,
    archive,
    attachments,
    engine,
    keys,
    meta,
    migration,
    standing_in,
    surroundings,
    tries,
)
from coachdesk.store.argon import FLOOR, KdfCost
from coachdesk.store.changes import Changes
from coachdesk.store.connections import Connections
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey
from coachdesk.store.lockfile import LockFile
from coachdesk.store.tries import Tries
from coachdesk.store.troubles import disk_troubles
from coachdesk.store.unit import Append, Unit

MADE_FOR = "made_for"  # the moment that the days of a demo desk end at


class Desk:
    """An open desk; ``writing()`` and ``reading()`` give its transactions."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        key: MasterKey,
        keyfile_: KeyFile,
        lock: LockFile | None = None,
        floor: KdfCost = FLOOR,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.coach_id: int = 0
        self.failed_before = Tries()
        self.odd: tuple[Trouble, ...] = ()
        self.gap_told = False  # that lines of the log are missing
        self.reason_for_lists = ""  # why other coaches' trainees stand in the lists, until the desk is locked
        self.keyfile = keyfile_
        self.floor = floor
        self._key = key
        self._lock = lock
        self._store_key = key.subkey("store")
        self._log_key = key.subkey("log")
        self.connections = Connections(folder / engine.NAME, self._store_key)
        self.changes = Changes()
        self.open = True

    def writing(self) -> Unit:
        """A transaction that may write: nothing lasts before its ``commit()``.

        Raises:
            Trouble: the desk was locked, as while an answer of the network was waited for.
        """
        self._must_be_open()
        return self._unit(self._append, changes=self.changes)

    def looking(self) -> Unit:
        """A transaction that writes nothing but lines of the log about looks.

        Raises:
            Trouble: as ``writing``.
        """
        self._must_be_open()
        return self._unit(self._append)

    def reading(self) -> Unit:
        """A transaction that only reads; it sees the store as it was when it began.

        Raises:
            Trouble: as ``writing``.
        """
        self._must_be_open()
        return self._unit()

    def subkey(self, name: str) -> bytearray:
        """The key for one use (backup, device); the caller wipes it."""
        return self._key.subkey(name)

    @property
    def master(self) -> MasterKey:
        """K itself, for the services of keys only."""
        return self._key

    @property
    def openers(self) -> frozenset[int]:
        """The coaches who have a way in of their own."""
        return frozenset(slot.coach_id for slot in self.keyfile.of_kind(keys.PASSPHRASE) if slot.coach_id)

    @property
    def log_key(self) -> bytearray:
        """The key that the log is chained under."""
        return self._log_key

    def begin_day(self, coach_id: int) -> None:
        """Bring the store up to date, and go on as this coach, on the days that the desk lives on.

        Raises:
            NewerDesk, DeskDamaged, Trouble: as ``open_desk``.
        """
        migration.bring_up_to_date(self.connections.engine, self.folder / engine.NAME, self._store_key)
        self.coach_id = coach_id
        self.clock = _own_days(self, self.clock)
        with self.reading() as unit:
            known, last = attachments.files(unit), access_log.head(unit.connection)
        kept = access_log.read_head(self.folder)
        if kept is None or kept.seq <= last.seq:  # not of an older store: a newer one may name the others
            attachments.sweep(self.folder, known)  # what a kill left without a row

    def take_failed(self) -> Tries:
        """The tries that failed before this opening; told once."""
        failed, self.failed_before = self.failed_before, Tries()
        return failed

    def tell_tries(self, failed: Tries) -> None:
        """Write the tries that failed before this opening into the log, each as its own line."""
        if isinstance(self.clock, MovedClock):
            failed = tries.moved(failed, self.clock.by)
        self.failed_before = failed
        if not failed.wrong:
            return
        with self.writing() as unit:
            for one in failed.last:
                who = f"coach:{one.coach_id}" if one.coach_id else ""
                unit.log("unlock.failed", subject=who, after={"at": one.at, "kind": one.kind})
            if failed.wrong > len(failed.last):
                unit.log("unlock.failed", after={"earlier": failed.wrong - len(failed.last)})
            unit.commit()

    def look_around(self) -> None:
        """See what is odd around the desk; a clock set back is written into the log, and so told once."""
        with self.reading() as unit:
            last = access_log.last_at(unit.connection)
        back = None if isinstance(self.clock, MovedClock) else surroundings.set_back(last, self.clock.now())
        if back is not None:
            with contextlib.suppress(DiskFull), self.writing() as unit:
                unit.log("clock.back", after={"last": last})
                unit.commit()
        found = (back, surroundings.copies(self.folder), surroundings.share(self.folder))
        self.odd = tuple(trouble for trouble in found if trouble is not None)

    def take_odd(self) -> tuple[Trouble, ...]:
        """What is odd around the desk; told once at each opening."""
        odd, self.odd = self.odd, ()
        return odd

    def driver(self) -> Any:
        """A connection of the driver of its own, for checks and backups; the caller closes it."""
        return self.connections.driver()

    @contextmanager
    def still(self) -> Iterator[None]:
        """A time in which nobody has a connection to the store, for changing its keys.

        Raises:
            Refused: something is being read or saved for longer than one can wait.
        """
        with self.connections.still(), self.changes.within():
            yield

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """The only connection to the store, of the driver, for building it anew.

        Raises:
            Refused: something is being read or saved for longer than one can wait.
        """
        with self.connections.still(), self.changes.within():
            raw = engine.connect(self.folder / engine.NAME, self._store_key)
            try:
                yield raw
            finally:
                raw.close()

    def take_key(self, key: MasterKey, changed: KeyFile) -> None:
        """Go on with a new K, while ``still``: the old one is forgotten."""
        keys.wipe(self._store_key, self._log_key)
        self._key.wipe()
        self._key, self.keyfile = key, changed
        self._store_key, self._log_key = key.subkey("store"), key.subkey("log")
        self.connections.renew(self._store_key)

    def keep_head(self) -> None:
        """Write the head of the log outside the store: at lock, close, backup and seal.

        One whose line is gone from the log stays until that was told: else a lock before the look at the
        whole log would take away what shows it.
        """
        with self.reading() as unit:
            found = access_log.head(unit.connection)
            if not (self.gap_told or access_log.holds(unit.connection, access_log.read_head(self.folder))):
                return
        with disk_troubles(self.folder):
            access_log.write_head(self.folder, found)
            if isinstance(self.clock, MovedClock):  # the door tells when it was used: on its own days
                moment = self.clock.now().timestamp()
                os.utime(self.folder / access_log.HEAD, (moment, moment))

    def close(self) -> None:
        """Keep the head of the log, close every connection, forget the keys; twice does no harm."""
        try:
            if self.open:
                with contextlib.suppress(Problem):
                    self.keep_head()
        finally:
            if self.open:
                self.let_go()
            if self._lock is not None:  # none while the desk is being made: its maker keeps K
                self._lock.release()
                self._key.wipe()

    def _must_be_open(self) -> None:
        """A closed desk has no keys: what would be opened with none looks damaged, and is not."""
        if not self.open:
            raise Trouble(
                N_("CoachDesk was locked in the middle. See whether it was done, and do it once more if not.")
            )

    def let_go(self) -> None:
        """Close every connection and forget the keys made of K."""
        self.open = False
        self.connections.close()
        keys.wipe(self._store_key, self._log_key)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _unit(self, append: Append | None = None, changes: Changes | None = None) -> Unit:
        take, leave, at = self.connections.take, self.connections.leave, self.clock.now()
        return Unit(take, leave=leave, at=at, coach_id=self.coach_id, append=append, changes=changes)

    def _append(self, unit: Unit, act: str, **line: Any) -> None:
        trainee_id = line.get("trainee_id")
        if trainee_id is not None:
            archive.refuse_writing(unit, trainee_id, act)
        if trainee_id is not None and not permissions.is_done_together(act):
            line["why"] = line.get("why") or standing_in.reason(unit, self.coach_id, self.openers, trainee_id)
        entry = access_log.Entry(at=unit.at, coach_id=unit.coach_id, act=act, **line)
        access_log.append(unit.connection, self._log_key, entry)
        self._must_be_open()  # locked meanwhile: the line was chained under a key that is wiped


def _own_days(desk: Desk, clock: Clock) -> Clock:
    """A desk made for a moment, as the demo is, goes on from that moment; every other lives today."""
    with desk.reading() as unit:
        kept = meta.get(unit, MADE_FOR)
    return MovedClock(clock, datetime.fromisoformat(kept) - clock.now()) if kept else clock
