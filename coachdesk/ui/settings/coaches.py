"""The coaches of the desk: whom a trainee may have as responsible coach, and who can open the desk."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QListWidget

from coachdesk.domain.permissions import COACH, LEAD
from coachdesk.domain.workshop import Coach
from coachdesk.i18n import N_, _
from coachdesk.ui.flow import flowing
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.settings.own import FIELDS
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.words import label


class CoachesSection(Section):
    """A list by name; a form to add or change one, and for the lead coach who can open the desk."""

    name = N_("Coaches")

    def build(self) -> None:
        self.coaches: tuple[Coach, ...] = ()
        self.openers: frozenset[int] = frozenset()
        self.leads = False
        card, self.list = Card(), QListWidget()
        self.list.setMaximumHeight(320)
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)  # as high as its rows
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(lambda _item: self.edit())
        self.list.currentRowChanged.connect(lambda _row: self._judge())
        self.edit_button, self.add_button = Button(icon="pencil"), Button(icon="plus")
        self.let_in_button, self.role_button = Button(icon="key"), Button()
        self.remove_button = Button(kind="danger")
        self.edit_button.clicked.connect(self.edit)
        self.add_button.clicked.connect(self.add)
        self.let_in_button.clicked.connect(self.let_in)
        self.role_button.clicked.connect(self.change_role)
        self.remove_button.clicked.connect(self.remove)
        about = label("", "secondary", wrap=True)
        self.ways = label("", "secondary", wrap=True)
        card.add(about)
        card.add(self.list)
        card.body.addLayout(flowing(self.edit_button, self.add_button))
        card.body.addLayout(flowing(self.let_in_button, self.role_button, self.remove_button))
        card.add(self.ways)
        self.body.addWidget(card)
        self.word(card.set_title, N_("Coaches"))
        self.word(about.setText, N_("A coach added here can be chosen as a trainee's responsible coach."))
        self.word(self.list.setAccessibleName, N_("Coaches"))
        self.word(self.edit_button.setText, N_("Edit"))
        self.word(self.add_button.setText, N_("Add a coach"))
        self.word(self.let_in_button.setText, N_("Give a passphrase…"))
        self.word(self.remove_button.setText, N_("Remove…"))
        self._judge()

    def retranslate(self) -> None:
        super().retranslate()
        for at, coach in enumerate(self.coaches):
            self.list.item(at).setText(self._line(coach))
        self._judge()

    def refresh(self) -> None:
        from coachdesk.domain.permissions import Right
        from coachdesk.services import coaches, rights, workshops

        desk = self.shell.desk

        def read() -> tuple[tuple[Coach, ...], frozenset[int], bool]:
            return workshops.coaches(desk), coaches.with_way_in(desk), rights.may(desk, Right.COACHES)

        self.run(read, lambda found: self.show_coaches(*found))

    def show_coaches(
        self, coaches: tuple[Coach, ...], openers: frozenset[int] = frozenset(), leads: bool = False
    ) -> None:
        """Show the coaches, the same one chosen."""
        at = max(0, self.list.currentRow())
        self.coaches, self.openers, self.leads = coaches, openers, leads
        self.list.clear()
        self.list.addItems([self._line(coach) for coach in coaches])
        self.list.setCurrentRow(min(at, len(coaches) - 1))
        self._judge()

    @property
    def chosen(self) -> Coach | None:
        """The coach chosen in the list."""
        at = self.list.currentRow()
        return self.coaches[at] if 0 <= at < len(self.coaches) else None

    def edit(self) -> None:
        """Change the coach chosen."""
        if self.chosen is not None and self.edit_button.isEnabled():
            self._open(CoachForm(self.shell, self.chosen, self))

    def add(self) -> None:
        """Add a coach."""
        self._open(CoachForm(self.shell, Coach(name=""), self))

    def let_in(self) -> None:
        """Let the coach chosen type a passphrase of their own."""
        from coachdesk.ui.coaches.forms import LetInForm

        if self.chosen is not None:
            self._open(LetInForm(self.shell, self.chosen, self))

    def remove(self) -> None:
        """Take the way in of the coach chosen away."""
        from coachdesk.ui.coaches.forms import RemovalForm

        if self.chosen is not None:
            self._open(RemovalForm(self.shell, self.chosen, self))

    def change_role(self) -> None:
        """Make the coach chosen lead, or no longer lead."""
        from coachdesk.services import coaches

        coach, desk = self.chosen, self.shell.desk
        if coach is not None:
            undo = partial(coaches.set_role, desk, coach.id, coach.role)
            redo = partial(coaches.set_role, desk, coach.id, COACH if coach.role == LEAD else LEAD)
            self.run(redo, lambda _before: self.can_be_undone(N_("Coach's role changed"), undo, redo))

    def _open(self, form: FormDialog) -> None:
        form.did.connect(self.can_be_undone)
        form.open()

    def _line(self, coach: Coach) -> str:
        way = ""
        if coach.id in self.openers:
            way = _("lead coach") if coach.role == LEAD else _("opens the desk")
        elif coach.removed is not None:
            way = _("removed")
        return ", ".join(filter(None, (coach.name, coach.title, way)))

    def _judge(self) -> None:
        coach = self.chosen
        own = coach is not None and self.shell.is_open and coach.id == self.shell.desk.coach_id
        self.add_button.setEnabled(self.leads)
        self.edit_button.setEnabled(coach is not None and (self.leads or own))
        inside = coach is not None and coach.id in self.openers
        other = coach is not None and self.shell.is_open and coach.id != self.shell.desk.coach_id
        self.role_button.setText(
            _("No longer lead coach") if coach is not None and coach.role == LEAD else _("Make lead coach")
        )
        self.let_in_button.setEnabled(self.leads and coach is not None and not inside)
        self.role_button.setEnabled(self.leads and inside)
        self.remove_button.setEnabled(self.leads and inside and other)
        self.ways.setText(
            _("Everybody who works at this laptop has an own passphrase. Nobody needs to know another's.")
            if self.leads
            else _("The lead coach gives passphrases and removes them.")
        )


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
        self.keep_draft("coach", f"coach:{self.coach.id or 'new'}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Coach") if self.coach.id else _("New coach"))
        for name, caption in FIELDS:
            self.fields[name].set_caption(_("Name") if name == "name" else _(caption))

    def keep(self) -> None:
        from coachdesk.services import workshops

        desk = self.shell.desk
        written = {name: field.control.text().strip() for name, field in self.fields.items()}  # type: ignore[attr-defined]
        coach, before = replace(self.coach, **written), self.coach
        if coach.id:
            undo, redo = (partial(workshops.edit_coach, desk, one) for one in (before, coach))
            self.run(redo, lambda _before: self._kept(N_("Coach changed"), undo, redo))
            return
        take_back = workshops.take_back_coach
        self.run(
            partial(workshops.add_coach, desk, coach),
            lambda kept: self._kept(N_("Coach added"), partial(take_back, desk, kept.id)),
        )

    def _kept(self, words: str, undo: Work, redo: Work | None = None) -> None:
        self.kept.emit(self.coach)
        self.done_with(words, undo, redo)
