"""Passwords: how long, how hard to guess, and what is kept of them (Argon2id, RFC 9106)."""

import os
import unicodedata
from dataclasses import dataclass
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from coachdesk.errors import Refused, Trouble
from coachdesk.i18n import N_

SHORTEST, LONGEST = 12, 128
STRONG_ENOUGH = 3  # of zxcvbn's 0 to 4: safe where the tries are slowed and the kept hash is slow
_LONGEST_JUDGED = 72  # zxcvbn takes no more, and is slow on long ones
_USED_HERE = ("coachdesk", "region", "alue", "hyvinvointialue", "välfärdsområde", "staff", "henkilöstö")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a password costs to try: memory in KiB, passes over it, lanes in parallel."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


COST = Cost()
_AT_ONCE, _PATIENCE_SECONDS = BoundedSemaphore(2), 10


def kept(password: str, cost: Cost = COST) -> str:
    """What is kept of a password: PHC text with its own salt and cost."""
    found: str = Argon2id(
        salt=os.urandom(16),
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive_phc_encoded(_bytes(password))
    return found


def fits(password: str, phc: str) -> bool:
    """Whether this is the password.

    Raises:
        Trouble: too many are checked at once: each takes 64 MiB.
    """
    if len(password) > LONGEST:
        return False
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise Trouble(N_("Many are signing in just now. Wait a moment and try again."))
    try:
        Argon2id.verify_phc_encoded(_bytes(password), phc)
    except InvalidKey:
        return False
    finally:
        _AT_ONCE.release()
    return True


def require_strong(password: str, *known: str) -> None:
    """Refuse a password that is too short or easy to guess; ``known`` are words tried first.

    Raises:
        Refused: with ``field="password"``.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(
            N_("A password has from {least} to {most} characters."),
            field="password",
            least=SHORTEST,
            most=LONGEST,
        )
    from zxcvbn import zxcvbn

    words = [word for text in known for word in (text, *text.split())]
    if zxcvbn(password[:_LONGEST_JUDGED], user_inputs=[*words, *_USED_HERE])["score"] < STRONG_ENOUGH:
        raise Refused(N_("This password is too easy to guess. Add a word or two."), field="password")


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
