"""The tab Self-assessments of a trainee's page: each filling, and first, last and change of each part."""

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain import assessment as rules
from coachdesk.domain.assessment import INSTRUMENTS, Filling, SelfAssessment
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _, current
from coachdesk.ui.assessments import wording
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label

TREND = (
    column(N_("Part"), wording.part, width=0, bold=True, tip=wording.part),
    column(N_("First"), lambda row: wording.scored(row.first), width=132),
    column(N_("Last"), lambda row: wording.scored(row.last), width=132),
    column(N_("Change"), wording.change, spoken=wording.change_spoken, width=110, right=True),
    column(N_("All"), wording.all_scores, tip=wording.all_scores, width=130),
)
FILLINGS = (
    column(N_("Filled on"), lambda row: current().day(row.on_day), width=110, bold=True),
    column(N_("How it was filled"), wording.how, width=0, tip=wording.how),
)
LIST = 400


class AssessmentsTab(Screen):
    """A tab of the trainee's page; Ctrl+N records a self-assessment here, not a note."""

    takes_new = True
    keys = ((N_("Ctrl+N"), N_("new self-assessment")), (N_("F2"), N_("correct the one chosen")))

    def build(self) -> None:
        self.trainee_id = 0
        self.rows: tuple[SelfAssessment, ...] = ()
        self._build_list()
        self._build_trend()
        self.columns = QHBoxLayout()
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(14)
        self.columns.addWidget(self.list_card)
        self.columns.addWidget(self.trend_card, 1)
        both = QWidget()
        both.setLayout(self.columns)
        self.none = EmptyState("chart-bar", button=True)
        self.none.asked.connect(self.new)
        empty = Card()
        empty.add(self.none, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(both)
        self.stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.fit("wide")

    def _build_list(self) -> None:
        self.list_card = Card(margins=(14, 10, 14, 12))
        self.model = ColumnModel(FILLINGS, self)
        self.table = table_of(self.model)
        self.table.doubleClicked.connect(lambda _index: self.edit_chosen())
        self.new_button = Button(kind="primary", icon="plus", key="Ctrl+N")
        self.edit_button, self.remove_button = Button(icon="pencil"), Button()
        self.new_button.clicked.connect(self.new)
        self.edit_button.clicked.connect(self.edit_chosen)
        self.remove_button.clicked.connect(self.remove)
        self.list_card.add(self.table, 1)
        self.list_card.body.addLayout(row_of(self.edit_button, self.remove_button, None))
        self.list_card.body.addLayout(row_of(self.new_button, None))

    def _build_trend(self) -> None:
        self.trend_card = Card(margins=(14, 10, 14, 12))
        self.trend_card.wrap_title()
        self.trend_model = ColumnModel(TREND, self)
        self.trend = table_of(self.trend_model)
        self.explained = label("", "secondary", wrap=True)
        self.trend_card.add(self.trend, 1)
        self.trend_card.add(self.explained)

    def title(self) -> str:
        return _("Self-assessments")

    def retranslate(self) -> None:
        super().retranslate()
        self.list_card.set_title(_("Self-assessments"))
        self.table.setAccessibleName(_("Self-assessments"))
        self.trend.setAccessibleName(_("How the numbers have changed"))
        self.new_button.setText(_("New self-assessment"))
        self.edit_button.setText(_("Correct…"))
        self.remove_button.setText(_("Remove"))
        self.explained.setText(
            _(
                "The numbers are the trainee's own view. Each part is looked at by itself; "
                "a total would mean nothing."
            )
        )
        self.none.set_words(
            _("No self-assessment recorded yet."),
            _("Record the numbers of the report; the questions and answers stay in the other system."),
            _("New self-assessment"),
        )
        self._name_trend()
        self.model.retranslate()
        self.trend_model.retranslate()

    def _name_trend(self) -> None:
        name = codes(INSTRUMENTS).name(self._instrument(), current().language)
        self.trend_card.set_title(current().fill(N_("{instrument}: first, last and change"), instrument=name))

    def first_focus(self) -> QWidget | None:
        return self.table if self.rows else self.none.button

    def show_trainee(self, trainee_id: int) -> None:
        """Show the self-assessments of somebody."""
        if trainee_id != self.trainee_id:
            self.trainee_id = trainee_id
            self.show_rows(())
        self.refresh()

    def refresh(self) -> None:
        from coachdesk.services import assessments

        trainee_id = self.trainee_id
        if trainee_id and self.shell.is_open:
            work = partial(assessments.of_trainee, self.shell.desk, trainee_id)
            self.shell.jobs.run(work, then=partial(self._show_of, trainee_id), owner=self)

    def _show_of(self, trainee_id: int, rows: tuple[SelfAssessment, ...]) -> None:
        if trainee_id == self.trainee_id:
            self.show_rows(rows)

    def show_rows(self, rows: tuple[SelfAssessment, ...]) -> None:
        """Show what was read, keeping the place in the list."""
        at = max(0, self.table.currentIndex().row())
        self.rows = rows
        found = rules.fillings(rows)
        self.model.show_rows(found)
        if found:
            self.table.selectRow(min(at, len(found) - 1))
        self.trend_model.show_rows(rules.trends(rows, self._instrument()))
        self._name_trend()
        self.stack.setCurrentIndex(0 if found else 1)

    def _instrument(self) -> str:
        """The instrument filled last, else the first that there is."""
        today = self.shell.clock.today()
        return self.rows[-1].instrument if self.rows else codes(INSTRUMENTS).on(today)[0].key

    @property
    def chosen(self) -> Filling | None:
        """The filling chosen."""
        found: Filling | None = self.model.row(self.table.currentIndex())
        return found

    def new(self) -> None:
        self._open(None)

    def edit_chosen(self) -> None:
        """Correct the filling chosen."""
        if self.chosen is not None:
            self._open(self.chosen)

    def _open(self, filling: Filling | None) -> None:
        from coachdesk.ui.assessments.form import AssessmentForm

        if self.trainee_id:
            language = self.rows[-1].language if self.rows else ""
            form = AssessmentForm(
                self.shell, self.trainee_id, filling, language=language, parent=self.window()
            )
            form.did.connect(self.can_be_undone)
            form.open()

    def remove(self) -> None:
        """Remove the filling chosen; it can be undone."""
        from coachdesk.services import assessments

        filling, desk = self.chosen, self.shell.desk
        if filling is not None:
            redo = partial(assessments.remove, desk, filling)
            undo = partial(assessments.record, desk, filling)
            done = partial(self.can_be_undone, N_("Self-assessment removed"), undo, redo)
            self.shell.jobs.run(redo, then=lambda _old: done(), owner=self)

    def fit(self, size_class: str) -> None:
        """The list above its numbers where there is no room beside them."""
        beside = size_class == "wide"
        self.columns.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self.list_card.setMinimumWidth(LIST if beside else 0)
        self.list_card.setMaximumWidth(LIST if beside else 16_777_215)
