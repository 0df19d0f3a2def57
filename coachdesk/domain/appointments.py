"""Appointment (tapaaminen, möte): who, when, where, what kind, how it went."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """An appointment; ``kind``, ``place`` and ``outcome`` are codes."""

    id: int = 0
    trainee_id: int
    at: datetime
    minutes: int = 60
    kind: str
    place: str = ""
    where: str = ""
    with_whom: str = ""
    bring: str = ""
    outcome: str = ""  # empty: still to come
    coach_id: int | None = None
