from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import HELSINKI
from coachdesk.domain.notes import Note
from coachdesk.domain.period import Period
from coachdesk.domain.trainee import Trainee
from coachdesk.services import archive, drafts, notes, periods, plans, trainees
from coachdesk.ui.notices import Recorder
from coachdesk.ui.phrases.picker import PhrasePicker
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.archived import READING, writers
from coachdesk.ui.trainees.page import TABS, TraineePage
from coachdesk.ui.trainees.periods import PeriodsDialog
from coachdesk.ui.trainees.reopen_form import ReopenForm


@pytest.fixture
def person(shell: Shell) -> Trainee:
    found = trainees.register(shell.desk, Trainee(family_name="Mallinen", given_names="Malla"))
    period = periods.add(
        shell.desk,
        Period(
            trainee_id=found.id, workshop_id=1, service_kind="work_try_out", begins=date(2026, 11, 2)
        ),
    )  # fmt: skip
    at = datetime(2026, 12, 10, 12, 0, tzinfo=HELSINKI)
    notes.add(shell.desk, Note(trainee_id=found.id, at=at, kind="conversation", text="Puhuttiin"))
    periods.end(shell.desk, period.id, day=date(2026, 12, 10), reason="as_agreed")
    return found


@pytest.fixture
def page(qtbot: QtBot, shell: Shell, person: Trainee) -> TraineePage:
    found = TraineePage(shell)
    qtbot.addWidget(found)
    found.show()
    found.show_trainee(person.id)
    found.refresh()
    return found


def test_every_tab_says_what_of_it_reads(page: TraineePage) -> None:
    for tab in TABS[1:]:
        page.show_tab(tab.word)
        writers(tab.word, page.tabs[tab.word])  # each way to a button that stays is right
    assert {tab.word for tab in TABS} - {"overview", "log"} == set(READING)


def test_archived_page_offers_nothing_that_would_be_refused(
    page: TraineePage, shell: Shell, notices: Recorder, person: Trainee
) -> None:
    page.standing.archive.click()
    assert notices.questions == ["Archive Malla Mallinen?"]
    assert page.is_archived
    assert page.step.isHidden()
    assert not page.stepper.isEnabled()
    assert [what for what, action in page.overview.choices.items() if action.isVisible()] == [
        "requests",
        "handover",
    ]
    page.show_tab("notes")
    tab = page.tabs["notes"]
    page.tab_shown.refresh()
    tab.list.setCurrentIndex(tab.list.model().index(0, 0))
    assert not tab.write.isVisible()
    assert not tab.side.remove.isVisible()
    assert tab.side.copy.isVisible()
    page.new()
    assert notices.sentences == [
        "Malla Mallinen is archived: nothing is changed any more. A lead coach can reopen."
    ]


def test_editor_of_an_archived_trainees_plan_offers_no_writing_though_it_is_made_later(
    page: TraineePage, shell: Shell, person: Trainee
) -> None:
    version = plans.begin(shell.desk, person.id, "coaching_plan")
    page.standing.archive.click()
    page.show_tab("plan")
    tab = page.tabs["plan"]
    assert tab.made_editor is None
    tab.open_version(version.id)
    bar = tab.editor.bar
    assert bar.back.isVisible()
    assert bar.step.isHidden()
    assert bar.people.isHidden()


def test_words_of_an_archived_trainees_plan_are_only_read_and_written_again_when_it_is_reopened(
    page: TraineePage, shell: Shell, person: Trainee, qtbot: QtBot
) -> None:
    version = plans.begin(shell.desk, person.id, "coaching_plan")
    page.standing.archive.click()
    page.show_tab("plan")
    tab = page.tabs["plan"]
    tab.open_version(version.id)
    tab.editor.show_section("goals")
    tab.editor.pane.phrases.open()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, PhrasePicker) and w.isVisible()]
    qtbot.keyClicks(tab.editor.form.text, "abc")
    assert tab.editor.form.text.toPlainText() == ""
    assert drafts.all_of_coach(shell.desk) == ()
    archive.reopen(shell.desk, person.id, "Palasi")
    page.refresh()
    qtbot.keyClicks(tab.editor.form.text, "abc")
    assert tab.editor.form.text.toPlainText() == "abc"
    assert not tab.editor.pane.phrases.button.isHidden()


@pytest.mark.parametrize("tab", ["notes", "consents"])
def test_ctrl_enter_begins_nothing_of_an_archived_trainee(
    page: TraineePage, notices: Recorder, tab: str
) -> None:
    page.standing.archive.click()
    page.show_tab(tab)
    page.main_action()
    assert len(notices.sentences) == 1
    shown = page.tabs[tab]
    assert not (shown.in_form if tab == "consents" else shown.editor.isVisible())


def test_lead_coach_reopens_from_the_page_and_all_is_there_again(
    page: TraineePage, shell: Shell, person: Trainee
) -> None:
    archive.archive(shell.desk, person.id)
    page.refresh()
    page.show_tab("notes")
    page.standing.reopen.click()
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ReopenForm) and w.isVisible())
    form.try_to_keep()
    assert form.fields["why"].error
    form.why.setText("Palasi")
    form.try_to_keep()

    assert not page.is_archived
    assert page.tabs["notes"].write.isVisible()
    page.show_tab("overview")
    assert not page.step.isHidden()
    trainees.edit(shell.desk, replace(trainees.get(shell.desk, person.id), phone="1"))


def test_next_trainee_of_the_list_is_not_taken_for_archived(
    page: TraineePage, shell: Shell, person: Trainee
) -> None:
    other = trainees.register(shell.desk, Trainee(family_name="Toinen"))
    archive.archive(shell.desk, person.id)
    page.refresh()
    page.show_trainee(other.id)
    page.refresh()

    assert not page.is_archived
    assert not page.step.isHidden()
    assert page.stepper.isEnabled()


def test_coach_who_does_not_lead_is_offered_no_reopening(
    page: TraineePage, shell: Shell, person: Trainee, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coachdesk.services import rights

    monkeypatch.setattr(rights, "may", lambda _desk, _right: False)
    archive.archive(shell.desk, person.id)
    page.refresh()

    assert page.standing.ended.isVisible()
    assert not page.standing.reopen.isVisible()


def test_lists_of_an_archived_trainee_only_read(page: TraineePage, shell: Shell, person: Trainee) -> None:
    archive.archive(shell.desk, person.id)
    page.refresh()
    page.standing.periods.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PeriodsDialog) and w.isVisible())

    assert [button for button in (dialog.new, dialog.change, dialog.end) if button.isVisible()] == []
    assert dialog.close_.isVisible()
