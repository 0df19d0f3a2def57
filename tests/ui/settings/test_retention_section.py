"""Settings, times of keeping: what is due is seen first, and one question stands before removing for good."""

from datetime import date

from coachdesk.domain.period import Period
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.services import periods, retention, rights_requests
from coachdesk.ui.settings.retention import RemovalForm, RetentionSection


def ended(desk, person, last, kind="rehabilitative_work_activity"):
    return periods.add(
        desk,
        Period(
            trainee_id=person.id, workshop_id=1, service_kind=kind, begins=last.replace(year=last.year - 1),
            ends=last,
        ),
    )  # fmt: skip


def a_section(shell, qtbot):
    section = RetentionSection(shell)
    qtbot.addWidget(section)
    section.resize(900, 560)
    section.show()
    section.refresh()
    return section


def said(section):
    return [[section.model.columns[at].text(row) for at in range(3)] for row in section.model.rows]


def test_due_stands_first_then_those_who_are_kept_and_those_for_the_controller(shell, desk, a_trainee, qtbot):
    ended(desk, a_trainee("Myöhä", "Maj"), date(2026, 6, 30))
    ended(desk, a_trainee("Paja", "Pia"), date(2020, 6, 30), "youth_workshop")
    ended(desk, a_trainee("Aika", "Ari"), date(2016, 6, 30))
    a_trainee("Aktiivi", "Aki")

    section = a_section(shell, qtbot)

    assert [row[0] for row in said(section)] == ["Aika, Ari", "Myöhä, Maj", "Paja, Pia"]
    assert said(section)[0][2].startswith("Due since") and "2026" in said(section)[0][2]
    assert said(section)[2][2] == "For the controller to say"
    assert section.source.text().startswith("10 years · laki 703/2023")
    section.table.selectRow(2)
    assert section.source.text() == ""


def test_another_coach_sees_only_whose_matter_it_is(shell, desk, a_trainee, qtbot):
    ended(desk, a_trainee(), date(2016, 6, 30))
    with desk.writing() as unit:
        unit.connection.exec_driver_sql("UPDATE coach SET role = 'coach'")
        unit.commit()

    section = a_section(shell, qtbot)

    assert section.model.rows == [] and not section.only.isHidden()
    assert section.look.isHidden() and section.table.isHidden()


def test_removal_is_asked_once_with_the_safe_button_in_focus(shell, desk, a_trainee, qtbot):
    person = a_trainee("Aika", "Ari")
    ended(desk, person, date(2016, 6, 30))
    section = a_section(shell, qtbot)
    section.ask()
    (form,) = section.findChildren(RemovalForm)

    assert "Ari Aika" in form.heading.text() and "Periods: 1" in form.what.text()
    assert "cannot be undone" in form.rest.text()
    assert form.leave_button.hasFocus() or form.focusWidget() is form.leave_button
    form.leave_button.click()
    assert [row.name for row in retention.sheet(desk)] == ["Aika, Ari"]


def test_removed_trainee_is_gone_from_the_list_and_from_undo(shell, desk, a_trainee, qtbot):
    ended(desk, a_trainee("Aika", "Ari"), date(2016, 6, 30))
    shell.undo.did("Something", undo=lambda: None)
    section = a_section(shell, qtbot)
    section.ask()
    (form,) = section.findChildren(RemovalForm)

    form.keep_button.click()
    assert form.fields["ground"].error  # nothing is chosen beforehand
    form.ground.choose("due")
    form.keep_button.click()

    assert section.model.rows == [] and shell.undo.undo() == ""
    assert retention.sheet(desk) == ()


def test_without_a_ground_nothing_can_be_removed(shell, desk, a_trainee, qtbot):
    person = a_trainee("Pyytäjä", "Pia")
    asked = RightsRequest(trainee_id=person.id, kind="erasure", asked=date(2026, 12, 14), what="Kaikki")
    asked = rights_requests.record(desk, asked)
    section = a_section(shell, qtbot)
    assert said(section)[0][2] == "Due: the trainee has asked for it"
    rights_requests.answer(desk, asked.id, outcome="refused", answer="Laki")

    section.ask()

    (form,) = section.findChildren(RemovalForm)
    assert not form.keep_button.isEnabled() and not form.barred.isHidden()


def test_source_of_a_time_is_told_in_the_readers_language(shell, desk, a_trainee, qtbot, speak):
    ended(desk, a_trainee("Aika", "Ari"), date(2026, 6, 30))
    section = a_section(shell, qtbot)
    speak("sv")
    section.table.selectRow(0)
    section._judge()
    assert "lag 703/2023, bilaga" in section.source.text()
