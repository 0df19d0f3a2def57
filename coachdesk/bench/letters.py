"""Letters: 250 summaries packed, signed and sealed, against raw cryptography and JSON."""

from __future__ import annotations

import base64
import gzip
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from coachdesk.bench.desk import Place
from coachdesk.bench.row import Row, taking_turns

TURNS = 30
SUMMARIES = 250


def rows(place: Place, tell: Callable[[str], None]) -> Iterator[Row]:
    """The row of the sealed bundle."""
    from coachdesk.exchange import bundle, keys
    from coachdesk.exchange.seal import Label, seal

    device, region = keys.new_key("sig"), keys.new_key("enc")
    label = Label(aud="practice", iss=keys.thumbprint(device), epoch=1, seq=1, iat=0)
    items = [_item(number) for number in range(SUMMARIES)]
    raw = _Raw()

    def ours() -> None:
        packed = bundle.packed(items)
        assert packed is not None
        seal(packed, label, device, keys.public(region))

    measured, baseline = taking_turns(TURNS, ours, lambda: raw.seal(items))
    yield Row(
        what=f"bundle of {SUMMARIES} summaries sealed", measured=measured, baseline=baseline,
        baseline_is="json, gzip and raw cryptography", most=2, samples=TURNS,
    )  # fmt: skip


def _item(number: int) -> dict[str, Any]:
    """One put with the fields that most consents let out."""
    from coachdesk.exchange import bundle

    return bundle.put(
        ref=f"{number:032x}",
        version=1,
        consent=f"{number + 1:032x}",
        valid_to=date(2027, 6, 30),
        fields={
            "phases": [
                {"phase": 1 + number % 5, "opened": f"2026-0{1 + number % 9}-12", "closed": None, "open": 1}
            ],
            "attended_months": [
                {"month": f"2026-{month:02d}", "days": 1 + number % 17} for month in range(1, 12)
            ],
        },
    )


class _Raw:
    """The same steps with nothing around them: dumps, gzip, ES256, ECDH-ES, key wrap, A256GCM, base64url."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        self._signing = ec.generate_private_key(ec.SECP256R1())
        self._region = ec.generate_private_key(ec.SECP256R1()).public_key()

    def seal(self, items: list[dict[str, Any]]) -> bytes:
        """One bundle."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
        from cryptography.hazmat.primitives.keywrap import aes_key_wrap

        text = json.dumps({"bundle": 1, "items": items}, sort_keys=True, separators=(",", ":"))
        packed = base64.urlsafe_b64encode(gzip.compress(text.encode(), 6))
        signature = self._signing.sign(packed, ec.ECDSA(hashes.SHA256()))
        inner = packed + b"." + base64.urlsafe_b64encode(signature)
        passing = ec.generate_private_key(ec.SECP256R1())
        shared = passing.exchange(ec.ECDH(), self._region)
        wrapping = ConcatKDFHash(hashes.SHA256(), 32, None).derive(shared)
        key, nonce = AESGCM.generate_key(256), os.urandom(12)
        return base64.urlsafe_b64encode(
            aes_key_wrap(wrapping, key) + nonce + AESGCM(key).encrypt(nonce, inner, None)
        )
