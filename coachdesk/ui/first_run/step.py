"""One step of the first run: a page with its name, lead and fields, and a reason while it is not ready."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import _, say
from coachdesk.ui import theme
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk

COLUMN = 520


class Beginning:
    """What the steps share: the shell, where the desk is made, and what was typed before it exists."""

    def __init__(self, shell: Shell, folder: Path, desk: "Desk | None") -> None:
        self.shell, self.folder, self.desk = shell, folder, desk
        self.coach = self.workshop_fi = self.workshop_sv = ""
        self.groups: tuple[str, ...] | None = None  # of the recovery key, until they are proved

    def workshop(self, language: str) -> str:
        """The workshop's name in a language, the other one where there is none."""
        first, second = self.workshop_fi, self.workshop_sv
        return second or first if language == "sv" else first or second

    @property
    def names(self) -> tuple[str, ...]:
        """Words that a passphrase should not be made of."""
        return (self.coach, self.workshop_fi, self.workshop_sv)


class Step(QWidget, Spoken):
    """A page; ``changed`` when it may have become ready, ``busy`` while it works."""

    name = ""
    lead = ""
    minutes = 0
    changed = Signal()

    def __init__(self, beginning: Beginning) -> None:
        super().__init__()
        self.beginning, self.shell = beginning, beginning.shell
        self.busy = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.problem = Notice("danger")
        self.problem.hide()
        self._problem: Problem | None = None
        self.fields: dict[str, Field] = {}
        self.build()
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.retranslate()

    def build(self) -> None:
        """Make the fields; called once."""

    def put(self, card: QWidget) -> None:
        """Put a card below the others, no wider than lines are easily read."""
        card.setMaximumWidth(theme.px(COLUMN))
        row = row_of(card, None)  # in a column alone its height would be that of the whole width
        row.setStretch(0, 1000)
        self.body.addLayout(row)

    def fit(self, *, wide: bool) -> None:
        """Leave out what only decorates where there is little room."""

    def arrive(self) -> None:
        """The step is shown."""

    def reason(self) -> str:
        """Why it is not ready, in words; empty when it is."""
        return ""

    def go_on(self, then: Callable[[], object]) -> None:
        """Keep what was chosen, then go on."""
        then()

    def first_focus(self) -> QWidget | None:
        """Where the focus starts."""
        return None

    def go_on_words(self) -> str:
        """What the button says."""
        return _("Continue")

    @property
    def desk(self) -> "Desk":
        """The desk, from the third step on."""
        assert self.beginning.desk is not None
        return self.beginning.desk

    def run(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Work on the saving lane; the button waits."""
        self.busy, self._problem = True, None
        self._show_problem()
        self.changed.emit()

        def done(result: Any) -> None:
            self.busy = False
            then(result)
            self.changed.emit()

        self.shell.jobs.run(work, then=done, failed=self._failed, owner=self)

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        self._show_problem()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "problem"):
            self.retranslate()
        super().changeEvent(event)

    def _failed(self, problem: Exception) -> None:
        assert isinstance(problem, Problem)
        self.busy, self._problem = False, problem
        self._show_problem()
        self.changed.emit()

    def _show_problem(self) -> None:
        sentence = say(self._problem) if self._problem else ""
        at = self.fields.get((self._problem.field or "") if self._problem else "")
        for field in self.fields.values():
            field.set_error(sentence if field is at else "")
        self.problem.set_text(sentence)
        self.problem.setVisible(bool(sentence) and at is None)
