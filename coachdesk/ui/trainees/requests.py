"""What a trainee asks about the own data: recorded, answered, a restriction lifted."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coachdesk.domain.rights_request import RightsRequest
from coachdesk.i18n import N_, _, current
from coachdesk.ui.columns import column
from coachdesk.ui.day_edit import CodeBox, DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.rows_dialog import KeptRowsDialog
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.words import label

LONGEST = 2000


def state(row: RightsRequest) -> str:
    """Until when it waits for an answer, or how and when it was answered or lifted."""
    words = current()
    if row.lifted is not None:
        return words.fill(N_("Lifted {day}"), day=row.lifted)
    if row.answered is not None:
        outcome = upper(wording.name_of("request_outcomes", row.outcome))
        return wording.DOT.join((outcome, words.day(row.answered)))
    return words.fill(N_("Answer by {day}"), day=row.due)


def what(row: RightsRequest) -> str:
    """The kind, then the words."""
    return wording.DOT.join((upper(wording.name_of("request_kinds", row.kind)), row.what.partition("\n")[0]))


class RequestsDialog(KeptRowsDialog):
    """The list, the newest first."""

    columns = (
        column(N_("Asked"), lambda row: current().day(row.asked), width=110),
        column(N_("What"), what, tip=lambda row: "\n".join(filter(None, (what(row), row.answer))), width=0),
        column(N_("State"), state, tip=state, width=250),
    )
    removed = N_("Request removed")

    def build(self) -> None:
        super().build()
        self.lift = Button()
        self.lift.clicked.connect(self.lift_chosen)
        self.more.addWidget(self.lift)
        self.table.selectionModel().currentRowChanged.connect(lambda *_at: self._judge())

    def read(self) -> Iterable[RightsRequest]:
        from coachdesk.services import rights_requests

        return rights_requests.of_trainee(self.shell.desk, self.trainee_id)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        super().show_rows(rows)
        self._judge()

    def form(self, row: Any) -> FormDialog:
        if row is None:
            return RequestForm(self.shell, self.trainee_id, parent=self)
        return AnswerForm(self.shell, row, parent=self)

    def take(self, row: Any) -> Work:
        from coachdesk.services import rights_requests

        return partial(rights_requests.remove, self.shell.desk, row.id)

    def bring_back(self, row: Any) -> Work:
        from coachdesk.services import rights_requests

        return partial(rights_requests.record, self.shell.desk, row)

    def lift_chosen(self) -> None:
        """Lift the restriction chosen, from today on."""
        from coachdesk.services import rights_requests

        desk, row = self.shell.desk, self.chosen
        if row is not None:
            redo, undo = (
                partial(rights_requests.lift, desk, row.id),
                partial(rights_requests.put_back, desk, row),
            )
            done = partial(self.told, N_("Restriction lifted"), undo, redo)
            self.shell.jobs.run(redo, then=lambda _row: done(), owner=self)

    def retranslate(self) -> None:
        self.title_.setText(_("Requests about own data"))
        self.new.setText(_("New request"))
        self.lift.setText(_("Lift the restriction"))
        self.none.set_words(_("The trainee has asked for nothing."))
        super().retranslate()
        self.change.setText(_("Answer…"))

    def _judge(self) -> None:
        row = self.chosen
        self.lift.setVisible(row is not None and row.restricts(self.shell.clock.today()))
        self.remove.setEnabled(row is not None and row.is_open)


class RequestForm(FormDialog):
    """What is asked for, on which day, in whose words."""

    wide = 520

    def __init__(self, shell: Shell, trainee_id: int, parent: QWidget | None = None) -> None:
        self._trainee_id = trainee_id
        super().__init__(shell, parent)

    def build(self) -> None:
        today = self.shell.clock.today()
        self.kind = CodeBox("request_kinds", on=today, key="rectification")
        self.asked = DayEdit(today, today)
        self.what = _words()
        self.about = label("", "secondary", wrap=True)
        for name in ("kind", "asked", "what"):
            self.put(name, getattr(self, name))
        self.body.addWidget(self.about)
        self.kind.chosen.connect(lambda _key: self._explain())
        self.keep_draft("rights_request", f"trainee:{self._trainee_id}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Request about own data"),
            kind=_("What is asked for"),
            asked=_("Asked on"),
            what=_("What the trainee says"),
        )
        self._explain()

    def keep(self) -> None:
        from coachdesk.services import rights_requests

        desk = self.shell.desk
        written = RightsRequest(
            trainee_id=self._trainee_id,
            kind=self.kind.key,
            asked=day_in(self.asked, "asked") or self.shell.clock.today(),
            what=self.what.toPlainText()[:LONGEST],
        )
        self.run(partial(rights_requests.record, desk, written), then=self._recorded)

    def _recorded(self, kept: RightsRequest) -> None:
        from coachdesk.services import rights_requests

        self.done_with(N_("Request recorded"), partial(rights_requests.remove, self.shell.desk, kept.id))

    def _explain(self) -> None:
        match self.kind.key:
            case "restriction":
                told = _(
                    "From now on no summary leaves, until the request is refused or the restriction lifted."
                )
            case "erasure":
                told = _("The lead coach decides. The trainee then stands in Settings, Times of keeping.")
            case _:
                told = _("An answer is due within one month.")
        self.about.setText(told)


class AnswerForm(FormDialog):
    """How it was answered; the request stands above."""

    wide = 520

    def __init__(self, shell: Shell, request: RightsRequest, parent: QWidget | None = None) -> None:
        self.before = request
        super().__init__(shell, parent)

    def build(self) -> None:
        today, before = self.shell.clock.today(), self.before
        self.about = label("", wrap=True)
        self.body.addWidget(self.about)
        self.outcome = CodeBox("request_outcomes", on=today, key=before.outcome, empty=not before.outcome)
        self.answered = DayEdit(today, before.answered or today)
        self.answer = _words(before.answer)
        for name in ("outcome", "answered", "answer"):
            self.put(name, getattr(self, name))
        self.keep_draft("rights_answer", f"trainee:{before.trainee_id}:request:{before.id}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Answer to the request"),
            outcome=_("Outcome"),
            answered=_("Answered on"),
            answer=_("What was answered"),
        )
        asked = current().day(self.before.asked)
        self.about.setText(wording.DOT.join((asked, what(self.before))))

    def keep(self) -> None:
        from coachdesk.services import rights_requests

        desk, before = self.shell.desk, self.before
        redo = partial(
            rights_requests.answer,
            desk,
            before.id,
            outcome=self.outcome.key,
            answer=self.answer.toPlainText()[:LONGEST],
            answered=day_in(self.answered, "answered"),
        )
        undo = partial(rights_requests.put_back, desk, before)
        self.run(redo, then=lambda _before: self.done_with(N_("Request answered"), undo, redo))


def _words(text: str = "") -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(96)
    return edit
