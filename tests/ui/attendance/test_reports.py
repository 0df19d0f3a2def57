"""Notices and lists: the absence reports of two weeks and the papers."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.domain.absences import span_of
from coachdesk.domain.period import Period
from coachdesk.domain.trainee import Benefit
from coachdesk.services import absences, attendance, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.attendance import reports
from coachdesk.ui.attendance.reports import ReportsDialog
from coachdesk.ui.attendance.screen import AttendanceScreen
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell
from tests.ui import walking

TODAY = date(2026, 12, 15)
ABSENT, WELL, UNKNOWN = range(3)


@pytest.fixture
def dialog(shell: Shell, desk: Desk, qtbot: QtBot, join: Callable[..., Period]) -> ReportsDialog:
    """Three people: one ill in the span, one always there, one of unknown payer."""
    people = [join("Aho", (1, 2)), join("Björklund", (1, 2)), join("Ehrström", (1,))]
    for period in people[:2]:
        trainees.add_benefit(
            desk,
            Benefit(
                trainee_id=period.trainee_id, benefit="general_support", payer="kela", begins=date(2026, 5, 1)
            ),
        )
        for day in (1, 7, 8):
            attendance.record_day(desk, period.id, date(2026, 12, day), "present")
    attendance.record_day(desk, people[0].id, date(2026, 12, 8), "own_illness")
    attendance.record_day(desk, people[0].id, date(2026, 11, 30), "present")
    attendance.record_day(desk, people[1].id, date(2026, 11, 30), "present")
    dialog = ReportsDialog(shell, span_of(TODAY).former)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def row(dialog: ReportsDialog, at: int) -> list[str]:
    dialog.table.selectRow(at)
    return [str(dialog.model.index(at, column).data()) for column in range(6)]


def states(dialog: ReportsDialog) -> list[str]:
    return [row(dialog, at)[5] for at in range(3)]


def test_each_line_says_whom_and_what(dialog: ReportsDialog) -> None:
    assert row(dialog, ABSENT) == ["Aho, Malli", "Kela", "1", "0", "", "To be done"]
    assert row(dialog, UNKNOWN)[1] == "Not known"
    assert "who pays" in dialog.note.text.casefold()
    assert dialog.count.text() == "3 to be done"


def test_the_calendar_says_of_each_two_weeks_how_far_they_are(
    dialog: ReportsDialog, desk: Desk, notices: Recorder
) -> None:
    buttons = dialog.strip.buttons
    assert [button.text() for button in buttons[-2:]] == [
        "30\u00a0Nov–13\u00a0Dec",
        "14\u00a0Dec–27\u00a0Dec",
    ]
    assert [button.isChecked() for button in buttons] == [False] * 4 + [True, False]
    assert buttons[-2].accessibleName() == "30\u00a0Nov–13\u00a0Dec: 3 to be done"
    assert buttons[-1].accessibleName() == "14\u00a0Dec–27\u00a0Dec: Not over yet"
    row(dialog, ABSENT)
    dialog.made.click()
    assert "To be done 2, made 1" in buttons[-2].toolTip()
    buttons[3].click()
    assert dialog.span == span_of(date(2026, 11, 16))
    assert row(dialog, ABSENT)[4] == "4"  # nobody was marked in those weeks
    assert not dialog.all_nothing.isVisible()


def test_nothing_to_report_is_told_at_once_of_all_of_whom_it_is_sure(
    dialog: ReportsDialog, desk: Desk, join: Callable[..., Period], shell: Shell
) -> None:
    late = join("Hassan", (1,))
    trainees.add_benefit(
        desk,
        Benefit(trainee_id=late.trainee_id, benefit="general_support", payer="kela", begins=date(2026, 5, 1)),
    )
    for day in (date(2026, 11, 30), date(2026, 12, 7)):
        attendance.record_day(desk, late.id, day, "present")
    dialog.load()
    assert dialog.all_nothing.text() == "Nothing to report for 2 people"
    dialog.all_nothing.click()
    told = {one.name: one.state for one in absences.reports(desk, date(2026, 12, 1)).rows}
    assert told == {
        "Aho, Malli": "",
        "Björklund, Malli": "nothing",
        "Ehrström, Malli": "",
        "Hassan, Malli": "nothing",
    }
    shell.undo.undo()
    assert {one.state for one in absences.reports(desk, date(2026, 12, 1)).rows} == {""}


def test_only_what_fits_can_be_told(dialog: ReportsDialog) -> None:
    row(dialog, ABSENT)
    assert (dialog.print.isEnabled(), dialog.nothing.isEnabled()) == (True, False)
    row(dialog, WELL)
    assert (dialog.print.isEnabled(), dialog.nothing.isEnabled()) == (False, True)
    row(dialog, UNKNOWN)
    assert not any(b.isEnabled() for b in (dialog.print, dialog.made, dialog.sent, dialog.nothing))


def test_made_then_sent(dialog: ReportsDialog, desk: Desk, notices: Recorder) -> None:
    row(dialog, ABSENT)
    dialog.made.click()
    assert states(dialog)[ABSENT] == "Made"
    row(dialog, ABSENT)
    dialog.sent.click()
    assert notices.questions == ["Was the report of Aho, Malli sent?"]
    assert states(dialog)[ABSENT] == "Sent"
    row(dialog, ABSENT)
    assert not dialog.made.isEnabled()


def test_nothing_to_report_is_undone(dialog: ReportsDialog, shell: Shell, desk: Desk) -> None:
    row(dialog, WELL)
    dialog.nothing.click()
    assert absences.reports(desk, dialog.span.begins).rows[WELL].state == "nothing"
    shell.undo.undo()
    assert absences.reports(desk, dialog.span.begins).rows[WELL].state == ""


def test_the_paper_is_shown_and_its_print_is_made(
    dialog: ReportsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog of the paper stands still here: nobody prints in a test."""
    shown: list[tuple[bytes, str]] = []

    def show(_shell: Shell, pdf: bytes, _title: str, name: str, printed: Callable[[], object]) -> None:
        shown.append((pdf, name))
        printed()

    monkeypatch.setattr(reports, "_show", show)
    row(dialog, ABSENT)
    dialog.print.click()
    ((pdf, name),) = shown
    assert pdf.startswith(b"%PDF")
    assert "Aho" not in name
    assert states(dialog)[ABSENT] == "Made"


def test_the_spans_follow_each_other(dialog: ReportsDialog) -> None:
    dialog.following.click()
    assert dialog.span == span_of(TODAY)
    dialog.former.click()
    dialog.former.click()
    assert dialog.span.ends == date(2026, 11, 29)


def test_the_month_list_is_printed_from_the_screen(
    shell: Shell, qtbot: QtBot, dialog: ReportsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr(reports, "_show", lambda _shell, pdf, *_more: shown.append(pdf))
    screen = AttendanceScreen(shell)
    qtbot.addWidget(screen)
    screen.refresh()
    screen.print_()
    assert shown[0].startswith(b"%PDF")
    assert [action.text().split("\t")[0] for action in reports.lists_menu(screen).actions()] == [
        "Absence reports of two weeks…",
        "Attendance list of the month for signature…",
    ]


def test_todays_row_of_reports_opens_them(
    shell: Shell, qtbot: QtBot, join: Callable[..., Period], desk: Desk
) -> None:
    join("Aho")
    screen = AttendanceScreen(shell)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive("reports")
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen.findChildren(ReportsDialog)))
    (opened,) = screen.findChildren(ReportsDialog)
    assert opened.span == span_of(date(2026, 12, 1))
    assert opened.isVisible()
    opened.reject()


def test_another_month_puts_the_cursor_on_its_first_planned_day(
    shell: Shell, qtbot: QtBot, join: Callable[..., Period]
) -> None:
    join("Aho", (3,))
    screen = AttendanceScreen(shell)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_month(date(2026, 11, 1))
    assert screen.view.here == (0, 3)  # Wednesday the fourth; the first was a Sunday


@pytest.mark.parametrize("tongue", ["fi", "sv"])
def test_the_calendar_of_two_weeks_fits_the_smallest_window(
    dialog: ReportsDialog, language: Callable[[str], None], tongue: str
) -> None:
    language(tongue)
    dialog.retranslate()
    dialog.resize(683, 352)
    walking.settle(dialog)

    assert dialog.width() == 683
    assert list(walking.cut(dialog)) == []
