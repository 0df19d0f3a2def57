"""Attendance months and notes meet the desk: which trainee, which period, what stands there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from coachdesk.clock import HELSINKI
from coachdesk.domain.attendance import AttendedDay, marked, refuse_kind
from coachdesk.domain.letters import fold
from coachdesk.domain.notes import Note
from coachdesk.domain.period import AgreedDay, Period, planned
from coachdesk.domain.planned_days import usual_minutes
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.importing.draft import NO_NAME, DraftRow, Finding
from coachdesk.importing.months import Mark, MonthRow
from coachdesk.importing.row_plan import Difference, RowPlan

NOON = time(12)
_NOBODY = N_("There is no trainee {name} on the desk. Import or register the person first.")
_NO_CODE = N_("No trainee has the identity code of this row. Import or register the person first.")
_SEVERAL = N_("Several trainees are called {name}. Add a column for the identity code.")
_NO_PERIOD = N_("{name} has no period on {day}.")
_TWO_PERIODS = N_("{name} has two periods on {day}. Add a column for the workshop.")
_TWICE = N_("Row {other} marks {day} of the same person.")
_TO_COME = N_("The day {day} is still to come.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """What the desk knows of attendance in a month, by trainee or period."""

    periods: Mapping[int, Sequence[Period]]
    agreed: Mapping[int, Sequence[AgreedDay]]
    marks: Mapping[tuple[int, date], AttendedDay]
    workshops: Mapping[str, int]  # by folded name


class Register:
    """Finds a trainee of the desk by identity code, else by the whole name in either order."""

    def __init__(self, trainees: Iterable[Trainee]) -> None:
        self._by_code: dict[str, Trainee] = {}
        self._by_name: dict[str, dict[int, Trainee]] = defaultdict(dict)
        for trainee in trainees:
            if trainee.personal_identity_code:
                self._by_code[trainee.personal_identity_code] = trainee
            family, given = fold(trainee.family_name), fold(trainee.given_names)
            first = given.split(" ")[0]
            for name in {f"{family} {given}", f"{given} {family}", f"{family} {first}", f"{first} {family}"}:
                self._by_name[name.strip()][trainee.id] = trainee

    def meant(self, row: DraftRow) -> Trainee:
        """The trainee of a row.

        Raises:
            Refused: nobody, or several, are called so.
        """
        if found := self._by_code.get(row.text("personal_identity_code")):
            return found
        name = f"{row.text('family_name')} {row.text('given_names')}".strip() or row.text("name")
        if not name:
            raise Refused(_NO_CODE if row.text("personal_identity_code") else NO_NAME, field="name")
        people = self._by_name.get(fold(name), {})
        if len(people) != 1:
            raise Refused(_SEVERAL if people else _NOBODY, field="name", name=name)
        return next(iter(people.values()))

    def people(self, rows: Iterable[DraftRow]) -> frozenset[int]:
        """The trainees whom the rows mean, as far as they mean any."""
        found = set()
        for row in rows:
            with suppress(Refused):
                found.add(self.meant(row).id)
        return frozenset(found)


def _said(row: DraftRow, problem: Refused) -> list[Finding]:
    """The finding; none where the reading has told already that the row has no name."""
    return [] if problem.message == NO_NAME else [_of(row, problem)]


def plan_month(
    rows: Sequence[MonthRow], register: Register, attending: Attending, on: date
) -> tuple[tuple[RowPlan, ...], tuple[Finding, ...]]:
    """What taking in a month would do: marks that are new, and marks that stand otherwise."""
    plans: list[RowPlan] = []
    findings: list[Finding] = []
    taken: dict[tuple[int, date], int] = {}
    for row in rows:
        try:
            trainee = register.meant(row.person)
        except Refused as problem:
            findings += _said(row.person, problem)
            continue
        adds: list[AttendedDay] = []
        differences: list[Difference] = []
        told: set[str] = set()
        for day, mark in row.marks.items():
            try:
                wanted = _day(trainee, row.person, day, mark, attending, on)
            except Refused as problem:
                if problem.message not in told:  # said once of a person, of the first day
                    findings.append(_of(row.person, problem))
                    told.add(problem.message)
                continue
            other = taken.setdefault((wanted.period_id, day), row.person.number)
            if other != row.person.number:
                twice = Refused(_TWICE, other=other, day=day)
                findings.append(_of(row.person, twice))
                break
            ours = attending.marks.get((wanted.period_id, day))
            if ours is None:
                adds.append(wanted)
            else:
                differences.extend(_differs(ours, wanted, mark))
        if told and not adds and not differences:
            continue
        plans.append(
            RowPlan(
                rows=(row.person.number,),
                name=trainee.name,
                trainee_id=trainee.id,
                adds=tuple(adds),
                differences=tuple(differences),
            )
        )
    return tuple(plans), tuple(findings)


def _differs(ours: AttendedDay, wanted: AttendedDay, mark: Mark) -> Iterable[Difference]:
    hours = mark.minutes is not None and ours.kind == wanted.kind and ours.minutes != wanted.minutes
    if ours.kind != wanted.kind or hours:
        yield Difference(
            field=f"day:{wanted.day.isoformat()}",
            ours=ours,
            theirs=wanted,
            table="attended_day",
            key=(ours.period_id, ours.day),
            attribute="minutes" if hours else "kind",
        )


def _day(
    trainee: Trainee, row: DraftRow, day: date, mark: Mark, attending: Attending, on: date
) -> AttendedDay:
    workshop = attending.workshops.get(fold(row.text("workshop")))
    found = [
        period
        for period in attending.periods.get(trainee.id, ())
        if period.covers(day) and workshop in (None, period.workshop_id)
    ]
    if len(found) != 1:
        raise Refused(_TWO_PERIODS if found else _NO_PERIOD, name=trainee.name, day=day)
    refuse_kind(mark.kind, day, on)
    agreed = attending.agreed.get(found[0].id, ())
    that_day = planned(agreed, day)
    return marked(
        period_id=found[0].id,
        trainee_id=trainee.id,
        day=day,
        kind=mark.kind,
        planned_minutes=that_day.minutes if that_day else usual_minutes(agreed, day),
        minutes=mark.minutes,
    )


def plan_notes(
    rows: Sequence[DraftRow], register: Register, notes: Mapping[int, Sequence[Note]], on: date, coach_id: int
) -> tuple[tuple[RowPlan, ...], tuple[Finding, ...]]:
    """What taking in notes would do: a note of the same person, day and words is the same note."""
    plans, findings = [], []
    taken: set[tuple[int, date, str]] = set()
    for row in rows:
        day, text = row.day("date"), row.text("text")
        for missing, message in ((day, N_("A note needs its day.")), (text, N_("A note needs its text."))):
            if not missing:
                findings.append(Finding(row=row.number, message=message))
        if not day or not text:
            continue
        try:
            trainee = register.meant(row)
            if day > on:
                raise Refused(_TO_COME, field="date", day=day)
        except Refused as problem:
            findings += _said(row, problem)
            continue
        known = {(n.trainee_id, n.at.astimezone(HELSINKI).date(), n.text) for n in notes.get(trainee.id, ())}
        is_new = (trainee.id, day, text) not in known | taken
        taken.add((trainee.id, day, text))
        note = _note(row, trainee.id, day, coach_id)
        plans.append(
            RowPlan(
                rows=(row.number,),
                name=trainee.name,
                trainee_id=trainee.id,
                adds=(note,) if is_new else (),
            )
        )
    return tuple(plans), tuple(findings)


def _note(row: DraftRow, trainee_id: int, day: date, coach_id: int) -> Note:
    at = row.values.get("time")
    return Note(
        trainee_id=trainee_id,
        at=datetime.combine(day, at if isinstance(at, time) else NOON, HELSINKI),
        minutes=row.number_of("minutes"),
        kind=row.text("note_kind") or "other",
        place=row.text("place"),
        text=row.text("text"),
        follow_up=row.day("follow_up"),
        coach_id=coach_id,
    )


def _of(row: DraftRow, problem: Refused) -> Finding:
    return Finding(row=row.number, field=problem.field or "", message=problem.message, told=problem.values)
