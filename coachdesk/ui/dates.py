"""A field for a date that may be empty: 17.12.2026, 17.12, to (the next Thursday), +7, or the arrows.

Usage::

    self.due = DateField(shell.clock)
    self.due.set_date(None); self.due.date(); self.due.changed.connect(...)
    self.due.is_wrong()      # something is written that is no date

Up and Down move by a day, PgUp and PgDown by a week.  The text is written anew in the language's own way
when the field is left and when the language changes.
"""

import re
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from coachdesk.clock import Clock
from coachdesk.i18n import _, current, words
from coachdesk.ui import icons

_NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})(?:\s*[./-]\s*(\d{4}|\d{2})?)?\.?$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateField(QLineEdit):
    """A date or nothing."""

    changed = Signal()

    def __init__(self, clock: Clock, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._day: date | None = None
        self._pick = self.addAction(
            icons.icon("calendar", 18, "text2"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._pick.triggered.connect(self._show_calendar)
        self.editingFinished.connect(self._settle)
        self.setMinimumWidth(148)
        self.set_date(day)
        self._speak()

    def date(self) -> date | None:
        """The day written; None when empty or no date."""
        return read_day(self.text(), self._clock.today())

    def set_date(self, day: date | None) -> None:
        """Write a day, or nothing."""
        self._day = day
        self.setText(current().day(day))

    def is_wrong(self) -> bool:
        """Whether something is written that is no date."""
        return bool(self.text().strip()) and self.date() is None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.set_date((self.date() or self._clock.today()) + timedelta(days=step if self.date() else 0))
            self.changed.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._settle()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            if not self.is_wrong():
                self.set_date(self._day)
            self._speak()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_pick"):
            self._pick.setIcon(icons.icon("calendar", 18, "text2"))
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setPlaceholderText(_("d.m.yyyy"))
        self._pick.setText(_("Choose from a calendar"))

    def _settle(self) -> None:
        day = self.date()
        if day is not None:
            self.setText(current().day(day))
        if day != self._day:
            self._day = day
            self.changed.emit()

    def _show_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        shown = self.date() or self._clock.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        chosen = QWidgetAction(menu)
        chosen.setDefaultWidget(calendar)
        menu.addAction(chosen)

        def take(day: QDate) -> None:
            menu.close()
            self.set_date(date(day.year(), day.month(), day.day()))
            self.changed.emit()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))


def read_day(text: str, today: date) -> date | None:
    """A day as a coach writes it; a year that is left out makes the day nearest to today's year.

    17.12 is this year's unless that lies more than half a year back, then next year's; a weekday's
    name is its next one; +7 counts from today.
    """
    text = text.strip().casefold()
    try:
        if found := re.fullmatch(r"\+(\d{1,3})", text):
            return today + timedelta(days=int(found[1]))
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.match(text):
            return _numbered(int(found[1]), int(found[2]), found[3], today)
        for language in ("fi", "sv", "en"):
            for ahead in range(1, 8):
                day = today + timedelta(days=ahead)
                if text and text == words(language).weekday(day).casefold():
                    return day
        named = re.fullmatch(r"(\d{1,2})\s+([a-z]{3})\w*\s+(\d{4})", text.replace("\xa0", " "))
        if named:
            months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
            return date(int(named[3]), months.index(named[2]) + 1, int(named[1]))
    except ValueError:
        return None
    return None


def _numbered(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = date(today.year, month, day)
    return found if (today - found).days <= 183 else date(today.year + 1, month, day)
