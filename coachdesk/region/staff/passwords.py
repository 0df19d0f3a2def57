"""Passwords: how long, how hard to guess, and what is kept of them (Argon2id, RFC 9106)."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
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
    """What a password costs to try: memory in KiB and passes over it.

    One lane only: with more, OpenSSL 3 takes threads of one common pool, and two passwords that are checked
    at once wait for each other's for ever.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3


COST = Cost()
_LANES = 1
_AT_ONCE, _PATIENCE_SECONDS = BoundedSemaphore(2), 10


def kept(password: str, cost: Cost = COST) -> str:
    """What is kept of a password: PHC text with its own salt and cost."""
    made = Argon2id(
        salt=os.urandom(16), length=32, iterations=cost.passes, lanes=_LANES, memory_cost=cost.memory_kib
    )
    with _in_turn():
        found: str = made.derive_phc_encoded(_bytes(password))
    return found


def fits(password: str, phc: str) -> bool:
    """Whether this is the password.

    Raises:
        Trouble: too many are checked at once: each takes 64 MiB.
    """
    if len(password) > LONGEST:
        return False
    try:
        with _in_turn():
            Argon2id.verify_phc_encoded(_bytes(password), phc)
    except InvalidKey:
        return False
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


@contextmanager
def _in_turn() -> Iterator[None]:
    """A turn at the memory that a password takes.

    Raises:
        Trouble: too many wait for theirs.
    """
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise Trouble(N_("Many are signing in just now. Wait a moment and try again."))
    try:
        yield
    finally:
        _AT_ONCE.release()


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
