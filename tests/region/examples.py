"""The bundles in ``docs/readers/examples``: what every reader opens and what every reader refuses.

They stand in the tree, since sealing gives other bytes each time; made anew with
``python -m tests.region.examples``.  The keys are made for them and used nowhere else.
"""

import base64
import gzip
import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from joserfc import jwe, jws
from joserfc.jwk import OctKey

from coachdesk.domain.summary import canonical
from coachdesk.exchange import bundle, keys, seal

FOLDER = Path(__file__).parent.parent.parent / "docs" / "readers" / "examples"
REGION = "esimerkki"
MANY = jwe.JWERegistry(
    algorithms=["ECDH-ES+A256KW", "ECDH-ES", "A256GCM", "A128GCM", "DEF"], strict_check_header=False
)
ANY = jws.JWSRegistry(algorithms=["ES256", "HS256", "none"], strict_check_header=False)


class Maker:
    """A region with two keys, a desk, a desk that is not enrolled."""

    def __init__(self) -> None:
        self.new, self.old, self.foreign, self.letters = (keys.new_key(keys.ENCRYPT) for _ in range(4))
        self.desk, self.stranger = (keys.new_key(keys.SIGN) for _ in range(2))
        self.seq = 0

    def label(self, **change: Any) -> dict[str, Any]:
        self.seq += 1
        head = {
            "alg": "ES256", "typ": seal.BUNDLE, "cty": "application/gzip", "kid": self.desk["kid"],
            "iss": self.desk["kid"], "aud": REGION, "epoch": 1, "seq": self.seq, "prev": "",
            "iat": 1_797_318_000,
        } | change  # fmt: skip
        return {name: value for name, value in head.items() if value is not None}

    def signed(self, packed: bytes | None = None, key: Any = None, **change: Any) -> str:
        packed = packed or small({"bundle": 1, "items": [bundle.snapshot()], "pad": ""})
        return jws.serialize_compact(
            self.label(**change), packed, keys.imported(key or self.desk), registry=ANY
        )

    def sealed(self, inner: str | None = None, key: Any = None, **change: Any) -> bytes:
        key = key or self.new
        head = {**seal.OUTER, "kid": key["kid"], **change}
        public = keys.imported(keys.public(key))
        return jwe.encrypt_compact(head, inner or self.signed(), public, registry=MANY).encode()


def small(value: Any) -> bytes:
    return gzip.compress(canonical(value), mtime=0)


def with_header(content: bytes, text: bytes) -> bytes:
    first = base64.urlsafe_b64encode(text).rstrip(b"=")
    return b".".join([first, *content.split(b".")[1:]])


def header_of(content: bytes) -> bytes:
    part = content.split(b".")[0]
    return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def whole(maker: Maker) -> Iterator[tuple[str, bytes, list[dict[str, Any]]]]:
    """Bundles that open, with the items inside."""
    named = {"version": 1, "valid_to": date(2027, 6, 30)}
    phases = {"phases": [{"phase": 3, "opened": "2026-11-02", "closed": None, "open": 1}]}
    words = {"goal": "Työ kirjastossa – “arbete på biblioteket”", "next_step": None, "next_step_due": None}
    first = [bundle.put(ref="a" * 32, consent="1" * 32, fields=phases, **named),
             bundle.put(ref="b" * 32, consent="2" * 32, fields=phases | words, **named)]  # fmt: skip
    yield "summaries", maker.sealed(maker.signed(bundle.packed(first))), first
    second = [bundle.void(2), bundle.withdraw(ref="a" * 32, version=2, consent="1" * 32),
              {"kind": "of-a-later-program", "number": 1.5}]  # fmt: skip
    body = small({"bundle": 1, "items": second, "pad": ""})
    yield "withdrawal", maker.sealed(maker.signed(body)), second
    yield "old-key", maker.sealed(key=maker.old), [bundle.snapshot()]
    buffer = io.BytesIO()
    with gzip.GzipFile("bundle.json", "wb", fileobj=buffer, mtime=1) as file:
        file.write(canonical({"bundle": 1, "items": [bundle.snapshot()], "pad": ""}))
    yield "gzip-with-name", maker.sealed(maker.signed(buffer.getvalue())), [bundle.snapshot()]


def refused(maker: Maker) -> Iterator[tuple[str, bytes]]:
    """Bundles that no reader may open, by what is wrong with them."""
    good = maker.sealed()
    text = header_of(good)
    yield "cut", good[:-9]
    for name, part in (("changed-key", 1), ("changed-nonce", 2), ("changed-text", 3), ("changed-tag", 4)):
        pieces = good.split(b".")
        pieces[part] = (b"B" if pieces[part][:1] == b"A" else b"A") + pieces[part][1:]
        yield name, b".".join(pieces)
    yield "changed-header", with_header(good, text.replace(b'"JOSE"', b'"jose"'))
    yield "zip-declared", with_header(good, text.replace(b"{", b'{"zip":"DEF",', 1))
    yield "zip-escaped", with_header(good, text.replace(b"{", b'{"\\u007aip":"DEF",', 1))
    yield "alg-none-outside", with_header(good, text.replace(b'"ECDH-ES+A256KW"', b'"none"'))
    yield "alg-twice", with_header(good, text.replace(b"{", b'{"alg":"dir",', 1))
    yield "zip", maker.sealed(zip="DEF")
    yield "another-agreement", maker.sealed(alg="ECDH-ES")
    yield "another-cipher", maker.sealed(enc="A128GCM")
    yield "crit-outside", maker.sealed(crit=["typ"])
    yield "unknown-member-outside", maker.sealed(jku="https://example.org/keys")
    yield "key-of-another-region", maker.sealed(key=maker.foreign)
    yield "too-big", maker.sealed(maker.signed(bytes(range(256)) * 160))
    yield from _wrong_inside(maker)


def _wrong_inside(maker: Maker) -> Iterator[tuple[str, bytes]]:
    header, payload, signature = maker.signed().split(".")
    none = base64.urlsafe_b64encode(canonical(maker.label(alg="none"))).rstrip(b"=").decode()
    yield "alg-none", maker.sealed(f"{none}.{payload}.")
    yield "unsigned", maker.sealed(f"{header}.{payload}.")
    zeros = base64.urlsafe_b64encode(bytes(64)).rstrip(b"=").decode()
    yield "signature-of-zeros", maker.sealed(f"{header}.{payload}.{zeros}")
    yield "signature-of-another-text", maker.sealed(f"{maker.signed().split('.')[0]}.{payload}.{signature}")
    secret = OctKey.import_key(json.dumps(keys.public(maker.desk)))
    shared = jws.serialize_compact(maker.label(alg="HS256"), b"x", secret, registry=ANY)
    yield "shared-secret", maker.sealed(shared)
    yield "another-region", maker.sealed(maker.signed(aud="toinen"))
    yield (
        "desk-not-enrolled",
        maker.sealed(maker.signed(key=maker.stranger, iss=maker.stranger["kid"], kid=maker.stranger["kid"])),
    )
    yield "desk-of-another-key", maker.sealed(maker.signed(key=maker.stranger))
    yield "b64", maker.sealed(maker.signed(b64=True, crit=["b64"]))
    yield "unknown-member-inside", maker.sealed(maker.signed(jku="https://example.org/keys"))
    yield "receipt-as-bundle", maker.sealed(maker.signed(typ=seal.RECEIPT))
    yield "bomb", maker.sealed(maker.signed(_bomb()))
    many = {"kind": "of-a-later-program", "numbers": [0] * 600_001}
    yield "many-parts", maker.sealed(maker.signed(small({"bundle": 1, "items": [many], "pad": ""})))
    yield "not-gzip", maker.sealed(maker.signed(b"not gzip at all, but long enough"))
    twice = small({"bundle": 1, "items": [], "pad": ""})
    yield "gzip-twice", maker.sealed(maker.signed(twice + twice))
    yield "gzip-cut", maker.sealed(maker.signed(small({"bundle": 1, "items": [], "pad": ""})[:-6]))
    yield "not-json", maker.sealed(maker.signed(gzip.compress(b"{", mtime=0)))
    yield "newer", maker.sealed(maker.signed(small({"bundle": 2, "items": [], "pad": ""})))


def _bomb() -> bytes:
    return gzip.compress(b'{"bundle":1,"items":[],"pad":"' + b"a" * (12 << 20) + b'"}', 9, mtime=0)


def write(folder: Path = FOLDER) -> None:
    maker = Maker()
    for name, content in [
        ("keys/encrypt-2027.jwk", canonical(maker.new)),
        ("keys/encrypt.jwk", canonical(maker.old)),
        (f"devices/{maker.desk['kid']}.jwk", _both(maker)),
    ]:
        _put(folder / name, content + b"\n")
    for name, content, items in whole(maker):
        _put(folder / "opens" / f"{name}.jwe", content)
        _put(folder / "opens" / f"{name}.json", canonical(items) + b"\n")
    for name, content in refused(maker):
        _put(folder / "refused" / f"{name}.jwe", content)


def _both(maker: Maker) -> bytes:
    """A desk's public file: the key it signs with and the key that letters to it are sealed for."""
    both = {"keys": [keys.public(maker.desk), keys.public(maker.letters)]}
    return (json.dumps(both, indent=1)).encode()


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:]))
