"""A plan that others have made: recorded, or written anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from coachdesk.domain.plan import Plan
from coachdesk.domain.plan_cautions import others_cautions
from coachdesk.domain.plan_sheet import PlanRow
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import CodeBox, DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.item_form import written_day
from coachdesk.ui.plans.side_by_side import other_plans, side_by_side
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.notice import Notice

DAYS = ("made", "review", "valid_from", "valid_to", "permission_given")


class OthersPlanForm(FormDialog):
    """Kind, maker, days, permission and our goals; ``plan`` is one to be changed."""

    wide = 620

    def __init__(
        self,
        shell: Shell,
        trainee_id: int,
        rows: Sequence[PlanRow],
        plan: Plan | None = None,
        parent: QWidget | None = None,
        *,
        first_contact: date | None = None,
    ) -> None:
        self.old, self._rows, self._first_contact = plan, tuple(rows), first_contact
        self.plan = plan or Plan(trainee_id=trainee_id, kind="", ours=False)
        super().__init__(shell, parent)

    def build(self) -> None:
        today, plan = self.shell.clock.today(), self.plan
        self.kind = CodeBox("plan_kinds", on=today, key=plan.kind, empty=not plan.kind)
        self.maker = QLineEdit(plan.maker)
        self.days = {name: DayEdit(today, getattr(plan, name)) for name in DAYS}
        self.permission = QCheckBox()
        self.permission.setChecked(plan.permission)
        self.our_goals = QPlainTextEdit(plan.our_goals)
        self.our_goals.setTabChangesFocus(True)
        self.our_goals.setMinimumHeight(72)
        self.replaces = other_plans(self._rows, plan.id, plan.replaces_id, today)
        side_by_side(self, kind=self.kind, maker=self.maker)
        side_by_side(self, made=self.days["made"], review=self.days["review"])
        side_by_side(self, valid_from=self.days["valid_from"], valid_to=self.days["valid_to"])
        self.body.addWidget(self.permission)
        side_by_side(self, permission_given=self.days["permission_given"])
        self.put("our_goals", self.our_goals)
        self.put("replaces", self.replaces)
        self.caution = Notice("warn")
        self.keep_in_sight(self.caution)
        self.permission.toggled.connect(self._permitted)
        for name in ("made", "review", "valid_to"):
            self.days[name].textChanged.connect(self._caution)
        subject = f"trainee:{plan.trainee_id}:plan:{plan.id}:others"
        self.keep_draft("plan", subject, permission=self.permission)
        self.kind.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Change another's plan") if self.old else _("Record a plan made by others"),
            keep=_("Save"),
            kind=_("Kind of plan"),
            maker=_("Who made it"),
            made=_("Day it was made"),
            review=_("Review at the latest"),
            valid_from=_("In force from"),
            valid_to=_("In force until"),
            permission_given=_("Permission given on"),
            our_goals=_("Our goals taken from it"),
            replaces=_("This plan replaces"),
        )
        self.permission.setText(_("The trainee lets us hold this plan"))
        self._caution()

    def keep(self) -> None:
        from coachdesk.services import plans_by_others

        plan, desk = self._written(), self.shell.desk
        work = plans_by_others.change_others_plan if plan.id else plans_by_others.record_others
        self.run(partial(work, desk, plan), then=self._kept)

    def _written(self) -> Plan:
        """The plan as it stands in the form.

        Raises:
            Refused: no kind is chosen, or something is no day.
        """
        if not self.kind.key:
            raise Refused(N_("Choose the kind of plan."), field="kind")
        days: dict[str, Any] = {name: day_in(self.days[name], name) for name in DAYS}
        return replace(
            self.plan,
            kind=self.kind.key,
            maker=self.maker.text().strip(),
            permission=self.permission.isChecked(),
            our_goals=self.our_goals.toPlainText().strip(),
            replaces_id=int(self.replaces.key) if self.replaces.key else None,
            **days,
        )

    def _kept(self, plan: Plan) -> None:
        from coachdesk.services import plans, plans_by_others

        desk, old = self.shell.desk, self.old
        self.kept.emit(plan)
        if old is None:
            self.done_with(N_("The plan was recorded."), partial(plans.remove, desk, plan.id))
        else:
            change = plans_by_others.change_others_plan
            self.done_with(
                N_("The plan was changed."), partial(change, desk, old), partial(change, desk, plan)
            )

    def _permitted(self, permitted: bool) -> None:
        given = self.days["permission_given"]
        if permitted and not given.text():
            given.set_day(self.shell.clock.today())

    def _caution(self, *_text: str) -> None:
        """Say what is odd about the days; it bars nothing."""
        days: dict[str, Any] = {name: written_day(self.days[name]) for name in ("made", "review", "valid_to")}
        plan = replace(self.plan, **days)
        found = others_cautions(plan, self._first_contact, self.shell.clock.today()) if plan.made else ()
        self.caution.set_text("\n".join(current().fill(one.message, **one.values) for one in found))
        self.caution.setVisible(bool(found))
