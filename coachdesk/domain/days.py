"""Days: calendar months counted as the law and the field count them."""

import calendar
from datetime import date


def months_on(day: date, months: int) -> date:
    """The same day so many calendar months on; the last day of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years(born: date, on: date) -> int:
    """Whole years of age on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
