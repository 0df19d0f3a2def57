"""The way that was gone: the pages that were left, each with its scroll and what had the focus."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea
from shiboken6 import isValid

from coachdesk.ui.screen import Screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea, QWidget

    from coachdesk.ui.going import Going

LONGEST = 30  # pages
ACTS = frozenset({"new_note", "edit", "appointment", "open"})  # hints that open a form, not a place


@dataclass
class Stop:
    """A page that was left: where, with its scroll and what had the focus."""

    going: Going
    scrolls: list[tuple[QAbstractScrollArea, int, int]] = field(default_factory=list)
    focus: QWidget | None = None

    @property
    def place(self) -> Going:
        """The place alone: a form or window that was asked for there is not opened a second time."""
        hint = self.going.hint
        opens = hint == "new" or (isinstance(hint, dict) and not hint.keys().isdisjoint(ACTS))
        return replace(self.going, hint=None) if opens else self.going

    def restore(self) -> None:
        """Scroll and focus as they were, where the page still has the same widgets."""
        with contextlib.suppress(RuntimeError):  # a page that was made anew has others
            for area, across, down in self.scrolls:
                area.horizontalScrollBar().setValue(across)
                area.verticalScrollBar().setValue(down)
            if self.focus is not None:
                self.focus.setFocus(Qt.FocusReason.OtherFocusReason)


class Way:
    """The stops, the last one left at the end."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._areas: dict[QScrollArea, tuple[int, list[QAbstractScrollArea]]] = {}

    def leave(self, going: Going, page: QScrollArea, focus: QWidget | None) -> None:
        """Remember a page that is left."""
        areas = [page, *self._areas_in(page)]
        kept = [(a, a.horizontalScrollBar().value(), a.verticalScrollBar().value()) for a in areas]
        self._stops.append(Stop(going, kept, focus))
        del self._stops[:-LONGEST]

    def back(self) -> Stop | None:
        """The page left last, which is then forgotten; None at the beginning."""
        return self._stops.pop() if self._stops else None

    def forget(self, trainee_id: int) -> None:
        """Somebody was removed for good: nothing leads there."""
        self._stops = [stop for stop in self._stops if stop.going.trainee_id != trainee_id]

    def _areas_in(self, page: QScrollArea) -> list[QAbstractScrollArea]:
        """What scrolls in a page; looked for again when a screen or tab was made since."""
        made, areas = self._areas.get(page, (0, []))
        if made != Screen.made or not all(map(isValid, areas)):
            areas = page.findChildren(QAbstractScrollArea)
            self._areas[page] = (Screen.made, areas)
        return areas
