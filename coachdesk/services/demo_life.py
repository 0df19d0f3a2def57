"""What happens to the made-up people: a year of periods, phases, marks, notes and appointments.

Each happening is an act of an ordinary service at its own moment, so the demo's log reads like a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.phases import Coaching
from coachdesk.domain.planned_days import days_of
from coachdesk.domain.trainee import Benefit, Feedback
from coachdesk.services import (
    attendance,
    coaching,
    demo_meetings,
    periods,
    phases,
    trainees,
)
from coachdesk.services.attendance import Marking
from coachdesk.services.demo_happening import Happening, Life, at
from coachdesk.services.desk import Desk

_LONG = ("long_search", "review_late", "consent_ends")  # whose phases have been open for long
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


def happenings(life: Life) -> Iterator[Happening]:
    """Everything that happens to one person, in any order."""
    contact = life.persona.trainee.first_contact
    assert contact is not None
    yield Happening(at=at(contact, 10), act=lambda desk: _register(desk, life))
    yield Happening(at=at(contact, 10, 20), act=lambda desk: demo_meetings.first_note(desk, life))
    if life.persona.part != "waiting":
        yield from _period(life)
        yield from _phases(life)
        yield from _marks(life)
    yield from demo_meetings.written_notes(life)
    yield from demo_meetings.kept_appointments(life)
    yield from demo_meetings.stories(life)


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
