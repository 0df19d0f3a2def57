"""Service period (jakso, period): on whose behalf, how long, on which days."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of service; a trainee may be in two at once, each on another's behalf.

    ``granted_days`` counts attended days.  ``used_before`` are days of the same decision used elsewhere.
    """

    id: int = 0
    trainee_id: int
    workshop_id: int
    service_kind: str  # code of service_kinds
    controller: str = ""  # code of bodies: whose register this is
    controller_name: str = ""
    purchaser: str = ""  # code of bodies: who pays
    purchaser_name: str = ""
    ground: str = ""  # code of grounds: statute, decision, agreement
    decision_number: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    granted_days: int | None = None
    granted_to: date | None = None
    used_before: int = 0
    voucher_number: str = ""
    voucher_expires: date | None = None
    begins: date
    ends: date | None = None  # agreed end, last day included
    ended: date | None = None  # the day it really ended
    end_reason: str = ""  # code of end_reasons
    batch_id: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the period is running on that day."""
        last = self.ended or self.ends
        return self.begins <= day and (last is None or day <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDay:
    """An agreed weekday of a period with its hours; amounts may change within the period."""

    id: int = 0
    period_id: int
    weekday: int  # Monday 1 ... Sunday 7
    starts_at: time
    minutes: int
    valid_from: date
    valid_to: date | None = None
