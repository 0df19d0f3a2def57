"""The one gate: what was sealed opens whole, and nothing else opens at all."""

import base64
import gzip
import json
import subprocess
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe, jws

from coachdesk.errors import Unreadable
from coachdesk.exchange import bundle, keys, seal

from .letters import DEVICE, OTHER_SEAL, OTHER_SIGN, REGION, SEAL, SIGN, a_label, an_item, opened, sealed

RAW = jws.JWSRegistry(algorithms=["ES256", "HS256", "none"], strict_check_header=False)


def header_of(content: bytes) -> dict:
    part = content.split(b".")[0]
    return json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))


def with_header(content: bytes, **change) -> bytes:
    header = header_of(content) | change
    header = {name: value for name, value in header.items() if value is not None}
    first = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=")
    return b".".join([first, *content.split(b".")[1:]])


def sealed_around(inner: str | bytes, **outer) -> bytes:
    """Whatever is inside, sealed as our own are."""
    header = {**seal.OUTER, "kid": SEAL["kid"], **outer}
    registry = jwe.JWERegistry(
        algorithms=["ECDH-ES+A256KW", "ECDH-ES", "A256GCM", "A128CBC-HS256", "DEF"], strict_check_header=False
    )
    return jwe.encrypt_compact(header, inner, keys.imported(keys.public(SEAL)), registry=registry).encode()


def inner(payload: bytes | None = None, key=SIGN, **change) -> str:
    """A signed text with another header or content than ours."""
    label = a_label()
    header = {
        "alg": "ES256",
        "kid": DEVICE,
        "typ": seal.BUNDLE,
        "cty": "application/gzip",
        "aud": label.aud,
        "iss": label.iss,
        "epoch": 1,
        "seq": 1,
        "prev": "",
        "iat": 1,
    }
    header |= change
    header = {name: value for name, value in header.items() if value is not None}
    packed = bundle.packed([an_item()]) if payload is None else payload
    return jws.serialize_compact(header, packed, keys.imported(key), registry=RAW)


def test_what_is_sealed_opens_with_its_label_and_items():
    found = sealed([an_item(7)], seq=12, prev="a" * 64)
    again = opened(found.content)

    assert again.label == found.label
    assert again.sha256 == found.sha256
    assert bundle.items_of(again.value) == [an_item(7)]


def test_only_the_region_key_stands_in_the_open():
    header = header_of(sealed(seq=12).content)

    assert set(header) == {"alg", "enc", "kid", "epk", "typ", "cty"}
    assert (header["alg"], header["enc"], header["kid"]) == ("ECDH-ES+A256KW", "A256GCM", SEAL["kid"])
    assert DEVICE not in json.dumps(header)


def test_the_same_bundle_sealed_twice_is_two_different_texts():
    """Hence a bundle is sealed once and kept: its SHA-256 is its name."""
    assert sealed().content != sealed().content


def test_a_full_bundle_opens_with_the_limits_of_other_readers():
    content = sealed([an_item(n) for n in range(250)]).content

    assert len(content) <= seal.BIGGEST_BUNDLE
    found = jwe.decrypt_compact(
        content, keys.imported(SEAL), algorithms=["ECDH-ES+A256KW", "A256GCM"]
    ).plaintext
    assert found.count(b".") == 2


def test_a_bundle_for_another_region_does_not_open():
    content = sealed().content

    with pytest.raises(Unreadable, match="another region"):
        opened(content, own=OTHER_SEAL)
    with pytest.raises(Unreadable, match="meant for another region"):
        opened(content, region="varsinais-suomi")


def test_a_bundle_of_a_desk_that_is_not_enrolled_does_not_open():
    with pytest.raises(Unreadable, match="not enrolled"):
        opened(sealed().content, device=OTHER_SIGN)


def test_a_bundle_signed_by_another_in_the_name_of_a_desk_does_not_open():
    content = sealed_around(inner(key=OTHER_SIGN))

    with pytest.raises(Unreadable, match="signature"):
        opened(content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 255))
def test_a_changed_byte_never_opens(at, change):
    content = bytearray(sealed_once())
    at %= len(content)
    content[at] ^= change

    with pytest.raises(Unreadable):
        opened(bytes(content))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_cut_bundle_never_opens(length):
    content = sealed_once()

    with pytest.raises(Unreadable):
        opened(content[: length % len(content)])


_ONCE: list[bytes] = []


def sealed_once() -> bytes:
    if not _ONCE:
        _ONCE.append(sealed().content)
    return _ONCE[0]


@pytest.mark.parametrize(
    "change",
    [
        {"zip": "DEF"},
        {"crit": ["exp"], "exp": 1},
        {"alg": "dir"},
        {"alg": "ECDH-ES"},
        {"alg": "none"},
        {"alg": None},
        {"enc": "A128CBC-HS256"},
        {"typ": "JWT"},
        {"cty": "json"},
        {"kid": "x"},
        {"kid": None},
        {"kid": 7},
        {"epk": {"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}},
        {"epk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}},
        {"epk": "x"},
        {"b64": False},
        {"jku": "https://example.org"},
    ],
)
def test_an_outer_header_that_we_do_not_write_is_refused(change):
    with pytest.raises(Unreadable):
        opened(with_header(sealed_once(), **change))


@pytest.mark.parametrize("outer", [{"alg": "ECDH-ES"}, {"enc": "A128CBC-HS256"}, {"zip": "DEF"}])
def test_other_algorithms_are_refused_also_when_they_are_used_rightly(outer):
    with pytest.raises(Unreadable):
        opened(sealed_around(inner(), **outer))


@pytest.mark.parametrize(
    "change",
    [
        {"typ": "JWT"},
        {"cty": None},
        {"aud": None},
        {"aud": ["pohjanmaa"]},
        {"aud": "POHJANMAA"},
        {"iss": "x"},
        {"kid": OTHER_SIGN["kid"]},
        {"epoch": "1"},
        {"epoch": 0},
        {"seq": 0},
        {"seq": -1},
        {"seq": True},
        {"seq": 1.5},
        {"seq": 2**53},
        {"prev": "zz"},
        {"prev": None},
        {"iat": None},
        {"more": 1},
    ],
)
def test_a_label_of_another_form_is_refused(change):
    with pytest.raises(Unreadable):
        opened(sealed_around(inner(**change)))


def test_a_text_signed_by_none_is_refused():
    header, payload, _signature = inner().split(".")
    bare = json.loads(base64.urlsafe_b64decode(header + "=="))
    none = base64.urlsafe_b64encode(json.dumps(bare | {"alg": "none"}).encode()).rstrip(b"=").decode()

    for text in (f"{none}.{payload}.", f"{none}.{payload}.AA", f"{header}.{payload}."):
        with pytest.raises(Unreadable):
            opened(sealed_around(text))


def test_a_text_signed_by_a_shared_secret_made_of_the_public_key_is_refused():
    from joserfc.jwk import OctKey

    secret = OctKey.import_key(json.dumps(keys.public(SIGN)))
    header = {"alg": "HS256", "kid": DEVICE, "typ": seal.BUNDLE, "cty": "application/gzip", "aud": REGION,
              "iss": DEVICE, "epoch": 1, "seq": 1, "prev": "", "iat": 1}  # fmt: skip
    text = jws.serialize_compact(header, b"x", secret, registry=RAW)

    with pytest.raises(Unreadable):
        opened(sealed_around(text))


def test_an_unencoded_payload_is_refused():
    with pytest.raises(Unreadable):
        opened(sealed_around(inner(crit=["b64"], b64=True)))


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory():
    bomb = gzip.compress(b'{"bundle":1,"items":[],"pad":"' + b"a" * (12 << 20) + b'"}', 9)

    with pytest.raises(Unreadable, match="bigger inside"):
        opened(sealed_around(inner(bomb)))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"not gzip",
        zlib.compress(b"{}"),
        gzip.compress(b"{}", mtime=0)[:-4],
        gzip.compress(b"{}", mtime=0) + b"more",
        gzip.compress(b"{}", mtime=0) + gzip.compress(b"{}", mtime=0),
        gzip.compress(b'{"bundle":1,"bundle":1}', mtime=0),
        gzip.compress(b'{"bundle":NaN}', mtime=0),
        gzip.compress(b"[" * 100_000, mtime=0),
        gzip.compress(b"\xff\xfe", mtime=0),
        gzip.compress(b"{", mtime=0),
    ],
)
def test_a_payload_of_another_form_is_refused(payload):
    with pytest.raises(Unreadable):
        bundle.items_of(opened(sealed_around(inner(payload))).value)


@pytest.mark.parametrize(
    "value",
    [
        [],
        "x",
        None,
        {"bundle": 1},
        {"bundle": 1, "items": {}, "pad": ""},
        {"bundle": 1, "items": [], "pad": 1},
        {"bundle": True, "items": [], "pad": ""},
        {"bundle": 1, "items": [], "pad": "", "more": 1},
        {"bundle": 1, "items": [1] * 501, "pad": ""},
    ],
)
def test_json_that_is_no_bundle_is_refused(value):
    with pytest.raises(Unreadable):
        bundle.items_of(value)


def test_a_bundle_of_a_newer_form_says_so():
    with pytest.raises(Unreadable, match="newer"):
        bundle.items_of({"bundle": 2, "things": []})


def test_a_file_that_is_too_big_is_refused_unread():
    with pytest.raises(Unreadable, match="too big"):
        opened(b"a" * (seal.BIGGEST_BUNDLE + 1))


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet="eyJhbGciOi.-_=A9", max_size=400).map(str.encode))
def test_random_bytes_are_never_anything_but_unreadable(content):
    for read in (
        opened,
        lambda text: seal.open_receipt(
            text, region_id=REGION, device=DEVICE, region_keys={SIGN["kid"]: keys.public(SIGN)}
        ),
        seal.issuer,
        lambda text: opened(sealed_around(text)),
    ):
        with pytest.raises(Unreadable):
            read(content)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda more: st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=6), more, max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*seal.OUTER, "kid", "epk", "zip"]), JSON_VALUES)
def test_any_value_in_the_outer_header_is_unreadable(name, value):
    with pytest.raises(Unreadable):
        opened(with_header(sealed_once(), **{name: value if value != seal.OUTER.get(name) else 0}))


# The Debian program alone


def run(*words: str, **more) -> bytes:
    return subprocess.run(["jose", *words], capture_output=True, check=True, **more).stdout


def test_the_program_jose_opens_and_verifies_a_bundle_with_the_region_key_alone(tmp_path):
    (tmp_path / "encrypt.jwk").write_text(json.dumps(SEAL))
    (tmp_path / "device.jwk").write_text(json.dumps(keys.public(SIGN)))
    (tmp_path / "bundle.jwe").write_bytes(sealed([an_item(n) for n in range(250)]).content)

    run("jwe", "dec", "-i", "bundle.jwe", "-k", "encrypt.jwk", "-O", "inner.jws", cwd=tmp_path)
    run("jws", "ver", "-i", "inner.jws", "-k", "device.jwk", "-O", "bundle.gz", cwd=tmp_path)

    found = json.loads(gzip.decompress((tmp_path / "bundle.gz").read_bytes()))
    assert found["items"] == [an_item(n) for n in range(250)]


def test_the_program_jose_refuses_another_signer(tmp_path):
    (tmp_path / "encrypt.jwk").write_text(json.dumps(SEAL))
    (tmp_path / "device.jwk").write_text(json.dumps(keys.public(OTHER_SIGN)))
    (tmp_path / "bundle.jwe").write_bytes(sealed().content)
    run("jwe", "dec", "-i", "bundle.jwe", "-k", "encrypt.jwk", "-O", "inner.jws", cwd=tmp_path)

    with pytest.raises(subprocess.CalledProcessError):
        run("jws", "ver", "-i", "inner.jws", "-k", "device.jwk", "-O", "bundle.gz", cwd=tmp_path)
