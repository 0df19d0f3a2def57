"""Bundles that a region seals for one desk: the same envelope the other way (``docs/protocol.md`` 2, 9).

The signature is the region's, ``iss`` its id, ``aud`` the desk; the seal is for the desk's own ``enc`` key.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from joserfc import jwe
from joserfc.jwe import JWERegistry

from coachdesk.errors import Unreadable
from coachdesk.exchange import seal
from coachdesk.exchange.keys import ID, Jwk, imported
from coachdesk.exchange.seal import BIGGEST_BUNDLE, BUNDLE, OUTER, Label, Open
from coachdesk.i18n import N_

__all__ = ["Open", "sealed_for", "unseal"]

_SEALING = JWERegistry(algorithms=["ECDH-ES+A256KW", "A256GCM"], strict_check_header=False)
_HASH = re.compile(r"[0-9a-f]{64}")
_NO_LETTER = N_("The file is not a letter of a region.")


def unseal(
    content: bytes,
    *,
    device: str,
    own_keys: Mapping[str, Jwk],
    regions: Mapping[str, Mapping[str, Jwk]],
) -> Open:
    """Open and verify a bundle from a region; its label's ``iss`` is the region.

    Args:
        content: the bytes of the file.
        device: this desk's id.
        own_keys: the desk's private keys for letters, by ``kid``.
        regions: the signing keys of each enrolled region, by its id and by ``kid``.

    Raises:
        Unreadable: it is not whole, is for another desk, from a region that is not enrolled here, or signed
            with a key that is not known.
    """
    _check_outer(content, own_keys)
    kid = seal.header_of(content, 5, BIGGEST_BUNDLE)["kid"]
    try:
        inner = jwe.decrypt_compact(content, imported(own_keys[kid]), registry=_SEALING).plaintext or b""
    except Exception as error:  # whatever a tampered file makes a library say, it is the same to people
        raise Unreadable(N_("The letter is damaged or has been changed.")) from error
    label, signed_with = _label(seal.header_of(inner, 3, BIGGEST_BUNDLE))
    if label.aud != device:
        raise Unreadable(N_("The letter is meant for another desk."))
    if label.iss not in regions:
        raise Unreadable(N_("The letter comes from a region that is not enrolled here."))
    if signed_with not in regions[label.iss]:
        raise Unreadable(N_("The letter is signed with a key that is not known here. Read a receipt first."))
    packed = seal.verified(inner, regions[label.iss][signed_with])
    value = seal.loaded(seal.unpacked(packed))
    return Open(label=label, value=value, sha256=sha256(content).hexdigest())


def sealed_for(content: bytes) -> str:
    """The id of the key that it says it is sealed for; empty where it names none.

    Raises:
        Unreadable: it is no sealed letter.
    """
    return str(seal.header_of(content, 5, BIGGEST_BUNDLE).get("kid") or "")


def _check_outer(content: bytes, own_keys: Mapping[str, Jwk]) -> None:
    header = seal.header_of(content, 5, BIGGEST_BUNDLE)
    epk = header.get("epk")
    if set(header) != {*OUTER, "kid", "epk"} or any(header[name] != OUTER[name] for name in OUTER):
        raise Unreadable(_NO_LETTER)
    if not isinstance(epk, dict) or set(epk) != {"kty", "crv", "x", "y"} or epk["crv"] != "P-256":
        raise Unreadable(_NO_LETTER)
    if not isinstance(header["kid"], str) or header["kid"] not in own_keys:
        raise Unreadable(N_("The letter is sealed for another desk, or for a key that is not here."))


def _label(header: Mapping[str, Any]) -> tuple[Label, str]:
    names = {"alg", "kid", "typ", "cty", "aud", "iss", "epoch", "seq", "prev", "iat"}
    fixed = {"alg": "ES256", "typ": BUNDLE, "cty": "application/gzip"}
    if set(header) != names or any(header[name] != value for name, value in fixed.items()):
        raise Unreadable(_NO_LETTER)
    whole = all(type(header[name]) is int and 0 <= header[name] < 2**53 for name in ("epoch", "seq", "iat"))
    texts = all(isinstance(header[name], str) for name in ("kid", "aud", "iss", "prev"))
    if not whole or not texts or header["seq"] < 1 or header["epoch"] < 1:
        raise Unreadable(_NO_LETTER)
    if not ID.fullmatch(header["kid"]) or (header["prev"] and not _HASH.fullmatch(header["prev"])):
        raise Unreadable(_NO_LETTER)
    label = Label(**{name: header[name] for name in ("aud", "iss", "epoch", "seq", "prev", "iat")})
    return label, str(header["kid"])
