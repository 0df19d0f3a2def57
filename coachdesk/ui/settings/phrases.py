"""The phrase bank: what is shipped and what the workshop wrote; added, worded anew, hidden, removed."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy

from coachdesk.domain.letters import Typed
from coachdesk.domain.phrases import Phrase, is_changed, meets, shipped
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import theme
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.flow import FlowLayout, flowing
from coachdesk.ui.form import Work
from coachdesk.ui.phrases import wording
from coachdesk.ui.phrases.form import PhraseForm
from coachdesk.ui.phrases.listing import PhraseList
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.phrase_files import TakenIn

OWN, HIDDEN = "own", "hidden"


class PhrasesSection(Section):
    """The whole bank, narrowed by words and by what it is for; what is chosen is acted on below."""

    name = N_("Phrase bank")

    def build(self) -> None:
        self.bank: tuple[Phrase, ...] = ()
        self._added = ""  # the key of one that was added just now
        card, self.lead = Card(), label("", "secondary", wrap=True)
        self.search, self.purpose = QLineEdit(), ChoiceBox()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(240))
        self.purpose.setMinimumContentsLength(20)
        self.filters = FlowLayout(spacing=12)
        self.seek, self.narrow = Field(self.search), Field(self.purpose)
        for field in (self.seek, self.narrow):
            self.filters.addWidget(field)
        self.list, self.count = PhraseList(), label("", "secondary")
        self.list.setMinimumHeight(theme.px(236))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.add_button, self.edit_button = Button(kind="primary", icon="plus"), Button(icon="pencil")
        self.hide_button, self.back_button = Button(icon="eye-off"), Button(icon="arrow-back-up")
        self.remove_button = Button(kind="danger", icon="trash")
        self.bring_button, self.save_button = Button(icon="file-import"), Button(icon="file-export")
        for part in (self.lead, self.count):
            card.add(part)
        card.body.insertLayout(card.body.indexOf(self.count), self.filters)
        card.add(self.list, 1)
        card.body.addLayout(
            flowing(self.add_button, self.edit_button, self.hide_button, self.back_button, self.remove_button)
        )
        card.body.addLayout(flowing(self.bring_button, self.save_button))
        self.body.addWidget(card, 1)
        self._connect()
        self.word(card.set_title, N_("Phrase bank"))
        self.word(
            self.lead.setText,
            N_(
                "Ready sentences in Finnish and Swedish for plans and notes: one choice gives both. They are "
                "chosen with Ctrl+Space while you write."
            ),
        )
        self.word(self.seek.set_caption, N_("Find"))
        self.word(self.narrow.set_caption, N_("What for"))
        self.word(self.list.setAccessibleName, N_("Phrases"))
        self.word(self.add_button.setText, N_("Add a phrase"))
        self.word(self.edit_button.setText, N_("Edit"))
        self.word(self.back_button.setText, N_("Back to the shipped words"))
        self.word(self.remove_button.setText, N_("Remove"))
        self.word(self.bring_button.setText, N_("Take in from a file…"))
        self.word(self.save_button.setText, N_("Save own phrases as a file…"))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._show())
        self.purpose.chosen.connect(lambda _key: self._show())
        self.list.selectionModel().currentChanged.connect(lambda *_indexes: self._allow())
        self.list.activated.connect(lambda _index: self.edit())
        for button, do in (
            (self.add_button, self.add),
            (self.edit_button, self.edit),
            (self.hide_button, self.hide_or_show),
            (self.back_button, self.put_back),
            (self.remove_button, self.remove),
            (self.bring_button, self.bring_in),
            (self.save_button, self.save),
        ):
            button.clicked.connect(do)

    def refresh(self) -> None:
        from coachdesk.services import phrases

        desk = self.shell.desk
        self.run(lambda: phrases.bank(desk), self.show_bank)

    def show_bank(self, bank: tuple[Phrase, ...]) -> None:
        """Show the phrases, the same one chosen."""
        self.bank = bank
        self._show()
        if self._added:
            self.list.choose_key(self._added)
            self._added = ""

    def retranslate(self) -> None:
        super().retranslate()
        choices = [("", _("Everything")), (OWN, _("The workshop's own")), (HIDDEN, _("Hidden"))]
        self.purpose.offer([*choices, *wording.places()])
        self._show()

    def _show(self) -> None:
        found = [phrase for phrase in self.bank if self._is_wanted(phrase)]
        language = "sv" if current().language == "sv" else "fi"
        self.list.show_phrases(found, language, wording.standing)
        self.count.setText(ngettext("{count} phrase", "{count} phrases", len(found)).format(count=len(found)))
        self._allow()

    def _is_wanted(self, phrase: Phrase) -> bool:
        sought, key = Typed(self.search.text()), self.purpose.key
        of_kind = {"": True, OWN: phrase.own, HIDDEN: phrase.hidden}.get(key, key in wording.keys_of(phrase))
        return of_kind and (not sought or meets(phrase, sought))

    def _allow(self) -> None:
        phrase = self.list.phrase
        for button in (self.edit_button, self.hide_button):
            button.setVisible(phrase is not None)
        self.remove_button.setVisible(phrase is not None and phrase.own)
        self.back_button.setVisible(phrase is not None and is_changed(phrase))
        hidden = phrase is not None and phrase.hidden
        self.hide_button.setText(_("Show again") if hidden else _("Hide"))
        self.hide_button.picture = "eye" if hidden else "eye-off"

    def add(self) -> None:
        """Add a phrase of the workshop's own, for what the list is narrowed to."""
        self._open(PhraseForm(self.shell, wording.for_key(self.purpose.key), self))

    def edit(self) -> None:
        """Word the phrase chosen anew."""
        if (phrase := self.list.phrase) is not None:
            self._open(PhraseForm(self.shell, phrase, self))

    def hide_or_show(self) -> None:
        """Offer the phrase chosen no more, or again."""
        if (phrase := self.list.phrase) is not None:
            words = N_("Phrase shown again") if phrase.hidden else N_("Phrase hidden")
            self._write(replace(phrase, hidden=not phrase.hidden), words)

    def put_back(self) -> None:
        """Give a shipped phrase its own words back."""
        if (phrase := self.list.phrase) is not None and is_changed(phrase):
            self._write(replace(shipped(phrase.key), hidden=phrase.hidden), N_("Phrase changed"))

    def remove(self) -> None:
        """Remove a phrase of the workshop's own."""
        from coachdesk.services import phrases

        desk, phrase = self.shell.desk, self.list.phrase
        if phrase is not None and phrase.own:
            undo, redo = partial(phrases.restore, desk, phrase), partial(phrases.remove, desk, phrase.key)
            self.run(redo, lambda _gone: self.can_be_undone(N_("Phrase removed"), undo, redo))

    def bring_in(self) -> None:
        """Ask for another workshop's file, and take its phrases in."""
        from coachdesk.services import phrase_files

        desk, kinds = self.shell.desk, "CSV, XLSX (*.csv *.xlsx);;* (*)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if name:
            self.run(partial(phrase_files.take_in, desk, Path(name)), self._brought)

    def _brought(self, found: "TakenIn") -> None:
        from coachdesk.services import phrases

        desk, count = self.shell.desk, len(found.added)
        if not count:
            self.shell.notices.say(_("The bank has these phrases already."))
            return
        told = ngettext("{count} phrase was taken in.", "{count} phrases were taken in.", count)
        self.shell.notices.say(told.format(count=count))
        undo, redo = (
            partial(phrases.remove_all, desk, found.added),
            partial(phrases.add_all, desk, found.added),
        )
        self.can_be_undone(N_("Phrases taken in"), undo, redo)

    def save(self) -> None:
        """Ask where, and write the workshop's own phrases for another workshop."""
        from coachdesk.services import phrase_files

        desk, name = self.shell.desk, str(Path.home() / _("phrases.csv"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as a file"), name, "CSV (*.csv)")
        if chosen:
            path = Path(chosen)
            self.run(
                partial(phrase_files.write_own, desk, path),
                lambda _count: self.shell.notices.say(
                    current().fill(N_("The phrases are in {name}."), name=path.name)
                ),
            )

    def _write(self, phrase: Phrase, words: str) -> None:
        from coachdesk.services import phrases

        desk = self.shell.desk
        redo: Work = partial(phrases.write, desk, phrase)
        self.run(redo, lambda before: self.can_be_undone(words, partial(phrases.write, desk, before), redo))

    def _open(self, form: PhraseForm) -> None:
        form.kept.connect(self._choose)
        form.did.connect(self.can_be_undone)
        form.open()

    def _choose(self, phrase: Phrase) -> None:
        self._added = phrase.key
