"""The first run: its steps one after the other; a closed window opens at the same step again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.domain.workshop import Workshop
from coachdesk.i18n import N_, _, current
from coachdesk.services import workshops
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import first_run_step, remember_first_run
from coachdesk.services.opening import create_desk
from coachdesk.ui import theme
from coachdesk.ui.first_run.recovery import RecoveryStep
from coachdesk.ui.first_run.rest import DoneStep, InformationStep, RegionStep
from coachdesk.ui.first_run.step import Beginning, Step
from coachdesk.ui.first_run.step_list import WIDTH, StepList
from coachdesk.ui.first_run.who import Maker, PassphraseStep, WhoStep
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.stack import Stack
from coachdesk.ui.widgets.words import label

WORDS = ("who", "passphrase", "recovery", "information", "region", "done")
FIRST_IN_DESK = WORDS.index("recovery")
LINE = 760  # as long as a line of words is easily read
PAGE, WIDE = 560, 900  # what a page needs to have the steps, and a picture of the sheet, beside it


class FirstRunScreen(Screen):
    """Six steps; ``finished`` gives the open desk."""

    finished = Signal(object)

    def __init__(
        self,
        shell: Shell,
        folder: Path,
        *,
        desk: Desk | None = None,
        maker: Maker = create_desk,
        parent: QWidget | None = None,
    ) -> None:
        self.beginning = Beginning(shell, folder, desk)
        self._maker = maker
        self._at = 0
        super().__init__(shell, parent)
        if desk is not None:
            self._find_step(desk)

    def build(self) -> None:
        begun = self.beginning
        self.steps: tuple[Step, ...] = (
            WhoStep(begun),
            PassphraseStep(begun, self._maker),
            RecoveryStep(begun),
            InformationStep(begun),
            RegionStep(begun),
            DoneStep(begun),
        )
        self.list = StepList(len(self.steps))
        self.list.asked.connect(self.show_step)
        self.number, self.heading = label("", "secondary"), label("", "title")
        self.lead = label("", "body", wrap=True)
        self.lead.setMaximumWidth(theme.px(LINE))
        lead = row_of(self.lead, None)
        lead.setStretch(0, 1000)
        self.pages = Stack()
        for step in self.steps:
            self.pages.addWidget(step)
            step.changed.connect(self._show_state)
        inside = QWidget()
        inside.setProperty("screen", True)
        head = column_of(self.number, self.heading, lead, 8, spacing=4)
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 20, 32, 12)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.list)
        box.addLayout(column_of(scrolled(inside), self._build_foot(), spacing=0), 1)

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("health")
        self.back = Button(icon="arrow-left", tall=True)
        self.back.clicked.connect(lambda: self.show_step(self._at - 1))
        self.reason = label("", "secondary", wrap=True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.go_on = Button(kind="primary", icon="arrow-right", tall=True)
        self.go_on.clicked.connect(self.main_action)
        row = row_of(self.back, spacing=12)
        row.addWidget(self.reason, 1)
        row.addWidget(self.go_on)
        row.setContentsMargins(32, 8, 32, 8)
        foot.setLayout(row)
        self.word(self.back.setText, N_("Back"))
        return foot

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.steps[self._at]

    def first_focus(self) -> QWidget | None:
        return self.step.first_focus() or self.go_on

    def retranslate(self) -> None:
        super().retranslate()
        words = current()
        of = N_("Step {number} of {count}")
        self.number.setText(words.fill(of, number=self._at + 1, count=len(self.steps)))
        self.heading.setText(_(self.step.name))
        self.lead.setText(_(self.step.lead))
        self._show_state()

    def show_step(self, at: int) -> None:
        """Show a step, counted from 0."""
        self._at = at
        self.pages.setCurrentIndex(at)
        self.retranslate()
        self.step.retranslate()
        self.step.arrive()
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus()

    def main_action(self) -> None:
        """Keep what the step has and go on."""
        if self.go_on.isEnabled():
            self.step.go_on(self._go_on)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(WIDTH + PAGE)
        self.list.setVisible(beside)
        room = self.width() - (theme.px(WIDTH) if beside else 0)
        for step in self.steps:
            step.fit(wide=room >= theme.px(WIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.main_action()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and not hasattr(self, "go_on"):
            return
        super().changeEvent(event)

    def _go_on(self) -> None:
        desk = self.beginning.desk
        if self._at + 1 < len(self.steps):
            following = self._at + 1
            if desk is None or following == FIRST_IN_DESK:  # making the desk remembered it already
                self.show_step(following)
            else:
                self._remember(desk, WORDS[following], lambda: self.show_step(following))
        elif desk is not None:
            self._remember(desk, "", lambda: self.finished.emit(desk))

    def _remember(self, desk: Desk, word: str, then: Callable[[], object]) -> None:
        self.shell.jobs.run(lambda: remember_first_run(desk, word), then=lambda _done: then(), owner=self)

    def _find_step(self, desk: Desk) -> None:
        """Go on where the first run was left."""

        def look() -> tuple[str, str, Workshop]:
            return first_run_step(desk), workshops.coach(desk).name, workshops.all_workshops(desk)[0]

        def found(kept: tuple[str, str, Workshop]) -> None:
            word, self.beginning.coach, workshop = kept
            self.beginning.workshop_fi, self.beginning.workshop_sv = workshop.name_fi, workshop.name_sv
            self.show_step(WORDS.index(word) if word in WORDS else FIRST_IN_DESK)

        self.shell.jobs.run(look, then=found, owner=self)

    def _show_state(self) -> None:
        first = FIRST_IN_DESK if self.beginning.desk is not None else 0
        names = [_(step.name) for step in self.steps]
        self.list.show_steps(names, [step.minutes for step in self.steps], self._at, first)
        reason = self.step.reason()
        self.reason.setText(reason)
        self.go_on.setText(self.step.go_on_words())
        self.go_on.setEnabled(not reason and not self.step.busy)
        self.back.setVisible(self._at > first)
        self.back.setEnabled(not self.step.busy)
