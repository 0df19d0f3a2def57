"""Whose trainees a list shows, on a desk that several coaches open: the own ones, or everybody's.

Each coach's choice is remembered; where a reason is needed for everybody's it is asked for once, until the
desk is locked.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from coachdesk.errors import ReasonNeeded
from coachdesk.i18n import N_, _
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell

OWN, ALL = "own", "all"
KEY = "Ctrl+Shift+A"
WIDEST = 170


class WhoseBox(ChoiceBox):
    """Own or all; ``turned`` when the list is to be read again.  ``together``: no reason is needed."""

    turned = Signal()

    def __init__(self, shell: Shell, screen: Screen, *, together: bool = False) -> None:
        super().__init__()
        self._shell, self._screen, self._together = shell, screen, together
        self.shared = False
        self.setMinimumContentsLength(5)
        self.fit_words(WIDEST)
        self.chosen.connect(self.ask)
        shortcut = QShortcut(QKeySequence(KEY), screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.turn)
        self.hide()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.offer([(OWN, _("My own")), (ALL, _("Everybody's"))])
        self.setAccessibleName(_("Whose trainees"))
        self.setToolTip(f"{_('Whose trainees')} ({KEY})")

    @property
    def wish(self) -> str:
        """What this coach chose last: own, all, or nothing yet."""
        return _kept(self._shell.settings.lists).get(self._shell.desk.coach_id, "")

    def show_key(self, key: str, *, shared: bool) -> None:
        """What the list shows now; where one coach opens the desk there is nothing to choose."""
        self.shared = shared
        self.choose(key)
        others = type(self._screen).keys
        self._screen.keys = (*others, KEYS) if shared else others  # F1 tells of no key that does nothing
        if self.isHidden() == shared:
            self.setVisible(shared)

    def turn(self) -> None:
        """The one key: everybody's, or the own ones again."""
        if self.shared:
            self.ask(OWN if self.key == ALL else ALL)

    def ask(self, key: str) -> None:
        """Show these from now on, after the reason where one is needed."""
        from coachdesk.services import whose

        if not self.shared:
            return
        if key == ALL and not self._together:
            self._shell.jobs.run(
                lambda: whose.ask_for_all(self._shell.desk),
                then=lambda _found: self._keep(ALL),
                failed=self._refused,
                owner=self,
            )
        else:
            self._keep(key)

    def _keep(self, key: str) -> None:
        shell = self._shell
        kept = _kept(shell.settings.lists) | {shell.desk.coach_id: key}
        shell.change_settings(lists=" ".join(f"{who}:{what}" for who, what in sorted(kept.items())))
        self.choose(key)
        self.turned.emit()

    def _refused(self, problem: Exception) -> None:
        self.choose(OWN)
        if not isinstance(problem, ReasonNeeded):
            self._shell.notices.show(problem)
            return
        from coachdesk.ui.coaches.everybody import EverybodyForm

        form = EverybodyForm(self._shell, parent=self._screen.window())
        form.kept.connect(lambda _stated: self._keep(ALL))
        form.open()


def _kept(lists: str) -> dict[int, str]:
    """Coach and choice, from "1:own 3:all"; what is not so is left out."""
    parts = (part.partition(":") for part in lists.split())
    return {int(who): what for who, _colon, what in parts if who.isdecimal() and what in (OWN, ALL)}


KEYS = (KEY, N_("own or all trainees"))
