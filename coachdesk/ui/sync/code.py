"""Enrolling by a one-time code: who answers there, its fingerprint compared, then the code is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import N_, _, current, say
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.network import system_proxy
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import heading, label

if TYPE_CHECKING:
    from coachdesk.domain.sending import EnrolledByCode
    from coachdesk.services.enrolment_by_code import RegionSeen


class CodeDialog(Dialog):
    """Address and code; nothing of the desk leaves before the fingerprint was said to be right."""

    enrolled = Signal(object)  # EnrolledByCode

    def __init__(self, shell: Shell, parent: QWidget | None = None, *, address: str = "") -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CoachDesk")
        self.seen: RegionSeen | None = None
        self.busy = False
        self.title, self.what = heading(wrap=True), label("", wrap=True)
        self.address, self.code = QLineEdit(address), QLineEdit()
        self.address_field, self.code_field = Field(self.address), Field(self.code)
        self.problem = Notice("warn")
        self.problem.hide()
        self.region = label("", "strong", wrap=True)
        self.mark_caption, self.mark = label("", "label"), label("", "person")
        self.mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.compare = label("", wrap=True)
        self.go, self.other, self.close_button = (
            Button(kind="primary"),
            Button(),
            Button(kind="flat", key="Esc"),
        )
        self.go.clicked.connect(self.next)
        self.other.clicked.connect(self._not_alike)
        self.close_button.clicked.connect(self.reject)
        foot = row_of(self.close_button, None, self.other, self.go, spacing=12)
        parts = (self.title, self.what, self.address_field, self.code_field, self.region, self.mark_caption)
        box = column_of(*parts, self.mark, self.compare, self.problem, 8, foot, spacing=8)
        box.setContentsMargins(20, 16, 20, 16)
        self.setLayout(box)
        self.setMinimumWidth(560)
        self.retranslate()
        self.go.setDefault(True)
        (self.code if address else self.address).setFocus()

    def retranslate(self) -> None:
        """Set every word again."""
        super().retranslate()
        self.title.setText(_("Enrol by a one-time code"))
        self.address_field.set_caption(_("Address of the region"))
        self.address_field.set_help(
            _("It stands on the paper that the region has given, and begins with https://.")
        )
        self.code_field.set_caption(_("One-time code"))
        self.code_field.set_help(_("Twelve letters and digits. It is good for one day and for one desk."))
        self.mark_caption.setText(_("Fingerprint of the region"))
        self.compare.setText(
            _("Compare it with the paper, or by telephone, group by group. Only then is the code told.")
        )
        self.close_button.setText(_("Close"))
        self.other.setText(_("They differ"))
        self._show_step()

    def next(self) -> None:
        """Ask who answers there, or, once it was compared, tell the code."""
        if not self.busy:
            self._look() if self.seen is None else self._enrol()

    def _look(self) -> None:
        from coachdesk.services import enrolment_by_code

        desk, address, code = self.shell.desk, self.address.text(), self.code.text()

        def work() -> RegionSeen:
            enrolment_by_code.check_code(code)
            return enrolment_by_code.look(desk, address, proxy_for=system_proxy)

        self._run(work, self._saw)

    def _saw(self, seen: RegionSeen) -> None:
        self.seen = seen
        self._begin(False)

    def _enrol(self) -> None:
        from coachdesk.services import enrolment_by_code

        assert self.seen is not None
        work = partial(
            enrolment_by_code.enrol, self.shell.desk, self.seen, self.code.text(), proxy_for=system_proxy
        )
        self._run(work, self._done)

    def _done(self, done: EnrolledByCode) -> None:
        self.enrolled.emit(done)
        self.accept()

    def _not_alike(self) -> None:
        """Something answers in the region's place: nothing was told, nothing is kept."""
        self.seen = None
        self._show_step()
        self.problem.set_state(
            "danger", _("Nothing was sent and nothing is kept. Tell the region that the fingerprints differ.")
        )
        self.problem.show()
        self._grow()

    def _run(self, work: object, then: object) -> None:
        self.problem.hide()
        self.address_field.set_error("")
        self.code_field.set_error("")
        self._begin(True)
        self.shell.jobs.run(work, then=then, failed=self._failed, lane="outside", owner=self)  # type: ignore[arg-type]

    def _failed(self, problem: Problem) -> None:
        self._begin(False)
        field = {"address": self.address_field, "code": self.code_field}.get(problem.field or "")
        if field is not None and self.seen is None:
            field.set_error(say(problem))
            field.control.setFocus()
        else:
            self.problem.set_state("danger", say(problem))
            self.problem.show()
        self._grow()

    def _grow(self) -> None:
        """As high as the words need now: a sentence more takes no room of the fields."""
        box = self.layout()
        if box is None:
            return
        box.activate()
        needed = max(box.totalHeightForWidth(self.width()), box.totalMinimumSize().height())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _begin(self, busy: bool) -> None:
        self.busy = busy
        self._show_step()

    def _show_step(self) -> None:
        first = self.seen is None
        for entry in (self.address_field, self.code_field):
            entry.setVisible(first)
        for part in (self.region, self.mark_caption, self.mark, self.compare, self.other):
            part.setVisible(not first)
        self.go.setEnabled(not self.busy)
        self.other.setEnabled(not self.busy)
        self.what.setText(
            _("First it is asked who answers at the address. Nothing of your desk is told.")
            if first
            else _("This answers at the address.")
        )
        waiting = _("Asking…") if self.busy else ""
        self.go.setText(waiting or (_("Ask the region") if first else _("They are alike, enrol")))
        if self.seen is not None:
            words = current()
            name = self.seen.name(words.language)
            self.region.setText(words.fill(N_("{name}, {address}"), name=name, address=self.seen.address))
            self.mark.setText(self.seen.fingerprint)
