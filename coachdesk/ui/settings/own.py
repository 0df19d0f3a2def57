"""The coach's own details, as papers name the coach."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit

from coachdesk.domain.workshop import Coach
from coachdesk.i18n import N_
from coachdesk.ui.settings.page import COLUMN, Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of

FIELDS = (
    ("name", N_("Your name")),
    ("title", N_("Title")),
    ("phone", N_("Phone")),
    ("email", N_("E-mail")),
)


class OwnSection(Section):
    """Four fields and a button."""

    name = N_("Own details")

    def build(self) -> None:
        self.coach: Coach | None = None
        card = Card()
        card.setMaximumWidth(COLUMN)
        for name, caption in FIELDS:
            edit = QLineEdit()
            edit.setMaxLength(120)
            edit.textChanged.connect(lambda _text: self._judge())
            edit.returnPressed.connect(self.keep)
            self.fields[name] = Field(edit)
            self.word(self.fields[name].set_caption, caption)
            card.add(self.fields[name])
        self.keep_button = Button(kind="primary")
        self.keep_button.setEnabled(False)
        self.keep_button.clicked.connect(self.keep)
        card.body.addLayout(row_of(self.keep_button, None))
        self.body.addWidget(card)
        self.keep_draft("own_details", "coach:own", card)
        self.word(card.set_title, N_("Own details"))
        self.word(self.keep_button.setText, N_("Keep the changes"))

    def refresh(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        self.run(lambda: workshops.coach(desk), self.show_coach)

    def show_coach(self, coach: Coach) -> None:
        """Show the details as they are kept."""
        self.coach = coach
        with self.filling():
            for name, _caption in FIELDS:
                self.edit(name).setText(getattr(coach, name))
        self._judge()

    def edit(self, name: str) -> QLineEdit:
        """The field of a name."""
        control = self.fields[name].control
        assert isinstance(control, QLineEdit)
        return control

    def keep(self) -> None:
        """Keep what is written."""
        if self.coach is None or not self.keep_button.isEnabled():
            return
        from coachdesk.services import workshops

        desk, before = self.shell.desk, self.coach
        written: dict[str, Any] = {name: self.edit(name).text().strip() for name, _caption in FIELDS}
        after = replace(before, **written)
        self.run(lambda: workshops.edit_coach(desk, after), lambda _old: self._kept(before, after))

    def _kept(self, before: Coach, after: Coach) -> None:
        self.forget_draft()
        self.show_coach(after)
        self.shell.saved()
        self.shell.undo.did(N_("Own details changed"), lambda: self._put(before), lambda: self._put(after))

    def _put(self, coach: Coach) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        self.run(lambda: workshops.edit_coach(desk, coach), lambda _old: self.show_coach(coach))

    def _judge(self) -> None:
        known = self.coach is not None
        changed = any(
            self.coach is not None and self.edit(name).text().strip() != getattr(self.coach, name)
            for name, _caption in FIELDS
        )
        self.keep_button.setEnabled(known and changed and bool(self.edit("name").text().strip()))
