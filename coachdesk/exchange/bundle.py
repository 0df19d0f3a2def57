"""A bundle as JSON: its items, its schema, its padding.

``{"bundle": 1, "items": [...], "pad": "..."}``.  ``pad`` fills the gzip up to the next 4 KiB, so that the
length tells little of how many summaries changed.  Each item has a ``kind``; a kind that a reader does not
know is set aside and stops nothing.
"""

import re
import secrets
import struct
import zlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from coachdesk.domain import aggregate, letter_kinds, offering, region_letters, summary
from coachdesk.domain.field_kinds import Day, Pattern, Whole, closed
from coachdesk.exchange import keys
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.i18n import N_

PUT, WITHDRAW, VOID, SNAPSHOT, RECEIPT = "put", "withdraw", "void", "snapshot", "receipt"
ANSWER, LETTERS_RECEIVED = region_letters.ANSWER, region_letters.LETTERS_RECEIVED
SERVICE_CARD, AGGREGATE, DESK_KEY = offering.SERVICE_CARD, aggregate.AGGREGATE, "desk_key"
APART = (ANSWER, SERVICE_CARD, AGGREGATE)  # rests on no consent: never in one bundle with summaries
MOST_ITEMS = 250
MOST_BYTES = 32 << 10  # of gzip, its padding included
STEP = 4 << 10
VERSION = 1

REF = Pattern(r"[0-9a-f]{32}", 32)
_NUMBER = Whole(1, 2**53 - 1)
_GZIP = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # no name, no time, no system
_STORED = 65_535


def put(*, ref: str, version: int, consent: str, valid_to: date, fields: dict[str, Any]) -> dict[str, Any]:
    """A summary under a consent, to be kept until a day and that day included.

    Raises:
        ValueError: the fields are not as projected: a mistake of ours, and nothing leaves.
    """
    if not summary.fits(fields) or not fields:
        raise ValueError("only whole projections are sealed")
    return {
        "kind": PUT,
        "ref": ref,
        "version": version,
        "consent": consent,
        "valid_to": valid_to.isoformat(),
        "fields": fields,
    }


def withdraw(*, ref: str, version: int, consent: str) -> dict[str, Any]:
    """The word that a consent is withdrawn or at its end: what was kept under it is deleted."""
    return {"kind": WITHDRAW, "ref": ref, "version": version, "consent": consent}


def void(seq: int) -> dict[str, Any]:
    """The word that no bundle of this number will ever come."""
    return {"kind": VOID, "seq": seq}


def snapshot() -> dict[str, Any]:
    """The word that this row of numbers begins anew: what earlier rows of the desk left is deleted."""
    return {"kind": SNAPSHOT}


def packed(items: Sequence[dict[str, Any]]) -> bytes | None:
    """The padded gzip of a bundle's canonical JSON; None where the items are more than one bundle holds.

    The text is deflated once; the pad follows in a stored block, whose length is known beforehand.
    """
    if len(items) > MOST_ITEMS:
        return None
    text = summary.canonical({"bundle": VERSION, "items": list(items)})[:-1] + b',"pad":"'
    maker = zlib.compressobj(6, zlib.DEFLATED, -15)
    deflated = maker.compress(text) + maker.flush(zlib.Z_SYNC_FLUSH)
    least = len(_GZIP) + len(deflated) + 5 + len(b'"}') + 8
    pad = -least % STEP
    if least + pad > MOST_BYTES:
        return None
    last = secrets.token_urlsafe(pad)[:pad].encode("ascii") + b'"}'
    assert len(last) <= _STORED
    block = struct.pack("<BHH", 1, len(last), len(last) ^ _STORED) + last
    check = zlib.crc32(last, zlib.crc32(text))
    return _GZIP + deflated + block + struct.pack("<II", check, (len(text) + len(last)) & 0xFFFFFFFF)


def items_of(value: Any) -> list[Any]:
    """The items of an opened bundle; each is still to be judged by itself.

    Raises:
        Unreadable: it is not of this form, or made by a newer program.
    """
    if isinstance(value, dict) and type(value.get("bundle")) is int and value["bundle"] > VERSION:
        raise Unaccepted("newer_version", N_("The bundle was made by a newer version of CoachDesk."))
    whole = isinstance(value, dict) and set(value) == {"bundle", "items", "pad"}
    if not whole or type(value["bundle"]) is not int or value["bundle"] != VERSION:
        raise Unaccepted("wrong_form", N_("The bundle is not of the form that is agreed."))
    if not isinstance(value["items"], list) or not isinstance(value["pad"], str):
        raise Unaccepted("wrong_form", N_("The bundle is not of the form that is agreed."))
    if len(value["items"]) > 2 * MOST_ITEMS or not re.fullmatch(r"[A-Za-z0-9_-]*", value["pad"]):
        raise Unaccepted("wrong_form", N_("The bundle is not of the form that is agreed."))
    return list(value["items"])


def kind_of(item: Any) -> str:
    """The kind of an item, empty where it has none."""
    kind = item.get("kind") if isinstance(item, dict) else None
    return kind if isinstance(kind, str) else ""


def item_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of item from a desk; the summary's own stands inside ``put``."""
    fields = {name: value for name, value in summary.schema().items() if name not in ("$schema", "$id")}
    named = {"ref": REF.schema(), "version": _NUMBER.schema(), "consent": REF.schema()}
    return {
        PUT: closed(
            {
                "kind": {"const": PUT},
                **named,
                "valid_to": Day().schema(),
                "fields": {**fields, "minProperties": 1},
            }
        ),
        WITHDRAW: closed({"kind": {"const": WITHDRAW}, **named}),
        VOID: closed({"kind": {"const": VOID}, "seq": _NUMBER.schema()}),
        SNAPSHOT: closed({"kind": {"const": SNAPSHOT}}),
        LETTERS_RECEIVED: region_letters.received_schema(),
        DESK_KEY: closed({"kind": {"const": DESK_KEY}, "key": keys.schema(keys.ENCRYPT)}),
        ANSWER: region_letters.answer_schema(),
        SERVICE_CARD: offering.schema(),
        AGGREGATE: aggregate.schema(),
    }


def id_of(item: Any) -> str:
    """The id by which a receipt names an item; empty where it has none."""
    for name in ("letter", "card", "aggregate", "ref"):
        found = item.get(name) if isinstance(item, dict) else None
        if isinstance(found, str) and REF.fits(found):
            return found
    return ""


def letter_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a bundle from a region: known letters as they must be, unknown kinds free."""
    return _schema(letter_kinds.item_schemas(), "letters-1", "Bundle of letters from a region to a desk")


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a bundle: known kinds as they must be, unknown kinds free."""
    title = "Bundle from a desk to a region, as it is inside the seal"
    return _schema(item_schemas(), "bundle-1", title)


def _schema(known: dict[str, dict[str, Any]], name: str, title: str) -> dict[str, Any]:
    other = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "not": {"enum": list(known)}}},
    }
    items = {"type": "array", "maxItems": 2 * MOST_ITEMS, "items": {"oneOf": [*known.values(), other]}}
    pad = {"type": "string", "pattern": "^[A-Za-z0-9_-]*$"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:coachdesk:schema:{name}",
        "title": title,
        **closed({"bundle": {"const": VERSION}, "items": items, "pad": pad}),
    }
