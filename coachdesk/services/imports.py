"""Imports: a spreadsheet is previewed, carried out whole in one transaction, and undone as one act.

The preview runs on a reading connection and changes nothing.  Carrying out plans the rows anew on the
writing one and refuses when the desk is no longer as it was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from coachdesk.domain.letters import fold
from coachdesk.domain.planned_days import month_of as days_of_month
from coachdesk.domain.trainee import Trainee, checked
from coachdesk.errors import Refused, Unreadable
from coachdesk.i18n import N_
from coachdesk.importing import columns as columns_
from coachdesk.importing import months, people, reading
from coachdesk.importing.columns import Column
from coachdesk.importing.draft import Answers, Draft, Finding, read_draft
from coachdesk.importing.known import Attending, Register, plan_month, plan_notes
from coachdesk.importing.meeting import (
    Difference,
    Existing,
    House,
    People,
    RowPlan,
    chosen,
    default_choices,
    groups,
    of_trainee,
    plan_rows,
)
from coachdesk.services.batches import batches, keep_touched, undo, why_not_undone
from coachdesk.services.desk import Desk
from coachdesk.services.import_wording import fields, result_line, sentence, summary_line, unread_line
from coachdesk.store import imports as store
from coachdesk.store import trainees, workshops
from coachdesk.store.imports import Batch
from coachdesk.store.unit import Unit

_WHICH_MONTH = N_("Which month is it? The sheet does not tell.")
__all__ = [  # what callers find here beside what stands below
    "batches", "fields", "result_line", "sentence", "summary_line", "undo", "unread_line", "why_not_undone",
]  # fmt: skip
KINDS = ("people", "attendance", "notes")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the coach decided: where the sheet's value is taken, and which rows stay out."""

    take: frozenset[tuple[int, str]] = frozenset()  # (first row of a person, field)
    leave_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was done; ``batch_id`` is 0 where there was nothing to do."""

    batch_id: int = 0
    new: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0


@dataclass(slots=True)
class _Done:
    """What was done to one trainee, for the log and for undo."""

    changed: list[tuple[Any, ...]] = field(default_factory=list)
    days: list[tuple[int, str]] = field(default_factory=list)
    before: list[dict[str, Any]] = field(default_factory=list)


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
    tell = progress or _silent
    tell(0, 4)
    sheets = reading.read_file(file)
    tell(1, 4)
    at = _sheet(sheets, sheet)
    found = _read(sheets, at, file.name, kind, mapping, month, answers, desk.clock.today())
    tell(2, 4)
    with desk.reading() as unit:
        plans, findings = _plan(unit, found)
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


def choices_by_default(found: ImportPreview, *, leave_out_errors: bool = False) -> Choices:
    """Take what the desk does not know, keep its own elsewhere; errors stop unless left out."""
    return Choices(
        take=default_choices(found.plans), leave_out=found.bad_rows if leave_out_errors else frozenset()
    )


def carry_out(
    desk: Desk, found: ImportPreview, choices: Choices | None = None, *, progress: Progress | None = None
) -> ImportResult:
    """Take a previewed file in: all of it in one transaction, or nothing.

    Raises:
        Refused: an error is neither corrected nor left out, or the desk changed since the preview.
    """
    choices = choices or choices_by_default(found)
    _refuse_errors(found, choices)
    tell = progress or _silent
    with desk.writing() as unit:
        plans, _ = _plan(unit, found)
        if plans != found.plans:
            raise Refused(N_("The desk changed after the preview. Nothing was imported; look again."))
        wanted = [plan for plan in plans if not choices.leave_out.intersection(plan.rows)]
        acting = [p for p in wanted if p.person or p.adds or chosen(p, choices.take)]
        result = _counted(wanted, choices)
        if not acting:
            return result
        batch = _begin(unit, found, len(wanted))
        touched: dict[int, dict[str, Any]] = {}
        for number, plan in enumerate(acting):
            tell(number, len(acting))
            _take_in(unit, plan, chosen(plan, choices.take), batch.id, touched)
        keep_touched(unit, batch, touched)
        unit.commit()
    tell(len(acting), len(acting))
    return replace(result, batch_id=batch.id)


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
            findings.append(
                Finding(row=heading.number, message=N_("Which month is it? The sheet does not tell."))
            )
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


def _plan(unit: Unit, found: ImportPreview) -> tuple[tuple[RowPlan, ...], tuple[Finding, ...]]:
    """What the rows would do on the desk as it is in this unit."""
    everybody = store.everybody(unit)
    if found.kind == "people":
        return _plan_people(unit, found.draft, everybody)
    register = Register(everybody)
    if found.kind == "notes":
        known = store.records(unit, "note", register.people(found.draft.rows))
        return plan_notes(found.draft.rows, register, known, unit.on, unit.coach_id or 0)
    if found.month is None:
        return (), ()
    people_ = register.people(row.person for row in found.marks)
    return plan_month(found.marks, register, _attending(unit, people_, found.month), unit.on)


def _plan_people(
    unit: Unit, draft: Draft, everybody: Sequence[Trainee]
) -> tuple[tuple[RowPlan, ...], tuple[Finding, ...]]:
    register = People(everybody)
    names = set(register.names)
    met = groups(draft.rows, register)
    existing = dict(_existing(unit, [trainee for _, trainee in met if trainee]))
    house = _house(unit)
    plans: list[RowPlan] = []
    findings: list[Finding] = []
    for group, trainee in met:
        plan, more = plan_rows(group, existing[trainee.id] if trainee else None, house, names)
        plans.append(plan)
        findings.extend(more)
    return tuple(plans), tuple(findings)


def _existing(unit: Unit, met: Sequence[Trainee]) -> Iterator[tuple[int, Existing]]:
    ids = [trainee.id for trainee in met]
    by_table = {
        name: store.records(unit, name, ids) for name in ("coaching", "opening", "plan", "feedback", "period")
    }
    ours = [period.id for of in by_table["period"].values() for period in of]
    agreed, places = store.agreed_days(unit, ours), store.memberships(unit, ours)
    for trainee in met:
        yield (
            trainee.id,
            Existing(
                trainee=trainee,
                coachings=by_table["coaching"].get(trainee.id, ()),
                openings=by_table["opening"].get(trainee.id, ()),
                plans=by_table["plan"].get(trainee.id, ()),
                grades=by_table["feedback"].get(trainee.id, ()),
                periods=by_table["period"].get(trainee.id, ()),
                agreed=agreed,
                places=places,
            ),
        )


def _house(unit: Unit) -> House:
    shops = workshops.WORKSHOPS.find(unit)
    return House(
        coaches={fold(coach.name): coach.id for coach in workshops.COACHES.find(unit)},
        workshops={fold(name): shop.id for shop in shops for name in (shop.name_fi, shop.name_sv) if name},
        groups={(one.workshop_id, fold(one.name)): one for one in workshops.GROUPS.find(unit)},
    )


def _attending(unit: Unit, trainees_: Iterable[int], month: date) -> Attending:
    days = days_of_month(month)
    periods = store.records(unit, "period", trainees_)
    running = [p for of in periods.values() for p in of if p.begins <= days[-1]]
    return Attending(
        periods=periods,
        agreed=store.agreed_days(unit, (p.id for p in running)),
        marks=store.marks(unit, running, days[0], days[-1]),
        workshops=_house(unit).workshops,
    )


def _refuse_errors(found: ImportPreview, choices: Choices) -> None:
    for finding in found.errors:
        if finding.row not in choices.leave_out or finding.row <= found.heading:
            raise Refused(
                N_("Row {row} has an error. Correct the file, or leave the row out."), row=finding.row
            )


def _counted(wanted: Sequence[RowPlan], choices: Choices) -> ImportResult:
    new = sum(bool(p.person) for p in wanted)
    changed = sum(not p.person and bool(chosen(p, choices.take)) for p in wanted)
    added = sum(not p.person and bool(p.adds) for p in wanted)
    same = sum(not (p.person or p.adds or chosen(p, choices.take)) for p in wanted)
    return ImportResult(new=new, added=added, changed=changed, same=same)


def _begin(unit: Unit, found: ImportPreview, rows: int) -> Batch:
    batch = store.BATCHES.add(
        unit,
        Batch(at=unit.at, file_name=found.file_name, kind=found.kind, rows=rows, coach_id=unit.coach_id),
    )
    unit.log("import.carry_out", subject=f"import:{batch.id}", after={"kind": found.kind, "rows": rows})
    return batch


def _take_in(
    unit: Unit,
    plan: RowPlan,
    taken: Sequence[Difference],
    batch_id: int,
    touched: dict[int, dict[str, Any]],
) -> None:
    """One person: a new trainee or the values taken, and the records; one line in the log."""
    done, trainee_id = _Done(), plan.trainee_id
    after: dict[str, Any] = {}
    if plan.person:
        kept = trainees.add(unit, replace(checked(plan.person, unit.on), batch_id=batch_id))
        trainee_id, after = kept.id, {"trainee": asdict(kept)}
    for difference in taken:
        _take(unit, difference, done)
    records = [of_trainee(record, trainee_id, batch_id) for record in plan.adds]
    store.add_many(unit, records)
    for term in plan.terms:
        store.add_terms(unit, batch_id, trainee_id, term.begins, term.agreed, term.group_id)
    done.days.extend((r.period_id, r.day.isoformat()) for r in records if not hasattr(r, "batch_id"))
    after["records"] = [{"of": type(r).__name__, **asdict(r)} for r in records]
    after["terms"] = [asdict(term) for term in plan.terms]
    after["values"] = [{"table": d.table, "key": d.key, d.attribute: _plain(d)} for d in taken]
    unit.log(
        "import.trainee",
        trainee_id=trainee_id,
        subject=f"import:{batch_id}",
        before={"values": done.before} if done.before else None,
        after=after,
    )
    told = touched.setdefault(trainee_id, {"seqs": [], "changed": [], "days": []})
    told["seqs"].append(store.log_seq(unit))
    told["changed"].extend(done.changed)
    told["days"].extend(done.days)


def _take(unit: Unit, difference: Difference, done: _Done) -> None:
    names = ["kind", "minutes", "reason", "certificate_seen"]
    if difference.table != "attended_day":
        names = [difference.attribute]
    old = store.values_of(unit, difference.table, difference.key, names)
    wanted = difference.theirs
    values = {n: getattr(wanted, n) for n in names} if names[0] == "kind" else {names[0]: wanted}
    store.change(unit, difference.table, difference.key, values)
    key = [part.isoformat() if isinstance(part, date) else part for part in difference.key]
    done.changed.append((difference.table, *key))
    done.before.append({"table": difference.table, "key": key, "values": old})


def _plain(difference: Difference) -> object:
    theirs = difference.theirs
    return getattr(theirs, difference.attribute) if difference.table == "attended_day" else theirs


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.row, not f.is_error)))


def _silent(done: int, total: int) -> None:
    """Nobody asked to be told."""
