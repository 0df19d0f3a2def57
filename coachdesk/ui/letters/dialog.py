"""A letter of the region, opened: what it says, whose it is, what can be done about it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain import region_letters
from coachdesk.domain.letter_kinds import DECISION, KINDS
from coachdesk.domain.letter_sheets import LetterSheet
from coachdesk.i18n import N_, _, current
from coachdesk.ui.form import FormDialog
from coachdesk.ui.letters import wording
from coachdesk.ui.letters.answer import AnswerForm
from coachdesk.ui.letters.grant import GrantForm
from coachdesk.ui.letters.whose import WhoseForm
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.told import Told
from coachdesk.ui.widgets.words import heading, label


class LetterDialog(Dialog):
    """The letter above, its trainee and its answer below, one button for each thing that can be done."""

    did = Signal(str, object, object)
    changed = Signal()

    def __init__(self, shell: Shell, letter_id: int, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.letter_id = letter_id
        self.sheet: LetterSheet | None = None
        self.title_ = heading(wrap=True)
        self.under = label("", "secondary", wrap=True)
        self.who = label("", "strong", wrap=True)
        self.whose, self.open_trainee = Button(icon="user"), Button(kind="link")
        self.whose.clicked.connect(self.say_whose)
        self.open_trainee.clicked.connect(self._go)
        self.answered = Notice("info")
        self.lines = Told()
        inner = QWidget()
        inner.setProperty("screen", True)
        inner.setLayout(column_of(self.lines, None))
        self.take, self.answer = Button(icon="calendar-event"), Button(kind="primary", icon="send")
        self.take.clicked.connect(self.take_over)
        self.answer.clicked.connect(self.write_answer)
        self.close_ = Button(key="Esc")
        self.close_.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.title_)
        box.addWidget(self.under)
        box.addWidget(scrolled(inner), 1)
        whose = row_of(self.who, self.open_trainee, self.whose, spacing=12)
        whose.setStretch(0, 1)
        box.addLayout(whose)
        box.addWidget(self.answered)
        box.addLayout(row_of(self.close_, None, self.take, self.answer, spacing=12))
        self.setMinimumWidth(560)
        self.resize(640, 560)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Read the letter again."""
        from coachdesk.services import letter_lists

        work = partial(letter_lists.open_letter, self.shell.desk, self.letter_id)
        self.shell.jobs.run(work, then=self.show_sheet, owner=self)

    def show_sheet(self, sheet: LetterSheet) -> None:
        """Show what was read."""
        self.sheet = sheet
        self.retranslate()
        (self.close_ if sheet.answer else self.answer).setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle("CoachDesk")
        self.close_.setText(_("Close"))
        self.whose.setText(_("Whose letter…"))
        self.open_trainee.setText(_("Open the trainee"))
        self.take.setText(_("Take over into a period…"))
        self.answer.setText(_("Answer…"))
        if self.sheet is not None:
            self._tell(self.sheet)

    def _tell(self, sheet: LetterSheet) -> None:
        letter, words = sheet.letter, current()
        known = letter.kind in KINDS
        self.title_.setText(
            wording.kind(letter.kind) if known else _("A letter that this version does not know")
        )
        body = sheet.body[1 if words.language == "sv" else 0]
        day = letter.received.astimezone(HELSINKI)
        self.under.setText(words.fill(N_("{body}, came {moment}"), body=body, moment=day))
        self.lines.tell(region_letters.lines(letter, words))
        person = sheet.trainee.name if sheet.trainee else ""
        self.who.setText(person or _("Joined to no trainee yet"))
        self.open_trainee.setVisible(bool(person))
        self.whose.setVisible(known and sheet.answer is None)
        self.take.setVisible(letter.kind == DECISION and sheet.trainee is not None)
        self.answer.setVisible(known and sheet.answer is None)
        self.answered.setVisible(sheet.answer is not None)
        if sheet.answer is not None:
            said = region_letters.answer_lines(region_letters.answer_item(letter, sheet.answer), words)
            text = "\n".join(f"{title}: {told}" for title, told in said)
            state = sheet.answer_state
            self.answered.set_state(wording.CHIPS[state], text, _(wording.STATES[state]))

    def say_whose(self) -> None:
        """Join it to a trainee."""
        if self.sheet is not None:
            self._open(WhoseForm(self.shell, self.sheet, self))

    def take_over(self) -> None:
        """Write the decision into a period."""
        if self.sheet is not None:
            self._open(GrantForm(self.shell, self.sheet, self))

    def write_answer(self) -> None:
        """Answer it."""
        if self.sheet is not None:
            self._open(AnswerForm(self.shell, self.sheet, self))

    def _open(self, form: FormDialog) -> None:
        form.did.connect(self._told)
        form.open()

    def _told(self, text: str, undo: object, redo: object) -> None:
        self.did.emit(text, undo, redo)
        self.changed.emit()
        self.refresh()

    def _go(self) -> None:
        if self.sheet is not None and self.sheet.trainee is not None:
            who = self.sheet.trainee.id
            self.accept()
            self.shell.go("trainees", trainee_id=who, tab="overview")
