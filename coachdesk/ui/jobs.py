"""The one way off the interface thread.

Usage::

    self.shell.jobs.run(lambda: attendance.month(desk, day), then=self.show_month, owner=self)

``work`` is called without arguments on a thread of its lane and touches nothing of Qt; ``then`` gets its
result on the interface thread, ``failed`` its problem (else ``notices.show``).  Neither is called when the
``owner`` (a QObject) is gone.  Lanes: "desk" saves, one after the other, in order; "reading" makes long
reads on another connection; "outside" waits for files, printers and the network.

With ``early`` the work is called with a callable: what it tells by it comes to ``early`` on the interface
thread while the work goes on, as what is laid out while its line of the log is still being written.
``within`` is how many seconds the interface thread waits for it at most: what is there at once is painted
at once, and not after a picture without it.  Never more than a blink, however busy the lane is.

Tests use ``InlineJobs``: the same, done at once.
"""

import threading
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import count
from typing import Any, Protocol

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from coachdesk.errors import Problem

LANES = ("desk", "reading", "outside")
Work = Callable[..., Any]
Then = Callable[[Any], object]
Failed = Callable[[Problem], object]


@cache
def _queue() -> Any:
    """The module of queues: not before the first work, when the unlock window is painted."""
    import queue

    return queue


class Shows(Protocol):
    """Where problems go that nobody took: ``notices``."""

    def show(self, problem: Exception) -> None:
        """Tell the coach."""
        ...


class _News:
    """How a job gets on: into the hand of the interface thread while it waits for it, else by an event.

    It knows nothing of the job, so the thread of the lane may keep it.
    """

    def __init__(self, awaited: bool) -> None:
        self._told = _queue().SimpleQueue()  # whether it ended
        self._awaited, self._change = awaited, threading.Lock()

    def tell(self, ended: bool, aloud: Callable[[], object]) -> None:
        """From the lane; ``aloud`` posts the event."""
        with self._change:
            if self._awaited:
                self._told.put(ended)
                return
        aloud()

    def wait(self, seconds: float) -> bool | None:
        """Whether it ended; None when nothing is told in time."""
        try:
            ended: bool = self._told.get(timeout=max(0.0, seconds))
        except _queue().Empty:
            return None
        return ended

    def wait_no_more(self) -> list[bool]:
        """From now on by events; returns what was told in the last moment."""
        with self._change:
            self._awaited = False
            return [self._told.get() for _ in range(self._told.qsize())]


class _Job:
    def __init__(
        self,
        work: Work,
        then: Then | None,
        failed: Failed | None,
        owner: QObject | None,
        early: Then | None,
        awaited: bool = False,
    ) -> None:
        self.work, self.then, self.failed, self.owner, self.early = work, then, failed, owner, early
        self.first: Any = None
        self.result: Any = None
        self.error: Exception | None = None
        self.news = _News(awaited)

    def do(self, told: Callable[[], object]) -> None:
        """Done on the lane; the end is kept here for the interface thread, which ``told`` calls early."""
        try:
            self.result = self.work() if self.early is None else self.work(partial(self._tell, told))
        except Exception as problem:
            self.error = problem

    def _tell(self, told: Callable[[], object], first: Any) -> None:
        self.first = first
        self.news.tell(False, told)

    def begin(self) -> None:
        """Hand out what was told early, on the interface thread."""
        if self.early is not None and (self.owner is None or shiboken6.isValid(self.owner)):
            self.early(self.first)

    def end(self, shows: Shows | None) -> None:
        """Hand out how it ended, on the interface thread."""
        error, self.error = self.error, None  # its trace knows this job: a circle else
        if self.owner is not None and not shiboken6.isValid(self.owner):
            return
        if error is None:
            if self.then is not None:
                self.then(self.result)
        elif self.failed is not None and isinstance(error, Problem):
            self.failed(error)
        elif shows is not None:
            shows.show(error)


class _Lane:
    """One thread and the numbers of the jobs that wait for it.

    The jobs stay with the interface thread: they know widgets, and whoever forgets a widget last destroys
    it, which Qt allows in the interface thread only.
    """

    def __init__(
        self,
        name: str,
        jobs: Mapping[int, _Job],
        told: Callable[[int], object],
        ended: Callable[[int], object],
    ) -> None:
        self._jobs = jobs
        self._told, self._ended = told, ended
        self._waiting = _queue().SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"lane-{name}", daemon=True)
        self._started = False

    def put(self, number: int) -> None:
        if not self._started:
            self._started = True
            self._thread.start()
        self._waiting.put(number)

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
        while (number := self._waiting.get()) is not None:
            if isinstance(number, threading.Event):
                number.set()
                continue
            news = self._jobs[number].news
            self._jobs[number].do(partial(self._told, number))  # never kept in a name of this thread
            news.tell(True, partial(self._ended, number))


class Jobs(QObject):
    """Runs work on lanes; ``busy`` tells the number of saves that are not done yet."""

    busy = Signal(int)
    _told = Signal(int)
    _done = Signal(int, bool)

    def __init__(self, notices: Shows | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.notices = notices
        self._saving = 0
        self._numbers = count(1)
        self._going: dict[int, _Job] = {}
        self._lanes: dict[str, _Lane] = {}

    def run(
        self,
        work: Work,
        then: Then | None = None,
        failed: Failed | None = None,
        lane: str = "desk",
        owner: QObject | None = None,
        early: Then | None = None,
        within: float = 0,
    ) -> None:
        """Do ``work`` on a lane; its result or problem comes back on this thread."""
        if not self._lanes:  # not before: naming Qt makes all its enumerations
            queued = QtCore.Qt.ConnectionType.QueuedConnection
            self._told.connect(self._begin, queued)
            self._done.connect(self._deliver, queued)
        if lane not in self._lanes:
            assert lane in LANES
            saves = lane == "desk"
            self._lanes[lane] = _Lane(
                lane, self._going, self._told.emit, lambda number: self._done.emit(number, saves)
            )
        number = next(self._numbers)
        self._going[number] = _Job(work, then, failed, owner, early, awaited=within > 0)
        self._lanes[lane].put(number)
        if within and self._wait(number, within):
            return
        if lane == "desk":
            self._saving += 1
            self.busy.emit(self._saving)

    def _wait(self, number: int, within: float) -> bool:
        """Wait a blink for what is told early and for the end; whether it has ended."""
        until, news = time.monotonic() + within, self._going[number].news
        while (ended := news.wait(until - time.monotonic())) is not None:
            self._hand_out(number, ended)
            if ended:
                return True
        last = news.wait_no_more()
        for ended in last:
            self._hand_out(number, ended)
        return True in last

    def _hand_out(self, number: int, ended: bool) -> None:
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)  # what came before comes first
        if ended:
            self._going.pop(number).end(self.notices)
        else:
            self._going[number].begin()

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

    def _begin(self, number: int) -> None:
        self._going[number].begin()

    def _deliver(self, number: int, saves: bool) -> None:
        job = self._going.pop(number)
        if saves:
            self._saving -= 1
            self.busy.emit(self._saving)
        job.end(self.notices)


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
        early: Then | None = None,
        within: float = 0,
    ) -> None:
        """Do ``work`` now."""
        assert lane in LANES
        job = _Job(work, then, failed, owner, early)
        try:
            job.result = work() if early is None else work(early)
        except Problem as problem:
            job.error = problem
        job.end(self.notices)

    def drain(self, lane: str = "desk") -> None:
        """Nothing waits."""

    def stop(self) -> None:
        """Nothing to end."""
