"""The line while the desk is open: tried every quarter of an hour, when something was queued, when asked.

All work goes over the lane "outside"; this thread only decides when.  Waits are counted by a timer, not by
the clock of the day.  Locking ends a run between two requests; what was under way is sent again.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.network import NetworkHint, system_proxy

if TYPE_CHECKING:
    from coachdesk.domain.line import SendResult
    from coachdesk.services.line import LineSheet
    from coachdesk.services.sending import Sender

FIRST_MS, EACH_MS, SOON_MS = 6_000, 15 * 60_000, 4_000


def _sweep() -> None:
    """Throw away what a practice left whose program was killed."""
    from coachdesk.services.practice_left import sweep

    sweep()


class LineWatch(QObject):
    """``start`` when the desk was opened; it stops by itself when it is locked."""

    changed = Signal()  # began, ended, or the network costs now

    def __init__(self, shell: Shell, parent: QObject | None = None, hint: NetworkHint | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.hint = hint or NetworkHint(self)
        self.run_now: Sender | None = None
        self.results: tuple[SendResult, ...] = ()
        self.waits_for_cost = False
        self._failures = 0
        self._not_before = 0.0  # of the monotonic clock
        self._again = QTimer(self, singleShot=True)
        self._each = QTimer(self, interval=EACH_MS)
        for timer in (self._again, self._each):
            timer.timeout.connect(self.look)
        self.hint.came.connect(self._soon)
        shell.queued.connect(self._queued)
        shell.sending_asked.connect(self.send_now)
        shell.keeping.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether something is being sent."""
        return self.run_now is not None

    def start(self) -> None:
        """The desk is open: look soon, and from then on every quarter of an hour."""
        self._failures, self._not_before, self.waits_for_cost = 0, 0.0, False
        self.results = ()
        self._each.start()
        self._again.start(FIRST_MS)
        self.shell.jobs.run(_sweep, lane="outside", owner=self)

    def stop(self) -> None:
        """The desk will be locked: when this returns nothing touches it from the lane any more."""
        self._again.stop()
        self._each.stop()
        sender, self.run_now = self.run_now, None
        self.results = ()  # they name people
        if sender is not None:
            sender.stop()

    def look(self) -> None:
        """Try by itself, where that may be; what is known of the lines is read first."""
        if self.shell.is_open and not self.busy and time.monotonic() >= self._not_before:
            from coachdesk.services import line

            desk = self.shell.desk
            self.shell.jobs.run(lambda: line.sheets(desk), then=self._decide, lane="reading", owner=self)

    def send_now(self) -> None:
        """A person wants it: also what had stopped, and also where it costs."""
        self._try(by_hand=True)

    def _decide(self, known: tuple[LineSheet, ...]) -> None:
        lines = [sheet.line for sheet in known if sheet.line.may_send]
        if not lines or not self.shell.is_open:
            return
        self.hint.listen()
        costs = self.hint.metered and not all(line.metered for line in lines)
        if costs != self.waits_for_cost:
            self.waits_for_cost = costs
            self.changed.emit()
        if not costs:
            self._try(by_hand=False)

    def _try(self, *, by_hand: bool) -> None:
        if self.busy or not self.shell.is_open:
            return
        from coachdesk.services.sending import Sender

        sender = self.run_now = Sender(self.shell.desk, proxy_for=system_proxy)
        self.waits_for_cost = False
        self.changed.emit()
        self.shell.jobs.run(
            lambda: sender.send(by_hand=by_hand),
            then=lambda done: self._ended(sender, done),
            failed=lambda problem: self._failed(sender, problem),
            lane="outside",
            owner=self,
        )

    def _ended(self, sender: Any, done: tuple[SendResult, ...]) -> None:
        if sender is not self.run_now:
            return  # the desk was locked meanwhile
        self.run_now, self.results = None, done
        again = [one.problem for one in done if one.problem is not None and not one.problem.stops]
        self._failures = self._failures + 1 if again else 0
        if again:
            from coachdesk.domain.line import wait_after

            asked = max((one.after for one in again if one.after is not None), default=None)
            wait = wait_after(self._failures, random.random(), asked)
            self._not_before = time.monotonic() + (asked or 0.0)
            self._again.start(int(wait * 1000) + 1)
        if any(one.delivered or one.refused or one.revoked for one in done):
            self.shell.undo.clear()  # what was sent cannot be undone
        self.shell.health_changed.emit()
        self.changed.emit()

    def _failed(self, sender: Any, problem: Exception) -> None:
        if sender is self.run_now:
            self.run_now = None
            self.shell.notices.show(problem)
            self.changed.emit()

    def _queued(self) -> None:
        """Something more waits: it goes soon, but a line that just failed is left the time that was drawn."""
        if not (self._failures and self._again.isActive()):
            self._soon()

    def _soon(self) -> None:
        """Something may be different: look in a moment, and not more often than that."""
        if self.shell.is_open and (not self._again.isActive() or self._again.remainingTime() > SOON_MS):
            self._again.start(SOON_MS)
