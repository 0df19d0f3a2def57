"""Figures of a period, each with the people behind it: outcomes, waiting times, satisfaction.

Counted "during the period" unless a name says otherwise; one person counts once.  Without a period
everything that is recorded counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.phases import plan_days, plan_is_late

OPEN = "open"
NOT_RECORDED = "not recorded"
NATIONAL = ("fi", "sv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who was with the workshop."""

    trainee_id: int
    name: str
    mother_tongue: str = ""
    first_contact: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coached:
    """A person's job coaching, the last one where there are several."""

    trainee_id: int
    name: str
    begins: date
    ends: date | None = None
    outcome: str = ""  # code of outcomes

    def counts_as(self, last_day: date | None) -> str:
        """The English name of the figure it is counted in; open where it goes on after the last day."""
        if self.ends is None or (last_day is not None and self.ends > last_day):
            return OPEN
        return str(codes("outcomes")[self.outcome].more.get("counts_as", "")) or NOT_RECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A grade of satisfaction, from 4 to 10."""

    trainee_id: int
    name: str
    grade: int
    on_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPlan:
    """The first plan of a person, ours or another's, and how long it took."""

    trainee_id: int
    name: str
    kind: str
    made: date
    first_contact: date | None = None

    @property
    def days(self) -> int | None:
        """Calendar days from first contact; None where that day is not known."""
        return plan_days(self.first_contact, self.made)

    @property
    def late(self) -> bool:
        """Whether it came later than three calendar months after the first contact."""
        return plan_is_late(self.first_contact, self.made, self.made)


@dataclass(frozen=True, kw_only=True)  # no slots: what was reckoned is kept
class Figures:
    """The figures of a period with the rows behind them; no days: of everything recorded."""

    begins: date | None
    ends: date | None
    people: tuple[Person, ...] = ()
    coached: tuple[Coached, ...] = ()
    answers: tuple[Answer, ...] = ()
    plans: tuple[FirstPlan, ...] = ()

    @cached_property
    def other_tongues(self) -> tuple[Person, ...]:
        """People whose mother tongue is known and is neither Finnish nor Swedish."""
        return tuple(one for one in self.people if one.mother_tongue and one.mother_tongue not in NATIONAL)

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[Coached, ...]]:
        """The coached by the figure they are counted in, in the order of the code list; no empty ones."""
        found: dict[str, list[Coached]] = {name: [] for name in outcome_names()}
        for one in self.coached:
            found.setdefault(one.counts_as(self.ends), []).append(one)
        return {name: tuple(rows) for name, rows in found.items() if rows}

    @cached_property
    def late_plans(self) -> tuple[FirstPlan, ...]:
        """First plans made later than three calendar months after the first contact."""
        return tuple(plan for plan in self.plans if plan.late)

    @cached_property
    def waits(self) -> tuple[tuple[int, bool], ...]:
        """The days from first contact to each first plan, and whether it was late."""
        late = set(map(id, self.late_plans))
        waits = ((plan.days, id(plan) in late) for plan in self.plans)
        return tuple((days, is_late) for days, is_late in waits if days is not None)

    @property
    def satisfaction(self) -> Decimal | None:
        """The mean grade to one decimal, half up; None without answers."""
        if not self.answers:
            return None
        total = Decimal(sum(one.grade for one in self.answers))
        return (total / len(self.answers)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @cached_property
    def median_days(self) -> float | None:
        """The median of the days from first contact to the first plan; None without any."""
        return float(median(days for days, _late in self.waits)) if self.waits else None

    def reckoned(self) -> "Figures":
        """The same with everything reckoned, which takes a while where there are many people."""
        for _each in (self.other_tongues, self.outcomes, self.median_days):
            pass
        return self

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.people or self.coached or self.answers or self.plans)


def outcome_names() -> tuple[str, ...]:
    """The English names that outcomes are counted under, in the order of the code list."""
    return tuple(dict.fromkeys(str(code.more["counts_as"]) for code in codes("outcomes")))


def last_of_each(rows: Sequence[Coached]) -> tuple[Coached, ...]:
    """One coaching of each person: the one that began last."""
    found: dict[int, Coached] = {}
    for one in sorted(rows, key=lambda row: row.begins):
        found[one.trainee_id] = one
    return tuple(one for one in rows if found[one.trainee_id] is one)


def as_numbers(figures: Figures) -> dict[str, Any]:
    """The numbers alone, under the names that scripts know."""
    mean = figures.satisfaction
    return {
        "people": len(figures.people),
        "coached": len(figures.coached),
        "mother_tongue_neither_fi_nor_sv": len(figures.other_tongues),
        "coached_outcomes": {name: len(rows) for name, rows in figures.outcomes.items()},
        "satisfaction_mean": None if mean is None else float(mean),
        "satisfaction_answers": len(figures.answers),
        "plans_made": len(figures.plans),
        "plans_later_than_3_months": len(figures.late_plans),
    }
