from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.notes import Note
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.workshop import Coach
from coachdesk.services import (
    appointments,
    attendance,
    coaches,
    consents,
    drafts,
    notes,
    periods,
    phases,
    today,
    workshops,
)
from coachdesk.services.desk import Desk
from coachdesk.store import tables
from coachdesk.store.rows import Rows
from tests.conftest import CHEAP

TODAY = date(2026, 12, 15)  # a Tuesday
BEGAN = date(2026, 9, 1)


@pytest.fixture
def join(desk, a_trainee):
    """``join("Aho", weekdays=(2, 4))`` puts somebody into the workshop."""

    def join(name, *, weekdays=(2,), starts=time(9), **more):
        person = a_trainee(name, "Malli")
        period = Period(
            trainee_id=person.id,
            workshop_id=1,
            service_kind="rehabilitative_work_activity",
            begins=BEGAN,
            **more,
        )
        agreed = [
            AgreedDay(period_id=0, weekday=day, starts_at=starts, minutes=300, valid_from=BEGAN)
            for day in weekdays
        ]
        return periods.add(desk, period, agreed=agreed)

    return join


def kinds(sheet):
    return [one.kind for one in sheet.attention]


def test_people_planned_today_are_expected_in_the_order_of_time_and_name(desk, join):
    join("Öhman")
    join("Aho")
    join("Early", starts=time(8, 30))
    join("Wednesday", weekdays=(3,))

    sheet = today.sheet(desk)

    assert [row.name for row in sheet.expected] == ["Early, Malli", "Aho, Malli", "Öhman, Malli"]
    assert sheet.expected[0].starts == time(8, 30)


def test_mark_of_today_is_shown(desk, join):
    period = join("Aho")
    attendance.record_day(desk, period.id, TODAY, "present")

    (row,) = today.sheet(desk).expected

    assert row.mark.kind == "present"


def test_nobody_is_expected_when_the_day_is_not_held(desk, join):
    join("Aho")
    attendance.not_held(desk, 1, None, TODAY, "training")

    assert today.sheet(desk).expected == ()


def test_phases_stand_as_letters(desk, join):
    period = join("Aho")
    first = phases.open_phase(desk, period.trainee_id, 1, opened=date(2026, 9, 1))
    phases.close_phase(desk, first.id, closed=date(2026, 10, 1))
    phases.open_phase(desk, period.trainee_id, 2, opened=date(2026, 10, 1))

    (row,) = today.sheet(desk).expected

    assert row.phases == "donnn"


def test_late_step_asks_for_attention_until_it_is_done(desk, join):
    period = join("Aho")
    step = phases.set_next_step(desk, period.trainee_id, "Käynti", due=TODAY - timedelta(days=4))

    (one,) = today.sheet(desk).attention
    assert (one.kind, one.text, one.days, one.urgent) == ("step_late", "Käynti", 4, True)
    assert one.name == "Malli Aho"

    phases.edit_next_step(desk, replace(step, done=TODAY))
    assert today.sheet(desk).attention == ()


def test_step_due_today_is_not_late(desk, join):
    phases.set_next_step(desk, join("Aho").trainee_id, "Käynti", due=TODAY)

    assert today.sheet(desk).attention == ()


def test_follow_up_asks_for_attention_on_its_day(desk, join, clock):
    period = join("Aho")
    note = Note(trainee_id=period.trainee_id, at=clock.now(), kind="phone", text="Soitetaan", follow_up=TODAY)
    kept = notes.add(desk, note)

    assert kinds(today.sheet(desk)) == ["follow_up"]
    notes.follow_up(desk, kept.id, done=TODAY)
    assert kinds(today.sheet(desk)) == []


def test_unexplained_absences_of_a_person_are_one_row(desk, join):
    period = join("Aho", weekdays=(2, 4))
    for day in (date(2026, 12, 8), date(2026, 12, 10)):
        attendance.record_day(desk, period.id, day, "unnotified")

    (one,) = today.sheet(desk).attention

    assert (one.kind, one.days) == ("unexplained", 2)
    assert one.dates == (date(2026, 12, 8), date(2026, 12, 10))


def test_decision_that_ends_within_thirty_days_asks_for_attention(desk, join):
    join("Soon", granted_to=TODAY + timedelta(days=30))
    join("Later", granted_to=TODAY + timedelta(days=31))

    (one,) = today.sheet(desk).attention

    assert (one.kind, one.days, one.name) == ("decision_ends", 30, "Malli Soon")


@pytest.mark.parametrize(("days", "warned"), [(0, True), (30, True), (31, False), (-1, False)])
def test_consent_that_ends_is_warned_of_thirty_days_ahead(desk, join, days, warned):
    period = join("Aho")
    with desk.writing() as unit:
        unit.connection.execute(
            tables.consent.insert().values(
                trainee_id=period.trainee_id,
                uid="c",
                number="1",
                recipient="r",
                scopes=[],
                given=BEGAN,
                valid_to=TODAY + timedelta(days=days),
            )
        )
        unit.commit()

    assert (kinds(today.sheet(desk)) == ["consent_ends"]) is warned


def test_phase_over_the_workshop_s_norm_asks_for_attention(desk, join):
    period = join("Aho")
    phases.open_phase(desk, period.trainee_id, 3, opened=TODAY - timedelta(days=133))
    assert kinds(today.sheet(desk)) == []

    phases.set_norm(desk, 3, 90, valid_from=BEGAN)

    (one,) = today.sheet(desk).attention
    assert (one.kind, one.days, one.norm, one.text) == ("norm_passed", 133, 90, "3")


def test_trainees_of_another_coach_who_opens_the_desk_do_not_ask_me(desk, a_trainee):
    other = workshops.add_coach(desk, Coach(name="Toinen Valmentaja"))
    theirs = a_trainee("Muu", responsible_coach_id=other.id)
    phases.set_next_step(desk, theirs.id, "Käynti", due=BEGAN)
    coaches.let_in(desk, other.id, "sininen lumme keinuu lammella", cost=CHEAP)

    assert today.sheet(desk).attention == ()


def test_a_consent_that_ends_is_told_here_where_its_coach_has_no_way_in(desk, a_trainee):
    other = workshops.add_coach(desk, Coach(name="Toinen Valmentaja"))
    theirs = a_trainee("Muu", responsible_coach_id=other.id)
    consents.give(
        desk, theirs.id, recipient="kela", scopes=("phases",), given=BEGAN, valid_to=date(2027, 1, 14)
    )

    (one,) = today.sheet(desk).attention
    assert (one.kind, one.trainee_id, one.days) == ("consent_ends", theirs.id, 30)


def test_draft_is_shown_with_the_person_it_is_about(desk, a_trainee):
    person = a_trainee("Kärkkäinen", "Merja")
    drafts.keep(desk, "note", f"trainee:{person.id}", "Kesken jäi")

    (one,) = today.sheet(desk).drafts

    assert (one.name, one.trainee_id, one.draft.text) == ("Merja Kärkkäinen", person.id, "Kesken jäi")


def test_next_appointments_are_those_still_to_come(desk, a_trainee, clock):
    person = a_trainee("Rintamäki", "Jarmo")
    for hour in (8, 13):
        at = datetime(2026, 12, 15, hour, tzinfo=HELSINKI)
        appointments.add(desk, Appointment(trainee_id=person.id, at=at, kind="coaching"))

    (one,) = today.sheet(desk).coming

    assert one.appointment.at.astimezone(HELSINKI).hour == 13
    assert one.name == "Jarmo Rintamäki"


def test_look_at_today_is_one_line_in_the_log(desk: Desk, join):
    join("Aho")

    def lines():
        with desk.reading() as unit:
            return [row[0] for row in unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq")]

    before = len(lines())
    today.sheet(desk)

    assert lines()[before:] == ["today.open"]


def test_health_of_a_desk_that_never_sent_is_calm(desk):
    health = today.health(desk)

    assert (health.waiting, health.oldest_days, health.set_aside, health.receipt) == (0, None, 0, None)


def test_first_page_scans_no_table_of_days(desk):
    from coachdesk.store.sheets import today as sheets

    asked = {"today": "", "others": "[]", "back": "", "consent_until": "", "decision_until": ""}
    with desk.reading() as unit:
        for name in ("STEPS", "FOLLOW_UPS", "UNEXPLAINED", "CONSENTS", "DECISIONS"):
            sql = f"EXPLAIN QUERY PLAN {getattr(sheets, name)}"
            plan = " ".join(str(row[3]) for row in unit.connection.exec_driver_sql(sql, asked))
            assert "SCAN d" not in plan
            assert "SCAN n" not in plan


def test_drafts_are_one_for_a_coach_form_and_subject(desk):
    drafts.keep(desk, "note", "trainee:1", "ensin")
    drafts.keep(desk, "note", "trainee:1", "sitten", 3)

    (kept,) = drafts.all_of_coach(desk)
    assert (kept.text, kept.caret) == ("sitten", 3)
    assert Rows(tables.draft, type(kept)).names[:3] == ("coach_id", "form", "subject")
