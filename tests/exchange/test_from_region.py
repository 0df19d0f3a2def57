"""The gate the other way: what a region sealed for this desk opens whole, and nothing else opens at all."""

import base64
import gzip
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe, jws

from coachdesk.domain import letter_kinds
from coachdesk.errors import Unreadable
from coachdesk.exchange import bundle, from_region, keys, seal
from coachdesk.exchange.seal import Label

SIGN, SEAL = keys.new_key(keys.SIGN), keys.new_key(keys.ENCRYPT)
OTHER_SIGN, OTHER_SEAL = keys.new_key(keys.SIGN), keys.new_key(keys.ENCRYPT)
REGION, DESK = "pohjanmaa", keys.new_key(keys.SIGN)["kid"]
ITEM = letter_kinds.made("question", "1" * 32, words="?", written="2026-12-14", **{"from": {"name": "Siv"}})
RAW = jws.JWSRegistry(algorithms=["ES256", "HS256", "none"], strict_check_header=False)


def sealed(packed: bytes | None = None, *, key=SIGN, to=SEAL, **label) -> bytes:
    found = {"aud": DESK, "iss": REGION, "epoch": 1, "seq": 1, "iat": 1} | label
    content = bundle.packed([ITEM]) if packed is None else packed
    assert content is not None
    return seal.seal(content, Label(**found), key, keys.public(to)).content


def opened(content: bytes):
    regions = {REGION: {SIGN["kid"]: keys.public(SIGN)}}
    return from_region.unseal(content, device=DESK, own_keys={SEAL["kid"]: SEAL}, regions=regions)


def around(inner: str | bytes, **outer) -> bytes:
    """Whatever is inside, sealed as a region seals."""
    header = {**seal.OUTER, "kid": SEAL["kid"], **outer}
    algorithms = ["ECDH-ES+A256KW", "ECDH-ES", "A256GCM", "A128CBC-HS256", "DEF"]
    registry = jwe.JWERegistry(algorithms=algorithms, strict_check_header=False)
    return jwe.encrypt_compact(header, inner, keys.imported(keys.public(SEAL)), registry=registry).encode()


def inner(**change) -> str:
    """A signed text whose header differs from what is agreed."""
    header = {
        "alg": "ES256", "kid": SIGN["kid"], "typ": seal.BUNDLE, "cty": "application/gzip", "aud": DESK,
        "iss": REGION, "epoch": 1, "seq": 1, "prev": "", "iat": 1, **change,
    }  # fmt: skip
    header = {name: value for name, value in header.items() if value is not None}
    return jws.serialize_compact(header, bundle.packed([ITEM]) or b"", keys.imported(SIGN), registry=RAW)


def test_what_a_region_sealed_opens_with_its_label_and_items() -> None:
    found = opened(sealed(seq=7, prev="a" * 64))
    assert (found.label.iss, found.label.seq, found.label.prev) == (REGION, 7, "a" * 64)
    assert bundle.items_of(found.value) == [ITEM]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: sealed(aud="A" * 43), "another desk"),
        (lambda: sealed(iss="lappi"), "not enrolled here"),
        (lambda: sealed(key=OTHER_SIGN), "not known here"),
        (lambda: sealed(to=OTHER_SEAL), "another desk"),
        (lambda: sealed(key={**OTHER_SIGN, "kid": SIGN["kid"]}), "signature"),
        (lambda: b"", "empty"),
        (lambda: b"A" * 70_000, "too big"),
        (lambda: sealed(gzip.compress(b" " * (seal.BIGGEST_JSON + 1))), "bigger inside"),
        (lambda: sealed(zlib.compress(b"{}")), "damaged"),
        (lambda: sealed(gzip.compress(b'{"a":1,"a":2}')), "damaged"),
    ],
)
def test_each_way_of_being_wrong_is_told_in_its_sentence(content, said) -> None:
    with pytest.raises(Unreadable, match=said):
        opened(content())


@pytest.mark.parametrize(
    "change",
    [
        {"crit": ["b64"], "b64": False},
        {"jwk": {}},
        {"typ": "coachdesk-receipt+jws"},
        {"cty": None},
        {"seq": 0},
        {"seq": "1"},
        {"epoch": True},
        {"prev": "x"},
        {"kid": "x"},
        {"iat": -1},
        {"x": "y" * 1200},
    ],
)
def test_label_of_another_form_is_refused(change) -> None:
    try:
        text = inner(**change)
    except Exception:  # the library itself will not write it
        return
    with pytest.raises(Unreadable):
        opened(around(text))


def test_text_signed_by_none_or_by_a_shared_secret_is_refused() -> None:
    from joserfc.jwk import OctKey

    secret = OctKey.import_key(json.dumps(keys.public(SIGN)))
    header = json.loads(base64.urlsafe_b64decode(inner().split(".")[0] + "=="))
    by_secret = jws.serialize_compact({**header, "alg": "HS256"}, b"x", secret, registry=RAW)
    by_none = base64.urlsafe_b64encode(json.dumps({**header, "alg": "none"}).encode()).rstrip(b"=") + b".e30."
    for text in (by_secret, by_none):
        with pytest.raises(Unreadable):
            opened(around(text))


@pytest.mark.parametrize(
    "outer", [{"alg": "ECDH-ES"}, {"enc": "A128CBC-HS256"}, {"zip": "DEF"}, {"cty": "x"}]
)
def test_other_algorithms_are_refused_also_when_they_are_used_rightly(outer) -> None:
    with pytest.raises(Unreadable):
        opened(around(inner(), **outer))


WHOLE = sealed()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_changed_byte_never_opens(at: int, change: int) -> None:
    content = bytearray(WHOLE)
    content[at] ^= change
    try:
        found = opened(bytes(content))
    except Unreadable:
        return
    assert bundle.items_of(found.value) == [ITEM]  # bits of base64 that carry nothing


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_cut_letter_never_opens(length: int) -> None:
    with pytest.raises(Unreadable):
        opened(WHOLE[:length])


def test_bundle_of_a_desk_never_passes_for_one_of_a_region() -> None:
    """The same container both ways: a desk's own bundle sent back to it has the wrong issuer and key."""
    own = keys.new_key(keys.SIGN)
    with pytest.raises(Unreadable):
        opened(sealed(key=own, iss="a", aud=DESK))
