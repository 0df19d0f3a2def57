"""Lines painted by one widget: whole where there is room, cut with a tool tip, always whole for a reader."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot

from coachdesk.app import App
from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Trainee
from coachdesk.services import notes
from coachdesk.settings import Settings
from coachdesk.ui import cutting, theme
from coachdesk.ui.cutting import LINE_END, Face, Written, cut, forget, written
from coachdesk.ui.lines import Line, Lines

LONG = "Rauhallinen aloitus aamuisin, kirjalliset ohjeet ja sama ohjaaja aina"
FOUR = "yksi\nkaksi\nkolme\n" + LONG
THREE = (
    Line(caption="Phone", text="000 123456"),
    Line(caption="What helps", text=LONG, most=3),
    Line(text="Fri 18.12. 13.00 interim review", asks=7),
)


def a_face() -> Face:
    font = theme.font("body")
    return Face(font, QFontMetrics(font))


@pytest.fixture
def lines(qtbot: QtBot) -> Lines:
    lines = Lines(captions=92)
    qtbot.addWidget(lines)
    lines.show_lines("Contact", THREE)
    lines.resize(330, lines.sizeHint().height())
    lines.resize(330, lines.sizeHint().height())
    lines.show()
    return lines


def test_words_stand_whole_where_there_is_room(lines: Lines) -> None:
    assert lines.cut == ()
    assert lines.sizeHint().height() > lines.minimumSizeHint().height()


def test_long_words_are_cut_where_there_is_little_room_and_told_whole(lines: Lines) -> None:
    lines.resize(330, lines.minimumSizeHint().height())
    assert lines.cut == (LONG,)
    assert lines.tip_of(1) == f"What helps: {LONG}"
    assert lines.tip_of(0) == ""
    assert LONG in lines.accessibleDescription()


def test_lines_that_have_no_room_are_counted(qtbot: QtBot) -> None:
    few = Lines(least=1)
    qtbot.addWidget(few)
    few.show_lines("Appointments", [Line(text=f"appointment {number}") for number in range(4)])
    few.resize(200, 2 * theme.metrics().height() + 6)
    assert len(few.cut) == 3
    assert few.tip_of(1) == "appointment 1\nappointment 2\nappointment 3"


def test_nothing_is_cut_where_the_page_scrolls(lines: Lines) -> None:
    lines.squeeze(False)
    assert lines.minimumSizeHint().height() == lines.sizeHint().height()


def test_a_reader_has_the_name_and_every_word(lines: Lines) -> None:
    assert lines.accessibleName() == "Contact"
    assert lines.accessibleDescription().startswith("Phone: 000 123456. What helps: ")


def test_arrows_move_and_the_words_chosen_are_copied(qtbot: QtBot, lines: Lines) -> None:
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    qtbot.keyClick(lines, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == LONG
    qtbot.keyClick(lines, Qt.Key.Key_Up)
    qtbot.keyClick(lines, Qt.Key.Key_Up)
    assert lines.chosen == 0


def test_what_can_be_opened_is_asked_for_by_enter_and_by_click(qtbot: QtBot, lines: Lines) -> None:
    asked: list[object] = []
    lines.asked.connect(asked.append)
    qtbot.keyClick(lines, Qt.Key.Key_Return)  # a telephone number opens nothing
    qtbot.keyClick(lines, Qt.Key.Key_End)
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    qtbot.mouseClick(lines, Qt.MouseButton.LeftButton, pos=QPoint(20, lines.height() - 12))
    assert asked == [7, 7]


def test_lines_are_one_stop_of_tab_and_none_when_empty(lines: Lines) -> None:
    assert lines.focusPolicy() == Qt.FocusPolicy.StrongFocus
    lines.show_lines("Contact", ())
    assert lines.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert lines.minimumSizeHint().height() == 0


def test_focus_is_seen(qtbot: QtBot, lines: Lines) -> None:
    lines.activateWindow()
    qtbot.waitUntil(lines.isActiveWindow)
    lines.clearFocus()
    before = lines.grab().toImage()
    lines.setFocus(Qt.FocusReason.TabFocusReason)
    assert lines.hasFocus() and lines.grab().toImage() != before


def test_look_is_followed(lines: Lines, qapp: object) -> None:
    before = lines.grab().toImage()
    theme.apply(qapp, Settings(theme="dark"))  # type: ignore[arg-type]
    assert lines.grab().toImage() != before
    theme.apply(qapp, Settings(theme="light"))  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("text", [2 * LONG, "Työllistymissuunnitelmakeskustelu" * 4, FOUR])
def test_cut_text_takes_no_more_lines_than_told(qapp: object, text: str, count: int) -> None:
    face = a_face()
    found = cut(text, face, 150, count)
    assert found.endswith("…")
    assert Written(found, face, -1).lines == count
    assert all(face.measure.horizontalAdvance(line) <= 151 for line in found.split(LINE_END))


def test_text_that_fits_is_not_cut(qapp: object) -> None:
    assert cut("Lyhyt teksti", a_face(), 300, 2) == "Lyhyt teksti"


def test_words_are_written_again_from_what_was_shaped_until_they_are_forgotten(qapp: object) -> None:
    face = a_face()
    first = written("Lyhyt teksti", face, 300)
    assert written("Lyhyt teksti", face, 300) is first
    forget()
    assert written("Lyhyt teksti", face, 300) is not first


def test_words_with_letters_outside_the_plane_are_cut_between_letters(qapp: object) -> None:
    found = cut("😀 " * 60, a_face(), 150, 2)
    assert "\ufffd" not in found and found.endswith("…")


def test_words_of_somebody_removed_for_good_are_kept_no_more_though_another_is_on_the_page(
    app: App, a_trainee: Callable[..., Trainee]
) -> None:
    aino, bo = a_trainee("Aho", "Aino").id, a_trainee("Bergström", "Bo").id
    at = app.shell.clock.now()
    notes.add(app.shell.desk, Note(trainee_id=bo, at=at, kind="conversation", text="Bosse berättade."))
    app.shell.go("trainees", trainee_id=bo, tab="notes")
    app.window.grab()
    app.shell.go("trainees", trainee_id=aino, tab="overview")
    app.shell.removed.emit(bo)
    assert not [words for words, *_where in (*cutting._kept, *cutting._cuts) if "Bosse" in words]
