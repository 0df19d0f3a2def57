"""The keys of the desk: a new passphrase, a new recovery sheet, when it locks by itself."""

from PySide6 import QtCore
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from coachdesk.i18n import N_, _, current
from coachdesk.ui.flow import flowing
from coachdesk.ui.idle import LONGEST, SHORTEST
from coachdesk.ui.screen import Dialog
from coachdesk.ui.settings.page import COLUMN, Section
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock.passphrase import NewPassphrase, PassphraseEdit
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.spin import SpinBox
from coachdesk.ui.widgets.words import label


class KeysSection(Section):
    """Three cards."""

    name = N_("Passphrase and recovery")

    def build(self) -> None:
        self.body.addWidget(self._build_passphrase())
        self.body.addWidget(self._build_sheet())
        self.body.addWidget(self._build_locking())

    def _build_passphrase(self) -> Card:
        card = Card()
        card.setMaximumWidth(COLUMN)
        self.old = PassphraseEdit()
        self.new = NewPassphrase(self.shell.jobs)
        self.new.changed.connect(self._judge)
        self.old.textEdited.connect(lambda _text: self._judge())
        self.fields["old"] = Field(self.old)
        self.change = Button(kind="primary", icon="key")
        self.change.setEnabled(False)
        self.change.clicked.connect(self.change_passphrase)
        self.why = label("", "secondary", wrap=True)
        card.add(self.fields["old"])
        card.add(self.new)
        card.body.addLayout(flowing(self.change, self.why, spacing=12))
        self.word(card.set_title, N_("Change the passphrase"))
        self.word(self.fields["old"].set_caption, N_("Passphrase now in use"))
        self.word(self.change.setText, N_("Change the passphrase"))
        return card

    def _build_sheet(self) -> Card:
        card = Card()
        card.setMaximumWidth(COLUMN)
        self.sheet_state = label("", "secondary", wrap=True)
        self.sheet = Button(icon="printer")
        self.sheet.clicked.connect(self.print_sheet)
        card.add(self.sheet_state)
        self.prove = Button(icon="shield-check")
        self.prove.clicked.connect(self.prove_sheet)
        card.body.addLayout(flowing(self.prove, self.sheet))
        self.word(self.prove.setText, N_("Prove the sheet…"))
        self.word(card.set_title, N_("Recovery sheet"))
        self.word(self.sheet.setText, N_("Print a new sheet…"))
        self._proved: object = None
        return card

    def _build_locking(self) -> Card:
        card = Card()
        card.setMaximumWidth(COLUMN)
        self.minutes = SpinBox()
        self.minutes.setRange(SHORTEST, LONGEST)
        self.minutes.setMaximumWidth(180)
        self.minutes.setValue(self.shell.settings.lock_minutes)
        self.minutes.valueChanged.connect(lambda minutes: self.shell.change_settings(lock_minutes=minutes))
        self.fields["minutes"] = Field(self.minutes)
        about = label("", "secondary", wrap=True)
        card.add(self.fields["minutes"])
        card.add(about)
        self.word(card.set_title, N_("Locking"))
        self.word(self.fields["minutes"].set_caption, N_("Minutes without a key or a move of the mouse"))
        self.word(
            about.setText,
            N_(
                "The desk also locks when the computer locks, sleeps or changes its user. "
                "Nothing that you are typing is lost."
            ),
        )
        return card

    def refresh(self) -> None:
        from coachdesk.services import keys

        desk = self.shell.desk
        self.run(lambda: keys.recovery_proved(desk), self.show_proved)

    def show_proved(self, proved: object) -> None:
        """Tell when the sheet was last shown to open the desk."""
        self._proved = proved
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if self._proved is None:
            self.sheet_state.setText(_("No sheet has been shown to open the desk."))
        else:
            self.sheet_state.setText(
                current().fill(N_("The sheet was shown to open the desk {moment}."), moment=self._proved)
            )
        self._judge()

    def leave(self) -> None:
        self.old.forget()
        self.new.take()

    def change_passphrase(self) -> None:
        """Wrap the key under the new passphrase."""
        from coachdesk.services import keys

        desk, old, new = self.shell.desk, self.old.take(), self.new.take()
        self.change.setEnabled(False)
        self.shell.jobs.run(
            lambda: keys.change_passphrase(desk, old, new),
            then=lambda _none: self._changed(),
            failed=self._refused,
            owner=self,
        )

    def print_sheet(self) -> None:
        """Make a new recovery key, print it and show that it opens the desk."""
        dialog = SheetDialog(self.shell)
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def prove_sheet(self) -> None:
        """Type the sheet in the safe back, without making a new one."""
        from coachdesk.ui.coaches.prove import ProveForm

        form = ProveForm(self.shell, self)
        form.kept.connect(lambda _none: self.refresh())
        form.open()

    def _changed(self) -> None:
        self.shell.saved()
        self.shell.notices.say(_("The passphrase was changed."))
        self._judge()

    def _refused(self, problem: Exception) -> None:
        from coachdesk.errors import WrongPassphrase
        from coachdesk.i18n import say

        if isinstance(problem, WrongPassphrase):
            self.fields["old"].set_error(say(problem))
            self.old.setFocus()
        else:
            self.refuse(problem)
        self._judge()

    def _judge(self) -> None:
        typed = bool(self.old.text())
        self.change.setEnabled(typed and self.new.ready)
        begun = typed or bool(self.new.first.text())
        self.why.setText(self.new.reason() if begun and not self.new.ready else "")


class SheetDialog(Dialog):
    """The step of the first run that prints and proves the sheet, by itself."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        from coachdesk.ui.first_run.recovery import RecoveryStep
        from coachdesk.ui.first_run.step import Beginning

        self.setWindowTitle("CoachDesk")
        self.step = RecoveryStep(Beginning(shell, shell.desk.folder, shell.desk))
        self.title, self.lead = label("", "title"), label("", "secondary", wrap=True)
        self.why = label("", "secondary", wrap=True)
        self.finish, self.leave_button = Button(kind="primary"), Button()
        self.finish.clicked.connect(lambda: self.step.go_on(self.accept))
        self.leave_button.clicked.connect(self.reject)
        self.step.changed.connect(self._judge)
        foot = row_of(spacing=12)
        foot.addWidget(self.why, 1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.finish)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        area = QScrollArea()  # a small screen, large text
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        area.setWidget(self.step)
        for part in (self.title, self.lead, area):
            box.addWidget(part)
        box.addLayout(foot)
        self.resize(1060, 640)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Recovery sheet"))
        self.lead.setText(_("A sheet printed earlier stops working when you print a new one."))
        self.leave_button.setText(_("Leave"))
        self.finish.setText(_("Continue"))
        self._judge()

    def _judge(self) -> None:
        reason = self.step.reason()
        self.why.setText(reason)
        self.finish.setEnabled(not reason and not self.step.busy)
