"""Connection and keys: how the line to each region stands, its address, pause, enrolment, practice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import N_, _, current, say
from coachdesk.services.line import LineSheet
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync import notice_words
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

WIDEST = 720


class LineCard(Card):
    """One region: how its line stands, and where it receives."""

    moved = Signal(str, str)  # region_id, address

    def __init__(self, sheet: LineSheet, shell: Shell) -> None:
        super().__init__()
        self.sheet, self.shell = sheet, shell
        self.state = Notice("info")
        self.times = label("", "secondary", wrap=True)
        self.address = QLineEdit(sheet.line.address)
        self.field = Field(self.address)
        self.save = Button(icon="device-floppy")
        self.save.clicked.connect(lambda: self.moved.emit(sheet.region_id, self.address.text()))
        self.add(self.state)
        self.add(self.times)
        self.add(self.field)
        self.body.addLayout(row_of(self.save, None))
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words again."""
        words, line = current(), self.sheet.line
        self.set_title(self.sheet.name(words.language))
        told = notice_words.of_line((self.sheet,), self.shell.line, waits=False)
        if told is None:
            self.state.set_state(
                "neutral", _("Files are carried: no address of the region is known."), icon="usb"
            )
        else:
            self.state.set_state(told.kind, told.text, told.title, told.icon)
        parts = []
        if line.tried is not None:
            parts.append(words.fill(N_("Last tried {at}."), at=words.moment(line.tried)))
        if line.online is not None:
            parts.append(
                words.fill(N_("The region itself answered last {at}."), at=words.moment(line.online))
            )
        self.times.setText(" ".join(parts))
        self.times.setVisible(bool(parts))
        self.field.set_caption(_("Address of the region"))
        self.field.set_help(_("Begins with https://. Empty: files are carried."))
        self.save.setText(_("Save the address"))

    def tell_wrong(self, problem: Problem) -> None:
        """The address that was typed is none."""
        self.field.set_error(say(problem))


class ConnectionPage(QWidget, Spoken):
    """The last tab of sending."""

    changed = Signal()
    keys_asked = Signal()
    code_asked = Signal()
    practice_asked = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.cards: list[LineCard] = []
        self.metered = QCheckBox()
        self.metered.clicked.connect(self._allow_metered)
        self.keys_button, self.code_button = Button(icon="key"), Button(icon="plus")
        self.practice_button = Button(icon="refresh")
        self.keys_button.clicked.connect(self.keys_asked)
        self.code_button.clicked.connect(self.code_asked)
        self.practice_button.clicked.connect(self.practice_asked)
        self.practice = Card()
        self.practice_text = label("", wrap=True)
        self.practice.add(self.practice_text)
        self.practice.body.addLayout(row_of(self.practice_button, None))
        self.list = QVBoxLayout()
        self.list.setContentsMargins(0, 0, 0, 0)
        self.list.setSpacing(12)
        inner = column_of(
            self.list,
            self.metered,
            row_of(self.keys_button, self.code_button, None),
            6,
            self.practice,
            spacing=12,
        )
        inner.addStretch(1)
        holder = QWidget()
        holder.setLayout(inner)
        holder.setMaximumWidth(WIDEST)
        inner.setContentsMargins(0, 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(holder)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self.metered.setText(_("Send by itself also where the network counts what is moved"))
        self.keys_button.setText(_("Keys and fingerprints…"))
        self.code_button.setText(_("Enrol by a one-time code…"))
        self.practice.set_title(_("Practice region"))
        self.practice_text.setText(
            _(
                "A made-up region and a made-up desk on this computer: send, refuse, lose an answer, restore "
                "old data, and see that nothing is lost. Nothing of your desk goes there."
            )
        )
        self.practice_button.setText(_("Open the practice region…"))
        for card in self.cards:
            card.retranslate()

    def show_lines(self, lines: tuple[LineSheet, ...]) -> None:
        """Show how the lines stand; an address that is being typed stays."""
        if [card.sheet.region_id for card in self.cards] != [sheet.region_id for sheet in lines]:
            while (item := self.list.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.deleteLater()
            self.cards = [LineCard(sheet, self.shell) for sheet in lines]
            for card in self.cards:
                card.moved.connect(self._move)
                self.list.addWidget(card)
        for card, sheet in zip(self.cards, lines, strict=True):
            if card.sheet.line.address != sheet.line.address and not card.address.hasFocus():
                card.address.setText(sheet.line.address)
            card.sheet = sheet
            card.retranslate()
        self.metered.setChecked(bool(lines) and all(sheet.line.metered for sheet in lines))
        self.metered.setVisible(any(sheet.line.address for sheet in lines))

    def first_focus(self) -> QWidget:
        """Where the focus starts."""
        return self.cards[0].address if self.cards else self.code_button

    def _move(self, region_id: str, address: str) -> None:
        from coachdesk.services import line

        card = next(card for card in self.cards if card.sheet.region_id == region_id)
        card.field.set_error("")
        work = partial(line.move, self.shell.desk, region_id, address)
        self.shell.jobs.run(work, then=lambda _none: self._moved(), failed=card.tell_wrong, owner=self)

    def _moved(self) -> None:
        self.shell.saved()
        self.shell.health_changed.emit()
        self.changed.emit()
        self.shell.queued.emit()

    def _allow_metered(self, allowed: bool) -> None:
        from coachdesk.services import line

        work = partial(line.allow_metered, self.shell.desk, allowed)
        self.shell.jobs.run(work, then=lambda _none: self._moved(), owner=self)
