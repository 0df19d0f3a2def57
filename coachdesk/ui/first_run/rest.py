"""Last steps: what trainees are told, the region's public file, and done."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from coachdesk.domain.information import text_on
from coachdesk.domain.workshop import Workshop
from coachdesk.i18n import N_, _, current
from coachdesk.services import forms, workshops
from coachdesk.services.desk import Desk
from coachdesk.services.forms import Printed
from coachdesk.ui.first_run.step import Step
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label


class InformationStep(Step):
    """The text that each trainee is given about his or her data, and whom to ask."""

    name = N_("Informing trainees")
    lead = N_(
        "The law asks that each trainee is told how his or her data are handled. "
        "The text is ready; it needs to know whom the trainee can ask."
    )
    minutes = 2

    def build(self) -> None:
        self.phone, self.email = QLineEdit(), QLineEdit()
        ask = Card(margins=(16, 12, 16, 14))
        for name, edit in (("phone", self.phone), ("email", self.email)):
            edit.setMaxLength(120)
            self.fields[name] = Field(edit)
            ask.add(self.fields[name])
        text = Card(margins=(16, 12, 16, 14))
        self.headings = label("", "secondary", wrap=True)
        self.look, self.look_plain = Button(icon="file-text"), Button(icon="file-text")
        self.look.clicked.connect(lambda: self._look(plain=False))
        self.look_plain.clicked.connect(lambda: self._look(plain=True))
        text.add(self.headings)
        text.body.addLayout(row_of(self.look, self.look_plain, None, spacing=12))
        self.put(ask)
        self.put(text)
        self.word(ask.set_title, N_("Whom trainees can ask"))
        self.word(self.fields["phone"].set_caption, N_("Phone of the workshop"))
        self.word(self.fields["email"].set_caption, N_("E-mail of the workshop"))
        self.word(text.set_title, N_("What the text tells"))
        self.word(self.look.setText, N_("Look at the text"))
        self.word(self.look_plain.setText, N_("In plain language"))

    def arrive(self) -> None:
        desk = self.desk
        self.run(lambda: workshops.all_workshops(desk)[0], self._show)

    def retranslate(self) -> None:
        super().retranslate()
        language = "sv" if current().language == "sv" else "fi"
        titles = [section.title for section in text_on(self.shell.clock.today(), language)]
        self.headings.setText(" · ".join(titles))

    def first_focus(self) -> QWidget:
        return self.phone

    def go_on(self, then: Callable[[], object]) -> None:
        work = self._keeping()
        self.run(work, lambda _done: then())

    def _show(self, workshop: Workshop) -> None:
        self.phone.setText(workshop.phone)
        self.email.setText(workshop.email)

    def _keeping(self) -> Callable[[], object]:
        desk, phone, email = self.desk, self.phone.text().strip(), self.email.text().strip()

        def keep() -> None:
            old = workshops.all_workshops(desk)[0]
            if (old.phone, old.email) != (phone, email):
                workshops.edit_workshop(desk, replace(old, phone=phone, email=email))

        return keep

    def _look(self, *, plain: bool) -> None:
        keep, desk = self._keeping(), self.desk
        language = "sv" if current().language == "sv" else "fi"

        def draw() -> Printed:
            keep()
            return forms.information(desk, None, language=language, plain=plain)

        self.run(draw, self._show_paper)

    def _show_paper(self, paper: Printed) -> None:
        from coachdesk.ui.paper import PaperDialog

        PaperDialog(self.shell, paper.pdf, paper.title, paper.file_name, parent=self).open()


class RegionStep(Step):
    """The region's public file, where there is one; ours is written beside it, to carry back."""

    name = N_("The region")
    lead = N_(
        "If the wellbeing services county has given you its file region.json, choose it now. Summaries can "
        "then be sent to it, each only with the trainee's consent. You can also do this later."
    )
    minutes = 1

    def build(self) -> None:
        card = Card(margins=(16, 12, 16, 14))
        self.choose = Button(icon="folder-open")
        self.choose.clicked.connect(self.ask)
        self.known = Notice("ok")
        self.known.hide()
        card.body.addLayout(row_of(self.choose, None))
        card.add(self.known)
        self.put(card)
        self.word(card.set_title, N_("The county's file"))
        self.word(self.choose.setText, N_("Choose the file"))

    def first_focus(self) -> QWidget:
        return self.choose

    def go_on_words(self) -> str:
        return _("Continue") if self.known.isVisibleTo(self) else _("Continue without")

    def ask(self) -> None:
        """Choose the file."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the file"), "", "region.json (*.json)")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Take the region's file in, and write ours beside it."""
        desk = self.desk
        self.run(lambda: _enrol(desk, path), self._taken)

    def _taken(self, lines: tuple[str, ...]) -> None:
        self.known.set_state("ok", "\n".join(lines), _("The county's keys are known"))
        self.known.show()
        self.changed.emit()


def _enrol(desk: Desk, path: Path) -> tuple[str, ...]:
    from coachdesk.services import sync

    return tuple(sync.enrol(desk, path, path.parent).lines)


class DoneStep(Step):
    """All is ready."""

    name = N_("Done")
    lead = N_("You can begin: register a trainee, or bring in the workshop's spreadsheet.")

    def build(self) -> None:
        card = Card(margins=(16, 14, 16, 14))
        for message in (
            N_("The data are encrypted on this computer."),
            N_("The passphrase and the recovery sheet both open them."),
            N_("Lock with Ctrl+L when you leave the computer."),
        ):
            line = label("", wrap=True)
            row = row_of(spacing=10)
            row.addWidget(Picture("circle-check", 20, "ok"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(line, 1)
            card.body.addLayout(row)
            self.word(line.setText, message)
        self.put(card)

    def go_on_words(self) -> str:
        return _("Start work")
