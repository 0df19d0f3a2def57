"""Appointment (tapaaminen, möte): who, when, where, what kind, how it went."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from coachdesk.domain.letters import nfc
from coachdesk.errors import Refused
from coachdesk.i18n import N_


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

    @property
    def ends(self) -> datetime:
        """The moment at which it ends."""
        return self.at + timedelta(minutes=self.minutes)


def checked(appointment: Appointment, at: datetime) -> Appointment:
    """The appointment as it may be kept.

    Raises:
        Refused: no kind, no length, or an outcome before its time.
    """
    if not appointment.kind:
        raise Refused(N_("An appointment needs its kind."), field="kind")
    if not 0 < appointment.minutes <= 24 * 60:
        raise Refused(N_("An appointment lasts from a minute to a day."), field="minutes")
    if appointment.outcome in ("held", "not_come") and appointment.at > at:
        raise Refused(N_("The appointment is still to come."), field="outcome")
    words: dict[str, Any] = {
        name: nfc(getattr(appointment, name)) for name in ("where", "with_whom", "bring")
    }
    return replace(appointment, **words)
