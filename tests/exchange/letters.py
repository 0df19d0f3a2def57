"""A region's and a desk's keys, and small bundles, for the tests of the gate."""

from datetime import date

from coachdesk.exchange import bundle, keys
from coachdesk.exchange.seal import Label, Sealed, seal, unseal

REGION = "pohjanmaa"
SIGN, SEAL = keys.new_key(keys.SIGN), keys.new_key(keys.ENCRYPT)
OTHER_SIGN, OTHER_SEAL = keys.new_key(keys.SIGN), keys.new_key(keys.ENCRYPT)
DEVICE = SIGN["kid"]
FIELDS = {"phases": [{"phase": 3, "opened": "2026-11-02", "closed": None, "open": 1}]}


def an_item(number: int = 1, **more):
    found = {
        "ref": f"{number:032x}",
        "version": 1,
        "consent": f"{number:032x}",
        "valid_to": date(2027, 6, 30),
        "fields": FIELDS,
    }
    return bundle.put(**(found | more))


def a_label(**more) -> Label:
    return Label(**({"aud": REGION, "iss": DEVICE, "epoch": 1, "seq": 1, "iat": 1_797_318_000} | more))


def sealed(items=None, **label) -> Sealed:
    packed = bundle.packed([an_item()] if items is None else items)
    assert packed is not None
    return seal(packed, a_label(**label), SIGN, keys.public(SEAL))


def opened(content: bytes, region: str = REGION, own=SEAL, device=SIGN):
    return unseal(content, region, {own["kid"]: own}, {device["kid"]: keys.public(device)})
