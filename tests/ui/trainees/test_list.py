"""The list of trainees: find as you type, choose, filter, look, open."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.domain.phases import Coaching
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import ReasonNeeded
from coachdesk.i18n import N_
from coachdesk.services import coaching, phases, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.columns import CONSENT, NAME, consent_state
from coachdesk.ui.trainees.screen import TraineesScreen

PEOPLE = ("Ehrström, Jörgen", "Lindström, Göran", "Mäkelä, Säde", "Strom, Eva", "Åberg, Åke")


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    found = {}
    for name in PEOPLE:
        family, given = name.split(", ")
        code = "241278-9553" if family == "Mäkelä" else ""
        person = Trainee(family_name=family, given_names=given, personal_identity_code=code)
        found[name] = trainees.register(desk, person).id
    return found


@pytest.fixture
def screen(qtbot: QtBot, shell: Shell, people: dict[str, int]) -> TraineesScreen:
    screen = TraineesScreen(shell)
    qtbot.addWidget(screen)
    screen.resize(1118, 580)
    screen.show()
    screen.refresh()
    return screen


def names(screen: TraineesScreen) -> list[str]:
    return [screen.model.data(screen.model.index(at, NAME)) for at in range(screen.model.rowCount())]


def acts(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return list(unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq").scalars())


def test_everybody_stands_in_the_order_of_both_languages(screen: TraineesScreen) -> None:
    assert names(screen) == list(PEOPLE)
    assert screen.subtitle() == "5 active"


def test_opening_the_list_is_one_line_in_the_log(screen: TraineesScreen, desk: Desk) -> None:
    assert acts(desk).count("trainee.list") == 1
    screen.search.setText("str")
    assert acts(desk).count("trainee.list") == 1


def test_typing_finds_with_and_without_dots_word_starts_first(qtbot: QtBot, screen: TraineesScreen) -> None:
    qtbot.keyClicks(screen.search, "strom")
    assert names(screen) == ["Strom, Eva", "Ehrström, Jörgen", "Lindström, Göran"]
    screen.search.setText("ström")
    assert names(screen) == ["Ehrström, Jörgen", "Lindström, Göran"]


def test_code_finds_its_person_and_is_nowhere_on_the_screen(screen: TraineesScreen) -> None:
    screen.search.setText("9553")
    assert names(screen) == ["Mäkelä, Säde"]
    screen.preview.resting.timeout.emit()
    for label in screen.preview.rows.values():
        assert "9553" not in label[1].text()


def test_arrows_choose_without_leaving_the_search_and_enter_opens(
    qtbot: QtBot, screen: TraineesScreen, shell: Shell, people: dict[str, int]
) -> None:
    qtbot.keyClicks(screen.search, "str")
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert shell.gone[-1].trainee_id == people["Ehrström, Jörgen"]
    assert shell.gone[-1].hint["beside"][0] == people["Strom, Eva"]


def test_escape_empties_the_search(qtbot: QtBot, screen: TraineesScreen) -> None:
    screen.search.setText("åb")
    qtbot.keyClick(screen.search, Qt.Key.Key_Escape)
    assert screen.search.text() == "" and len(names(screen)) == 5


def test_look_is_logged_only_when_the_card_has_stood(screen: TraineesScreen, desk: Desk) -> None:
    screen.preview.resting.timeout.emit()
    assert screen.preview.name.text() == "Jörgen Ehrström"
    assert "trainee.preview" not in acts(desk)
    assert screen.preview.standing.isActive()
    screen.preview.standing.timeout.emit()
    assert acts(desk).count("trainee.preview") == 1
    screen.table.selectRow(1)
    assert not screen.preview.standing.isActive()


def test_what_the_card_has_read_waits_for_the_page(screen: TraineesScreen, shell: Shell) -> None:
    screen.preview.resting.timeout.emit()
    assert screen.chosen_id is not None
    waiting = shell.ahead.take(screen.chosen_id)
    assert waiting is not None and waiting.page.trainee.spoken_name == "Jörgen Ehrström"


def test_card_is_never_an_empty_box(screen: TraineesScreen) -> None:
    """What the list knows stands there at once; somebody else's words never stand under a name."""
    card = screen.preview
    assert card.name.text() == "Jörgen Ehrström" and card.open.isVisible() and card.note.isVisible()
    card.resting.timeout.emit()
    assert card.rows["period"][1].text() == "–"
    screen.table.selectRow(1)
    assert card.name.text() == "Göran Lindström"
    assert not card.rows["period"][1].text().strip() and not card.about.text().strip()
    assert all(words.isVisible() for pair in card.rows.values() for words in pair)


def test_card_tells_at_once_what_the_list_knows(
    screen: TraineesScreen, desk: Desk, people: dict[str, int]
) -> None:
    who = people["Mäkelä, Säde"]
    phases.open_phase(desk, who, 2)
    phases.set_next_step(desk, who, "Soita Kelaan", due=date(2026, 12, 14))
    screen.refresh()
    card = screen.preview
    card.resting.timeout.emit()
    screen.table.selectRow(list(people).index("Mäkelä, Säde"))
    unread = {key: pair[1].text() for key, pair in card.rows.items()}
    step = card.step.text
    card.resting.timeout.emit()

    assert unread["code"] == card.rows["code"][1].text()
    assert unread["phases"] == card.rows["phases"][1].text() != "–"
    assert "Soita Kelaan" in step and step == card.step.text


def test_card_of_another_coachs_trainee_says_that_a_reason_comes_first(screen: TraineesScreen) -> None:
    card = screen.preview
    card._refused(ReasonNeeded(N_("This is another coach's trainee. Say why you open it.")))
    assert card.name.text() == "Jörgen Ehrström" and "reason" in card.about.text()
    assert not any(words.isVisible() for pair in card.rows.values() for words in pair)
    screen.table.selectRow(1)
    assert not card.about.text().strip()


def test_ended_people_are_shown_when_asked_for(
    screen: TraineesScreen, desk: Desk, people: dict[str, int]
) -> None:
    begun = coaching.begin(desk, Coaching(trainee_id=people["Åberg, Åke"], begins=date(2026, 1, 1)))
    coaching.end(desk, begun.id, ends=date(2026, 11, 30), outcome="employed")
    screen.refresh()
    assert "Åberg, Åke" not in names(screen)
    screen.search.setText("åberg")
    assert names(screen) == [] and screen.none.isVisible()
    screen.none.asked.emit()
    assert names(screen) == ["Åberg, Åke"]
    assert consent_state(screen.model.rows[0], date(2026, 12, 15))[0] == "Ended"


def test_phase_filter_keeps_those_in_that_phase(
    screen: TraineesScreen, desk: Desk, people: dict[str, int]
) -> None:
    phases.open_phase(desk, people["Mäkelä, Säde"], 3, opened=date(2026, 8, 4))
    phases.set_norm(desk, 3, 90, valid_from=date(2026, 1, 1))
    screen.refresh()
    screen.phase.choose("3")
    screen.filter()
    assert names(screen) == ["Mäkelä, Säde"]
    row = screen.model.rows[0]
    assert (row.phases, row.days, row.over) == ("nnonn", 133, True)


def test_sorting_by_consent_puts_the_missing_first(screen: TraineesScreen) -> None:
    screen.table.sortByColumn(CONSENT, Qt.SortOrder.AscendingOrder)
    assert names(screen) == list(PEOPLE)
    assert screen.model.data(screen.model.index(0, CONSENT)) == "Missing"


def test_new_note_goes_to_the_person_chosen(screen: TraineesScreen, shell: Shell) -> None:
    screen.new()
    assert (shell.gone[-1].tab, shell.gone[-1].hint) == ("notes", {"new_note": True})


def test_every_word_follows_the_language(screen: TraineesScreen, speak: Callable[..., None]) -> None:
    speak("sv", screen)
    assert screen.title() == "Deltagare" and screen.add.text() == "Ny deltagare"
    assert screen.phase.itemText(0) == "Alla faser"
    assert screen.model.headerData(0, Qt.Orientation.Horizontal) == "Namn"


def test_model_behaves(screen: TraineesScreen, qtmodeltester: object) -> None:
    qtmodeltester.check(screen.model)  # type: ignore[attr-defined]
