"""Hours by + and -, exact hours, fill down, and what a mark means for benefit, allowance and invoice."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.domain.codes import codes
from coachdesk.domain.period import Period
from coachdesk.services import attendance
from coachdesk.services.desk import Desk
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.reason_list import ReasonList
from coachdesk.ui.attendance.screen import AttendanceScreen
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell

TODAY = date(2026, 12, 15)
Key, Held = Qt.Key, Qt.KeyboardModifier


def press(screen: AttendanceScreen, *keys: Key | str, held: Held = Held.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(screen.view, Key(ord(key)) if isinstance(key, str) else key, held)


def marks(desk: Desk, people: list[Period], day: date = TODAY) -> list[tuple[str, int] | None]:
    rows = {row.period_id: row.marks.get(day) for row in attendance.sheet(desk, day).rows}
    found = [rows[one.id] for one in people]
    return [(mark.kind, mark.minutes) if mark else None for mark in found]


def test_plus_on_a_planned_day_is_a_present_day_half_an_hour_longer(
    screen: AttendanceScreen, desk: Desk, people: list[Period], shell: Shell
) -> None:
    press(screen, Key.Key_Plus)
    assert marks(desk, people)[0] == ("present", 330)
    press(screen, Key.Key_Minus, Key.Key_Minus)
    assert marks(desk, people)[0] == ("present", 270)
    for _act in range(3):
        shell.undo.undo()
    assert marks(desk, people)[0] is None


def test_minus_takes_one_person_or_all_chosen(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down, held=Held.ShiftModifier)
    press(screen, Key.Key_Minus)
    assert marks(desk, people) == [("present", 270), None, ("present", 270), ("present", 270)]


def test_hours_change_nothing_where_nobody_is_planned_or_the_day_is_to_come(
    screen: AttendanceScreen, desk: Desk, people: list[Period], notices: Recorder
) -> None:
    screen.view.go_to((1, 14))
    press(screen, Key.Key_Plus)
    assert marks(desk, people)[1] is None
    assert not notices.sentences
    screen.view.go_to((0, 15))
    press(screen, Key.Key_Plus)
    assert "still to come" in notices.sentences[0]


def test_hours_of_an_absence_stay_none(screen: AttendanceScreen, desk: Desk, people: list[Period]) -> None:
    press(screen, "S", Key.Key_Up, Key.Key_Up, Key.Key_Plus)
    assert marks(desk, people)[0] == ("own_illness", 0)


def test_exact_hours_on_a_planned_day_mark_it_present(
    screen: AttendanceScreen, desk: Desk, people: list[Period]
) -> None:
    press(screen, Key.Key_F2)
    hours = screen.pane.panel.hours
    assert hours.isEnabled()
    assert hours.value() == 5
    hours.setValue(3.75)
    assert marks(desk, people)[0] == ("present", 225)


def test_shift_and_space_fill_the_mark_down(
    screen: AttendanceScreen, desk: Desk, people: list[Period], shell: Shell
) -> None:
    press(screen, "E")
    press(screen, Key.Key_Space, held=Held.ShiftModifier)
    assert marks(desk, people) == [("remote", 300), None, ("remote", 300), ("remote", 300)]
    shell.undo.undo()
    assert marks(desk, people)[2:] == [None, None]


PAID, UNPAID = "The benefit is paid", "No benefit for the day"
ALLOWED, NO_ALLOWANCE = "Expense allowance is paid", "No expense allowance"
INVOICED, NOT_INVOICED = "Invoiced unless agreed otherwise", "Not invoiced unless agreed otherwise"


@pytest.mark.parametrize(("kind", "said"), [
    ("present", [PAID, ALLOWED, INVOICED]),
    ("own_illness", [PAID, NO_ALLOWANCE, NOT_INVOICED, "Over 3 days need a certificate"]),
    ("childs_illness", [PAID, NO_ALLOWANCE, NOT_INVOICED, "At most 4 days"]),
    ("unnotified", [UNPAID, NO_ALLOWANCE, NOT_INVOICED]),
    ("remote", [PAID, ALLOWED, INVOICED, "To be confirmed with the payer"]),
])  # fmt: skip
def test_what_a_mark_means_is_said_by_the_codes(kind: str, said: list[str]) -> None:
    assert spoken.meaning(kind).split("\n") == said


def test_the_open_day_and_the_legend_say_what_each_mark_means(screen: AttendanceScreen) -> None:
    press(screen, "S", Key.Key_Up, Key.Key_Up, Key.Key_Return)
    panel = screen.pane.panel
    assert panel.meaning.text() == f"Own illness:\n{spoken.meaning('own_illness')}"
    panel.kinds["unnotified"].setFocus()
    assert panel.meaning.text() == f"Unnotified:\n{spoken.meaning('unnotified')}"
    assert "The benefit is paid" in panel.kinds["present"].toolTip()
    screen.pane.close_panel()
    places = screen.pane.legend._places
    told = [screen.pane.legend.meaning_at(place.center().x(), place.center().y()) for place in places]
    assert [one.split("\n")[1:] for one in told] == [
        spoken.meaning(code.key).split("\n") for code in codes("attendance_kinds")
    ]


def test_a_group_can_hold_after_all_only_what_it_was_told_not_to(
    screen: AttendanceScreen, desk: Desk, shell: Shell
) -> None:
    press(screen, Key.Key_0, held=Held.ControlModifier)
    reasons = screen.window().findChild(ReasonList)
    assert isinstance(reasons, ReasonList)
    assert "It is held after all" not in [reasons.list.item(at).text() for at in range(reasons.list.count())]
    reasons.leave()
    screen.teller.tell(TODAY, "")
    assert not shell.undo.can_undo
    assert attendance.sheet(desk, TODAY).not_held == {}
