"""Proof of a backup: restored into scratch that is itself encrypted, looked through, taken away again."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from coachdesk.errors import NewerDesk, Trouble, Unreadable
from coachdesk.i18n import N_
from coachdesk.store import access_log, backup, copying, engine, kept_files, migration, pages
from coachdesk.store.backup import Backup, Cancelled, Manifest, Progress, stop_where
from coachdesk.store.keys import MasterKey, wipe
from coachdesk.whole_file import HALF

STEPS = 50_000  # of SQLite's own machine between two looks at whether to stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a trial restore found."""

    lines: int
    rows: int
    manifest: Manifest


def prove(
    found: Backup,
    key: MasterKey,
    scratch: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Proven:
    """Restore a backup into a file in ``scratch`` and look through it.

    Raises:
        Unreadable: a part, a page, a row, the log or an attachment is not as when it was made.
        NewerDesk: its schema is newer than this program.
        Refused: cancelled.
        OSError: the scratch cannot be written.
    """
    with unpacked(found, key, scratch, progress, cancelled) as (path, own, manifest):
        if pages.damaged(path, own, cancelled):
            raise _not_proved(found)
        raw = engine.connect(path, own)
        raw.set_progress_handler(lambda: bool(cancelled and cancelled()), STEPS)  # a lock waits for nothing
        try:
            for pragma in ("integrity_check", "foreign_key_check"):
                stop_where(cancelled)
                if [row for row in raw.execute(f"PRAGMA {pragma}").fetchall() if row[0] != "ok"]:
                    raise _not_proved(found)
            rows = _rows(raw, found, manifest)
        except dbapi2.OperationalError:
            stop_where(cancelled)
            raise
        finally:
            raw.close()
        stop_where(cancelled)
        lines = _lines(path, own, found, key, manifest, cancelled)
        for name, total in found.files.items():
            stop_where(cancelled)
            if not kept_files.is_whole(found, name, total):
                raise Unreadable(
                    N_("An attachment of the backup {name} is missing or damaged."), name=found.path.name
                )
    return Proven(lines=lines, rows=rows, manifest=manifest)


@contextmanager
def unpacked(
    found: Backup,
    key: MasterKey,
    scratch: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[tuple[Path, bytearray, Manifest]]:
    """The store of a backup as a file of its own, with the key that opens it; both are gone afterwards.

    Raises:
        Unreadable, NewerDesk, Refused, OSError: as ``prove``.
    """
    own, manifest = found.opened(key)
    store_key = own.subkey("store")
    own.wipe()
    path = scratch / f".coachdesk-{found.desk_id[:8]}-{secrets.token_hex(4)}{HALF}"
    try:
        if manifest.revision not in migration.REVISIONS:
            raise NewerDesk(N_("This backup was made by a newer CoachDesk. Update the program."))
        backup.extract(found, path, progress, cancelled)
        yield path, store_key, manifest
    finally:
        wipe(store_key)
        copying.remove(path)


def _rows(raw: Any, found: Backup, manifest: Manifest) -> int:
    counts = copying.counts_of(raw)
    if counts != dict(manifest.counts):
        raise _not_proved(found)
    return sum(counts.values())


def _lines(
    path: Path,
    own: bytearray,
    found: Backup,
    key: MasterKey,
    manifest: Manifest,
    cancelled: Cancelled | None,
) -> int:
    """The chain of the log against the head that was kept when the backup was made."""
    log_key = key.subkey("log")
    opened = engine.make_engine(path, own)
    try:
        with opened.connect() as connection:
            verdict = access_log.verify(connection, log_key, manifest.head, cancelled=cancelled)
    finally:
        opened.dispose()
        wipe(log_key)
    stop_where(cancelled)  # before the verdict: of a chain that was not read to its end it says nothing
    if not verdict.good:
        raise Trouble(N_("The log in the backup {name} does not hold together."), name=found.path.name)
    return verdict.lines


def _not_proved(found: Backup) -> Unreadable:
    return Unreadable(
        N_("The backup {name} was made of a damaged desk, or is damaged inside. Choose another."),
        name=found.path.name,
    )
