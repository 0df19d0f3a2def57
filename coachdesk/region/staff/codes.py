"""The second factor: codes of six digits that change every 30 seconds (TOTP, RFC 6238).

SHA-1 and six digits are what every authenticator program takes.  A code of the step before or after passes
too, as clocks differ; each step passes once, so a code that was looked at over a shoulder opens nothing.
"""

import hmac
import io
import os
import re

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECONDS, DIGITS, DRIFT = 30, 6, 1
SECRET_BYTES = 20


def new_secret() -> bytes:
    """A secret of 160 bits."""
    return os.urandom(SECRET_BYTES)


def step_of(secret: bytes, code: str, seconds: int, last: int) -> int:
    """The step that a code belongs to, if it passes after the ``last`` one used; else 0.

    Args:
        secret: of the person.
        code: as typed; spaces do not matter.
        seconds: the moment in whole seconds of UTC.
        last: the step of the last code that passed.
    """
    typed = re.sub(r"\s", "", code).encode("utf-8")
    now, found = seconds // SECONDS, 0
    for step in range(now - DRIFT, now + DRIFT + 1):
        right = hmac.compare_digest(_made(secret).generate(step * SECONDS), typed)
        if right and step > last:
            found = step
    return found


def uri(secret: bytes, name: str, issuer: str) -> str:
    """What an authenticator program reads (otpauth)."""
    return str(_made(secret).get_provisioning_uri(name, issuer))


def square(text: str) -> str:
    """A QR code in letters, for a terminal."""
    import segno

    out = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(out=out, compact=True)
    return out.getvalue()


def _made(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), SECONDS)
