"""Rows meet the desk: who is new, who is the same, whose values differ; pure, on what the desk holds.

A row is a trainee of the desk by identity code, else by folded names and first contact, else a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.letters import fold, name_fold
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Coaching, Opening
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import ADDRESS, Feedback, Trainee
from coachdesk.i18n import N_
from coachdesk.importing.draft import NOTICE, DraftRow, Finding
from coachdesk.importing.likeness import like, met
from coachdesk.importing.people import PERSON_FIELDS, by_person, folded_name
from coachdesk.importing.row_plan import Difference, Existing, House, Record, RowPlan, Terms
from coachdesk.importing.terms import other_week, terms_of

_NAMESAKE = N_("Somebody of the same name is on the desk already. Check that they are two people.")
_NO_COACH = N_("There is no coach {name} on the desk. The coach was left out.")
_NO_WORKSHOP = N_("There is no workshop {name} on the desk. Choose one of its own.")
_WHICH_WORKSHOP = N_("The desk has several workshops. A period needs a column that tells which.")


class People:
    """Finds the trainee that a row means; each trainee is given once among rows without a code."""

    def __init__(self, trainees: Iterable[Trainee]) -> None:
        self.by_code: dict[str, Trainee] = {}
        self.by_contact: dict[tuple[str, date | None], list[Trainee]] = defaultdict(list)
        self.names: set[str] = set()
        for trainee in trainees:
            name = name_fold(trainee.family_name, trainee.given_names)
            self.names.add(name)
            self.by_contact[name, trainee.first_contact].append(trainee)
            if trainee.personal_identity_code:
                self.by_code[trainee.personal_identity_code] = trainee

    def meant(self, row: DraftRow) -> Trainee | None:
        """The trainee of a row, or None for a new person."""
        code, name = row.text("personal_identity_code"), (folded_name(row), row.day("first_contact"))
        if code in self.by_code:
            return self.by_code[code]
        for trainee in self.by_contact.get(name, ()):
            if not (code and trainee.personal_identity_code):
                self.by_contact[name].remove(trainee)
                return trainee
        return None

    def told_by_code(self, rows: Iterable[DraftRow]) -> None:
        """Those whom a row names by code are no longer there for a row that only has the name."""
        for row in rows:
            trainee = self.by_code.get(row.text("personal_identity_code"))
            if trainee:
                name = name_fold(trainee.family_name, trainee.given_names)
                alike = self.by_contact[name, trainee.first_contact]
                if trainee in alike:
                    alike.remove(trainee)


def groups(
    rows: Sequence[DraftRow], people: People
) -> tuple[tuple[tuple[DraftRow, ...], Trainee | None], ...]:
    """Rows of one person together, with the trainee whom they mean."""
    people.told_by_code(rows)
    return tuple((group, people.meant(group[0])) for group in by_person(tuple(rows)))


def plan_rows(
    group: tuple[DraftRow, ...], existing: Existing | None, house: House, names: set[str]
) -> tuple[RowPlan, tuple[Finding, ...]]:
    """What a person's rows would do on a desk that holds ``existing`` of him or her."""
    findings: list[Finding] = []
    known = existing.trainee if existing else None
    person = _person(group, house, findings)
    if known is None and folded_name(group[0]) in names:
        findings.append(Finding(row=group[0].number, message=_NAMESAKE, severity=NOTICE))
    differences = list(_person_differences(known, person)) if known else []
    adds: list[Record] = []
    agreed_terms: list[Terms] = []
    for row in group:
        for record in _records(row, known.id if known else 0, house, findings):
            ours = like(record, existing)
            differing = met(record, ours)
            if isinstance(record, Period):
                known_period = ours[0][1] if ours else None
                agreed_terms += terms_of(row, record, known_period, existing, house, findings)
                differences += other_week(row, record, known_period, existing)
            if differing is None:
                adds.append(record)
            else:
                differences.extend(differing)
    plan = RowPlan(
        rows=tuple(row.number for row in group),
        name=known.name if known else _trainee(person).name,
        trainee_id=known.id if known else 0,
        person=None if known else _trainee(person),
        adds=tuple(dict.fromkeys(adds)),
        differences=tuple(dict.fromkeys(differences)),
        terms=tuple({one.begins: one for one in reversed(agreed_terms)}.values()),  # the first row tells
    )
    return plan, tuple(findings)


def _person(group: Sequence[DraftRow], house: House, findings: list[Finding]) -> dict[str, Any]:
    """The fields of the trainee that the rows tell; the first row that tells one wins."""
    found: dict[str, Any] = {}
    for row in group:
        for key in PERSON_FIELDS:
            if key in row.values:
                found.setdefault(key, row.values[key])
    coach = found.pop("responsible_coach", "")
    if coach and fold(coach) in house.coaches:
        found["responsible_coach_id"] = house.coaches[fold(coach)]
    elif coach:
        findings.append(
            Finding(
                row=group[0].number,
                field="responsible_coach",
                message=_NO_COACH,
                told={"name": coach},
                severity=NOTICE,
            )
        )
    return found


def _trainee(person: Mapping[str, Any]) -> Trainee:
    """A new trainee; the language of papers follows the mother tongue where the sheet does not tell it."""
    language = person.get("service_language") or ("sv" if person.get("mother_tongue") == "sv" else "fi")
    told = {"family_name": "", "given_names": "", **person, "service_language": language}
    return Trainee(**told)


def _person_differences(known: Trainee, person: Mapping[str, Any]) -> Iterator[Difference]:
    protected = known.non_disclosure or person.get("non_disclosure")
    for key, theirs in person.items():
        ours = getattr(known, key)
        if key == "birth_date" and known.personal_identity_code == person.get("personal_identity_code"):
            continue  # the code tells it to both
        if theirs != ours:
            field = "responsible_coach" if key == "responsible_coach_id" else key
            hidden = key in ADDRESS and bool(protected)
            yield Difference(
                field=field, ours=ours, theirs=theirs, key=(known.id,), attribute=key, hidden=hidden
            )


def _records(row: DraftRow, trainee_id: int, house: House, findings: list[Finding]) -> Iterator[Record]:
    begins, ends = row.day("coaching_begins"), row.day("coaching_ends")
    if begins:
        yield Coaching(trainee_id=trainee_id, begins=begins, ends=ends, outcome=row.text("outcome"))
    if begins and (phase := row.number_of("phase")):
        yield Opening(trainee_id=trainee_id, phase=phase, opened=begins, closed=ends, date_known=False)
    if row.day("plan_made") or row.text("plan_kind"):
        yield Plan(
            trainee_id=trainee_id,
            kind=row.text("plan_kind"),
            ours=False,
            maker=row.text("plan_maker"),
            made=row.day("plan_made"),
        )
    if (grade := row.number_of("grade")) is not None:
        yield Feedback(trainee_id=trainee_id, grade=grade, on_day=row.day("grade_day"))
    if row.day("period_begins") and (period := _period(row, trainee_id, house, findings)):
        yield period


def _period(row: DraftRow, trainee_id: int, house: House, findings: list[Finding]) -> Period | None:
    name = row.text("workshop")
    workshop = house.workshops.get(fold(name)) if name else None
    if not name and len(set(house.workshops.values())) == 1:
        workshop = next(iter(house.workshops.values()))
    begins = row.day("period_begins")
    if workshop is None or begins is None:
        message = _NO_WORKSHOP if name else _WHICH_WORKSHOP
        findings.append(Finding(row=row.number, field="workshop", message=message, told={"name": name}))
        return None
    return Period(
        trainee_id=trainee_id,
        workshop_id=workshop,
        service_kind=row.text("service_kind") or "other",
        begins=begins,
        ends=row.day("period_ends"),
        ended=row.day("period_ended"),
        end_reason=row.text("end_reason"),
        decision_number=row.text("decision_number"),
        granted_days=row.number_of("granted_days"),
        granted_to=row.day("granted_to"),
        voucher_number=row.text("voucher_number"),
    )


def chosen(plan: RowPlan, take: frozenset[tuple[int, str]]) -> tuple[Difference, ...]:
    """The differences of a row in which the sheet's value is taken."""
    return tuple(d for d in plan.differences if (plan.rows[0], d.field) in take)


def default_choices(plans: Iterable[RowPlan]) -> frozenset[tuple[int, str]]:
    """Take what the desk does not know; keep the desk's own where both know."""
    return frozenset((plan.rows[0], d.field) for plan in plans for d in plan.differences if d.fills)


def of_trainee(record: Record, trainee_id: int, batch_id: int | None) -> Record:
    """A record for its trainee, marked with the import that brought it."""
    if isinstance(record, AttendedDay):
        return replace(record, trainee_id=trainee_id)
    return replace(record, trainee_id=trainee_id, batch_id=batch_id)
