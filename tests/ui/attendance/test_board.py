"""What the board counts, without a window."""

from coachdesk.domain.period import Period
from coachdesk.ui.attendance.screen import AttendanceScreen


def test_a_day_marked_as_not_arranged_is_no_planned_day(
    screen: AttendanceScreen, people: list[Period]
) -> None:
    board = screen.pane.board
    line = next(at for at, one in enumerate(board.lines) if one.row.period_id == people[0].id)
    planned = [c for c in range(board.columns) if board.planned((line, c))]
    present, before = board.total(line)

    first, second = ((line, column) for column in planned[:2])
    board.put([board.change(first, "not_arranged")])
    board.put([board.change(second, "own_illness")])

    assert board.total(line) == (present, before - 1)
