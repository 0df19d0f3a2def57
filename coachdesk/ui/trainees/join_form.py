"""Two cards of one person side by side, value by value; joined, and parted again."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain.joining import BOTH, GONE, KEPT, Joined, Meeting, Parted
from coachdesk.domain.trainee_sheets import Hit
from coachdesk.domain.workshop import Coach
from coachdesk.errors import ReasonNeeded
from coachdesk.i18n import N_, _, current
from coachdesk.ui.comparing import CompareGrid, Side
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import join_words, wording
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

PLANS = {KEPT: N_("The kept record's plan"), GONE: N_("The other record's plan"), BOTH: N_("Both are valid")}


class JoinForm(FormDialog):
    """The record of the page is kept unless turned round; joining is undone by parting."""

    went = Signal(int)  # another record than the page's is the kept one now
    wide = 760

    def __init__(
        self, shell: Shell, trainee_id: int, other_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        self.opened_for, self.kept_id, self.gone_id = trainee_id, trainee_id, other_id or 0
        self.meeting: Meeting | None = None
        self.joined: tuple[Joined, ...] = ()
        self.coaches: dict[int, str] = {}
        self.others: tuple[tuple[str, str], ...] = ()
        super().__init__(shell, parent)
        self.resize(min(900, self._room()), 620)
        self._load()

    def build(self) -> None:
        self.before = Notice("info")
        self.part_button = Button()
        self.part_button.clicked.connect(self.part)
        self.before.add_button(self.part_button)
        self.before.hide()
        self.other = ChoiceBox()
        self.other.chosen.connect(lambda key: self.choose(int(key or 0)))
        self.turn = Button()
        self.turn.clicked.connect(self.turn_round)
        self.body.addWidget(self.before)
        self.put("other", self.other)
        self.body.addLayout(row_of(self.turn, None))
        self.strange = Notice("danger")
        self.body.addWidget(self.strange)
        self.plan = ChoiceBox()
        self.put("plan", self.plan)
        self.cards = CompareGrid()
        self.body.addWidget(self.cards)
        self.follows = label("", wrap=True)
        self.body.addWidget(self.follows)
        self.body.addStretch(1)
        self._show_meeting()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Another record of the same person"),
            keep=_("Join"),
            leave=_("Leave as two"),
            other=_("The other record"),
            plan=_("Valid plan from now on"),
        )
        self.turn.setText(_("Keep the other record instead"))
        self.strange.set_text(
            _("The two have different identity codes. Join them only if one of the codes is wrong.")
        )
        self.part_button.setText(_("Part again"))
        self.other.offer([("", _("Choose…")), *self.others])
        self.plan.offer([("", _("Choose…")), *((key, _(words)) for key, words in PLANS.items())])
        self._tell_joined()
        self._show_meeting()

    def _load(self) -> None:
        from coachdesk.services import joining, workshops

        desk, kept_id = self.shell.desk, self.opened_for
        self.run(
            lambda: (
                joining.others(desk, kept_id),
                joining.of_trainee(desk, kept_id),
                workshops.coaches(desk),
            ),
            then=lambda found: self.show_others(*found),
        )

    def show_others(
        self, others: Iterable[Hit], joined: tuple[Joined, ...], coaches: Iterable[Coach]
    ) -> None:
        """Offer who it may be; who looks alike stands first."""
        self.coaches = {coach.id: coach.name for coach in coaches}
        self.joined = joined
        self.others = tuple((str(hit.trainee_id), _line(hit)) for hit in others)
        self.other.offer([("", _("Choose…")), *self.others])
        self.other.choose(str(self.gone_id or ""))
        self._tell_joined()
        if self.gone_id:
            self.compare()

    def choose(self, trainee_id: int) -> None:
        """Compare with somebody else."""
        self.kept_id, self.gone_id = self.opened_for, trainee_id
        self.meeting = None
        self._clear_cards()
        self._show_meeting()
        if trainee_id:
            self.compare()

    def turn_round(self) -> None:
        """Keep the other record, with its number and its log; the values are chosen all the same."""
        self.kept_id, self.gone_id = self.gone_id, self.kept_id
        self._clear_cards()
        self.compare()

    def compare(self) -> None:
        """Read both; another coach's trainee needs a reason first."""
        from coachdesk.services import joining

        work = partial(joining.meeting, self.shell.desk, self.kept_id, self.gone_id)
        self.shell.jobs.run(work, then=self.show_meeting, failed=self._refused, owner=self)

    def show_meeting(self, meeting: Meeting) -> None:
        """Show two cards, unless others were chosen since."""
        if (meeting.kept.id, meeting.gone.id) == (self.kept_id, self.gone_id):
            self.meeting = meeting
            self.plan.choose("")
            self.problem.hide()
            self._show_meeting()

    def chosen(self, side: int) -> tuple[str, ...]:
        """The fields for which the left (0) or the right (1) value is chosen."""
        return self.cards.chosen(side)

    @property
    def sides(self) -> dict[str, tuple[Side, Side]]:
        """Both sides of each value that differs."""
        return self.cards.sides

    def keep(self) -> None:
        from coachdesk.services import joining

        if self.meeting is None:
            return
        work = partial(
            joining.join,
            self.shell.desk,
            self.kept_id,
            self.gone_id,
            mine=self.chosen(0),
            theirs=self.chosen(1),
            valid_plan=self.plan.key,
        )
        self.run(work, then=partial(self._done, again=work))

    def _done(self, joined: Joined, again: Any) -> None:
        from coachdesk.services import parting

        desk, last = self.shell.desk, [joined]

        def redo() -> None:
            last[0] = again()

        self.shell.removed.emit(self.gone_id)
        if self.kept_id != self.opened_for:
            self.went.emit(self.kept_id)
        self.done_with(N_("Two records joined"), lambda: parting.part(desk, last[0].id), redo)

    def part(self) -> None:
        """Part the record that was joined last."""
        from coachdesk.services import parting

        work = partial(parting.part, self.shell.desk, self.joined[0].id)
        self.run(work, then=self._parted)

    def _parted(self, found: Parted) -> None:
        if told := join_words.parted(found):
            self.shell.notices.say(told)
        self.done_with(N_("Joined records parted again"))

    def _refused(self, problem: Exception) -> None:
        from coachdesk.ui.coaches.reason import ReasonForm

        self.refuse(problem)
        if isinstance(problem, ReasonNeeded):
            other = self.gone_id if self.kept_id == self.opened_for else self.kept_id
            form = ReasonForm(self.shell, other, parent=self)
            form.kept.connect(lambda _stated: self.compare())
            form.open()

    def _tell_joined(self) -> None:
        self.before.setVisible(bool(self.joined))
        if self.joined:
            last = self.joined[0]
            self.before.set_text(
                current().fill(
                    N_("The record of {name} was joined into this one {day}."),
                    name=last.name,
                    day=last.at.astimezone(HELSINKI).date(),
                )
            )

    def _show_meeting(self) -> None:
        meeting = self.meeting
        picked = set(self.chosen(1)) if self.sides else None
        self._clear_cards()
        for widget in (self.turn, self.cards, self.follows):
            widget.setVisible(meeting is not None)
        self.strange.setVisible(meeting is not None and meeting.other_code)
        self.fields["plan"].setVisible(meeting is not None and meeting.plans is not None)
        self.keep_button.setEnabled(meeting is not None)
        if meeting is not None:
            self._fill_cards(meeting, picked)
            self.follows.setText("\n".join(join_words.follows(meeting)))

    def _clear_cards(self) -> None:
        old, at = self.cards, self.body.indexOf(self.cards)
        self.cards = CompareGrid()
        self.body.insertWidget(at, self.cards)
        old.hide()
        old.deleteLater()

    def _fill_cards(self, meeting: Meeting, picked: set[str] | None) -> None:
        self.cards.show_values(
            meeting.values,
            heads=(_("Kept record"), _("The other record")),
            spoken=(N_("{field}, kept record: {value}"), N_("{field}, the other record: {value}")),
            title=lambda value: join_words.title(value.name),
            shown=lambda value, one: join_words.shown(value.name, one, self.coaches),
            picked=picked,
        )


def _line(hit: Hit) -> str:
    return wording.DOT.join(filter(None, (hit.name, str(hit.birth_year or ""))))
