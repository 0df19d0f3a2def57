"""What is read of trainees on screen: the list's row, a hit of the search, the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.period import AgreedDay, Caution, Period
from coachdesk.domain.phases import Coaching, NextStep, PhaseState
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.retention import Keeping
from coachdesk.domain.trainee import Benefit, Feedback, Trainee


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Somebody whose name or code fits what was typed; the code itself is never in a hit."""

    trainee_id: int
    name: str
    birth_year: int | None = None
    former_names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeRow:
    """A row of the list: where the person is, what comes next, whether a consent is in force."""

    trainee_id: int
    name: str
    folded: str
    exact: str
    code: str  # to find by, never to show
    order: int  # place in the order of both languages
    phases: str  # five letters: n not started, o open, d done
    phase: int = 0  # the furthest open phase
    days: int | None = None  # days in it
    over: bool = False  # over the workshop's norm
    step: str = ""
    due: date | None = None
    consent_to: date | None = None  # last day of the consent in force that ends first
    coach_id: int | None = None
    workshop_ids: frozenset[int] = frozenset()
    ended: date | None = None  # all service has ended
    outcome: str = ""  # code of outcomes, or of end_reasons with "end:" before it

    @property
    def spoken_name(self) -> str:
        """Given names first, as the person's page shows it."""
        family, _comma, given = self.name.partition(", ")
        return f"{given} {family}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line of what happened last: a note with its first words."""

    note_id: int
    at: datetime
    kind: str
    minutes: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """A consent in force as the page tells it: to whom, until when."""

    recipient: str
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """The plan that is valid today, or the newest one."""

    kind: str
    made: date | None
    ours: bool
    review: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineePage:
    """All that the trainee's page shows at once.

    The trainee in it has no identity code (``has_code`` says whether there is one) and, where a
    non-disclosure is in force, no address.
    """

    trainee: Trainee
    has_code: bool
    phases: tuple[PhaseState, ...]
    next_step: NextStep | None = None
    period: Period | None = None
    agreed: tuple[AgreedDay, ...] = ()
    cautions: tuple[Caution, ...] = ()
    benefit: Benefit | None = None
    coaching: Coaching | None = None  # the job coaching that began last
    grade: Feedback | None = None  # the newest one
    plan: PlanLine | None = None
    worker: RegionLetter | None = None  # by which the responsible worker at the region is known
    plan_due: date | None = None  # set while a plan is missing and the goal of three months runs
    happenings: tuple[Happening, ...] = ()
    notes: int = 0
    appointments: tuple[Appointment, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
    attendance: Mapping[str, int] | None = None  # marks of the last four weeks by kind
    used: int = 0
    keeping: Keeping | None = None  # set once every service has ended
    archived: date | None = None  # since when nothing is changed any more
    restricted: date | None = None  # since when nothing may be given out
