"""The five phases of job coaching: each may be open beside others, closed and re-entered."""

from dataclasses import dataclass
from datetime import date

from coachdesk.i18n import N_

PHASES = (1, 2, 3, 4, 5)
PHASE_NAMES = {
    1: N_("Agreeing on the service"),
    2: N_("Vocational profile"),
    3: N_("Job finding"),
    4: N_("Agreeing with the employer"),
    5: N_("Support at work"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One opening of a phase; days in phase are counted from the opening that is now open."""

    id: int = 0
    trainee_id: int
    phase: int
    opened: date
    closed: date | None = None
    date_known: bool = True  # an imported phase may be dated by the start of coaching
    reason: str = ""  # why it was re-entered
    batch_id: int | None = None

    def days(self, on: date) -> int:
        """Calendar days since the opening, up to its close."""
        return ((self.closed or on) - self.opened).days


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseNorm:
    """The workshop's own norm for a phase in days, from a day on; none at first."""

    id: int = 0
    phase: int
    days: int | None
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one next step of a trainee, with its date."""

    id: int = 0
    trainee_id: int
    text: str
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """Job coaching of a trainee: when it began and ended, and how; ``outcome`` is a code of outcomes."""

    id: int = 0
    trainee_id: int
    begins: date
    ends: date | None = None
    outcome: str = ""
    batch_id: int | None = None
