"""The one way off the interface thread.

Usage::

    self.shell.jobs.run(lambda: attendance.month(desk, day), then=self.show_month, owner=self)

``work`` is called without arguments on a thread of its lane and touches nothing of Qt; ``then`` gets its
result on the interface thread, ``failed`` its problem (else ``notices.show``).  Neither is called when the
``owner`` (a QObject) is gone.  Lanes: "desk" saves, one after the other, in order; "reading" makes long
reads on another connection; "outside" waits for files, printers and the network.

Tests use ``InlineJobs``: the same, done at once.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from coachdesk.errors import Problem

LANES = ("desk", "reading", "outside")
Work = Callable[[], Any]
Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Shows(Protocol):
    """Where problems go that nobody took: ``notices``."""

    def show(self, problem: Exception) -> None:
        """Tell the coach."""
        ...


@dataclass(frozen=True)
class _Job:
    work: Work
    then: Then | None
    failed: Failed | None
    owner: QObject | None

    def end(self, result: Any, error: Exception | None, shows: Shows | None) -> None:
        if self.owner is not None and not shiboken6.isValid(self.owner):
            return
        if error is None:
            if self.then is not None:
                self.then(result)
        elif self.failed is not None and isinstance(error, Problem):
            self.failed(error)
        elif shows is not None:
            shows.show(error)


class _Lane:
    """One thread and what waits for it."""

    def __init__(self, name: str, ended: Callable[[_Job, Any, Exception | None], None]) -> None:
        self._ended = ended
        import queue  # not before the first work: the unlock window is painted by then

        self._waiting: queue.SimpleQueue[_Job | threading.Event | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"lane-{name}", daemon=True)
        self._started = False

    def put(self, job: _Job | threading.Event | None) -> None:
        if not self._started:
            self._started = True
            self._thread.start()
        self._waiting.put(job)

    def drain(self) -> None:
        """Wait until all that was put before is done."""
        if self._started and threading.current_thread() is not self._thread:
            passed = threading.Event()
            self._waiting.put(passed)
            passed.wait()

    def stop(self) -> None:
        if self._started:
            self._waiting.put(None)
            self._thread.join()

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            if isinstance(job, threading.Event):
                job.set()
                continue
            result, error = None, None
            try:
                result = job.work()
            except Exception as problem:
                error = problem
            self._ended(job, result, error)


class Jobs(QObject):
    """Runs work on lanes; ``busy`` tells the number of saves that are not done yet."""

    busy = Signal(int)
    _done = Signal(object, object, object, bool)

    def __init__(self, notices: Shows | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.notices = notices
        self._saving = 0
        self._lanes: dict[str, _Lane] = {}
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Work,
        then: Then | None = None,
        failed: Failed | None = None,
        lane: str = "desk",
        owner: QObject | None = None,
    ) -> None:
        """Do ``work`` on a lane; its result or problem comes back on this thread."""
        if lane == "desk":
            self._saving += 1
            self.busy.emit(self._saving)
        if lane not in self._lanes:
            assert lane in LANES
            saves = lane == "desk"
            self._lanes[lane] = _Lane(lane, lambda *end: self._done.emit(*end, saves))
        self._lanes[lane].put(_Job(work, then, failed, owner))

    def drain(self, lane: str = "desk") -> None:
        """Wait until the lane has done all it was given, and hand out the results."""
        if lane in self._lanes:
            self._lanes[lane].drain()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def stop(self) -> None:
        """Do what waits, then end the threads."""
        for lane in self._lanes.values():
            lane.stop()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _deliver(self, job: _Job, result: Any, error: Exception | None, saves: bool) -> None:
        if saves:
            self._saving -= 1
            self.busy.emit(self._saving)
        job.end(result, error, self.notices)


class InlineJobs(QObject):
    """The same for tests: work is done at once; a mistake of ours is raised, not shown."""

    busy = Signal(int)

    def __init__(self, notices: Shows | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.notices = notices

    def run(
        self,
        work: Work,
        then: Then | None = None,
        failed: Failed | None = None,
        lane: str = "desk",
        owner: QObject | None = None,
    ) -> None:
        """Do ``work`` now."""
        assert lane in LANES
        result, error = None, None
        try:
            result = work()
        except Problem as problem:
            error = problem
        _Job(work, then, failed, owner).end(result, error, self.notices)

    def drain(self, lane: str = "desk") -> None:
        """Nothing waits."""

    def stop(self) -> None:
        """Nothing to end."""
