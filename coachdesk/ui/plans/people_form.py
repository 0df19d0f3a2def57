"""Who took part in making a plan, who was at the trainee's side, how the plan was explained."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from coachdesk.domain.plan import Plan, PlanVersion
from coachdesk.i18n import N_, _
from coachdesk.ui.day_edit import CodeBox
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.side_by_side import side_by_side
from coachdesk.ui.shell import Shell

Said = tuple[tuple[str, ...], str, str, str]  # who took part, support person, language, explained by


class PeopleForm(FormDialog):
    """In a version that is no longer a draft only the explaining can still be written."""

    wide = 560

    def __init__(self, shell: Shell, plan: Plan, version: PlanVersion, parent: QWidget | None = None) -> None:
        self.plan, self.version = plan, version
        super().__init__(shell, parent)

    def build(self) -> None:
        version, today = self.version, self.shell.clock.today()
        self.participants = QPlainTextEdit("\n".join(version.participants))
        self.participants.setTabChangesFocus(True)
        self.participants.setMinimumHeight(96)
        self.support_person = QLineEdit(version.support_person)
        self.language = CodeBox("languages", on=today, key=version.explained_language, empty=True)
        self.by = QLineEdit(version.explained_by)
        self.put("participants", self.participants)
        self.put("support_person", self.support_person)
        side_by_side(self, language=self.language, by=self.by)
        for field in (self.participants, self.support_person):
            field.setReadOnly(not version.open)
        (self.participants if version.open else self.language).setFocus()
        subject = f"trainee:{self.plan.trainee_id}:plan:{version.plan_id}:people:{version.version}"
        self.keep_draft("plan", subject)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Going through the plan"),
            keep=_("Save"),
            participants=_("Who took part, one on each line"),
            support_person=_("Support person"),
            language=_("Explained in"),
            by=_("Explained by"),
        )

    def keep(self) -> None:
        names = tuple(self.participants.toPlainText().split("\n"))
        said = (names, self.support_person.text(), self.language.key, self.by.text().strip())
        self.run(partial(self._write, said), then=lambda _kept: self._kept(said))

    def _write(self, said: Said) -> None:
        """Write what was said, by the acts that it takes; runs on the saving lane."""
        from coachdesk.services import plan_items

        desk, old = self.shell.desk, self.version
        if old.open:
            plan_items.set_participants(desk, old.id, said[0], support_person=said[1])
        plan_items.explain(desk, old.id, language=said[2], by=said[3])

    def _kept(self, said: Said) -> None:
        old = self.version
        before = (old.participants, old.support_person, old.explained_language, old.explained_by)
        self.done_with(
            N_("Who took part was changed."), partial(self._write, before), partial(self._write, said)
        )
