"""Handing a trainee over to another desk: the checklist, exactly what leaves, and the file."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.domain.handover import GROUNDS, Leaving, OtherDesk
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import ChoiceBox, upper
from coachdesk.ui.handover import wording
from coachdesk.ui.handover.desks import ask_card
from coachdesk.ui.handover.slow import SlowForm
from coachdesk.ui.imports.waiting import Waiting
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.files import Asks, FileDialogs
from coachdesk.ui.trainees import join_words
from coachdesk.ui.trainees import wording as words_of
from coachdesk.ui.trainees.undone import UndoneList
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label


class GiveForm(SlowForm):
    """Nothing leaves before the button is pressed; what leaves cannot be taken back."""

    wide = 620

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        self.trainee_id = trainee_id
        self.leaving: Leaving | None = None
        self.desks: tuple[OtherDesk, ...] = ()
        self.asks: Asks = FileDialogs(self)
        super().__init__(shell, parent)
        self.resize(min(680, self._room()), 640)
        self._load()

    def build(self) -> None:
        self.undone = UndoneList(self.shell, self.trainee_id, self.reject, giving=True)
        self.body.addWidget(self.undone)
        self.desk = ChoiceBox()
        self.desk.chosen.connect(lambda _key: self._judge())
        self.put("desk", self.desk)
        self.fingerprint = label("", "secondary", wrap=True)
        self.card = Button(kind="link")
        self.card.clicked.connect(self.take_card)
        self.body.addWidget(self.fingerprint)
        self.body.addLayout(row_of(self.card, None))
        self.controller = ChoiceBox()
        self.controller.chosen.connect(lambda _key: self._look())
        self.put("controller", self.controller)
        self.ground = ChoiceBox()
        self.put("ground", self.ground)
        self.goes, self.tasks, self.left = (label("", wrap=True) for _part in range(3))
        self.earlier = label("", "secondary", wrap=True)
        for part in (self.goes, self.tasks, self.left, self.earlier):
            self.body.addWidget(part)
        self.copy = Button(icon="copy")
        self.copy.clicked.connect(self.copy_all)
        self.body.addLayout(row_of(self.copy, None))
        self.body.addStretch(1)
        self.watch(
            Waiting(
                N_("Writing the file. Leave the stick in its place."),
                N_("How much is written"),
                N_("Stop writing"),
            )
        )

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Hand over to another desk"),
            keep=_("Save the file…"),
            leave=_("Do not hand over"),
            desk=_("To which desk"),
            controller=_("On whose behalf"),
            ground=_("On what ground"),
        )
        self.undone.retranslate()
        self.card.setText(_("Read the public file of a desk…"))
        self.copy.setText(_("A copy to read, and as data…"))
        language = current().language
        self.desk.offer([("", _("Choose…")), *((one.id, one.name(language)) for one in self.desks)])
        self.ground.offer([("", _("Choose…")), *((key, _(text)) for key, text in GROUNDS.items())])
        self._tell()
        self._judge()

    def _load(self) -> None:
        from coachdesk.services import ending, other_desks, periods

        desk, who = self.shell.desk, self.trainee_id

        def read() -> Any:
            found = periods.of_trainee(desk, who)
            return other_desks.known(desk), ending.undone(desk, found[0].period.id) if found else ()

        self.run(read, self._loaded)
        self._look()

    def _loaded(self, found: Any) -> None:
        self.desks, undone = found
        self.undone.show_undone(undone)
        self.retranslate()
        if len(self.desks) == 1:
            self.desk.choose(self.desks[0].id)
            self._judge()

    def _look(self) -> None:
        from coachdesk.services import handing_over

        work = partial(handing_over.leaving, self.shell.desk, self.trainee_id, self.controller.key)
        self.run(work, self.show_leaving)

    def show_leaving(self, leaving: Leaving) -> None:
        """Show what would leave."""
        self.leaving = leaving
        several = len(leaving.controllers) > 1
        if several and self.controller.count() == 0:
            names = ((key, name or _body(key)) for key, name in leaving.controllers)
            self.controller.offer([("", _("Everybody's")), *names])
            self.controller.choose("")
        self._tell()

    def take_card(self) -> None:
        """Take in the public file of the desk that the trainee goes to."""
        ask_card(self.shell, self.asks, self, then=lambda _card: self._load())

    def copy_all(self) -> None:
        """The same to read on paper, and as data for another program."""
        from coachdesk.ui.access_log.screen import CopyForm

        CopyForm(self.shell, self.trainee_id, self).open()

    def keep(self) -> None:
        from coachdesk.domain.handover import must_have_ground
        from coachdesk.errors import Refused
        from coachdesk.services import giving

        if not self.desk.key:
            raise Refused(N_("Choose to which desk. Its public file is read in first."), field="desk")
        must_have_ground(self.ground.key)
        folder = self.asks.folder(_("Where is the file for the other desk saved?"))
        if folder is not None:
            self.begin()
            work = partial(
                giving.prepare,
                self.shell.desk,
                self.trainee_id,
                self.desk.key,
                folder,
                ground=self.ground.key,
                controller=self.controller.key,
            )
            self.run(work, self._write)

    def _write(self, given: Any) -> None:
        from coachdesk.services import giving

        self.outside(partial(giving.write, given), lambda _none: self._record(given))

    def _record(self, given: Any) -> None:
        from coachdesk.services import giving

        desk = self.shell.desk
        self.run(partial(giving.record, desk, given), partial(self._place, given))

    def _place(self, given: Any, kept: Any) -> None:
        from coachdesk.services import giving

        def failed(problem: Exception) -> None:
            if self.shell.is_open:
                work = partial(giving.not_placed, self.shell.desk, kept)
                self.run(work, lambda _none: self.refuse(problem))
            else:  # the next opening sees that it is not in its place
                self.refuse(problem)

        work = partial(giving.place, given)
        then = partial(self._note, given)
        self.shell.jobs.run(work, then=then, failed=failed, lane="outside", owner=self)

    def _note(self, given: Any, file: Path) -> None:
        from coachdesk.services import giving

        if self.shell.is_open:
            self.run(partial(giving.placed, self.shell.desk, given), lambda _kept: self._written(file))
        else:  # the next opening sees that it is in its place
            self._written(file)

    def _written(self, file: Path) -> None:
        self.end()
        self.done_with(N_("Handed over to another desk"))
        message = N_("Saved: {file}. Carry it over, and read the answer in Settings, Other desks.")
        self.shell.notices.say(current().fill(message, file=file.name))

    def _tell(self) -> None:
        found, words = self.leaving, current()
        self.fields["controller"].setVisible(found is not None and len(found.controllers) > 1)
        for part in (self.goes, self.tasks, self.left, self.earlier):
            part.setVisible(found is not None)
        if found is None:
            return
        goes = join_words.counted(found.counts) or _("the details of the trainee")
        self.goes.setText(words.fill(N_("This leaves: {what}."), what=goes))
        tasks = "\n".join(wording.task(one) for one in found.tasks)
        self.tasks.setText(words.fill(N_("Open tasks that go along:\n{tasks}"), tasks=tasks))
        self.tasks.setVisible(bool(tasks))
        stays = join_words.counted(found.stays)
        self.left.setText(
            words.fill(N_("This stays: {what}. The other desk asks for consents of its own."), what=stays)
        )
        self.left.setVisible(bool(stays))
        earlier = "\n".join(wording.earlier(one) for one in found.earlier)
        self.earlier.setText(words.fill(N_("Handed over before:\n{lines}"), lines=earlier))
        self.earlier.setVisible(bool(earlier))

    def _judge(self) -> None:
        one = next((one for one in self.desks if one.id == self.desk.key), None)
        self.fingerprint.setVisible(one is not None)
        if one is not None:
            self.fingerprint.setText(
                current().fill(N_("Its fingerprint: {fingerprint}"), fingerprint=one.fingerprint)
            )


def _body(key: str) -> str:
    return upper(words_of.name_of("bodies", key.partition(":")[0]))
