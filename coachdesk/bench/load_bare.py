"""The bare way of a bundle: verify, decrypt, unpack, COPY, commit; no schema, rules, receipt or HTTP."""

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any

import psycopg
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

from coachdesk.exchange.keys import Jwk

_ALGORITHM = b"ECDH-ES+A256KW"
_SAID = len(_ALGORITHM).to_bytes(4, "big") + _ALGORITHM + bytes(8) + (256).to_bytes(4, "big")
_COLUMNS = "device, ref, epoch, version, seq, consent, valid_to, state, fields"
_TABLE = (
    "CREATE TABLE bare_summary (device text, ref text, epoch bigint, version bigint, seq bigint, "
    "consent text, valid_to text, state text, fields json)"
)


class Bare:
    """One connection and the keys that it takes."""

    def __init__(self, url: str, region_key: Jwk, desks: Mapping[str, Jwk]) -> None:
        self._own = private(region_key)
        self._desks = {device: public(key) for device, key in desks.items()}
        self._connection = psycopg.connect(url)
        self._connection.execute(_TABLE)
        self._connection.commit()

    def take(self, content: bytes) -> int:
        """One bundle; how many items it had."""
        label, value = self._opened(content)
        into = f"COPY bare_summary ({_COLUMNS}) FROM STDIN"
        with self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for one in value["items"]:
                place = (label["iss"], one["ref"], label["epoch"], one["version"], label["seq"])
                rest = (one["consent"], one.get("valid_to"), one["kind"], json.dumps(one.get("fields")))
                copy.write_row((*place, *rest))
        self._connection.commit()
        return len(value["items"])

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _opened(self, content: bytes) -> tuple[dict[str, Any], Any]:
        head, wrapped, nonce, text, tag = content.split(b".")
        ephemeral = public(json.loads(_bytes(head))["epk"])
        shared = self._own.exchange(ec.ECDH(), ephemeral)
        wrapping = ConcatKDFHash(hashes.SHA256(), 32, _SAID).derive(shared)
        key = AESGCM(aes_key_unwrap(wrapping, _bytes(wrapped)))
        inner = key.decrypt(_bytes(nonce), _bytes(text) + _bytes(tag), head)
        signed, _dot, signature = inner.rpartition(b".")
        first, _dot, packed = signed.partition(b".")
        label = json.loads(_bytes(first))
        r, s = (int.from_bytes(half, "big") for half in _halves(_bytes(signature)))
        self._desks[label["iss"]].verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        return label, json.loads(gzip.decompress(_bytes(packed)))


def public(key: Jwk) -> ec.EllipticCurvePublicKey:
    """A public key of a JWK."""
    x, y = (int.from_bytes(_bytes(key[name].encode()), "big") for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def private(key: Jwk) -> ec.EllipticCurvePrivateKey:
    """A private key of a JWK."""
    return ec.derive_private_key(int.from_bytes(_bytes(key["d"].encode()), "big"), ec.SECP256R1())


def _bytes(text: bytes) -> bytes:
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def _halves(signature: bytes) -> tuple[bytes, bytes]:
    return signature[:32], signature[32:]
