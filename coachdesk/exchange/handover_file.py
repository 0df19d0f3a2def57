"""A handover as one file: a line that says what it is, a letter for one desk, and the sealed parts.

The letter (``desk_letter``) holds a key made for this file alone.  Part 0 is the record, a gzip of JSON; the
others are attached papers.  Each is AES-256-GCM under that key, its number as nonce, the handover's name and
the number of parts bound in: a part that is cut, exchanged or out of its place does not open.
"""

import contextlib
import json
import os
import re
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import desk_letter, seal
from coachdesk.exchange.desk_letter import HANDOVER, DeskCard
from coachdesk.exchange.export_file import disk_troubles
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_
from coachdesk.whole_file import sync_folder

VERSION = 1
SUFFIX = ".coachdesk"
MOST_PARTS = 400
MOST_RECORD = 32 << 20  # of gzip; eight times as much inside
MOST_PART = (10 << 20) + 16
UID = re.compile(r"[0-9a-f]{32}")
_FIRST = re.compile(rb"coachdesk-handover ([1-9][0-9]{0,3}) ([1-9][0-9]{0,6})\n")
_LONGEST_LINE = 64
_AT_ONCE = 1 << 18  # bytes between two looks at whether to stop: a slow stick takes a quarter second for them
_CHANGED = N_("The file is damaged or has been changed.")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """An opened handover: its name, who wrote it, its record; ``part`` reads the papers one at a time."""

    uid: str
    card: DeskCard
    record: Mapping[str, Any]
    sha256: str
    path: Path
    key: bytes
    sizes: tuple[int, ...]  # of the sealed parts, the record first
    begins: int  # where the parts begin

    def part(self, number: int) -> bytes:
        """One attached paper.

        Raises:
            Unreadable: it is damaged, or the file cannot be read.
        """
        with _reading(self.path) as file:
            file.seek(self.begins + sum(self.sizes[:number]))
            content = file.read(self.sizes[number])
        return _opened(self.key, self.uid, number, len(self.sizes), content)


def name_of(to: DeskCard, uid: str) -> str:
    """The name of a handover's file: nothing of the person."""
    return f"handover-{to.id[:8]}-{uid[:8]}{SUFFIX}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A handover that lies half written beside its place, under a hidden name."""

    path: Path
    target: Path

    @classmethod
    def of(cls, folder: Path, to: DeskCard, uid: str) -> "Half":
        """A new one; nothing is written yet."""
        target = folder / name_of(to, uid)
        return cls(path=folder / f".{target.name}.{secrets.token_hex(4)}.half", target=target)

    @classmethod
    def at(cls, path: Path) -> "Half":
        """One that was begun before, by its hidden name."""
        return cls(path=path, target=path.with_name(path.name.removeprefix(".").rsplit(".", 2)[0]))

    def place(self) -> Path:
        """Put it, whole, in its place.

        Raises:
            Trouble: the folder is gone, or cannot be written any more.
        """
        with disk_troubles(self.path.parent):
            self.path.replace(self.target)
            with contextlib.suppress(OSError):  # some shares cannot; the file itself is synced already
                sync_folder(self.target.parent)
        return self.target

    def drop(self) -> None:
        """Take it away, where it is."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def write(
    half: Half,
    uid: str,
    record: Mapping[str, Any],
    papers: Iterable[bytes],
    *,
    own: DeskCard,
    signing_key: Jwk,
    to: DeskCard,
    iat: int,
    sizes: tuple[int, ...],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Write a handover beside its place; what fails leaves nothing.

    Args:
        half: where.
        uid: 32 hexadecimal digits that name this handover for good.
        record: the record, as JSON.
        papers: the content of each attached paper, one at a time.
        own: this desk's card.
        signing_key: its private signing key.
        to: who alone can open it.
        iat: now, in seconds; informative only.
        sizes: of the papers, in bytes.
        progress: is told how many bytes are written, of how many.
        cancelled: says when to stop.

    Raises:
        DiskFull, Trouble: it cannot be written.
        Refused: stopped.
    """
    key = secrets.token_bytes(32)
    packed = zlib.compress(json.dumps(record, ensure_ascii=False).encode("utf-8"), 6, 31)
    total = 1 + len(sizes)
    first = _sealed(key, uid, 0, total, packed)
    sealed = [len(first), *(size + 16 for size in sizes)]
    value = {
        "handover": VERSION,
        "uid": uid,
        "key": key.hex(),
        "record": sha256(first).hexdigest(),
        "sizes": sealed,
    }
    letter = desk_letter.sealed(HANDOVER, value, own=own, signing_key=signing_key, to=to, iat=iat)
    line = b"coachdesk-handover %d %d\n" % (VERSION, len(letter))
    parts = (_sealed(key, uid, number, total, paper) for number, paper in enumerate(papers, 1))
    whole = len(line) + len(letter) + sum(sealed)
    try:
        with disk_troubles(half.path.parent), half.path.open("xb") as file:
            for content in chain((line + letter, first), parts):
                _put(file, content, whole, progress, cancelled)
            file.flush()
            os.fsync(file.fileno())
        stop_where(cancelled)
    except BaseException:
        half.drop()
        raise


def _put(
    file: IO[bytes], content: bytes, whole: int, progress: Progress | None, cancelled: Cancelled | None
) -> None:
    for begins in range(0, len(content), _AT_ONCE):
        stop_where(cancelled)
        file.write(content[begins : begins + _AT_ONCE])
        if progress is not None:
            progress(file.tell(), whole)


def stop_where(cancelled: Cancelled | None) -> None:
    """Stop when asked to.

    Raises:
        Refused: stopped.
    """
    if cancelled is not None and cancelled():
        raise Refused(N_("Stopped. Nothing was handed over."))


Own = Callable[[str], tuple[DeskCard, Jwk]]


def read(path: Path, own: Own) -> Handover:
    """Open a handover for this desk; its papers are read one at a time.

    ``own`` gives this desk's card and private key for the name of a key, or says that it is another desk's.

    Raises:
        Unreadable: it is none, cut off, changed, for another desk, or made by a newer program.
    """
    with _reading(path) as file:
        length = _letter_length(file.readline(_LONGEST_LINE))
        begins = file.tell() + length
        content = file.read(length)
        card, key_ = own(desk_letter.sealed_for(content))
        letter = desk_letter.opened(HANDOVER, content, own=card, own_key=key_)
        uid, key, sizes, expected = _checked(letter.value)
        packed = file.read(sizes[0])
        if len(packed) < sizes[0] or path.stat().st_size < begins + sum(sizes):
            raise Unreadable(N_("The file is cut off. Ask for it once more."))
        if path.stat().st_size != begins + sum(sizes) or sha256(packed).hexdigest() != expected:
            raise Unreadable(_CHANGED)
    return Handover(
        uid=uid,
        card=letter.card,
        record=_record(_opened(key, uid, 0, len(sizes), packed)),
        sha256=expected,
        path=path,
        key=key,
        sizes=sizes,
        begins=begins,
    )


def _letter_length(line: bytes) -> int:
    found = _FIRST.fullmatch(line)
    if found is None:
        raise Unreadable(N_("The file is not a handover from another desk."))
    if int(found[1]) > VERSION:
        raise Unreadable(N_("The file was made by a newer version of CoachDesk. Update this one first."))
    if int(found[2]) > seal.BIGGEST_BUNDLE:
        raise Unreadable(_CHANGED)
    return int(found[2])


def _checked(value: Mapping[str, Any]) -> tuple[str, bytes, tuple[int, ...], str]:
    wrong = Unreadable(_CHANGED)
    if type(value.get("handover")) is int and value["handover"] > VERSION:
        raise Unreadable(N_("The file was made by a newer version of CoachDesk. Update this one first."))
    if set(value) != {"handover", "uid", "key", "record", "sizes"} or value["handover"] != VERSION:
        raise wrong
    texts = (value["uid"], value["key"], value["record"])
    if not all(isinstance(text, str) for text in texts) or not UID.fullmatch(value["uid"]):
        raise wrong
    sizes = value["sizes"]
    if not isinstance(sizes, list) or not 1 <= len(sizes) <= 1 + MOST_PARTS:
        raise wrong
    most = [MOST_RECORD] + [MOST_PART] * (len(sizes) - 1)
    if not all(type(one) is int and 16 < one <= limit for one, limit in zip(sizes, most, strict=True)):
        raise wrong
    try:
        key = bytes.fromhex(value["key"])
    except ValueError:
        raise wrong from None
    if len(key) != 32:
        raise wrong
    return value["uid"], key, tuple(sizes), value["record"]


def _record(packed: bytes) -> Mapping[str, Any]:
    opener = zlib.decompressobj(31)
    try:
        text = opener.decompress(packed, 2 * MOST_RECORD)
    except zlib.error as error:
        raise Unreadable(_CHANGED) from error
    if opener.unconsumed_tail or not opener.eof or opener.unused_data:
        raise Unreadable(_CHANGED)
    found = seal.loaded(text)
    if not isinstance(found, dict):
        raise Unreadable(_CHANGED)
    return found


def _sealed(key: bytes, uid: str, number: int, total: int, content: bytes) -> bytes:
    return AESGCM(key).encrypt(number.to_bytes(12, "big"), content, _bound(uid, total))


def _opened(key: bytes, uid: str, number: int, total: int, content: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(number.to_bytes(12, "big"), content, _bound(uid, total))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(_CHANGED) from error


def _bound(uid: str, total: int) -> bytes:
    return f"CoachDesk handover {VERSION}\n{uid}\n{total}".encode()


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise Unreadable(N_("There is no file {name}."), name=path.name) from error
    except OSError as error:
        raise Unreadable(N_("The file {name} cannot be read."), name=path.name) from error
