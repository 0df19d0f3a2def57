"""The workshop's own norms: days in a phase, from a day on; no source gives a number, so none is filled."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel

from coachdesk.domain.phases import PHASE_NAMES, PHASES, PhaseNorm, norm_on
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import DayEdit
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.spin import SpinBox
from coachdesk.ui.widgets.words import label


class NormsSection(Section):
    """A number for each phase; a change holds from its day and old days keep theirs."""

    name = N_("Norms of phases")

    def build(self) -> None:
        self.norms: tuple[PhaseNorm, ...] = ()
        card = Card()
        self.lead = label("", "secondary", wrap=True)
        card.add(self.lead)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        self.names: dict[int, QLabel] = {}
        self.days: dict[int, SpinBox] = {}
        self.since: dict[int, QLabel] = {}
        for at, phase in enumerate(PHASES):
            box = SpinBox()
            box.setRange(0, 999)
            box.valueChanged.connect(lambda _value: self._judge())
            self.names[phase], self.days[phase] = label(wrap=True), box
            self.since[phase] = label("", "secondary", wrap=True)
            self.names[phase].setBuddy(box)
            for column, part in enumerate((self.names[phase], box, self.since[phase])):
                grid.addWidget(part, at, column)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        card.body.addLayout(grid)
        self.valid_from = DayEdit(self.shell.clock.today(), self.shell.clock.today())
        self.fields["valid_from"] = Field(self.valid_from)
        self.keep_button = Button(kind="primary")
        self.keep_button.clicked.connect(self.keep)
        card.body.addLayout(row_of(self.fields["valid_from"], None))
        card.body.addLayout(row_of(self.keep_button, None))
        self.only = label("", "secondary", wrap=True)
        card.add(self.only)
        self.body.addWidget(card)
        self.keep_draft("norms", "norms", card, **{f"phase_{phase}": box for phase, box in self.days.items()})
        self.word(card.set_title, N_("Norms of phases"))
        self.word(
            self.lead.setText,
            N_("How many days a phase takes at your workshop. The page warns when it takes longer."),
        )
        self.word(self.fields["valid_from"].set_caption, N_("In force from"))
        self.word(self.keep_button.setText, N_("Keep the changes"))
        self.word(self.only.setText, N_("Only the lead coach may do this."))

    def refresh(self) -> None:
        from coachdesk.services import phases

        desk = self.shell.desk
        from coachdesk.domain.permissions import Right
        from coachdesk.services import rights

        self.run(
            lambda: (phases.norms(desk), rights.may(desk, Right.CODES)), lambda both: self.show_norms(*both)
        )

    def show_norms(self, norms: tuple[PhaseNorm, ...], leads: bool = True) -> None:
        """Show the norms in force; only a lead coach can change them."""
        self.norms = norms
        for box in (*self.days.values(), self.valid_from):
            box.setEnabled(leads)
        self.keep_button.setVisible(leads)
        self.only.setVisible(not leads)
        today = self.shell.clock.today()
        with self.filling():
            for phase, box in self.days.items():
                box.setValue(norm_on(norms, phase, today) or 0)
        self.retranslate()

    def _room_of(self, box: SpinBox) -> int:
        """As wide as its longest words, with the arrows beside them."""
        texts = (box.specialValueText(), f"{box.maximum()}{box.suffix()}")
        words = max(box.fontMetrics().horizontalAdvance(text) for text in texts)
        return words + theme.px(24) + 24

    def retranslate(self) -> None:
        super().retranslate()
        for phase in PHASES:
            self.names[phase].setText(f"{phase}  {_(PHASE_NAMES[phase])}")
            self.days[phase].setSpecialValueText(_("no norm"))
            self.days[phase].setSuffix(" " + _("days"))
            self.days[phase].setFixedWidth(self._room_of(self.days[phase]))
            own = [norm for norm in self.norms if norm.phase == phase]
            last = max(own, key=lambda norm: (norm.valid_from, norm.id), default=None)
            since = current().fill(N_("since {day}"), day=last.valid_from) if last else ""
            self.since[phase].setText(since)
        self._judge()

    def keep(self) -> None:
        """Set every norm that was changed."""
        from coachdesk.errors import Problem
        from coachdesk.services import phases

        desk, changed = self.shell.desk, self._changed()
        try:
            day = self.valid_from.day
        except Problem as problem:
            self.refuse(problem)
            return

        def work() -> tuple[PhaseNorm, ...]:
            each = (phases.set_norm(desk, phase, days, valid_from=day) for phase, days in changed.items())
            return tuple(each)

        self.run(work, self._kept)

    def _kept(self, set_: tuple[PhaseNorm, ...]) -> None:
        from coachdesk.services import phases

        self.forget_draft()
        self.can_be_undone(N_("Norms set"), partial(phases.take_back_norms, self.shell.desk, set_))

    def _changed(self) -> dict[int, int | None]:
        today = self.shell.clock.today()
        return {
            phase: box.value() or None
            for phase, box in self.days.items()
            if (box.value() or None) != norm_on(self.norms, phase, today)
        }

    def _judge(self) -> None:
        self.keep_button.setEnabled(bool(self._changed()))
