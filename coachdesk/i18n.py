"""Words, dates and numbers in Finnish, Swedish and English; no Qt.

The screen has one language at a time (``use_language``) and asks the module's own
``_``; a paper is written in the trainee's language whatever the screen's, so each
form asks a ``Words`` of its own (``words("sv")``).
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from coachdesk import clock
from coachdesk.catalogue import Catalogue, English
from coachdesk.errors import Problem

DOMAIN = "coachdesk"
LANGUAGES = ("fi", "sv", "en")
NBSP = "\N{NO-BREAK SPACE}"
NAMES = frozenset(("column", "line", "newest", "number", "page", "row", "seq", "version", "week", "year"))
"""The fields whose numbers name a thing and count nothing: they are written as they are."""


def catalogue_folder() -> Path:
    """Where the compiled catalogues lie: inside the installed package, or in the source tree."""
    inside = Path(__file__).parent / "_catalogues"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "i18n"


def N_(message: str) -> str:  # noqa: N802 - the customary name of a mark
    """Mark a message for translation where it is only kept; it is translated where it is shown."""
    return message


class Sentence(str):
    """A message; its numbers are written as its language does once they are filled in."""

    __slots__ = ("_words",)
    _words: "Words"

    def __new__(cls, text: str, words: "Words") -> "Sentence":
        """The text of a message, and the language that it is in."""
        found = super().__new__(cls, text)
        found._words = words
        return found

    def format(self, *plain: object, **values: object) -> str:
        """The message with its fields filled."""
        return super().format(*plain, **self._words.written(values))


class Words:
    """One language: its messages, dates and numbers."""

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self.language = language
        self._catalogue = catalogue

    def _(self, message: str) -> str:
        """The message in this language."""
        return self._catalogue.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The message with the right plural for ``count``."""
        return Sentence(self._catalogue.ngettext(one, many, count), self)

    def pgettext(self, context: str, message: str) -> str:
        """The message where its meaning depends on ``context``."""
        return self._catalogue.pgettext(context, message)

    def say(self, problem: Problem) -> str:
        """The sentence of a problem, its dates and numbers written as the language does."""
        return self.fill(problem.message, **problem.values)

    def fill(self, message: str, /, **values: object) -> str:
        """The translated message with its named fields filled."""
        return self._(message).format_map(self.written(values))

    def written(self, values: Mapping[str, object]) -> dict[str, str]:
        """Fields of a message as a reader would write them; a number that is a name stays as it is."""
        return {
            key: str(value) if key in NAMES and isinstance(value, int) else self.text(value)
            for key, value in values.items()
        }

    def text(self, value: object) -> str:
        """Any value as a reader would write it."""
        match value:
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case float():
                return self.number(value)
            case int() if not isinstance(value, bool):
                return self.count(value)
            case _:
                return str(value)

    def day(self, value: date | None) -> str:
        """A date: 15.12.2026 in Finnish and Finland's Swedish, 15 Dec 2026 in English."""
        if value is None:
            return ""
        if self.language == "en":
            return f"{value.day}{NBSP}{self._name('abbreviated', value.month)}{NBSP}{value.year}"
        return f"{value.day}.{value.month}.{value.year}"

    def short_day(self, value: date) -> str:
        """A date without its year: 15.12. in Finnish, 15.12 in Swedish."""
        if self.language == "en":
            return f"{value.day}{NBSP}{self._name('abbreviated', value.month)}"
        if self.language == "sv":
            return f"{value.day}.{value.month}"
        return f"{value.day}.{value.month}."

    def weekday(self, value: date, width: str = "abbreviated") -> str:
        """The day of the week: ti, tis, Tue; or its whole name with ``width="wide"``."""
        context = "stand-alone" if self.language == "fi" and width == "wide" else "format"
        return _names("days", width, context, self._locale)[value.weekday()].rstrip(".")

    def long_day(self, value: date) -> str:
        """A heading: Tiistai 15. joulukuuta, Tisdag 15 december."""
        from babel.dates import get_day_names, get_month_names

        weekday = str(get_day_names("wide", "stand-alone", self._locale)[value.weekday()])
        month = str(get_month_names("wide", "format", self._locale)[value.month])
        point = "." if self.language == "fi" else ""
        return f"{weekday[:1].upper()}{weekday[1:]} {value.day}{point} {month}"

    def month(self, value: date) -> str:
        """A month with its year: joulukuu 2026, december 2026."""
        return f"{_names('months', 'wide', 'stand-alone', self._locale)[value.month]} {value.year}"

    def time(self, value: time | datetime) -> str:
        """A time of day: 9.14 in Finnish and Finland's Swedish, 9:14 in English."""
        if isinstance(value, datetime):
            value = value.astimezone(clock.HELSINKI).time()
        point = ":" if self.language == "en" else "."
        return f"{value.hour}{point}{value.minute:02d}"

    def moment(self, value: datetime) -> str:
        """A date and a time: 15.12.2026 klo 9.14, 15.12.2026 kl. 9.14."""
        here = value.astimezone(clock.HELSINKI)
        at = {"fi": "klo ", "sv": "kl. "}.get(self.language, "")
        return f"{self.day(here.date())} {at}{self.time(here)}"

    def count(self, value: int) -> str:
        """A whole number in groups of three: 10 000 with a no-break space, in English 10,000."""
        text = f"{value:,}"
        return text if self.language == "en" else text.replace(",", NBSP)

    def number(self, value: float, digits: int = 1) -> str:
        """A number in groups of three with a decimal comma, at most ``digits`` decimals."""
        whole, point, rest = f"{value:,.{digits}f}".partition(".")
        rest = rest.rstrip("0")
        if self.language == "en":
            return whole + point + rest if rest else whole
        return whole.replace(",", NBSP) + ("," + rest if rest else "")

    def hours(self, minutes: int) -> str:
        """Minutes as hours: 4,5."""
        return self.number(minutes / 60, 2)

    @property
    def _locale(self) -> str:
        return {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}[self.language]

    def _name(self, width: str, month: int) -> str:
        from babel.dates import get_month_names

        return str(get_month_names(width, "format", self._locale)[month])  # type: ignore[arg-type]  # one of Babel's widths


@cache
def _names(what: str, width: str, context: str, locale: str) -> dict[int, str]:
    """The names of the days or months; finding them takes a tenth of a millisecond."""
    from babel import dates

    found = dates.get_day_names if what == "days" else dates.get_month_names
    names = found(width, context, locale=locale)  # type: ignore[arg-type]  # two of Babel's own words
    return {number: str(name) for number, name in names.items()}


@cache
def words(language: str) -> Words:
    """The words of one language; an unknown language speaks English."""
    language = language if language in LANGUAGES else "en"
    if language == "en":
        return Words("en", English())
    try:
        found = Catalogue.read(catalogue_folder() / language / "LC_MESSAGES" / f"{DOMAIN}.mo")
    except OSError:  # not compiled yet: the source language
        found = English()
    return Words(language, found)


_current = words("en")


def use_language(language: str) -> None:
    """Change the language of the screen."""
    global _current
    _current = words(language)


def current() -> Words:
    """The words of the screen's language."""
    return _current


def _(message: str) -> str:
    """The message in the screen's language."""
    return _current._(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message with the right plural, in the screen's language."""
    return _current.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """The message where its meaning depends on ``context``, in the screen's language."""
    return _current.pgettext(context, message)


def say(problem: Problem) -> str:
    """The sentence of a problem in the screen's language."""
    return _current.say(problem)
