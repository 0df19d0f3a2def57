"""Which plan this one replaces, or for which kind it stands, with the fixed sentence."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import Plan
from coachdesk.domain.plan_sheet import PlanRow
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import ChoiceBox, upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.side_by_side import other_plans
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label


class ReplacesForm(FormDialog):
    """``said`` is what stands now: the id of a plan, and a kind; ``language`` is the paper's."""

    wide = 560

    def __init__(
        self,
        shell: Shell,
        plan: Plan,
        rows: Sequence[PlanRow],
        said: tuple[int | None, str],
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        self.plan, self._rows, self._said, self._language = plan, tuple(rows), said, language
        super().__init__(shell, parent)

    def build(self) -> None:
        self.replaces = other_plans(self._rows, self.plan.id, self._said[0], self.shell.clock.today())
        self.stands_for = ChoiceBox()
        self._offer()
        self.stands_for.choose(self._said[1])
        self.put("replaces", self.replaces)
        self.put("stands_for", self.stands_for)
        self.sentence = label("", "secondary", wrap=True)
        self.body.addWidget(self.sentence)
        self.replaces.currentIndexChanged.connect(self._say)
        self.stands_for.currentIndexChanged.connect(self._say)
        self.keep_draft("plan", f"trainee:{self.plan.trainee_id}:plan:{self.plan.id}:replaces")

    def retranslate(self) -> None:
        super().retranslate()
        self._offer()
        self.say(
            title=_("What does this plan replace?"),
            keep=_("Save"),
            replaces=_("Replaces the plan"),
            stands_for=_("Stands for a plan that was not made"),
        )
        self._say()

    def keep(self) -> None:
        self.run(self._set(*self._chosen()), then=lambda _none: self._kept())

    def _chosen(self) -> tuple[int | None, str]:
        return int(self.replaces.key) if self.replaces.key else None, self.stands_for.key

    def _set(self, replaces_id: int | None, replaces_kind: str) -> "partial[None]":
        from coachdesk.services import plan_replacing

        return partial(
            plan_replacing.set_replaces,
            self.shell.desk,
            self.plan.id,
            replaces_id=replaces_id,
            replaces_kind=replaces_kind,
        )

    def _kept(self) -> None:
        self.done_with(
            N_("What the plan replaces was changed."), self._set(*self._said), self._set(*self._chosen())
        )

    def _offer(self) -> None:
        language = current().language
        kinds = [
            (one.key, upper(codes("plan_kinds")[one.key].name(language))) for one in codes("fixed_sentences")
        ]
        self.stands_for.offer([("", "–"), *kinds])

    def _say(self, *_at: int) -> None:
        from coachdesk.services.plan_papers import sentence

        found = [row.plan.kind for row in self._rows if str(row.plan.id) == self.replaces.key]
        kinds = [*found, *([self.stands_for.key] if self.stands_for.key else [])]
        sentences = [upper(sentence(kind).name(self._language)) for kind in dict.fromkeys(kinds)]
        if sentences:
            said = "\n".join(f"”{one}.”" for one in sentences)
            self.sentence.setText(_("On the paper stands:") + "\n" + said)
        else:
            self.sentence.setText(_("The paper says nothing of other plans."))
