"""Plan (suunnitelma, plan): ours or another's, its versions, its items, which replaces which.

A version goes draft -> final -> printed -> signed.  A draft may be printed too and stays a draft; what
is printed for signing or signed never changes, a new version begins from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coachdesk.errors import Refused
from coachdesk.i18n import N_

DRAFT, FINAL, PRINTED, SIGNED = "draft", "final", "printed", "signed"
STATES = (DRAFT, FINAL, PRINTED, SIGNED)
STATE_NAMES = {
    DRAFT: N_("draft"),
    FINAL: N_("final"),
    PRINTED: N_("printed"),
    SIGNED: N_("signed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of a trainee: ours, or made by another (``ours`` false), which most are.

    ``kind`` is a code of plan_kinds.  ``made`` is the day our first version was signed, or the day of
    another's plan; without it the plan is not yet made.  ``replaces_id`` is the plan that this one
    replaces; ``replaces_kind`` names a kind that it stands for, where no such plan was ever made.
    """

    id: int = 0
    trainee_id: int
    kind: str
    ours: bool = True
    number: str = ""  # on paper: A-2026-0001
    maker: str = ""  # who made another's plan
    made: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None  # last day included
    review: date | None = None
    permission: bool = False  # the trainee lets us hold another's plan
    permission_given: date | None = None
    replaces_id: int | None = None
    replaces_kind: str = ""
    our_goals: str = ""  # our goals taken from another's plan
    batch_id: int | None = None

    @property
    def begins(self) -> date | None:
        """The first day in force: as agreed, else the day it was made."""
        return self.valid_from or self.made

    def in_force(self, on: date) -> bool:
        """Whether the plan's own days cover that day; another plan may have replaced it."""
        begins = self.begins
        return begins is not None and begins <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One item of a plan's content; ``kind`` is a code of plan_items.

    Beside its text an item has the fields that its kind asks for: where, how long a day (minutes) and
    how many days a week, from when to when, who answers for it and by when.
    """

    key: str  # stays the same from version to version
    kind: str
    text: str = ""
    who: str = ""
    by_when: date | None = None
    place: str = ""
    minutes_a_day: int | None = None
    days_a_week: int | None = None
    begins: date | None = None
    ends: date | None = None  # last day included
    proposed_by: str = ""  # code of proposers: trainee, coach, authority, together
    own_view: str = ""
    disagrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature on a version; ``role`` is a code of signing_roles."""

    role: str
    name: str
    on_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """One version; a signed one never changes.  ``check_code`` as settled: first 8 hex of SHA-256."""

    id: int = 0
    plan_id: int
    version: int
    state: str = DRAFT
    language: str = "fi"
    items: tuple[PlanItem, ...] = ()
    participants: tuple[str, ...] = ()
    support_person: str = ""  # who was there at the trainee's side, if anybody
    explained_language: str = ""
    explained_by: str = ""
    signatures: tuple[Signature, ...] = ()
    begun: datetime
    finished: datetime | None = None
    printed: datetime | None = None
    signed: date | None = None
    check_code: str = ""

    @property
    def open(self) -> bool:
        """Whether its words may still be changed."""
        return self.state == DRAFT

    def item(self, key: str) -> PlanItem:
        """The item with that key.

        Raises:
            Refused: it has none.
        """
        for item in self.items:
            if item.key == key:
                return item
        raise Refused(N_("The item is no longer in the plan."))


def must_be_open(version: PlanVersion) -> None:
    """A signed or printed version never changes.

    Raises:
        Refused: the version is no longer a draft.
    """
    if version.state == SIGNED:
        raise Refused(N_("Version {version} is signed. Begin a new version of it."), version=version.version)
    if version.state == PRINTED:
        raise Refused(N_("Version {version} is printed. Begin a new version of it."), version=version.version)
    if version.state == FINAL:
        raise Refused(
            N_("Version {version} is final. Take it back to a draft first."), version=version.version
        )


def with_item(version: PlanVersion, item: PlanItem) -> PlanVersion:
    """The version with the item in the place of the one with its key, else as the last of its kind.

    Raises:
        Refused: the version is no longer a draft.
    """
    must_be_open(version)
    if not item.key:
        item = replace(item, key=free_key(version.items, item.kind))
    items = list(version.items)
    places = [n for n, old in enumerate(items) if old.key == item.key]
    if places:
        items[places[0]] = item
    else:
        items.append(item)
    return replace(version, items=tuple(items))


def without_item(version: PlanVersion, key: str) -> PlanVersion:
    """The version without one item.

    Raises:
        Refused: the version is no longer a draft, or has no such item.
    """
    must_be_open(version)
    gone = version.item(key)
    return replace(version, items=tuple(item for item in version.items if item is not gone))


def moved(version: PlanVersion, key: str, to: int) -> PlanVersion:
    """The version with one item moved to place ``to`` (0 first) among the items of its kind.

    Raises:
        Refused: the version is no longer a draft, or has no such item.
    """
    must_be_open(version)
    item = version.item(key)
    same = [other for other in version.items if other.kind == item.kind and other is not item]
    same.insert(max(0, min(to, len(same))), item)
    turn = iter(same)
    return replace(
        version, items=tuple(next(turn) if old.kind == item.kind else old for old in version.items)
    )


def free_key(items: Iterable[PlanItem], kind: str) -> str:
    """A key that no item of the plan has: goals, goals-2, goals-3."""
    taken = {item.key for item in items}
    if kind not in taken:
        return kind
    number = 2
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def next_version(former: PlanVersion, at: datetime) -> PlanVersion:
    """A new draft with the words of a printed or signed version.

    Raises:
        Refused: the former version can still be changed itself.
    """
    if former.state not in (PRINTED, SIGNED):
        raise Refused(N_("Version {version} is not signed yet. Change it instead."), version=former.version)
    return PlanVersion(
        plan_id=former.plan_id,
        version=former.version + 1,
        language=former.language,
        items=former.items,
        participants=former.participants,
        support_person=former.support_person,
        begun=at,
    )


def signed(version: PlanVersion, on: date, signatures: Sequence[Signature]) -> PlanVersion:
    """The version signed on a day.

    Raises:
        Refused: it is not final, nobody signed, or a signature has no name.
    """
    if version.state == SIGNED:
        raise Refused(N_("Version {version} is signed already."), version=version.version)
    if version.state == DRAFT:
        raise Refused(N_("A draft cannot be signed. Mark it final first."))
    if not signatures:
        raise Refused(N_("Write who signed."), field="signatures")
    if any(not signature.name.strip() for signature in signatures):
        raise Refused(N_("A signature needs a name."), field="signatures")
    return replace(version, state=SIGNED, signed=on, signatures=tuple(signatures))


def must_not_turn_round(plans: Iterable[Plan], plan_id: int, replaces_id: int) -> None:
    """A plan cannot replace itself, nor a plan that replaces it in the end.

    Raises:
        Refused: the chain would turn round.
    """
    former = {plan.id: plan.replaces_id for plan in plans}
    here: int | None = replaces_id
    seen: set[int] = set()
    while here is not None and here not in seen:
        if here == plan_id:
            raise Refused(N_("The chosen plan is itself replaced by this one."), field="replaces")
        seen.add(here)
        here = former.get(here)


def replaced_on(plans: Iterable[Plan], day: date) -> dict[int, Plan]:
    """Which plans are replaced on that day, each with the plan that replaces it.

    A plan replaces another from its own first day on, and stays its follower when it has ended itself.
    A later plan of the same kind replaces the earlier one also without saying so.
    """
    begun = [plan for plan in plans if plan.begins is not None and plan.begins <= day]
    begun.sort(key=lambda plan: (plan.begins or day, plan.id))
    found: dict[int, Plan] = {}
    newest: dict[str, Plan] = {}
    for plan in begun:
        former = newest.get(plan.kind)
        if former is not None:
            found[former.id] = plan
        newest[plan.kind] = plan
    for plan in begun:
        if plan.replaces_id is not None:
            found[plan.replaces_id] = plan
        stood_for = newest.get(plan.replaces_kind) if plan.replaces_kind else None
        if stood_for is not None and stood_for.id != plan.id and _before(stood_for, plan):
            found[stood_for.id] = plan
    return found


def _before(one: Plan, other: Plan) -> bool:
    return (one.begins or date.max, one.id) <= (other.begins or date.max, other.id)


def valid_on(plans: Sequence[Plan], day: date) -> tuple[Plan, ...]:
    """The plans valid on that day, the newest first: in force, and replaced by none.

    More than one means that the coach has not yet said which replaces which.
    """
    gone = replaced_on(plans, day)
    found = [plan for plan in plans if plan.in_force(day) and plan.id not in gone]
    return tuple(sorted(found, key=lambda plan: (plan.begins or day, plan.id), reverse=True))
