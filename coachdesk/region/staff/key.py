"""The key of the staff's pages: it seals the secrets of the codes and marks what the pages hand out.

``keys/staff.key`` holds 32 random bytes (mode 0600) beside the region's other keys.  Each use has a key of
its own, derived by HKDF-SHA256 (RFC 5869); whoever takes the store alone has no second factor of anybody.
"""

import hmac
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from coachdesk.errors import Trouble
from coachdesk.exchange import export_file
from coachdesk.i18n import N_
from coachdesk.region import held_keys

FILE = "staff.key"
LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffKey:
    """The key; its bytes never show in a log."""

    secret: bytes = field(repr=False)

    def mark(self, use: str, *parts: str) -> str:
        """A keyed hash of some words, in hex, that fits no other use."""
        text = "\0".join(parts).encode("utf-8")
        return hmac.new(self._of(use), text, sha256).hexdigest()

    def is_mark(self, found: str, use: str, *parts: str) -> bool:
        """Whether a mark is the right one, told in the same time whatever it is."""
        return hmac.compare_digest(found.encode("utf-8"), self.mark(use, *parts).encode("ascii"))

    def seal(self, secret: bytes, bound: str) -> str:
        """A secret as it may lie in the store, bound to whose it is."""
        nonce = os.urandom(12)
        return b64encode(nonce + AESGCM(self._of("seal")).encrypt(nonce, secret, bound.encode())).decode()

    def unseal(self, sealed: str, bound: str) -> bytes:
        """The secret again.

        Raises:
            Trouble: the store and the key do not belong together.
        """
        packed = b64decode(sealed)
        try:
            return AESGCM(self._of("seal")).decrypt(packed[:12], packed[12:], bound.encode())
        except InvalidTag as error:
            raise Trouble(N_("The key of the staff's pages does not fit the store.")) from error

    def _of(self, use: str) -> bytes:
        return HKDFExpand(algorithm=SHA256(), length=LENGTH, info=use.encode("ascii")).derive(self.secret)


def staff_key(folder: Path) -> StaffKey:
    """The key of a region's folder, made when it is first asked for.

    Raises:
        Refused: root makes it in the folder of another account.
        Trouble: it cannot be read or written.
    """
    file = folder / "keys" / FILE
    if not file.exists():
        held_keys.must_be_owners(folder)
        try:
            export_file.write(folder / "keys", FILE, os.urandom(LENGTH), mode=0o600)
        except Trouble:
            if not file.exists():  # else another process was first, and its key is the key
                raise
    secret = export_file.read(file)
    if len(secret) != LENGTH:
        raise Trouble(N_("The keys of the region in {folder} cannot be read."), folder=str(folder))
    return StaffKey(secret=secret)
