"""A draft found on Today is gone on with in its own form, filled as it was left."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from coachdesk.domain.notes import Note
from coachdesk.domain.phases import Coaching
from coachdesk.domain.today import Unfinished
from coachdesk.domain.trainee import Benefit
from coachdesk.services import coaching, drafts, notes, phases, plans, trainees
from coachdesk.ui.form import FormDialog
from coachdesk.ui.today.screen import TodayScreen
from coachdesk.ui.trainees.page import TraineePage

DAY = date(2026, 12, 1)


@pytest.fixture
def person(a_trainee):
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def arrive(qtbot, shell, desk, person):
    """Press Continue on Today for the draft of a form; the form that is open then."""

    def go(form, subject=""):
        subject = f"trainee:{person.id}{subject}"
        drafts.keep(desk, form, subject, "x")
        found = drafts.find(desk, form, subject)
        today = TodayScreen(shell)
        qtbot.addWidget(today)
        today.go_on_with(Unfinished(draft=found, trainee_id=person.id, name=person.name))
        gone = shell.gone[-1]
        page = TraineePage(shell)
        qtbot.addWidget(page)
        page.resize(1118, 586)
        page.show()
        page.arrive(gone.hint)
        page.show_trainee(gone.trainee_id, gone.tab)
        page.refresh()
        return [one for one in page.findChildren(FormDialog) if one.isVisible()]

    return go


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("next_step", "NextStepForm"),
        ("permission", "PermissionForm"),
        ("prohibition", "ProhibitionForm"),
        ("information", "InformationForm"),
        ("coaching", "CoachingForm"),
        ("feedback", "GradeForm"),
        ("benefit", "BenefitForm"),
        ("period", "PeriodForm"),
        ("appointment", "AppointmentForm"),
        ("trainee", "TraineeEditor"),
    ],
)
def test_draft_of_a_new_record_opens_its_form(arrive, form, name):
    assert [type(one).__name__ for one in arrive(form)] == [name]


def test_draft_of_a_phase_opens_the_form_of_that_phase(arrive):
    (form,) = arrive("phase", ":phase:3:not_started")
    assert form.state.phase == 3


def test_draft_about_a_record_opens_the_form_of_that_record(arrive, desk, person):
    phases.set_next_step(desk, person.id, "Soitto", due=DAY)
    step = phases.next_step(desk, person.id)
    (form,) = arrive("next_step", f":next_step:{step.id}")
    assert form.findChildren(QLineEdit)[0].text() == "Soitto"

    trainees.add_benefit(
        desk, Benefit(trainee_id=person.id, benefit="general_support", payer="kela", begins=DAY)
    )
    older = coaching.begin(
        desk, Coaching(trainee_id=person.id, begins=date(2025, 1, 1), ends=DAY, outcome="studies")
    )
    coaching.begin(desk, Coaching(trainee_id=person.id, begins=DAY))
    (form,) = arrive("coaching", f":coaching:{older.id}")
    assert form.before == older


@pytest.mark.parametrize(
    ("form", "subject", "name"),
    [
        ("own_view", ":note:1", "OwnViewForm"),
        ("own_view", ":plan:1:1", "OwnViewForm"),
        ("elsewhere", ":note:1", "ElsewhereForm"),
        ("reopen", "", "ReopenForm"),
    ],
)
def test_draft_beside_a_note_or_a_plan_opens_its_form_too(arrive, desk, person, form, subject, name):
    notes.add(desk, Note(trainee_id=person.id, at=desk.clock.now(), kind="conversation", text="Om språk"))
    plans.begin(desk, person.id, "coaching_plan")

    assert [type(one).__name__ for one in arrive(form, subject)] == [name]
