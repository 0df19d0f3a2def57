"""The baselines of the letters: the same steps by ``cryptography``, ``json`` and ``sqlite3`` alone."""

import base64
import gzip
import http.client
import json
import os
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ES256 = ec.ECDSA(hashes.SHA256())
_POINT = 65  # bytes of an uncompressed point


class RawCrypto:
    """A desk and a region: dumps, gzip, ES256, ECDH-ES, key wrap, A256GCM, base64url, and back again."""

    def __init__(self) -> None:
        self._signing = ec.generate_private_key(ec.SECP256R1())
        self._verifying = self._signing.public_key()
        self._region = ec.generate_private_key(ec.SECP256R1())
        self._public = self._region.public_key()

    def seal(self, items: list[dict[str, Any]]) -> bytes:
        """One bundle."""
        text = json.dumps({"bundle": 1, "items": items}, sort_keys=True, separators=(",", ":"))
        packed = base64.urlsafe_b64encode(gzip.compress(text.encode(), 6))
        inner = packed + b"." + base64.urlsafe_b64encode(self.sign(packed))
        passing = ec.generate_private_key(ec.SECP256R1())
        wrapping = ConcatKDFHash(hashes.SHA256(), 32, None).derive(passing.exchange(ec.ECDH(), self._public))
        key, nonce = AESGCM.generate_key(256), os.urandom(12)
        point = passing.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        sealed = aes_key_wrap(wrapping, key) + nonce + AESGCM(key).encrypt(nonce, inner, None)
        return base64.urlsafe_b64encode(point + sealed)

    def open(self, content: bytes) -> Any:
        """The JSON of one bundle."""
        whole = base64.urlsafe_b64decode(content)
        passing = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), whole[:_POINT])
        wrapping = ConcatKDFHash(hashes.SHA256(), 32, None).derive(self._region.exchange(ec.ECDH(), passing))
        wrapped, nonce = whole[_POINT : _POINT + 40], whole[_POINT + 40 : _POINT + 52]
        inner = AESGCM(aes_key_unwrap(wrapping, wrapped)).decrypt(nonce, whole[_POINT + 52 :], None)
        packed, signature = inner.split(b".")
        self.verify(base64.urlsafe_b64decode(signature), packed)
        return json.loads(gzip.decompress(base64.urlsafe_b64decode(packed)))

    def sign(self, text: bytes) -> bytes:
        """Two numbers of 32 bytes."""
        r, s = decode_dss_signature(self._signing.sign(text, _ES256))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def verify(self, signature: bytes, text: bytes) -> None:
        """Raise where the signature does not fit."""
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        self._verifying.verify(encode_dss_signature(r, s), text, _ES256)


class RawWire:
    """One kept connection: PUT, read, verify one signature, read the JSON."""

    def __init__(self, port: int, crypto: RawCrypto, answer: bytes) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._crypto = crypto
        self._signature = crypto.sign(answer)

    def put(self, content: bytes) -> Any:
        """The JSON of the answer."""
        headers = {"content-type": "application/jose"}
        path = f"/v1/bundles/{sha256(content).hexdigest()}"
        self._connection.request("PUT", path, body=content, headers=headers)
        body = self._connection.getresponse().read()
        self._crypto.verify(self._signature, body)
        payload = body.split(b".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()


class RawStore:
    """The same rows in one upsert, as safe on the disk as ours (WAL, FULL)."""

    _KEPT = (
        "INSERT INTO summary (device, ref, epoch, version, seq, consent, valid_to, state, fields) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'held', ?) ON CONFLICT (device, ref) DO UPDATE SET "
        "epoch = excluded.epoch, version = excluded.version, seq = excluded.seq, "
        "consent = excluded.consent, valid_to = excluded.valid_to, state = excluded.state, "
        "fields = excluded.fields WHERE excluded.version > summary.version"
    )

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(
            "CREATE TABLE summary (device TEXT, ref TEXT, epoch INTEGER, version INTEGER, seq INTEGER, "
            "consent TEXT, valid_to TEXT, state TEXT, fields TEXT, PRIMARY KEY (device, ref))"
        )

    def keep(self, items: list[dict[str, Any]], seq: int) -> None:
        """One transaction with every summary of a bundle."""
        rows = [
            (
                "d",
                one["ref"],
                1,
                one["version"],
                seq,
                one["consent"],
                one["valid_to"],
                json.dumps(one["fields"]),
            )
            for one in items
        ]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(self._KEPT, rows)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
