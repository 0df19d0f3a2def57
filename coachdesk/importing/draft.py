"""A sheet read by its columns: typed rows, and every doubt and error by row and column."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from coachdesk.domain.codes import codes
from coachdesk.domain.letters import fold
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.importing import values
from coachdesk.importing.columns import Column, Field, field_of
from coachdesk.importing.dates import MonthFirst, ReadDay, read_day
from coachdesk.importing.reading import Cell, Sheet, SheetRow

Value = str | int | bool | date | time
ERROR, NOTICE = "error", "notice"
_TOTALS = {"yhteensa", "summa", "totalt", "sammanlagt", "total", "sum"}
_EMPTY = {"", "-", "–", "—"}
NO_NAME = N_("The row has no name.")
_DAY_FIRST = N_("Days of this column were read with the day first: {cell} is {day}.")
_SERIALS = N_("Bare numbers of this column were read as days: {cell} is {day}.")
_BOTH_WAYS = N_("“{cell}” can be read in two ways, and other days of this column have the month first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in a cell or a row: an ``error`` stops the import, a ``notice`` only tells.

    ``message`` is a gettext id, ``told`` fills its fields.  ``word`` is the cell's own word where the
    coach may say which code it means.
    """

    row: int
    column: str = ""
    field: str = ""
    message: str
    told: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity: str = ERROR
    word: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it stops the import."""
        return self.severity == ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """One row: its number in the sheet and what was read, by key of field; empty cells are not there."""

    number: int
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """A text, empty where there is none."""
        found = self.values.get(key)
        return found if isinstance(found, str) else ""

    def day(self, key: str) -> date | None:
        """A day, or None."""
        found = self.values.get(key)
        return found if isinstance(found, date) else None

    def number_of(self, key: str) -> int | None:
        """A whole number, or None."""
        found = self.values.get(key)
        return found if isinstance(found, int) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a sheet says."""

    rows: tuple[DraftRow, ...]
    findings: tuple[Finding, ...]


Answers = Mapping[tuple[str, str], str]
"""The coach's own answers: (field, folded word of the sheet) to a key of the field's code list."""

_Reader = Callable[[Cell], tuple[Value, str | None]]
READERS: Mapping[str, _Reader] = {
    "line": values.read_line,
    "words": values.read_words,
    "phone": values.read_phone,
    "postal_code": values.read_postal_code,
    "identity_code": values.read_identity_code,
    "municipality": values.read_municipality,
    "language": values.read_language,
    "service_language": values.read_service_language,
    "phase": values.read_phase,
    "grade": values.read_grade,
    "whole": values.read_whole,
    "yes_no": values.read_yes_no,
    "time": values.read_time,
    "weekdays": values.read_weekdays,
    "hours": values.read_hours,
}


def read_draft(
    sheet: Sheet,
    kind: str,
    columns: Sequence[Column],
    heading: int,
    *,
    on: date,
    answers: Answers | None = None,
) -> Draft:
    """The rows under the heading.

    Args:
        sheet: the sheet.
        kind: people, attendance or notes.
        columns: what each column holds; those without a field are left out.
        heading: number of the row of headings.
        on: the day of reading.
        answers: what unknown words mean.
    """
    used = [(column, f) for column in columns if (f := field_of(kind, column.field))]
    below = [row for row in sheet.rows if row.number > heading and any(_filled(row, c) for c, _ in used)]
    reading = _Reading(on, answers or {}, sheet.day_zero)
    days = {c.index: reading.days(below, c, f) for c, f in used if f.reads in ("day", "birth")}
    rows = []
    for row in below:
        found: dict[str, Value] = {}
        for column, f in used:
            if not _filled(row, column):
                continue
            if f.reads in ("day", "birth"):
                if (day := days[column.index].get(row.number)) is not None:
                    found[f.key] = day
            else:
                reading.read(row, column, f, found)
        if fold(str(found.get("family_name", found.get("name", "")))) in _TOTALS and len(found) <= 3:
            reading.say(row.number, None, N_("A row of totals was left out."), severity=NOTICE)
        elif found or any(f.row == row.number for f in reading.findings):
            rows.append(DraftRow(number=row.number, values=found))
    for row_ in rows:
        _check_names(row_, reading, new_people=kind == "people")
    return Draft(rows=tuple(map(_named, rows)), findings=tuple(sorted(reading.findings, key=lambda f: f.row)))


class _Reading:
    """Collects what is found on the way."""

    def __init__(self, on: date, answers: Answers, zero: date) -> None:
        self.on, self.zero = on, zero
        self.answers = answers
        self.findings: list[Finding] = []

    def say(
        self,
        row: int,
        column: Column | None,
        message: str,
        *,
        severity: str = ERROR,
        word: str = "",
        told: Mapping[str, object] | None = None,
    ) -> None:
        """Note a finding."""
        self.findings.append(
            Finding(
                row=row, column=column.heading if column else "", field=column.field if column else "",
                message=message, told=told or {}, severity=severity, word=word,
            )
        )  # fmt: skip

    def read(self, row: SheetRow, column: Column, f: Field, found: dict[str, Value]) -> None:
        """Read one cell that is no day."""
        cell = row.cell(column.index)
        try:
            value, notice = self._value(values.sound(cell), f)
        except Refused as problem:
            if f.reads == "identity_code" and self._birth(cell, found):
                self.say(
                    row.number, column, N_("Only a birth date stands in place of the code."), severity=NOTICE
                )
                return
            word = values.text_of(cell) if f.reads in ("code", "municipality", "language") else ""
            self.say(row.number, column, problem.message, word=word, told=problem.values)
            return
        if notice:
            self.say(row.number, column, notice, severity=NOTICE)
        if value != "":
            found[f.key] = value

    def _value(self, cell: Cell, f: Field) -> tuple[Value, str | None]:
        answer = self.answers.get((f.key, fold(values.text_of(cell))))
        if answer and answer in codes(list_of(f)):
            return answer, None
        return values.read_code(cell, f.codes) if f.reads == "code" else READERS[f.reads](cell)

    def _birth(self, cell: Cell, found: dict[str, Value]) -> bool:
        text = values.text_of(cell).strip().rstrip("-+")
        if len(text) == 6 and text.isascii() and text.isdigit():
            text = f"{text[:2]}.{text[2:4]}.{text[4:]}"
        try:
            found.setdefault("birth_date", read_day(text, on=self.on, past=True).day)
        except Refused:
            return False
        return True

    def days(self, rows: Sequence[SheetRow], column: Column, f: Field) -> dict[int, date]:
        """The days of one column: whether doubtful ones may be trusted is seen from all of it."""
        read: dict[int, ReadDay] = {}
        month_first = False
        for row in rows:
            if not _filled(row, column):
                continue
            try:
                cell, past = values.sound(row.cell(column.index)), f.reads == "birth"
                read[row.number] = read_day(cell, on=self.on, past=past, zero=self.zero)
            except Refused as problem:
                month_first = month_first or isinstance(problem, MonthFirst)
                self.say(row.number, column, problem.message, told=problem.values)
        cells = {row.number: values.text_of(row.cell(column.index)) for row in rows}
        doubtful = [number for number, found in read.items() if found.doubtful]
        if month_first:
            for number in doubtful:
                del read[number]
                self.say(number, column, _BOTH_WAYS, told={"cell": cells[number]})
        serial = [number for number, found in read.items() if found.serial]
        for numbers, message in ((() if month_first else doubtful, _DAY_FIRST), (serial, _SERIALS)):
            if numbers:  # said once for a column
                told = {"cell": cells[numbers[0]], "day": read[numbers[0]].day}
                self.say(numbers[0], column, message, severity=NOTICE, told=told)
        return {number: found.day for number, found in read.items()}


def list_of(f: Field) -> str:
    """The code list of a field, by how it is read."""
    return {"municipality": "municipalities", "language": "languages"}.get(f.reads, f.codes)


def _filled(row: SheetRow, column: Column) -> bool:
    return values.text_of(row.cell(column.index)).strip() not in _EMPTY


def _check_names(row: DraftRow, reading: _Reading, *, new_people: bool) -> None:
    if not (row.text("family_name") or row.text("name")):
        if not (row.text("personal_identity_code") and not row.text("given_names")):
            reading.say(row.number, None, NO_NAME)
    elif row.text("name") and not row.text("family_name"):
        family, given = split_name(row.text("name"))
        if new_people and "," not in row.text("name") and given:  # else the desk knows which is which
            reading.say(
                row.number, None, N_("Read as family name {family}, given names {given}."),
                severity=NOTICE, told={"family": family, "given": given},
            )  # fmt: skip


def _named(row: DraftRow) -> DraftRow:
    if not row.text("name") or row.text("family_name"):
        return row
    family, given = split_name(row.text("name"))
    return DraftRow(number=row.number, values={**row.values, "family_name": family, "given_names": given})


def split_name(name: str) -> tuple[str, str]:
    """Family name and given names of a whole name: by the comma, else the first word is the family's."""
    family, comma, given = name.partition(",")
    if not comma:
        family, _, given = name.partition(" ")
    return family.strip(), given.strip()
