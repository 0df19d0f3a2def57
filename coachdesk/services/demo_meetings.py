"""What is talked about with the made-up people: notes, appointments, own views and a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.trainee import OwnView
from coachdesk.services import (
    appointments,
    drafts,
    information,
    notes,
    phases,
    trainees,
)
from coachdesk.services.demo_happening import Happening, Life, at, workday
from coachdesk.services.demo_people import words
from coachdesk.services.desk import Desk

_FIRST = 7  # the note of the first meeting


def first_note(desk: Desk, life: Life) -> None:
    """The first meeting: what is told about data, and the note of it."""
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


def written_notes(life: Life) -> Iterator[Happening]:
    """A note every other week or so, until a day before today."""
    contact = life.persona.trainee.first_contact
    assert contact is not None
    day, number = contact + timedelta(days=life.random.randrange(9, 16)), life.persona.number
    while day < (life.ended or life.today):
        moment = workday(day, life.house.closed)
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


def kept_appointments(life: Life) -> Iterator[Happening]:
    """One past with how it went, one to come; today's are the stories'."""
    if life.left:
        return
    past = workday(life.today - timedelta(days=8 + life.persona.number % 9), life.house.closed)
    coming = workday(life.today + timedelta(days=1 + life.persona.number % 8), life.house.closed)
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


def stories(life: Life) -> Iterator[Happening]:
    """What only the people of a story have: a late step, an own view, a draft and so on."""
    story, said, today = life.persona.story, life.house.words, life.today
    step = said["steps"][life.persona.number % len(said["steps"])]
    due = workday(today + timedelta(days=life.persona.number % 12 + 1), life.house.closed)
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
