"""Step 3: what would happen: problems by row and column, known people with both values, new ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.day_edit import ChoiceBox, upper
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.importing.draft import Finding
    from coachdesk.importing.row_plan import Difference, RowPlan
    from coachdesk.services.imports import Choices, ImportPreview

PARTS = ("problems", "values", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """A value told by both, and which is chosen."""

    plan: RowPlan
    difference: Difference
    take: bool

    @property
    def key(self) -> tuple[int, str]:
        """What the choice is kept under."""
        return self.plan.rows[0], self.difference.field


class PreviewPage(QWidget, Spoken):
    """Three lists, one at a time; ``answered`` gives (field, word, code) for a word that was unknown."""

    answered = Signal(str, str, str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: ImportPreview | None = None
        self.take: set[tuple[int, str]] = set()
        self.chips = {name: Chip(kind=kind) for name, kind in _CHIPS}
        self.part = Segmented(PARTS)
        self.part.picked.connect(self._show_part)
        self.lists = QStackedWidget()
        self._build_problems()
        self._build_values()
        self._build_people()
        self.leave_out = QCheckBox()
        self.word(self.leave_out.setText, N_("Leave the rows with an error out"))
        self.leave_out.toggled.connect(lambda _on: self.changed.emit())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addLayout(row_of(*self.chips.values(), None, spacing=8))
        outer.addLayout(row_of(self.part, None, self.leave_out))
        outer.addWidget(self.lists, 1)

    def _build_problems(self) -> None:
        self.problems = ColumnModel(
            (
                column(N_("Row"), lambda f: str(f.row), width=60, right=True),
                column(N_("Column"), lambda f: f.column, width=160, tip=lambda f: f.column),
                column(N_("Remark"), lambda f: _("error") if f.is_error else _("to know"), width=136),
                column(N_("What"), _told, width=0, tip=_told),
            ),
            self,
        )
        self.problem_table = table_of(self.problems, row_height=34, inside=True)
        self.word(self.problem_table.setAccessibleName, N_("Problems by row and column"))
        self.problem_table.selectionModel().currentRowChanged.connect(lambda _now, _old: self._offer_codes())
        self.means = label()
        self.codes = ChoiceBox()
        self.codes.setMinimumContentsLength(30)
        self.codes.chosen.connect(self._answer)
        self.whole = label("", "secondary", wrap=True)
        self._add_list(self.problem_table, column_of(self.whole, row_of(self.means, self.codes, None)))

    def _build_values(self) -> None:
        self.values = ColumnModel(
            (
                column(N_("Row"), lambda r: str(r.plan.rows[0]), width=60, right=True),
                column(N_("Name"), lambda r: r.plan.name, width=200, bold=True),
                column(N_("Detail"), self._title, width=190),
                column(N_("On the desk"), lambda r: self._value(r, r.difference.ours), width=190),
                column(N_("In the file"), lambda r: self._value(r, r.difference.theirs), width=190),
                column(N_("Decision"), _decision, width=0),
            ),
            self,
        )
        self.value_table = table_of(self.values, row_height=34, inside=True)
        self.word(self.value_table.setAccessibleName, N_("Values of the desk and of the file"))
        self.value_table.installEventFilter(self)
        self.keep, self.take_one, self.take_all = Button(), Button(key="Space"), Button()
        self.word(self.keep.setText, N_("Keep the desk's"))
        self.word(self.take_one.setText, N_("Take the file's"))
        self.word(self.take_all.setText, N_("Take all of the file"))
        self.keep.clicked.connect(lambda: self._decide(False))
        self.take_one.clicked.connect(lambda: self._decide(True))
        self.take_all.clicked.connect(self._take_all)
        self._add_list(self.value_table, row_of(self.keep, self.take_one, None, self.take_all))

    def _build_people(self) -> None:
        self.people = ColumnModel(
            (
                column(N_("Row"), lambda p: ", ".join(map(str, p.rows)), width=80, right=True),
                column(N_("Name"), lambda p: p.name, width=280, bold=True),
                column(N_("State"), lambda p: _(_STATES[p.state]), width=220),
                column(N_("What comes"), _what_comes, width=0, tip=_what_comes),
            ),
            self,
        )
        self.people_table = table_of(self.people, row_height=34, inside=True)
        self.word(self.people_table.setAccessibleName, N_("People of the file"))
        self._add_list(self.people_table, None)

    def _add_list(self, table: QWidget, below: QLayout | None) -> None:
        card = Card(margins=(1, 1, 1, 8))
        card.add(table, 1)
        if below is not None:
            below.setContentsMargins(12, 0, 12, 0)
            card.body.addLayout(below)
        self.lists.addWidget(card)

    def show_preview(self, found: ImportPreview) -> None:
        """Show what an import would do, with the choices that are made unless changed."""
        from coachdesk.services.imports import choices_by_default

        self.shown = found
        self.take = set(choices_by_default(found).take)
        self.problems.show_rows(found.problems)
        self.people.show_rows(found.plans)
        self._show_values()
        self.leave_out.setVisible(bool(found.bad_rows))
        self.leave_out.setChecked(False)
        self._show_chips()
        self._name_parts()
        self._show_part("problems" if found.problems else "values" if self.values.rows else "people")
        if found.problems:
            self.problem_table.selectRow(0)
        self._offer_codes()

    @property
    def choices(self) -> Choices:
        """What the coach decided."""
        from coachdesk.services.imports import Choices

        assert self.shown is not None
        out = self.shown.bad_rows if self.leave_out.isChecked() else frozenset()
        return Choices(take=frozenset(self.take), leave_out=frozenset(out))

    @property
    def may_go_on(self) -> bool:
        """Whether every error is corrected or its row left out."""
        if self.shown is None:
            return False
        left = self.shown.bad_rows if self.leave_out.isChecked() else frozenset()
        return all(f.row in left for f in self.shown.errors)

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        for model in (self.problems, self.values, self.people):
            model.retranslate()
        if self.shown is not None:
            self._show_chips()
            self._offer_codes()
        self._name_parts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.values.row(self.value_table.currentIndex())
            if event.key() == Qt.Key.Key_Space and row is not None:
                self._decide(not row.take)
                return True
        return super().eventFilter(watched, event)

    def _show_values(self) -> None:
        assert self.shown is not None
        rows = [
            ValueRow(plan=plan, difference=d, take=(plan.rows[0], d.field) in self.take)
            for plan in self.shown.plans
            for d in plan.differences
        ]
        self.values.show_rows(rows)
        if rows and not self.value_table.currentIndex().isValid():
            self.value_table.selectRow(0)

    def _decide(self, take: bool) -> None:
        at = self.value_table.currentIndex()
        row = self.values.row(at)
        if row is None:
            return
        (self.take.add if take else self.take.discard)(row.key)
        place = at.row()
        self._show_values()
        self.value_table.selectRow(place)
        self.changed.emit()

    def _take_all(self) -> None:
        self.take = {row.key for row in self.values.all_rows}
        self._show_values()
        self.changed.emit()

    def _offer_codes(self) -> None:
        """Where a word is unknown, the coach may say which code it means, for the whole column."""
        from coachdesk.domain.codes import codes
        from coachdesk.services.import_wording import codes_for, sentence

        finding = self.problems.row(self.problem_table.currentIndex())
        self.whole.setText(sentence(finding) if finding else "")
        title = codes_for(self.shown.kind, finding.field) if finding and finding.word and self.shown else ""
        for widget in (self.means, self.codes):
            widget.setVisible(bool(title))
        if title:
            language = current().language
            named = {code.key: upper(code.name(language)) for code in codes(title)}
            self.codes.clear()
            self.codes.offer([("", "–"), *named.items()])
            self.codes.choose("")
            words = current().fill(N_("“{word}” means"), word=finding.word)
            self.means.setText(words)
            self.means.setBuddy(self.codes)
            self.codes.setAccessibleName(words)

    def _answer(self, key: str) -> None:
        finding = self.problems.row(self.problem_table.currentIndex())
        if finding is not None and key:
            self.answered.emit(finding.field, finding.word, key)

    def _show_chips(self) -> None:
        assert self.shown is not None
        found = self.shown
        new, adds = len(found.of_state("new")), len(found.of_state("adds"))
        differs, same = len(found.of_state("differs")), len(found.of_state("same"))
        errors, notices = len(found.errors), len(found.problems) - len(found.errors)
        told = {
            "new": (new, ngettext("{count} new person", "{count} new people", new)),
            "adds": (adds, ngettext("{count} with something more", "{count} with something more", adds)),
            "differs": (differs, ngettext("{count} with other values", "{count} with other values", differs)),
            "same": (same, ngettext("{count} as on the desk", "{count} as on the desk", same)),
            "errors": (errors, ngettext("{count} error", "{count} errors", errors)),
            "notices": (notices, ngettext("{count} thing to know", "{count} things to know", notices)),
        }
        for name, kind in _CHIPS:
            count, words = told[name]
            self.chips[name].set_state(words.format(count=count), kind)
            self.chips[name].setVisible(bool(count))

    def _name_parts(self) -> None:
        told = {
            "problems": (N_("Problems {count}"), self.problems),
            "values": (N_("Other values {count}"), self.values),
            "people": (N_("People {count}"), self.people),
        }
        words = current()
        self.part.set_words(
            {key: words.fill(message, count=len(model.all_rows)) for key, (message, model) in told.items()}
        )

    def _show_part(self, key: str) -> None:
        self.part.choose(key)
        self.lists.setCurrentIndex(PARTS.index(key))

    def _title(self, row: ValueRow) -> str:
        from coachdesk.services.import_wording import title_of

        return title_of(self.shown.kind, row.difference.field) if self.shown else ""

    def _value(self, row: ValueRow, value: object) -> str:
        from coachdesk.services.import_wording import hidden, shown

        assert self.shown is not None
        if row.difference.hidden:
            return hidden(value)
        return shown(self.shown.kind, row.difference.field, value, dict(self.shown.coaches))


_CHIPS = (
    ("new", "ok"), ("adds", "info"), ("differs", "warn"), ("same", "neutral"), ("errors", "danger"),
    ("notices", "neutral"),
)  # fmt: skip
_STATES = {
    "new": N_("new"),
    "adds": N_("known, something more"),
    "differs": N_("known, other values"),
    "same": N_("as on the desk"),
}


def _told(finding: Finding) -> str:
    from coachdesk.services.import_wording import told_of

    return told_of(finding)


def _decision(row: ValueRow) -> str:
    return _("take the file's") if row.take else _("keep the desk's")


def _what_comes(plan: RowPlan) -> str:
    from coachdesk.services.import_wording import what_comes

    return what_comes(plan)
