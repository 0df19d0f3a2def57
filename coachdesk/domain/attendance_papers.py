"""What the papers of attendance need: a group's month to be signed, and a person's absences for the payer."""

from dataclasses import dataclass
from datetime import date

from coachdesk.domain.papers import Both, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """A column of the month list."""

    day: date
    holiday: str = ""
    not_held: str = ""  # the reason, where the day was not arranged for the whole group


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A person on the month list: a mark for each day, never the reason of an absence.

    Marks: ``present``, ``absent``, ``not_arranged``, ``planned`` or empty.
    """

    name: str
    marks: tuple[str, ...]
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthListPaper:
    """The attendance list of a group's month, to be signed; ``present`` is the letter of presence."""

    on: date
    workshop: Sender
    group: str = ""
    month: date  # any day of it
    present: str = "L"
    days: tuple[MonthDay, ...]
    rows: tuple[MonthRow, ...]
    coach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentDay:
    """A day of absence with its kind; ``certificate`` is none where the kind asks for no certificate."""

    day: date
    kind: Both
    certificate: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNotArranged:
    """A day on which the service was not arranged: no absence."""

    day: date
    reason: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceReportPaper:
    """The report of absences to the payer of the benefit, for one person and two weeks."""

    on: date
    workshop: Sender
    payer: Both
    trainee: str
    personal_identity_code: str = ""
    service: Both
    service_begins: date | None = None
    service_ends: date | None = None
    begins: date
    ends: date
    absences: tuple[AbsentDay, ...] = ()
    not_arranged: tuple[DayNotArranged, ...] = ()
    signer: str = ""
    signer_title: str = ""
