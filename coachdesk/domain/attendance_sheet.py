"""Attendance sheet: a month of marks as the grid, the lists and the reports read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coachdesk.domain.attendance import AttendedDay, DayNotHeld
from coachdesk.domain.period import AgreedDay, planned
from coachdesk.domain.planned_days import NotHeld, group_on, not_held_on, usual_minutes
from coachdesk.domain.workshop import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One period of one person: what was agreed and what was marked.

    ``marks`` may hold days of the weeks around the month, so that a week is judged whole.
    """

    period_id: int
    trainee_id: int
    name: str  # family name first
    workshop_id: int
    service_kind: str
    begins: date
    last: date | None
    agreed: Sequence[AgreedDay] = ()
    memberships: Sequence[Membership] = ()
    marks: Mapping[date, AttendedDay] = field(default_factory=dict)

    def covers(self, day: date) -> bool:
        """Whether the period is running on that day."""
        return self.begins <= day and (self.last is None or day <= self.last)

    def agreed_on(self, day: date) -> AgreedDay | None:
        """What was agreed for that day, whether it is held or not."""
        return planned(self.agreed, day) if self.covers(day) else None

    def usual_minutes(self, day: date) -> int:
        """The hours that a swapped day is taken to have."""
        return usual_minutes(self.agreed, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSheet:
    """The rows and days of one opening; ``days`` are those shown, marks may reach further."""

    days: tuple[date, ...]
    rows: tuple[SheetRow, ...]
    holidays: Mapping[date, str]
    not_held: Mapping[date, tuple[DayNotHeld, ...]]
    archived: frozenset[int] = frozenset()  # trainees of whom nothing is marked any more

    def closed(self, row: SheetRow, day: date) -> NotHeld | None:
        """Why nothing is arranged for a row on a day, or None."""
        if day not in self.not_held and day not in self.holidays:
            return None
        group = group_on(row.memberships, day)
        return not_held_on(day, row.workshop_id, group, self.not_held, self.holidays)

    def planned(self, row: SheetRow, day: date) -> AgreedDay | None:
        """The agreed day on which the person should take part, or None."""
        found = row.agreed_on(day)
        return None if found is None or self.closed(row, day) else found

    @property
    def trainees(self) -> int:
        """How many people the rows are of."""
        return len({row.trainee_id for row in self.rows})
