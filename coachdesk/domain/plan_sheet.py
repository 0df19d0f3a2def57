"""What the plan page of a trainee shows: every plan, which is valid, and one version to read or write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coachdesk.domain.codes import Code
from coachdesk.domain.phases import plan_days, plan_due, plan_is_late
from coachdesk.domain.plan import Plan, PlanVersion, replaced_on, valid_on
from coachdesk.domain.plan_cautions import Beside
from coachdesk.domain.plan_content import DONE, OPTIONAL, Asked, kind_of
from coachdesk.domain.plan_replacing import replaces_of
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.trainee import OwnView


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan in the list; ``newest`` is the newest version of one of ours."""

    plan: Plan
    kind: Code
    valid: bool
    replaced_by: Plan | None = None
    newest: PlanVersion | None = None
    signed: PlanVersion | None = None  # the version in force
    approved: RegionLetter | None = None  # by which the region has approved it

    @property
    def replaces(self) -> tuple[int | None, str]:
        """What the newest words say that the plan replaces: a plan, or a kind that it stands for."""
        if self.newest is None:
            return self.plan.replaces_id, self.plan.replaces_kind
        return replaces_of(self.plan, self.newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansSheet:
    """All plans of a trainee on a day, the valid ones first, then by day."""

    trainee_id: int
    on: date
    service_language: str
    rows: tuple[PlanRow, ...]
    first_contact: date | None = None
    first_made: date | None = None

    @property
    def valid(self) -> tuple[PlanRow, ...]:
        """The plans valid today; more than one waits for the word which replaces which."""
        return tuple(row for row in self.rows if row.valid)

    @property
    def days(self) -> int | None:
        """Calendar days from first contact to the first plan."""
        return plan_days(self.first_contact, self.first_made)

    @property
    def due(self) -> date | None:
        """The last day on which the first plan is made in time."""
        return plan_due(self.first_contact) if self.first_contact else None

    @property
    def late(self) -> bool:
        """Whether the first plan came later than three months, or is missing after them."""
        return plan_is_late(self.first_contact, self.first_made, self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSheet:
    """A version as it is read and written."""

    plan: Plan
    kind: Code
    version: PlanVersion
    versions: tuple[PlanVersion, ...]  # the newest first
    asked: tuple[Asked, ...]
    cautions: tuple[Beside, ...] = ()
    replaced: Plan | None = None
    stands_for: str = ""  # kind of a plan that was not made
    views: tuple[OwnView, ...] = ()  # said of the whole version after it could no longer be written
    spoken_name: str = ""

    @property
    def needed(self) -> int:
        """How many items the plan's kind asks for."""
        return sum(1 for one in self.asked if one.state != OPTIONAL)

    @property
    def done(self) -> int:
        """How many of them are written."""
        return sum(1 for one in self.asked if one.state == DONE)

    @property
    def ready(self) -> bool:
        """Whether nothing is missing for signing."""
        return self.done == self.needed


def rows(
    plans: Sequence[Plan],
    versions: dict[int, tuple[PlanVersion, ...]],
    on: date,
    approvals: Mapping[int, RegionLetter] | None = None,
) -> tuple[PlanRow, ...]:
    """The list of plans on a day; ``versions`` of each of ours, the newest first, and letters of approval."""
    valid = {plan.id for plan in valid_on(plans, on)}
    gone = replaced_on(plans, on)
    found = []
    for plan in plans:
        own = versions.get(plan.id, ())
        signed = next((version for version in own if version.signed), None)
        found.append(
            PlanRow(
                plan=plan,
                kind=kind_of(plan, on),
                valid=plan.id in valid,
                replaced_by=gone.get(plan.id),
                newest=own[0] if own else None,
                signed=signed,
                approved=(approvals or {}).get(plan.id),
            )
        )
    return tuple(sorted(found, key=_order))


def _order(row: PlanRow) -> tuple[int, int, int]:
    """Valid first, then those not yet made, then the newest."""
    day = row.plan.begins
    return (0 if row.valid else 1 if day is None else 2, -(day or date.max).toordinal(), -row.plan.id)


def first_made(plans: Sequence[Plan]) -> date | None:
    """The day of the first plan that was made."""
    return min((plan.made for plan in plans if plan.made), default=None)
