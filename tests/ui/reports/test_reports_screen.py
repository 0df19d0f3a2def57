import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.phases import Coaching
from coachdesk.domain.trainee import Feedback, Trainee
from coachdesk.services import imports, plans_by_others
from coachdesk.services.desk import Desk
from coachdesk.settings import resource_folder
from coachdesk.store import phases
from coachdesk.store import trainees as kept
from coachdesk.ui.notices import Recorder
from coachdesk.ui.reports.charts import DotPlot
from coachdesk.ui.reports.periods import span
from coachdesk.ui.reports.screen import ReportsScreen
from coachdesk.ui.shell import Shell
from tests.printing import reading

TODAY = date(2026, 12, 15)


@pytest.fixture
def people(desk: Desk, a_trainee: Callable[..., Trainee]) -> list[int]:
    found = [
        a_trainee("Aho", "Aila", mother_tongue="fi", first_contact=date(2025, 2, 1)).id,
        a_trainee("Berg", "Bo", mother_tongue="sr", first_contact=date(2026, 3, 1)).id,
        a_trainee("Cederberg", "Cia", mother_tongue="sv", first_contact=date(2026, 5, 1)).id,
    ]
    with desk.writing() as unit:
        begins, ends = date(2025, 3, 1), date(2025, 9, 1)
        work = Coaching(trainee_id=found[0], begins=begins, ends=ends, outcome="employed")
        phases.COACHING.add(unit, work)
        stopped = Coaching(trainee_id=found[2], begins=begins, ends=ends, outcome="interrupted_health")
        phases.COACHING.add(unit, stopped)
        phases.COACHING.add(unit, Coaching(trainee_id=found[1], begins=date(2026, 4, 1)))
        kept.FEEDBACK.add(unit, Feedback(trainee_id=found[0], grade=9, on_day=date(2025, 9, 1)))
        unit.commit()
    plans_by_others.record_others_plan(desk, found[1], kind="client_plan", maker="HVA", made=date(2026, 6, 2))
    plans_by_others.record_others_plan(desk, found[2], kind="client_plan", maker="HVA", made=date(2026, 6, 2))
    return found


@pytest.fixture
def screen(qtbot: QtBot, shell: Shell) -> ReportsScreen:
    found = ReportsScreen(shell)
    qtbot.addWidget(found)
    found.resize(1158, 598)
    found.show()
    found.refresh()
    return found


def test_an_empty_desk_says_so_instead_of_zeros(screen: ReportsScreen) -> None:
    assert screen.stack.currentWidget() is screen.empty


def test_numbers_cards_bars_and_table_say_the_same(people: list[int], screen: ReportsScreen) -> None:
    lines = {line.words: line.number for line in screen.model.rows}

    assert screen.people.number.text() == lines["People"] == "3"
    assert [(bar.words, bar.count) for bar in screen.bars.bars] == [
        ("Employed", 1),
        ("Interrupted before the end", 1),
        ("Open", 1),
    ]
    assert lines["First plan later than three months"] == "1"
    assert screen.satisfaction.number.text() == "9"


def test_each_figure_says_in_its_own_sentence_how_it_is_counted(
    people: list[int], screen: ReportsScreen
) -> None:
    told = {line.words: line.counted for line in screen.model.rows}
    assert told["Open"] == "On the last day: job coaching goes on."
    assert len(set(told.values())) >= 8
    assert all(
        said.startswith(("During the period", "On the last day", "Of these")) for said in told.values()
    )
    assert screen.waiting.toolTip() == told["Days to the first plan, median"]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_figures_are_printed_without_numbers_under_five_and_the_print_is_logged(
    people: list[int], screen: ReportsScreen, desk: Desk, speak: Callable[..., None], language: str
) -> None:
    speak(language, screen)
    shown: list[Any] = []
    screen.show_paper = shown.append  # type: ignore[method-assign]
    screen.paper.click()

    (printed,) = shown
    text = reading.text(printed.pdf)
    assert ("alle 5" if language == "fi" else "under 5") in text
    assert ("liian vähän" if language == "fi" else "för få") in text
    assert "Aho" not in text
    assert printed.file_name.startswith("tunnusluvut" if language == "fi" else "nyckeltal")
    with desk.reading() as unit:
        last = unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq DESC LIMIT 1").scalar()
    assert last == "figures.print"


def test_enter_on_a_bar_shows_who_and_enter_there_opens_the_person(
    qtbot: QtBot, people: list[int], screen: ReportsScreen, shell: Shell
) -> None:
    screen.bars.setFocus()
    qtbot.keyClick(screen.bars, Qt.Key.Key_Down)
    qtbot.keyClick(screen.bars, Qt.Key.Key_Return)
    dialog = screen.dialog

    assert [row.name for row in dialog.model.rows] == ["Cederberg, Cia"]
    assert dialog.windowTitle() == "Interrupted before the end"
    dialog.open_button.click()
    assert shell.gone[-1].trainee_id == people[2]


def test_enter_on_a_column_of_dots_shows_who_waited_so_long(
    qtbot: QtBot, people: list[int], screen: ReportsScreen
) -> None:
    assert screen.dots.columns() == {3: [False], 9: [True]}
    qtbot.keyClick(screen.dots, Qt.Key.Key_Right)
    qtbot.keyClick(screen.dots, Qt.Key.Key_Return)

    assert [(row.name, row.late) for row in screen.dialog.model.rows] == [("Berg, Bo", True)]
    assert "later" in str(screen.dialog.model.index(0, 4).data())


def test_a_card_opens_its_rows(qtbot: QtBot, people: list[int], screen: ReportsScreen) -> None:
    qtbot.keyClick(screen.satisfaction, Qt.Key.Key_Return)

    assert [row.grade for row in screen.dialog.model.rows] == [9]


def test_a_year_counts_that_year(people: list[int], screen: ReportsScreen) -> None:
    screen.period.choose("last_year")
    screen.period.chosen.emit("last_year")

    assert screen.people.number.text() == "2"
    assert screen.shown.text() == "1 Jan 2025–31 Dec 2025".replace(" ", "\xa0")


def test_two_own_days_are_asked_for_and_judged(
    qtbot: QtBot, people: list[int], screen: ReportsScreen, notices
) -> None:
    screen.period.choose("own")
    screen.period.chosen.emit("own")
    assert screen.begins.isVisible()
    screen.begins.setText("1.1.2025")
    screen.ends.setText("31.1.2025")
    screen.refresh()
    assert screen.stack.currentWidget() is screen.empty
    screen.ends.setText("31.2.2025")
    screen.refresh()

    assert "31.2.2025" in notices.sentences[-1]


@pytest.mark.parametrize(
    ("key", "today", "expected"),
    [
        ("year", TODAY, (date(2026, 1, 1), TODAY)),
        ("last_year", TODAY, (date(2025, 1, 1), date(2025, 12, 31))),
        ("april", TODAY, (date(2026, 1, 1), date(2026, 4, 30))),
        ("april", date(2026, 3, 1), (date(2025, 1, 1), date(2025, 4, 30))),
        ("august", TODAY, (date(2026, 1, 1), date(2026, 8, 31))),
        ("all", TODAY, (None, None)),
    ],
)
def test_reporting_points_are_those_already_reached(key: str, today: date, expected: tuple) -> None:
    found = span(key, today)

    assert (found.begins, found.ends) == expected


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_changes_with_language(
    people: list[int], screen: ReportsScreen, speak: Callable[..., None], language: str
) -> None:
    before = {line.words for line in screen.model.rows} | {screen.bars_card.heading.text()}
    speak(language, screen)
    after = {line.words for line in screen.model.rows} | {screen.bars_card.heading.text()}

    assert not before & after


def test_charts_are_told_to_readers_in_a_sentence(people: list[int], screen: ReportsScreen) -> None:
    assert screen.dots.accessibleDescription() == "2 plans, 1 late"
    assert screen.bars.accessibleDescription() == "Employed 1; Interrupted before the end 1; Open 1"


def test_words_of_the_goal_are_never_under_a_square(qtbot: QtBot) -> None:
    plot = DotPlot()
    qtbot.addWidget(plot)
    plot.resize(560, 180)
    plot.show_days([(95, True)] * 30 + [(110, True)] * 12, "yli kolme kuukautta", "{days} päivää")
    room = plot._goal_room()
    with_squares = plot.grab().toImage()
    plot.show_days([(149, True)], "yli kolme kuukautta", "{days} päivää")
    assert with_squares.copy(room) == plot.grab().toImage().copy(room)


def test_figures_are_copied_as_a_table_without_counts_under_five(
    people: list[int], screen: ReportsScreen, notices: Recorder
) -> None:
    screen.copy.click()

    head, titles, *rows = QGuiApplication.clipboard().text().splitlines()
    told = {row.split("\t")[0]: row.split("\t")[1] for row in rows}
    assert (head, titles) == ("Figures", "Figure\tCount\tHow it is counted")
    assert told["People"] == "under 5"
    assert told["Satisfaction, mean of grades 4–10"] == "too few"
    assert len(rows) == len(screen.model.rows)
    assert "Aho" not in QGuiApplication.clipboard().text()
    assert notices.told


def test_pilot_s_totals_stand_on_the_screen(qtbot: QtBot, shell: Shell, desk: Desk) -> None:
    demo = resource_folder() / "demo"
    imports.carry_out(desk, imports.preview(desk, demo / "vaasa-pilot.csv"))
    expected = json.loads((demo / "vaasa-pilot-totals.json").read_text("utf-8"))
    found = ReportsScreen(shell)
    qtbot.addWidget(found)
    found.refresh()
    numbers = {line.words: line.number for line in found.model.rows}

    assert numbers["People"] == str(expected["people"])
    assert numbers["In job coaching"] == str(expected["coached"])
    assert numbers["Mother tongue neither Finnish nor Swedish"] == str(
        expected["mother_tongue_neither_fi_nor_sv"]
    )
    assert numbers["First plan later than three months"] == str(expected["plans_later_than_3_months"])
    assert numbers["People with a first plan"] == str(expected["plans_made"])
    assert numbers["Satisfaction, mean of grades 4–10"] == str(expected["satisfaction_mean"])
    assert numbers["Satisfaction, answers"] == str(expected["satisfaction_answers"])
    assert [bar.count for bar in found.bars.bars] == list(expected["coached_outcomes"].values())
