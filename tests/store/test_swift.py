"""Swift reads give what the repositories give."""

from datetime import date, datetime, time
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Benefit, Trainee
from coachdesk.services import appointments, periods, phases, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import appointments as appointment_store
from coachdesk.store import periods as period_store
from coachdesk.store import phases as phase_store
from coachdesk.store import swift
from coachdesk.store import trainees as trainee_store


def test_swift_reads_are_equal_to_the_repositories(desk: Desk) -> None:
    person = trainees.register(
        desk, Trainee(family_name="Mäkelä", birth_date=date(1992, 6, 12), non_disclosure=True)
    )
    days = [
        AgreedDay(period_id=0, weekday=1, starts_at=time(9, 30), minutes=270, valid_from=date(2026, 7, 1))
    ]
    period = Period(trainee_id=person.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 7, 1))
    periods.add(desk, period, agreed=days)
    phases.open_phase(desk, person.id, 2, opened=date(2026, 8, 1))
    phases.set_norm(desk, 2, 90)
    phases.set_next_step(desk, person.id, "Soitto", due=date(2026, 12, 17))
    at = datetime(2026, 12, 17, 10, tzinfo=HELSINKI)
    appointments.add(desk, Appointment(trainee_id=person.id, at=at, kind="visit"))
    trainees.add_benefit(
        desk, Benefit(trainee_id=person.id, benefit="general_support", payer="kela", begins=date(2026, 5, 1))
    )
    with desk.reading() as unit:
        for rows in (
            trainee_store.TRAINEES,
            trainee_store.BENEFITS,
            period_store.PERIODS,
            period_store.AGREED,
            phase_store.OPENINGS,
            phase_store.NORMS,
            phase_store.NEXT_STEPS,
            appointment_store.APPOINTMENTS,
        ):
            assert swift.Reading(rows, "ORDER BY id")(unit) == rows.find(unit) != ()


def test_page_reads_little_and_each_by_an_index(desk: Desk) -> None:
    """Some sixteen small reads for one person; none of them goes through a whole table of events."""
    from sqlalchemy import event

    person = trainees.register(desk, Trainee(family_name="Mäkelä"))
    said: list[str] = []

    def note(sql: str) -> None:
        if "SELECT" in sql:
            said.append(sql)

    def hear(raw: Any, *_more: object) -> None:
        raw.set_trace_callback(note)  # at the driver: the page speaks to it past SQLAlchemy

    desk.connections.wake()
    event.listen(desk.connections.engine, "checkout", hear)
    with desk.reading():  # a connection that hears
        pass
    said.clear()
    trainees.read_again(desk, person.id)
    event.remove(desk.connections.engine, "checkout", hear)
    heard = tuple(said)
    assert 8 <= len(heard) <= 16
    with desk.reading() as unit:
        for sql in heard:
            steps = [row[3] for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
            scanned = [step for step in steps if step.startswith("SCAN") and "subquery" not in step]
            # five norms or so, of the workshop; or three questions asked in one
            assert scanned in ([], ["SCAN phase_norm"], ["SCAN CONSTANT ROW"]), sql
