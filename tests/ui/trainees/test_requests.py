"""Requests about own data on the trainee's page, what holds of an ended trainee, and what is left open."""

from datetime import date

from PySide6.QtCore import Qt

from coachdesk.domain.period import Period
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.services import periods, phases, rights_requests
from coachdesk.ui.today.screen import TodayScreen
from coachdesk.ui.trainees.page import TraineePage
from coachdesk.ui.trainees.periods import EndForm
from coachdesk.ui.trainees.requests import AnswerForm, RequestForm, RequestsDialog


def asked(desk, person, kind="restriction", day=date(2026, 12, 14)):
    return rights_requests.record(
        desk, RightsRequest(trainee_id=person.id, kind=kind, asked=day, what="Osoite on väärä")
    )


def a_page(shell, qtbot, person):
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.resize(1118, 560)
    page.show()
    page.show_trainee(person.id)
    page.refresh()
    return page


def test_request_is_recorded_answered_and_lifted_by_its_buttons(shell, desk, a_trainee, qtbot):
    person = a_trainee()
    dialog = RequestsDialog(shell, person.id)
    qtbot.addWidget(dialog)
    form = dialog.form(None)
    assert isinstance(form, RequestForm)
    form.did.connect(dialog.told)
    form.kind.choose("restriction")
    form.what.setPlainText("Osoite on väärä")
    form.try_to_keep()
    assert dialog.lift.isVisibleTo(dialog) and dialog.remove.isEnabled()

    answer = dialog.form(dialog.chosen)
    assert isinstance(answer, AnswerForm)
    answer.did.connect(dialog.told)
    answer.try_to_keep()
    assert answer.fields["outcome"].error
    answer.outcome.choose("granted")
    answer.try_to_keep()
    assert not dialog.remove.isEnabled()
    dialog.lift.click()

    (found,) = rights_requests.of_trainee(desk, person.id)
    assert (found.outcome, found.lifted) == ("granted", date(2026, 12, 15))
    assert not dialog.lift.isVisibleTo(dialog)


def test_restriction_in_force_stands_on_the_page_until_it_is_lifted(shell, desk, a_trainee, qtbot):
    person = a_trainee()
    page = a_page(shell, qtbot, person)
    assert page.standing.isHidden()
    found = asked(desk, person)
    page.refresh()
    assert "restricted since" in page.standing.restricted.text

    rights_requests.lift(desk, found.id)
    page.refresh()

    assert page.standing.isHidden()


def test_ended_trainees_page_says_until_when_it_is_kept(shell, desk, a_trainee, qtbot, speak):
    person = a_trainee()
    periods.add(
        desk,
        Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity",
            begins=date(2026, 1, 7), ends=date(2026, 11, 30),
        ),
    )  # fmt: skip
    page = a_page(shell, qtbot, person)

    assert "2036, if the controller confirms it" in page.standing.ended.text
    assert "703/2023" in page.standing.ended.toolTip()
    speak("sv", page)
    assert page.standing.ended.text.startswith("Servicen avslutades 30.11.2026")


def test_today_leads_to_the_requests_that_are_due(shell, desk, a_trainee, qtbot, qapp):
    person = a_trainee("Lindström", "Göran")
    asked(desk, person, "access", date(2026, 11, 10))
    today = TodayScreen(shell)
    qtbot.addWidget(today)
    today.show()
    today.refresh()
    for _time in range(3):
        qapp.processEvents()  # what is due is read after the page is shown

    (one,) = [row for row in today.attention.rows.rows if row.kind == "request_due"]
    today.settle(one)

    assert shell.gone[-1].hint == {"open": "requests"} and shell.gone[-1].trainee_id == person.id


def an_end_form(shell, desk, person, qtbot):
    form = EndForm(shell, periods.of_trainee(desk, person.id)[0])
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    return form


def test_end_form_tells_what_is_open_and_leads_there(shell, desk, a_trainee, qtbot):
    person = a_trainee()
    period = periods.add(
        desk,
        Period(trainee_id=person.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 11, 2)),
    )
    phases.set_next_step(desk, person.id, "Työpaikkakäynti", due=date(2026, 12, 21))
    form = an_end_form(shell, desk, person, qtbot)

    assert [line.text for line in form.undone.lines.lines] == ["The next step is open: Työpaikkakäynti"]
    form.undone.mend(form.undone.found[0])
    assert shell.gone[-1].tab == "overview" and not form.isVisible()

    an_end_form(shell, desk, person, qtbot).try_to_keep()
    assert periods.of_trainee(desk, person.id)[0].period.id == period.id
    assert periods.of_trainee(desk, person.id)[0].period.ended == date(2026, 12, 15)
