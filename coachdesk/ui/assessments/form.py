"""The form of a self-assessment: its day, how it was filled, and the number of each part."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from coachdesk.domain import assessment as rules
from coachdesk.domain.assessment import FILLED_HOW, INSTRUMENTS, Area, Filling
from coachdesk.domain.codes import codes
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.assessments import wording
from coachdesk.ui.day_edit import ChoiceBox, CodeBox, DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label

ACROSS = 2


class AssessmentForm(FormDialog):
    """A new filling, or one recorded that is corrected; a part left empty has no number."""

    wide = 560

    def __init__(
        self,
        shell: Shell,
        trainee_id: int,
        filling: Filling | None,
        *,
        language: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.trainee_id, self.before, self._language = trainee_id, filling, language
        super().__init__(shell, parent)
        which = f":{filling.instrument}:{filling.on_day.isoformat()}" if filling else ""
        self.keep_draft("self_assessment", f"trainee:{trainee_id}{which}")

    def build(self) -> None:
        today, before = self.shell.clock.today(), self.before
        self.on_day = DayEdit(today, before.on_day if before else today)
        first = codes(INSTRUMENTS).on(today)[0].key
        self.instrument = CodeBox(INSTRUMENTS, on=today, key=before.instrument if before else first)
        self.language = CodeBox("languages", on=today, empty=True, order=wording.common_first)
        self.language.choose(before.language if before else self._language)
        self.filled_how = ChoiceBox()
        self.filled_how.offer((key, _(words)) for key, words in FILLED_HOW.items())
        self.filled_how.choose(before.filled_how if before else "alone")
        self.top, self.grid = _grid(), _grid()
        for at, name in enumerate(("instrument", "on_day", "language", "filled_how")):
            self._place(name, getattr(self, name), self.top, at)
        self.told = label("", "secondary", wrap=True)
        self.body.addLayout(self.top)
        self.body.addWidget(self.told)
        self.body.addLayout(self.grid)
        self.body.addStretch(1)
        self.numbers: dict[int, QLineEdit] = {}
        for at, (number, _area) in enumerate(self._areas().items()):
            score = before.scores.get(number, "") if before else ""
            self.numbers[number] = QLineEdit(str(score))
            self.numbers[number].setMaxLength(4)
            self._place(f"area_{number}", self.numbers[number], self.grid, at)
        self.instrument.chosen.connect(lambda _key: self._show_parts())
        self._show_parts()
        self.on_day.setFocus()
        self.on_day.selectAll()

    def _areas(self) -> dict[int, Area]:
        """The parts of every instrument that can be chosen, by their numbers."""
        keys = [self.instrument.itemData(at) for at in range(self.instrument.count())]
        return {area.number: area for key in keys for area in rules.areas(key)}

    def _show_parts(self) -> None:
        shown = {area.number for area in rules.areas(self.instrument.key)}
        for number in self.numbers:
            self.fields[f"area_{number}"].setVisible(number in shown)

    def _place(self, name: str, control: QWidget, grid: QGridLayout, at: int) -> None:
        field = self.put(name, control)
        self.body.removeWidget(field)
        grid.addWidget(field, at // ACROSS, at % ACROSS, Qt.AlignmentFlag.AlignTop)

    def retranslate(self) -> None:
        super().retranslate()
        language = current().language
        self.filled_how.offer((key, upper(_(words))) for key, words in FILLED_HOW.items())
        parts = {
            f"area_{number}": wording.area_caption(area, language) for number, area in self._areas().items()
        }
        self.say(
            title=_("Correct the self-assessment") if self.before else _("New self-assessment"),
            keep=_("Keep") if self.before else _("Record the self-assessment"),
            instrument=_("Self-assessment"),
            on_day=_("Filled on"),
            language=_("Filled in"),
            filled_how=_("How it was filled"),
            **parts,
        )
        self.told.setText(
            _("Copy the numbers from the report of the self-assessment. Leave a part empty if it has none.")
        )

    def written(self) -> Filling:
        """What stands in the form.

        Raises:
            Refused: a day or a number cannot be read; names the field.
        """
        scores = {}
        for area, edit in self.numbers.items():
            text = edit.text().strip()
            if self.fields[f"area_{area}"].isHidden():
                continue
            if text and not text.isdecimal():
                raise Refused(N_("Write a whole number."), field=f"area_{area}")
            if text:
                scores[area] = int(text)
        found = Filling(
            trainee_id=self.trainee_id,
            instrument=self.instrument.key,
            on_day=day_in(self.on_day, "on_day") or self.shell.clock.today(),
            language=self.language.key,
            filled_how=self.filled_how.key,
            scores=scores,
        )
        return rules.checked(found, self.shell.clock.today())

    def keep(self) -> None:
        from coachdesk.services import assessments

        desk, written = self.shell.desk, self.written()
        if self.before is None:
            work: Any = partial(assessments.record, desk, written)
            undo = partial(assessments.remove, desk, written)
            self.run(work, then=lambda _kept: self.done_with(N_("Self-assessment recorded"), undo, work))
            return
        before = self.before
        work = partial(assessments.correct, desk, before, written)
        undo = partial(assessments.correct, desk, written, before)
        self.run(work, then=lambda _old: self.done_with(N_("Self-assessment corrected"), undo, work))


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    for column in range(ACROSS):
        grid.setColumnStretch(column, 1)
    return grid
