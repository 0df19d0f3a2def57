"""One backup in one file: a head that says what it is, and the store encrypted under a key of its own.

::

    CoachDesk backup 1\\n          what it is
    0000a1b2\\n                    length of the head
    {...}                          head: JSON; holds the whole key file
    (64 hex digits)\\n             SHA-256 of the head
    ...                            the store, as SQLCipher keeps it

The backup's own key B is random and wrapped under a key made of K; K comes out of the key file inside,
by a passphrase or the recovery key of the day the backup was made.  The head is signed under B and
holds a SHA-256 for each part of the store, so a damaged or exchanged part is named without any key.  What is
sealed in the head, ``Manifest``, says what a restored store must hold.
"""

import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coachdesk.errors import NewerDesk, Refused, Unreadable, WrongPassphrase
from coachdesk.i18n import N_
from coachdesk.store import keyfile
from coachdesk.store.access_log import Head
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import KEY_BYTES, MasterKey, canonical, wipe

FORMAT, VERSION = "coachdesk-backup", 1
PART = 1 << 20  # bytes of the store that one sum covers
USE = "backup"  # K's subkey that wraps B
ATTACHMENT = re.compile(r"[0-9a-f]{16,64}")
TOTAL = re.compile(r"[0-9a-f]{64}")  # a SHA-256, spelled out
_DESK = re.compile(r"[0-9a-f]{32}")
_FIRST = b"CoachDesk backup "
_LINE = _FIRST + b"%d\n" % VERSION
_LENGTH, _SUM = 9, 65
_LONGEST_HEAD = 16 << 20

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was in the store when it was copied: the measure that a trial restore is held against."""

    at: datetime
    coach_id: int
    revision: str
    head: Head
    counts: Mapping[str, int]

    def text(self) -> bytes:
        """The bytes that are sealed."""
        head = {"seq": self.head.seq, "mac": self.head.mac.hex()}
        return canonical({**asdict(self), "at": self.at.isoformat(), "head": head})

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """The manifest from its bytes."""
        whole = json.loads(text)
        head = Head(seq=int(whole["head"]["seq"]), mac=bytes.fromhex(whole["head"]["mac"]))
        return cls(**{**whole, "at": datetime.fromisoformat(whole["at"]), "head": head})


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """The head of a backup, read without any key; ``begins`` is where the store begins in the file."""

    path: Path
    keyfile: KeyFile
    made: datetime
    size: int
    sums: tuple[str, ...]
    files: Mapping[str, str]  # attachments: name and SHA-256
    begins: int
    content: Mapping[str, Any]

    @property
    def desk_id(self) -> str:
        """The desk that it is a backup of."""
        return self.keyfile.desk_id

    def opened(self, key: MasterKey) -> tuple[MasterKey, Manifest]:
        """B and what is sealed; the caller wipes B.

        Raises:
            Unreadable: somebody changed the head, or the key file in it.
            WrongPassphrase: the key is not the one of the day it was made.
        """
        if not self.keyfile.genuine(key):
            raise WrongPassphrase(
                N_("The backup {name} was made under other keys: open it with those."), name=self.path.name
            )
        own = bytearray(KEY_BYTES)
        under = key.subkey(USE)
        try:
            nonce, wrapped = bytes.fromhex(self.content["nonce"]), bytes.fromhex(self.content["wrapped"])
            AESGCM(under).decrypt_into(nonce, wrapped, bound(self.content), own)
            found = MasterKey(own)
            sealed = bytes.fromhex(self.content["sealed"])
            unsigned = {name: value for name, value in self.content.items() if name != "mac"}
            if not hmac.compare_digest(found.mac(canonical(unsigned)), self.content["mac"]):
                raise InvalidTag
            return found, Manifest.read(_unsealed(found, sealed))
        except (InvalidTag, ValueError, KeyError, TypeError) as error:
            wipe(own)
            raise _changed(self.path) from error
        finally:
            wipe(under)


def read(path: Path) -> Backup:
    """Read the head of a backup.

    Raises:
        NewerDesk: made by a newer program.
        Unreadable: it is no backup, ends too early, cannot be read, or its head is damaged.
    """
    with gone(path), path.open("rb") as file:
        _read_first_line(file, path)
        text = _read_head(file, path)
        begins = file.tell()
        ends = file.seek(0, 2)
    found = _parsed(path, text, begins)
    if ends < found.begins + found.size:
        raise _torn(path)
    if ends > found.begins + found.size:
        raise Unreadable(N_("The backup {name} is longer than it was made. Choose another."), name=path.name)
    return found


def parts(
    backup: Backup, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Iterator[bytes]:
    """The store part by part, each held against its sum.

    Raises:
        Unreadable: a part is damaged, or the file cannot be read any more.
        Refused: cancelled.
    """
    total = len(backup.sums)
    with gone(backup.path), backup.path.open("rb") as file:
        file.seek(backup.begins)
        for done, wanted in enumerate(backup.sums):
            stop_where(cancelled)
            part = file.read(min(PART, backup.size - done * PART))
            if sha256(part).hexdigest() != wanted:
                raise Unreadable(
                    N_("The backup {name} is damaged in part {part} of {parts}. Choose another backup."),
                    name=backup.path.name,
                    part=done + 1,
                    parts=total,
                )
            yield part
            if progress:
                progress(done + 1, total)


def prove_whole(backup: Backup, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
    """Hold every part against its sum; needs no key.

    Raises:
        Unreadable, Refused: as ``parts``.
    """
    for _part in parts(backup, progress, cancelled):
        pass


def extract(
    backup: Backup, to: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> None:
    """Write the store, still encrypted under B, into a new file.

    Raises:
        Unreadable, Refused: as ``parts``.
        OSError: the new file cannot be written.
    """
    with to.open("xb") as file:
        for part in parts(backup, progress, cancelled):
            file.write(part)


def bound(content: Mapping[str, Any]) -> bytes:
    """What the wrapping of B binds: the desk, the moment and the key file."""
    return canonical({name: content[name] for name in ("format", "version", "desk", "made", "keyfile")})


def sealed(key: MasterKey, nonce: bytes, manifest: Manifest) -> bytes:
    """The manifest as the head holds it."""
    under = key.subkey("manifest")
    try:
        return nonce + AESGCM(under).encrypt(nonce, manifest.text(), b"manifest")
    finally:
        wipe(under)


def head_of(content: Mapping[str, Any]) -> bytes:
    """Everything that stands before the store."""
    text = canonical(content)
    return _LINE + b"%08x\n" % len(text) + text + sha256(text).hexdigest().encode() + b"\n"


def stop_where(cancelled: Cancelled | None) -> None:
    """Stop when asked to.

    Raises:
        Refused: cancelled.
    """
    if cancelled is not None and cancelled():
        raise Refused(N_("Stopped. Nothing half done was kept."))


@contextmanager
def gone(path: Path) -> Iterator[None]:
    """Turns a disk that went away while it was read into our error.

    Raises:
        Unreadable: the file is not there, is no backup, or its disk is gone.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise Unreadable(N_("There is no file {name}."), name=path.name) from error
    except IsADirectoryError as error:
        raise _no_backup(path) from error
    except OSError as error:
        raise Unreadable(
            N_("The backup {name} cannot be read: the disk or the share is gone. Nothing was changed."),
            name=path.name,
        ) from error


def _read_first_line(file: BinaryIO, path: Path) -> None:
    line = file.read(len(_LINE))
    if line == _LINE:
        return
    if line.startswith(_FIRST) and line[len(_FIRST) : -1].isdigit():
        raise NewerDesk(N_("This backup was made by a newer CoachDesk. Update the program."))
    if line and _LINE.startswith(line):
        raise _torn(path)
    raise _no_backup(path)


def _read_head(file: BinaryIO, path: Path) -> bytes:
    spelled = file.read(_LENGTH)
    try:
        length = int(spelled, 16)
    except ValueError as error:
        raise _head_damaged(path) if len(spelled) == _LENGTH else _torn(path) from error
    if not 0 < length < _LONGEST_HEAD or spelled != b"%08x\n" % length:
        raise _head_damaged(path)
    text, written = file.read(length), file.read(_SUM)
    if written != sha256(text).hexdigest().encode() + b"\n":
        raise _torn(path) if len(written) < _SUM else _head_damaged(path)
    return text


def _parsed(path: Path, text: bytes, begins: int) -> Backup:
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError("no backup")
        inside = keyfile.parse(content["keyfile"].encode())
        size, sums = int(content["size"]), tuple(map(str, content["sums"]))
        if inside.desk_id != content["desk"] or len(sums) != -(-size // PART):
            raise ValueError("does not fit")
        made = datetime.fromisoformat(content["made"]).astimezone(UTC)
        files = {str(name): str(total) for name, total in content["files"].items()}
        _must_name_files(content["desk"], files)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise _head_damaged(path) from error
    return Backup(
        path=path,
        keyfile=inside,
        made=made,
        size=size,
        sums=sums,
        files=files,
        begins=begins,
        content=content,
    )


def _must_name_files(desk_id: str, files: Mapping[str, str]) -> None:
    """Names in a head become names of files before any key has vouched for them: no way out of the folder."""
    named = all(ATTACHMENT.fullmatch(name) and TOTAL.fullmatch(total) for name, total in files.items())
    if not named or not _DESK.fullmatch(desk_id):
        raise ValueError("names no file of ours")


def _unsealed(key: MasterKey, sealed_: bytes) -> bytes:
    under = key.subkey("manifest")
    try:
        return AESGCM(under).decrypt(sealed_[:12], sealed_[12:], b"manifest")
    finally:
        wipe(under)


def _no_backup(path: Path) -> Unreadable:
    return Unreadable(N_("The file {name} is not a backup of CoachDesk."), name=path.name)


def _torn(path: Path) -> Unreadable:
    return Unreadable(
        N_("The backup {name} ends too early: it was not copied whole. Choose another."), name=path.name
    )


def _head_damaged(path: Path) -> Unreadable:
    return Unreadable(N_("The beginning of the backup {name} is damaged. Choose another."), name=path.name)


def _changed(path: Path) -> Unreadable:
    return Unreadable(N_("Somebody changed the backup {name}. Choose another."), name=path.name)
