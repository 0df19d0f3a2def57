"""The one gate: gzip of canonical JSON, signed by the device (JWS), sealed for the region (JWE).

JWS ES256 inside JWE ECDH-ES+A256KW with A256GCM, both compact (RFC 7515, 7516, 7518).  The inner header
says for whom (``aud``), from whom (``iss``) and where in the row of bundles (``epoch``, ``seq``, ``prev``);
outside only the region's key is named.  The algorithms are pinned here and never read from a file:
``crit``, ``zip``, ``b64``, ``none`` and every header we do not write ourselves are refused.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from joserfc import jwe, jws
from joserfc.jwe import JWERegistry
from joserfc.jws import JWSRegistry

from coachdesk.domain.summary import canonical
from coachdesk.errors import Unreadable
from coachdesk.exchange.keys import ID, Jwk, imported
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.i18n import N_

BUNDLE, RECEIPT = "coachdesk-bundle+jws", "coachdesk-receipt+jws"
OUTER = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "typ": "coachdesk-bundle+jwe", "cty": "JOSE"}
BIGGEST_BUNDLE = 67_712  # what joserfc, and the least of other readers, open without being told
BIGGEST_RECEIPT = 128_000
BIGGEST_JSON = 8 << 20
MOST_PARTS = 600_000  # signs that begin or part values: what is small as text may be big as objects
_PARTY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}|[A-Za-z0-9_-]{43}")  # a region or a desk
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNING = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
_SEALING = JWERegistry(algorithms=["ECDH-ES+A256KW", "A256GCM"], strict_check_header=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The signed label of a bundle; ``prev`` is the SHA-256 of the bundle before it, empty for the first."""

    aud: str
    iss: str
    epoch: int
    seq: int
    prev: str = ""
    iat: int  # informative only: no decision rests on a clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed bundle; the same bytes travel however they are carried."""

    label: Label
    content: bytes

    @property
    def sha256(self) -> str:
        """The name by which a receipt calls it."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An opened and verified bundle: its label and its JSON."""

    label: Label
    value: Any
    sha256: str


def seal(packed: bytes, label: Label, signing_key: Jwk, region_key: Jwk) -> Sealed:
    """Sign and seal the gzip of a bundle."""
    header = {
        "alg": "ES256",
        "kid": signing_key["kid"],  # a desk's own id; one of the keys of a region
        "typ": BUNDLE,
        "cty": "application/gzip",
        "aud": label.aud,
        "iss": label.iss,
        "epoch": label.epoch,
        "seq": label.seq,
        "prev": label.prev,
        "iat": label.iat,
    }
    inner = jws.serialize_compact(header, packed, imported(signing_key), registry=_SIGNING)
    outer = {**OUTER, "kid": region_key["kid"]}
    found = jwe.encrypt_compact(outer, inner, imported(region_key), registry=_SEALING)
    return Sealed(label=label, content=found.encode("ascii"))


def unseal(content: bytes, region_id: str, own_keys: Mapping[str, Jwk], devices: Mapping[str, Jwk]) -> Open:
    """Open and verify a bundle.

    Args:
        content: the bytes of the file.
        region_id: who opens it.
        own_keys: the region's private keys for sealing, by ``kid``.
        devices: the public keys of the enrolled devices, by id.

    Raises:
        Unreadable: it is not whole, not for this region, not from a device that is enrolled here.
    """
    header, packed = _signed_inside(content, own_keys)
    label = _label(header)
    if header["kid"] != label.iss:
        raise _foreign()
    if label.aud != region_id:
        message = N_("The bundle is meant for another region.")
        raise Unaccepted("wrong_audience", message, device=label.iss)
    if label.iss not in devices:
        message = N_("The bundle comes from a desk that is not enrolled here.")
        raise Unaccepted("unknown_device", message, device=label.iss)
    return _opened(content, packed, label, devices[label.iss])


def sealed_for(content: bytes) -> str:
    """The ``kid`` of the key that a bundle is sealed for: all that can be read of it from outside.

    Raises:
        Unreadable: it is no bundle.
    """
    return str(_outer(content)["kid"])


def _foreign() -> Unaccepted:
    return Unaccepted("not_a_bundle", N_("The file is not a bundle of CoachDesk."))


def _damaged() -> Unaccepted:
    return Unaccepted("damaged", N_("The bundle is damaged or has been changed."))


def _too_big() -> Unaccepted:
    return Unaccepted("too_big_inside", N_("The bundle is far bigger inside than it may be."))


def _opened(content: bytes, inner: bytes, label: Label, key: Jwk) -> Open:
    """Verify before unpacking: nothing of a stranger's is ever inflated."""
    try:
        packed = verified(inner, key)
    except Unreadable as error:
        raise Unaccepted("wrong_signature", error.message, device=label.iss) from error
    try:
        text = unpacked(packed)
        if sum(text.count(sign) for sign in (b"[", b"{", b",")) > MOST_PARTS:
            raise _too_big()
        return Open(label=label, value=loaded(text), sha256=sha256(content).hexdigest())
    except Unreadable as error:
        reason = error.reason if isinstance(error, Unaccepted) else "damaged"
        raise Unaccepted(reason, error.message, device=label.iss) from error


def _signed_inside(content: bytes, own_keys: Mapping[str, Jwk]) -> tuple[dict[str, Any], bytes]:
    """The signed text in a sealed one, with its header."""
    header = _outer(content)
    if header["kid"] not in own_keys:
        message = N_("The bundle is sealed for another region, or for a key that is not here.")
        raise Unaccepted("wrong_key", message)
    try:
        inner = jwe.decrypt_compact(content, imported(own_keys[header["kid"]]), registry=_SEALING).plaintext
    except Exception as error:  # whatever a tampered file makes a library say, it is the same to people
        raise _damaged() from error
    return _judged(lambda: header_of(inner or b"", 3, BIGGEST_BUNDLE)), inner or b""


def _judged(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return read()
    except Unreadable as error:
        raise Unaccepted("not_a_bundle", error.message) from error


def _outer(content: bytes) -> dict[str, Any]:
    header = _judged(lambda: header_of(content, 5, BIGGEST_BUNDLE))
    if set(header) != {*OUTER, "kid", "epk"} or any(header[name] != OUTER[name] for name in OUTER):
        raise _foreign()
    epk = header["epk"]
    if not isinstance(epk, dict) or set(epk) != {"kty", "crv", "x", "y"} or epk["crv"] != "P-256":
        raise _foreign()
    if not isinstance(header["kid"], str):
        raise _foreign()
    return header


def _label(header: Mapping[str, Any]) -> Label:
    wrong = _foreign()
    names = {"alg", "kid", "typ", "cty", "aud", "iss", "epoch", "seq", "prev", "iat"}
    fixed = {"alg": "ES256", "typ": BUNDLE, "cty": "application/gzip"}
    if set(header) != names or any(header[name] != value for name, value in fixed.items()):
        raise wrong
    whole = all(type(header[name]) is int and 0 <= header[name] < 2**53 for name in ("epoch", "seq", "iat"))
    if not whole or header["seq"] < 1 or header["epoch"] < 1:
        raise wrong
    texts = {"kid": ID, "aud": _PARTY, "iss": _PARTY}
    if not all(isinstance(header[n], str) and form.fullmatch(header[n]) for n, form in texts.items()):
        raise wrong
    prev = header["prev"]
    if not isinstance(prev, str) or (prev and not _HASH.fullmatch(prev)):
        raise wrong
    return Label(**{name: header[name] for name in ("aud", "iss", "epoch", "seq", "prev", "iat")})


def sign_receipt(value: Any, *, region_id: str, device: str, iat: int, signing_key: Jwk) -> bytes:
    """A receipt: canonical JSON signed by the region (JWS), for one device."""
    header = {
        "alg": "ES256",
        "kid": signing_key["kid"],
        "typ": RECEIPT,
        "cty": "application/json",
        "aud": device,
        "iss": region_id,
        "iat": iat,
    }
    return jws.serialize_compact(header, canonical(value), imported(signing_key), registry=_SIGNING).encode(
        "ascii"
    )


def open_receipt(content: bytes, *, region_id: str, device: str, region_keys: Mapping[str, Jwk]) -> Any:
    """The JSON of a receipt that this region signed for this device.

    Raises:
        Unreadable: it is not whole, of another region, for another desk, or signed by no key we know.
    """
    header = header_of(content, 3, BIGGEST_RECEIPT)
    fixed = {"alg": "ES256", "typ": RECEIPT, "cty": "application/json"}
    if set(header) != {*fixed, "kid", "aud", "iss", "iat"} or any(header[n] != v for n, v in fixed.items()):
        raise Unreadable(N_("The file is not a receipt of CoachDesk."))
    if header["iss"] != region_id:
        raise Unreadable(N_("The receipt comes from another region."))
    if header["aud"] != device:
        raise Unreadable(N_("The receipt is meant for another desk."))
    if not isinstance(header["kid"], str) or header["kid"] not in region_keys:
        raise Unreadable(N_("The receipt is signed with a key that is not known here."))
    return loaded(verified(content, region_keys[header["kid"]]))


def issuer(content: bytes) -> str:
    """Who says to have signed a receipt; believe it only after ``open_receipt``.

    Raises:
        Unreadable: it is no receipt.
    """
    header = header_of(content, 3, BIGGEST_RECEIPT)
    if header.get("typ") != RECEIPT or not isinstance(header.get("iss"), str):
        raise Unreadable(N_("The file is not a receipt of CoachDesk."))
    return str(header["iss"])


def verified(inner: bytes, key: Jwk) -> bytes:
    """What a signed text holds.

    Raises:
        Unreadable: the signature does not fit.
    """
    try:
        return jws.deserialize_compact(inner, imported(key), registry=_SIGNING).payload
    except Exception as error:  # as above: one sentence for every way of being wrong
        raise Unreadable(
            N_("The signature does not fit. The file is damaged or has been changed.")
        ) from error


def header_of(content: bytes, parts: int, biggest: int) -> dict[str, Any]:
    """The protected header of a compact JOSE text, read strictly.

    Raises:
        Unreadable: it is none, or too big.
    """
    wrong = Unreadable(N_("The file is not a bundle or receipt of CoachDesk."))
    if not content:
        raise Unreadable(N_("The file is empty."))
    if len(content) > biggest:
        raise Unreadable(N_("The file is too big to be from CoachDesk."))
    pieces = content.split(b".")
    if len(pieces) != parts or not re.fullmatch(rb"[A-Za-z0-9_-]{1,1366}", pieces[0]):
        raise wrong
    try:
        text = base64.urlsafe_b64decode(pieces[0] + b"=" * (-len(pieces[0]) % 4))
    except binascii.Error:
        raise wrong from None
    found = loaded(text)
    if not isinstance(found, dict):
        raise wrong
    return found


def unpacked(packed: bytes) -> bytes:
    """The JSON inside one gzip member, never more than 8 MiB.

    Raises:
        Unreadable: it is damaged, or bigger.
    """
    opener = zlib.decompressobj(31)
    try:
        text = opener.decompress(packed, BIGGEST_JSON + 1)
    except zlib.error as error:
        raise Unreadable(N_("The bundle is damaged or has been changed.")) from error
    if len(text) > BIGGEST_JSON or opener.unconsumed_tail:
        raise _too_big()
    if not opener.eof or opener.unused_data:
        raise Unreadable(N_("The bundle is damaged or has been changed."))
    return text


def loaded(text: bytes) -> Any:
    """JSON in UTF-8 without doubled members and without numbers that JSON does not know.

    Raises:
        Unreadable: it is none.
    """
    try:
        return json.loads(text.decode("utf-8"), object_pairs_hook=_members, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable(N_("The file is damaged or has been changed.")) from error


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)
