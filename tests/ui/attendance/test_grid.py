"""The grid by itself and on its screen: each key of the keyboard map, what is seen and what is said."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.period import Period
from coachdesk.errors import DiskFull
from coachdesk.i18n import N_
from coachdesk.services import attendance, drafts, periods
from coachdesk.services.desk import Desk
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.board import LIMIT, RED, SWAP, UNSAVED
from coachdesk.ui.attendance.day_panel import DayPanel
from coachdesk.ui.attendance.grid_menu import grid_menu
from coachdesk.ui.attendance.reason_list import ReasonList
from coachdesk.ui.attendance.screen import AttendanceScreen
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell

TODAY = date(2026, 12, 15)
Key, Held = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, NONE = Held.ControlModifier, Held.ShiftModifier, Held.NoModifier


def press(screen: AttendanceScreen, *keys: Key | str, held: Held = NONE) -> None:
    for key in keys:
        key = Key(ord(key)) if isinstance(key, str) else key
        QTest.keyClick(screen.view, key, held)


def mark_of(desk: Desk, period: Period, day: date = TODAY) -> AttendedDay | None:
    rows = attendance.sheet(desk, day).rows
    return next(row for row in rows if row.period_id == period.id).marks.get(day)


def kind_of(desk: Desk, period: Period, day: date = TODAY) -> str:
    mark = mark_of(desk, period, day)
    return mark.kind if mark else ""


def face(screen: AttendanceScreen, place: tuple[int, int]):  # type: ignore[no-untyped-def]
    return screen.pane.board.face(place)


def test_the_focus_starts_at_todays_first_unmarked(screen: AttendanceScreen) -> None:
    assert screen.first_focus() is screen.view
    assert screen.view.here == (0, 14)


def test_a_letter_marks_and_goes_to_the_next_planned_person(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, "L", "S", "7")
    assert [kind_of(desk, one) for one in people] == ["present", "", "own_illness", "unnotified"]
    assert screen.view.here == (3, 14)


@pytest.mark.parametrize(("keys", "kind"), [
    ("LN1", "present"), ("SS2", "own_illness"), ("PB3", "childs_illness"), ("HJ4", "interview"),
    ("TF5", "public_duty"), ("MA6", "other"), ("IO7", "unnotified"), ("ED8", "remote"),
    ("VU9", "agreed_off"), ("000", "not_arranged"),
])  # fmt: skip
def test_the_letters_of_both_languages_and_the_digits_mean_the_same(
    screen: AttendanceScreen, desk: Desk, people: list[Period], keys: str, kind: str
) -> None:
    for key in keys:
        screen.view.go_to((0, 14))
        press(screen, Key.Key_Delete)
        press(screen, key)
        _close_lists()
        assert kind_of(desk, people[0]) == kind


def test_caps_lock_does_no_harm(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    """A capital without Shift held marks one person; a small letter with it all."""
    QTest.keyClick(screen.view, "L")
    assert [kind_of(desk, one) for one in people].count("present") == 1
    press(screen, "I", held=SHIFT)
    assert [kind_of(desk, one) for one in people] == ["present", "", "unnotified", "unnotified"]


def test_by_person_a_letter_goes_on_to_the_next_planned_day(screen: AttendanceScreen) -> None:
    press(screen, "D", held=CTRL)
    screen.view.go_to((0, 0))
    press(screen, "L")
    assert screen.view.here == (0, 1)
    assert screen.direction.chosen == "person"


def test_space_repeats_and_backspace_clears(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, "H", Key.Key_Space)
    assert kind_of(desk, people[2]) == "interview"
    screen.view.go_to((2, 14))
    press(screen, Key.Key_Backspace)
    assert kind_of(desk, people[2]) == ""


def test_several_chosen_are_marked_by_one_letter(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, held=SHIFT)
    press(screen, "L")
    assert [kind_of(desk, one) for one in people] == ["present", "present", "present", ""]


def test_space_fills_down_what_is_chosen(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    press(screen, "J", Key.Key_Up, Key.Key_Up)
    assert screen.view.here == (0, 14)
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down, held=SHIFT)
    press(screen, Key.Key_Space)
    assert [kind_of(desk, one) for one in people] == ["interview"] * 4


def test_plus_and_minus_change_the_hours_by_half(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, "L")
    screen.view.go_to((0, 14))
    press(screen, Key.Key_Minus, Key.Key_Minus, Key.Key_Minus, Key.Key_Plus)
    mark = mark_of(desk, people[0])
    assert mark is not None
    assert mark.minutes == 240


def test_arrows_home_and_end_stay_among_the_days(screen: AttendanceScreen) -> None:
    press(screen, Key.Key_End)
    assert screen.view.here == (0, 30)
    press(screen, Key.Key_Right)
    assert screen.view.here == (0, 30)
    press(screen, Key.Key_Home)
    assert screen.view.here == (0, 0)
    press(screen, Key.Key_Home, held=CTRL)
    assert screen.view.here == (0, 14)


def test_a_day_to_come_takes_only_what_is_agreed_beforehand(
    screen: AttendanceScreen, desk: Desk, people: list[Period], notices: Recorder
) -> None:
    screen.view.go_to((0, 15))
    press(screen, "L")
    assert "still to come" in notices.sentences[0]
    press(screen, "V")
    assert kind_of(desk, people[0], date(2026, 12, 16)) == "agreed_off"


def test_undo_and_redo_of_every_kind_of_act(
    screen: AttendanceScreen, desk: Desk, people: list[Period], shell: Shell
) -> None:
    press(screen, "L", held=SHIFT)
    screen.view.go_to((0, 14))
    press(screen, Key.Key_Minus)
    press(screen, Key.Key_Delete)
    for wanted in (270, 300):
        shell.undo.undo()
        mark = mark_of(desk, people[0])
        assert mark is not None
        assert mark.minutes == wanted
    shell.undo.undo()
    assert [kind_of(desk, one) for one in people] == ["", "", "", ""]
    for _act in range(3):
        shell.undo.redo()
    assert [kind_of(desk, one) for one in people] == ["", "", "present", "present"]
    assert face(screen, (0, 14)).text == "•"


def test_what_is_seen(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    attendance.record_day(desk, people[0].id, date(2026, 12, 8), "present", minutes=180)
    attendance.record_day(desk, people[1].id, date(2026, 12, 9), "present")
    attendance.record_day(desk, people[2].id, date(2026, 12, 8), "unnotified")
    screen.refresh()
    assert face(screen, (0, 7)).flags == LIMIT
    assert face(screen, (1, 8)).flags == SWAP
    assert face(screen, (2, 7)).flags == RED
    assert face(screen, (0, 14)).text == "•"
    assert face(screen, (0, 23)).text == "–"
    assert screen.pane.board.total(0) == (1, 18)
    assert screen.pane.board.count(7) == "1"


def test_the_quiet_grid_tells_no_reasons(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    attendance.record_day(desk, people[0].id, TODAY, "own_illness", certificate_seen=True)
    attendance.record_day(desk, people[2].id, TODAY, "unnotified")
    screen.refresh()
    press(screen, "H", held=CTRL | SHIFT)
    assert face(screen, (0, 14))[1:] == face(screen, (2, 14))[1:] == ("×", "aN", 0)
    said = spoken.cell(screen.view.model_.board, (0, 14)) + spoken.cell(screen.view.model_.board, (2, 14))
    assert "illness" not in said
    assert "unnotified" not in said
    assert "illness" not in screen.pane.legend.accessibleName()


@pytest.mark.parametrize(("language", "sentence"), [
    ("fi", "Aho, Malli, tiistai 15. joulukuuta, merkitsemättä, suunniteltu 9–14"),
    ("sv", "Aho, Malli, tisdag 15 december, inte markerad, planerat 9–14"),
])  # fmt: skip
def test_a_cell_says_name_day_kind_and_planned_hours(
    screen: AttendanceScreen, speak: Callable[..., None], language: str, sentence: str
) -> None:
    speak(language, screen)
    model = screen.view.model_
    assert model.data(model.index(0, 15), Qt.ItemDataRole.AccessibleTextRole) == sentence


def test_the_language_changes_live_with_holidays_heads_and_letters(
    screen: AttendanceScreen, speak: Callable[..., None], people: list[Period]
) -> None:
    press(screen, "L")
    speak("sv", screen)
    assert screen.pane.board.sheet.holidays[date(2026, 12, 24)] == "Julafton"
    assert face(screen, (0, 14)).text == "N"
    assert screen.view.head_of(14).weekday == "ti"
    assert screen.pane.legend.accessibleName().startswith("N Närvarande")
    assert screen.months.currentText() == "december 2026"
    speak("fi", screen)
    assert face(screen, (0, 14)).text == "L"
    assert "Jouluaatto" in screen.pane.grid.foot.said()


def test_a_person_in_two_services_has_two_lines(
    screen: AttendanceScreen, desk: Desk, people: list[Period], speak: Callable[..., None]
) -> None:
    other = Period(
        trainee_id=people[0].trainee_id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 12, 1)
    )
    periods.add(desk, other)
    screen.refresh()
    assert screen.pane.board.names[:2] == (
        "Aho, Malli · rehabilitative work activity",
        "Aho, Malli · work try-out",
    )
    assert screen.subtitle() == "4 trainees"
    speak("fi", screen)
    assert screen.pane.board.names[1] == "Aho, Malli · työkokeilu"


def test_the_menus_do_what_the_keys_do(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    menu = grid_menu(screen.pane)
    words = [action.text().split("\t")[0] for action in menu.actions()]
    assert words[0] == "Present"
    assert "Fill down" in words
    menu.actions()[0].trigger()
    assert kind_of(desk, people[0]) == "present"
    screen.view.go_to((0, 14))
    next(action for action in menu.actions() if action.text().startswith("Fill down")).trigger()
    assert [kind_of(desk, one) for one in people] == ["present", "", "present", "present"]


def test_a_mark_is_spoken_with_who_is_next(screen: AttendanceScreen) -> None:
    press(screen, "L")
    assert screen.pane.marker.said == "Present. Next: Ehrström"


def test_a_mark_that_could_not_be_saved_stays_says_so_and_is_saved_with_the_next(
    screen: AttendanceScreen,
    desk: Desk,
    people: list[Period],
    notices: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk stands in for the world here: everything else is real."""

    def full(*_values: object, **_named: object) -> None:
        raise DiskFull(N_("There is no room on the disk."))

    with monkeypatch.context() as world:
        world.setattr(desk, "writing", full)
        press(screen, "S")
        assert isinstance(notices.problems[0], DiskFull)
        assert face(screen, (0, 14)).text == "S"
        assert face(screen, (0, 14)).flags & UNSAVED
        assert screen.pane.unsaved.isVisible()

    press(screen, "L")

    assert [kind_of(desk, one) for one in people] == ["own_illness", "", "present", ""]
    assert not face(screen, (0, 14)).flags & UNSAVED
    assert not screen.pane.unsaved.isVisible()


def test_an_unsaved_mark_outlives_another_month(
    screen: AttendanceScreen, desk: Desk, people: list[Period], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_values: object, **_named: object) -> None:
        raise DiskFull(N_("There is no room on the disk."))

    with monkeypatch.context() as world:
        world.setattr(desk, "writing", full)
        press(screen, "S")
    screen.show_month(date(2026, 11, 1))
    screen.show_month(TODAY)
    assert face(screen, (0, 14)).flags & UNSAVED
    screen.leave()
    assert kind_of(desk, people[0]) == "own_illness"


def test_undoing_what_never_reached_the_disk_forgets_it(
    screen: AttendanceScreen, desk: Desk, people: list[Period], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_values: object, **_named: object) -> None:
        raise DiskFull(N_("There is no room on the disk."))

    with monkeypatch.context() as world:
        world.setattr(desk, "writing", full)
        press(screen, "S")
        shell.undo.undo()
    assert face(screen, (0, 14)).flags == 0
    screen.leave()
    assert kind_of(desk, people[0]) == ""


def test_other_reason_asks_for_one_by_a_letter_and_enter_skips(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, "M")
    QTest.keyClick(_list(), Key.Key_F)
    mark = mark_of(desk, people[0])
    assert mark is not None
    assert mark.reason == "family"
    press(screen, "A")
    QTest.keyClick(_list(), Key.Key_Return)
    mark = mark_of(desk, people[2])
    assert mark is not None
    assert (mark.kind, mark.reason) == ("other", "")


def test_four_keys_tell_that_the_day_is_not_held(screen: AttendanceScreen, desk: Desk, shell: Shell) -> None:
    press(screen, Key.Key_0, held=CTRL)
    QTest.keyClick(_list(), Key.Key_A)
    QTest.keyClick(_list(), Key.Key_Return)
    (told,) = attendance.sheet(desk, TODAY).not_held[TODAY]
    assert told.reason == "pause"
    assert face(screen, (0, 14)).text == "–"
    shell.undo.undo()
    assert attendance.sheet(desk, TODAY).not_held == {}
    shell.undo.redo()
    assert attendance.sheet(desk, TODAY).not_held[TODAY][0].reason == "pause"


def test_the_day_panel_marks_by_buttons_of_thirty_six_pixels(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, Key.Key_Return)
    panel = screen.pane.panel
    assert panel.isVisible()
    assert all(button.height() >= 36 for button in panel.kinds.values())
    panel.kinds["own_illness"].click()
    panel.certificate.click()
    panel.word.setText("soitti aamulla")
    panel.word.editingFinished.emit()
    mark = mark_of(desk, people[0])
    assert mark is not None
    assert (mark.kind, mark.certificate_seen, mark.word) == ("own_illness", True, "soitti aamulla")
    panel.kinds["present"].click()
    panel.hours.setValue(3.5)
    mark = mark_of(desk, people[0])
    assert mark is not None
    assert mark.minutes == 210
    QTest.keyClick(panel.hours, Key.Key_Escape)
    assert not panel.isVisible()


def test_exact_hours_start_in_their_field(screen: AttendanceScreen) -> None:
    press(screen, "L")
    screen.view.go_to((0, 14))
    press(screen, Key.Key_F2)
    assert screen.pane.panel.hours.hasFocus() or QApplication.focusWidget() is not None


def test_a_key_press_paints_only_the_cells_it_touches(screen: AttendanceScreen) -> None:
    seen: list[tuple[int, int]] = []
    screen.view.model_.dataChanged.connect(lambda first, _last: seen.append((first.row(), first.column())))
    press(screen, "L")
    assert seen == [(0, 15), (0, 32)]


def test_the_months_go_by_keys_and_the_list(screen: AttendanceScreen) -> None:
    press(screen, Key.Key_PageUp, held=CTRL)
    assert screen.month == date(2026, 11, 1)
    press(screen, Key.Key_PageDown, held=CTRL)
    press(screen, Key.Key_PageDown, held=CTRL)
    assert screen.month == date(2027, 1, 1)
    assert screen.months.currentText() == "January 2027"
    press(screen, Key.Key_Home, held=CTRL)
    assert (screen.month, screen.view.here) == (date(2026, 12, 1), (0, 14))


def test_a_warning_leads_to_its_cell(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    attendance.record_day(desk, people[0].id, date(2026, 12, 8), "present", minutes=180)
    screen.refresh()
    chip, _other = screen.pane.chips
    assert (chip.isVisible(), _other.isVisible()) == (True, False)
    assert chip.accessibleName() == "Aho, M.: Tue 8 Dec 3 h (at least 4)".replace(
        " Dec", "\N{NO-BREAK SPACE}Dec"
    )
    chip.click()
    assert screen.view.here == (0, 7)


def test_nobody_here_is_said_in_words(shell: Shell, qtbot: QtBot) -> None:
    empty = AttendanceScreen(shell)
    qtbot.addWidget(empty)
    empty.show()
    empty.refresh()
    assert empty.none.isVisible()
    assert not empty.pane.isVisible()


def _list() -> QWidget:
    """The list of the reasons that is open."""
    return _lists()[0].list


def _close_lists() -> None:
    for one in _lists():
        one.leave()


def _lists() -> list[ReasonList]:
    return [one for one in QApplication.allWidgets() if isinstance(one, ReasonList) and one.isVisible()]


def test_several_chosen_cells_are_seen_also_in_todays_column(screen: AttendanceScreen) -> None:
    press(screen, Key.Key_Down, held=SHIFT)
    picture = screen.view.viewport().grab().toImage()
    shown = screen.view.visualRect(screen.view.model_.index_of((0, 14)))
    ratio = picture.devicePixelRatio()
    pixel = picture.pixelColor(int((shown.left() + 1) * ratio), int(shown.center().y() * ratio))
    assert pixel == screen.view.ink.primary


def open_panel(screen: AttendanceScreen) -> DayPanel:
    screen.view.go_to((0, 14))
    press(screen, Key.Key_Return)
    return screen.pane.panel


def test_a_word_half_typed_is_there_again_and_no_draft_once_it_is_kept(
    screen: AttendanceScreen, shell: Shell, desk: Desk, people: list[Period], qtbot: QtBot
) -> None:
    panel = open_panel(screen)
    panel.kinds["own_illness"].click()
    QTest.keyClicks(panel.word, "soitti")
    assert drafts.all_of_coach(desk)[0].text == "soitti"
    assert mark_of(desk, people[0]).word == ""

    again = AttendanceScreen(shell)  # after a kill
    qtbot.addWidget(again)
    again.resize(1366, 688)
    again.show()
    again.refresh()
    panel = open_panel(again)
    assert panel.word.text() == "soitti"

    panel.word.editingFinished.emit()
    assert mark_of(desk, people[0]).word == "soitti"
    assert drafts.all_of_coach(desk) == ()


def test_locking_leaves_the_word_of_a_day_a_draft(
    screen: AttendanceScreen, shell: Shell, desk: Desk, people: list[Period]
) -> None:
    panel = open_panel(screen)
    panel.kinds["own_illness"].click()
    QTest.keyClicks(panel.word, "soitti")
    shell.desk = None
    panel.word.editingFinished.emit()  # the field is left because the window is locked
    shell.desk = desk

    assert mark_of(desk, people[0]).word == ""
    assert drafts.all_of_coach(desk)[0].text == "soitti"
