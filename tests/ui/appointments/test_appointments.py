"""Appointments on screen: agreed, told, taken away, the slip."""

from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.trainee import Trainee
from coachdesk.services import appointments, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.appointments.editor import AppointmentForm
from coachdesk.ui.shell import Shell


@pytest.fixture
def person(desk: Desk) -> int:
    return trainees.register(desk, Trainee(family_name="Mäkelä", given_names="Säde")).id


def past(desk: Desk, person: int) -> Appointment:
    at = datetime(2026, 12, 14, 10, tzinfo=HELSINKI)
    return appointments.add(desk, Appointment(trainee_id=person, at=at, kind="conversation"))


def test_appointment_is_agreed_by_a_day_a_time_and_a_kind(
    qtbot: QtBot, shell: Shell, desk: Desk, person: int
) -> None:
    form = AppointmentForm(shell, person, None)
    form.kind.choose("visit")
    form.day.setText("to")
    form.time.setText("10")
    form.place.choose("employer")
    form.where.setText("Kielorannan Puutarha Oy")
    undo = []
    form.did.connect(lambda _label, work, _redo: undo.append(work))
    form.try_to_keep()
    (found,) = appointments.of_trainee(desk, person)
    assert found.at == datetime(2026, 12, 17, 10, tzinfo=HELSINKI)
    assert (found.kind, found.place, found.where) == ("visit", "employer", "Kielorannan Puutarha Oy")
    undo[0]()
    assert appointments.of_trainee(desk, person) == ()


def test_outcome_is_told_and_taken_back(qtbot: QtBot, shell: Shell, desk: Desk, person: int) -> None:
    form = AppointmentForm(shell, person, past(desk, person))
    form.outcome.choose("held")
    undo = []
    form.did.connect(lambda _label, work, _redo: undo.append(work))
    form.try_to_keep()
    assert appointments.of_trainee(desk, person)[0].outcome == "held"
    undo[0]()
    assert appointments.of_trainee(desk, person)[0].outcome == ""


def test_wrong_time_is_told_at_its_field(qtbot: QtBot, shell: Shell, person: int) -> None:
    form = AppointmentForm(shell, person, None)
    qtbot.addWidget(form)
    form.time.setText("25")
    form.try_to_keep()
    assert form.fields["time"].error == "There is no such time: 25."


def test_appointment_made_by_mistake_is_removed_and_put_back(
    qtbot: QtBot, shell: Shell, desk: Desk, person: int
) -> None:
    form = AppointmentForm(shell, person, past(desk, person))
    undo = []
    form.did.connect(lambda _label, work, _redo: undo.append(work))
    form.remove.click()
    assert appointments.of_trainee(desk, person) == ()
    undo[0]()
    assert appointments.of_trainee(desk, person)[0].at.date() == date(2026, 12, 14)


def test_slip_opens_as_a_paper(
    qtbot: QtBot, shell: Shell, desk: Desk, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = AppointmentForm(shell, person, past(desk, person))
    qtbot.addWidget(form)
    shown: list[bytes] = []
    monkeypatch.setattr(form, "show_slip", shown.append)
    form.print_slip()
    assert shown[0].startswith(b"%PDF")
