"""The log on the screen: of a trainee and of the desk, what a line changed, the report on paper."""

from dataclasses import fields, replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.attachment import Attachment
from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.consent import Consent
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Coaching, NextStep, Opening, PhaseNorm
from coachdesk.domain.phrases import Phrase
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Benefit, Feedback, OwnView, Trainee
from coachdesk.domain.workshop import Coach, Group, Workshop
from coachdesk.services import access_log, periods, trainees
from coachdesk.ui.access_log import naming, wording
from coachdesk.ui.access_log.screen import LogTab, ReportForm
from coachdesk.ui.paper import PaperDialog
from coachdesk.ui.settings.log import LogSection


@pytest.fixture
def person(a_trainee):
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def tab(qtbot, shell, person):
    trainees.edit(shell.desk, replace(person, phone="000 1234"))
    found = LogTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 560)
    found.show()
    found.show_trainee(person.id)
    return found


def shown(lines):
    return [row.line.act for row in lines.model.rows]


def test_a_trainees_log_shows_each_act_and_what_it_changed(tab):
    assert shown(tab.lines) == ["trainee.edit"]
    tab.lines.read_detail()

    assert "Phone:  – → 000 1234".replace("  ", " ") in tab.lines.detail.toPlainText()


def test_a_line_names_its_values_in_words_and_leaves_out_the_stores_own_numbers(tab, shell, person, speak):
    periods.add(
        shell.desk,
        Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity",
            begins=date(2026, 11, 2), controller="wellbeing_area_ostrobothnia", decision_number="P-1",
        ),
    )  # fmt: skip
    trainees.edit(shell.desk, replace(person, phone="000 1234", responsible_coach_id=1))
    speak("fi")
    tab.refresh()
    for act in ("period.add", "trainee.edit"):
        tab.lines.table.selectRow(shown(tab.lines).index(act))
        tab.lines.read_detail()
        said = tab.lines.detail.toPlainText()
        assert "_" not in said and "Muu tieto" not in said
        assert ("kuntouttava työtoiminta" if act == "period.add" else "Aino Mallikas") in said


@pytest.mark.parametrize("kind", [
    Trainee, Benefit, Feedback, OwnView, Note, RecordedElsewhere, Period, Appointment, Attachment, Opening,
    PhaseNorm, NextStep, Coaching, Workshop, Group, Coach, Consent, RightsRequest, AttendedDay, Phrase,
])  # fmt: skip
def test_every_value_that_is_logged_has_a_name(kind, speak):
    speak("fi")
    names = {one.name for one in fields(kind)} - naming.TECHNICAL
    assert [name for name in sorted(names) if naming.title(name).startswith("Muu tieto")] == []


def test_an_identity_code_stays_hidden_in_the_log(tab, shell, person):
    trainees.edit(shell.desk, replace(person, phone="000 1234", personal_identity_code="010190-901R"))
    tab.refresh()
    tab.lines.table.selectRow(shown(tab.lines).index("trainee.edit"))
    tab.lines.read_detail()

    assert "010190" not in tab.lines.detail.toPlainText()
    assert "Identity code: hidden" in tab.lines.detail.toPlainText()


def test_the_report_is_asked_for_with_its_reason_and_shown(tab, shell, person):
    QTest.keyClick(tab, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    tab.print_()
    form = tab.window().findChildren(ReportForm)[-1]
    form.why.setText("asked at the desk")
    form.try_to_keep()

    papers = [one for one in tab.window().findChildren(PaperDialog) if one.isVisible()]
    assert len(papers) == 1
    papers[0].reject()
    newest = access_log.of_trainee(shell.desk, person.id).rows[0].line
    assert (newest.act, newest.why) == ("access_log.print", "asked at the desk")


def test_the_desks_log_is_narrowed_by_kind(qtbot, shell, tab):
    section = LogSection(shell)
    qtbot.addWidget(section)
    section.refresh()
    assert "trainee.edit" in shown(section.lines)

    section.kind.choose("look")
    section.show_button.click()

    assert shown(section.lines)
    assert "trainee.edit" not in shown(section.lines)


def test_a_wrong_day_is_said_at_its_field(qtbot, shell):
    section = LogSection(shell)
    qtbot.addWidget(section)
    section.begins.setText("31.2.2026")
    section.show_button.click()

    assert section.fields["begins"].error


def test_nothing_of_the_log_stays_on_a_left_page(qtbot, shell, tab):
    section = LogSection(shell)
    qtbot.addWidget(section)
    section.refresh()
    section.leave()

    assert shown(section.lines) == []


def test_a_narrow_window_keeps_when_and_what_and_tells_the_rest_in_the_tool_tip(tab):
    table, columns = tab.lines.table, tab.lines.model.columns
    tab.fit("narrow")
    kept = [c.title for at, c in enumerate(columns) if not table.isColumnHidden(at)]
    assert kept == ["When", "What was done"]
    row = tab.lines.model.rows[0]
    assert row.coach and row.coach in wording.whole(row)
    tab.fit("wide")
    assert not any(table.isColumnHidden(at) for at in range(len(columns)))
