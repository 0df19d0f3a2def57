"""The lines of a grid: which period each is of, its days, and its name in the screen's language."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, current


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the grid."""

    say: Callable[[], str]  # its name in the screen's language
    row: SheetRow
    days: tuple[date | None, ...]
    marks: dict[date, AttendedDay]  # shared by the lines of one period


def month_lines(sheet: AttendanceSheet) -> tuple[Line, ...]:
    """The lines of the month grid: one for each period, its service named where a person has two."""
    people, shut = Counter(row.trainee_id for row in sheet.rows), sheet.archived
    return tuple(
        Line(
            say=partial(_name, row, two=people[row.trainee_id] > 1, archived=row.trainee_id in shut),
            row=row,
            days=sheet.days,
            marks=dict(row.marks),
        )
        for row in sheet.rows
    )


def _name(row: SheetRow, *, two: bool, archived: bool) -> str:
    name = with_service(row, row.name) if two else row.name
    return current().fill(N_("{name} · archived"), name=name) if archived else name


def with_service(row: SheetRow, name: str) -> str:
    """A name and the service of the period, where the name alone would stand twice."""
    return f"{name} · {codes('service_kinds').name(row.service_kind, current().language)}"
