"""Backups in Settings: the last made and proved, where they also go, making and proving now, restoring."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from coachdesk.domain.permissions import Right
from coachdesk.errors import Unreadable
from coachdesk.i18n import N_, _, current, say
from coachdesk.ui.flow import flowing
from coachdesk.ui.health_line import backup_words
from coachdesk.ui.settings.page import COLUMN, Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label


class BackupsSection(Section):
    """Three cards: how they are, where they also go, getting one back."""

    name = N_("Backups")
    progressed = Signal(int, int)  # from the lane to this thread

    def build(self) -> None:
        self.state: Any = None
        self._tone, self._may = "", True
        self._stop = threading.Event()
        for card in (self._build_now(), self._build_folder(), self._build_restore()):
            card.setMaximumWidth(COLUMN)
            self.body.addWidget(card)
        self.progressed.connect(self._show_progress)

    def _build_now(self) -> Card:
        card = Card()
        self.told = Notice("info")
        self.made, self.proved = label("", "body", wrap=True), label("", "body", wrap=True)
        self.make_button = Button(kind="primary", icon="shield-check")
        self.prove_button = Button(icon="check")
        self.cancel_button = Button()
        self.make_button.clicked.connect(self.make)
        self.prove_button.clicked.connect(self.prove)
        self.cancel_button.clicked.connect(lambda: self._stop.set())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.working = QWidget()
        self.working.setLayout(row_of(self.bar, self.cancel_button, spacing=12))
        for hidden in (self.told, self.working):
            hidden.hide()
        buttons = flowing(self.make_button, self.prove_button, spacing=12)
        card.body.addLayout(column_of(self.made, self.proved, spacing=2))
        card.add(self.told)
        card.add(self.working)
        card.body.addLayout(buttons)
        self.word(card.set_title, N_("Backups"))
        self.word(self.make_button.setText, N_("Make a backup now"))
        self.word(self.prove_button.setText, N_("Prove the newest"))
        self.word(self.cancel_button.setText, N_("Stop"))
        self.word(self.bar.setAccessibleName, N_("Progress of the backup"))
        return card

    def _build_folder(self) -> Card:
        card = Card()
        what = label("", "secondary", wrap=True)
        self.local, self.folder = label("", "body", wrap=True), label("", "body", wrap=True)
        self.choose_button, self.none_button = Button(icon="folder-open"), Button(kind="flat")
        self.choose_button.clicked.connect(self.ask)
        self.none_button.clicked.connect(lambda: self.take(None))
        card.body.addLayout(column_of(what, 4, self.local, self.folder, spacing=2))
        card.body.addLayout(flowing(self.choose_button, self.none_button, spacing=12))
        self.lead_only = label("", "secondary", wrap=True)
        self.lead_only.hide()
        card.add(self.lead_only)
        self.word(self.lead_only.setText, N_("The lead coach says where backups go."))
        self.word(card.set_title, N_("Where backups lie"))
        self.word(
            what.setText,
            N_("A stick or a share saves the data when the computer is lost. Backups are always encrypted."),
        )
        self.word(self.choose_button.setText, N_("Choose another folder…"))
        self.word(self.none_button.setText, N_("Only on this computer"))
        return card

    def _build_restore(self) -> Card:
        card = Card()
        what = label("", "secondary", wrap=True)
        self.restore_button = Button(icon="archive")
        self.restore_button.clicked.connect(lambda: self.shell.restoring.emit())
        card.add(what)
        card.body.addLayout(row_of(self.restore_button, None))
        self.word(card.set_title, N_("Restore"))
        self.word(
            what.setText,
            N_("The desk is locked first. What is in it now is set aside, nothing is overwritten."),
        )
        self.word(self.restore_button.setText, N_("Restore from a backup…"))
        return card

    def refresh(self) -> None:
        from coachdesk.services import rights, today
        from coachdesk.services.carrying import local_folder

        desk = self.shell.desk

        def read() -> tuple[Any, Path, bool]:
            may = rights.may(desk, Right.BACKUPS)
            return today.health(desk), local_folder(desk.folder), may

        self.run(read, self.show_state, lane="reading")

    def show_state(self, read: tuple[Any, Path, bool]) -> None:
        """Show what is known of the backups; where they go is for the lead coach to say."""
        health, self._local, self._may = read
        self.state, self._tone = health.backup, health.backup_tone
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        state = getattr(self, "state", None)
        if state is None:
            return
        words = current()
        self.made.setText(
            words.fill(N_("Last made {moment}"), moment=state.made) if state.made else _("No backup yet")
        )
        self.proved.setText(
            words.fill(N_("Last restored for proof {moment}"), moment=state.proved)
            if state.proved
            else _("The backup is not yet proved")
        )
        loud = bool(state.unproved or state.trouble)
        if loud:
            first, _more, _tone = backup_words(state, self._tone)
            self.told.set_state("danger", say(state.unproved or state.trouble), first)
        self.told.setVisible(loud)
        self.local.setText(words.fill(N_("On this computer: {folder}"), folder=self._local))
        self.folder.setText(self._folder_words(state))
        self.folder.setVisible(state.folder is not None)
        self.choose_button.setVisible(self._may)
        self.none_button.setVisible(self._may and state.folder is not None)
        self.lead_only.setVisible(not self._may)
        self.prove_button.setEnabled(state.made is not None)

    def _folder_words(self, state: Any) -> str:
        fill = current().fill
        if state.absent is not None:
            said = N_("Also in {folder}: it has not been there since {moment}.")
            return fill(said, folder=state.folder, moment=state.absent)
        if state.carried is not None:
            said = N_("Also in {folder}: the newest is of {moment}.")
            return fill(said, folder=state.folder, moment=state.carried)
        return fill(N_("Also in {folder}"), folder=state.folder)

    def make(self) -> None:
        """Make one now, and carry it to the coach's own folder."""
        from coachdesk.services import backups

        desk = self.shell.desk
        self._begin(lambda told, stopped: backups.make(desk, progress=told, cancelled=stopped), self._made)

    def prove(self) -> None:
        """Restore the newest for proof now."""
        from coachdesk.services import backups

        desk = self.shell.desk
        self._begin(
            lambda told, stopped: backups.prove_newest(desk, progress=told, cancelled=stopped), self._proved
        )

    def ask(self) -> None:
        """Choose a folder."""
        name = QFileDialog.getExistingDirectory(self, _("Choose another folder…"))
        if name:
            self.take(Path(name))

    def take(self, folder: Path | None) -> None:
        """Carry backups there from now on; None: only on this computer."""
        from coachdesk.services import backups

        desk = self.shell.desk
        self.run(lambda: backups.choose_folder(desk, folder), lambda _none: self._chosen(folder))

    def leave(self) -> None:
        """What is being made goes on while another page is looked at; locking stops it."""

    def _begin(self, work: Callable[..., Any], then: Callable[[Any], object]) -> None:
        self._stop = threading.Event()
        self.shell.keeping.connect(self._stop.set)
        self._show_working(True)
        stopped = self._stop.is_set
        self.shell.jobs.run(
            lambda: work(self.progressed.emit, stopped),
            then=lambda found: self._ended(then, found),
            failed=self._refused,
            lane="reading",
            owner=self,
        )

    def _ended(self, then: Callable[[Any], object], found: Any) -> None:
        self._show_working(False)
        then(found)
        self._reread()

    def _refused(self, problem: Exception) -> None:
        self._show_working(False)
        if not isinstance(problem, Unreadable):  # what cannot be proved is told on the card until one can
            self.refuse(problem)
        self._reread()

    def _made(self, _path: Path) -> None:
        self.shell.notices.say(_("The backup was made."))
        self._carry()

    def _proved(self, found: Any) -> None:
        self.shell.notices.say(
            current().fill(N_("The backup of {moment} can be restored."), moment=found.made)
        )

    def _chosen(self, folder: Path | None) -> None:
        self.shell.saved()
        if folder is not None:
            self._carry()
        self._reread()

    def _carry(self) -> None:
        """Carry the newest to the coach's own folder; a slow stick keeps nobody waiting."""
        from coachdesk.services import backups

        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: backups.carrying(desk),
            then=self._carry_on,
            lane="reading",
            owner=self,
        )

    def _carry_on(self, carrying: Any) -> None:
        if carrying is not None:
            self.shell.jobs.run(carrying.carry, then=self._carried, lane="outside", owner=self)

    def _carried(self, carried: Any) -> None:
        from coachdesk.services import backup_state

        if self.shell.is_open:
            desk = self.shell.desk
            self.run(lambda: backup_state.note_carried(desk, carried), lambda _none: self._reread())

    def _reread(self) -> None:
        if self.shell.is_open:
            self.shell.health_changed.emit()
            self.refresh()

    def _show_working(self, working: bool) -> None:
        self.bar.setRange(0, 0)
        self.working.setVisible(working)
        for button in (self.make_button, self.prove_button, self.restore_button):
            button.setEnabled(not working)
        if working:
            self.cancel_button.setFocus()
        elif self.cancel_button.hasFocus():
            self.make_button.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
