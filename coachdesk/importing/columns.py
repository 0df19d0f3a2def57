"""Which column is which: the fields of each kind of import, guessed from headings, corrected by the coach.

A field is listed here once; its headings in Finnish, Swedish and English stand in
``resources/codes/import_words.toml``, so a workshop's own word is added there without code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Any

from coachdesk.domain.letters import fold
from coachdesk.i18n import N_
from coachdesk.importing.reading import Sheet, SheetRow
from coachdesk.settings import resource_folder

HEADING_WITHIN = 20  # rows: a title, a month or an empty row may stand above the headings


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something a column may hold.  ``reads`` names how its cells are read (``draft.READERS``)."""

    key: str
    title: str
    reads: str
    codes: str = ""  # code list, where ``reads`` is "code"
    required: bool = False


def _field(key: str, title: str, reads: str = "line", *, codes: str = "", required: bool = False) -> Field:
    return Field(key=key, title=title, reads=reads, codes=codes, required=required)


_PERSON = (
    _field("family_name", N_("Family name")),
    _field("given_names", N_("Given names")),
    _field("name", N_("Whole name")),
    _field("personal_identity_code", N_("Personal identity code"), "identity_code"),
)
PEOPLE = (
    *_PERSON,
    _field("former_names", N_("Former names")),
    _field("birth_date", N_("Birth date"), "birth"),
    _field("phone", N_("Phone"), "phone"),
    _field("email", N_("E-mail")),
    _field("street_address", N_("Street address")),
    _field("postal_code", N_("Postal code"), "postal_code"),
    _field("post_office", N_("Post office")),
    _field("non_disclosure", N_("Non-disclosure for safety"), "yes_no"),
    _field("municipality", N_("Municipality"), "municipality"),
    _field("mother_tongue", N_("Mother tongue"), "language"),
    _field("service_language", N_("Language of service"), "service_language"),
    _field("interpreter_language", N_("Interpreter"), "language"),
    _field("reached_how", N_("How to reach"), "words"),
    _field("devices", N_("Devices"), "words"),
    _field("responsible_coach", N_("Responsible coach")),
    _field("referred_by", N_("Referred by"), "code", codes="referrers"),
    _field("referred_by_whom", N_("Person who referred")),
    _field("first_contact", N_("First contact"), "day"),
    _field("plan_made", N_("Plan made"), "day"),
    _field("plan_kind", N_("Kind of plan"), "code", codes="plan_kinds"),
    _field("plan_maker", N_("Maker of the plan")),
    _field("coaching_begins", N_("Job coaching began"), "day"),
    _field("phase", N_("Phase"), "phase"),
    _field("coaching_ends", N_("Job coaching ended"), "day"),
    _field("outcome", N_("How job coaching ended"), "code", codes="outcomes"),
    _field("grade", N_("Grade"), "grade"),
    _field("grade_day", N_("Day of the grade"), "day"),
    _field("service_kind", N_("Service"), "code", codes="service_kinds"),
    _field("workshop", N_("Workshop")),
    _field("period_begins", N_("Period begins"), "day"),
    _field("period_ends", N_("Agreed end of the period"), "day"),
    _field("period_ended", N_("Period ended"), "day"),
    _field("end_reason", N_("Why the period ended"), "code", codes="end_reasons"),
    _field("weekdays", N_("Agreed weekdays"), "weekdays"),
    _field("hours", N_("Hours a day"), "hours"),
    _field("group", N_("Group")),
    _field("decision_number", N_("Decision number")),
    _field("granted_days", N_("Granted days"), "whole"),
    _field("granted_to", N_("Granted until"), "day"),
    _field("voucher_number", N_("Voucher number")),
)
ATTENDANCE = (*_PERSON, _field("workshop", N_("Workshop")))
NOTES = (
    *_PERSON,
    _field("date", N_("Date"), "day", required=True),
    _field("time", N_("Time"), "time"),
    _field("text", N_("Text"), "words", required=True),
    _field("note_kind", N_("Kind of note"), "code", codes="note_kinds"),
    _field("place", N_("Place"), "code", codes="places"),
    _field("minutes", N_("Minutes"), "whole"),
    _field("follow_up", N_("Follow-up"), "day"),
)
FIELDS: Mapping[str, tuple[Field, ...]] = {"people": PEOPLE, "attendance": ATTENDANCE, "notes": NOTES}
DAY = "day:"  # a column of an attendance month is "day:2026-12-01", or "day:1" until the month is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the sheet: its place from 0, its heading, what it holds, and a few of its cells."""

    index: int
    heading: str
    field: str = ""  # key of a field; empty: left out
    examples: tuple[str, ...] = ()


def field_of(kind: str, key: str) -> Field | None:
    """The field with that key among those of a kind."""
    return next((field for field in FIELDS[kind] if field.key == key), None)


@cache
def words() -> Mapping[str, Any]:
    """``resources/codes/import_words.toml``: headings and words that spreadsheets use."""
    with (resource_folder() / "codes" / "import_words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _headings(kind: str) -> Mapping[str, str]:
    table: dict[str, list[str]] = words()["headings"]
    return {
        fold(word): field.key
        for field in FIELDS[kind]
        for word in (field.title, field.key, *table.get(field.key, []))
    }


def guess(kind: str, heading: str) -> str:
    """The field that a heading means, empty where it means none that is known."""
    plain = fold(heading.split("(")[0].strip("*: \n")) or fold(heading)
    known = _headings(kind)
    return known.get(plain) or known.get(plain.replace(" ", "")) or ""


def heading_row(sheet: Sheet, kind: str) -> SheetRow:
    """The row of headings: the one among the first that names most fields, else the first."""
    first = sheet.rows[:HEADING_WITHIN]
    return max(first, key=lambda row: sum(bool(guess(kind, _text(cell))) for cell in row.cells))


def guess_columns(kind: str, heading: SheetRow, below: Sequence[SheetRow]) -> tuple[Column, ...]:
    """Each column with a guess; a field is guessed once, for the first column that names it."""
    width = max([len(heading.cells), *(len(row.cells) for row in below)], default=0)
    found: list[Column] = []
    taken: set[str] = set()
    for index in range(width):
        title = _text(heading.cell(index))
        key = guess(kind, title)
        key = "" if key in taken else key
        taken.add(key)
        examples = tuple(text for row in below[:200] if (text := _example(row.cell(index))))[:3]
        if title or examples:
            found.append(Column(index=index, heading=title, field=key, examples=examples))
    return _ends_of(found) if kind == "people" else tuple(found)


def _ends_of(columns: list[Column]) -> tuple[Column, ...]:
    """A bare “ended” belongs to the period where the sheet tells of periods and not of job coaching."""
    keys = {column.field for column in columns}
    if "coaching_begins" in keys or "period_begins" not in keys:
        return tuple(columns)
    other = {"coaching_ends": "period_ended", "outcome": "end_reason"}
    return tuple(
        Column(index=c.index, heading=c.heading, field=new if new not in keys else "", examples=c.examples)
        if (new := other.get(c.field))
        else c
        for c in columns
    )


def guess_kind(sheet: Sheet) -> str:
    """What a sheet is: an attendance month, notes, or people."""
    from coachdesk.importing.months import is_month

    if is_month(sheet):
        return "attendance"
    named = {
        kind: {guess(kind, _text(cell)) for cell in heading_row(sheet, kind).cells}
        for kind in ("notes", "people")
    }
    if {"date", "text"} <= named["notes"]:
        return "notes"
    return "people"


def _text(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _example(cell: object) -> str:
    """A cell as the coach would have typed it: a day without the midnight that a workbook gives it."""
    if isinstance(cell, datetime) and cell.time() == time():
        return f"{cell.day}.{cell.month}.{cell.year}"
    return _text(cell)
