"""What one desk seals for another: its card, and letters signed and sealed as bundles are.

A desk is named by the thumbprint of its signing key, and every letter carries the card of who wrote it: so
the signature proves which desk that is, and two people compare the fingerprint before they believe the
name.  JWS ES256 inside JWE ECDH-ES+A256KW with A256GCM, the algorithms pinned as in ``seal``.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwe, jws
from joserfc.jwe import JWERegistry
from joserfc.jws import JWSRegistry

from coachdesk.domain.summary import canonical
from coachdesk.errors import Unreadable
from coachdesk.exchange import keys, seal
from coachdesk.exchange.enrolment import visible
from coachdesk.exchange.keys import ENCRYPT, ID, SIGN, Jwk, imported
from coachdesk.i18n import N_

HANDOVER, ANSWER = "coachdesk-handover", "coachdesk-handover-answer"
VERSION = 1
MOST_BYTES = 32 << 10  # of gzip
_SIGNING = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
_SEALING = JWERegistry(algorithms=["ECDH-ES+A256KW", "A256GCM"], strict_check_header=False)
_OUTER = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "cty": "JOSE"}
_NO_CARD = N_("The file is not the public file of a desk.")
_NO_LETTER = N_("The file is not from another desk, or is damaged.")
_CHANGED = N_("The file is damaged or has been changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCard:
    """A desk's public file: its names, the key it signs with and the key that is sealed for."""

    name_fi: str
    name_sv: str
    sign: Mapping[str, Any]
    encrypt: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The desk's id: the thumbprint of its signing key."""
        return str(self.sign["kid"])

    @property
    def fingerprint(self) -> str:
        """What both sides compare: over both keys."""
        return keys.fingerprint(self.encrypt, self.sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An opened letter: who wrote it, and its JSON."""

    card: DeskCard
    value: Mapping[str, Any]


def card_value(card: DeskCard) -> dict[str, Any]:
    """A card as JSON."""
    return {
        "desk": VERSION,
        "name": {"fi": card.name_fi, "sv": card.name_sv},
        "jwks": {"keys": [keys.public(card.encrypt), keys.public(card.sign)]},
    }


def card_text(card: DeskCard) -> bytes:
    """The public file of a desk."""
    return (json.dumps(card_value(card), indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def read_card(content: bytes) -> DeskCard:
    """A desk's public file.

    Raises:
        Unreadable: it is none, a key is not of the right kind, or it was made by a newer program.
    """
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_NO_CARD) from error
    return checked_card(value)


def checked_card(value: object) -> DeskCard:
    """A card from outside.

    Raises:
        Unreadable: as ``read_card``.
    """
    wrong = Unreadable(_NO_CARD)
    if not isinstance(value, dict) or type(value.get("desk")) is not int:
        raise wrong
    if value["desk"] > VERSION:
        raise Unreadable(N_("The file was made by a newer version of CoachDesk. Update this one first."))
    name, jwks = value.get("name"), value.get("jwks")
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    if value["desk"] != VERSION or not isinstance(name, dict) or not isinstance(listed, list):
        raise wrong
    by_use = {str(key.get("use")): key for key in listed if isinstance(key, dict)}
    if len(listed) != 2 or set(by_use) != {SIGN, ENCRYPT}:
        raise wrong
    fi, sv = visible(name.get("fi", "")), visible(name.get("sv", ""))
    if not fi and not sv:
        raise wrong
    found = {use: keys.checked_public(key, use) for use, key in by_use.items()}
    return DeskCard(name_fi=fi, name_sv=sv, sign=found[SIGN], encrypt=found[ENCRYPT])


def sealed(
    kind: str, value: Mapping[str, Any], *, own: DeskCard, signing_key: Jwk, to: DeskCard, iat: int
) -> bytes:
    """A letter for one desk: the gzip of canonical JSON, signed and sealed.

    Raises:
        ValueError: it is bigger than a letter may be: a mistake of ours.
    """
    packed = zlib.compress(canonical({**value, "card": card_value(own)}), 6, 31)
    if len(packed) > MOST_BYTES:
        raise ValueError("too big for a letter")
    header: dict[str, object] = {"alg": "ES256", "kid": own.id, "typ": f"{kind}+jws"}
    header |= {"cty": "application/gzip", "aud": to.id, "iss": own.id, "iat": iat}
    inner = jws.serialize_compact(header, packed, imported(signing_key), registry=_SIGNING)
    outer = {**_OUTER, "typ": f"{kind}+jwe", "kid": to.encrypt["kid"]}
    return jwe.encrypt_compact(outer, inner, imported(to.encrypt), registry=_SEALING).encode("ascii")


def sealed_for(content: bytes) -> str:
    """The key that a letter is sealed for; believe it only after ``opened``.

    Raises:
        Unreadable: it is no letter.
    """
    return str(seal.header_of(content, 5, seal.BIGGEST_BUNDLE).get("kid"))


def opened(kind: str, content: bytes, *, own: DeskCard, own_key: Jwk) -> Letter:
    """Open and verify a letter for this desk.

    Raises:
        Unreadable: it is no such letter, for another desk, or damaged, changed or signed by somebody else.
    """
    header = seal.header_of(content, 5, seal.BIGGEST_BUNDLE)
    fixed = {**_OUTER, "typ": f"{kind}+jwe"}
    epk = header.get("epk")
    if set(header) != {*fixed, "kid", "epk"} or any(header[name] != fixed[name] for name in fixed):
        raise Unreadable(_NO_LETTER)
    if not isinstance(epk, dict) or set(epk) != {"kty", "crv", "x", "y"} or epk["crv"] != "P-256":
        raise Unreadable(_NO_LETTER)
    if header["kid"] != own.encrypt["kid"]:
        raise Unreadable(N_("The file is meant for another desk. It cannot be opened here."))
    try:
        inner = jwe.decrypt_compact(content, imported(own_key), registry=_SEALING).plaintext or b""
    except Exception as error:  # whatever a changed file makes a library say, it is the same to people
        raise Unreadable(_CHANGED) from error
    return _verified(kind, inner, own)


def _verified(kind: str, inner: bytes, own: DeskCard) -> Letter:
    header = seal.header_of(inner, 3, seal.BIGGEST_BUNDLE)
    fixed = {"alg": "ES256", "typ": f"{kind}+jws", "cty": "application/gzip", "aud": own.id}
    if set(header) != {*fixed, "kid", "iss", "iat"} or header["kid"] != header["iss"]:
        raise Unreadable(_NO_LETTER)
    if header["aud"] != own.id:
        raise Unreadable(N_("The file is meant for another desk. It cannot be opened here."))
    if any(header[name] != fixed[name] for name in fixed) or not _is_id(header["iss"]):
        raise Unreadable(_NO_LETTER)
    value = seal.loaded(seal.unpacked(_payload(inner)))
    if not isinstance(value, dict):
        raise Unreadable(_NO_LETTER)
    card = checked_card(value.get("card"))
    if card.id != header["iss"]:
        raise Unreadable(_CHANGED)
    seal.verified(inner, card.sign)
    return Letter(card=card, value={name: one for name, one in value.items() if name != "card"})


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(ID.fullmatch(value))


def _payload(inner: bytes) -> bytes:
    """The payload before its signature is verified: the card inside says with which key that is done."""
    try:
        return jws.extract_compact(inner).payload
    except Exception as error:  # whatever a tampered file makes a library say, it is the same to people
        raise Unreadable(_CHANGED) from error
