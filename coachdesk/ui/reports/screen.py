"""Reports: the figures of a period, each with the people behind it (picture 11)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain.indicators import NOT_RECORDED, OPEN, Figures
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.services.figure_lines import HOW, Line, lines_of, number_words, outcome_words, period_words
from coachdesk.ui import theme
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.day_edit import ChoiceBox, DayEdit
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.reports.charts import BIN, Bar, BarChart, DotPlot
from coachdesk.ui.reports.kpi import KpiCard
from coachdesk.ui.reports.lines import text_of
from coachdesk.ui.reports.periods import ALL, NAMES, OWN, Span, span
from coachdesk.ui.reports.rows import RowsDialog
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import column_of
from coachdesk.ui.widgets.words import label

PLAIN = (OPEN, NOT_RECORDED, "interrupted")


def _counted(row: Line) -> str:
    return row.counted


class ReportsScreen(Screen):
    """First page of the reports: Figures."""

    keys = (
        ("Enter", N_("show who is behind the number")),
        ("Ctrl+C", N_("copy the figures")),
        ("Ctrl+P", N_("print or save the figures")),
        ("F5", N_("count again")),
    )

    def build(self) -> None:
        """Period above, four numbers, two charts, all as a table."""
        self.figures: Figures | None = None
        self.dialog: RowsDialog | None = None
        today = self.shell.clock.today()
        self.period = ChoiceBox()
        self.period.setMinimumContentsLength(24)
        self.period.chosen.connect(self._chosen)
        self.begins, self.ends = DayEdit(today), DayEdit(today)
        for day in (self.begins, self.ends):
            day.editingFinished.connect(self._own_days)
        self.between = label("–")
        self.shown = label("", "secondary")
        self.people, self.coached, self.waiting, self.satisfaction = (KpiCard() for _card in range(4))
        for card, key in (
            (self.people, "people"),
            (self.coached, "coached"),
            (self.waiting, "plans"),
            (self.satisfaction, "answers"),
        ):
            card.opened.connect(lambda key=key: self.open_rows(key))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_figures())
        self.empty = EmptyState("chart-bar")
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 0, 20, 12)
        box.setSpacing(12)
        self.copy = Button(icon="copy", key="Ctrl+C")
        self.copy.setShortcut("Ctrl+C")
        self.copy.clicked.connect(self.copy_figures)
        above = FlowLayout(spacing=8)
        for part in (self.period, self.begins, self.between, self.ends, self.shown):
            above.addWidget(part)
        self.paper = Button(icon="printer", key="Ctrl+P")
        self.paper.clicked.connect(self.print_)
        above.add_right(self.copy)
        above.add_right(self.paper)
        box.addLayout(above)
        box.addWidget(self.stack, 1)
        self._show_own()

    def _build_figures(self) -> QWidget:
        self.cards = QGridLayout()
        self.cards.setSpacing(12)
        self.bars, self.dots = BarChart(), DotPlot()
        self.bars.opened.connect(self.open_rows)
        self.dots.opened.connect(self.open_days)
        self.bars_card, self.dots_card = Card(flowing=True), Card(flowing=True)
        self.bars_more, self.dots_more = label("", "secondary"), label("", "secondary")
        for box_, more, chart in (
            (self.bars_card, self.bars_more, self.bars),
            (self.dots_card, self.dots_more, self.dots),
        ):
            box_.add_aside(more)
            box_.add(chart, 1)
        self.charts = QHBoxLayout()
        self.charts.setSpacing(12)
        self.charts.addWidget(self.bars_card, 46)
        self.charts.addWidget(self.dots_card, 54)
        self.model = ColumnModel(
            (
                column(N_("Figure"), lambda row: row.words, width=0, bold=True),
                column(N_("Count"), lambda row: row.number, width=110, right=True),
                column(N_("How it is counted"), _counted, tip=_counted, width=560),
            )
        )
        self.table = table_of(self.model, row_height=30)
        self.table.activated.connect(lambda index: self.open_rows(self.model.row(index).key))
        whole = QWidget()
        box = column_of(self.cards, self.charts, self.table, spacing=12)
        box.setStretch(1, 5)
        box.setStretch(2, 4)
        whole.setLayout(box)
        self.fit("wide")
        return whole

    def fit(self, size_class: str) -> None:
        """With less room the numbers stand two by two, then one below the other, as the charts do."""
        wide = size_class == "wide"
        beside = {"wide": 4, "medium": 2}.get(size_class, 1)
        for at, card in enumerate((self.people, self.coached, self.waiting, self.satisfaction)):
            self.cards.addWidget(card, *divmod(at, beside))
        for at in range(4):
            self.cards.setColumnStretch(at, 1 if at < beside else 0)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.charts.setDirection(across if wide else down)
        self.table.setMinimumHeight(0 if wide else theme.px(260))
        self.table.setColumnHidden(2, size_class == "narrow")

    # reading

    def title(self) -> str:
        return _("Reports")

    def subtitle(self) -> str:
        return _("Figures")

    def refresh(self) -> None:
        """Count again."""
        from coachdesk.services import figures

        try:
            days = self.days()
        except Refused as problem:
            self.shell.notices.show(problem)
            return
        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: figures.figures(desk, days.begins, days.ends),
            then=self.show_figures,
            lane="reading",
            owner=self,
        )

    def days(self) -> Span:
        """The days chosen.

        Raises:
            Refused: what is written is no day.
        """
        if self.period.key == OWN:
            return Span(begins=self.begins.day, ends=self.ends.day)
        return span(self.period.key, self.shell.clock.today())

    def show_figures(self, figures: Figures) -> None:
        """Show what was counted."""
        self.figures = figures
        self.stack.setCurrentIndex(1 if figures.empty else 0)
        for button in (self.copy, self.paper):
            button.setEnabled(not figures.empty)
        self._show_cards(figures)
        self._show_charts(figures)
        self.model.show_rows(lines_of(figures, current()))
        self.shown.setText(self._period_words(figures))

    # showing

    def _show_cards(self, figures: Figures) -> None:
        words = current()
        self.people.show_figure(
            words.count(len(figures.people)),
            ngettext("person", "people", len(figures.people)),
            words.fill("{count} with another mother tongue", count=len(figures.other_tongues)),
            _(HOW["people"]),
        )
        employed = len(figures.outcomes.get("employed", ()))
        self.coached.show_figure(
            words.count(len(figures.coached)),
            _("in job coaching"),
            words.fill("{count} found work", count=employed),
            _(HOW["coached"]),
        )
        self.waiting.show_figure(
            number_words(figures.median_days, words),
            _("days to plan, median"),
            words.fill(
                "{late} of {plans} later than three months",
                late=len(figures.late_plans),
                plans=len(figures.plans),
            ),
            _(HOW["days"]),
        )
        self.satisfaction.show_figure(
            number_words(figures.satisfaction, words),
            _("satisfaction, mean"),
            ngettext(
                "{count} answer, grades 4–10", "{count} answers, grades 4–10", len(figures.answers)
            ).format(count=len(figures.answers)),
            _(HOW["mean"]),
        )

    def _show_charts(self, figures: Figures) -> None:
        words = current()
        bars = [
            Bar(key=key, words=outcome_words(key, words), count=len(rows), plain=key in PLAIN)
            for key, rows in figures.outcomes.items()
        ]
        self.bars.show_bars(bars)
        self.bars_card.set_title(_("How job coaching ended"))
        self.bars_more.setText(words.fill("{count} coached · Enter shows who", count=len(figures.coached)))
        self.bars.setAccessibleName(_("How job coaching ended"))
        self.bars.setAccessibleDescription("; ".join(f"{bar.words} {words.count(bar.count)}" for bar in bars))
        self.dots.show_days(figures.waits, _("over three months"), _("{days} days"))
        self.dots_card.set_title(_("From first contact to plan"))
        summary = words.fill(
            "{plans} plans, {late} late", plans=len(figures.plans), late=len(figures.late_plans)
        )
        self.dots_more.setText(summary)
        self.dots.setAccessibleName(_("From first contact to plan"))
        self.dots.setAccessibleDescription(summary)

    def copy_figures(self) -> None:
        """The table as text on the clipboard, for a report or a spreadsheet."""
        if self.figures is not None and not self.figures.empty:
            told = text_of(lines_of(self.figures, current()), self._period_words(self.figures))
            QGuiApplication.clipboard().setText(told)
            self.shell.notices.say(_("The figures are on the clipboard, without counts under five."))

    def _period_words(self, figures: Figures) -> str:
        return period_words(figures, current())

    def print_(self) -> None:
        """The figures on paper: looked at, printed or saved; counts under five are not told."""
        from coachdesk.services import forms

        if self.figures is None or self.figures.empty:
            return
        work = partial(forms.figures, self.shell.desk, self.figures.begins, self.figures.ends)
        self.shell.jobs.run(work, then=lambda printed: self.show_paper(printed), owner=self)

    def show_paper(self, printed: Any) -> None:
        """Show the pages that were drawn."""
        from coachdesk.ui.paper import PaperDialog

        PaperDialog(self.shell, printed.pdf, printed.title, printed.file_name, parent=self.window()).exec()

    # who is behind

    def rows_of(self, key: str) -> Sequence[Any]:
        """The rows behind a figure."""
        assert self.figures is not None
        named = {
            "people": self.figures.people,
            "other_tongues": self.figures.other_tongues,
            "coached": self.figures.coached,
            "plans": self.figures.plans,
            "late": self.figures.late_plans,
            "answers": self.figures.answers,
        }
        found: Sequence[Any] = named.get(key, self.figures.outcomes.get(key, ()))
        return found

    def open_rows(self, key: str) -> None:
        """Show who is behind a figure."""
        rows = self.rows_of(key)
        title = next((line.words for line in self.model.rows if line.key == key), _("Figures"))
        if rows:
            self._open(title, rows)

    def open_days(self, key: str) -> None:
        """Show who waited so long."""
        assert self.figures is not None
        first = int(key)
        rows = [
            plan
            for plan in self.figures.plans
            if plan.days is not None and max(0, plan.days) // BIN == first // BIN
        ]
        title = current().fill("{first}–{last} days to plan", first=first, last=first + BIN - 1)
        self._open(title, rows)

    def _open(self, title: str, rows: Sequence[Any]) -> None:
        self.dialog = RowsDialog(self.shell, title, rows, parent=self.window())
        self.dialog.show()

    # period

    def _chosen(self, key: str) -> None:
        self._show_own()
        if key == OWN:
            days = span("year", self.shell.clock.today())
            self.begins.set_day(days.begins)
            self.ends.set_day(days.ends)
            self.begins.setFocus()
        self.refresh()

    def _own_days(self) -> None:
        if self.period.key == OWN:
            self.refresh()

    def _show_own(self) -> None:
        own = self.period.key == OWN
        for part in (self.begins, self.between, self.ends):
            part.setVisible(own)
        self.shown.setVisible(not own)

    def retranslate(self) -> None:
        super().retranslate()
        kept = self.period.key or ALL
        self.period.fill([(key, _(name)) for key, name in NAMES.items()])
        self.period.choose(kept)
        self.period.setAccessibleName(_("Period"))
        self.copy.setText(_("Copy the figures"))
        self.paper.setText(_("Print…"))
        self.begins.setAccessibleName(_("First day"))
        self.ends.setAccessibleName(_("Last day"))
        self.table.setAccessibleName(_("Figures as a table"))
        self.empty.set_words(
            _("Nothing to count in this period yet."),
            _("Figures come by themselves from trainees, job coaching, plans and grades."),
        )
        self.model.retranslate()
        if self.figures is not None:
            self.show_figures(self.figures)

    def first_focus(self) -> QWidget | None:
        """The first number."""
        return self.people
