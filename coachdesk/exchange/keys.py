"""Keys on P-256 as JWK tables: made, checked, named by their thumbprint (RFC 7638) and shown to compare."""

import base64
import json
import re
import secrets
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc.jwk import ECKey

from coachdesk.domain.field_kinds import closed
from coachdesk.domain.summary import canonical
from coachdesk.errors import Unreadable
from coachdesk.i18n import N_

Jwk = Mapping[str, Any]

SIGN, ENCRYPT = "sig", "enc"
ALGORITHM = {SIGN: "ES256", ENCRYPT: "ECDH-ES+A256KW"}
ID = re.compile(r"[A-Za-z0-9_-]{43}")
_NONCE = 12
_NUMBER = re.compile(r"[A-Za-z0-9_-]{43}")


def new_key(use: str) -> dict[str, Any]:
    """A new private key for one use; ``kid`` is its thumbprint."""
    made = ECKey.generate_key("P-256", auto_kid=False).as_dict(private=True)
    found = {name: made[name] for name in ("kty", "crv", "x", "y", "d")}
    return {**found, "kid": thumbprint(found), "use": use, "alg": ALGORITHM[use]}


def public(key: Jwk) -> dict[str, Any]:
    """What may be handed out of a key."""
    return {name: key[name] for name in ("kty", "crv", "x", "y", "kid", "use", "alg")}


def thumbprint(key: Jwk) -> str:
    """The RFC 7638 thumbprint: SHA-256 in base64url, 43 symbols."""
    core = canonical({name: key[name] for name in ("crv", "kty", "x", "y")})
    return base64.urlsafe_b64encode(sha256(core).digest()).rstrip(b"=").decode("ascii")


def fingerprint(*keys: Jwk) -> str:
    """128 bits over the thumbprints of keys, in eight groups of four to read aloud and compare."""
    joined = ".".join(thumbprint(key) for key in keys)
    text = sha256(joined.encode("ascii")).hexdigest()[:32].upper()
    return " ".join(text[n : n + 4] for n in range(0, 32, 4))


def checked_public(value: object, use: str) -> dict[str, Any]:
    """A public key from outside, with a ``kid`` of our own counting.

    Raises:
        Unreadable: it is no P-256 key, is not for that use, or is a private key.
    """
    wrong = Unreadable(N_("The file holds no public key of the right kind."))
    if not isinstance(value, dict):
        raise wrong
    if "d" in value:
        raise Unreadable(N_("The file holds a private key. Keep it where it is and hand out the public one."))
    if value.get("kty") != "EC" or value.get("crv") != "P-256" or value.get("use", use) != use:
        raise wrong
    if not all(isinstance(value.get(name), str) and _NUMBER.fullmatch(value[name]) for name in ("x", "y")):
        raise wrong
    found = {"kty": "EC", "crv": "P-256", "x": value["x"], "y": value["y"]}
    found |= {"kid": thumbprint(found), "use": use, "alg": ALGORITHM[use]}
    try:
        imported(found)
    except Exception as error:  # joserfc and cryptography name a wrong point in several ways
        raise wrong from error
    return found


def schema(*uses: str) -> dict[str, Any]:
    """JSON Schema of a public key of one of some uses; never of a private one."""
    number = {"type": "string", "pattern": f"^(?:{_NUMBER.pattern})$", "maxLength": 43}
    fixed = {"kty": {"const": "EC"}, "crv": {"const": "P-256"}, "x": number, "y": number}
    name = {"type": "string", "pattern": f"^(?:{ID.pattern})$", "maxLength": 43}
    found = [
        closed({**fixed, "kid": name, "use": {"const": use}, "alg": {"const": ALGORITHM[use]}})
        for use in uses
    ]
    return found[0] if len(found) == 1 else {"oneOf": found}


def imported(key: Jwk) -> ECKey:
    """The key as joserfc wants it; made once for each key."""
    return _imported(tuple(sorted((name, str(key[name])) for name in key if name in _TAKEN)))


_TAKEN = ("kty", "crv", "x", "y", "d", "kid", "use", "alg")


@cache
def _imported(members: tuple[tuple[str, str], ...]) -> ECKey:
    found = ECKey.import_key(dict(members))
    _ = found.raw_value  # the point is checked here and not at its first use
    return found


def wrapped(key: Jwk, under: bytes) -> bytes:
    """A private key sealed for keeping (AES-256-GCM, bound to its id)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(under).encrypt(nonce, canonical(dict(key)), str(key["kid"]).encode("ascii"))


def unwrapped(kept: bytes, under: bytes, kid: str) -> dict[str, Any]:
    """A private key that was kept.

    Raises:
        Unreadable: it is not the key of that id, or was changed.
    """
    try:
        text = AESGCM(under).decrypt(kept[:_NONCE], kept[_NONCE:], kid.encode("ascii"))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(N_("The signing key of this desk cannot be read.")) from error
    found: dict[str, Any] = json.loads(text)
    return found
