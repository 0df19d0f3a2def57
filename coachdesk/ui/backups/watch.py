"""What is tended while the desk is open: backups made, carried and proved, and the log looked through once.

Nothing of it runs on this thread.  Locking stops what is being made or proved; carrying to a slow stick or
share needs no key and goes on by itself.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from coachdesk.i18n import N_, current
from coachdesk.ui.shell import Shell

if TYPE_CHECKING:
    from coachdesk.services.carrying import Carried, Carrying

FIRST_LOOK_MS, EACH_MS = 20_000, 60_000


class Watch(QObject):
    """``start`` when the desk was opened; it stops by itself when it is locked."""

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._stopped = threading.Event()
        self._busy = self._log_known = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        shell.keeping.connect(self.stop)

    def start(self) -> None:
        """The desk is open."""
        self._stopped = threading.Event()
        self._busy = self._log_known = False
        self._timer.start(FIRST_LOOK_MS)

    def stop(self) -> None:
        """The desk will be locked: what runs is to end soon."""
        self._timer.stop()
        self._stopped.set()

    def look(self) -> None:
        """See what is due and do it; while something is still being done, nothing."""
        self._timer.setInterval(EACH_MS)
        if self._busy or not self.shell.is_open:
            return
        from coachdesk.services import backups

        desk, stopped = self.shell.desk, self._stopped
        self._busy = True
        if not self._log_known:
            self._look_through_log(desk)
            self._settle_halves(desk)
        self.shell.jobs.run(
            lambda: backups.tend(desk, stopped.is_set),
            then=self._tended,
            failed=self._failed,
            lane="reading",
            owner=self,
        )

    def _look_through_log(self, desk: Any) -> None:
        from coachdesk.services import checks

        self._log_known, stopped = True, self._stopped
        self.shell.jobs.run(
            lambda: checks.look_through_log(desk, stopped.is_set),
            then=self._tell,
            lane="reading",
            owner=self,
        )

    def _settle_halves(self, desk: Any) -> None:
        """What a killed handover left on a stick; with no hand at the desk while the stick is waited for."""
        from coachdesk.services import halves

        def note(settled: Any) -> None:
            if settled and self.shell.is_open and self.shell.desk is desk:
                work = partial(halves.note, desk, settled)
                self.shell.jobs.run(work, then=lambda lost: self._tell_halves(settled, lost), owner=self)

        def look(left: Any) -> None:
            if left:
                work = partial(halves.settle, left)
                self.shell.jobs.run(work, then=note, lane="outside", owner=self)

        self.shell.jobs.run(lambda: halves.left(desk), then=look, lane="reading", owner=self)

    def _tell_halves(self, settled: Any, lost: Any) -> None:
        words, say = current(), self.shell.notices.say
        for file in settled.finished:
            message = N_("Handing over was interrupted and is finished now: {file} is in its place.")
            say(words.fill(message, file=str(file)))
        for one in lost:
            message = N_(
                "Handing over to {desk} was interrupted, and its file was not found. Do it once more."
            )
            say(words.fill(message, desk=one.desk_name))

    def _tell(self, problems: tuple[Exception, ...]) -> None:
        for problem in problems:
            self.shell.notices.show(problem)

    def _tended(self, carrying: Carrying | None) -> None:
        self.shell.health_changed.emit()
        if carrying is None or self._stopped.is_set():
            self._busy = False
            return
        stopped = self._stopped
        self.shell.jobs.run(
            lambda: carrying.carry(stopped.is_set),
            then=self._carried,
            failed=self._failed,
            lane="outside",
            owner=self,
        )

    def _carried(self, carried: Carried) -> None:
        self._busy = False
        if not self.shell.is_open or self._stopped.is_set():
            return
        from coachdesk.services import backup_state

        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: backup_state.note_carried(desk, carried),
            then=lambda _none: self.shell.health_changed.emit(),
            owner=self,
        )

    def _failed(self, problem: Exception) -> None:
        self._busy = False
        self.shell.notices.show(problem)
