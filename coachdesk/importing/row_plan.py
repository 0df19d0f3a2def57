"""What taking a row in would do, and what it is held against: plain values, shared by all that compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.comparing import How, how
from coachdesk.domain.notes import Note
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.phases import Coaching, Opening
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import Feedback, Trainee
from coachdesk.domain.workshop import Group, Membership

Record = Coaching | Opening | Plan | Feedback | Period | AttendedDay | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that the desk and the sheet tell differently, compared as a joining and a handover do.

    ``table`` and ``key`` say which record, ``attribute`` which of its fields; ``field`` is the column's.
    What stood before is not known: no sheet is kept, and what an earlier one told may be years old.
    """

    field: str
    ours: object
    theirs: object
    table: str = "trainee"
    key: tuple[Any, ...] = ()
    attribute: str
    hidden: bool = False  # it may not be shown: the address of who is protected

    @property
    def how(self) -> How:
        """How the two meet."""
        return how(None, None if self.ours == () else self.ours, self.theirs)

    @property
    def fills(self) -> bool:
        """The desk knows nothing where the sheet does: that is taken unless somebody says otherwise."""
        return self.how is How.ONLY_THEIRS


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed of a new period, known by the day on which it begins: its weekdays and its group."""

    begins: date
    agreed: tuple[AgreedDay, ...] = ()
    group_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """What taking in one person's rows would do.

    ``person`` is the new trainee; ``adds`` are new records; their ``trainee_id`` is 0 for a new person.
    """

    rows: tuple[int, ...]
    name: str
    trainee_id: int = 0
    person: Trainee | None = None
    adds: tuple[Record, ...] = ()
    differences: tuple[Difference, ...] = ()
    terms: tuple[Terms, ...] = ()  # of the new periods among ``adds``

    @property
    def state(self) -> str:
        """new, same, adds (something more to a known person) or differs."""
        if self.person:
            return "new"
        return "differs" if self.differences else "adds" if self.adds else "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """What the desk holds of one trainee."""

    trainee: Trainee
    coachings: tuple[Coaching, ...] = ()
    openings: tuple[Opening, ...] = ()
    plans: tuple[Plan, ...] = ()
    grades: tuple[Feedback, ...] = ()
    periods: tuple[Period, ...] = ()
    agreed: Mapping[int, tuple[AgreedDay, ...]] = field(default_factory=dict)  # by period
    places: Mapping[int, tuple[Membership, ...]] = field(default_factory=dict)  # by period


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The desk's own coaches and workshops, by folded name; groups by workshop and folded name."""

    coaches: Mapping[str, int]
    workshops: Mapping[str, int]
    groups: Mapping[tuple[int, str], Group] = field(default_factory=dict)
