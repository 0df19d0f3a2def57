"""The region's own keys: kept as files in its folder, read anew when its public file changes.

``region.json`` lists the public keys, the newest of each use first; ``keys/`` holds their private halves and
those of older sealing keys.  A running receiver sees a rotation without being started again.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from coachdesk.errors import Problem, Refused, Trouble
from coachdesk.exchange import enrolment, export_file, keys
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import ENCRYPT, SIGN, Jwk
from coachdesk.i18n import N_

MOST_TOLD = 20  # keys in a receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys as they are now, private by ``kid``."""

    card: RegionCard
    sealing: Mapping[str, Jwk]
    signing: Mapping[str, Jwk]

    @property
    def newest(self) -> Jwk:
        """The signing key that stands first in the public file."""
        return next(self.signing[kid] for kid in self.card.of_use(SIGN) if kid in self.signing)

    @property
    def oldest(self) -> Jwk:
        """The signing key that stands last in the public file: whoever was ever enrolled knows it."""
        return next(self.signing[kid] for kid in reversed(self.card.of_use(SIGN)) if kid in self.signing)

    def signs_for(self, knows: str) -> Jwk:
        """The key that somebody who knows this one can verify with."""
        return self.signing.get(knows) or self.newest

    def signs_to(self, knows: str) -> Jwk:
        """The key for a desk: one that it knows; the oldest that is told where nobody noted any."""
        return self.signs_for(knows) if knows else self.oldest

    def told(self, signing: Jwk) -> tuple[Mapping[str, Any], ...]:
        """The public keys for a receipt that this key signs: it is always among them.

        A desk that slept for long knows none of the newer keys.  Were the one that it knows not listed, it
        could read the first receipt but no second one for the same carried bundle.
        """
        listed = self.card.keys
        if signing["kid"] in self.card.of_use(SIGN):
            return listed
        if len(listed) >= MOST_TOLD:
            last = list(self.card.of_use(ENCRYPT))[-1]
            listed = tuple(key for key in listed if key["kid"] != last)
        return (*listed, keys.public(signing))

    def newer(self, knows: str, sealed_for: str) -> str:
        """The newest signing key that a desk knows which seals for this key: a pair comes together."""
        signing, sealing = list(self.card.of_use(SIGN)), list(self.card.of_use(ENCRYPT))
        if sealed_for not in sealing or sealing.index(sealed_for) >= len(signing):
            return knows
        paired = signing[sealing.index(sealed_for)]
        if knows not in signing or signing.index(paired) < signing.index(knows):
            return paired
        return knows

    def eldest(self, sealed_for: Iterable[str]) -> str:
        """The signing key that goes with the oldest of these; "" where none of them is listed any more.

        A desk that was restored knows fewer keys than it did: what it seals now is for one of those.
        """
        signing, sealing = list(self.card.of_use(SIGN)), list(self.card.of_use(ENCRYPT))
        places = [sealing.index(kid) for kid in sealed_for if kid in sealing[: len(signing)]]
        return signing[max(places)] if places else ""


class KeyRing:
    """Reads the keys when asked, and again once the public file is another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._found: Keys | None = None
        self._stamp: tuple[int, int] = (0, 0)

    def now(self) -> Keys:
        """The keys.

        Raises:
            Trouble: there is no region in the folder, or its keys cannot be read.
        """
        with self._lock:
            stamp = _stamp(self._folder)
            if self._found is None or stamp != self._stamp:
                self._found, self._stamp = load(self._folder), stamp
            return self._found


def load(folder: Path) -> Keys:
    """Read the keys of a region.

    Raises:
        Trouble: there is no region in the folder, or its keys cannot be read.
    """
    if not (folder / "region.json").is_file():
        raise Trouble(N_("There is no region in the folder {folder}."), folder=str(folder))
    try:
        card = enrolment.read_card(export_file.read(folder / "region.json"))
        sealing = {key["kid"]: key for key in _private(folder, "encrypt")}
        signing = {key["kid"]: key for key in _private(folder, "sign")}
        found = Keys(card=card, sealing=sealing, signing=signing)
        _ = found.newest, sealing[next(iter(card.of_use(ENCRYPT)))]
    except (Problem, ValueError, KeyError, TypeError, StopIteration) as error:
        raise Trouble(N_("The keys of the region in {folder} cannot be read."), folder=str(folder)) from error
    return found


def number(file: Path) -> int:
    """Which generation a key is of: ``encrypt.jwk`` is the first, ``encrypt-2.jwk`` the next.

    A number is never given again, also when its key was set aside.
    """
    text = file.stem.partition("-")[2]
    return int(text) if text.isdecimal() else 1


def must_be_owners(folder: Path) -> None:
    """See that what is written beside the keys can be read by the account that serves.

    Raises:
        Refused: the administrator writes into another account's folder.
    """
    place = folder / "keys"
    if os.name != "nt" and os.geteuid() == 0 and place.stat().st_uid != 0:
        message = N_("Run this as the account that owns {folder}. It could not read keys that root makes.")
        raise Refused(message, folder=str(place))


def write_private(folder: Path, name: str, key: Jwk, at: datetime) -> None:
    """Keep a private key that only this account reads."""
    export_file.write(folder / "keys", name, json.dumps(dated(key, at)).encode("ascii"), mode=0o600)


def dated(key: Jwk, at: datetime) -> Jwk:
    """A private key as it is kept: with the day on which it was made."""
    return {**key, "made": at.date().isoformat()}


def made_on(file: Path) -> str:
    """The day on which the key of a file was made; empty where it is not told."""
    return str(json.loads(export_file.read(file).decode("utf-8")).get("made", ""))


def _private(folder: Path, name: str) -> list[dict[str, Any]]:
    return [read(file) for file in sorted((folder / "keys").glob(f"{name}*.jwk"))]


def read(file: Path) -> dict[str, Any]:
    """The private key of a file.

    Raises:
        Unreadable, ValueError, KeyError: it is none.
    """
    found = json.loads(export_file.read(file).decode("utf-8"))
    if not isinstance(found, dict) or "d" not in found:
        raise ValueError(file.name)
    key = {name: found[name] for name in ("kty", "crv", "x", "y", "d", "use", "alg")}
    key["kid"] = keys.thumbprint(key)
    keys.imported(key)
    return key


def _stamp(folder: Path) -> tuple[int, int]:
    try:
        found = (folder / "region.json").stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)
