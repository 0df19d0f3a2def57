"""What is asked about a plan: another's plan, signatures, who took part, what it replaces."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import Plan, PlanVersion, Signature
from coachdesk.domain.plan_sheet import PlanRow, VersionSheet
from coachdesk.errors import Refused
from coachdesk.i18n import _, current, say
from coachdesk.ui.day_edit import ChoiceBox, CodeBox, DayEdit, upper
from coachdesk.ui.plans.words import called
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading, label


class Form(Dialog):
    """Fields in two columns, a sentence for what is wrong, and the two buttons.

    ``did`` tells what was done, and the work that takes it back.
    """

    did = Signal(str, object)
    stays = True

    def __init__(self, shell: Shell, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.today = shell.clock.today()
        self.fields: dict[str, Field] = {}
        self.setWindowTitle(title)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 16, 20, 16)
        self.box.setSpacing(10)
        self.box.addWidget(heading(title, wrap=True))
        self.grid = QGridLayout()
        self.grid.setSpacing(10)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.box.addLayout(self.grid)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.box.addWidget(self.problem)
        self.cancel = Button(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.verb = Button(verb, kind="primary", key="Ctrl+Enter")
        self.verb.setShortcut("Ctrl+Return")
        self.verb.clicked.connect(self.done_)
        self.box.addLayout(row_of(None, self.cancel, self.verb))
        self.setMinimumWidth(560)

    def ask(
        self, name: str, control: QWidget, caption: str, row: int, column: int = 0, span: int = 1
    ) -> None:
        """Place a control with its caption."""
        if not self.fields:
            control.setFocus()
        self.fields[name] = Field(control, caption)
        self.grid.addWidget(self.fields[name], row, column, 1, span)

    def done_(self) -> None:
        """Read the fields; a day that is no day stays to be corrected."""
        for field in self.fields.values():
            field.set_error("")
        self.problem.hide()
        try:
            self.read()
        except Refused as problem:
            self.wrong(problem)
            return
        self.keep()

    def wrong(self, problem: Exception) -> None:
        """Say a refusal beside its field, or below all."""
        assert isinstance(problem, Refused)
        field = self.fields.get(problem.field or "")
        if field is not None:
            field.set_error(say(problem))
            field.control.setFocus()
        else:
            self.problem.setText(say(problem))
            self.problem.show()

    def day(self, name: str) -> date | None:
        """The day in a field.

        Raises:
            Refused: it is no day; names the field.
        """
        try:
            control = self.fields[name].control
            assert isinstance(control, DayEdit)
            found = control.day
        except Refused as problem:
            raise Refused(problem.message, field=name, **problem.values) from problem
        return found

    def read(self) -> None:
        """Take what was written."""

    def keep(self) -> None:
        """Do what was asked; the dialog closes when it is done."""
        self.accept()


class OthersPlanDialog(Form):
    """A plan that others have made."""

    def __init__(
        self,
        shell: Shell,
        trainee_id: int,
        rows: Sequence[PlanRow],
        plan: Plan | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Change another's plan") if plan else _("Record a plan made by others")
        super().__init__(shell, title, _("Save"), parent)
        self.plan = plan or Plan(trainee_id=trainee_id, kind="", ours=False)
        self._old = plan
        self.kept: Plan | None = None
        self.kind = CodeBox("plan_kinds", on=self.today, key=self.plan.kind)
        self.maker = QLineEdit(self.plan.maker)
        days = {name: DayEdit(self.today, getattr(self.plan, name)) for name in _DAYS}
        self.permission = QCheckBox(_("The trainee lets us hold this plan"))
        self.permission.setChecked(self.plan.permission)
        self.our_goals = QPlainTextEdit(self.plan.our_goals)
        self.our_goals.setTabChangesFocus(True)
        self.our_goals.setMaximumHeight(96)
        self.replaces = _replaceable(rows, self.plan.id, self.plan.replaces_id, self.today)
        self.ask("kind", self.kind, _("Kind of plan"), 0)
        self.ask("maker", self.maker, _("Who made it"), 0, 1)
        self.ask("made", days["made"], _("Day it was made"), 1)
        self.ask("review", days["review"], _("Review at the latest"), 1, 1)
        self.ask("valid_from", days["valid_from"], _("In force from"), 2)
        self.ask("valid_to", days["valid_to"], _("In force until"), 2, 1)
        self.ask("permission_given", days["permission_given"], _("Permission given on"), 3)
        self.grid.addWidget(self.permission, 3, 1)
        self.ask("our_goals", self.our_goals, _("Our goals taken from it"), 4, 0, 2)
        self.ask("replaces", self.replaces, _("This plan replaces"), 5, 0, 2)
        self.permission.toggled.connect(self._permitted)

    def read(self) -> None:
        """Take what was written."""
        if not self.kind.key:
            raise Refused(_("Choose the kind of plan."), field="kind")
        days: dict[str, Any] = {name: self.day(name) for name in _DAYS}
        self.plan = replace(
            self.plan,
            kind=self.kind.key,
            maker=self.maker.text().strip(),
            permission=self.permission.isChecked(),
            our_goals=self.our_goals.toPlainText().strip(),
            replaces_id=int(self.replaces.key) if self.replaces.key else None,
            **days,
        )

    def keep(self) -> None:
        """Record it, or write it anew."""
        from coachdesk.services import plans

        desk, plan = self.shell.desk, self.plan

        def work() -> Plan:
            if plan.id:
                return plans.change_others_plan(desk, plan)
            return plans.record_others(desk, plan)

        self.shell.jobs.run(work, then=self._kept, failed=self.wrong, owner=self)

    def _kept(self, plan: Plan) -> None:
        from coachdesk.services import plans

        desk, old, self.kept = self.shell.desk, self._old, plan
        if old is None:
            self.did.emit(_("The plan was recorded."), lambda: plans.remove(desk, plan.id))
        else:
            self.did.emit(_("The plan was changed."), lambda: plans.change_others_plan(desk, old))
        self.shell.saved()
        self.accept()

    def _permitted(self, permitted: bool) -> None:
        given = self.fields["permission_given"].control
        if permitted and isinstance(given, DayEdit) and not given.text():
            given.set_day(self.today)


class ReplacesDialog(Form):
    """Which plan this one replaces, or for which kind it stands, with the fixed sentence."""

    def __init__(
        self, shell: Shell, plan: Plan, rows: Sequence[PlanRow], language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(shell, _("What does this plan replace?"), _("Save"), parent)
        self.plan, self._rows, self._language = plan, tuple(rows), language
        self.replaces = _replaceable(rows, plan.id, plan.replaces_id, self.today)
        self.stands_for = ChoiceBox()
        names = [
            (code.key, upper(codes("plan_kinds")[code.key].name(current().language)))
            for code in codes("fixed_sentences")
        ]
        self.stands_for.fill([("", "–"), *names])
        self.stands_for.choose(plan.replaces_kind)
        self.ask("replaces", self.replaces, _("Replaces the plan"), 0, 0, 2)
        self.ask("stands_for", self.stands_for, _("Stands for a plan that was not made"), 1, 0, 2)
        self.sentence = label("", "secondary", wrap=True)
        self.box.insertWidget(2, self.sentence)
        self.replaces.currentIndexChanged.connect(self._say)
        self.stands_for.currentIndexChanged.connect(self._say)
        self._say()

    def keep(self) -> None:
        """Keep the choice."""
        from coachdesk.services import plans

        desk, plan_id = self.shell.desk, self.plan.id
        replaced = int(self.replaces.key) if self.replaces.key else None
        kind = self.stands_for.key
        self.shell.jobs.run(
            lambda: plans.set_replaces(desk, plan_id, replaces_id=replaced, replaces_kind=kind),
            then=lambda _plan: self._kept(),
            failed=self.wrong,
            owner=self,
        )

    def _kept(self) -> None:
        from coachdesk.services import plans

        desk, old = self.shell.desk, self.plan

        def back() -> Plan:
            return plans.set_replaces(
                desk, old.id, replaces_id=old.replaces_id, replaces_kind=old.replaces_kind
            )

        self.did.emit(_("What the plan replaces was changed."), back)
        self.shell.saved()
        self.accept()

    def _say(self, *_at: int) -> None:
        from coachdesk.services.plan_papers import sentence

        found = [row.plan.kind for row in self._rows if str(row.plan.id) == self.replaces.key]
        kinds = [*found, *([self.stands_for.key] if self.stands_for.key else [])]
        sentences = [upper(sentence(kind).name(self._language)) for kind in dict.fromkeys(kinds)]
        if sentences:
            self.sentence.setText(
                _("On the paper stands:") + "\n" + "\n".join(f"”{one}.”" for one in sentences)
            )
        else:
            self.sentence.setText(_("The paper says nothing of other plans."))


class PeopleDialog(Form):
    """Who took part, who was at the trainee's side, how the plan was explained."""

    def __init__(self, shell: Shell, version: PlanVersion, parent: QWidget | None = None) -> None:
        super().__init__(shell, _("Going through the plan"), _("Save"), parent)
        self.version = version
        self.participants = QPlainTextEdit("\n".join(version.participants))
        self.participants.setTabChangesFocus(True)
        self.participants.setMaximumHeight(120)
        self.support_person = QLineEdit(version.support_person)
        self.language = CodeBox("languages", on=self.today, key=version.explained_language, empty=True)
        self.by = QLineEdit(version.explained_by)
        self.ask("participants", self.participants, _("Who took part, one on each line"), 0, 0, 2)
        self.ask("support_person", self.support_person, _("Support person"), 1, 0, 2)
        self.ask("language", self.language, _("Explained in"), 2)
        self.ask("by", self.by, _("Explained by"), 2, 1)
        if not version.open:
            self.participants.setReadOnly(True)
            self.support_person.setReadOnly(True)

    def keep(self) -> None:
        """Keep what was written."""
        from coachdesk.services import plans

        desk, version = self.shell.desk, self.version
        names = self.participants.toPlainText().split("\n")
        support, language, by = self.support_person.text(), self.language.key, self.by.text()

        def work() -> PlanVersion:
            kept = version
            if version.open:
                kept = plans.set_participants(desk, version.id, names, support_person=support)
            if (language, by.strip()) != (version.explained_language, version.explained_by):
                kept = plans.explain(desk, version.id, language=language, by=by)
            return kept

        self.shell.jobs.run(work, then=lambda _kept: self._kept(), failed=self.wrong, owner=self)

    def _kept(self) -> None:
        from coachdesk.services import plans

        desk, old = self.shell.desk, self.version

        def back() -> PlanVersion:
            if old.open:
                plans.set_participants(desk, old.id, old.participants, support_person=old.support_person)
            return plans.explain(desk, old.id, language=old.explained_language, by=old.explained_by)

        self.did.emit(_("Who took part was changed."), back)
        self.shell.saved()
        self.accept()


class SignDialog(Form):
    """Who signed, when; a signed version never changes."""

    def __init__(
        self, shell: Shell, sheet: VersionSheet, coach: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(shell, _("Record the signatures"), _("Record the signatures"), parent)
        self.sheet = sheet
        self.on = DayEdit(self.today, self.today)
        self.valid_to = DayEdit(self.today, sheet.plan.valid_to)
        self.ask("on", self.on, _("Day of signing"), 0)
        self.ask("valid_to", self.valid_to, _("In force until, when agreed"), 0, 1)
        self.box.insertWidget(
            2,
            label(
                _("Tick who has signed the paper. A signed version never changes."), "secondary", wrap=True
            ),
        )
        self.rows: list[tuple[str, QCheckBox, QLineEdit]] = []
        names = {"trainee": sheet.spoken_name, "coach": coach, "support_person": sheet.version.support_person}
        kind = sheet.kind.more
        for at, role in enumerate([*kind.get("signs", ()), *kind.get("may_sign", ())]):
            words = upper(codes("signing_roles")[role].name(current().language))
            tick, name = QCheckBox(words), QLineEdit(names.get(role, ""))
            name.setAccessibleName(current().fill("Name of the signer: {role}", role=words))
            name.textEdited.connect(lambda _text, tick=tick: tick.setChecked(True))
            self.grid.addWidget(tick, at + 1, 0)
            self.grid.addWidget(name, at + 1, 1)
            self.rows.append((role, tick, name))

    def keep(self) -> None:
        """Record the signatures."""
        from coachdesk.services import plans

        desk, version_id, on = self.shell.desk, self.sheet.version.id, self.day("on")
        last = self.day("valid_to")
        who = [
            Signature(role=role, name=name.text().strip(), on_day=on or self.today)
            for role, tick, name in self.rows
            if tick.isChecked()
        ]
        self.shell.jobs.run(
            lambda: plans.sign(desk, version_id, on=on or self.today, signatures=who, valid_to=last),
            then=lambda _version: self._kept(),
            failed=self.wrong,
            owner=self,
        )

    def read(self) -> None:
        """Judge the days before anything is done."""
        self.day("on")
        self.day("valid_to")

    def _kept(self) -> None:
        self.shell.saved()
        self.accept()


_DAYS = ("made", "valid_from", "valid_to", "review", "permission_given")
Accepted = QDialog.DialogCode.Accepted


def _replaceable(rows: Sequence[PlanRow], own: int, chosen: int | None, on: date) -> ChoiceBox:
    """The trainee's other plans, to be named as replaced."""
    box = ChoiceBox()
    others = [(str(row.plan.id), called(row.plan, on)) for row in rows if row.plan.id != own]
    box.fill([("", "–"), *others])
    box.choose(str(chosen) if chosen else "")
    return box
