"""One made-up life at the workshop: the person, the house around, and one thing that happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.services.demo_people import Persona, words
from coachdesk.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that is done at a moment."""

    at: datetime
    act: Callable[[Desk], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The desk's workshops, groups, coaches and the language that is written at it."""

    main: int
    second: int
    groups: Mapping[str, int]
    second_group: int
    coaches: tuple[tuple[int, str], ...]
    language: str
    closed: frozenset[date]  # weekdays on which nothing is arranged

    @property
    def words(self) -> Mapping[str, Any]:
        """The words that its coaches write."""
        found: Mapping[str, Any] = words()["words"][self.language]
        return found


@dataclass(slots=True)
class Life:
    """One person's ids as they come to be."""

    persona: Persona
    house: House
    random: Random
    now: datetime
    trainee_id: int = 0
    period_id: int = 0
    coaching_id: int = 0
    openings: dict[int, int] = field(default_factory=dict)
    note_id: int = 0
    appointment_id: int = 0
    consents: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which the demo stands."""
        return self.now.date()

    @property
    def began(self) -> date:
        """The first day of the period: some weeks after the first contact."""
        contact = self.persona.trainee.first_contact
        assert contact is not None
        return workday(contact + timedelta(days=26 if self.persona.story == "new" else 34), self.house.closed)

    @property
    def ended(self) -> date | None:
        """The last day, of a person who has left."""
        return min(self.began + timedelta(days=210), self.today - timedelta(days=20)) if self.left else None

    @property
    def left(self) -> bool:
        """Whether the period is over."""
        return self.persona.part == "ended"


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in Helsinki."""
    return datetime.combine(day, time(hour, minute), HELSINKI)


def workday(day: date, closed: frozenset[date]) -> date:
    """The day itself, or the next on which the house is open."""
    while day.isoweekday() > 5 or day in closed:
        day += timedelta(days=1)
    return day
