"""Telling that a whole day is not held, for the workshop or group that the grid looks at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coachdesk.i18n import N_, current
from coachdesk.ui.attendance import spoken

if TYPE_CHECKING:
    from coachdesk.ui.attendance.screen import AttendanceScreen

Place = tuple[int, int | None]  # workshop, group


class NotHeldTeller(QObject):
    """Asks for the reason, writes it, and takes it back at will."""

    def __init__(self, screen: AttendanceScreen) -> None:
        super().__init__(screen)
        self.screen = screen

    def ask(self) -> None:
        """Ask why the day that the cursor is on is not held."""
        here, board = self.screen.view.here, self.screen.pane.board
        day = board.day(here) if here else None
        if day is not None:
            title = current().fill(N_("{day} is not held, because"), day=spoken.short(day))
            known = bool(self._told(day).keys() & set(self._places()))
            self.screen.pane.ask_not_held(title, known=known, taken=partial(self.tell, day))

    def tell(self, day: date, reason: str) -> None:
        """Tell that the day is not held; an empty reason takes it back."""
        before = self._told(day)
        former = {place: before.get(place, "") for place in self._places()}
        after = dict.fromkeys(former, reason)
        if after == former:
            return
        self._write(day, after)
        words = N_("{day} is not held") if reason else N_("{day} is held")
        self.screen.shell.undo.did(
            lambda: current().fill(words, day=spoken.short(day)),
            undo=lambda: self._write(day, former),
            redo=lambda: self._write(day, after),
        )

    def _told(self, day: date) -> dict[Place, str]:
        """Why a day is not held, by workshop and group."""
        told = self.screen.pane.board.sheet.not_held.get(day, ())
        return {(one.workshop_id, one.group_id): one.reason for one in told}

    def _places(self) -> list[Place]:
        """The workshop or group chosen; with none chosen, each workshop that has a line in the grid."""
        workshop_id, group_id = self.screen.chosen_place
        if workshop_id is not None:
            return [(workshop_id, group_id)]
        rows = self.screen.pane.board.sheet.rows
        return [(one, None) for one in sorted({row.workshop_id for row in rows})]

    def _write(self, day: date, reasons: Mapping[Place, str]) -> None:
        desk = self.screen.shell.desk

        def work() -> None:
            from coachdesk.services import attendance

            for (workshop_id, group_id), reason in reasons.items():
                if reason:
                    attendance.not_held(desk, workshop_id, group_id, day, reason)
                else:
                    attendance.held_after_all(desk, workshop_id, group_id, day)

        self.screen.shell.jobs.run(work, then=lambda _none: self._written(), owner=self.screen)

    def _written(self) -> None:
        self.screen.shell.saved()
        self.screen.refresh()
