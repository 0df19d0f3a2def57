"""Letters of a region as the coach sees them (frozen)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from coachdesk.domain.period import Period
from coachdesk.domain.plan import Plan
from coachdesk.domain.region_letters import Answer, RegionLetter
from coachdesk.domain.trainee import Likeness, Trainee


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """One letter in a list; ``name`` is the trainee's, else the one in the letter."""

    letter_id: int
    kind: str
    name: str
    sender: str
    received: datetime
    reply_by: date | None
    state: str
    answer_state: str = ""  # ready, waiting, handed, delivered, turned_away; empty before an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersCard:
    """What Today shows: the letters nobody has answered, the oldest first."""

    lines: tuple[LetterLine, ...] = ()

    @property
    def unread(self) -> int:
        """How many nobody has opened."""
        return sum(line.state == "new" for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One field of a letter beside what is kept; nothing is written over before somebody says so."""

    name: str  # field of the trainee or the period
    title: str
    kept: str  # as people read it, empty where nothing is kept
    comes: str
    value: Any

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.kept == self.comes


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    """One letter opened: what it says, whom it may be about, what can be done with it."""

    letter: RegionLetter
    lines: tuple[tuple[str, str], ...]
    trainee: Trainee | None = None
    alike: tuple[Likeness, ...] = ()
    periods: tuple[Period, ...] = ()
    answer: Answer | None = None
    answer_state: str = ""
    body: tuple[str, str] = ("", "")  # the region's names
    carries: tuple["Carry", ...] = ()  # where it can be carried into the record
    worker: RegionLetter | None = None  # by which the record knows the responsible worker now
    approved: Plan | None = None  # the plan that it approves, once that was taken over


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """One place into which a letter can be carried: the trainee's record, or one of the plans."""

    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of a file of letters, in words and in numbers.

    ``at`` is the number of the bundle, ``place`` the one after which the region is asked for what is missing.
    """

    lines: tuple[str, ...] = ()
    new: int = 0
    set_aside: int = 0
    again: bool = False
    region_id: str = ""
    at: tuple[int, int] = (0, 0)
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What leaves without a consent: an item as it goes, and what the region was last told."""

    region_id: str
    item: Mapping[str, Any]
    id: str
    trainee_id: int | None = None
    ground: str = ""
    had: Mapping[str, Any] = field(default_factory=dict)
