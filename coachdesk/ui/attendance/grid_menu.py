"""Everything that the keys of the grid do, for the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _
from coachdesk.ui.attendance import spoken
from coachdesk.ui.keynames import spoken_key

if TYPE_CHECKING:
    from coachdesk.ui.attendance.pane import GridPane

Act = tuple[str, str, Callable[[], object]]


def grid_menu(pane: GridPane) -> QMenu:
    """The menu of a grid; it is gone when it is closed."""
    menu, marker = QMenu(pane), pane.marker
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for code in codes("attendance_kinds"):
        words = f"{spoken.kind_words(code.key)}\t{code.more['digit']}"
        _add(menu, words, partial(marker.mark, code.key))
    everyone = menu.addMenu(_("All planned and unmarked"))
    for code in codes("attendance_kinds"):
        _add(everyone, spoken.kind_words(code.key), partial(marker.mark, code.key, everyone=True))
    menu.addSeparator()
    for text, key, do in _acts(pane):
        _add(menu, f"{_(text)}\t{spoken_key(key)}" if key else _(text), do)
    return menu


def _acts(pane: GridPane) -> Iterator[Act]:
    marker = pane.marker
    yield N_("Repeat the last mark"), "Space", marker.repeat
    yield N_("Fill down"), "Shift+Space", marker.fill_down
    yield N_("Clear the mark"), "Del", marker.clear
    yield N_("Open the day"), "Enter", partial(pane.do, "panel")
    yield N_("Exact hours"), "F2", partial(pane.do, "exact")
    if pane.has_whole_days:
        yield N_("The whole day is not held…"), "Ctrl+0", partial(pane.do, "not_held")
        yield N_("Find a name"), "Ctrl+F", partial(pane.do, "find")
    yield N_("Present and absent only"), "Ctrl+Shift+H", partial(pane.do, "quiet")


def _add(menu: QMenu, words: str, do: Callable[[], object]) -> None:
    menu.addAction(words).triggered.connect(lambda _on=False: do())
