"""A trainee's months: the same grid, a line for each month."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coachdesk.domain.period import Period
from coachdesk.services import attendance
from coachdesk.services.desk import Desk
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.tab import AttendanceTab
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell

TODAY = date(2026, 12, 15)


@pytest.fixture
def period(join: Callable[..., Period]) -> Period:
    return join("Aho", (1, 2), ends=date(2027, 3, 31))


@pytest.fixture
def tab(shell: Shell, qtbot: QtBot, period: Period) -> AttendanceTab:
    tab = AttendanceTab(shell)
    qtbot.addWidget(tab)
    tab.resize(1118, 480)
    tab.show()
    tab.show_trainee(period.trainee_id)
    tab.view.setFocus()
    return tab


def test_a_line_for_each_month_from_the_first_to_the_next(tab: AttendanceTab) -> None:
    names = list(tab.pane.board.names)
    assert names == ["September 2026", "October 2026", "November 2026", "December 2026", "January 2027"]
    assert tab.view.here == (3, 14)


def test_a_letter_goes_on_to_the_next_planned_day(tab: AttendanceTab, desk: Desk, period: Period) -> None:
    tab.view.go_to((3, 6))
    QTest.keyClick(tab.view, Qt.Key.Key_L)
    assert tab.view.here == (3, 7)
    assert attendance.sheet(desk, TODAY).rows[0].marks[date(2026, 12, 7)].kind == "present"


def test_nothing_is_marked_of_somebody_archived_and_the_line_says_so(
    tab: AttendanceTab, desk: Desk, period: Period, notices: Recorder
) -> None:
    from coachdesk.services import archive, periods

    tab.view.go_to((3, 0))
    QTest.keyClick(tab.view, Qt.Key.Key_L)
    periods.end(desk, period.id, day=date(2026, 12, 8), reason="as_agreed")
    archive.archive(desk, period.trainee_id)
    before = attendance.history(desk, period.trainee_id).rows[0].marks
    tab.show_trainee(period.trainee_id)
    tab.view.go_to((3, 0))
    assert tab.pane.hint.text() == "Archived: nothing is marked any more"
    for key in (Qt.Key.Key_S, Qt.Key.Key_Delete, Qt.Key.Key_Plus):
        QTest.keyClick(tab.view, key)
    assert attendance.history(desk, period.trainee_id).rows[0].marks == before
    assert tab.pane.board.mark((3, 0)) == before[date(2026, 12, 1)]
    assert "archived" in str(notices.problems[-1].message)
    tab.pane.open_panel()
    tab.pane.panel.show_cell()
    assert not any(button.isEnabled() for button in tab.pane.panel.kinds.values())


def test_a_shorter_month_has_no_more_days(tab: AttendanceTab, desk: Desk) -> None:
    tab.view.go_to((0, 30))
    QTest.keyClick(tab.view, Qt.Key.Key_L)
    assert spoken.cell(tab.view.model_.board, (0, 30)) == ""
    assert attendance.history(desk, 1).rows[0].marks == {}


def test_two_services_have_lines_of_their_own(
    tab: AttendanceTab, desk: Desk, period: Period, join: Callable[..., Period]
) -> None:
    from coachdesk.services import periods

    periods.add(
        desk,
        Period(
            trainee_id=period.trainee_id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 12, 1)
        ),
    )
    tab.show_trainee(period.trainee_id)
    december = [name for name in tab.pane.board.names if name.startswith("December")]
    assert december == ["December 2026 · rehabilitative work activity", "December 2026 · work try-out"]


def test_without_a_period_it_says_so(tab: AttendanceTab, a_trainee: Callable[..., object]) -> None:
    other = a_trainee("Björklund", "Malli")
    tab.show_trainee(other.id)  # type: ignore[attr-defined]
    assert tab.none.isVisible()
    assert not tab.pane.isVisible()


def test_without_a_period_its_button_leads_to_where_one_is_begun(
    tab: AttendanceTab, a_trainee: Callable[..., object]
) -> None:
    other = a_trainee("Björklund", "Malli")
    tab.show_trainee(other.id)  # type: ignore[attr-defined]
    tab.none.button.click()
    going = tab.shell.gone[-1]
    assert (going.place, going.trainee_id, going.hint) == ("trainee", other.id, {"open": "period"})  # type: ignore[attr-defined]


def test_a_period_begun_beside_it_is_shown_when_the_page_reads_again(
    tab: AttendanceTab, desk: Desk, a_trainee: Callable[..., object]
) -> None:
    other = a_trainee("Björklund", "Malli")
    tab.show_trainee(other.id)  # type: ignore[attr-defined]
    from coachdesk.services import periods

    work = "rehabilitative_work_activity"
    period = Period(trainee_id=other.id, workshop_id=1, service_kind=work, begins=date(2026, 12, 1))  # type: ignore[attr-defined]
    periods.add(desk, period)
    tab.refresh()
    assert tab.pane.isVisible() and not tab.none.isVisible()
