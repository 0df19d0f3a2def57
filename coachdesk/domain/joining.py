"""Two records of one person joined: what becomes of consents, phases and plans of both.

Nothing is lost: both records' rows stay, and what may stand only once (a consent in force to a recipient,
an open phase, a valid plan) is settled by rules that anybody can read here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, tzinfo
from typing import Any

from coachdesk.domain.comparing import Value
from coachdesk.domain.consent import Consent, Prohibition, in_force
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Opening
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.i18n import N_

FIELDS = tuple(one.name for one in fields(Trainee) if one.name not in ("id", "batch_id"))
KEPT, GONE, BOTH = "kept", "gone", "both"
VALID = (KEPT, GONE, BOTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """That a record was joined into a trainee's, with all that parting them again needs.

    ``gone`` is the other record's own row, ``moved`` the keys of its rows by table, ``aside`` rows that had
    no room beside the kept ones, ``changed`` the values that were written over.
    """

    id: int = 0
    trainee_id: int
    gone_id: int
    at: datetime
    coach_id: int | None = None
    parted: datetime | None = None
    gone: Mapping[str, Any] = field(default_factory=dict)
    moved: Mapping[str, Any] = field(default_factory=dict)
    aside: Mapping[str, Any] = field(default_factory=dict)
    changed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that the other record had."""
        return f"{self.gone.get('family_name', '')}, {self.gone.get('given_names', '')}".strip(", ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What becomes of the consents to one recipient: at most one stands, of the trainee ``owner``."""

    recipient: str
    stands: Consent | None = None
    replaced: Consent | None = None
    withdrawn: tuple[Consent, ...] = ()

    @property
    def owner(self) -> int | None:
        """Whose the consent is that stands."""
        return self.stands.trainee_id if self.stands else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two cards side by side before they are joined.

    ``counts`` are the rows of the other record by table; ``overlapping`` pairs of periods that share days;
    ``plans`` the valid plan of each where both have one; ``twice`` rows that stand in both and go aside;
    ``withdraws`` recipients who are told to delete the other record's summary.
    """

    kept: Trainee
    gone: Trainee
    values: tuple[Value, ...]
    counts: Mapping[str, int]
    overlapping: tuple[tuple[Period, Period], ...] = ()
    consents: tuple[Settled, ...] = ()
    plans: tuple[Plan, Plan] | None = None
    twice: int = 0
    withdraws: tuple[str, ...] = ()
    other_code: bool = False  # both have an identity code, and not the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """What parting could not put back: rows added since stay with the kept, by table; rows removed since.

    ``touched`` are fields of the kept trainee that were changed after the join and stay as they are.
    """

    kept_id: int
    gone_id: int
    stay: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    touched: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether both are as they were before."""
        return not (self.stay or self.lost or self.touched)


def refuse_same(kept_id: int, gone_id: int) -> None:
    """Refuse to join a record with itself.

    Raises:
        Refused: it is one record.
    """
    if kept_id == gone_id:
        raise Refused(N_("This is one record already: choose another one to join with it."))


def settle_consents(
    kept: Sequence[Consent],
    gone: Sequence[Consent],
    kept_bars: Iterable[Prohibition],
    gone_bars: Iterable[Prohibition],
    on: date,
    zone: tzinfo,
) -> tuple[Settled, ...]:
    """What becomes of the consents in force, recipient by recipient.

    Of two the newer stands and replaces the other.  A consent that the person withdrew or forbade in the
    other record, on the day it was given or later, stands no longer: nothing leaves by joining.
    """
    bars = {KEPT: tuple(kept_bars), GONE: tuple(gone_bars)}
    found = []
    for recipient in dict.fromkeys(consent.recipient for consent in (*kept, *gone)):
        mine, theirs = in_force(kept, recipient, on), in_force(gone, recipient, on)
        ended = [
            one
            for one, others, forbidden in ((mine, gone, bars[GONE]), (theirs, kept, bars[KEPT]))
            if one is not None and _is_ended(one, others, forbidden, on, zone)
        ]
        left = sorted(
            (one for one in (mine, theirs) if one is not None and one not in ended),
            key=lambda one: (one.given, one.id),
        )
        found.append(
            Settled(
                recipient=recipient,
                stands=left[-1] if left else None,
                replaced=left[0] if len(left) == 2 else None,
                withdrawn=tuple(ended),
            )
        )
    return tuple(found)


def first_of_chain(consents: Iterable[Consent], newest: Consent) -> Consent:
    """The consent that began a row of renewals: it can name the one that the whole row replaces."""
    by_id = {one.id: one for one in consents}
    found = by_id[newest.id]
    while found.replaces_id in by_id:
        found = by_id[found.replaces_id]
    return found


def overlapping(kept: Iterable[Period], gone: Iterable[Period]) -> tuple[tuple[Period, Period], ...]:
    """The pairs of periods that share days; both stay, as two services of one trainee."""
    return tuple(
        (mine, theirs) for mine in kept for theirs in gone if _begin(mine, theirs) <= _last(mine, theirs)
    )


def doubly_open(kept: Iterable[Opening], gone: Iterable[Opening]) -> tuple[Opening, ...]:
    """Openings to close on their own day, since the same phase was open already in the other record."""
    theirs = {one.phase: one for one in gone if one.closed is None}
    pairs = [(one, theirs[one.phase]) for one in kept if one.closed is None and one.phase in theirs]
    return tuple(max(pair, key=lambda one: (one.opened, one.id)) for pair in pairs)


def valid_plan(plans: Iterable[Plan], on: date) -> Plan | None:
    """The newest plan that no other replaces and that has not run out."""
    known = tuple(plans)
    replaced = {plan.replaces_id for plan in known}
    made = (plan for plan in known if plan.made is not None and plan.id not in replaced)
    found = [plan for plan in made if plan.valid_to is None or plan.valid_to >= on]
    return max(found, key=lambda plan: (plan.made or date.min, plan.id), default=None)


def check_plans(plans: tuple[Plan, Plan] | None, valid: str) -> None:
    """Refuse to join where two plans are valid and nobody has said which.

    Raises:
        Refused: it is not said.
    """
    if plans is not None and valid not in VALID:
        raise Refused(N_("Both have a valid plan. Say which one is valid from now on."), field="plan")


def _is_ended(
    one: Consent, others: Iterable[Consent], forbidden: Iterable[Prohibition], on: date, zone: tzinfo
) -> bool:
    said_no = any(
        other.recipient == one.recipient
        and other.withdrawn is not None
        and other.withdrawn.astimezone(zone).date() >= one.given
        for other in others
    )
    return said_no or any(bar.bars(one.recipient, on) for bar in forbidden)


def _begin(one: Period, other: Period) -> date:
    return max(one.begins, other.begins)


def _last(one: Period, other: Period) -> date:
    return min(period.ended or period.ends or date.max for period in (one, other))
