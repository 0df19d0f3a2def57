"""Opening with the recovery sheet: eight groups, then a new passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from coachdesk import i18n
from coachdesk.clock import Clock
from coachdesk.errors import Problem
from coachdesk.i18n import N_, _
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock.groups import GroupFields
from coachdesk.ui.unlock.passphrase import NewPassphrase
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk
    from coachdesk.ui.unlock.who import WhoField


class SheetPage(Screen):
    """The way in for who forgot the passphrase; ``opened`` gives the desk with its new one."""

    opened = Signal(object)
    left = Signal()

    def __init__(
        self,
        shell: Shell,
        folder: Path,
        recoverer: Callable[[Path, tuple[str, ...]], "Desk"] | None = None,
    ) -> None:
        self.folder = folder
        self._recoverer = recoverer or partial(_recover, shell.clock)
        self._desk: Desk | None = None
        self._problem: Problem | None = None
        super().__init__(shell)

    def build(self) -> None:
        self.heading = label("", "unlock", wrap=True)
        self.lead = label("", "secondary", wrap=True)
        self.groups = GroupFields(columns=2)
        self.groups.changed.connect(self._show_state)
        self.fresh = NewPassphrase(self.shell.jobs)
        self.fresh.changed.connect(self._show_state)
        self.fresh.again.returnPressed.connect(self.main_action)
        self.stack = QStackedWidget()
        self.who: WhoField | None = None
        self._choice = column_of(self.fresh)
        choosing = QWidget()
        choosing.setLayout(self._choice)
        self.stack.addWidget(self.groups)
        self.stack.addWidget(choosing)
        self.problem = Notice("danger")
        self.problem.hide()
        self.go_on = Button(kind="primary", icon="lock-open", tall=True)
        self.go_on.clicked.connect(self.main_action)
        self.back = Button(kind="flat", icon="arrow-left", tall=True)
        self.back.clicked.connect(self._give_up)
        buttons = row_of(self.go_on, 12, self.back, None)
        self.setLayout(column_of(self.heading, self.lead, 8, self.stack, self.problem, 8, buttons))
        self.word(self.back.setText, N_("Back to the passphrase"))

    def first_focus(self) -> QWidget:
        return self.fresh.first if self._desk else self.groups.first_open

    def retranslate(self) -> None:
        super().retranslate()
        if self._desk is None:
            self.heading.setText(_("Open with the recovery sheet"))
            self.lead.setText(_("Type the eight groups from the sheet, in capital or small letters."))
            self.go_on.setText(_("Open"))
        else:
            self.heading.setText(_("Choose a new passphrase"))
            self.lead.setText(_("The sheet opened the desk. The old passphrase stops working."))
            self.go_on.setText(_("Take into use"))
        self.problem.set_text(i18n.say(self._problem) if self._problem else "")
        self.problem.setVisible(self._problem is not None)
        self._show_state()

    def main_action(self) -> None:
        """Open with the groups, then take the new passphrase into use."""
        if not self.go_on.isEnabled():
            return
        self.go_on.setEnabled(False)
        if self._desk is None:
            groups, folder = self.groups.groups, self.folder
            self._run(lambda: self._recoverer(folder, groups), self._recovered)
        else:
            desk, passphrase = self._desk, self.fresh.take()
            who = self.who.coach_id if self.who else None
            self._run(lambda: _set(desk, passphrase, who), lambda _done: self._finish())

    def abandon(self) -> None:
        """Forget what was typed; a desk without its new passphrase is closed again."""
        self.groups.forget()
        self.fresh.take()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self._problem = None
        self.stack.setCurrentWidget(self.groups)
        self.retranslate()

    def _run(self, work: Callable[[], object], then: Callable[[Any], object]) -> None:
        self.shell.jobs.run(work, then=then, failed=self._refused, owner=self)

    def _give_up(self) -> None:
        self.abandon()
        self.left.emit()

    def _recovered(self, desk: "Desk") -> None:
        self._desk, self._problem = desk, None
        self.groups.forget()
        self._ask_who(desk)
        self.stack.setCurrentIndex(1)
        self.retranslate()
        self.fresh.first.setFocus()

    def _ask_who(self, desk: "Desk") -> None:
        """Where several coaches can open the desk: whose passphrase was forgotten."""
        from coachdesk.services import keys
        from coachdesk.ui.unlock.who import WhoField

        if self.who is not None:
            self.who.deleteLater()
            self.who = None
        names = keys.names_of_openers(desk)
        if len(names) > 1:
            self.who = WhoField(names, self.shell.settings.coach)
            self._choice.insertWidget(0, self.who)

    def _finish(self) -> None:
        desk, self._desk = self._desk, None
        self.abandon()
        self.opened.emit(desk)

    def _refused(self, problem: Exception) -> None:
        assert isinstance(problem, Problem)
        if problem.field and problem.field.startswith("group"):
            self.groups.blame(int(problem.field.removeprefix("group")), i18n.say(problem))
        else:
            self._problem = problem
        self.retranslate()

    def _show_state(self) -> None:
        self.go_on.setEnabled(self.groups.complete if self._desk is None else self.fresh.ready)


def _recover(clock: Clock, folder: Path, groups: tuple[str, ...]) -> "Desk":
    from coachdesk.services.opening import open_desk_with_recovery

    return open_desk_with_recovery(folder, groups, clock=clock)


def _set(desk: "Desk", passphrase: str, coach_id: int | None) -> None:
    from coachdesk.services import keys

    keys.set_passphrase(desk, passphrase, coach_id=coach_id)
