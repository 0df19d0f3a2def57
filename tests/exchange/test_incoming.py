"""Receipts: read only when the region signed them for this desk."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import Unreadable
from coachdesk.exchange import incoming, keys, receipt
from coachdesk.exchange.receipt import Named, Receipt, Rejected
from coachdesk.exchange.seal import sign_receipt

from .letters import DEVICE, OTHER_SIGN, REGION, SEAL, SIGN

NAMED = Named(
    epoch=1,
    seq=4,
    sha256="a" * 64,
    result="stored",
    rejected=(Rejected(ref="b" * 32, version=2, reason="consent_withdrawn"),),
)
WHOLE = Receipt(
    number=3,
    epoch=1,
    last=5,
    missing=(2,),
    bundles=(NAMED,),
    revoked=("c" * 32,),
    keys=(keys.public(SEAL), keys.public(SIGN)),
)


def signed(value=None, **more) -> bytes:
    asked = {"region_id": REGION, "device": DEVICE, "iat": 1, "signing_key": SIGN} | more
    return sign_receipt(receipt.as_value(WHOLE) if value is None else value, **asked)


def read(content: bytes):
    known = {SIGN["kid"]: keys.public(SIGN)}
    return incoming.read(content, region_id=REGION, device=DEVICE, region_keys=known)


def test_a_receipt_reads_back_whole():
    assert read(signed()).receipts == (WHOLE,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"region_id": "toinen"}, "another region"),
        ({"device": OTHER_SIGN["kid"]}, "another desk"),
        ({"signing_key": OTHER_SIGN}, "not known"),
    ],
)
def test_a_receipt_of_or_for_another_is_refused(change, words):
    with pytest.raises(Unreadable, match=words):
        read(signed(**change))


def test_an_item_of_an_unknown_kind_is_set_aside():
    value = receipt.as_value(WHOLE)
    value["items"].append({"kind": "question", "text": "x"})
    found = read(signed(value))

    assert (found.receipts, found.set_aside) == ((WHOLE,), 1)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"receipt": 1},
        {"receipt": 1, "items": {}},
        {"receipt": True, "items": []},
        {"receipt": 1, "items": [], "more": 1},
        {"receipt": 1, "items": [{"kind": "receipt"}]},
    ],
)
def test_a_signed_text_that_is_no_receipt_is_refused(value):
    with pytest.raises(Unreadable):
        read(signed(value))


def test_a_receipt_of_a_newer_form_says_so():
    with pytest.raises(Unreadable, match="newer"):
        read(signed({"receipt": 2}))


def test_a_receipt_of_much_is_no_longer_than_a_desk_opens():
    rejected = tuple(Rejected(ref=f"{n:032x}", version=1, reason="past_valid_to") for n in range(250))
    named = tuple(replace(NAMED, seq=n, sha256=f"{n:064x}", rejected=rejected) for n in range(1, 201))
    revoked = tuple(f"{n:032x}" for n in range(1000))
    much = replace(WHOLE, bundles=named, revoked=revoked, missing=tuple(range(500)))

    (found,) = read(signed(receipt.as_value(much))).receipts

    assert found.bundles == named[: len(found.bundles)] != ()
    assert found.revoked == revoked[: len(found.revoked)]


def test_a_receipt_never_hands_out_a_private_key():
    with pytest.raises(Unreadable):
        read(signed(receipt.as_value(replace(WHOLE, keys=(SIGN,)))))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_changed_receipt_is_refused(at, change):
    content = bytearray(signed())
    content[at % len(content)] ^= change

    with pytest.raises(Unreadable):
        read(bytes(content))
