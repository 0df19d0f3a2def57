"""The keys of the whole window: each goes to the screen that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coachdesk.i18n import N_, current
from coachdesk.ui.navigation import PLACES

if TYPE_CHECKING:
    from coachdesk.ui.inside import Inside


class Commands(QObject):
    """Shortcuts of the inside; gone while the door is shown, since the inside is hidden."""

    def __init__(self, inside: Inside) -> None:
        super().__init__(inside)
        self.inside = inside
        for place in PLACES:
            self._key(f"Ctrl+{place.key}", partial(inside.shell.go, place.word))
        for keys, done in (
            ("Ctrl+K", inside.head.start_finding),
            ("Ctrl+L", inside.locking.emit),
            ("Ctrl+F", lambda: self._screen("find")),
            ("Ctrl+N", lambda: self._screen("new")),
            ("Ctrl+P", lambda: self._screen("print_")),
            ("Ctrl+Return", lambda: self._screen("main_action")),
            ("Ctrl+Enter", lambda: self._screen("main_action")),
            ("Ctrl+Shift+N", lambda: inside.shell.go("trainees", hint="new")),
            ("Ctrl+Shift+F", self.find_paper),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Alt+Left", inside.shell.back),
            ("F1", self.keys),
            ("F5", lambda: self._screen("look_again")),
            ("F6", lambda: self.next_part(1)),
            ("Shift+F6", lambda: self.next_part(-1)),
            ("F8", lambda: inside.turned.turn()),
        ):
            self._key(keys, done)
        # only while there is a sentence to take away: else Esc belongs to the field or list it is pressed in
        self.escape = self._key("Esc", inside.hide_notice)
        self.escape.setEnabled(False)

    def undo(self) -> None:
        """Ctrl+Z, and a word of what was taken back."""
        if label := self.inside.shell.undo.undo():
            self.inside.undo_bar.tell(current().fill(N_("Undone: {what}"), what=label), undoable=False)

    def redo(self) -> None:
        """Ctrl+Y."""
        if label := self.inside.shell.undo.redo():
            self.inside.undo_bar.tell(current().fill(N_("Done again: {what}"), what=label), undoable=True)

    def find_paper(self) -> None:
        """Ctrl+Shift+F: which version a paper is, by its code."""
        from coachdesk.ui.plans.find_paper import FindPaperForm

        FindPaperForm(self.inside.shell, self.inside.window()).open()

    def keys(self) -> None:
        """F1."""
        from coachdesk.ui.keyboard import KeyList

        KeyList(self.inside.shell, self.inside.screen_shown, self.inside.window()).exec()

    def next_part(self, by: int) -> None:
        """F6: from one part of the window to the next, to its first control."""
        inside = self.inside
        body = inside.body
        parts: list[QWidget] = [inside.nav, inside.head, body, inside.health]
        focus = inside.window().focusWidget()
        at = next((i for i, part in enumerate(parts) if focus and part.isAncestorOf(focus)), -by % 4)
        for step in range(1, 5):
            part = parts[(at + by * step) % 4]
            if part is body and (screen := inside.screen_shown):
                first = screen.first_focus()
                if first is None or not first.isVisible() or not first.isEnabled():
                    first = first_stop(part)
            else:
                first = first_stop(part)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _screen(self, what: str) -> None:
        if (screen := self.inside.screen_shown) is not None:
            getattr(screen, what)()

    def _key(self, keys: str, done: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self.inside)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(done)
        return shortcut


def first_stop(part: QWidget) -> QWidget | None:
    """The first control of a part that Tab would stop at.

    WORKAROUND: nextInFocusChain is not asked, since PySide then takes the one for the parent of the other
    and believes live widgets deleted.
    """
    for widget in part.findChildren(QWidget):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if stops and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            return widget
    return None
