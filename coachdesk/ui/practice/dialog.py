"""The practice region: what the desk lets out beside what the region has, and all that can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import heading, label

if TYPE_CHECKING:
    from coachdesk.domain.line import SendResult
    from coachdesk.services.practice import Compared, Practice


class PracticeDialog(Dialog):
    """Both sides side by side; each button makes one thing happen."""

    def __init__(self, shell: Shell, parent: QWidget | None = None, *, begins: bool = True) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CoachDesk")
        self.practice: Practice | None = None
        self.compared: Compared | None = None
        self.busy = False
        self._build()
        self.retranslate()
        shell.keeping.connect(self.reject)
        if begins:
            self._begin()

    def _build(self) -> None:
        self.title = heading(wrap=True)
        self.marked = Notice("warn", icon="alert-triangle")
        self.model = ColumnModel(_columns(), self)
        self.table = table_of(self.model, row_height=34)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show())
        self.starting = label("", "secondary", wrap=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.starting)
        self.stack.addWidget(self.table)
        self.verdict = Notice("info")
        self.told = label("", wrap=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.happened = scrolled(self.told)
        self.happened.setFixedHeight(96)
        self.told_caption = label("", "label")
        self.close_button = Button(kind="flat", key="Esc")
        self.close_button.clicked.connect(self.reject)
        sending, others = self._build_acts()
        parts = (
            self.title,
            self.marked,
            self.stack,
            self.verdict,
            others,
            sending,
            self.told_caption,
            self.happened,
        )
        box = column_of(*parts, row_of(None, self.close_button), spacing=8)
        box.setStretch(2, 1)
        box.setContentsMargins(20, 16, 20, 16)
        self.setLayout(box)
        self.resize(1060, 700)

    def _build_acts(self) -> tuple[QWidget, QWidget]:
        """The buttons of sending, and those of all else that can happen."""
        self.send = Button(kind="primary", icon="send")
        self.refuse, self.lose = Button(icon="ban"), Button(icon="wifi-off")
        self.change, self.withdraw = Button(icon="pencil"), Button(icon="x")
        self.copy, self.restore = Button(icon="copy"), Button(icon="arrow-back-up")
        acts: tuple[tuple[Button, Callable[[], None]], ...] = (
            (self.send, lambda: self._send("takes")),
            (self.refuse, lambda: self._send("refuses")),
            (self.lose, lambda: self._send("loses")),
            (self.change, self._change),
            (self.withdraw, self._withdraw),
            (self.copy, self._copy),
            (self.restore, self._restore),
        )
        for button, act in acts:
            button.clicked.connect(act)
        self.buttons = [button for button, _act in acts]
        sending, others = QWidget(), QWidget()
        for holder, part in ((sending, self.buttons[:3]), (others, self.buttons[3:])):
            flow = FlowLayout(holder)
            flow.setContentsMargins(0, 0, 0, 0)
            for button in part:
                flow.addWidget(button)
        return sending, others

    def retranslate(self) -> None:
        """Set every word again."""
        super().retranslate()
        self.title.setText(_("Practice region"))
        self.marked.set_state(
            "warn",
            _("These people are made up. Your own desk is not touched, and nothing leaves this computer."),
            _("This is practice"),
        )
        self.starting.setText(_("The practice region is being started…"))
        self.table.setAccessibleName(_("Both sides"))
        self.send.setText(_("Send"))
        self.refuse.setText(_("Send, and the region refuses"))
        self.lose.setText(_("Send, and the answer is lost"))
        self.change.setText(_("Change the goal"))
        self.copy.setText(_("Keep an old copy"))
        self.restore.setText(_("Restore the old copy"))
        self.told_caption.setText(_("What happened"))
        self.close_button.setText(_("End practice"))
        self.model.retranslate()
        self._show()

    def reject(self) -> None:
        """Throw the practice away, once what runs has ended."""
        practice, self.practice = self.practice, None
        if practice is not None:
            self.shell.jobs.run(practice.close, lane="outside")
        super().reject()

    def _begin(self) -> None:
        from coachdesk.services.practice import Practice

        language = current().language
        practice = self.practice = Practice(self.shell.clock, "sv" if language == "sv" else "fi")
        self._run(practice.begin, self._begun)

    def _begun(self, compared: Compared) -> None:
        self.stack.setCurrentIndex(1)
        self._after((), compared)
        self.table.selectRow(0)

    def _send(self, mode: str) -> None:
        practice = self.practice
        assert practice is not None
        self._run(lambda: (practice.send(mode), practice.compared()), lambda done: self._after(*done))

    def _change(self) -> None:
        self._of_chosen(lambda practice, who: practice.change(who))

    def _withdraw(self) -> None:
        self._of_chosen(lambda practice, who: practice.withdraw(who))

    def _copy(self) -> None:
        self._act(lambda practice: practice.copy(), _("An old copy of the practice desk was kept."))

    def _restore(self) -> None:
        told = _("The old copy stands in the place of the desk. It knows nothing of what came after.")
        self._act(lambda practice: practice.restore(), told)

    def _of_chosen(self, act: Callable[[Practice, int], None]) -> None:
        side = self.model.row(self.table.currentIndex())
        if side is not None:
            self._act(lambda practice: act(practice, side.trainee_id), "")

    def _act(self, act: Callable[[Practice], None], told: str) -> None:
        practice = self.practice
        assert practice is not None

        def work() -> Compared:
            act(practice)
            return practice.compared()

        def then(compared: Compared) -> None:
            if told:
                self._tell(told)
            self._after((), compared)

        self._run(work, then)

    def _run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._set_busy(True)
        self.shell.jobs.run(work, then=then, failed=self._failed, lane="outside", owner=self)

    def _failed(self, problem: Exception) -> None:
        from coachdesk.errors import Problem
        from coachdesk.i18n import say

        self._set_busy(False)
        if isinstance(problem, Problem):
            self._tell(say(problem))
            self.starting.setText(say(problem))

    def _after(self, results: tuple[SendResult, ...], compared: Compared) -> None:
        from coachdesk.services import send_wording

        for result in results:
            for said in send_wording.of_result(result):
                self._tell(said.text)
        self.compared = compared
        at = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(list(compared.sides))
        self.table.selectRow(at)
        self._set_busy(False)

    def _tell(self, text: str) -> None:
        """What happened last stands first."""
        self.told.setText("\n".join([text, *self.told.text().split("\n")[:20]]).strip())

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        for button in self.buttons:
            button.setEnabled(not busy and (self.compared is not None or not busy))
        self._show()

    def _show(self) -> None:
        side = self.model.row(self.table.currentIndex())
        withdrawn = side is not None and not side.consented
        self.withdraw.setText(_("Give the consent again") if withdrawn else _("Withdraw the consent"))
        found = self.compared
        self.verdict.setVisible(found is not None)
        if found is None:
            return
        if found.alike and not found.waiting:
            text = _("The region has exactly what may leave. Nothing is lost and nothing stands twice.")
            self.verdict.set_state("ok", text)
        elif found.alike:
            text = _("The region has exactly what may leave, but no receipt has told so: it is sent again.")
            self.verdict.set_state("info", text)
        else:
            many = sum(not one.same for one in found.sides)
            text = ngettext(
                "{count} is not yet the same on both sides. It waits here and is not lost.",
                "{count} are not yet the same on both sides. They wait here and are not lost.",
                many,
            ).format(count=many)
            self.verdict.set_state("warn", text, icon="clock")


def _columns() -> tuple[Any, ...]:
    return (
        column(N_("Trainee"), lambda side: side.name, width=0, bold=True),
        column(N_("Consent"), lambda side: _("in force") if side.consented else _("withdrawn"), width=116),
        column(N_("May leave"), lambda side: side.here or "–", width=190),
        column(N_("At the region"), lambda side: side.there or "–", width=190),
        column(N_("Both alike"), lambda side: _("yes") if side.same else _("not yet"), width=96),
    )
