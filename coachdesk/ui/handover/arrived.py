"""A trainee who arrives from another desk: what the file holds, who it is here, taken over or refused."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain.comparing import settle
from coachdesk.domain.handover import ACCEPTED, GROUNDS, REASONS, Arrived
from coachdesk.errors import Problem, ReasonNeeded
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.services.arriving import Opened, Papers
from coachdesk.services.taking_over import Taken
from coachdesk.ui.comparing import CompareGrid
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.form import FormDialog
from coachdesk.ui.handover import wording
from coachdesk.ui.handover.slow import SlowForm
from coachdesk.ui.imports.waiting import Waiting
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.files import Asks, FileDialogs
from coachdesk.ui.trainees import join_words
from coachdesk.ui.trainees import wording as words_of
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

NEW = "new"


class ArrivedForm(SlowForm):
    """Nothing is kept before the button is pressed; then everything is, at once."""

    wide = 760

    def __init__(self, shell: Shell, file: Opened, arrived: Arrived, parent: QWidget | None = None) -> None:
        self.file, self.arrived = file, arrived
        self.asks: Asks = FileDialogs(self)
        super().__init__(shell, parent)
        self.resize(min(860, self._room()), 640)

    def build(self) -> None:
        self.answered = Notice("info")
        self.again = Button()
        self.again.clicked.connect(self.write_again)
        self.answered.add_button(self.again)
        self.strange = Notice("warn")
        self.compared = QCheckBox()
        self.about = label("", "secondary", wrap=True)
        self.who = ChoiceBox()
        self.who.chosen.connect(lambda _key: self.compare())
        for part in (self.answered, self.about, self.strange, self.compared):
            self.body.addWidget(part)
        self.put("who", self.who)
        self.arrives, self.tasks, self.consents = (label("", wrap=True) for _part in range(3))
        for part in (self.arrives, self.tasks, self.consents):
            self.body.addWidget(part)
        self.grid = CompareGrid()
        self.body.addWidget(self.grid)
        self.body.addStretch(1)
        self.refuse_button = Button(kind="danger")
        self.refuse_button.clicked.connect(self.ask_why)
        self.buttons.insertWidget(0, self.refuse_button)
        self.watch(
            Waiting(
                N_("Fetching the papers. Leave the stick in its place."),
                N_("How much is fetched"),
                N_("Stop fetching"),
            )
        )

    def retranslate(self) -> None:
        super().retranslate()
        words, found = current(), self.arrived
        self.say(
            title=words.fill(N_("{name}, from another desk"), name=found.name),
            keep=_("Take over…"),
            leave=_("Close") if found.answered else _("Decide later"),
            who=_("Who is it here"),
        )
        self.refuse_button.setText(_("Refuse…"))
        self.again.setText(_("Save the answer again…"))
        self.compared.setText(_("I have compared the fingerprint with the other desk"))
        self.who.offer(
            [(NEW, _("Somebody new")), *((str(one.trainee_id), _line(one)) for one in found.others)]
        )
        self.who.choose(str(found.onto or NEW))
        self._tell()
        self._fill(set(self.grid.chosen(1)) if self.grid.sides else None)

    def compare(self) -> None:
        """Compare with somebody else, or take as new; another coach's trainee needs a reason first."""
        from coachdesk.services import taking_over

        key = self.who.key
        work = partial(
            taking_over.look,
            self.shell.desk,
            self.file,
            None if key == NEW else int(key),
            as_new=key == NEW,
        )
        self.shell.jobs.run(work, then=self.show_arrived, failed=self._refused, owner=self)

    def show_arrived(self, arrived: Arrived) -> None:
        """Show how it meets who was chosen."""
        self.arrived = arrived
        self.problem.hide()
        self._tell()
        self._fill(None)

    def keep(self) -> None:
        from coachdesk.errors import Refused
        from coachdesk.services import arriving

        if not self.arrived.desk.known and not self.compared.isChecked():
            raise Refused(N_("Compare the fingerprint with the other desk first."))
        settle(self.arrived.met.values, mine=self.grid.chosen(0), theirs=self.grid.chosen(1))
        folder = self.asks.folder(_("Where is the answer for the other desk saved?"))
        if folder is not None:
            self.begin()
            self.outside(
                partial(arriving.fetch, self.shell.desk.folder, self.file), partial(self._accept, folder)
            )

    def _accept(self, folder: Path, papers: Papers) -> None:
        from coachdesk.services import taking_over

        work = partial(
            taking_over.accept,
            self.shell.desk,
            self.file,
            papers,
            onto=self.arrived.onto,
            mine=self.grid.chosen(0),
            theirs=self.grid.chosen(1),
            compared=self.compared.isChecked(),
        )
        self.run(work, lambda taken: carry(self, taken, folder, partial(self._taken, taken)))

    def ask_why(self) -> None:
        """Ask for the reason of refusing."""
        form = RefuseForm(self.shell, self.file, self.arrived, self)
        form.asks = self.asks
        form.kept.connect(lambda _taken: self.reject())
        form.open()

    def write_again(self) -> None:
        """Save the answer once more."""
        from coachdesk.services import taking_over

        folder = self.asks.folder(_("Where is the answer for the other desk saved?"))
        if folder is not None:
            work = partial(taking_over.answered, self.shell.desk, self.arrived.uid)
            self.run(work, lambda taken: carry(self, taken, folder, lambda: None))

    def _taken(self, taken: Taken) -> None:
        self.end()
        self.done_with(N_("Taken over from another desk"))
        self.kept.emit(taken)
        self.shell.go("trainees", trainee_id=taken.trainee_id)

    def _refused(self, problem: Exception) -> None:
        from coachdesk.ui.coaches.reason import ReasonForm

        self.refuse(problem)
        if isinstance(problem, ReasonNeeded):
            form = ReasonForm(self.shell, int(self.who.key), parent=self)
            form.kept.connect(lambda _stated: self.compare())
            form.open()

    def _tell(self) -> None:
        words, found = current(), self.arrived
        desk = found.desk.name(words.language)
        told = words.fill(
            N_("{desk}, {coach}, {day}. {ground}."),
            desk=desk,
            coach=found.coach or "–",
            day=found.made.astimezone(HELSINKI).date(),
            ground=_(GROUNDS[found.ground]),
        )
        self.about.setText(told)
        self.strange.setVisible(not found.desk.known)
        self.compared.setVisible(not found.desk.known)
        self.strange.set_text(
            words.fill(
                N_("Nothing has come from {desk} before. Compare its fingerprint aloud: {fingerprint}"),
                desk=desk,
                fingerprint=found.desk.fingerprint,
            )
        )
        self.fields["who"].setVisible(bool(found.others) and not found.answered)
        self._tell_answered()
        self._tell_content()

    def _tell_answered(self) -> None:
        found, words = self.arrived, current()
        self.answered.setVisible(bool(found.answered))
        for part in (self.keep_button, self.refuse_button):
            part.setVisible(not found.answered)
        if found.answered and found.answered_at is not None:
            message = (
                N_("This handover was taken over on {day} already.")
                if found.answered == ACCEPTED
                else N_("This handover was refused on {day} already.")
            )
            day = found.answered_at.astimezone(HELSINKI).date()
            self.answered.set_text(words.fill(message, day=day))

    def _tell_content(self) -> None:
        found, words = self.arrived, current()
        new = join_words.counted(found.met.new)
        self.arrives.setText(words.fill(N_("New here: {what}."), what=new))
        self.arrives.setVisible(bool(new))
        tasks = "\n".join(wording.task(one) for one in found.tasks)
        self.tasks.setText(words.fill(N_("Open tasks that go along:\n{tasks}"), tasks=tasks))
        self.tasks.setVisible(bool(tasks))
        self.consents.setText(
            ngettext(
                "One consent or permission was given to the other desk and stays there. Ask for a new one.",
                "{count} consents and permissions were given to the other desk and stay there. "
                "Ask for new ones.",
                found.consents,
            ).format(count=found.consents)
        )
        self.consents.setVisible(bool(found.consents))

    def _fill(self, picked: set[str] | None) -> None:
        old, at = self.grid, self.body.indexOf(self.grid)
        self.grid = CompareGrid()
        self.body.insertWidget(at, self.grid)
        old.hide()
        old.deleteLater()
        if self.arrived.met.values and not self.arrived.answered:
            self.grid.show_values(
                self.arrived.met.values,
                heads=(_("Here"), _("From the other desk")),
                spoken=(N_("{field}, here: {value}"), N_("{field}, from the other desk: {value}")),
                title=wording.title,
                shown=wording.shown,
                picked=picked,
            )


class RefuseForm(FormDialog):
    """Why a trainee is refused; the other desk reads it in the answer."""

    def __init__(self, shell: Shell, file: Opened, arrived: Arrived, parent: QWidget | None = None) -> None:
        self.file, self.arrived = file, arrived
        self.asks: Asks = FileDialogs(self)
        super().__init__(shell, parent)

    def build(self) -> None:
        self.reason = ChoiceBox()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.put("reason", self.reason)
        self.put("words", self.words)
        self.keep_draft("handover_refuse", f"handover:{self.arrived.uid}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=current().fill(N_("Refuse {name}?"), name=self.arrived.name),
            keep=_("Refuse and save the answer…"),
            leave=_("Do not refuse"),
            reason=_("Reason"),
            words=_("In words, for the other desk"),
        )
        self.reason.offer([("", _("Choose…")), *((key, _(text)) for key, text in REASONS.items())])

    def keep(self) -> None:
        from coachdesk.domain.handover import must_have_reason
        from coachdesk.services import taking_over

        words = self.words.toPlainText()
        must_have_reason(self.reason.key, words)
        folder = self.asks.folder(_("Where is the answer for the other desk saved?"))
        if folder is not None:
            work = partial(
                taking_over.refuse, self.shell.desk, self.file, reason=self.reason.key, words=words
            )
            self.run(work, lambda taken: carry(self, taken, folder, partial(self._done, taken)))

    def _done(self, taken: Taken) -> None:
        self.done_with(N_("Handover from another desk refused"))
        self.kept.emit(taken)


def carry(form: FormDialog, taken: Taken, folder: Path, then: Callable[[], object]) -> None:
    """Carry an answer, and say where it is or why it is not; the answer is given in any case."""
    from coachdesk.services import taking_over

    shell = form.shell

    def carried(file: Path) -> None:
        then()
        shell.notices.say(_saved(file))

    def not_carried(problem: Problem) -> None:
        then()
        shell.notices.show(problem)

    work = partial(taking_over.carry, taken, folder)
    shell.jobs.run(work, then=carried, failed=not_carried, lane="outside", owner=form)


def _saved(file: Path) -> str:
    return current().fill(
        N_("The answer was saved: {file}. Carry it back to the other desk."), file=file.name
    )


def _line(hit: object) -> str:
    name, year = getattr(hit, "name", ""), getattr(hit, "birth_year", None)
    return words_of.DOT.join(filter(None, (name, str(year or ""))))
