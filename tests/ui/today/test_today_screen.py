from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Benefit
from coachdesk.services import appointments, attendance, drafts, periods, phases, trainees
from coachdesk.ui.today.attention import chip_words, line_words
from coachdesk.ui.today.screen import TodayScreen

TODAY, BEGAN = date(2026, 12, 15), date(2026, 9, 1)


@pytest.fixture
def join(desk, a_trainee):
    def join(name):
        person = a_trainee(name, "Malli")
        period = Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity", begins=BEGAN
        )
        agreed = [AgreedDay(period_id=0, weekday=2, starts_at=time(9), minutes=300, valid_from=BEGAN)]
        return periods.add(desk, period, agreed=agreed)

    return join


@pytest.fixture
def three(join):
    return [join(name) for name in ("Aho", "Björklund", "Ehrström")]


@pytest.fixture
def open_today(shell, qtbot):
    def open_today():
        screen = TodayScreen(shell)
        qtbot.addWidget(screen)
        screen.resize(1118, 586)
        screen.show()
        screen.refresh()
        return screen

    return open_today


def marks(desk):
    sheet = attendance.sheet(desk, TODAY)
    return {row.name.split(",")[0]: row.marks[TODAY].kind for row in sheet.rows if TODAY in row.marks}


def chosen(screen):
    return screen.table.row().name.split(",")[0]


def test_letter_marks_and_goes_on_to_the_next(desk, three, open_today):
    screen = open_today()

    QTest.keyClick(screen.table, Qt.Key.Key_L)
    QTest.keyClick(screen.table, Qt.Key.Key_S)

    assert marks(desk) == {"Aho": "present", "Björklund": "own_illness"}
    assert chosen(screen) == "Ehrström"


def test_letters_of_both_languages_and_digits_mark(desk, three, open_today):
    screen = open_today()

    for key in (Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_O):
        QTest.keyClick(screen.table, key)

    assert marks(desk) == {"Aho": "present", "Björklund": "present", "Ehrström": "unnotified"}


def test_shift_and_letter_mark_all_that_are_left(desk, three, open_today):
    screen = open_today()
    QTest.keyClick(screen.table, Qt.Key.Key_S)

    QTest.keyClick(screen.table, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)

    assert marks(desk) == {"Aho": "own_illness", "Björklund": "present", "Ehrström": "present"}


def test_caps_lock_does_no_harm(desk, three, open_today):
    screen = open_today()

    QTest.keyClick(screen.table, "L", Qt.KeyboardModifier.NoModifier)

    assert marks(desk) == {"Aho": "present"}


def test_backspace_takes_the_mark_away(desk, three, open_today):
    screen = open_today()
    QTest.keyClick(screen.table, Qt.Key.Key_L)
    screen.table.choose(0)

    QTest.keyClick(screen.table, Qt.Key.Key_Backspace)

    assert marks(desk) == {}


def test_marks_are_taken_back_and_made_again(desk, shell, three, open_today):
    screen = open_today()
    QTest.keyClick(screen.table, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)

    shell.undo.undo()
    assert marks(desk) == {}
    shell.undo.redo()
    assert len(marks(desk)) == 3


def test_counts_follow_the_marks(three, open_today, language):
    screen = open_today()

    QTest.keyClick(screen.table, Qt.Key.Key_L)
    QTest.keyClick(screen.table, Qt.Key.Key_S)

    assert screen.expected.title.text() == "Expected today 3"
    assert (screen.expected.present.text(), screen.expected.absent.text()) == ("1 present", "1 absent")
    assert screen.expected.unmarked.text() == "1 not marked"


def test_save_is_told_at_each_key(shell, three, open_today):
    saved = []
    shell.saved_at.connect(saved.append)
    screen = open_today()

    QTest.keyClick(screen.table, Qt.Key.Key_L)

    assert len(saved) == 1


def test_click_on_a_mark_marks(desk, three, open_today):
    screen = open_today()
    index = screen.table.rows.index(1, 4)
    at = screen.table._button(index, 0).center()

    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert marks(desk) == {"Björklund": "present"}


def test_other_kinds_are_offered_with_their_letters(three, open_today):
    from PySide6.QtWidgets import QMenu

    screen = open_today()
    QTest.keyClick(screen.table, ".")

    (menu,) = screen.findChildren(QMenu)
    assert any(action.text().startswith("Interview") or "\tH" in action.text() for action in menu.actions())
    menu.close()


def test_enter_opens_the_trainee(shell, three, open_today):
    screen = open_today()

    QTest.keyClick(screen.table, Qt.Key.Key_Return)

    assert shell.gone[-1].trainee_id == three[0].trainee_id


def test_attention_opens_where_it_can_be_settled(desk, shell, three, open_today):
    phases.set_next_step(desk, three[0].trainee_id, "Väliarviointi", due=date(2026, 12, 11))
    screen = open_today()
    one = screen.attention.rows.rows[0]

    screen.attention.setCurrentIndex(screen.attention.rows.index(0, 0))
    QTest.keyClick(screen.attention, Qt.Key.Key_Return)

    assert (chip_words(one), line_words(one)) == (
        "Late 4 d",
        "Agreed for 11\N{NO-BREAK SPACE}Dec: Väliarviointi",
    )
    assert (shell.gone[-1].trainee_id, shell.gone[-1].tab) == (three[0].trainee_id, "overview")


def test_reports_that_are_due_open_where_they_are_made(desk, shell, three, open_today, clock, qtbot):
    trainees.add_benefit(
        desk,
        Benefit(trainee_id=three[0].trainee_id, benefit="general_support", payer="kela", begins=BEGAN),
    )
    screen = open_today()
    qtbot.waitUntil(lambda: screen.attention.rows.rowCount() == 1)

    screen.attention.opened.emit(screen.attention.rows.rows[0])

    assert (shell.gone[-1].place, shell.gone[-1].hint) == ("attendance", "reports")


def test_appointment_opens_on_its_person_s_page(desk, shell, three, open_today, clock):
    who = three[2].trainee_id
    kept = appointments.add(
        desk, Appointment(trainee_id=who, at=clock.now().replace(hour=13), kind="coaching")
    )
    screen = open_today()

    screen.next.lines[0].button.click()

    assert (shell.gone[-1].trainee_id, shell.gone[-1].hint) == (who, {"appointment": kept})


def test_appointment_that_is_over_asks_how_it_went(desk, shell, three, open_today, clock, qtbot):
    who = three[2].trainee_id
    at = clock.now().replace(hour=8, minute=0)
    kept = appointments.add(desk, Appointment(trainee_id=who, at=at, minutes=30, kind="coaching"))
    screen = open_today()
    qtbot.waitUntil(lambda: screen.attention.rows.rowCount() == 1)
    (one,) = screen.attention.rows.rows

    assert chip_words(one) == "Today"
    assert line_words(one).startswith("How did it go: ")
    screen.attention.opened.emit(one)
    assert shell.gone[-1].hint == {"appointment": kept}


def test_unfinished_note_is_gone_on_with(desk, shell, three, open_today):
    drafts.keep(desk, "note", f"trainee:{three[1].trainee_id}", "Kesken")
    screen = open_today()

    assert screen.drafts.isVisible()
    screen.drafts.button.click()

    assert (shell.gone[-1].trainee_id, shell.gone[-1].tab) == (three[1].trainee_id, "notes")


def test_empty_day_says_so(open_today):
    screen = open_today()

    assert not screen.table.isVisible()
    assert screen.expected.nobody.isVisible()
    assert screen.calm.isVisible()


def test_desk_without_anybody_says_how_to_begin(shell, open_today):
    screen = open_today()
    assert screen.expected.nobody.button.isVisible()

    screen.expected.nobody.button.click()

    assert (shell.gone[-1].place, shell.gone[-1].hint) == ("trainees", "new")


def test_day_without_anybody_offers_nothing_where_there_are_trainees(a_trainee, open_today):
    a_trainee()
    assert not open_today().expected.nobody.button.isVisible()


def test_quiet_screen_hides_the_reason(desk, shell, three, open_today):
    from coachdesk.settings import Settings

    screen = open_today()
    QTest.keyClick(screen.table, Qt.Key.Key_S)
    plain = screen.table.grab().toImage()

    shell.settings = Settings(theme="light", quiet_grid=True)
    screen.table.viewport().update()

    assert screen.table.grab().toImage() != plain


def test_words_follow_the_language(three, open_today, speak):
    screen = open_today()

    speak("sv")
    assert screen.expected.title.text() == "Väntas i dag 3"
    assert screen.title() == "Tisdag 15 december"
    speak("fi")
    assert screen.expected.title.text() == "Tänään tulossa 3"


def test_each_row_is_spoken_whole(three, open_today):
    screen = open_today()
    role = Qt.ItemDataRole.AccessibleTextRole

    QTest.keyClick(screen.table, Qt.Key.Key_L)

    assert screen.table.rows.index(0, 4).data(role) == "present 5 h"
    assert screen.table.rows.index(1, 4).data(role) == "not marked"
