"""A new master key for a desk: the store copied under it beside the old one, then exchanged.

``desk.keys.next`` decides: until it lies there whole, the old desk stands and what was made is thrown
away; from then on ``finish`` carries the exchange to its end, now or at the next opening.  So after a
kill at any moment the old desk or the new one is whole, and both never mix.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from coachdesk import whole_file
from coachdesk.errors import DeskDamaged
from coachdesk.i18n import N_
from coachdesk.store import engine, keyfile
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey, wipe
from coachdesk.store.troubles import disk_troubles, store_troubles

if TYPE_CHECKING:
    from collections.abc import Callable

NEXT_STORE, NEXT_KEYS = f"{engine.NAME}.next", f"{keyfile.NAME}.next"
PAGES = 512  # copied between two words of progress
BESIDE = ("-wal", "-shm", "-journal")


def rotate(
    folder: Path,
    *,
    old: MasterKey,
    new: MasterKey,
    changed: KeyFile,
    adapt: "Callable[[Connection], None]",
    progress: "Callable[[int, int], object]",
) -> None:
    """Put the desk under a new K; nobody may have a connection to its store.

    Args:
        folder: the desk, whose lock the caller holds.
        old: the K that opens it now.
        new: the K that opens it afterwards.
        changed: the slots, holding the new K.
        adapt: what changes inside the copy in one transaction, before it takes the old store's place.
        progress: told how much is done, of how much in all.

    Raises:
        DiskFull, Trouble: the old desk stands.
        DeskDamaged: a part of the store cannot be read; the old desk stands.
    """
    target = folder / NEXT_STORE
    try:
        with disk_troubles(folder), store_troubles():
            _remove(target)
            _copy(folder / engine.NAME, old, target, new, progress)
            _adapt(target, new, adapt)
            _settle(target, new)  # reads all again, which takes about as long as the copy
            progress(1, 1)
            _decide(folder, changed.signed(new))
    except BaseException:
        if not is_decided(folder):
            _remove(target)
        raise
    finish(folder)


def finish(folder: Path) -> None:
    """Carry an exchange of keys that was cut off to its end, or clear away one that was not decided.

    Called with the desk's lock held and before any connection to the store.
    """
    target, decided = folder / NEXT_STORE, folder / NEXT_KEYS
    with disk_troubles(folder):
        if not is_decided(folder):
            _remove(target)
            decided.with_name(f"{NEXT_KEYS}.new").unlink(missing_ok=True)
            return
        text = decided.read_bytes()
        if target.exists():
            for end in BESIDE:  # of the old store: beside the new one they would damage it
                (folder / f"{engine.NAME}{end}").unlink(missing_ok=True)
            target.replace(folder / engine.NAME)
            whole_file.sync_folder(folder)
        whole_file.write(folder / keyfile.COPY, text, lasting=True)
        decided.replace(folder / keyfile.NAME)
        whole_file.sync_folder(folder)
        for former in folder.glob(f"{engine.NAME}.before-*"):
            former.unlink(missing_ok=True)  # nothing opens it any more


def is_decided(folder: Path) -> bool:
    """Whether an exchange of keys waits for ``finish``."""
    return (folder / NEXT_KEYS).exists()


def _decide(folder: Path, keys: bytes) -> None:
    whole_file.write(folder / NEXT_KEYS, keys, lasting=True)


def _copy(
    source: Path, old: MasterKey, target: Path, new: MasterKey, progress: "Callable[[int, int], object]"
) -> None:
    with _subkey(old) as old_key, _subkey(new) as new_key:
        raw = engine.connect(source, old_key)
        try:
            copy = engine.connect(target, new_key, new=True)
            try:
                raw.backup(
                    copy,
                    pages=PAGES,
                    progress=lambda _state, left, total: progress(total - left, 2 * total),
                )
            finally:
                copy.close()
        finally:
            raw.close()


def _adapt(target: Path, key: MasterKey, adapt: "Callable[[Connection], None]") -> None:
    with _subkey(key) as store_key:
        inside = engine.make_engine(target, store_key)
        try:
            with inside.execution_options(**{engine.WRITING: True}).begin() as connection:
                adapt(connection)
        finally:
            inside.dispose()


def _settle(target: Path, key: MasterKey) -> None:
    """One file, whole, that the new key reads."""
    with _subkey(key) as store_key:
        raw = engine.connect(target, store_key)
        try:
            raw.execute("PRAGMA journal_mode = DELETE")
            bad = raw.execute("PRAGMA cipher_integrity_check").fetchall()
            whole = raw.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        finally:
            raw.close()
    if bad or not whole:
        raise DeskDamaged(N_("A part of the store cannot be read. Restore the desk from a backup."))


@contextmanager
def _subkey(key: MasterKey) -> Iterator[bytearray]:
    store_key = key.subkey("store")
    try:
        yield store_key
    finally:
        wipe(store_key)


def _remove(target: Path) -> None:
    for end in ("", *BESIDE):
        target.with_name(target.name + end).unlink(missing_ok=True)
