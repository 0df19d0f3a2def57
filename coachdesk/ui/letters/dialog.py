"""A letter of the region, opened: what it says, whose it is, what can be done about it."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain import region_letters
from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.letter_kinds import DECISION, KINDS, PLAN_APPROVED, WORKER_CHANGED
from coachdesk.domain.letter_sheets import Carry, LetterSheet
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.i18n import N_, _, current
from coachdesk.ui.form import FormDialog
from coachdesk.ui.letters import wording
from coachdesk.ui.letters.answer import AnswerForm
from coachdesk.ui.letters.grant import GrantForm
from coachdesk.ui.letters.whose import WhoseForm
from coachdesk.ui.plans.words import called
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.code_chip import SHOWN
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.told import Told
from coachdesk.ui.widgets.words import heading, label


class LetterDialog(Dialog):
    """The letter above, its trainee and its answer below, one button for each thing that can be done."""

    did = Signal(str, object, object)
    changed = Signal()

    def __init__(
        self, shell: Shell, letter_id: int, parent: QWidget | None = None, *, form: str = ""
    ) -> None:
        super().__init__(shell, parent)
        self._form = form  # of a draft that is to be gone on with
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
        self.eye = Button(kind="link", icon="eye")
        self.eye.clicked.connect(self.ask_code)
        self._code = MASKED
        self.hiding = QTimer(self, singleShot=True, interval=SHOWN)
        self.hiding.timeout.connect(self.hide_code)
        shell.keeping.connect(self.hide_code)  # the dialog waits behind the door: not with the code in it
        self.record = label("", "secondary", wrap=True)
        self.carry = Button(icon="check")
        self.carry.clicked.connect(self.carry_over)
        self.answer.clicked.connect(self.write_answer)
        self.close_ = Button(key="Esc")
        self.close_.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.title_)
        box.addWidget(self.under)
        box.addWidget(scrolled(inner), 1)
        box.addLayout(row_of(self.eye, None))
        whose = row_of(self.who, self.open_trainee, self.whose, spacing=12)
        whose.setStretch(0, 1)
        box.addLayout(whose)
        box.addWidget(self.record)
        box.addWidget(self.answered)
        box.addLayout(row_of(self.close_, None, self.take, self.carry, self.answer, spacing=12))
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
        forms = {
            "letter_answer": self.write_answer,
            "letter_grant": self.take_over,
            "letter_whose": self.say_whose,
        }
        begin = forms.get(self._form)
        self._form = ""
        if begin is not None and sheet.answer is None:
            begin()

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
        self.lines.tell(region_letters.lines(letter, words, code=self._code))
        self.eye.setVisible(bool(letter.code))
        shown = self.hiding.isActive()
        self.eye.setText(_("Hide the identity code") if shown else _("Show the identity code"))
        self.eye.picture = "eye-off" if shown else "eye"
        person = sheet.trainee.name if sheet.trainee else ""
        self.who.setText(person or _("Joined to no trainee yet"))
        self.open_trainee.setVisible(bool(person))
        self.whose.setVisible(known and sheet.answer is None)
        self.take.setVisible(letter.kind == DECISION and sheet.trainee is not None)
        self.answer.setVisible(known and sheet.answer is None)
        self._tell_record(sheet)
        self.answered.setVisible(sheet.answer is not None)
        if sheet.answer is not None:
            said = region_letters.answer_lines(region_letters.answer_item(letter, sheet.answer), words)
            text = "\n".join(f"{title}: {told}" for title, told in said)
            state = sheet.answer_state
            self.answered.set_state(wording.CHIPS[state], text, _(wording.STATES[state]))

    def ask_code(self) -> None:
        """Read and show the person's identity code for a moment; hide it when it is shown already."""
        from coachdesk.services import letter_lists

        if self.hiding.isActive():
            self.hide_code()
            return
        work = partial(letter_lists.show_code, self.shell.desk, self.letter_id)
        self.shell.jobs.run(work, then=self._show_code, owner=self)

    def _show_code(self, code: str) -> None:
        self._code = code
        self.hiding.start()
        self.retranslate()

    def hide_code(self) -> None:
        """Dots again."""
        self.hiding.stop()
        self._code = MASKED
        self.retranslate()

    def _tell_record(self, sheet: LetterSheet) -> None:
        """What the record says now of the worker or the approval, and whether the letter is carried in."""
        letter, words, text = sheet.letter, current(), ""
        if letter.kind == WORKER_CHANGED and sheet.trainee is not None:
            known = region_letters.worker_lines(sheet.worker) if sheet.worker else "–"
            text = words.fill(N_("Responsible worker in the record: {worker}"), worker=known)
        elif letter.kind == PLAN_APPROVED and sheet.trainee is not None:
            if sheet.approved is not None:
                name = called(sheet.approved, self.shell.clock.today())
                text = words.fill(N_("In the record as approved: {plan}"), plan=name)
            elif not sheet.carries:
                text = _("No plan of this kind is in the record.")
            else:
                text = _("The approval is not in the record yet.")
        self.record.setText(text)
        self.record.setVisible(bool(text))
        worker = letter.kind == WORKER_CHANGED
        self.carry.setText(_("Put the worker into the record") if worker else _("Mark the plan approved"))
        self.carry.setVisible(bool(sheet.carries))

    def carry_over(self) -> None:
        """Carry the worker or the approval into the record; of several plans one is chosen."""
        found = self.sheet.carries if self.sheet is not None else ()
        if len(found) == 1:
            self._carry(found[0])
        elif found:
            menu = QMenu(self.carry)
            for one in found:
                assert one.plan is not None
                name = called(one.plan, self.shell.clock.today())
                menu.addAction(name).triggered.connect(partial(self._carry, one))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.carry.mapToGlobal(self.carry.rect().bottomLeft()))

    def _carry(self, where: Carry, _checked: bool = False) -> None:
        from coachdesk.services import letter_taking

        work = partial(
            letter_taking.carry, self.shell.desk, self.letter_id, where.plan.id if where.plan else None
        )
        self.shell.jobs.run(work, then=self._carried, owner=self)

    def _carried(self, before: RegionLetter) -> None:
        from coachdesk.services import letter_taking

        worker = before.kind == WORKER_CHANGED
        text = _("Worker put into the record") if worker else _("Plan marked approved")
        self.shell.saved()
        self._told(text, partial(letter_taking.put_back_carried, self.shell.desk, before), None)

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
