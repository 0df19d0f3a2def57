"""Making a desk's folder: beside its place and renamed into it, so a kill leaves no half desk."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_
from coachdesk.store import engine, keyfile, migration, surroundings
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey, wipe
from coachdesk.store.lockfile import LockFile
from coachdesk.store.troubles import disk_troubles
from coachdesk.whole_file import sync_folder

FILES = "files"
_MAKING, _READY = ".making-", ".restored-"


def is_desk(folder: Path) -> bool:
    """Whether the folder holds a desk, or what is left of one."""
    return any((folder / name).exists() for name in (engine.NAME, keyfile.NAME, keyfile.COPY))


def refuse_taken(folder: Path) -> None:
    """Refuse a folder that a desk cannot be made in.

    Raises:
        Refused: it holds a desk, or something else.
    """
    if surroundings.too_long(folder):
        raise Refused(N_("The path of the folder is too long. Choose a shorter one."), field="folder")
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


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A locked folder to build in; it takes its place when the block ends well, else it goes away."""
    with disk_troubles(folder.parent), _half_made(folder, _put_in_place) as half:
        yield half


def lay_out(folder: Path, made: KeyFile, key: MasterKey) -> None:
    """The files of a new desk: the store with its schema, the key file and its copy."""
    (folder / FILES).mkdir(mode=0o700)
    path, store_key = folder / engine.NAME, key.subkey("store")
    try:
        engine.connect(path, store_key, new=True).close()
        migration.upgrade(path, store_key)
        keyfile.save(folder, made, key)
    finally:
        wipe(store_key)


def _clear_half_made(folder: Path) -> None:
    """Take away what a killed making left; one still being made holds its lock."""
    for left in folder.parent.glob(f".{folder.name}{_MAKING}*"):
        lock = LockFile(left)
        try:
            lock.take()
        except Problem:
            continue
        lock.release()
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _half_made(folder: Path, put: Callable[[Path, Path], None]) -> Iterator[Path]:
    """A locked folder beside, which is put where it belongs at the end, or taken away."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_half_made(folder)
    half = folder.with_name(f".{folder.name}{_MAKING}{secrets.token_hex(4)}")
    half.mkdir(mode=0o700)
    lock = LockFile(half)
    try:
        lock.take()
        yield half
        lock.release()
        put(half, folder)
    except BaseException:
        lock.release()
        shutil.rmtree(half, ignore_errors=True)
        raise


def _put_in_place(half: Path, folder: Path) -> None:
    if os.name == "nt" and folder.exists():
        folder.rmdir()  # empty: looked at before
    _move(half, folder)


def _move(half: Path, to: Path) -> None:
    sync_folder(half)
    half.rename(to)
    sync_folder(to.parent)


@contextmanager
def instead_of(folder: Path, aside: Path) -> Iterator[Path]:
    """A locked folder to restore into; at the end the desk in ``folder`` is set aside and this one put there.

    Both are renamed, so at any moment of a kill the one or the other is whole; between the renames the
    new one waits under a name that ``finish`` knows.
    """
    with disk_troubles(folder.parent):
        ready = folder.with_name(f".{folder.name}{_READY}{secrets.token_hex(4)}")
        with _half_made(folder, lambda half, _folder: _move(half, ready)) as half:
            yield half
        _set_aside(folder, aside)
        ready.rename(folder)
        sync_folder(folder.parent)


def finish(folder: Path) -> None:
    """Put a restored desk in its place where a kill came between the two renames.

    Where the former desk still stands there, the restoring was never done and what it made goes away.
    """
    with suppress(PermissionError):  # told in words by whoever opens what lies there
        _finish(folder)


def _finish(folder: Path) -> None:
    for ready in sorted(folder.parent.glob(f".{folder.name}{_READY}*")):
        with disk_troubles(folder.parent):
            if is_desk(folder):
                shutil.rmtree(ready, ignore_errors=True)
                continue
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
            if not folder.exists():
                ready.rename(folder)
                sync_folder(folder.parent)


def _set_aside(folder: Path, aside: Path) -> None:
    if is_desk(folder):
        folder.rename(aside)
        sync_folder(folder.parent)
    elif folder.exists():
        folder.rmdir()  # empty: looked at before
