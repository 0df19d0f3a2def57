"""One section of Settings: cards in a column; what is changed is saved at once or by its own button."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import say
from coachdesk.ui.form_draft import FormDraft
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.undo import Undoing
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field

COLUMN = 560


class Section(QWidget, Spoken, Undoing):
    """See the module; ``name`` stands in the list on the left."""

    name = ""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.setProperty("screen", True)
        self.setMaximumWidth(COLUMN + 120)
        self.fields: dict[str, Field] = {}
        self.draft: FormDraft | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.build()
        self.body.addStretch(1)
        self.retranslate()

    def build(self) -> None:
        """Make the cards; called once."""

    def refresh(self) -> None:
        """Read what is shown."""

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        if self.draft is not None:
            self.draft.retranslate()

    def keep_draft(self, form: str, subject: str, card: Card, **more: QWidget) -> None:
        """Keep what is typed into the fields; a draft from before is offered at the top of the card."""
        controls = {name: field.control for name, field in self.fields.items()} | more
        self.draft = FormDraft(self.shell, controls, form, subject, self)
        self.draft.rest()
        card.body.insertWidget(0, self.draft.offer)

    @contextmanager
    def filling(self) -> Iterator[None]:
        """What is put into the fields within is not typed; after it a draft is looked for."""
        if self.draft is not None:
            self.draft.rest()
        yield
        if self.draft is not None:
            self.draft.begin()

    def forget_draft(self) -> None:
        """What was typed is kept as a record now."""
        if self.draft is not None:
            self.draft.finish()

    def fit(self, size_class: str) -> None:
        """Lay out anew for a wide, medium or narrow window: a narrow one spares the sides for the words."""
        for card in self.findChildren(Card):
            card.set_sides(6 if size_class == "narrow" else 14)

    def leave(self) -> None:
        """Another section or place is shown."""

    def run(self, work: Callable[[], Any], then: Callable[[Any], object], lane: str = "desk") -> None:
        """Work off the interface thread; what a rule refuses is shown at its field."""
        for field in self.fields.values():
            field.set_error("")
        self.shell.jobs.run(work, then=then, failed=self.refuse, lane=lane, owner=self)

    def act_anew(self, work: Callable[[], Any]) -> None:
        self.run(work, self.acted)

    def refuse(self, problem: Exception) -> None:
        """Show what a rule refused, at its field where it names one of ours."""
        field = self.fields.get(problem.field or "") if isinstance(problem, Problem) else None
        if field is not None:
            assert isinstance(problem, Problem)
            field.set_error(say(problem))
            field.control.setFocus()
        else:
            self.shell.notices.show(problem)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "body"):
            self.retranslate()
        super().changeEvent(event)
