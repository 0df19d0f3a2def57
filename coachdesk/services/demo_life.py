"""What happens to the made-up people: a year of periods, phases, marks, notes and appointments.

Each happening is an act of an ordinary service at its own moment, so the demo's log reads like a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.phases import Coaching
from coachdesk.domain.planned_days import days_of
from coachdesk.domain.trainee import Benefit, Feedback, OwnView
from coachdesk.services import (
    appointments,
    attendance,
    coaching,
    drafts,
    information,
    notes,
    periods,
    phases,
    trainees,
)
from coachdesk.services.attendance import Marking
from coachdesk.services.demo_people import Persona, words
from coachdesk.services.desk import Desk

_LONG = ("long_search", "review_late", "consent_ends")  # whose phases have been open for long
_FIRST = 7  # the note of the first meeting
_KINDS = (
    ("present", 86), ("own_illness", 5), ("remote", 2), ("interview", 2), ("childs_illness", 2), ("other", 2),
    ("unnotified", 1),
)  # fmt: skip
_OUTCOMES = (
    "employed", "employed", "studies", "work_tryout", "subsidised_work", "sick_leave_and_rehabilitation",
    "interrupted_health", "interrupted_other_service", "interrupted_not_reached",
)  # fmt: skip
_END_REASONS = {
    "employed": "employed",
    "studies": "studies",
    "work_tryout": "work_tryout",
    "subsidised_work": "employed",
    "sick_leave_and_rehabilitation": "rehabilitation",
    "interrupted_health": "health",
    "interrupted_other_service": "other_service",
    "interrupted_not_reached": "not_reached",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that is done at a moment."""

    at: datetime
    act: Callable[[Desk], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The desk's workshops, groups, coaches and the language that is written at it."""

    main: int
    second: int
    groups: Mapping[str, int]
    second_group: int
    coaches: tuple[tuple[int, str], ...]
    language: str
    closed: frozenset[date]  # weekdays on which nothing is arranged

    @property
    def words(self) -> Mapping[str, Any]:
        """The words that its coaches write."""
        found: Mapping[str, Any] = words()["words"][self.language]
        return found


@dataclass(slots=True)
class Life:
    """One person's ids as they come to be."""

    persona: Persona
    house: House
    random: Random
    now: datetime
    trainee_id: int = 0
    period_id: int = 0
    coaching_id: int = 0
    openings: dict[int, int] = field(default_factory=dict)
    note_id: int = 0
    appointment_id: int = 0
    consents: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which the demo stands."""
        return self.now.date()

    @property
    def began(self) -> date:
        """The first day of the period: some weeks after the first contact."""
        contact = self.persona.trainee.first_contact
        assert contact is not None
        return _workday(
            contact + timedelta(days=26 if self.persona.story == "new" else 34), self.house.closed
        )

    @property
    def ended(self) -> date | None:
        """The last day, of a person who has left."""
        return min(self.began + timedelta(days=210), self.today - timedelta(days=20)) if self.left else None

    @property
    def left(self) -> bool:
        """Whether the period is over."""
        return self.persona.part == "ended"


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in Helsinki."""
    return datetime.combine(day, time(hour, minute), HELSINKI)


def happenings(life: Life) -> Iterator[Happening]:
    """Everything that happens to one person, in any order."""
    contact = life.persona.trainee.first_contact
    assert contact is not None
    yield Happening(at=at(contact, 10), act=lambda desk: _register(desk, life))
    yield Happening(at=at(contact, 10, 20), act=lambda desk: _first_note(desk, life))
    if life.persona.part != "waiting":
        yield from _period(life)
        yield from _phases(life)
        yield from _marks(life)
    yield from _notes(life)
    yield from _appointments(life)
    yield from _stories(life)


def _register(desk: Desk, life: Life) -> None:
    life.trainee_id = trainees.register(desk, life.persona.trainee).id
    contact = life.persona.trainee.first_contact
    assert contact is not None
    benefit, payer = life.random.choice(
        (("general_support", "kela"), ("general_support", "kela"), ("social_assistance", "social_assistance"),
         ("earnings_related_allowance", "unemployment_fund"))
    )  # fmt: skip
    if benefit == "general_support" and contact < date(2026, 5, 1):  # the benefits changed their names then
        old = Benefit(
            trainee_id=life.trainee_id,
            benefit="labour_market_subsidy",
            payer="kela",
            begins=contact,
            ends=date(2026, 4, 30),
        )
        trainees.add_benefit(desk, old)
        contact = date(2026, 5, 1)
    fund = "Esimerkkikassa" if payer == "unemployment_fund" else ""
    trainees.add_benefit(
        desk,
        Benefit(trainee_id=life.trainee_id, benefit=benefit, payer=payer, payer_name=fund, begins=contact),
    )


def _first_note(desk: Desk, life: Life) -> None:
    coach = life.house.coaches[life.persona.number % len(life.house.coaches)]
    information.give(
        desk,
        life.trainee_id,
        language=life.persona.trainee.service_language,
        given=desk.clock.today(),
        given_by=coach[1],
    )
    _note(
        desk,
        life,
        desk.clock.now(),
        "conversation",
        "workshop",
        life.house.words["notes"][_FIRST],
        minutes=45,
    )


def _note(
    desk: Desk, life: Life, moment: datetime, kind: str, place: str, text: str, *, minutes: int | None = None
) -> None:
    coach = life.house.coaches[life.persona.number % len(life.house.coaches)][0]
    note = Note(
        trainee_id=life.trainee_id,
        at=moment,
        minutes=minutes,
        kind=kind,
        place=place,
        text=text,
        coach_id=coach,
    )
    life.note_id = notes.add(desk, note).id


def _period(life: Life) -> Iterator[Happening]:
    persona, began = life.persona, life.began
    agreed = [
        AgreedDay(
            period_id=0, weekday=weekday, starts_at=persona.starts, minutes=persona.minutes, valid_from=began
        )
        for weekday in persona.weekdays
    ]
    second = persona.part == "other"
    group = life.house.second_group if second else life.house.groups[persona.group]
    yield Happening(
        at=at(began, 8, 30),
        act=lambda desk: setattr(
            life, "period_id", periods.add(desk, _agreement(life), agreed=agreed, group_id=group).id
        ),
    )
    if life.ended:
        yield Happening(at=at(life.ended, 15, 45), act=lambda desk: _end(desk, life))


def _agreement(life: Life) -> Period:
    persona, random = life.persona, life.random
    began = life.began
    lasts = began + timedelta(days=random.choice((300, 330, 360)))
    if not life.left:
        lasts = max(lasts, life.today + timedelta(days=random.choice((50, 90, 140))))
    ending = persona.story == "long_search"  # the decision runs out within the month
    granted_to = life.today + timedelta(days=16) if ending else lasts
    voucher = persona.number % 5 == 3
    youth = persona.part == "other"
    kind, ground = "rehabilitative_work_activity", "law_189_2001"
    if persona.number % 4 == 1:
        kind, ground = "social_rehabilitation", "law_1301_2014"
    if youth:
        kind, ground = "youth_workshop", "law_1285_2016"
    body = "municipality" if youth else "wellbeing_area_ostrobothnia"
    return Period(
        trainee_id=life.trainee_id,
        workshop_id=life.house.second if youth else life.house.main,
        service_kind=kind,
        controller=body,
        purchaser=body,
        ground=ground,
        decision_number=f"P-{began.year}-{100 + persona.number:04d}",
        decided_by="" if youth else "Pohjanmaan hyvinvointialue",
        decided_on=began - timedelta(days=9),
        granted_days=len(persona.weekdays) * 40,
        granted_to=granted_to,
        voucher_number=f"S-{20_000 + persona.number}" if voucher else "",
        voucher_expires=granted_to if voucher else None,
        begins=began,
        ends=granted_to,
    )


def _end(desk: Desk, life: Life) -> None:
    outcome = _OUTCOMES[(life.persona.number * 5) % len(_OUTCOMES)]
    assert life.ended
    periods.end(desk, life.period_id, day=life.ended, reason=_END_REASONS[outcome])
    for opening in life.openings.values():
        phases.close_phase(desk, opening)
    coaching.end(desk, life.coaching_id, ends=life.ended, outcome=outcome)
    with desk.writing() as unit:
        grade = Feedback(
            trainee_id=life.trainee_id, grade=life.random.choice((7, 8, 9, 9, 10)), on_day=unit.on
        )
        coaching.grade_in(unit, grade)
        unit.commit()


def _phases(life: Life) -> Iterator[Happening]:
    """Phases up to the present ones: the former are closed, the last are open beside each other."""
    persona, began = life.persona, life.began
    yield Happening(at=at(began, 9, 30), act=lambda desk: _begin_coaching(desk, life))
    last = life.ended or life.today
    span = max(8, (last - began).days)
    first, final = min(persona.phases), max(persona.phases)
    days = {phase: began + timedelta(days=span * (phase - 1) // (final + 1)) for phase in range(1, final + 1)}
    days[1] = began
    for phase in persona.phases:
        if phase > 1 and persona.story not in _LONG:
            recent = last - timedelta(days=18 + persona.number * 11 % 38 - 8 * (phase - first))
            days[phase] = max(days[phase], recent)
    if persona.story == "long_search":
        days[3] = life.today - timedelta(days=133)
    for phase, opened in days.items():
        opened = min(opened, last)
        yield Happening(at=at(opened, 9, 31 + phase), act=_opener(life, phase))
        if phase < first:
            closed = min(last, max(opened, days[phase + 1]) + timedelta(days=12))
            yield Happening(at=at(closed, 15, 10 + phase), act=_closer(life, phase))
    if persona.story == "consent_ends":  # a job that ended: the search begins again
        yield Happening(at=at(life.today - timedelta(days=40), 14, 0), act=_closer(life, 3))
        yield Happening(
            at=at(life.today - timedelta(days=25), 14, 0), act=_opener(life, 3, life.house.words["again"])
        )


def _begin_coaching(desk: Desk, life: Life) -> None:
    with desk.writing() as unit:
        kept = coaching.begin_in(unit, Coaching(trainee_id=life.trainee_id, begins=unit.on))
        unit.commit()
    life.coaching_id = kept.id


def _opener(life: Life, phase: int, reason: str = "") -> Callable[[Desk], object]:
    def act(desk: Desk) -> None:
        life.openings[phase] = phases.open_phase(desk, life.trainee_id, phase, reason=reason).id

    return act


def _closer(life: Life, phase: int) -> Callable[[Desk], object]:
    return lambda desk: phases.close_phase(desk, life.openings.pop(phase))


def _marks(life: Life) -> Iterator[Happening]:
    """The marks of each month, made on its last day; today is left for the coach to mark."""
    last = min(life.ended or life.today - timedelta(days=1), life.today - timedelta(days=1))
    months: dict[tuple[int, int], list[tuple[date, str, str, bool]]] = {}
    for day in days_of(life.began, last):
        if day.isoweekday() in life.persona.weekdays and day not in life.house.closed:
            months.setdefault((day.year, day.month), []).append((day, *_mark(life, day)))
    for marks in months.values():
        yield Happening(at=at(marks[-1][0], 15, 30), act=_marker(life, marks))


def _marker(life: Life, marks: list[tuple[date, str, str, bool]]) -> Callable[[Desk], object]:
    return lambda desk: attendance.record_many(
        desk,
        [
            Marking(period_id=life.period_id, day=day, kind=kind, reason=reason, certificate_seen=seen)
            for day, kind, reason, seen in marks
        ],
    )


def _mark(life: Life, day: date) -> tuple[str, str, bool]:
    story, near = life.persona.story, (life.today - day).days
    if story == "unexplained" and near in (5, 7):
        return "unnotified", "", False
    if story == "ill" and near < 16:
        return ("present", "", False) if near in (5, 7) else ("own_illness", "", near > 9)
    if story == "child" and near == 6:
        return "childs_illness", "", True
    if near < 20 and story in ("unexplained", "job_soon"):
        return "present", "", False
    kinds, weights = zip(*_KINDS, strict=True)
    kind = life.random.choices(kinds, weights)[0]
    if kind == "childs_illness" and not life.persona.number % 3:
        kind = "own_illness"
    if kind == "unnotified" and near < 20:
        kind = "present"
    reason = life.random.choice(("health_visit", "authority", "family")) if kind == "other" else ""
    return kind, reason, kind in ("own_illness", "childs_illness") and life.random.random() < 0.4


def _notes(life: Life) -> Iterator[Happening]:
    """A note every other week or so, until a day before today."""
    contact = life.persona.trainee.first_contact
    assert contact is not None
    day, number = contact + timedelta(days=life.random.randrange(9, 16)), life.persona.number
    while day < (life.ended or life.today):
        moment = _workday(day, life.house.closed)
        if moment >= life.today:
            return
        number += 5
        which = 0 if number % 12 == _FIRST else number % 12
        text = life.house.words["notes"][which]
        kind, place = _note_kind(which)
        yield Happening(at=at(moment, 9 + number % 6, 5), act=_noter(life, kind, place, text))
        day += timedelta(days=life.random.randrange(10, 24))


def _note_kind(number: int) -> tuple[str, str]:
    return {
        2: ("phone_call", "phone"),
        3: ("visit", "employer"),
        6: ("network_meeting", "workshop"),
        8: ("employer_contact", "remote"),
        9: ("three_party_talk", "employer"),
    }.get(number, ("conversation", "workshop"))


def _noter(life: Life, kind: str, place: str, text: str) -> Callable[[Desk], object]:
    def act(desk: Desk) -> None:
        _note(desk, life, desk.clock.now(), kind, place, text, minutes=15 if kind == "phone_call" else 40)
        if life.random.random() < 0.6:  # most notes are also recorded in the other system
            coach = life.house.coaches[life.persona.number % len(life.house.coaches)][1]
            notes.record_elsewhere(
                desk,
                RecordedElsewhere(
                    note_id=life.note_id, system="Lifecare", on_day=desk.clock.today(), by_whom=coach
                ),
            )

    return act


def _appointments(life: Life) -> Iterator[Happening]:
    """One past with how it went, one to come; today's are the stories'."""
    if life.left:
        return
    past = _workday(life.today - timedelta(days=8 + life.persona.number % 9), life.house.closed)
    coming = _workday(life.today + timedelta(days=1 + life.persona.number % 8), life.house.closed)
    contact = life.persona.trainee.first_contact
    if contact and contact < past - timedelta(days=3):
        outcome = "not_come" if life.persona.story == "unexplained" else "held"
        yield Happening(at=at(past, 8), act=_appointer(life, at(past, 10), "conversation"))
        yield Happening(
            at=at(past, 11), act=lambda desk: appointments.tell_outcome(desk, life.appointment_id, outcome)
        )
    if life.persona.number % 3 == 0:
        kind = ("review", "plan_meeting", "conversation")[life.persona.number // 3 % 3]
        yield Happening(at=life.now - timedelta(days=2), act=_appointer(life, at(coming, 13), kind))


def _appointer(
    life: Life, moment: datetime, kind: str, *, place: str = "workshop", where: str = ""
) -> Callable[[Desk], object]:
    def act(desk: Desk) -> None:
        coach = life.house.coaches[0 if moment.date() == life.today else life.persona.number % 3][0]
        one = Appointment(
            trainee_id=life.trainee_id, at=moment, kind=kind, place=place, where=where, coach_id=coach
        )
        life.appointment_id = appointments.add(desk, one).id

    return act


def _stories(life: Life) -> Iterator[Happening]:
    story, said, today = life.persona.story, life.house.words, life.today
    step = said["steps"][life.persona.number % len(said["steps"])]
    due = _workday(today + timedelta(days=life.persona.number % 12 + 1), life.house.closed)
    if story == "review_late":
        step, due = said["steps"][3], today - timedelta(days=4)
    elif story == "network":
        due = today - timedelta(days=1)
    if not life.left:
        contact = life.persona.trainee.first_contact or today
        moment = at(max(today - timedelta(days=13), contact), 14)
        yield Happening(at=moment, act=_stepper(life, step, due))
    if story == "network":
        moment = at(today, 10, 30)
        yield Happening(at=at(today - timedelta(days=6), 9), act=_appointer(life, moment, "network_meeting"))
    if story == "job_soon":
        visit = _appointer(
            life, at(today, 13), "visit", place="employer", where="Kielorannan Taimisto Oy, Vaasa"
        )
        yield Happening(at=at(today - timedelta(days=5), 9), act=visit)
    if story == "draft":
        yield Happening(at=at(today, 9, 12), act=lambda desk: _draft(desk, life))
    if story == "steady" and life.persona.part == "cast":
        yield Happening(at=at(today - timedelta(days=3), 12), act=lambda desk: _own_view(desk, life))


def _stepper(life: Life, text: str, due: date) -> Callable[[Desk], object]:
    return lambda desk: phases.set_next_step(desk, life.trainee_id, text, due=due)


def _own_view(desk: Desk, life: Life) -> None:
    text = words()["words"][life.persona.trainee.service_language]["own_view"]
    view = OwnView(
        trainee_id=life.trainee_id,
        subject=f"note:{life.note_id}",
        disagrees=True,
        text=text,
        on_day=desk.clock.today(),
    )
    trainees.add_own_view(desk, view)


def _draft(desk: Desk, life: Life) -> None:
    """A note broken off two minutes ago: a draft is no record."""
    text = life.house.words["draft"]
    drafts.keep(desk, "note", f"trainee:{life.trainee_id}", text, caret=len(text))


def _workday(day: date, closed: frozenset[date]) -> date:
    while day.isoweekday() > 5 or day in closed:
        day += timedelta(days=1)
    return day
