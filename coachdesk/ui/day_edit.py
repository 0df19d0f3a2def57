"""Fields for days, times and dated codes.

Usage::

    self.due = DayEdit(today)            # "17.12", "17.12.2026", "to", "tors", "today" or nothing
    self.due.day -> date | None          # raises Refused when what stands there is no day
    self.kind = CodeBox("note_kinds", on=today, empty=True)
    self.kind.key -> "phone_call"; self.kind.choose("phone_call")

A day typed is written out when the field is left; Up and Down move it by a day.
"""

import contextlib
import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from coachdesk.domain.codes import Code, codes
from coachdesk.domain.letters import fold
from coachdesk.errors import Refused
from coachdesk.i18n import N_, current, words
from coachdesk.ui import theme

_DAY = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{4}|\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = {"today": 0, "tanaan": 0, "idag": 0, "i dag": 0, "tomorrow": 1, "huomenna": 1, "i morgon": 1}
_TIME = re.compile(r"(\d{1,2})(?:[.:,]?(\d{2}))?")


def read_day(text: str, today: date) -> date | None:
    """The day that a person types, near ``today`` where the year is left out; None for nothing.

    A weekday's name or its first two letters, in either language, is the next such day.

    Raises:
        Refused: it is no day.
    """
    text = text.strip().rstrip(".")
    if not text:
        return None
    try:
        if found := _ISO.fullmatch(text):
            return date(*map(int, found.groups()))
        if found := _DAY.fullmatch(text):
            return _near(int(found[1]), int(found[2]), found[3], today)
    except ValueError:
        raise Refused(N_("There is no such day: {text}."), text=text) from None
    typed = fold(text)
    for name, days in (
        ("today", 0),
        ("tanaan", 0),
        ("idag", 0),
        ("i dag", 0),
        ("huomenna", 1),
        ("i morgon", 1),
    ):
        if typed == name:
            return today + timedelta(days=days)
    for ahead in range(1, 8):
        day = today + timedelta(days=ahead)
        names = [fold(words(language).weekday(day, "wide")) for language in ("fi", "sv", "en")]
        if len(typed) >= 2 and any(name.startswith(typed) for name in names):
            return day
    raise Refused(N_("There is no such day: {text}."), text=text)


def _near(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return min(
        (found for y in (-1, 0, 1) if (found := _maybe(today.year + y, month, day))),
        key=lambda found: abs((found - today).days),
    )


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time of day: 9, 9.30, 9:30, 0930; None for nothing.

    Raises:
        Refused: it is no time of day.
    """
    text = text.strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return time(int(found[1]), int(found[2] or 0))
    raise Refused(N_("There is no such time: {text}."), text=text)


class DayEdit(QLineEdit):
    """A day, typed; empty for none."""

    def __init__(self, today: date, day: date | None = None) -> None:
        super().__init__()
        self.today = today
        self.setMaximumWidth(220)
        self.set_day(day)

    @property
    def day(self) -> date | None:
        """The day that stands there.

        Raises:
            Refused: it is no day.
        """
        return read_day(self.text(), self.today)

    def set_day(self, day: date | None) -> None:
        """Write a day in the screen's language; None empties the field."""
        self.setText(words("fi").day(day) if current().language == "en" else current().day(day))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.write_out()
        super().focusOutEvent(event)

    def write_out(self) -> None:
        """Write the whole day for what was typed short; leave what is no day."""
        try:
            day = self.day
        except Refused:
            return
        if day is not None:
            self.set_day(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        try:
            day = self.day
        except Refused:
            return
        self.set_day(day + timedelta(days=step) if day else self.today)
        self.textEdited.emit(self.text())


def day_in(edit: DayEdit, name: str) -> date | None:
    """The day in a field of a form.

    Raises:
        Refused: it is no day; names the field.
    """
    try:
        return edit.day
    except Refused as problem:
        raise Refused(problem.message, field=name, **problem.values) from None


def time_in(edit: "TimeField", name: str) -> time | None:
    """The time of day in a field of a form.

    Raises:
        Refused: it is no time of day; names the field.
    """
    try:
        return edit.at
    except Refused as problem:
        raise Refused(problem.message, field=name, **problem.values) from None


class TimeField(QLineEdit):
    """A time of day, typed: 9, 9.30, 0930."""

    def __init__(self, at: time | None = None) -> None:
        super().__init__()
        self.setMaximumWidth(96)
        self.set_time(at)

    @property
    def at(self) -> time | None:
        """The time that stands there.

        Raises:
            Refused: it is no time of day.
        """
        return read_time(self.text())

    def set_time(self, at: time | None) -> None:
        """Write a time; None empties the field."""
        self.setText(words("fi").time(at) if at else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        with contextlib.suppress(Refused):
            self.set_time(self.at)
        super().focusOutEvent(event)


class ChoiceBox(QComboBox):
    """One of few things by key; ``offer`` writes them, the wheel changes nothing unless it is open."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._most = 0  # pixels of a box that is as wide as its words, at a text size of 100 %
        self.activated.connect(lambda _at: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        """The key chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose without telling; an unknown key chooses nothing."""
        self.setCurrentIndex(self.findData(key))

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Write the choices (key, words), keeping what is chosen."""
        kept = self.key if self.count() else None
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        if kept is not None:
            self.choose(kept)

    fill = offer  # babel takes ``fill(`` for a message: lists with ``_()`` in them go through ``offer``

    def fit_words(self, most: int) -> None:
        """Be as wide as the longest choice, up to ``most`` pixels; the list that opens shows all of it."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._most = most
        self.setMaximumWidth(theme.px(most))
        self.currentTextChanged.connect(self.setToolTip)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_most") and self._most:
            self.setMaximumWidth(theme.px(self._most))  # the text size may be another
        super().changeEvent(event)

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + theme.px(24))  # never cut
        super().showPopup()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.sizeAdjustPolicy() == QComboBox.SizeAdjustPolicy.AdjustToContents:
            hint.setWidth(hint.width() + 4)  # WORKAROUND: large words are a pixel wider than Qt measures them
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # WORKAROUND: Qt keeps the old one when the contents' length changes

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CodeBox(ChoiceBox):
    """A code of a dated list, in the screen's language; an old code that stands there is kept."""

    def __init__(
        self,
        title: str,
        *,
        on: date,
        key: str = "",
        empty: bool = False,
        order: Callable[[Code], object] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._on, self._empty, self._order = title, on, empty, order
        self._kept = key
        self.retranslate()
        if key or empty:
            self.choose(key)

    def choose(self, key: str) -> None:
        if self.findData(key) < 0 and key:
            self._kept = key
            self.retranslate()
        super().choose(key)

    def retranslate(self) -> None:
        """Write the names in the screen's language."""
        language = current().language
        found = list(codes(self._title).on(self._on))
        if self._kept and all(code.key != self._kept for code in found):
            found.append(codes(self._title)[self._kept])
        if self._order is not None:
            found.sort(key=self._order)  # type: ignore[arg-type]
        none = [("", "–")] if self._empty else []
        self.offer(none + [(code.key, upper(code.name(language))) for code in found])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_title"):
            self.retranslate()
        super().changeEvent(event)


def upper(text: str) -> str:
    """The text with its first letter large, as a line begins."""
    return text[:1].upper() + text[1:]
