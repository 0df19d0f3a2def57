"""``desk.keys``: the slots of a desk on disk, twice.

The file is written whole (new file, fsync, rename, fsync of the folder), first itself, then its
copy.  Each says how many times it was written and carries a sum, so a torn one is known without
any key and the newer of two good ones is taken; a MAC under K, once K is open, tells whether
somebody exchanged slots.  What was torn or older is healed after the next opening.
"""

import contextlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from coachdesk import whole_file
from coachdesk.errors import DeskDamaged, NewerDesk
from coachdesk.i18n import N_
from coachdesk.store.argon import KdfCost
from coachdesk.store.keys import MasterKey, Slot, canonical
from coachdesk.store.troubles import disk_troubles

NAME, COPY = "desk.keys", "desk.keys.copy"
FORMAT, VERSION = "coachdesk-keys", 2  # 2: slots may have a public key
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The slots of one desk, and how many times they were written."""

    desk_id: str
    written: int
    slots: tuple[Slot, ...]
    mac: str = ""
    version: int = VERSION

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        """The slots of one kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def with_slot(self, slot: Slot, *, instead_of: tuple[Slot, ...] = ()) -> "KeyFile":
        """The next writing, with one slot more and others taken away."""
        return self.with_slots(*(other for other in self.slots if other not in instead_of), slot)

    def with_slots(self, *slots: Slot) -> "KeyFile":
        """The next writing, with these slots and no others."""
        return replace(self, written=self.written + 1, slots=slots, mac="", version=VERSION)

    def genuine(self, key: MasterKey) -> bool:
        """Whether K itself signed these slots."""
        return hmac.compare_digest(self.mac.encode(), key.mac(canonical(self._content())).encode())

    def signed(self, key: MasterKey) -> bytes:
        """The file as written, signed by K."""
        return self.text(key.mac(canonical(self._content())))

    def text(self, mac: str) -> bytes:
        """The file as written, with the signature it has."""
        whole = {**self._content(), "mac": mac}
        return json.dumps({**whole, "sum": _sum(whole)}, indent=1, sort_keys=True).encode() + b"\n"

    def _content(self) -> dict[str, object]:
        slots = [_written(slot) for slot in self.slots]
        return {
            "format": FORMAT,
            "version": self.version,
            "desk": self.desk_id,
            "written": self.written,
            "slots": slots,
        }


def save(folder: Path, keyfile: KeyFile, key: MasterKey) -> None:
    """Write the file and its copy; done only when both are replaced.

    Raises:
        DiskFull: no room; the old file stands.
        Trouble: the folder cannot be written.
    """
    text = keyfile.signed(key)
    with disk_troubles(folder):
        halves = {name: folder / f"{name}.new" for name in (NAME, COPY)}
        for half in halves.values():  # a full disk is met here
            whole_file.begin(half, (text,))
        for name, half in halves.items():
            half.replace(folder / name)
            whole_file.sync_folder(folder)


def read(folder: Path) -> tuple[KeyFile, ...]:
    """The good key files of the folder, the one to try first at the front.

    Two are returned only when they differ: one is older, another desk's, or tampered with.

    Raises:
        NewerDesk: written by a newer program.
        DeskDamaged: both are missing or torn.
    """
    found: list[KeyFile] = []
    newer: NewerDesk | None = None
    for name in (NAME, COPY):
        try:
            found.append(parse(_bytes(folder / name)))
        except NewerDesk as error:
            newer = error
        except (OSError, ValueError):
            continue
    if newer is not None:
        raise newer
    if not found:
        raise _unreadable(folder)
    found.sort(key=lambda keyfile: -keyfile.written)
    return (found[0], *(other for other in found[1:] if other != found[0]))


def states(folder: Path, key: MasterKey) -> Mapping[str, str]:
    """How each copy is: ``good``, ``older``, ``torn`` or ``missing``."""
    best = read(folder)[0]
    found = {}
    for name in (NAME, COPY):
        try:
            keyfile = parse(_bytes(folder / name))
        except FileNotFoundError:
            found[name] = "missing"
        except (OSError, ValueError):
            found[name] = "torn"
        else:
            older = keyfile.written < best.written
            found[name] = "torn" if not keyfile.genuine(key) else "older" if older else "good"
    return found


def heal(folder: Path, keyfile: KeyFile) -> bool:
    """Make both copies the given one; True when one of them was not.

    A folder that cannot be written is no reason to stop here: opening the store says it better.
    """
    text = keyfile.text(keyfile.mac)
    healed = False
    for name in (NAME, COPY):
        with contextlib.suppress(OSError):
            if (folder / name).read_bytes() == text:
                continue
        with contextlib.suppress(OSError):
            whole_file.write(folder / name, text, lasting=True)
            healed = True
    return healed


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)


def parse(content: bytes) -> KeyFile:
    """A key file from its bytes.

    Raises:
        NewerDesk: written by a newer program.
        ValueError: torn, or no key file at all.
    """
    try:
        whole = json.loads(content)
        if whole["format"] != FORMAT:
            raise ValueError("not a key file")
        if whole.pop("sum") != _sum(whole):
            raise ValueError("torn")  # asked first: a torn file may only look newer
        if int(whole["version"]) > VERSION:
            raise NewerDesk(N_("This desk was made by a newer CoachDesk. Update the program."))
        return KeyFile(
            desk_id=whole["desk"],
            written=int(whole["written"]),
            slots=tuple(_slot(slot) for slot in whole["slots"]),
            mac=str(whole["mac"]),
            version=int(whole["version"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError("not a key file") from error


def _written(slot: Slot) -> dict[str, object]:
    said = {**slot.header(), "nonce": slot.nonce.hex(), "wrapped": slot.wrapped.hex()}
    return {**said, "sealed": [one.hex() for one in slot.sealed]} if slot.sealed else said


def _slot(read_: dict[str, Any]) -> Slot:
    cost = read_["argon2id"]
    return Slot(
        id=str(read_["id"]),
        kind=str(read_["kind"]),
        coach_id=None if read_["coach_id"] is None else int(read_["coach_id"]),
        label=str(read_["label"]),
        cost=None if cost is None else KdfCost(**{name: int(value) for name, value in cost.items()}),
        salt=bytes.fromhex(read_["salt"]),
        nonce=bytes.fromhex(read_["nonce"]),
        wrapped=bytes.fromhex(read_["wrapped"]),
        public=bytes.fromhex(read_.get("public", "")),
        sealed=tuple(bytes.fromhex(one) for one in read_.get("sealed", ())),
    )


def _sum(whole: Mapping[str, object]) -> str:
    return sha256(canonical({name: value for name, value in whole.items() if name != "sum"})).hexdigest()


def _unreadable(folder: Path) -> DeskDamaged:
    if not (folder / NAME).exists() and not (folder / COPY).exists():
        return DeskDamaged(N_("The key file of the desk is missing. Take desk.keys from a backup."))
    return DeskDamaged(N_("The key file of the desk and its copy are damaged. Take desk.keys from a backup."))
