"""Small forms beside a note: recorded in another system, and the trainee's own view."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from coachdesk.domain.notes import RecordedElsewhere
from coachdesk.domain.trainee import OwnView
from coachdesk.i18n import N_, _
from coachdesk.ui.day_edit import DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell


class ElsewhereForm(FormDialog):
    """In which system, when and by whom a note was recorded too."""

    def __init__(self, shell: Shell, note_id: int, trainee_id: int, parent: QWidget | None = None) -> None:
        self._note_id, self._trainee_id = note_id, trainee_id
        super().__init__(shell, parent)

    def build(self) -> None:
        from coachdesk.services import notes, workshops

        today = self.shell.clock.today()
        self.system, self.day, self.whom = QLineEdit(), DayEdit(today, today), QLineEdit()
        self.put("system", self.system)
        self.put("on_day", self.day)
        self.put("by_whom", self.whom)
        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: (notes.other_system(desk), workshops.coach(desk).name), then=self._propose, owner=self
        )

    def _propose(self, found: tuple[str, str]) -> None:
        self.system.setText(found[0])
        self.whom.setText(found[1])
        (self.keep_button if found[0] else self.system).setFocus()
        self.keep_draft("elsewhere", f"trainee:{self._trainee_id}:note:{self._note_id}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Recorded elsewhere too"),
            keep=_("Mark as recorded"),
            system=_("System"),
            on_day=_("Day"),
            by_whom=_("By whom"),
        )

    def keep(self) -> None:
        from coachdesk.services import notes

        day = day_in(self.day, "on_day") or self.shell.clock.today()
        mark = RecordedElsewhere(
            note_id=self._note_id, system=self.system.text(), on_day=day, by_whom=self.whom.text()
        )
        self.run(partial(notes.record_elsewhere, self.shell.desk, mark), then=self._marked)

    def _marked(self, mark: RecordedElsewhere) -> None:
        from coachdesk.services import notes

        self.done_with(N_("Marked as recorded"), partial(notes.unmark_elsewhere, self.shell.desk, mark.id))


class OwnViewForm(FormDialog):
    """The trainee's own words beside a note or a plan item."""

    def __init__(self, shell: Shell, trainee_id: int, subject: str, parent: QWidget | None = None) -> None:
        self._trainee_id, self._subject = trainee_id, subject
        super().__init__(shell, parent)

    def build(self) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(110)
        self.put("text", self.text)
        self.disagrees = QCheckBox()
        self.body.addWidget(self.disagrees)
        self.text.setFocus()
        subject = f"trainee:{self._trainee_id}:{self._subject}"
        self.keep_draft("own_view", subject, disagrees=self.disagrees)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("The trainee's own view"), keep=_("Keep"), text=_("In the trainee's own words"))
        self.disagrees.setText(_("The trainee disagrees"))

    def keep(self) -> None:
        from coachdesk.services import trainees

        view = OwnView(
            trainee_id=self._trainee_id,
            subject=self._subject,
            disagrees=self.disagrees.isChecked(),
            text=self.text.toPlainText(),
            on_day=self.shell.clock.today(),
        )
        self.run(partial(trainees.add_own_view, self.shell.desk, view), then=self._added)

    def _added(self, view: OwnView) -> None:
        from coachdesk.services import trainees

        self.done_with(N_("Own view kept"), partial(trainees.remove_own_view, self.shell.desk, view.id))
