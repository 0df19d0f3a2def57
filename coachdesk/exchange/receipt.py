"""A receipt: what the region has taken in, refused or misses, signed for one desk.

``{"items": [{"kind": "receipt", ...}], "receipt": 1}``.  It names each bundle by SHA-256, and only by that
the outbox is cleared.  ``number`` rises with each receipt of a desk, so an older one is known as older.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from coachdesk.domain.field_kinds import Day, Pattern, Whole, closed
from coachdesk.domain.summary import canonical
from coachdesk.exchange import keys
from coachdesk.exchange.bundle import RECEIPT, REF
from coachdesk.i18n import N_

VERSION = 1
MOST_NAMED = 200  # bundles named in one receipt: this call's first, then the newest before them
MOST_REVOKED = 1000
MOST_MISSING = 500
MOST_HELD = 500
MOST_BYTES = 90_000  # of JSON: a receipt must open within ``seal.BIGGEST_RECEIPT``

STORED, FORK, OLD_EPOCH, VOIDED = "stored", "fork", "old_epoch", "voided"
RESULTS = {
    STORED: N_("delivered"),
    FORK: N_("another bundle came with the same number"),
    OLD_EPOCH: N_("came after the desk had begun its row of numbers anew"),
    VOIDED: N_("the number had been declared empty"),
}
REASONS = {
    "consent_withdrawn": N_("The consent has been withdrawn."),
    "past_valid_to": N_("The consent is past its last day."),
    "not_as_described": N_("It is not of the form that is agreed."),
    "beyond_consent": N_("It holds more than its consent lets out."),
    "later_last_day": N_("Its last day is later than the one first told for its consent."),
    "too_many_kept": N_("The region keeps no more of these from one desk."),
    "already_issued": N_("The figures of that quarter were sent before."),
}
UNKNOWN_REASON = N_("The region did not take it, for a reason that this version does not know.")

_HASH = Pattern(r"[0-9a-f]{64}", 64)
_REASON = Pattern(r"[a-z_]{1,40}", 40)  # a later version may know more of them
_WHOLE = Whole(0, 2**53 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One item that the region did not keep, and why; the others of its bundle went on."""

    ref: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One bundle that the region has seen, by its SHA-256."""

    epoch: int
    seq: int
    sha256: str
    result: str
    rejected: tuple[Rejected, ...] = ()
    set_aside: int = 0  # items of kinds that the region does not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a region says to one desk; ``epoch``, ``last`` and ``missing`` are how it stands now."""

    number: int
    epoch: int
    last: int
    missing: tuple[int, ...] = ()
    bundles: tuple[Named, ...] = ()
    revoked: tuple[str, ...] = ()  # consents that the region knows as withdrawn
    keys: tuple[Mapping[str, Any], ...] = ()  # the region's public keys now


def reason_sentence(reason: str) -> str:
    """Why an item was not kept; a reason of a later version is told as such."""
    return REASONS.get(reason, UNKNOWN_REASON)


def as_value(receipt: Receipt, *more: dict[str, Any]) -> dict[str, Any]:
    """The receipt as JSON with further items, no longer than a desk opens.

    What does not fit is left to a later receipt: the bundles named last, then the older half of ``revoked``.
    """
    first, told, room = receipt.bundles[:1], receipt.revoked, MOST_BYTES - len(canonical(list(more)))
    value = _value(replace(receipt, bundles=first))
    while len(canonical(value)) > room and told:
        told = told[: len(told) // 2]
        value = _value(replace(receipt, bundles=first, revoked=told))
    room -= len(canonical(value))
    (item,) = value["items"]
    for bundle in receipt.bundles[1:MOST_NAMED]:
        named = _named(bundle)
        room -= len(canonical(named)) + 1
        if room < 0:
            break
        item["bundles"].append(named)
    value["items"] += more
    return value


def _value(receipt: Receipt) -> dict[str, Any]:
    item = {
        "kind": RECEIPT,
        "number": receipt.number,
        "epoch": receipt.epoch,
        "last": receipt.last,
        "missing": list(receipt.missing[:MOST_MISSING]),
        "bundles": [_named(bundle) for bundle in receipt.bundles],
        "revoked": list(receipt.revoked[:MOST_REVOKED]),
        "keys": {"keys": [dict(key) for key in receipt.keys]},
    }
    return {"receipt": VERSION, "items": [item]}


def _named(bundle: Named) -> dict[str, Any]:
    rejected = [{"ref": one.ref, "version": one.version, "reason": one.reason} for one in bundle.rejected]
    return {
        "epoch": bundle.epoch,
        "seq": bundle.seq,
        "sha256": bundle.sha256,
        "result": bundle.result,
        "rejected": rejected,
        "set_aside": bundle.set_aside,
    }


def of_value(item: Mapping[str, Any]) -> Receipt:
    """A receipt from an item that fits ``item_schema``."""
    return Receipt(
        number=item["number"],
        epoch=item["epoch"],
        last=item["last"],
        missing=tuple(item["missing"]),
        bundles=tuple(bundle_of(bundle) for bundle in item["bundles"]),
        revoked=tuple(item["revoked"]),
        keys=tuple(item["keys"]["keys"]),
    )


def bundle_of(told: Mapping[str, Any]) -> Named:
    """A bundle as a receipt names it, from the members of the receipt or the row of a ledger."""
    return Named(
        epoch=told["epoch"],
        seq=told["seq"],
        sha256=told["sha256"],
        result=told["result"],
        rejected=tuple(Rejected(**one) for one in told["rejected"]),
        set_aside=told["set_aside"],
    )


def item_schema() -> dict[str, Any]:
    """JSON Schema of the receipt item."""
    rejected = {"ref": REF.schema(), "version": _WHOLE.schema(), "reason": _REASON.schema()}
    bundle = {
        "epoch": _WHOLE.schema(),
        "seq": _WHOLE.schema(),
        "sha256": _HASH.schema(),
        "result": {"enum": list(RESULTS)},
        "rejected": _list(closed(rejected), 1000),
        "set_aside": _WHOLE.schema(),
    }
    return closed(
        {
            "kind": {"const": RECEIPT},
            "number": _WHOLE.schema(),
            "epoch": _WHOLE.schema(),
            "last": _WHOLE.schema(),
            "missing": _list(_WHOLE.schema(), MOST_MISSING),
            "bundles": _list(closed(bundle), MOST_NAMED),
            "revoked": _list(REF.schema(), MOST_REVOKED),
            "keys": closed({"keys": _list(keys.schema(keys.SIGN, keys.ENCRYPT), 20)}),
        }
    )


def further_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of the items that may stand beside: a revoked desk, letters that wait, what is held."""
    number = Whole(1, 2**53 - 1).schema()
    one = {"ref": REF.schema(), "version": number, "consent": REF.schema(), "valid_to": Day().schema()}
    return {
        "device": closed(
            {"kind": {"const": "device"}, "state": {"const": "revoked"}, "since": Day().schema()}
        ),
        "letters": closed(
            {
                "kind": {"const": "letters"},
                "waiting": _WHOLE.schema(),
                "epoch": _WHOLE.schema(),
                "seq": _WHOLE.schema(),
            }
        ),
        "held": closed(
            {
                "kind": {"const": "held"},
                "summaries": _list(closed(one), MOST_HELD),
                "whole": {"type": "boolean"},
            }
        ),
    }


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a receipt; items of other kinds are set aside."""
    known = {RECEIPT: item_schema(), **further_schemas()}
    other = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "not": {"enum": list(known)}}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:coachdesk:schema:receipt-1",
        "title": "Receipt from a region to a desk",
        **closed({"receipt": {"const": VERSION}, "items": _list({"oneOf": [*known.values(), other]}, 100)}),
    }


def _list(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "items": items}
