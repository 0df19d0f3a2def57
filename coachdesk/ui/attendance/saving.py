"""Saves each mark off the interface thread, in order, and keeps what could not be saved.

A mark that was not saved stays on the screen with a red frame, is tried again with the next mark and by
the button, and is never forgotten while the screen lives.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.attendance import AttendedDay, DayRecorded
from coachdesk.errors import Problem, Refused
from coachdesk.services.desk import Desk
from coachdesk.ui.shell import Shell

if TYPE_CHECKING:
    from coachdesk.services.attendance import Marking

Cell = tuple[int, date]  # period, day
Changes = Sequence[DayRecorded]


def cell_of(change: DayRecorded) -> Cell:
    """The period and day of a change."""
    one = change.after or change.before
    assert one is not None
    return one.period_id, one.day


class Saver(QObject):
    """The way of marks to the disk."""

    unsaved_changed = Signal(object, bool)  # cell, whether it is unsaved now
    state_changed = Signal()
    stale = Signal()  # what the screen shows is no longer what the desk holds

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell
        self.waiting = 0
        self.failed: dict[Cell, DayRecorded] = {}
        self.problem: Problem | None = None

    def save(self, changes: Changes) -> None:
        """Write marks, or take marks away."""
        self._run(changes, lambda desk: write(desk, changes))

    def put_back(self, changes: Changes, why: str) -> None:
        """Write the inverse of changes; one that never reached the disk is only forgotten."""
        known = [one for one in changes if self.failed.get(cell_of(one)) == one]
        for one in known:
            self._settle(one)
        saved = [one for one in changes if one not in known]
        if saved:
            self._run([one.inverse for one in saved], lambda desk: _put_back(desk, saved, why), undoing=True)
        else:
            self.state_changed.emit()

    def retry(self) -> None:
        """Try again to save all that could not be saved."""
        if self.failed:
            self.save(tuple(self.failed.values()))

    def _run(self, changes: Changes, work: Callable[[Desk], object], *, undoing: bool = False) -> None:
        desk = self.shell.desk
        self.waiting += 1
        self.state_changed.emit()
        self.shell.jobs.run(
            lambda: _outcome(lambda: work(desk)),
            then=lambda problem: self._ended(changes, problem, undoing),
            owner=self,
        )

    def _ended(self, changes: Changes, problem: Exception | None, undoing: bool) -> None:
        self.waiting -= 1
        if problem is None:
            for one in changes:
                self._settle(one)
            self.shell.saved()
        elif isinstance(problem, Refused) or undoing:
            self.shell.notices.show(problem)
            self.stale.emit()
        else:
            self._keep(changes, problem)
        if problem is None and self.failed and not self.waiting:
            self.retry()
        self.state_changed.emit()

    def _keep(self, changes: Changes, problem: Exception) -> None:
        for one in changes:
            self.failed[cell_of(one)] = one
            self.unsaved_changed.emit(cell_of(one), True)
        if isinstance(problem, Problem):
            self.problem = problem
        self.shell.notices.show(problem)

    def _settle(self, change: DayRecorded) -> None:
        if self.failed.pop(cell_of(change), None) is not None:
            self.unsaved_changed.emit(cell_of(change), False)


def write(desk: Desk, changes: Changes) -> None:
    """Write marks in one transaction, and take marks away in another."""
    from coachdesk.services import attendance

    marks = [one.after for one in changes if one.after is not None]
    if marks:
        attendance.record_many(desk, [_marking(one) for one in marks])
    cleared = [cell_of(one) for one in changes if one.after is None]
    if cleared:
        attendance.clear_many(desk, cleared)


def _put_back(desk: Desk, changes: Changes, why: str) -> None:
    from coachdesk.services import attendance

    attendance.put_back(desk, changes, why)


def _marking(mark: AttendedDay) -> "Marking":
    from coachdesk.services.attendance import Marking

    return Marking(
        period_id=mark.period_id,
        day=mark.day,
        kind=mark.kind,
        minutes=mark.minutes,
        reason=mark.reason,
        certificate_seen=mark.certificate_seen,
        word=mark.word,
    )


def _outcome(work: Callable[[], object]) -> Exception | None:
    """The problem of a work, so that the mark can say so whatever the problem is."""
    try:
        work()
    except Exception as problem:
        return problem
    return None
