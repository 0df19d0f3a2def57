"""The master key of a desk and the slots that wrap it, as LUKS does it.

K is 32 random bytes that never leave memory unwrapped.  A slot wraps K with AES-256-GCM under a
key made of a passphrase (Argon2id) or of the recovery key (HKDF); what the slot says about
itself, and the desk's id, are bound as associated data.  What encrypts something is never K
itself but HKDF-SHA256(K, name).  Secrets live in bytearrays and are overwritten after use.

A slot also has a public key, whose private half is made of the same secret: a new K can be sealed
to it (HPKE, RFC 9180, X25519) while nobody types that secret.  Anybody can seal to a public key, and it
stands in every key file; so each new K is vouched for by the K before it, back to the one that the
secret itself wrapped.  Who never held a K of this desk cannot put one of his own into a slot.
"""

import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from coachdesk.errors import WrongPassphrase
from coachdesk.i18n import N_
from coachdesk.store import argon
from coachdesk.store.argon import FLOOR, KdfCost

KEY_BYTES = 32
PASSPHRASE, RECOVERY = "passphrase", "recovery"
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_VOUCHED = sha256().digest_size


def wipe(*secrets_: bytearray) -> None:
    """Overwrite secrets with zeros."""
    for secret in secrets_:
        secret[:] = bytes(len(secret))


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value that is signed or bound."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


class MasterKey:
    """K, from which the keys in use are made; ``wipe`` ends it."""

    def __init__(self, secret: bytearray) -> None:
        self._secret = secret

    @classmethod
    def new(cls) -> "MasterKey":
        """A fresh random key."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)))

    def subkey(self, name: str) -> bytearray:
        """The key for one use: store, log, backup, device, keyfile."""
        out = bytearray(KEY_BYTES)
        _hkdf(self._secret, None, f"coachdesk {name}", out)
        return out

    def mac(self, content: bytes) -> str:
        """Signs the key file, so that no slot of it can be exchanged or taken away unseen."""
        return self._mac("keyfile", content).hex()

    def vouched(self, sealed: bytes, bound: bytes) -> bytes:
        """What shows that the K sealed to a slot comes after this one."""
        return self._mac("keys after this one", b"%d:" % len(bound) + bound + sealed)

    def _mac(self, name: str, content: bytes) -> bytes:
        key = self.subkey(name)
        try:
            return hmac.new(key, content, sha256).digest()
        finally:
            wipe(key)

    def wrapped(self, kek: bytearray, nonce: bytes, bound: bytes) -> bytes:
        """K as a slot holds it."""
        return AESGCM(kek).encrypt(nonce, self._secret, bound)

    def sealed(self, public: bytes, bound: bytes) -> bytes:
        """K as only the owner of a public key can read it."""
        return _SUITE.encrypt(self._secret, X25519PublicKey.from_public_bytes(public), bound)

    def same_as(self, other: "MasterKey") -> bool:
        """Whether both are the same key."""
        return hmac.compare_digest(self._secret, other._secret)

    def wipe(self) -> None:
        """Forget the key."""
        wipe(self._secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in: K wrapped under a passphrase of a coach, or under the recovery key."""

    id: str
    kind: str
    coach_id: int | None
    label: str
    cost: KdfCost | None
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)
    public: bytes = b""  # none in desks of 0.1
    sealed: tuple[bytes, ...] = ()  # each K since, sealed to ``public`` and vouched for by the one before

    def bound(self, desk_id: str) -> bytes:
        """What the wrapping binds: the desk and everything the slot says about itself."""
        return canonical({"desk": desk_id, "slot": self.header()})

    def header(self) -> dict[str, object]:
        """What the slot says about itself, as the key file writes it."""
        said: dict[str, object] = {
            "id": self.id,
            "kind": self.kind,
            "coach_id": self.coach_id,
            "label": self.label,
            "argon2id": asdict(self.cost) if self.cost else None,
            "salt": self.salt.hex(),
        }
        return {**said, "public": self.public.hex()} if self.public else said


def passphrase_slot(
    key: MasterKey,
    desk_id: str,
    passphrase: str,
    *,
    coach_id: int,
    cost: KdfCost,
    label: str = "",
    floor: KdfCost = FLOOR,
) -> Slot:
    """A slot that the passphrase opens.

    Raises:
        DeskDamaged: ``cost`` is below ``floor``; only a test lowers the floor.
    """
    argon.check(cost, floor)
    return _wrap(key, desk_id, PASSPHRASE, passphrase_bytes(passphrase), coach_id, cost, label)


def recovery_slot(key: MasterKey, desk_id: str, secret: bytearray, *, label: str = "") -> Slot:
    """A slot that the recovery key opens; 160 random bits need no stretching."""
    return _wrap(key, desk_id, RECOVERY, bytearray(secret), None, None, label)


def sealed_anew(slot: Slot, old: MasterKey, new: MasterKey, desk_id: str) -> Slot:
    """The slot with another K in it, which the same secret opens; nobody has to type it."""
    bound = slot.bound(desk_id)
    sealed = new.sealed(slot.public, bound)
    return replace(slot, sealed=(*slot.sealed, sealed + old.vouched(sealed, bound)))


def open_slot(slot: Slot, desk_id: str, secret: bytearray, floor: KdfCost = FLOOR) -> MasterKey:
    """K out of a slot; ``secret`` is the passphrase's bytes or the recovery key.

    Raises:
        WrongPassphrase: the secret does not open this slot.
        DeskDamaged: the slot asks for a cost beyond the limits.
    """
    if slot.cost is not None:
        argon.check(slot.cost, floor)
    out = bytearray(KEY_BYTES)
    key, bound = MasterKey(out), slot.bound(desk_id)
    with _kek(slot, secret) as kek:
        try:
            AESGCM(kek).decrypt_into(slot.nonce, slot.wrapped, bound, out)
            for sealed in slot.sealed:
                key = _after(key, sealed, _private(kek), bound)
        except (InvalidTag, ValueError) as error:
            key.wipe()
            raise wrong(slot.kind) from error
    return key


def wrong(kind: str) -> WrongPassphrase:
    """The sentence when nothing opens."""
    if kind == RECOVERY:
        return WrongPassphrase(N_("This recovery key does not open this desk."))
    return WrongPassphrase(N_("The passphrase does not open this desk."))


def passphrase_bytes(passphrase: str) -> bytearray:
    """NFC, UTF-8: the same on every keyboard."""
    return bytearray(unicodedata.normalize("NFC", passphrase).encode())


def _after(key: MasterKey, sealed: bytes, private: X25519PrivateKey, bound: bytes) -> MasterKey:
    """The K that came after this one, which is forgotten."""
    sealed, vouched = sealed[:-_VOUCHED], sealed[-_VOUCHED:]
    if not hmac.compare_digest(key.vouched(sealed, bound), vouched):
        raise InvalidTag
    found = bytearray(_SUITE.decrypt(sealed, private, bound))
    key.wipe()
    return MasterKey(found)


def _wrap(
    key: MasterKey,
    desk_id: str,
    kind: str,
    secret: bytearray,
    coach_id: int | None,
    cost: KdfCost | None,
    label: str,
) -> Slot:
    bare = Slot(
        id=secrets.token_hex(8),
        kind=kind,
        coach_id=coach_id,
        label=label,
        cost=cost,
        salt=secrets.token_bytes(16),
        nonce=secrets.token_bytes(12),
        wrapped=b"",
    )
    with _kek(bare, secret) as kek:
        bare = replace(bare, public=_private(kek).public_key().public_bytes_raw())
        wrapped = key.wrapped(kek, bare.nonce, bare.bound(desk_id))
    wipe(secret)
    return replace(bare, wrapped=wrapped)


@contextmanager
def _kek(slot: Slot, secret: bytearray) -> Iterator[bytearray]:
    kek = bytearray(KEY_BYTES)
    try:
        if slot.cost is not None:
            argon.derive_into(secret, slot.salt, slot.cost, kek)
        else:
            _hkdf(secret, slot.salt, "coachdesk recovery", kek)
        yield kek
    finally:
        wipe(kek)


def _private(kek: bytearray) -> X25519PrivateKey:
    seed = bytearray(KEY_BYTES)
    try:
        _hkdf(kek, None, "coachdesk slot seal", seed)
        return X25519PrivateKey.from_private_bytes(seed)
    finally:
        wipe(seed)


def _hkdf(secret: bytearray, salt: bytes | None, name: str, out: bytearray) -> None:
    HKDF(hashes.SHA256(), len(out), salt, name.encode()).derive_into(secret, out)
