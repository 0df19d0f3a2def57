"""JSON Schemas of what desk and region say beside bundles and receipts, and of their public files.

Closed objects all the way down (``docs/protocol.md`` 3, 7 and 8).  Each is of the JSON that is signed; the
header around it is described once, in ``header``.
"""

from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.field_kinds import Pattern, Whole, closed
from coachdesk.exchange import keys, statements
from coachdesk.exchange.enrolment import REGION_ID
from coachdesk.exchange.keys import ENCRYPT, ID, SIGN
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.exchange.seal import RECEIPT

_HEX32 = Pattern(r"[0-9a-f]{32}", 32).schema()
_ID = Pattern(ID.pattern, 43).schema()
_REGION = Pattern(REGION_ID.pattern, 40).schema()
_MOMENT = Pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", 20).schema()
_FINGERPRINT = Pattern(r"[0-9A-F]{4}(?: [0-9A-F]{4}){7}", 39).schema()
_WHOLE = Whole(0, 2**53 - 1).schema()
_NAME = {"type": "string", "maxLength": 200}


def _set(least: int, most: int) -> dict[str, Any]:
    """A set of keys with at least one to sign with."""
    listed = {
        "type": "array",
        "minItems": least,
        "maxItems": most,
        "items": keys.schema(SIGN, ENCRYPT),
        "contains": keys.schema(SIGN),
    }
    return closed({"keys": listed})


def _region() -> dict[str, Any]:
    """A region as its public file and its status say it."""
    return closed(
        {
            "id": _REGION,
            "name": closed({"fi": _NAME, "sv": _NAME}),
            "body": {"enum": sorted({code.key for code in codes("bodies")})},
            "jwks": _set(2, 20),
            "address": {"type": "string", "maxLength": 300, "pattern": "^https?://"},
        },
        optional=("address",),
    )


def region() -> dict[str, Any]:
    """``region.json``."""
    return _published("region-1", "Public file of a region", _region())


def device() -> dict[str, Any]:
    """A desk's public file: both keys, or in the older form the one that it signs with."""
    either = {"oneOf": [_set(1, 2), keys.schema(SIGN)]}
    return _published("device-1", "Public file of a desk", either)


def status() -> dict[str, Any]:
    """The region's answer to a nonce."""
    versions = {"type": "array", "minItems": 1, "maxItems": 20, "items": Whole(1, 999).schema()}
    inner = {"status": {"const": statements.VERSION}, "nonce": _HEX32, "time": _MOMENT}
    return _published(
        "status-1",
        "Status: the region answers to a nonce",
        closed({**inner, "protocol": versions, "region": _region()}),
    )


def enrolment() -> dict[str, Any]:
    """A desk asks to be enrolled by a one-time code."""
    code = Pattern(r"[0-9A-HJKMNP-TV-Z]{12}", 12).schema()
    inner = {"enrolment": {"const": statements.VERSION}, "code": code, "nonce": _HEX32, "jwks": _set(2, 2)}
    return _published("enrolment-1", "Enrolment: a desk asks by a one-time code", closed(inner))


def enrolled() -> dict[str, Any]:
    """The region has enrolled a desk."""
    inner = {"enrolled": {"const": statements.VERSION}, "nonce": _HEX32, "device": _ID}
    told = closed({**inner, "fingerprint": _FINGERPRINT, "region": _region()})
    return _published("enrolled-1", "Enrolled: the region has taken a desk in", told)


def token() -> dict[str, Any]:
    """A desk says once who it is."""
    path = Pattern(r"/v1/devices/[A-Za-z0-9_-]{43}/(?:state|letters)", 67).schema()
    inner = {"token": {"const": statements.VERSION}, "jti": _HEX32, "path": path}
    return _published(
        "token-1", "Token: a desk says once who it is", closed({**inner, "from": _MOMENT, "to": _MOMENT})
    )


def asked() -> dict[str, Any]:
    """To which question of a desk an answer was given, and what that answer is."""
    after = Pattern(r"(?:[0-9]{1,16}\.[0-9]{1,16})?", 33).schema()
    sha256 = Pattern(r"(?:[0-9a-f]{64})?", 64).schema()
    inner = {"asked": {"const": statements.VERSION}, "nonce": _HEX32, "after": after, "sha256": sha256}
    return _published("asked-1", "Asked: to what the region answers", closed(inner))


def refusal() -> dict[str, Any]:
    """The region does nothing, and why; a reader that does not know the reason goes by the HTTP status."""
    about = Pattern(r"(?:[0-9a-f]{32}|[0-9a-f]{64})?", 64).schema()
    inner = {
        "refusal": {"const": statements.VERSION},
        "reason": {"enum": sorted(REFUSALS)},
        "about": about,
        "time": _MOMENT,
        "wait": Whole(0, 24 * 3600).schema(),
    }
    told = closed(inner, optional=("wait",))
    return _published("refusal-1", "Refusal: the region does nothing, and why", told)


def header() -> dict[str, Any]:
    """The protected header of every signed statement, receipts included."""
    kinds = [statements.STATUS, RECEIPT, statements.REFUSAL, statements.ENROLLED, statements.ENROLMENT]
    who = {"type": "string", "pattern": f"^(?:{ID.pattern}|{REGION_ID.pattern})$"}
    aud = {"type": "string", "pattern": rf"^(?:{ID.pattern}|{REGION_ID.pattern}|\*)$"}
    inner = {
        "alg": {"const": "ES256"},
        "kid": _ID,
        "typ": {"enum": [*kinds, statements.TOKEN, statements.ASKED]},
        "cty": {"const": "application/json"},
        "aud": aud,
        "iss": who,
        "iat": _WHOLE,
    }
    return _published("header-1", "Protected header of a signed statement", closed(inner))


def _published(name: str, title: str, inner: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:coachdesk:schema:{name}",
        "title": title,
        **inner,
    }


PUBLISHED = {
    "region-1.json": region,
    "device-1.json": device,
    "status-1.json": status,
    "enrolment-1.json": enrolment,
    "enrolled-1.json": enrolled,
    "token-1.json": token,
    "asked-1.json": asked,
    "refusal-1.json": refusal,
    "header-1.json": header,
}
