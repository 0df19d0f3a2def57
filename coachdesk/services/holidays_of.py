"""Finnish public holidays by name, from the library ``holidays``; a year is read once."""

from datetime import date
from functools import cache

_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@cache
def of_year(year: int, language: str = "fi") -> dict[date, str]:
    """The holidays of a year, the eves of Midsummer and Christmas among them, with their names."""
    from holidays.countries.finland import Finland  # slow to import, so not before it is asked for

    own = _LANGUAGES.get(language, "en_US")
    found = Finland(years=year, language=own)  # type: ignore[no-untyped-call]  # the package has no types
    return {day: str(name) for day, name in found.items()}


def between(first: date, last: date, language: str = "fi") -> dict[date, str]:
    """The holidays from the first to the last day, both included."""
    years = range(first.year, last.year + 1)
    return {
        day: name for year in years for day, name in of_year(year, language).items() if first <= day <= last
    }
