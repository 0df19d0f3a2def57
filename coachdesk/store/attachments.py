"""Attachments: rows in the store, content in files of the desk's ``files/``, each under a key of its own.

A file is a nonce (12 bytes) and AES-256-GCM of the content; its own random name is bound in, so one file
put in another's place does not open.  It is written and synced before its row: a kill leaves at most a
file without a row, which ``sweep`` takes away when the desk is opened.
"""

import contextlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, update

from coachdesk import whole_file
from coachdesk.domain.attachment import MOST_BYTES, Attachment
from coachdesk.errors import Trouble, Unreadable
from coachdesk.i18n import N_
from coachdesk.store import tables
from coachdesk.store.making import FILES
from coachdesk.store.rows import Opened, Rows
from coachdesk.store.troubles import disk_troubles
from coachdesk.whole_file import HALF

ATTACHMENTS = Rows(tables.attachment, Attachment)
_A = tables.attachment.c
_NONCE, _TAG, _KEY = 12, 16, 32
_OURS = re.compile(r"[0-9a-f]{32}|\.[0-9a-f]{32}\.half")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A file just written: its name in ``files/`` and its key."""

    file: str
    key: bytes


def write(folder: Path, content: bytes) -> Sealed:
    """Encrypt and write content under a new name and key; when this returns it is on the disk.

    Raises:
        DiskFull, Trouble: it could not be written; nothing of it stays.
    """
    sealed = Sealed(file=secrets.token_hex(16), key=secrets.token_bytes(_KEY))
    nonce = secrets.token_bytes(_NONCE)
    place = folder / FILES
    half, whole = place / f".{sealed.file}{HALF}", place / sealed.file
    encrypted = nonce + AESGCM(sealed.key).encrypt(nonce, content, _bound(sealed.file))
    try:
        with disk_troubles(folder):
            place.mkdir(mode=0o700, exist_ok=True)
            whole_file.write(whole, encrypted, half=half, lasting=True)
    except BaseException:
        whole_file.drop(whole)
        raise
    return sealed


def read(folder: Path, attachment: Attachment, key: bytes) -> bytes:
    """The content of an attachment.

    Raises:
        Unreadable: the file is missing, cut off, or another one lies in its place.
        Trouble: the disk could not be read.
    """
    path = folder / FILES / attachment.file
    try:
        with path.open("rb") as file:
            sealed = file.read(MOST_BYTES + _NONCE + _TAG + 1)
    except FileNotFoundError as error:
        raise _missing(attachment) from error
    except OSError as error:
        with disk_troubles(folder):
            raise
        raise Trouble(str(error)) from error  # pragma: no cover
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(attachment.file))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(
            N_(
                "The file “{title}” is damaged, or another lies in its place. Restore it from a backup or"
                " scan the paper anew."
            ),
            title=attachment.title,
        ) from error


def destroy(folder: Path, file: str) -> None:
    """Take a file away whose key is gone; what cannot be removed is swept later."""
    with contextlib.suppress(OSError):
        (folder / FILES / file).unlink(missing_ok=True)


def sweep(folder: Path, known: Collection[str]) -> int:
    """Take away files of ours that no row names; how many."""
    gone = 0
    with contextlib.suppress(OSError):
        for path in list((folder / FILES).iterdir()):
            if _OURS.fullmatch(path.name) and path.name not in known:
                with contextlib.suppress(OSError):
                    path.unlink()
                    gone += 1
    return gone


def add(unit: Opened, attachment: Attachment, key: bytes) -> Attachment:
    """Keep the row of a file that is already on the disk."""
    return ATTACHMENTS.add(unit, attachment, key=key)


def key_of(unit: Opened, attachment_id: int) -> bytes:
    """The key of one file."""
    found = unit.connection.execute(select(_A.key).where(_A.id == attachment_id)).scalar_one()
    return bytes(found)


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Attachment, ...]:
    """A trainee's attachments that are not removed, the newest first."""
    return ATTACHMENTS.find(
        unit, _A.trainee_id == trainee_id, _A.deleted.is_(False), order=[_A.added.desc(), _A.id.desc()]
    )


def same(unit: Opened, trainee_id: int, digest: str) -> Attachment | None:
    """The attachment of a trainee with just this content, also a removed one."""
    found = ATTACHMENTS.find(unit, _A.trainee_id == trainee_id, _A.digest == digest, limit=1)
    return found[0] if found else None


def files(unit: Opened) -> frozenset[str]:
    """The name of every file that a row has, removed or not."""
    return frozenset(unit.connection.execute(select(_A.file)).scalars())


def set_deleted(unit: Opened, attachment_id: int, *, deleted: bool) -> None:
    """Mark an attachment as removed, or as there again."""
    ATTACHMENTS.put(unit, replace(ATTACHMENTS.get(unit, attachment_id), deleted=deleted))


def end(unit: Opened, attachment_id: int) -> None:
    """Destroy the key and the row; the file is then no more than noise."""
    row = _A.id == attachment_id
    unit.connection.execute(update(tables.attachment).where(row).values(key=bytes(_KEY)))
    unit.connection.execute(delete(tables.attachment).where(row))


def _bound(file: str) -> bytes:
    return b"CoachDesk attachment 1\n" + file.encode()


def _missing(attachment: Attachment) -> Unreadable:
    return Unreadable(
        N_("The file “{title}” is missing from the desk's folder. Restore it from a backup or scan anew."),
        title=attachment.title,
    )
