"""Attendance on a trainee's page: the same grid with a line for each month."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.domain.planned_days import month_of
from coachdesk.i18n import N_, _, current
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.attendance.lines import Line, with_service
from coachdesk.ui.attendance.pane import GridPane
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.empty import EmptyState

LONGEST_MONTH = 31


class AttendanceTab(Screen):
    """The last two years of one person, a line for each month of each period."""

    def build(self) -> None:
        self.trainee_id = 0
        self.pane = GridPane(self.shell, foot=False, name_title=N_("Month"), by_person=True)
        self.view = self.pane.view
        self.pane.asked.connect(self.do)
        self.none = EmptyState("calendar-check", button=True)
        self.none.asked.connect(self.begin_period)
        self.none.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 10, 0, 0)
        box.addWidget(self.pane, 1)
        box.addWidget(self.none, 1)

    def retranslate(self) -> None:
        super().retranslate()
        self.none.set_words(
            _("No period has been begun yet."), _("Attendance is marked to a period."), _("New period")
        )
        self.pane.retranslate()

    def first_focus(self) -> QWidget:
        return self.view if self.none.isHidden() else self.none.button

    def begin_period(self) -> None:
        """Go where periods are begun."""
        self.shell.go("trainees", trainee_id=self.trainee_id, tab="attendance", hint={"open": "period"})

    def refresh(self) -> None:
        if self.trainee_id:
            self.show_trainee(self.trainee_id)

    def show_trainee(self, trainee_id: int) -> None:
        """Read and show one person."""
        self.trainee_id = trainee_id
        desk = self.shell.desk
        self.view.await_board()

        def work() -> AttendanceSheet:
            from coachdesk.services import attendance

            return attendance.history(desk, trainee_id)

        def show(sheet: AttendanceSheet) -> None:
            if trainee_id == self.trainee_id:
                self.show_sheet(sheet)

        self.shell.jobs.run(work, then=show, failed=self._failed, owner=self)

    def show_sheet(self, sheet: AttendanceSheet) -> None:
        """Show what was read, and put the cursor on today, else on the last month."""
        today = self.shell.clock.today()
        board = Board(
            sheet,
            history_lines(sheet),
            today,
            language=current().language,
            quiet=self.shell.settings.quiet_grid,
        )
        self.pane.show_board(board)
        self.pane.setVisible(bool(board.lines))
        self.none.setVisible(not board.lines)
        self.view.go_to(self._start(board, today))
        self.view.ready()

    def do(self, what: str) -> None:
        """Go to today's cell; a day not held is told on the attendance page, where all see it."""
        if what == "today":
            self.view.go_to(self._start(self.pane.board, self.shell.clock.today()))

    def leave(self) -> None:
        self.pane.leave()

    def fit(self, size_class: str) -> None:
        self.pane.fit(size_class)

    def _start(self, board: Board, today: date) -> Place | None:
        for at, line in enumerate(board.lines):
            if today in line.days and line.row.covers(today):
                return at, line.days.index(today)
        return (len(board.lines) - 1, 0) if board.lines else None

    def _failed(self, problem: Any) -> None:
        self.view.ready()
        self.shell.notices.show(problem)


def history_lines(sheet: AttendanceSheet) -> tuple[Line, ...]:
    """A line for each month of each period, the oldest first; the period's service where there are two."""
    found: list[tuple[date, int, Line]] = []
    for row in sheet.rows:
        marks = dict(row.marks)  # shared by the months of the period, for weeks that stand on both
        for month in _months(sheet, row):
            days = month_of(month)
            short = (None,) * (LONGEST_MONTH - len(days))
            two = row if len(sheet.rows) > 1 else None
            say = partial(_name, two, month)
            line = Line(say=say, row=row, days=days + short, marks=marks)
            found.append((month, row.period_id, line))
    return tuple(line for _month, _period, line in sorted(found, key=lambda one: one[:2]))


def _months(sheet: AttendanceSheet, row: SheetRow) -> list[date]:
    firsts = sorted({day.replace(day=1) for day in sheet.days})
    return [
        first
        for first in firsts
        if row.begins <= month_of(first)[-1] and (row.last is None or row.last >= first)
    ]


def _name(row: SheetRow | None, month: date) -> str:
    said = current().month(month)
    said = said[:1].upper() + said[1:]
    return with_service(row, said) if row else said
