"""Other desks: our public file, theirs, a trainee who arrives, and the answers that come back."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from coachdesk.domain.handover import Arrived, OtherDesk
from coachdesk.i18n import N_, _, current
from coachdesk.ui.flow import flowing
from coachdesk.ui.handover.desks import ask_card
from coachdesk.ui.lines import Line, Lines
from coachdesk.ui.settings.page import Section
from coachdesk.ui.sync.files import Asks, FileDialogs
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label


class DesksSection(Section):
    """Two cards: a trainee who comes or goes, and whose keys are known."""

    name = N_("Other desks")

    def build(self) -> None:
        self.asks: Asks = FileDialogs(self)
        self.desks: tuple[OtherDesk, ...] = ()
        self.own: OtherDesk | None = None
        self.body.addWidget(self._coming())
        self.body.addWidget(self._known())

    def _coming(self) -> Card:
        card = Card()
        about = label("", "secondary", wrap=True)
        self.open_ = Button(kind="primary", icon="folder-open")
        self.open_.clicked.connect(self.open_file)
        self.answer = Button(icon="mail")
        self.answer.clicked.connect(self.read_answer)
        self.done = Notice("ok")
        self.done.hide()
        card.add(about)
        card.body.addLayout(flowing(self.open_, self.answer, spacing=12))
        card.add(self.done)
        self.word(card.set_title, N_("A trainee from another desk"))
        self.word(
            about.setText,
            N_(
                "Look at the file first, then take the trainee over or refuse. To hand somebody over, open "
                "the trainee's page: Edit, Hand over."
            ),
        )
        self.word(self.open_.setText, N_("Open a file from another desk…"))
        self.word(self.answer.setText, N_("Read an answer…"))
        return card

    def _known(self) -> Card:
        card = Card()
        self.own_caption, self.fingerprint = label("", "secondary"), label("", "strong")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.save = Button(icon="device-floppy")
        self.save.clicked.connect(self.save_card)
        self.list = Lines(captions=180)
        self.none = label("", "secondary", wrap=True)
        self.read = Button(icon="key")
        self.read.clicked.connect(lambda: ask_card(self.shell, self.asks, self, then=self._known_now))
        card.add(self.own_caption)
        card.add(self.fingerprint)
        card.body.addLayout(row_of(self.save, None))
        card.add(self.list)
        card.add(self.none)
        card.body.addLayout(row_of(self.read, None))
        self.word(card.set_title, N_("Whose keys are known"))
        self.word(self.own_caption.setText, N_("Fingerprint of this desk"))
        self.word(self.save.setText, N_("Save our public file…"))
        self.word(
            self.none.setText, N_("No other desk is known. Ask the receiving desk for its public file.")
        )
        self.word(self.read.setText, N_("Read the public file of a desk…"))
        return card

    def refresh(self) -> None:
        from coachdesk.services import other_desks

        desk = self.shell.desk
        self.run(
            lambda: (other_desks.own(desk), other_desks.known(desk)), lambda both: self.show_desks(*both)
        )

    def show_desks(self, own: OtherDesk, desks: tuple[OtherDesk, ...]) -> None:
        """Show whose keys are known."""
        self.own, self.desks = own, desks
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if self.own is None:
            return
        language = current().language
        self.fingerprint.setText(self.own.fingerprint)
        lines = (Line(text=one.fingerprint, caption=one.name(language), most=2) for one in self.desks)
        self.list.show_lines(_("Whose keys are known"), tuple(lines))
        self.list.setVisible(bool(self.desks))
        self.none.setVisible(not self.desks)

    def save_card(self) -> None:
        """Write our public file."""
        from coachdesk.services import other_desks

        folder = self.asks.folder(_("Where is our public file saved?"))
        if folder is not None:
            saved = _("Our public file was saved")
            self.run(
                partial(other_desks.give_card, self.shell.desk),
                lambda card: self.run(
                    partial(other_desks.write_card, card, folder),
                    lambda file: self._say(saved, str(file)),
                    lane="outside",
                ),
            )

    def open_file(self) -> None:
        """Look at a file from another desk; it is read once, and a slow stick keeps nobody waiting."""
        from coachdesk.services import other_desks

        file = self.asks.file(_("A file from another desk"), _("CoachDesk files (*.coachdesk)"))
        if file is not None:
            self.run(partial(other_desks.keys_of, self.shell.desk), partial(self._read, file))

    def _read(self, file: Path, keys: Any) -> None:
        from coachdesk.services import taking_over

        work = partial(taking_over.read, file, keys, self.shell.clock.today())
        self.run(work, self._look, lane="outside")

    def _look(self, opened: Any) -> None:
        from coachdesk.services import taking_over

        self.run(partial(taking_over.look, self.shell.desk, opened), partial(self._arrived, opened))

    def read_answer(self) -> None:
        """Read what the other desk answered."""
        from coachdesk.services import handing_over

        file = self.asks.file(_("An answer from another desk"), _("CoachDesk files (*.coachdesk)"))
        if file is not None:
            self.run(partial(handing_over.fetch_answer, file), self._answered, lane="outside")

    def _answered(self, content: bytes) -> None:
        from coachdesk.services import handing_over

        work = partial(handing_over.read_answer, self.shell.desk, content)
        self.run(work, lambda found: self._say(_("The answer"), found.line))

    def _arrived(self, file: Any, arrived: Arrived) -> None:
        from coachdesk.ui.handover.arrived import ArrivedForm

        form = ArrivedForm(self.shell, file, arrived, self.window())
        form.asks = self.asks
        form.kept.connect(lambda _taken: self.refresh())
        form.open()

    def _known_now(self, _card: Any) -> None:
        self.shell.saved()
        self.refresh()

    def _say(self, title: str, words: str) -> None:
        self.done.set_state("ok", words, title)
        self.done.show()
