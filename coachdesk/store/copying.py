"""Making a backup: the store, as it was at one moment, under a new key, then written whole into a folder.

``Copying`` is begun while the desk is open and carried out on any thread, also after the desk was locked:
it has a connection of its own and no key of the desk.
"""

import contextlib
import errno
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coachdesk.domain import backups
from coachdesk.errors import DeskBusy, DiskFull, Problem, Trouble
from coachdesk.i18n import N_
from coachdesk.store import backup, engine, kept_files, pages, parts, troubles
from coachdesk.store.access_log import START, Head
from coachdesk.store.backup import Backup, Cancelled, Manifest, Progress, stop_where
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey, canonical, wipe
from coachdesk.store.lockfile import LockFile
from coachdesk.whole_file import HALF

AT_ONCE = 512  # pages, two megabytes: between two looks at whether to stop
_STEPS = 50_000  # of SQLite's own machine, likewise while rows are counted
_OUR_HALF = re.compile(r"\.coachdesk-[0-9a-f]{8}-[^/]*\.half(-wal|-shm|-journal)?")


class Copying:
    """One backup being made; see the module.  ``close`` ends it, also one never carried out."""

    def __init__(
        self,
        folder: Path,
        source: Any,
        *,
        backup_key: bytearray,
        keyfile: KeyFile,
        at: datetime,
        coach_id: int,
    ) -> None:
        self.desk_id, self.made = keyfile.desk_id, at
        self._attachments = folder / "files"
        self._coach_id = coach_id
        self._store = folder / engine.NAME
        self._source = source
        engine.BEING_COPIED.add(self._store)
        self._key = MasterKey.new()
        self._content = self._begun(keyfile, backup_key)

    def _begun(self, keyfile: KeyFile, backup_key: bytearray) -> dict[str, Any]:
        content: dict[str, Any] = {
            "format": backup.FORMAT,
            "version": backup.VERSION,
            "desk": self.desk_id,
            "made": self.made.isoformat(timespec="seconds"),
            "keyfile": keyfile.text(keyfile.mac).decode(),
        }
        nonce = secrets.token_bytes(12)
        wrapped = self._key.wrapped(backup_key, nonce, backup.bound(content))
        return {**content, "nonce": nonce.hex(), "wrapped": wrapped.hex()}

    def carry_out(
        self,
        to: Path,
        scratch: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Path:
        """Copy the store into ``scratch`` and from there, whole or not at all, into the folder ``to``.

        Raises:
            DiskFull: no room; nothing half is left.
            Trouble: a folder cannot be written.
            DeskDamaged: the store itself cannot be read.
            Refused: cancelled.
        """
        copy = scratch / f".coachdesk-{self.desk_id[:8]}-{secrets.token_hex(4)}{HALF}"
        try:
            with making(to), alone_in(scratch):
                if not to.parent.is_dir():  # mistyped, or the stick is not in: none is made on this disk
                    raise Trouble(N_("There is no folder {folder}."), folder=str(to.parent))
                to.mkdir(exist_ok=True)
                stop_where(cancelled)
                manifest = self._copy(copy, cancelled)
                stop_where(cancelled)
                # after the store: a file is written before its row, so every row copied has its file
                files = kept_files.keep(self._attachments, to, self.desk_id, cancelled)
                head = self._head(copy, manifest, files, cancelled)
                return parts.join(to / self._free_name(to), head, copy, progress, cancelled)
        finally:
            remove(copy)
            self.close()

    def close(self) -> None:
        """Let go of the connection and the key."""
        self._source.close()
        engine.BEING_COPIED.discard(self._store)
        self._key.wipe()

    def _copy(self, to: Path, cancelled: Cancelled | None) -> Manifest:
        """Page by page within one reading transaction: what is saved meanwhile begins nothing anew."""
        key = self._key.subkey("store")
        target = None
        try:
            target = engine.connect(to, key, new=True)
            for raw in (self._source, target):
                raw.set_progress_handler(lambda: bool(cancelled and cancelled()), _STEPS)
            target.execute("PRAGMA journal_mode = DELETE")
            target.execute("PRAGMA synchronous = OFF")  # a copy that is cut off is thrown away
            self._source.execute("BEGIN")  # what is counted is what is copied
            manifest = self._manifest()
            self._source.backup(target, pages=AT_ONCE, progress=lambda *_of: stop_where(cancelled))
            self._source.execute("ROLLBACK")
            target.execute("PRAGMA journal_mode = DELETE")
            same = counts_of(target) == dict(manifest.counts)
            target.close()
            target = None
            if not same or pages.damaged(to, key, cancelled):
                raise Trouble(N_("The backup could not be made: the copy differs from the desk."))
            return manifest
        except dbapi2.Error as error:
            stop_where(cancelled)  # interrupted while it counted
            raise troubles.of_store(error, to.parent) or error from error
        finally:
            if target is not None:
                target.close()
            wipe(key)

    def _manifest(self) -> Manifest:
        last = self._source.execute("SELECT seq, mac FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        return Manifest(
            at=self.made,
            coach_id=self._coach_id,
            revision=str(self._source.execute("SELECT version_num FROM alembic_version").fetchone()[0]),
            head=Head(seq=last[0], mac=last[1]) if last else Head(seq=0, mac=START),
            counts=counts_of(self._source),
        )

    def _head(
        self, copy: Path, manifest: Manifest, files: Mapping[str, str], cancelled: Cancelled | None
    ) -> bytes:
        sums = []
        with copy.open("rb") as file:
            while part := file.read(backup.PART):
                stop_where(cancelled)
                sums.append(sha256(part).hexdigest())
            size = file.tell()
        nonce = secrets.token_bytes(12)
        sealed = backup.sealed(self._key, nonce, manifest).hex()
        content = {**self._content, "sealed": sealed, "size": size, "sums": sums, "files": files}
        return backup.head_of({**content, "mac": self._key.mac(canonical(content))})

    def _free_name(self, to: Path) -> str:
        number = 1
        while (to / (name := backups.name_of(self.desk_id, self.made, number))).exists():
            number += 1
        return name


def counts_of(raw: Any) -> dict[str, int]:
    """The number of rows of every table of a store."""
    tables = raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY name"
    ).fetchall()
    return {name: int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in tables}


def carry(
    found: Backup, to: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Path:
    """Carry a made backup, with the attachments it names, into another folder; needs no key.

    Raises:
        DiskFull, Trouble: the folder does not take it; nothing half is left.
        Refused: cancelled.
    """
    target = to / found.path.name
    with making(to):
        if target.exists() and target.stat().st_size == found.path.stat().st_size:
            return target
        kept_files.carry(found, to, cancelled)
        return parts.join(target, b"", found.path, progress, cancelled)


def made_in(folder: Path, desk_id: str = "") -> dict[Path, datetime]:
    """The backups of a desk, or of every desk, in a folder: the newest first.

    Raises:
        OSError: the folder cannot be listed.
    """
    found = {path: backups.moment_of(path.name, desk_id) for path in folder.iterdir()}
    named = [(made, len(path.name), path) for path, made in found.items() if made is not None]
    return {path: made for made, _second_of_its_moment, path in sorted(named, reverse=True)}


def thin(folder: Path, desk_id: str, now: datetime, keep: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Remove the backups that are not kept, and attachments that no newer backup can name; their names.

    ``keep`` names those that stay in any case.  What cannot be removed stays.
    """
    made = made_in(folder, desk_id)
    zone = now.tzinfo
    stay = backups.kept([one.astimezone(zone) for one in made.values()], now)
    gone = []
    for path, one in made.items():
        if one not in stay and path.name not in keep:
            with contextlib.suppress(OSError):
                path.unlink()
                gone.append(path.name)
    if gone:
        _thin_files(folder, desk_id)
    return tuple(gone)


def _thin_files(folder: Path, desk_id: str) -> None:
    """An attachment goes with the last backup that names it; a backup that cannot be read keeps all."""
    with contextlib.suppress(OSError, Problem):
        read = [backup.read(path) for path in made_in(folder, desk_id)]
        kept_files.drop_unnamed(folder, desk_id, read)


@contextmanager
def alone_in(scratch: Path) -> Iterator[None]:
    """One at a time makes or proves backups in a folder; what a killed one left is taken away first.

    Raises:
        DeskBusy: another one is at it.
        OSError, Trouble: the folder cannot be written.
    """
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = LockFile(scratch)
    try:
        lock.take()
    except DeskBusy as error:
        raise DeskBusy(N_("A backup is being made or proved just now. Try again in a moment.")) from error
    try:
        clear_halves(scratch)
        yield
    finally:
        lock.release()


def remove(path: Path) -> None:
    """Remove a scratch store with what SQLite put beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


def clear_halves(folder: Path) -> None:
    """Remove what a killed backup left; called where no other is being made."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _OUR_HALF.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    path.unlink()


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Says what went wrong while a backup is written, and that the desk is safe.

    Raises:
        DiskFull, Trouble: the folder does not take it.
    """
    try:
        yield
    except DiskFull as error:
        raise _full(folder) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _full(folder) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Trouble(
                N_("The backup could not be made: {folder} cannot be written. Your data are safe."),
                folder=str(folder),
            ) from error
        raise Trouble(
            N_("The backup could not be made: the folder {folder} is gone. Your data are safe."),
            folder=str(folder),
        ) from error


def _full(folder: Path) -> DiskFull:
    return DiskFull(
        N_("The backup could not be made: there is no room in {folder}. Your data are safe."),
        folder=str(folder),
    )
