"""Forms of the lead coach: a passphrase for a coach at this laptop, and a coach's way in taken away.

Neither waits through a lock: what is typed here is forgotten at once.
"""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from coachdesk.domain.workshop import Coach
from coachdesk.i18n import N_, _, current
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock.passphrase import NewPassphrase, PassphraseEdit
from coachdesk.ui.widgets.words import label


class LetInForm(FormDialog):
    """The coach chooses a passphrase at this laptop; the lead coach only opens the form."""

    stays = False

    def __init__(self, shell: Shell, coach: Coach, parent: QWidget | None = None) -> None:
        self.coach = coach
        super().__init__(shell, parent)

    def build(self) -> None:
        self.about = label("", "secondary", wrap=True)
        self.fresh = NewPassphrase(self.shell.jobs, lambda: (self.coach.name,))
        self.fresh.changed.connect(self._judge)
        self.body.addWidget(self.about)
        self.body.addWidget(self.fresh)
        self.fresh.first.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        words = current()
        self.say(
            title=words.fill(N_("A passphrase for {coach}"), coach=self.coach.name),
            keep=_("Take into use"),
        )
        self.about.setText(
            words.fill(
                N_("Let {coach} type it here. Nobody else needs to know it, not even you."),
                coach=self.coach.name,
            )
        )
        self._judge()

    def keep(self) -> None:
        from coachdesk.services import coaches

        if not self.fresh.ready:
            return
        desk, coach_id, passphrase = self.shell.desk, self.coach.id, self.fresh.take()
        self.keep_button.setEnabled(False)
        self.run(lambda: coaches.let_in(desk, coach_id, passphrase), self._kept)

    def done(self, result: int) -> None:
        self.fresh.take()
        super().done(result)

    def _kept(self, _none: object) -> None:
        self.kept.emit(self.coach)
        self.done_with(N_("Passphrase taken into use"))

    def _judge(self) -> None:
        self.keep_button.setEnabled(self.fresh.ready)


class RemovalForm(FormDialog):
    """Takes a coach's way in away once the lead coach has typed the own passphrase."""

    stays = False
    progressed = Signal(int, int)  # from the lane to this thread

    def __init__(self, shell: Shell, coach: Coach, parent: QWidget | None = None) -> None:
        self.coach, self.working = coach, False
        super().__init__(shell, parent)

    def build(self) -> None:
        self.about, self.after = label("", wrap=True), label("", "secondary", wrap=True)
        self.body.addWidget(self.about)
        self.body.addWidget(self.after)
        self.own = PassphraseEdit()
        self.put("old", self.own)
        self.own.textChanged.connect(lambda _text: self._judge())
        self.keep_button.setProperty("kind", "danger")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.keep_in_sight(self.bar)
        self.progressed.connect(self._show_progress)

    def retranslate(self) -> None:
        super().retranslate()
        words = current()
        self.bar.setAccessibleName(_("How much is encrypted anew"))
        self.say(
            title=words.fill(N_("Remove {coach}?"), coach=self.coach.name),
            keep=_("Remove"),
            old=_("Your own passphrase"),
        )
        self.about.setText(
            words.fill(
                N_(
                    "{coach} can no longer open this desk, nor a copy of it made from now on. "
                    "What {coach} has done stays under the name."
                ),
                coach=self.coach.name,
            )
        )
        self.after.setText(
            _(
                "Everything is encrypted anew, which takes a moment. A copy made before still opens with "
                "the old passphrase: make a new backup, and keep old ones out of reach."
            )
        )
        self._judge()

    def keep(self) -> None:
        from coachdesk.services import coaches

        desk, coach_id, passphrase = self.shell.desk, self.coach.id, self.own.take()
        self._work(True)
        told = self.progressed.emit
        self.run(lambda: coaches.remove(desk, coach_id, passphrase=passphrase, progress=told), self._kept)

    def _work(self, working: bool) -> None:
        """While the desk is encrypted anew the form stands there with a bar, and cannot be left."""
        self.working = working
        self.bar.setRange(0, 0)  # nothing is known yet
        self.bar.setVisible(working)
        self.leave_button.setEnabled(not working)
        self.own.setEnabled(not working)
        self._judge()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def reject(self) -> None:
        if not self.working:
            super().reject()

    def refuse(self, problem: Exception) -> None:
        self._work(False)
        super().refuse(problem)

    def done(self, result: int) -> None:
        self.own.forget()
        super().done(result)

    def _kept(self, _none: Any) -> None:
        self._work(False)
        self.kept.emit(self.coach)
        self.done_with(N_("Coach removed"))

    def _judge(self) -> None:
        self.keep_button.setEnabled(bool(self.own.text()) and not self.working)
