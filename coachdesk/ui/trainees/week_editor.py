"""The agreed weekdays of a period: a tick, a start and hours for each."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from coachdesk.domain.period import AgreedDay
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import TimeField
from coachdesk.ui.trainees import wording
from coachdesk.ui.widgets.words import label


class WeekEditor(QWidget):
    """A tick, a start and hours for each weekday."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.changed: Any = lambda: None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self.captions = [label("", "label") for _at in range(3)]
        for at, caption in enumerate(self.captions):
            grid.addWidget(caption, at, 0)
        self.ticks: dict[int, QCheckBox] = {}
        self.starts: dict[int, TimeField] = {}
        self.hours: dict[int, QLineEdit] = {}
        for number in range(1, 8):
            self.ticks[number], self.starts[number] = QCheckBox(), TimeField(time(9))
            self.hours[number] = QLineEdit("5")
            self.hours[number].setMaximumWidth(96)
            for at, part in enumerate((self.ticks[number], self.starts[number], self.hours[number])):
                grid.addWidget(part, at, number)
            self.ticks[number].toggled.connect(lambda _on, n=number: self._ticked(n))
            self.hours[number].editingFinished.connect(lambda: self.changed())
            for edit in (self.starts[number], self.hours[number]):
                edit.textChanged.connect(lambda _text: self.typed.emit())
            self._ticked(number)
        grid.setColumnStretch(8, 1)

    def _ticked(self, number: int) -> None:
        on = self.ticks[number].isChecked()
        for part in (self.starts[number], self.hours[number]):
            part.setEnabled(on)
        self.changed()
        self.typed.emit()

    @property
    def typed_value(self) -> dict[str, list[Any]]:
        """What a draft keeps: for each weekday its tick, start and hours as they are typed."""
        return {
            str(number): [tick.isChecked(), self.starts[number].text(), self.hours[number].text()]
            for number, tick in self.ticks.items()
        }

    def put_typed(self, value: dict[str, list[Any]]) -> None:
        """Put back what a draft kept."""
        for number, tick in self.ticks.items():
            if str(number) in value:
                on, starts, hours = value[str(number)]
                tick.setChecked(on)
                self.starts[number].setText(starts)
                self.hours[number].setText(hours)

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        for caption, words in zip(self.captions, (_("Day"), _("From"), _("Hours")), strict=True):
            caption.setText(words)
        for number, tick in self.ticks.items():
            name = wording.weekday(number, "wide")
            tick.setText(wording.weekday(number))
            tick.setAccessibleName(name)
            self.starts[number].setAccessibleName(current().fill(N_("{weekday}: from"), weekday=name))
            self.hours[number].setAccessibleName(current().fill(N_("{weekday}: hours"), weekday=name))

    def show_days(self, days: Iterable[AgreedDay]) -> None:
        """Show what is agreed."""
        for day in days:
            self.ticks[day.weekday].setChecked(True)
            self.starts[day.weekday].set_time(day.starts_at)
            self.hours[day.weekday].setText(current().hours(day.minutes))

    def days(self, valid_from: date) -> tuple[AgreedDay, ...]:
        """What is agreed, from a day on.

        Raises:
            Refused: a start or hours cannot be read.
        """
        return tuple(
            AgreedDay(
                period_id=0,
                weekday=number,
                starts_at=self.starts[number].at or time(9),
                minutes=_minutes(self.hours[number].text()),
                valid_from=valid_from,
            )
            for number, tick in self.ticks.items()
            if tick.isChecked()
        )


def _minutes(text: str) -> int:
    try:
        return round(float(text.strip().replace(",", ".")) * 60)
    except ValueError:
        raise Refused(N_("Write the hours as a number, such as 4,5."), field="agreed") from None
