"""The log of the desk: every act, narrowed by days, coach and what kind of act it was."""

from functools import partial

from PySide6.QtWidgets import QSizePolicy

from coachdesk.domain.access_log import LogFilter
from coachdesk.domain.acts import KIND_NAMES, ActKind
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, say
from coachdesk.services.access_log import LogSheet
from coachdesk.ui.access_log import wording
from coachdesk.ui.access_log.table import LogTable
from coachdesk.ui.day_edit import ChoiceBox, DayEdit, day_in
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label

COLUMNS = (wording.AT, wording.WHO, wording.WHOSE, wording.WHAT)


class LogSection(Section):
    """Filters above, lines below; reading it is a line of the log too."""

    name = N_("The log")

    def build(self) -> None:
        self.setMaximumWidth(16777215)
        card = Card()
        about = label("", "secondary", wrap=True)
        today = self.shell.clock.today()
        self.begins, self.ends = DayEdit(today), DayEdit(today)
        self.coach, self.kind = ChoiceBox(), ChoiceBox()
        self.show_button = Button(kind="primary", icon="search")
        self.show_button.clicked.connect(self.refresh)
        self.filters = FlowLayout(spacing=12)
        for name in ("begins", "ends", "coach", "kind"):
            self.fields[name] = Field(getattr(self, name))
            self.filters.addWidget(self.fields[name])
        self.lines = LogTable(self.shell, COLUMNS)
        self.lines.table.setMinimumHeight(300)
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        card.add(about)
        card.body.addLayout(self.filters)
        card.body.addLayout(row_of(self.show_button, None))
        card.add(self.lines, 1)
        self.body.addWidget(card, 1)
        self._coaches: tuple[tuple[int, str], ...] = ()
        self._not_for: Refused | None = None
        self.word(card.set_title, N_("The log"))
        self.word(about.setText, N_("Every look, change, print and disclosure. Nobody can change the log."))
        self.word(self.show_button.setText, N_("Show the lines"))
        self.word(self.fields["begins"].set_caption, N_("First day"))
        self.word(self.fields["ends"].set_caption, N_("Last day"))
        self.word(self.fields["coach"].set_caption, N_("Coach"))
        self.word(self.fields["kind"].set_caption, N_("Kind"))

    def retranslate(self) -> None:
        super().retranslate()
        self.lines.retranslate()
        if self._not_for is not None:
            self.lines.none.set_words(say(self._not_for))
        self._offer()

    def refresh(self) -> None:
        from coachdesk.services import access_log

        try:
            wanted = self._wanted()
        except Refused as problem:
            self.refuse(problem)
            return
        desk = self.shell.desk
        self.run(partial(access_log.of_desk, desk, wanted), self.show_sheet, lane="reading")

    def show_sheet(self, sheet: LogSheet) -> None:
        """Show the lines, and the coaches to choose from."""
        self._coaches, self._not_for = sheet.coaches, None
        self._offer()
        self.lines.show_sheet(sheet)

    def refuse(self, problem: Exception) -> None:
        """Who may not read the log of everybody is told so in its place."""
        if isinstance(problem, Refused) and not problem.field:
            self._not_for = problem
            self.lines.forget()
            self.lines.none.set_words(say(problem))
        else:
            super().refuse(problem)

    def fit(self, size_class: str) -> None:
        super().fit(size_class)
        self.lines.fit(size_class)

    def leave(self) -> None:
        self.lines.forget()

    def _wanted(self) -> LogFilter:
        from coachdesk.services.access_log import acts_of

        return LogFilter(
            begins=day_in(self.begins, "begins"),
            ends=day_in(self.ends, "ends"),
            coach_id=int(self.coach.key) if self.coach.key else None,
            acts=acts_of(ActKind(self.kind.key)) if self.kind.key else None,
        )

    def _offer(self) -> None:
        coach, kind = self.coach.key, self.kind.key
        everybody = ("", _("Everybody"))
        self.coach.offer([everybody, *((str(key), name) for key, name in self._coaches)])
        self.kind.offer([("", _("Everything")), *((str(one), _(KIND_NAMES[one])) for one in ActKind)])
        self.coach.choose(coach)
        self.kind.choose(kind)
