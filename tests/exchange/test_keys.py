"""Keys: made, named, checked, kept."""

import json

import pytest
from joserfc.jwk import ECKey

from coachdesk.errors import Unreadable
from coachdesk.exchange import keys

from .letters import OTHER_SIGN, SEAL, SIGN


def test_a_key_is_named_by_its_thumbprint_of_rfc_7638():
    assert SIGN["kid"] == ECKey.import_key(SIGN).thumbprint()
    assert keys.ID.fullmatch(SIGN["kid"])


def test_what_is_handed_out_has_no_private_part():
    assert "d" not in keys.public(SIGN)
    assert keys.checked_public(keys.public(SIGN), keys.SIGN) == keys.public(SIGN)


def test_fingerprints_differ_and_are_read_in_groups_of_four():
    assert keys.fingerprint(SIGN) != keys.fingerprint(OTHER_SIGN)
    assert len(keys.fingerprint(SIGN).split()) == 8


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"x": "AA"},
        {"x": 7},
        {"y": keys.public(OTHER_SIGN)["y"]},  # not on the curve
        {"use": "enc"},
    ],
)
def test_a_key_of_another_kind_is_refused(change):
    with pytest.raises(Unreadable):
        keys.checked_public(keys.public(SIGN) | change, keys.SIGN)


@pytest.mark.parametrize("value", [None, [], "x", {}, {"kty": "EC"}])
def test_what_is_no_key_is_refused(value):
    with pytest.raises(Unreadable):
        keys.checked_public(value, keys.SIGN)


def test_a_private_key_is_refused_and_told_apart():
    with pytest.raises(Unreadable, match="private"):
        keys.checked_public(SIGN, keys.SIGN)


def test_a_name_that_a_key_gives_itself_is_not_believed():
    assert keys.checked_public(keys.public(SIGN) | {"kid": "boss"}, keys.SIGN)["kid"] == SIGN["kid"]


def test_a_wrapped_key_opens_only_under_its_own_key_and_name():
    under = bytes(range(32))
    kept = keys.wrapped(SIGN, under)

    assert SIGN["d"].encode() not in kept
    assert keys.unwrapped(kept, under, SIGN["kid"]) == json.loads(json.dumps(SIGN))
    for wrong in (
        (kept, bytes(32), SIGN["kid"]),
        (kept, under, SEAL["kid"]),
        (kept[:-1], under, SIGN["kid"]),
    ):
        with pytest.raises(Unreadable):
            keys.unwrapped(*wrong)
