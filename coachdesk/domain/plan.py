"""Plan (suunnitelma, plan): ours or another's, its versions, its items, which replaces which."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of a trainee: ours, or made by another (``ours`` false), which most are.

    ``kind`` is a code of plan_kinds.  ``replaces_id`` is the plan that this one replaces;
    ``replaces_kind`` names a kind that it stands for, where no such plan was ever made.
    """

    id: int = 0
    trainee_id: int
    kind: str
    ours: bool = True
    number: str = ""  # on paper: P-2026-0001
    maker: str = ""  # who made another's plan
    made: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    review: date | None = None
    permission: bool = False  # the trainee lets us hold another's plan
    permission_given: date | None = None
    replaces_id: int | None = None
    replaces_kind: str = ""
    our_goals: str = ""  # our goals taken from another's plan
    batch_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One item of a plan's content; ``kind`` is a code of plan_items."""

    key: str  # stays the same from version to version
    kind: str
    text: str = ""
    who: str = ""
    by_when: date | None = None
    proposed_by: str = ""  # code of proposers: trainee, coach, authority, together
    own_view: str = ""
    disagrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature on a version."""

    role: str  # trainee, coach, employment_authority, wellbeing_area
    name: str
    on_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """One version; a signed one never changes.  ``check_code`` as settled: first 8 hex of SHA-256."""

    id: int = 0
    plan_id: int
    version: int
    state: str = "draft"  # draft, final, printed, signed
    language: str = "fi"
    items: tuple[PlanItem, ...] = ()
    participants: tuple[str, ...] = ()
    explained_language: str = ""
    explained_by: str = ""
    signatures: tuple[Signature, ...] = ()
    begun: datetime
    finished: datetime | None = None
    printed: datetime | None = None
    signed: date | None = None
    check_code: str = ""
