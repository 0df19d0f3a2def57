"""The periods that figures are asked for: everything, years, the reporting points, two days of one's own."""

from dataclasses import dataclass
from datetime import date

from coachdesk.i18n import N_

ALL, OWN = "all", "own"
NAMES = {
    ALL: N_("Everything recorded"),
    "year": N_("This year so far"),
    "last_year": N_("Last year"),
    "april": N_("1 January – 30 April"),
    "august": N_("1 January – 31 August"),
    OWN: N_("Between two days…"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Two days, both included; neither: no bounds."""

    begins: date | None = None
    ends: date | None = None


def span(key: str, today: date) -> Span:
    """The days of a period on a day; the reporting points are those of the year that has reached them."""
    year = today.year
    match key:
        case "year":
            return Span(begins=date(year, 1, 1), ends=today)
        case "last_year":
            return Span(begins=date(year - 1, 1, 1), ends=date(year - 1, 12, 31))
        case "april" | "august":
            last = date(year, 4, 30) if key == "april" else date(year, 8, 31)
            if today < last:
                last = last.replace(year=year - 1)
            return Span(begins=date(last.year, 1, 1), ends=last)
    return Span()
