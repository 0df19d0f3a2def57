"""A form whose work waits for a stick or a share: it tells how far it is, and can be stopped at any time."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.ui.form import FormDialog
from coachdesk.ui.imports.waiting import Waiting

SlowWork = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]


class SlowForm(FormDialog):
    """The saving lane never waits for what is begun by ``outside``; locking stops it."""

    progressed = Signal(int, int)

    def watch(self, waiting: Waiting) -> None:
        """Show what is under way above the buttons."""
        self.waiting = waiting
        self._stop = threading.Event()
        self.busy = False
        self.keep_in_sight(waiting)
        self.progressed.connect(waiting.show_progress)
        waiting.stopped.connect(self.stop)
        self.shell.keeping.connect(self.stop)

    def stop(self) -> None:
        """What is under way ends soon, and leaves all as it was."""
        self._stop.set()

    def begin(self) -> None:
        """From now on until ``end`` there is only waiting, or stopping."""
        self._stop.clear()
        self.busy = True
        self._show_busy()
        self.waiting.begin()

    def end(self) -> None:
        """It is done, or was refused."""
        self.busy = False
        self._show_busy()
        self.waiting.end()

    def outside(self, work: SlowWork, then: Callable[[Any], object]) -> None:
        """Work at the stick, which is told how to tell how far it is, and how to know that it is to stop."""
        told, stopped = self.progressed.emit, self._stop.is_set

        def go_on(found: Any) -> None:
            if self.shell.is_open:
                then(found)
            else:  # locked when it had just ended: what it left is swept at the next opening
                self.refuse(Refused(N_("Stopped. Nothing was handed over.")))

        self.shell.jobs.run(
            lambda: work(told, stopped), then=go_on, failed=self.refuse, lane="outside", owner=self
        )

    def refuse(self, problem: Exception) -> None:
        self.end()
        super().refuse(problem)

    def try_to_keep(self) -> None:
        if not self.busy:
            super().try_to_keep()

    def reject(self) -> None:
        """Stop what is under way; else leave."""
        if self.busy:
            self.stop()
        else:
            super().reject()

    def _show_busy(self) -> None:
        self.keep_button.setEnabled(not self.busy)
        self.leave_button.setEnabled(not self.busy)
        for field in self.fields.values():
            field.setEnabled(not self.busy)
