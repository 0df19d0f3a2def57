"""The preview of an import: what the sheet says and what taking it in would do; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coachdesk.errors import Refused, Unreadable
from coachdesk.i18n import N_
from coachdesk.importing import columns as columns_
from coachdesk.importing import months, people, reading
from coachdesk.importing.columns import Column
from coachdesk.importing.draft import Answers, Draft, Finding, read_draft
from coachdesk.importing.row_plan import RowPlan
from coachdesk.services.desk import Desk
from coachdesk.services.import_meeting import plan_of
from coachdesk.store import workshops

_WHICH_MONTH = N_("Which month is it? The sheet does not tell.")
Progress = Callable[[int, int], None]


class Cancelled(Refused):
    """The coach gave up waiting; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(N_("The import was cancelled. Nothing was changed."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What taking a file in would do; nothing is changed by it."""

    file_name: str
    kind: str
    sheets: tuple[str, ...]  # names of the file's sheets; empty for CSV
    sheet: int  # which of them was read
    heading: int  # number of the row of headings
    month: date | None  # of attendance: its first day
    columns: tuple[Column, ...]
    plans: tuple[RowPlan, ...]
    findings: tuple[Finding, ...]
    draft: Draft
    on: date
    marks: tuple[months.MonthRow, ...] = ()
    coaches: tuple[tuple[int, str], ...] = ()  # names of the desk's coaches, for showing

    @property
    def unread(self) -> tuple[str, ...]:
        """The sheets of the file that hold something and were not read."""
        return tuple(name for at, name in enumerate(self.sheets) if at != self.sheet)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Every doubt and error by row."""
        return self.findings

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stops the import until it is corrected, or its row left out."""
        return tuple(f for f in self.findings if f.is_error)

    @property
    def bad_rows(self) -> frozenset[int]:
        """Rows with an error, which may be left out; a wrong heading cannot be."""
        return frozenset(f.row for f in self.errors if f.row > self.heading)

    def of_state(self, state: str) -> tuple[RowPlan, ...]:
        """The people whose rows are new, same, adds or differs."""
        return tuple(plan for plan in self.plans if plan.state == state)


def preview(
    desk: Desk,
    file: Path,
    kind: str | None = None,
    mapping: Mapping[int, str] | None = None,
    *,
    sheet: int | str | None = None,
    month: date | None = None,
    answers: Answers | None = None,
    progress: Progress | None = None,
) -> ImportPreview:
    """Read a file and say what taking it in would do.

    Args:
        desk: the open desk; only read, but for one log line where people's values are shown.
        file: a CSV or XLSX file.
        kind: people, attendance or notes; guessed unless given.
        mapping: column number from 0 to key of a field, over the guesses; empty leaves a column out.
        sheet: which sheet of a workbook, from 0 or by name; the one that tells most unless given.
        month: month of an attendance sheet that does not tell its own.
        answers: what unknown words mean, by field and folded word.
        progress: told done and total; may raise ``Cancelled``.

    Raises:
        Unreadable: the file is no spreadsheet, or nothing in it is known.
    """
    tell = progress or silent
    tell(0, 4)
    sheets = reading.read_file(file)
    tell(1, 4)
    at = _sheet(sheets, sheet)
    found = _read(sheets, at, file.name, kind, mapping, month, answers, desk.clock.today())
    tell(2, 4)
    with desk.reading() as unit:
        plans, findings = plan_of(unit, found)
        coaches = tuple((coach.id, coach.name) for coach in workshops.COACHES.find(unit))
    tell(3, 4)
    findings = _in_order((*found.findings, *findings))
    shown = replace(found, plans=plans, findings=findings, coaches=coaches)
    if met := len(shown.of_state("differs")):
        with desk.writing() as unit:
            unit.log("import.preview", subject=shown.kind, after={"rows": len(plans), "shown": met})
            unit.commit()
    tell(4, 4)
    return shown


def _read(
    sheets: Sequence[reading.Sheet],
    at: int,
    file_name: str,
    kind: str | None,
    mapping: Mapping[int, str] | None,
    month: date | None,
    answers: Answers | None,
    on: date,
) -> ImportPreview:
    """What the sheet says, before it meets the desk."""
    sheet = sheets[at]
    kind = kind or columns_.guess_kind(sheet)
    heading = months.heading_row(sheet) if kind == "attendance" else columns_.heading_row(sheet, kind)
    below = [row for row in sheet.rows if row.number > heading.number]
    guessed = (
        months.guess_columns(sheet) if kind == "attendance" else columns_.guess_columns(kind, heading, below)
    )
    columns = tuple(replace(c, field=mapping.get(c.index, c.field)) if mapping else c for c in guessed)
    if not below and any(c.field for c in columns):
        raise Unreadable(N_("The sheet has headings but no rows under them."))
    if not any(c.field for c in columns):
        if not sheet.name and file_name.lower().endswith((".xlsx", ".xlsm")):  # its bytes are plain text
            raise Unreadable(N_("The file is not an XLSX workbook. Save it as XLSX or CSV."))
        raise Unreadable(N_("No heading of the sheet is known. Its first row should name its columns."))
    draft = read_draft(sheet, kind, columns, heading.number, on=on, answers=answers)
    findings = list(draft.findings)
    marks: tuple[months.MonthRow, ...] = ()
    if kind == "people":
        draft = people.checked(draft, on=on)
        findings = list(draft.findings)
    elif kind == "attendance":
        month = month or months.month_of(sheet, file_name)
        if month is None:
            findings.append(Finding(row=heading.number, message=_WHICH_MONTH))
        marks, more = months.read_marks(sheet, columns, heading.number, draft.rows, month)
        findings.extend(more)
    return ImportPreview(
        file_name=file_name, kind=kind, sheets=tuple(s.name for s in sheets if s.name), sheet=at,
        heading=heading.number, month=month, columns=columns, plans=(), findings=_in_order(findings),
        draft=draft, on=on, marks=marks,
    )  # fmt: skip


def _sheet(sheets: Sequence[reading.Sheet], wanted: int | str | None) -> int:
    """Which sheet is read: the one that is asked for, else the one whose headings tell most."""
    if wanted is None:
        return _main_sheet(sheets)
    if isinstance(wanted, int):
        return wanted
    for at, sheet in enumerate(sheets):
        if sheet.name.casefold() == wanted.strip().casefold():
            return at
    names = ", ".join(sheet.name for sheet in sheets if sheet.name) or "–"
    raise Unreadable(N_("The file has no sheet {name}. It has: {names}."), name=wanted, names=names)


def _main_sheet(sheets: Sequence[reading.Sheet]) -> int:
    """The sheet whose headings tell most; of equals the first."""

    def known(at: int) -> int:
        sheet = sheets[at]
        kind = columns_.guess_kind(sheet)
        if kind == "attendance":
            return len(months.day_columns(sheet))
        row = columns_.heading_row(sheet, kind)
        return sum(bool(c.field) for c in columns_.guess_columns(kind, row, ()))

    return max(range(len(sheets)), key=known)


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.row, not f.is_error)))


def silent(done: int, total: int) -> None:
    """Nobody asked to be told."""
