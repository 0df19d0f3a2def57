"""Job coaching and grades are recorded from the trainee's page, and Figures follow."""

from datetime import date

import pytest

from coachdesk.i18n import current
from coachdesk.services import coaching, figures
from coachdesk.ui.trainees.coaching import CoachingDialog, CoachingForm
from coachdesk.ui.trainees.grades import GradeForm, GradesDialog
from coachdesk.ui.trainees.page import TraineePage
from tests.ui import walking


@pytest.fixture
def person(a_trainee):
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def page(qtbot, shell, person):
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.resize(1118, 586)
    page.show_trainee(person.id)
    page.refresh()
    page.show()
    walking.settle(page)
    return page


def _line(page, caption):
    return next(line for line in page.overview.facts.lines if line.caption == caption)


def _dialog(page, kind, form):
    (dialog,) = page.findChildren(kind)
    (found,) = dialog.findChildren(form)
    return dialog, found


def test_line_of_the_overview_opens_job_coaching_which_begins_and_ends_with_an_outcome(
    page, shell, desk, person
):
    assert _line(page, "Coaching").text == "not begun"
    page.overview.facts.asked.emit(_line(page, "Coaching").asks)
    (dialog,) = page.findChildren(CoachingDialog)
    dialog.new.click()
    (form,) = dialog.findChildren(CoachingForm)
    form.begins.setText("3.8.2026")
    form.try_to_keep()
    assert _line(page, "Coaching").text == f"since {current().day(date(2026, 8, 3))}"

    dialog.edit()
    form = dialog.findChildren(CoachingForm)[-1]
    form.ends.setText("9.12.2026")
    form.try_to_keep()
    assert form.fields["outcome"].error  # an end without how it ended
    form.outcome.choose("employed")
    form.try_to_keep()
    assert _line(page, "Coaching").text.endswith("· Employed")
    assert list(figures.figures(desk).outcomes) == ["employed"]

    shell.undo.undo()
    (found,) = coaching.of_trainee(desk, person.id)
    assert (found.ends, found.outcome) == (None, "")
    shell.undo.undo()
    assert coaching.of_trainee(desk, person.id) == ()
    shell.undo.redo()
    assert [one.begins for one in coaching.of_trainee(desk, person.id)] == [date(2026, 8, 3)]


def test_grade_is_recorded_with_its_day_from_the_overview(page, shell, desk, person):
    page.overview.choices["grades"].trigger()
    (dialog,) = page.findChildren(GradesDialog)
    dialog.new.click()
    (form,) = dialog.findChildren(GradeForm)
    form.try_to_keep()
    assert form.fields["grade"].error
    form.grade.choose("9")
    form.on_day.setText("16.12.2026")
    form.try_to_keep()
    assert form.fields["on_day"].error
    form.on_day.setText("14.12.2026")
    form.try_to_keep()
    assert _line(page, "Satisfaction").text == f"9 on {current().day(date(2026, 12, 14))}"
    assert figures.as_table(figures.figures(desk))["satisfaction_answers"] == 1

    dialog.remove_chosen()
    assert coaching.grades(desk, person.id) == ()
    shell.undo.undo()
    assert [one.grade for one in coaching.grades(desk, person.id)] == [9]
