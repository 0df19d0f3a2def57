"""The month in the window that the product is made for: seen whole, whatever day somebody comes."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.period import Period
from coachdesk.settings import Settings
from coachdesk.ui import theme
from coachdesk.ui.attendance.screen import AttendanceScreen
from coachdesk.ui.attendance.view import DAY
from coachdesk.ui.shell import Shell

BODY = (1118, 586)  # of the page in a window of 1366 x 688, with the places standing beside it


@pytest.fixture
def crowd(join: Callable[..., Period]) -> list[Period]:
    """More people than the page has rows for, some of whom come on Saturdays and Sundays."""
    return [join(f"Aho{letter}", (1, 2, 6, 7)) for letter in "abcdefghijklmnopqrstu"]


@pytest.fixture
def shown(shell: Shell, qtbot: QtBot, crowd: list[Period]) -> AttendanceScreen:
    """The month of them all, with its scroll bar."""
    screen = AttendanceScreen(shell)
    qtbot.addWidget(screen)
    screen.resize(*BODY)
    screen.show()
    screen.refresh()
    QApplication.processEvents()
    assert screen.view.verticalScrollBar().maximum() > 0
    return screen


def day_widths(screen: AttendanceScreen) -> set[int]:
    header = screen.view.horizontalHeader()
    return {header.sectionSize(column) for column in range(1, screen.pane.board.columns + 1)}


def test_a_month_of_31_days_with_its_weekends_is_seen_whole(shown: AttendanceScreen) -> None:
    board = shown.pane.board
    assert board.columns == 31 and not any(shown.view.head_of(at).narrow for at in range(31))

    assert shown.view.horizontalScrollBar().maximum() == 0
    (width,) = day_widths(shown)
    assert 24 <= width < DAY  # a target of a pointer is never smaller than that


def test_weekends_that_nobody_marks_stay_narrow_and_days_wide(
    shell: Shell, qtbot: QtBot, fifteen: list[Period]
) -> None:
    screen = AttendanceScreen(shell)
    qtbot.addWidget(screen)
    screen.resize(*BODY)
    screen.show()
    screen.refresh()
    QApplication.processEvents()

    assert DAY in day_widths(screen) and len(day_widths(screen)) == 2
    assert screen.view.horizontalScrollBar().maximum() == 0


def test_days_get_their_whole_width_again_in_a_larger_window(shown: AttendanceScreen) -> None:
    shown.resize(1600, 586)
    QApplication.processEvents()

    assert day_widths(shown) == {DAY}


def test_where_a_month_must_scroll_its_days_are_as_wide_as_ever(shown: AttendanceScreen) -> None:
    shown.resize(683, 586)
    QApplication.processEvents()

    assert day_widths(shown) == {DAY}
    assert shown.view.horizontalScrollBar().maximum() > 0


def test_larger_text_asks_for_larger_days(shown: AttendanceScreen, qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="light", text_size=130))
    QApplication.processEvents()
    try:
        assert min(day_widths(shown)) >= theme.px(24)
    finally:
        theme.apply(qapp, Settings(theme="light"))
