"""Days as people write them in spreadsheets, read by the Finnish habit: the day first.

1.2.2026, 01.02.26, 2026-02-01, 1/2/2026, 1. helmikuuta 2026, 1 februari 2026, typed dates and the
serial numbers that Excel leaves behind.  What may be read in two ways is marked doubtful and the whole
column decides (``draft``); what is no day at all is refused with a sentence.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coachdesk.errors import Refused
from coachdesk.i18n import N_

DAY_ZERO = date(1899, 12, 30)  # of Excel's numbers, but for books of 1904
_SERIALS = range(14_000, 80_000)  # 1938-2119: other numbers are not meant as days
_NO_DAY = N_("“{cell}” is not a day. Write it as 15.12.2026.")
_NO_YEAR = N_("The day “{cell}” has no year.")
_FAR = N_("The day {day} is too far away to be right.")

_DMY = re.compile(r"(\d{1,2})\s*([./\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_YMD = re.compile(r"(\d{4})([./\-])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}[:.]\d{2}.*)?")
_TIMED = re.compile(r"(.*\d)\s+(?:klo|kl\.?)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")
_SHORT = re.compile(r"\d{1,2}[./\-]\d{1,2}[./\-]?")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\.?\s+(\d{4})")
MONTHS = {
    name: number
    for names in (
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
        "jan feb mar apr maj jun jul aug sep okt nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDay:
    """A day with how it was read.

    ``doubtful``: day and month could change places.  ``serial``: it was a bare number of Excel's.
    """

    day: date
    doubtful: bool = False
    serial: bool = False


class MonthFirst(Refused):
    """The cell is a day only if the month comes first."""


def read_day(cell: object, *, on: date, past: bool = False, zero: date = DAY_ZERO) -> ReadDay:
    """The day in a cell.

    Args:
        cell: what the spreadsheet holds.
        on: the day of reading, for years of two digits and for what is too far.
        past: the day cannot be to come (a birth), so 36 is 1936.
        zero: the day from which the sheet's bare numbers count.

    Raises:
        Refused: the cell is no day, lacks its year or is more than 130 years back or 30 ahead.
        MonthFirst: it would be a day only with the month first.
    """
    read = _read(cell, on, past, zero)
    if not on.year - 130 <= read.day.year <= on.year + 30:
        raise Refused(_FAR, day=read.day)
    return read


def month_number(word: str) -> int | None:
    """The month that a Finnish or Swedish word begins with, in any case form."""
    word = word.strip().casefold()
    return next((number for name, number in MONTHS.items() if word.startswith(name)), None)


def _read(cell: object, on: date, past: bool, zero: date) -> ReadDay:
    match cell:
        case datetime():
            return ReadDay(day=cell.date())
        case date():
            return ReadDay(day=cell)
        case bool():
            raise Refused(_NO_DAY, cell=str(cell))
        case int() | float():
            return _serial(cell, zero)
        case str():
            return _written(" ".join(cell.split()), on, past, zero)
        case _:
            raise Refused(_NO_DAY, cell=str(cell))


def _serial(number: float, zero: date) -> ReadDay:
    whole = int(number) if number == number and abs(number) < 1e9 else 0
    if whole not in _SERIALS:
        raise Refused(_NO_DAY, cell=repr(number)[:20] if abs(number) < 1e15 else "∞")
    return ReadDay(day=zero + timedelta(days=whole), serial=True)


def _written(text: str, on: date, past: bool, zero: date) -> ReadDay:
    if found := _YMD.fullmatch(text):
        return ReadDay(day=_day(text, int(found[1]), int(found[3]), int(found[4])))
    if found := _TIMED.fullmatch(text):
        return _written(found[1], on, past, zero)
    if found := _DMY.fullmatch(text):
        return _day_first(text, int(found[1]), int(found[3]), _year(found[4], on, past), found[2])
    if (found := _NAMED.fullmatch(text)) and (month := month_number(found[2])):
        return ReadDay(day=_day(text, int(found[3]), month, int(found[1])))
    if text.isascii() and text.isdigit() and len(text) <= 8:
        if len(text) == 8:
            return ReadDay(day=_day(text, int(text[:4]), int(text[4:6]), int(text[6:])))
        return _serial(int(text), zero)
    raise Refused(_NO_YEAR if _SHORT.fullmatch(text) else _NO_DAY, cell=text[:40])


def _day_first(text: str, day: int, month: int, year: int, between: str) -> ReadDay:
    if between != "." and month > 12 >= day:
        raise MonthFirst(_NO_DAY, cell=text[:40])
    doubtful = between != "." and day <= 12 and day != month
    return ReadDay(day=_day(text, year, month, day), doubtful=doubtful)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(N_("There is no day {cell}."), cell=text[:40]) from None


def _year(digits: str, on: date, past: bool) -> int:
    """A year of two digits is this century's up to ten years ahead, none for a birth; else the last's."""
    year = int(digits)
    if len(digits) == 4:
        return year
    year += on.year - on.year % 100
    return year if year <= on.year + (0 if past else 10) else year - 100
