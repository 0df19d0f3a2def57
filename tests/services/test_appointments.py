"""Appointments: agreed, moved, told how they went."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import appointments, slips, trainees
from coachdesk.services.desk import Desk


@pytest.fixture
def appointment(desk: Desk) -> Appointment:
    person = trainees.register(desk, Trainee(family_name="Mäkelä", given_names="Säde"))
    return Appointment(
        trainee_id=person.id,
        at=datetime(2026, 12, 17, 10, 0, tzinfo=HELSINKI),
        kind="visit",
        place="employer",
        where="Kielorannan Puutarha Oy",
    )


def test_day_of_helsinki_finds_its_appointments(desk: Desk, appointment: Appointment) -> None:
    late = replace(appointment, at=datetime(2026, 12, 17, 23, 30, tzinfo=HELSINKI))
    for one in (late, appointment):
        appointments.add(desk, one)
    found = appointments.between(desk, date(2026, 12, 17), date(2026, 12, 17))
    assert [a.at.astimezone(HELSINKI).hour for a in found] == [10, 23]
    assert appointments.between(desk, date(2026, 12, 18), date(2026, 12, 18)) == ()


def test_appointment_to_come_cannot_have_been_held(desk: Desk, appointment: Appointment) -> None:
    kept = appointments.add(desk, appointment)
    with pytest.raises(Refused):
        appointments.tell_outcome(desk, kept.id, "held")
    before = appointments.tell_outcome(desk, kept.id, "cancelled_by_trainee")
    appointments.edit(desk, before)
    assert appointments.get(desk, kept.id).outcome == ""


def test_removed_appointment_can_be_put_back(desk: Desk, appointment: Appointment) -> None:
    kept = appointments.add(desk, appointment)
    before = appointments.remove(desk, kept.id)
    assert appointments.of_trainee(desk, appointment.trainee_id) == ()
    appointments.add(desk, before)
    assert appointments.get(desk, kept.id) == kept


def test_slip_speaks_the_trainees_language_whatever_the_screens(desk: Desk, appointment: Appointment) -> None:
    from pypdfium2 import PdfDocument

    person = trainees.get(desk, appointment.trainee_id)
    trainees.edit(desk, replace(person, service_language="sv", personal_identity_code="241278-9553"))
    kept = appointments.add(desk, replace(appointment, bring="vattentäta skor"))
    text = PdfDocument(slips.pdf(desk, kept.id))[0].get_textpage().get_text_bounded()
    assert "Studiebesök" in text and "vattentäta skor" in text and "10.00" in text
    assert "241278" not in text
