"""First steps: language, coach and workshop; then the passphrase, with which the desk is made."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk
from coachdesk.services.workshops import all_workshops, edit_workshop
from coachdesk.ui.first_run.step import Beginning, Step
from coachdesk.ui.unlock.passphrase import NewPassphrase
from coachdesk.ui.unlock.screen import LANGUAGES
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import label

Maker = Callable[..., tuple[Desk, tuple[str, ...]]]


class WhoStep(Step):
    """Language of the screen, the coach's name, the workshop's names."""

    name = N_("Language and workshop")
    lead = N_("All of these can be changed later.")
    minutes = 1

    def build(self) -> None:
        self.language = Segmented(tuple(LANGUAGES))
        self.language.set_words(LANGUAGES)
        spoken = self.shell.settings.language
        self.language.choose(spoken if spoken in LANGUAGES else "fi")
        self.language.picked.connect(lambda key: self.shell.change_settings(language=key))
        self.coach, self.workshop_fi, self.workshop_sv = QLineEdit(), QLineEdit(), QLineEdit()
        card = Card(margins=(16, 14, 16, 16))
        self.language_field = Field(self.language)
        self.language_field.layout().removeWidget(self.language)  # type: ignore[union-attr]
        self.language_field.layout().insertLayout(1, row_of(self.language, None))  # type: ignore[union-attr]
        card.add(self.language_field)
        for name in ("coach", "workshop_fi", "workshop_sv"):
            edit: QLineEdit = getattr(self, name)
            edit.setMaxLength(120)
            edit.textEdited.connect(lambda _text: self._keep())
            self.fields[name] = Field(edit)
            card.add(self.fields[name])
        self.where = label("", "secondary", wrap=True)
        card.add(self.where)
        self.put(card)
        self.restore_button = Button(kind="flat", icon="archive")
        self.restore_button.clicked.connect(self.shell.restoring)
        self.body.addLayout(row_of(self.restore_button, None))
        self.word(self.restore_button.setText, N_("Restore from a backup…"))
        self.word(self.language_field.set_caption, N_("Language of the screen"))
        self.word(self.fields["coach"].set_caption, N_("Your name"))
        self.word(self.fields["workshop_fi"].set_caption, N_("Workshop in Finnish"))
        self.word(self.fields["workshop_sv"].set_caption, N_("Workshop in Swedish"))

    def retranslate(self) -> None:
        super().retranslate()
        folder = self.beginning.folder
        self.where.setText(current().fill(N_("The data will lie encrypted in {folder}."), folder=folder))

    def reason(self) -> str:
        if not self.beginning.coach:
            return _("Continue opens when your name is there.")
        if not (self.beginning.workshop_fi or self.beginning.workshop_sv):
            return _("Continue opens when the workshop has a name.")
        return ""

    def first_focus(self) -> QWidget:
        return self.coach

    def _keep(self) -> None:
        for name in ("coach", "workshop_fi", "workshop_sv"):
            setattr(self.beginning, name, getattr(self, name).text().strip())
        self.changed.emit()


class PassphraseStep(Step):
    """A passphrase, judged while typed; going on makes the desk."""

    name = N_("Passphrase")
    lead = N_(
        "The passphrase opens the data on this computer. Four or five words that do not belong together "
        "are easy to remember and hard to guess. It need not be changed every year."
    )
    minutes = 1

    def __init__(self, beginning: Beginning, maker: Maker = create_desk) -> None:
        self._maker = maker
        super().__init__(beginning)

    def build(self) -> None:
        self.passphrase = NewPassphrase(self.shell.jobs, lambda: self.beginning.names)
        self.passphrase.changed.connect(self.changed)
        card = Card(margins=(16, 14, 16, 16))
        card.add(self.passphrase)
        self.put(card)

    def reason(self) -> str:
        return self.passphrase.reason()

    def first_focus(self) -> QWidget:
        return self.passphrase.first

    def go_on_words(self) -> str:
        return _("Preparing the data") if self.busy else _("Continue")

    def go_on(self, then: Callable[[], object]) -> None:
        begun, passphrase = self.beginning, self.passphrase.take()
        language = self.shell.settings.language

        def make() -> tuple[Desk, tuple[str, ...]]:
            made = self._maker(
                begun.folder,
                passphrase=passphrase,
                coach_name=begun.coach,
                language=language,
                workshop_name=begun.workshop(language),
                clock=self.shell.clock,
            )
            shop = all_workshops(made[0])[0]
            shop = replace(shop, name_fi=begun.workshop_fi, name_sv=begun.workshop_sv)
            edit_workshop(made[0], shop)
            return made

        def made(found: tuple[Desk, tuple[str, ...]]) -> None:
            begun.desk, begun.groups = found
            self.shell.desk = begun.desk
            self.shell.change_settings(desk=str(begun.folder))
            then()

        self.run(make, made)
