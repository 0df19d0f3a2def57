"""The coaches of the desk: whom a trainee may have as responsible coach; one may have no passphrase."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QListWidget

from coachdesk.domain.workshop import Coach
from coachdesk.i18n import N_, _
from coachdesk.ui.form import FormDialog
from coachdesk.ui.settings.own import FIELDS
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label


class CoachesSection(Section):
    """A list by name, with a form to add or change one."""

    name = N_("Coaches")

    def build(self) -> None:
        self.coaches: tuple[Coach, ...] = ()
        card, self.list = Card(), QListWidget()
        self.list.setMaximumHeight(240)
        self.list.setTabKeyNavigation(False)
        self.list.itemActivated.connect(lambda _item: self.edit())
        self.edit_button, self.add_button = Button(icon="pencil"), Button(icon="plus")
        self.edit_button.clicked.connect(self.edit)
        self.add_button.clicked.connect(self.add)
        about = label("", "secondary", wrap=True)
        card.add(about)
        card.add(self.list)
        card.body.addLayout(row_of(self.edit_button, self.add_button, None))
        self.body.addWidget(card)
        self.word(card.set_title, N_("Coaches"))
        self.word(about.setText, N_("A coach added here can be chosen as a trainee's responsible coach."))
        self.word(self.list.setAccessibleName, N_("Coaches"))
        self.word(self.edit_button.setText, N_("Edit"))
        self.word(self.add_button.setText, N_("Add a coach"))

    def refresh(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        self.run(lambda: workshops.coaches(desk), self.show_coaches)

    def show_coaches(self, coaches: tuple[Coach, ...]) -> None:
        """Show the coaches, the same one chosen."""
        at = max(0, self.list.currentRow())
        self.coaches = coaches
        self.list.clear()
        self.list.addItems([", ".join(filter(None, (coach.name, coach.title))) for coach in coaches])
        self.list.setCurrentRow(min(at, len(coaches) - 1))

    def edit(self) -> None:
        """Change the coach chosen."""
        at = self.list.currentRow()
        if 0 <= at < len(self.coaches):
            self._open(CoachForm(self.shell, self.coaches[at], self))

    def add(self) -> None:
        """Add a coach."""
        self._open(CoachForm(self.shell, Coach(name=""), self))

    def _open(self, form: FormDialog) -> None:
        form.kept.connect(lambda _kept: self.refresh())
        form.open()


class CoachForm(FormDialog):
    """A coach's name, title and contact."""

    def __init__(self, shell: Any, coach: Coach, parent: Any) -> None:
        self.coach = coach
        super().__init__(shell, parent)

    def build(self) -> None:
        for name, _caption in FIELDS:
            edit = QLineEdit(getattr(self.coach, name))
            edit.setMaxLength(120)
            self.put(name, edit)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Coach") if self.coach.id else _("New coach"))
        for name, caption in FIELDS:
            self.fields[name].set_caption(_("Name") if name == "name" else _(caption))

    def keep(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        written = {name: field.control.text().strip() for name, field in self.fields.items()}  # type: ignore[attr-defined]
        coach = replace(self.coach, **written)
        work = workshops.edit_coach if coach.id else workshops.add_coach
        self.run(lambda: work(desk, coach), self._kept)

    def _kept(self, kept: object) -> None:
        self.kept.emit(kept)
        self.done_with(_("Coach kept"))
