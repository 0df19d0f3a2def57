"""The trainee's page: phases, next step, tabs, the code behind dots, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.clock import HELSINKI
from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Trainee
from coachdesk.services import notes, phases, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.next_step import NextStepForm
from coachdesk.ui.trainees.page import TABS, TraineePage
from coachdesk.ui.trainees.phase_form import PhaseForm

CODE = "241278-9553"


@pytest.fixture
def person(desk: Desk) -> Trainee:
    return trainees.register(
        desk,
        Trainee(
            family_name="Mäkelä",
            given_names="Säde",
            personal_identity_code=CODE,
            street_address="Mallikatu 1",
            municipality="905",
            mother_tongue="fi",
            goal="Haluan töihin ulos.",
            first_contact=date(2026, 6, 20),
        ),
    )


@pytest.fixture
def page(qtbot: QtBot, shell: Shell, person: Trainee) -> TraineePage:
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.resize(1118, 586)
    page.show_trainee(person.id)
    page.refresh()
    page.show()
    return page


def words(widget: TraineePage) -> str:
    """All that is seen, spoken or told by a tool tip on a page and in the head beside its name."""
    parts = [widget, *([beside] if (beside := widget.beside_title()) is not None else [])]
    seen = [found for part in parts for found in part.findChildren(QWidget) if found.isVisibleTo(part)]
    said = [found.text() for found in seen if isinstance(found, QLabel)]
    named = [f"{found.toolTip()} {found.accessibleName()} {found.accessibleDescription()}" for found in seen]
    return " ".join(said + named)


def acts(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return list(unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq").scalars())


def test_page_names_the_person_and_logs_one_line(page: TraineePage, desk: Desk) -> None:
    assert page.title() == "Säde Mäkelä"
    assert page.subtitle() == "47 y · Vaasa · Finnish"
    assert acts(desk).count("trainee.open") == 1
    assert "Haluan töihin ulos." in page.overview.facts.accessibleDescription()


def test_code_is_dots_everywhere_until_it_is_asked_for(page: TraineePage, desk: Desk) -> None:
    assert CODE not in words(page) and MASKED in words(page)
    page.code.eye.click()
    assert page.code.chip.text() == CODE
    assert page.code.hiding.interval() == 15_000 and page.code.hiding.isActive()
    assert acts(desk).count("trainee.show_code") == 1
    page.code.hiding.timeout.emit()
    assert CODE not in words(page)


def test_code_is_hidden_when_the_page_is_left(page: TraineePage) -> None:
    page.code.eye.click()
    page.leave()
    assert CODE not in words(page)


def test_protected_address_is_not_on_the_page(page: TraineePage, desk: Desk, person: Trainee) -> None:
    trainees.edit(desk, replace(person, non_disclosure=True))
    page.refresh()
    assert "Mallikatu" not in words(page)
    assert "Non-disclosure" in words(page)
    assert trainees.page(desk, person.id).trainee.street_address == ""


def test_missing_plan_is_told_with_the_day_it_was_due(page: TraineePage) -> None:
    assert page.sheet.plan_due == date(2026, 9, 20)
    plan = next(line for line in page.overview.facts.lines if line.caption == "Plan")
    assert plan.text.startswith("none yet, it was due on 20") and plan.bold


def test_phase_is_opened_by_arrows_and_enter(qtbot: QtBot, page: TraineePage, desk: Desk) -> None:
    page.stepper.blocks[1].setFocus()
    asked = []
    page.stepper.asked.connect(asked.append)
    qtbot.keyClick(page.stepper.blocks[1], Qt.Key.Key_Right)
    assert page.stepper.blocks[2].focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert page.stepper.blocks[1].focusPolicy() == Qt.FocusPolicy.ClickFocus
    page.stepper.blocks[2].setFocus()
    qtbot.keyClick(page.stepper.blocks[2], Qt.Key.Key_Return)
    assert asked[-1] == 2
    form = page.window().findChild(PhaseForm)
    form.day.setText("1.12.")
    form.try_to_keep()
    assert phases.states(desk, page.trainee_id)[1].days == 14
    assert page.stepper.blocks[2].accessibleName() == "Phase 2 Vocational profile, open 14 days"


def test_opening_a_phase_is_taken_back_by_undo(page: TraineePage, shell: Shell, desk: Desk) -> None:
    page.ask_phase(3)
    page.window().findChild(PhaseForm).try_to_keep()
    assert phases.openings(desk, page.trainee_id)
    shell.undo.undo()
    assert phases.openings(desk, page.trainee_id) == ()
    assert "not started" in page.stepper.blocks[3].accessibleName()


def test_a_phase_entered_again_asks_for_the_reason_at_its_field(page: TraineePage, desk: Desk) -> None:
    first = phases.open_phase(desk, page.trainee_id, 2, opened=date(2026, 10, 1))
    phases.close_phase(desk, first.id, closed=date(2026, 11, 1))
    page.refresh()
    page.ask_phase(2)
    form = page.window().findChild(PhaseForm)
    form.try_to_keep()
    assert form.fields["reason"].error == "State a reason."
    assert len(phases.openings(desk, page.trainee_id)) == 1
    form.reason.setText("Työ päättyi")
    form.try_to_keep()
    assert [one.reason for one in phases.openings(desk, page.trainee_id)] == ["", "Työ päättyi"]


def test_norm_exceeded_is_said_in_words(page: TraineePage, desk: Desk) -> None:
    phases.open_phase(desk, page.trainee_id, 3, opened=date(2026, 8, 4))
    phases.set_norm(desk, 3, 90, valid_from=date(2026, 1, 1))
    page.refresh()
    assert page.stepper.blocks[3].accessibleName() == "Phase 3 Job finding, open 133 days, norm 90 exceeded"
    assert "open 133 days" in page.timeline.accessibleDescription()


def test_day_to_come_is_refused_at_the_field(page: TraineePage, desk: Desk) -> None:
    page.ask_phase(1)
    form = page.window().findChild(PhaseForm)
    form.day.setText("1.1.2027")
    form.try_to_keep()
    assert "still to come" in form.fields["opened"].error
    assert phases.openings(desk, page.trainee_id) == ()


def test_next_step_is_done_and_the_next_one_asked_for(page: TraineePage, shell: Shell, desk: Desk) -> None:
    phases.set_next_step(desk, page.trainee_id, "Tutustumiskäynti", due=date(2026, 12, 17))
    page.refresh()
    page.main_action()
    assert phases.next_step(desk, page.trainee_id) is None
    form = page.window().findChild(NextStepForm)
    form.text.setText("Soita puutarhalle")
    form.due.setText("to")
    form.try_to_keep()
    step = phases.next_step(desk, page.trainee_id)
    assert (step.text, step.due) == ("Soita puutarhalle", date(2026, 12, 17))
    assert "Soita puutarhalle" in page.step.words.accessibleDescription()


def test_next_step_moved_is_moved_back_by_undo(page: TraineePage, shell: Shell, desk: Desk) -> None:
    phases.set_next_step(desk, page.trainee_id, "Soitto", due=date(2026, 12, 17))
    page.refresh()
    page.step.postpone.click()
    form = page.window().findChild(NextStepForm)
    form.due.setText("21.12")
    form.try_to_keep()
    assert phases.next_step(desk, page.trainee_id).due == date(2026, 12, 21)
    shell.undo.undo()
    assert phases.next_step(desk, page.trainee_id).due == date(2026, 12, 17)
    shell.undo.redo()
    assert phases.next_step(desk, page.trainee_id).due == date(2026, 12, 21)


def test_tabs_keep_their_numbers_where_one_between_is_not_built() -> None:
    assert [(tab.word, tab.number) for tab in TABS] == [
        ("overview", 1),
        ("notes", 2),
        ("plan", 3),
        ("attendance", 4),
        ("consents", 6),
        ("assessments", 7),
        ("files", 8),
        ("log", 9),
    ]


def test_person_opens_on_the_tab_used_last(page: TraineePage, desk: Desk) -> None:
    other = trainees.register(desk, Trainee(family_name="Åberg", given_names="Åke"))
    first = page.trainee_id
    page.show_tab("notes")
    assert not page.above.isVisible()
    page.show_trainee(other.id)
    page.refresh()
    assert page.tab == "overview" and page.above.isVisible()
    page.show_trainee(first)
    assert page.tab == "notes"


def test_next_trainee_of_the_list_is_a_key_away(page: TraineePage, shell: Shell) -> None:
    page.arrive({"beside": (page.trainee_id, 77)})
    page._step_trainee(1)
    assert shell.gone[-1].trainee_id == 77


def test_overview_shows_what_happened_last_and_leads_to_it(page: TraineePage, desk: Desk) -> None:
    kept = notes.add(
        desk,
        Note(
            trainee_id=page.trainee_id,
            at=datetime(2026, 12, 14, 13, 5, tzinfo=HELSINKI),
            minutes=12,
            kind="phone_call",
            text="Sovittiin tutustumisesta.",
        ),
    )
    page.refresh()
    model = page.overview.list.notes
    assert "Phone call, 12 min" in model.data(model.index(0))
    page.overview.list.asked.emit(0)
    assert page.tab == "notes"
    assert page.tab_shown.chosen.note.id == kept.id


def test_every_word_of_the_page_follows_the_language(
    page: TraineePage, desk: Desk, speak: Callable[..., None]
) -> None:
    phases.open_phase(desk, page.trainee_id, 2, opened=date(2026, 12, 1))
    page.refresh()
    speak("fi", page)
    assert page.bar.tabText(0) == "Yleiskuva"
    assert page.stepper.blocks[2].text() == "Ammatillinen profilointi"
    assert page.overview.goal.heading.text() == "Tavoite ja jakso"
    speak("sv", page)
    assert page.bar.tabText(0) == "Översikt"
    assert page.stepper.blocks[2].text() == "Yrkesprofil"
    assert page.overview.contact.heading.text() == "Kontakt"
