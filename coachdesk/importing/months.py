"""An attendance month: a row for each person, a column for each day, a letter or digit in each cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_
from datetime import date, datetime
from functools import cache

from coachdesk.domain.codes import codes
from coachdesk.domain.letters import fold
from coachdesk.i18n import N_
from coachdesk.importing import values
from coachdesk.importing.columns import DAY, Column, guess, words
from coachdesk.importing.dates import month_number
from coachdesk.importing.draft import ERROR, NOTICE, DraftRow, Finding
from coachdesk.importing.reading import Cell, Sheet, SheetRow

FIRST_ROWS = 20
MANY = 5  # columns with a bare number as their heading that make a month
_NO_MARK = N_("“{cell}” is not a mark. Use the letters or digits of the attendance grid.")
_DAY = re.compile(r"(?:[^\W\d]{1,12}\.?\s*)?(\d{1,2})(?:\.(\d{1,2})?\.?(\d{4})?)?(?:\s*[^\W\d]{1,12}\.?)?")
_MONTH_YEAR = re.compile(r"(?:^|\D)(1[0-2]|0?[1-9])\s*[./\-_]\s*((?:19|20)\d{2})(?:\D|$)")
_YEAR_MONTH = re.compile(r"(?:^|\D)((?:19|20)\d{2})[./\-_ ]?(1[0-2]|0[1-9])(?:\D|$)")
_WORD_YEAR = re.compile(r"([^\W\d_]{3,})[\s_\-.]*((?:19|20)\d{2})")
_WITH_HOURS = re.compile(r"([^\W_])\s*[/:]?\s*(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|t|tim)?\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a cell says of a day; ``minutes`` is None where no hours are told."""

    kind: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One person's row: the name and code as read, and the marks by day."""

    person: DraftRow
    marks: Mapping[date, Mark] = field_(default_factory=dict)


def day_columns(sheet: Sheet) -> dict[int, date | int]:
    """Columns that are days: a whole date, or the day of the month where the heading says no more."""
    return _days(heading_row(sheet))


def is_month(sheet: Sheet) -> bool:
    """Whether a sheet is of attended days: many columns of days, or few that hold mostly marks."""
    days, heading = day_columns(sheet), heading_row(sheet).number
    if len(days) >= MANY:
        return True
    below = [row.cell(index) for row in sheet.rows if row.number > heading for index in days]
    filled = [text for cell in below if (text := values.text_of(cell).strip())]
    return 2 * sum(read_mark(text) is not None for text in filled) > len(filled)


def heading_row(sheet: Sheet) -> SheetRow:
    """The row among the first that has most days as headings."""
    return max(sheet.rows[:FIRST_ROWS], key=lambda row: len(_days(row)))


def month_of(sheet: Sheet, file_name: str = "") -> date | None:
    """The first day of the month that the sheet is of, from its headings, its title or its name."""
    for found in day_columns(sheet).values():
        if isinstance(found, date):
            return found.replace(day=1)
    top = [
        values.text_of(cell) for row in sheet.rows[:FIRST_ROWS] for cell in row.cells if isinstance(cell, str)
    ]
    for words_ in (*top, sheet.name, file_name):
        if month := _month_in(words_):
            return month
    return None


def guess_columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of an attendance month; without a heading the first one left of the days is the name."""
    heading, days = heading_row(sheet), day_columns(sheet)
    above = [row for row in sheet.rows if row.number <= heading.number]
    below = [row for row in sheet.rows if row.number > heading.number]
    found: list[Column] = []
    taken: set[str] = set()
    for index in range(max((len(row.cells) for row in sheet.rows), default=0)):
        titles = [text for row in reversed(above) if (text := values.text_of(row.cell(index)).strip())]
        examples = tuple(t for row in below[:200] if (t := values.text_of(row.cell(index)).strip()))[:3]
        if index in days:
            found.append(
                Column(index=index, heading=titles[0], field=f"{DAY}{days[index]}", examples=examples)
            )
            continue
        key = next((k for title in titles if (k := guess("attendance", title)) and k not in taken), "")
        taken.add(key)
        if titles or examples:
            heading_text = titles[0] if titles else ""
            found.append(Column(index=index, heading=heading_text, field=key, examples=examples))
    if not taken & {"name", "family_name", "personal_identity_code"}:
        found = _first_as_name(found, min(days, default=0))
    return tuple(found)


def read_marks(
    sheet: Sheet, columns: Sequence[Column], heading: int, people: Sequence[DraftRow], month: date | None
) -> tuple[tuple[MonthRow, ...], tuple[Finding, ...]]:
    """The marks of each person's row; what is no mark is a finding by row and column."""
    findings: list[Finding] = []
    days = {c.index: (c, day) for c in columns if (day := _day_of(c, month, findings, heading))}
    by_number = {row.number: row for row in sheet.rows}
    found, digits, letters = [], 0, 0
    for person in people:
        marks: dict[date, Mark] = {}
        for index, (column, day) in days.items():
            text = values.text_of(by_number[person.number].cell(index)).strip()
            mark = read_mark(text)
            if mark:
                marks[day] = mark
                digits, letters = digits + text[:1].isdigit(), letters + (not text[:1].isdigit())
            elif text and text not in _nothing():
                findings.append(
                    Finding(
                        row=person.number,
                        column=column.heading,
                        field=column.field,
                        message=_NO_MARK,
                        told={"cell": text[:40]},
                    )
                )
        found.append(MonthRow(person=person, marks=marks))
    if digits and not letters:
        findings.append(
            Finding(
                row=heading, severity=NOTICE,
                message=N_("Digits were read as kinds of the grid (1 present, 2 own illness), not as hours."),
            )
        )  # fmt: skip
    return tuple(row for row in found if row.marks), tuple(findings)


def read_mark(text: str) -> Mark | None:
    """A letter of either language, a digit, a word, or a letter with hours (L 4,5); else None."""
    if not text:
        return None
    if kind := _marks().get(text.casefold()) or _names().get(fold(text)):
        return Mark(kind=kind)
    if (found := _WITH_HOURS.fullmatch(text)) and not found[1].isdigit():
        hours = float(found[2].replace(",", "."))
        if (kind := _marks().get(found[1].casefold())) and 0 < hours <= 24:
            return Mark(kind=kind, minutes=round(hours * 60))
    return None


def _days(row: SheetRow) -> dict[int, date | int]:
    found: dict[int, date | int] = {}
    for index, cell in enumerate(row.cells):
        day = _heading_day(cell)
        if day is not None and day not in found.values():
            found[index] = day
    bare = [index for index in found if not _names_month(row.cells[index])]
    if len(bare) < MANY:  # one number in a heading makes no month
        found = {index: day for index, day in found.items() if index not in bare}
    plain = [day for day in found.values() if isinstance(day, int)]
    if plain != sorted(plain):
        return {index: day for index, day in found.items() if isinstance(day, date)}
    return found


def _heading_day(cell: Cell) -> date | int | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(values.text_of(cell).strip())
    if not found or not 1 <= int(found[1]) <= 31:
        return None
    if found[2] and found[3]:
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None
    return int(found[1])


def _names_month(cell: Cell) -> bool:
    """Whether a heading of a day says its month too: 2.11., not 2."""
    found = None if isinstance(cell, date) else _DAY.fullmatch(values.text_of(cell).strip())
    return isinstance(cell, date) or bool(found and found[2])


def _month_in(text: str) -> date | None:
    if (found := _WORD_YEAR.search(text)) and (month := month_number(found[1])):
        return date(int(found[2]), month, 1)
    if found := _YEAR_MONTH.search(text):
        return date(int(found[1]), int(found[2]), 1)
    if found := _MONTH_YEAR.search(text):
        return date(int(found[2]), int(found[1]), 1)
    return None


def _day_of(column: Column, month: date | None, findings: list[Finding], heading: int) -> date | None:
    if not column.field.startswith(DAY):
        return None
    said = column.field.removeprefix(DAY)
    try:
        if not said.isdigit():
            return date.fromisoformat(said)
        return month.replace(day=int(said)) if month else None
    except ValueError:
        message = N_("The month has no day {day}.")
        findings.append(
            Finding(row=heading, column=column.heading, message=message, told={"day": said}, severity=ERROR)
        )
        return None


def _first_as_name(columns: list[Column], before: int) -> list[Column]:
    for place, column in enumerate(columns):
        if column.index < before and any(not text[:1].isdigit() for text in column.examples):
            named = Column(index=column.index, heading=column.heading, field="name", examples=column.examples)
            return [*columns[:place], named, *columns[place + 1 :]]
    return columns


@cache
def _marks() -> Mapping[str, str]:
    """Letters of both languages and digits, as attendance_kinds tells them, and a workshop's own marks."""
    found: dict[str, str] = {}
    for code in codes("attendance_kinds"):
        for mark in (code.more.get("letter_fi"), code.more.get("letter_sv"), code.more.get("digit")):
            if mark is not None and str(mark):
                found[str(mark).casefold()] = code.key
    for mark in words()["attendance"]["present"]:
        found.setdefault(mark.casefold(), "present")
    return found


@cache
def _names() -> Mapping[str, str]:
    return {
        fold(name): code.key for code in codes("attendance_kinds") for name in (code.key, code.fi, code.sv)
    }


@cache
def _nothing() -> frozenset[str]:
    return frozenset(words()["attendance"]["nothing"])
