"""Rows meet the desk: who is new, who is the same, whose values differ; pure, on what the desk holds.

A row is a trainee of the desk by identity code, else by folded names and first contact, else a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.letters import fold, name_fold
from coachdesk.domain.notes import Note
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.phases import Coaching, Opening
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import Feedback, Trainee
from coachdesk.domain.workshop import Group, Membership
from coachdesk.i18n import N_
from coachdesk.importing.draft import NOTICE, DraftRow, Finding
from coachdesk.importing.people import PERSON_FIELDS, by_person, folded_name

HOURS_UNTOLD = 4 * 60  # of an agreed day whose hours the sheet does not tell
BEGINS_AT = time(9)
Record = Coaching | Opening | Plan | Feedback | Period | AttendedDay | Note
_NAMESAKE = N_("Somebody of the same name is on the desk already. Check that they are two people.")
_NO_COACH = N_("There is no coach {name} on the desk. The coach was left out.")
_NO_GROUP = N_("The workshop has no group {name}. The group was left out.")
_HOURS_UNTOLD = N_("The hours of a day are not told. They were taken as {hours} h.")
_OTHER_WEEK = N_("The period has other weekdays or hours already: {ours}. They stay; the sheet has {theirs}.")
_OTHER_GROUP = N_("The period is in another group already: {ours}. It stays; the sheet has {theirs}.")
_NO_WORKSHOP = N_("There is no workshop {name} on the desk. Choose one of its own.")
_WHICH_WORKSHOP = N_("The desk has several workshops. A period needs a column that tells which.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that the desk and the sheet tell differently.

    ``table`` and ``key`` say which record, ``attribute`` which of its fields; ``field`` is the column's.
    """

    field: str
    ours: object
    theirs: object
    table: str = "trainee"
    key: tuple[Any, ...] = ()
    attribute: str

    @property
    def fills(self) -> bool:
        """The desk knows nothing where the sheet does."""
        return self.ours in (None, "", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed of a new period, known by the day on which it begins: its weekdays and its group."""

    begins: date
    agreed: tuple[AgreedDay, ...] = ()
    group_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """What taking in one person's rows would do.

    ``person`` is the new trainee; ``adds`` are new records; their ``trainee_id`` is 0 for a new person.
    """

    rows: tuple[int, ...]
    name: str
    trainee_id: int = 0
    person: Trainee | None = None
    adds: tuple[Record, ...] = ()
    differences: tuple[Difference, ...] = ()
    terms: tuple[Terms, ...] = ()  # of the new periods among ``adds``

    @property
    def state(self) -> str:
        """new, same, adds (something more to a known person) or differs."""
        if self.person:
            return "new"
        return "differs" if self.differences else "adds" if self.adds else "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """What the desk holds of one trainee."""

    trainee: Trainee
    coachings: tuple[Coaching, ...] = ()
    openings: tuple[Opening, ...] = ()
    plans: tuple[Plan, ...] = ()
    grades: tuple[Feedback, ...] = ()
    periods: tuple[Period, ...] = ()
    agreed: Mapping[int, tuple[AgreedDay, ...]] = field(default_factory=dict)  # by period
    places: Mapping[int, tuple[Membership, ...]] = field(default_factory=dict)  # by period


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The desk's own coaches and workshops, by folded name; groups by workshop and folded name."""

    coaches: Mapping[str, int]
    workshops: Mapping[str, int]
    groups: Mapping[tuple[int, str], Group] = field(default_factory=dict)


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
            like = _like(record, existing)
            met = _met(record, like)
            if isinstance(record, Period):
                ours = like[0][1] if like else None
                agreed_terms += terms_of(row, record, ours, existing, house, findings)
            if met is None:
                adds.append(record)
            else:
                differences.extend(met)
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
    for key, theirs in person.items():
        ours = getattr(known, key)
        if key == "birth_date" and known.personal_identity_code == person.get("personal_identity_code"):
            continue  # the code tells it to both
        if theirs != ours:
            field = "responsible_coach" if key == "responsible_coach_id" else key
            yield Difference(field=field, ours=ours, theirs=theirs, key=(known.id,), attribute=key)


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


def terms_of(
    row: DraftRow,
    period: Period,
    ours: Period | None,
    existing: Existing | None,
    house: House,
    findings: list[Finding],
) -> Iterator[Terms]:
    """What a row agrees of its new period; of one that is there already only what differs is told."""
    agreed = _agreed(row, period)
    group = house.groups.get((period.workshop_id, fold(row.text("group"))))
    if row.text("group") and group is None:
        told = {"name": row.text("group")}
        findings.append(Finding(row=row.number, field="group", message=_NO_GROUP, told=told, severity=NOTICE))
    if ours is None:
        if agreed and row.number_of("hours") is None:
            taken = {"hours": HOURS_UNTOLD // 60}
            findings.append(
                Finding(row=row.number, field="hours", message=_HOURS_UNTOLD, told=taken, severity=NOTICE)
            )
        if agreed or group:
            yield Terms(begins=period.begins, agreed=agreed, group_id=group.id if group else None)
    elif existing is not None:
        findings.extend(_other_terms(row, agreed, group, ours, existing, house))


def _agreed(row: DraftRow, period: Period) -> tuple[AgreedDay, ...]:
    minutes = row.number_of("hours") or HOURS_UNTOLD
    return tuple(
        AgreedDay(
            period_id=0, weekday=int(day), starts_at=BEGINS_AT, minutes=minutes, valid_from=period.begins
        )
        for day in row.text("weekdays")
    )


def _other_terms(
    row: DraftRow,
    agreed: tuple[AgreedDay, ...],
    group: Group | None,
    ours: Period,
    existing: Existing,
    house: House,
) -> Iterator[Finding]:
    """Where the desk's own week or group differs, both are told and the desk's stays."""
    hours = row.number_of("hours") is not None
    mine, theirs = _week(existing.agreed.get(ours.id, ()), hours=hours), _week(agreed, hours=hours)
    if agreed and mine != theirs:
        told: dict[str, object] = {"ours": mine, "theirs": theirs}
        yield Finding(row=row.number, field="weekdays", message=_OTHER_WEEK, told=told, severity=NOTICE)
    places = {place.group_id for place in existing.places.get(ours.id, ())}
    if group is not None and group.id not in places:
        names = sorted(one.name for one in house.groups.values() if one.id in places)
        told = {"ours": ", ".join(names) or "–", "theirs": group.name}
        yield Finding(row=row.number, field="group", message=_OTHER_GROUP, told=told, severity=NOTICE)


def _week(agreed: Iterable[AgreedDay], *, hours: bool) -> tuple[tuple[int, int], ...]:
    """Weekdays with their minutes, as both sides are compared and told; 0 where hours are not told."""
    return tuple(sorted({(day.weekday, day.minutes if hours else 0) for day in agreed}))


def _like(record: Record, existing: Existing | None) -> tuple[tuple[str, Any, tuple[str, ...]], ...]:
    """The record of the desk that the wanted one is, with table and the attributes to compare."""
    if existing is None:
        return ()
    match record:
        case Coaching():
            found = next((c for c in existing.coachings if c.begins == record.begins), None)
            found = found or next((c for c in existing.coachings if _overlap(c, record)), None)
            return (("coaching", found, ("begins", "ends", "outcome")),) if found else ()
        case Opening():
            return _like_opening(record, existing.openings)
        case Plan():
            return _like_plan(record, existing.plans)
        case Feedback():
            return _like_grade(record, existing.grades)
        case Period():
            period = next((p for p in existing.periods if p.begins == record.begins), None)
            return (("period", period, tuple(_PERIOD)),) if period else ()
    return ()


_PERIOD = {
    "ends": "period_ends",
    "ended": "period_ended",
    "end_reason": "end_reason",
    "service_kind": "service_kind",
    "decision_number": "decision_number",
    "granted_days": "granted_days",
    "granted_to": "granted_to",
    "voucher_number": "voucher_number",
}
_FIELDS = {
    "coaching": {"begins": "coaching_begins", "ends": "coaching_ends", "outcome": "outcome"},
    "opening": {"phase": "phase", "closed": "coaching_ends"},
    "plan": {"made": "plan_made", "kind": "plan_kind", "maker": "plan_maker"},
    "feedback": {"grade": "grade", "on_day": "grade_day"},
    "period": _PERIOD,
}
_Like = tuple[tuple[str, Any, tuple[str, ...]], ...]


def _like_opening(record: Opening, openings: Sequence[Opening]) -> _Like:
    """An opening whose date is known was written on the desk, which knows better than the sheet."""
    for opening in openings:
        if opening.phase == record.phase:
            same = opening.opened == record.opened and not opening.date_known
            return (("opening", opening, ("closed",) if same else ()),)
    for opening in openings:
        if opening.opened == record.opened and not opening.date_known:
            return (("opening", opening, ("phase", "closed")),)
    return ()


def _like_plan(record: Plan, plans: Sequence[Plan]) -> _Like:
    """The same plan, or one that an earlier import brought with another day or without its kind."""
    for plan in plans:
        if plan.kind == record.kind and plan.made == record.made:
            return (("plan", plan, ("maker",)),)
    for plan in plans:
        if plan.kind == record.kind and (plan.batch_id is not None or plan.made is None):
            return (("plan", plan, ("made", "maker")),)
    for plan in plans:
        if plan.made == record.made and "" in (plan.kind, record.kind):
            return (("plan", plan, ("kind", "maker")),)
    return ()


def _like_grade(record: Feedback, grades: Sequence[Feedback]) -> _Like:
    for grade in grades:
        if grade.grade == record.grade and record.on_day in (None, grade.on_day):
            return (("feedback", grade, ()),)
    for grade in grades:
        if grade.batch_id is not None and grade.on_day == record.on_day:
            return (("feedback", grade, ("grade",)),)
    return ()


def _met(record: Record, like: _Like) -> tuple[Difference, ...] | None:
    """The differences from the record that it is; None where it is a new one."""
    if not like:
        return None
    table, ours, attributes = like[0]
    return tuple(
        Difference(
            field=_FIELDS[table][name],
            ours=getattr(ours, name),
            theirs=theirs,
            table=table,
            key=(ours.id,),
            attribute=name,
        )
        for name in attributes
        if (theirs := getattr(record, name)) not in (None, "") and theirs != getattr(ours, name)
        if not (table == "period" and name == "service_kind" and theirs == "other")
    )


def _overlap(ours: Coaching, theirs: Coaching) -> bool:
    return ours.begins <= (theirs.ends or date.max) and theirs.begins <= (ours.ends or date.max)


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
