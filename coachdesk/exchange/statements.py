"""Signed statements between a desk and a region: status, refusal, enrolment, token, to what was answered.

Each is a JWS in compact form, ES256, over canonical JSON (``docs/protocol.md`` 1.1).  The header has exactly
the members that are named here; every other algorithm or member is refused.  Receipts have the same
form and stand in ``seal``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.jws import JWSRegistry

from coachdesk.domain.summary import canonical
from coachdesk.errors import Unreadable
from coachdesk.exchange import seal
from coachdesk.exchange.keys import ID, Jwk, imported
from coachdesk.i18n import N_

STATUS, REFUSAL, ENROLLED = "coachdesk-status+jws", "coachdesk-refusal+jws", "coachdesk-enrolled+jws"
ENROLMENT, TOKEN = "coachdesk-enrolment+jws", "coachdesk-token+jws"
ASKED = "coachdesk-asked+jws"  # travels beside an answer, in the header of that name
ASKED_HEADER = "coachdesk-asked"
ANYBODY = "*"
BIGGEST = 32 << 10
VERSION = 1
PROTOCOLS = (1, 2)  # what a region can do; 2: it says to what it answers (``docs/protocol.md`` 3.3)
BOUND = 2
_SIGNING = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
_WRONG = N_("The answer is not of the form that is agreed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A verified statement: of what type, for whom, from whom, signed with which key, and what it says."""

    typ: str
    aud: str
    iss: str
    kid: str
    value: Mapping[str, Any]


def sign(typ: str, value: Mapping[str, Any], *, aud: str, iss: str, iat: int, key: Jwk) -> bytes:
    """A statement, signed."""
    header = {"alg": "ES256", "kid": key["kid"], "typ": typ, "cty": "application/json"}
    header |= {"aud": aud, "iss": iss, "iat": iat}
    return jws.serialize_compact(header, canonical(value), imported(key), registry=_SIGNING).encode("ascii")


def read(content: bytes, *, typ: str | tuple[str, ...], known: Mapping[str, Jwk]) -> Statement:
    """A statement, verified with one of the keys that are known (by ``kid``).

    Raises:
        Unreadable: it is none, of another type, signed with a key that is not known, or changed.
    """
    header = header_of(content, typ)
    if header["kid"] not in known:
        raise Unreadable(N_("The answer is signed with a key that is not known here."))
    return _of(header, seal.verified(content, known[header["kid"]]))


def header_of(content: bytes, typ: str | tuple[str, ...]) -> dict[str, Any]:
    """The header of a statement of a type; believe it only after ``read``.

    Raises:
        Unreadable: it is none.
    """
    header = seal.header_of(content, 3, BIGGEST)
    wanted = (typ,) if isinstance(typ, str) else typ
    texts = all(isinstance(header.get(name), str) for name in ("kid", "aud", "iss"))
    if set(header) != {"alg", "kid", "typ", "cty", "aud", "iss", "iat"} or not texts:
        raise Unreadable(_WRONG)
    if header["alg"] != "ES256" or header["cty"] != "application/json" or header["typ"] not in wanted:
        raise Unreadable(_WRONG)
    if not ID.fullmatch(header["kid"]) or type(header["iat"]) is not int:
        raise Unreadable(_WRONG)
    return header


def unverified(content: bytes, typ: str) -> Statement:
    """A statement whose signature the caller verifies with a key that stands inside it (``verify``).

    Raises:
        Unreadable: it is none.
    """
    header = header_of(content, typ)
    try:
        payload = jws.extract_compact(content).payload
    except Exception as error:  # joserfc names a broken text in several ways
        raise Unreadable(_WRONG) from error
    return _of(header, payload)


def verify(content: bytes, key: Jwk) -> None:
    """Whether a text is signed with a key.

    Raises:
        Unreadable: the signature does not fit.
    """
    seal.verified(content, key)


def _of(header: Mapping[str, Any], payload: bytes) -> Statement:
    value = seal.loaded(payload)
    if not isinstance(value, dict):
        raise Unreadable(_WRONG)
    return Statement(typ=header["typ"], aud=header["aud"], iss=header["iss"], kid=header["kid"], value=value)
