"""The screen turned to the trainee: nobody else's name is seen until it is turned back.

Places, search, health line and notices go; keys that lead elsewhere rest. Wherever something else than
that trainee's page would be shown, a blank page is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from coachdesk.i18n import _
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.ui.inside import Inside

KEY = "F8"
STAY = (KEY, "Ctrl+L")


class Turned(QObject, Spoken):
    """Turns the inside of the window and back."""

    def __init__(self, inside: Inside) -> None:
        super().__init__(inside)
        self.inside = inside
        self.on = False
        self.trainee_id: int | None = None
        self._resting: list[QShortcut] = []
        self._hidden: list[QWidget] = []
        self.strip, self.name = QFrame(), label("", "title")
        self.strip.setObjectName("head")
        self.back = Button(key=KEY)
        self.back.clicked.connect(self.turn)
        row = row_of(self.name, None, self.back, spacing=12)
        row.setContentsMargins(20, 10, 20, 10)
        self.strip.setLayout(row)
        self.strip.hide()
        self.cover = QLabel()
        self.cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.put_above(self.strip)
        inside.stack.addWidget(self.cover)
        inside.shell.going.connect(self.cover_others)
        inside.shell.going_back.connect(self.cover_others)
        inside.shell.titled.connect(self._name)
        self.retranslate()

    def turn(self) -> None:
        """Turn it to the trainee, or back to the coach."""
        self.on = not self.on
        inside = self.inside
        if self.on:
            self.trainee_id = inside.now.trainee_id if inside.now else None
            parts: tuple[QWidget, ...] = (inside.nav, inside.head, inside.health, inside.notice_row)
            self._hidden = [part for part in parts if not part.isHidden()]
            inside.undo_bar.hide()
            keys = (key for key in inside.findChildren(QShortcut) if key.isEnabled())
            self._resting = [key for key in keys if key.key().toString() not in STAY]
        for part in self._hidden:
            part.setVisible(not self.on)
        for key in self._resting:
            key.setEnabled(not self.on)
        self.strip.setVisible(self.on)
        if self.on:
            self.cover_others()
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            inside.commands.escape.setEnabled(inside.notice_row in self._hidden)
            inside.stack.setCurrentWidget(inside.body)
            inside.focus_page()

    def waits(self, part: QWidget) -> bool:
        """Whether a part has to wait until the screen is turned back, and is shown then."""
        if self.on and part not in self._hidden:
            self._hidden.append(part)
        return self.on

    def cover_others(self) -> None:
        """While it is turned, show that trainee's page or nothing."""
        if self.on:
            self.inside.stack.setCurrentWidget(self.inside.body if self._in_front() else self.cover)
            self._name()

    def retranslate(self) -> None:
        """Set every word again."""
        self.back.setText(_("Turn the screen back"))
        self.cover.setText(_("The screen is turned."))
        self._name()

    def _name(self) -> None:
        shown = self.inside.screen_shown
        self.name.setText(shown.title() if shown is not None and self.on and self._in_front() else "")

    def _in_front(self) -> bool:
        """Whether the page is that of the trainee whom the screen was turned to."""
        now = self.inside.now
        return now is not None and now.place == "trainee" and now.trainee_id == self.trainee_id
