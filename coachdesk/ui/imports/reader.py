"""Reads a spreadsheet on the reading lane: may be stopped, and is begun anew after locking."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from coachdesk.errors import Problem
from coachdesk.ui.shell import Shell

Answers = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is read, as what, and who takes it."""

    file: Path
    answers: Answers
    chosen: dict[str, Any]  # kind, mapping, sheet, month, as ``imports.preview`` takes them
    then: Callable[[Any], object]
    failed: Callable[[Problem], object]


class SheetReader(QObject):
    """One reading at a time; ``told`` tells done and total.

    Locking waits for no file: the reading is stopped there, and ``go_on`` begins it anew.
    """

    told = Signal(int, int)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell
        self.locked = False
        self._now: Reading | None = None
        self._stop = threading.Event()
        shell.keeping.connect(self._pause)

    def read(self, reading: Reading) -> None:
        """Begin to read; the result or the problem comes to who asked."""
        from coachdesk.services import imports

        self._now, self._stop = reading, threading.Event()
        desk, stop, told = self.shell.desk, self._stop, self.told

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise imports.Cancelled
            told.emit(done, total)

        self.shell.jobs.run(
            lambda: imports.preview(
                desk, reading.file, answers=reading.answers, progress=progress, **reading.chosen
            ),
            then=self._read,
            failed=self._failed,
            lane="reading",
            owner=self,
        )

    def stop(self) -> None:
        """Give up what is read now."""
        self._stop.set()

    def go_on(self) -> None:
        """The desk is open again: begin anew what locking stopped."""
        self.locked = False
        if self._now is not None:
            self.read(self._now)

    def _pause(self) -> None:
        self.locked = True
        self.stop()

    def _read(self, found: Any) -> None:
        if self._now is not None:
            done, self._now = self._now, None
            done.then(found)

    def _failed(self, problem: Problem) -> None:
        if self._now is not None and not self.locked:
            done, self._now = self._now, None
            done.failed(problem)
