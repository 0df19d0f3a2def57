"""The next step above the tabs: done, move, write a new one, and the way to a new note."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QWidget

from coachdesk.domain.phases import NextStep
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import DayEdit, day_in
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.lines import Line, Lines
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label


class NextStepCard(QFrame):
    """The one next step of a trainee with its day."""

    note_asked = Signal()
    did = Signal(str, object, object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.trainee_id = 0
        self.step: NextStep | None = None
        self.setProperty("card", True)
        self.caption = label("", "secondary")
        self.words = Lines(stops=False)
        self.done = Button(icon="check")
        self.postpone = Button()
        self.write = Button(icon="target")
        self.note = Button(kind="primary", icon="note", key="Ctrl+N")
        self.done.clicked.connect(self.finish)
        self.postpone.clicked.connect(lambda: self.ask(self.step))
        self.write.clicked.connect(lambda: self.ask(None))
        self.note.clicked.connect(self.note_asked)
        words = row_of(Picture("target", 20, "primary"), spacing=12)
        words.addLayout(column_of(self.caption, self.words, spacing=0), 1)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(16, 6, 12, 6)
        self.box.setSpacing(12)
        self.box.addLayout(words, 1)
        self.buttons = row_of(self.done, self.postpone, self.write, self.note, spacing=12)
        self.box.addLayout(self.buttons)

    def fit(self, size_class: str) -> None:
        """The buttons stand below the words in a narrow window."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.words.squeeze(size_class == "wide")
        narrow = size_class == "narrow"
        self.box.setDirection(below if narrow else beside)
        self.buttons.setDirection(below if narrow and theme.look()[1] > 1 else beside)

    def show_step(self, trainee_id: int, step: NextStep | None) -> None:
        """Show the step of somebody."""
        self.trainee_id, self.step = trainee_id, step
        self._tell()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.caption.setText(_("Next step"))
        self.done.setText(_("Mark as done"))
        self.postpone.setText(_("Move…"))
        self.write.setText(_("Write next step…"))
        self.note.setText(_("New note"))
        self._tell()

    def _tell(self) -> None:
        for button in (self.done, self.postpone):
            button.setVisible(self.step is not None)
        self.write.setVisible(self.step is None)
        words = step_words(self.step, self.shell.clock.today())
        self.words.show_lines(_("Next step"), [Line(text=words, bold=True, most=2)])

    def finish(self) -> None:
        """Mark the step done, then ask for the next one."""
        from coachdesk.services import phases

        if self.step is None:
            self.ask(None)
            return
        desk, step = self.shell.desk, self.step
        undo = partial(phases.edit_next_step, desk, step)
        redo = partial(phases.edit_next_step, desk, replace(step, done=self.shell.clock.today()))
        self.shell.jobs.run(redo, then=lambda _before: self._finished(undo, redo), owner=self)

    def _finished(self, undo: Work, redo: Work) -> None:
        self.shell.saved()
        self.did.emit(N_("Next step done"), undo, redo)
        self.ask(None)

    def ask(self, step: NextStep | None) -> None:
        """Ask for the words and the day of a step."""
        form = NextStepForm(self.shell, self.trainee_id, step, parent=self.window())
        form.did.connect(self.did)
        form.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 4, 4, self.height() - 8, theme.colour("primary"))
        painter.end()


def step_words(step: NextStep | None, today: date) -> str:
    """A step with its day; whether it is late is said in words."""
    if step is None:
        return _("No next step yet.")
    if step.due is None:
        return step.text
    late = wording.late_by(step.due, today)
    day = wording.near_day(step.due, today)
    if late:
        return current().fill(N_("{step}, {day} ({late})"), step=step.text, day=day, late=late)
    return current().fill(N_("{step}, {day}"), step=step.text, day=day)


class NextStepForm(FormDialog):
    """The words of a step and its day; Enter keeps it."""

    def __init__(
        self, shell: Shell, trainee_id: int, step: NextStep | None, parent: QWidget | None = None
    ) -> None:
        self._before, self._trainee_id = step, trainee_id
        super().__init__(shell, parent)

    def build(self) -> None:
        step = self._before
        self.text = QLineEdit(step.text if step else "")
        self.due = DayEdit(self.shell.clock.today(), step.due if step else None)
        self.put("text", self.text)
        self.put("due", self.due)
        (self.due if step else self.text).setFocus()
        self.due.selectAll()
        which = f":next_step:{step.id}" if step else ""
        self.keep_draft("next_step", f"trainee:{self._trainee_id}{which}")

    def retranslate(self) -> None:
        super().retranslate()
        title = _("Move the next step") if self._before else _("Next step")
        self.say(title=title, text=_("What comes next"), due=_("Day"))
        self.fields["due"].set_help(_("A date or a weekday, such as 17.12. or its first letters."))

    def keep(self) -> None:
        from coachdesk.services import phases

        desk, before, words = self.shell.desk, self._before, self.text.text()
        due = day_in(self.due, "due")
        if before is None:
            work = partial(phases.set_next_step, desk, self._trainee_id, words, due=due)
            self.run(work, then=self._written)
            return
        after = replace(before, text=words, due=due)
        undo, redo = partial(phases.edit_next_step, desk, before), partial(phases.edit_next_step, desk, after)
        self.run(redo, then=lambda _b: self.done_with(N_("Next step moved"), undo, redo))

    def _written(self, step: NextStep) -> None:
        from coachdesk.services import phases

        self.done_with(N_("Next step written"), partial(phases.take_back_next_step, self.shell.desk, step))
