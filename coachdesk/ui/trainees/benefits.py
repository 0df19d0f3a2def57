"""Benefits of a trainee and who pays them, with their days."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.trainee import Benefit
from coachdesk.i18n import N_, _
from coachdesk.ui.columns import column
from coachdesk.ui.day_edit import CodeBox, DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog, Work
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.rows_dialog import KeptRowsDialog


def _payer(row: Benefit) -> str:
    return row.payer_name or wording.name_of("payers", row.payer)


class BenefitsDialog(KeptRowsDialog):
    """The list, the newest first."""

    removed = N_("Benefit removed")
    columns = (
        column(N_("Benefit"), lambda row: upper(wording.name_of("benefits", row.benefit)), width=0),
        column(N_("Payer"), _payer, width=240),
        column(N_("In force"), lambda row: wording.span(row.begins, row.ends), width=220),
    )

    def take(self, row: Any) -> Work:
        from coachdesk.services import trainees

        return partial(trainees.remove_benefit, self.shell.desk, row.id)

    def bring_back(self, row: Any) -> Work:
        from coachdesk.services import trainees

        return partial(trainees.add_benefit, self.shell.desk, row)

    def read(self) -> Iterable[Benefit]:
        from coachdesk.services import trainees

        return trainees.benefits(self.shell.desk, self.trainee_id)

    def form(self, row: Any) -> FormDialog:
        return BenefitForm(self.shell, self.trainee_id, row, parent=self)

    def retranslate(self) -> None:
        self.title_.setText(_("Benefits"))
        self.new.setText(_("New benefit"))
        self.none.set_words(_("No benefit recorded yet."))
        super().retranslate()


class BenefitForm(FormDialog):
    """Benefit, payer, days; the codes in force today, or the one that stands there."""

    def __init__(
        self, shell: Shell, trainee_id: int, benefit: Benefit | None, parent: QWidget | None = None
    ) -> None:
        self._trainee_id, self.before = trainee_id, benefit
        super().__init__(shell, parent)

    def build(self) -> None:
        today, before = self.shell.clock.today(), self.before
        self.benefit = CodeBox("benefits", on=today, key=before.benefit if before else "")
        self.payer = CodeBox("payers", on=today, key=before.payer if before else "kela")
        self.payer_name = QLineEdit(before.payer_name if before else "")
        self.begins = DayEdit(today, before.begins if before else today)
        self.ends = DayEdit(today, before.ends if before else None)
        for name in ("benefit", "payer", "payer_name", "begins", "ends"):
            self.put(name, getattr(self, name))
        self.payer.chosen.connect(lambda _key: self._ask_name())
        self._ask_name()
        which = f":benefit:{before.id}" if before else ""
        self.keep_draft("benefit", f"trainee:{self._trainee_id}{which}")

    def _ask_name(self) -> None:
        named = bool(codes("payers")[self.payer.key].more.get("named"))
        self.fields["payer_name"].setVisible(named)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Benefit") if self.before else _("New benefit"),
            benefit=_("Benefit"),
            payer=_("Payer"),
            payer_name=_("Name of the payer"),
            begins=_("First day"),
            ends=_("Last day"),
        )

    def keep(self) -> None:
        from coachdesk.services import trainees

        desk = self.shell.desk
        named = not self.fields["payer_name"].isHidden()
        written = Benefit(
            trainee_id=self._trainee_id,
            benefit=self.benefit.key,
            payer=self.payer.key,
            payer_name=self.payer_name.text() if named else "",
            begins=day_in(self.begins, "begins") or self.shell.clock.today(),
            ends=day_in(self.ends, "ends"),
        )
        if self.before is None:
            self.run(partial(trainees.add_benefit, desk, written), then=self._added)
            return
        undo = partial(trainees.edit_benefit, desk, self.before)
        redo = partial(trainees.edit_benefit, desk, replace(written, id=self.before.id))
        self.run(redo, then=lambda _b: self.done_with(N_("Benefit changed"), undo, redo))

    def _added(self, kept: Benefit) -> None:
        from coachdesk.services import trainees

        self.done_with(N_("Benefit recorded"), partial(trainees.remove_benefit, self.shell.desk, kept.id))
