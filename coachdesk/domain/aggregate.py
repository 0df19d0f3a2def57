"""Aggregate (tilasto, statistik) of trainees who have not consented: numbers that name nobody.

A finished quarter, its people frozen as they stood on its first day, one-way tables only.  Each number is
rounded to the nearest five, what is below five is told as "<5", nought included; no totals stand anywhere;
fewer than twenty people give nothing at all.  A quarter is told once and never again.  ``safe`` leaves a
table out where the tables together would tell a number more exactly than the rounding does.  Five and
twenty are our own choice, not a limit of law.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.days import months_on
from coachdesk.domain.field_kinds import Pattern, Speech, closed
from coachdesk.domain.letter_kinds import UID
from coachdesk.domain.phases import PHASE_NAMES
from coachdesk.i18n import N_

AGGREGATE = "aggregate"
STEP, LEAST_PEOPLE, LEAST_ROOM = 5, 20, 3
FEW = "<5"
QUARTER = Pattern(r"[0-9]{4}-Q[1-4]", 7)
MOST_CELLS = 40

AGES = ("under_25", "25_28", "29_54", "55_or_over", "unknown")
AGE_NAMES = {
    "under_25": N_("under 25"),
    "25_28": N_("25–28"),
    "29_54": N_("29–54"),
    "55_or_over": N_("55 or over"),
    "unknown": N_("not known"),
}
PHASES = ("none", "1", "2", "3", "4", "5")
DAYS = ("none", "1_10", "11_30", "31_or_more")
DAY_NAMES = {
    "none": N_("none"),
    "1_10": N_("1–10"),
    "11_30": N_("11–30"),
    "31_or_more": N_("31 or more"),
}
GOES_ON, OTHER, NONE = "goes_on", "other", "none"
LANGUAGES = ("fi", "sv")
LANGUAGE_NAMES = {"fi": N_("Finnish"), "sv": N_("Swedish")}
TITLES = {
    "phase": N_("Phase at the end of the quarter"),
    "attended_days": N_("Attended days in the quarter"),
    "service": N_("Service"),
    "end_reason": N_("Period at the end of the quarter"),
    "benefit": N_("Benefit at the start of the quarter"),
    "age": N_("Age at the start of the quarter"),
    "language": N_("Language of service"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """Three calendar months; ``ends`` is the last day."""

    year: int
    number: int

    @property
    def begins(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends(self) -> date:
        """The last day."""
        return months_on(self.begins, 3) - timedelta(days=1)

    @property
    def key(self) -> str:
        """As it stands on the wire: 2026-Q3."""
        return f"{self.year}-Q{self.number}"

    def said(self, words: Speech) -> str:
        """As a person reads it: quarter 3/2026."""
        return words.fill(N_("quarter {number}/{year}"), number=self.number, year=self.year)


def quarter_of(key: str) -> Quarter:
    """The quarter that a key names."""
    return Quarter(year=int(key[:4]), number=int(key[-1]))


def last_finished(on: date) -> Quarter:
    """The newest quarter that is over on a day."""
    this = Quarter(year=on.year, number=(on.month + 2) // 3)
    return (
        Quarter(year=on.year - 1, number=4)
        if this.number == 1
        else Quarter(year=on.year, number=this.number - 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a quarter, as far as the tables ask."""

    phase: str
    attended_days: str
    service: str
    end_reason: str
    benefit: str
    age: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """One table: each class with its number, a multiple of five, or None for fewer than five."""

    key: str
    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An aggregate that was accepted for a quarter: the item as it leaves, for good."""

    id: int = 0
    region_id: str
    workshop_id: int
    quarter: str
    uid: str
    item: Mapping[str, Any]
    accepted: datetime
    coach_id: int | None = None


def age_class(born: date | None, on: date) -> str:
    """The class of an age on a day."""
    if born is None:
        return "unknown"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    bounds = ((25, "under_25"), (29, "25_28"), (55, "29_54"))
    return next((name for bound, name in bounds if years < bound), "55_or_over")


def days_class(days: int) -> str:
    """The class of a number of attended days."""
    bounds = ((1, "none"), (11, "1_10"), (31, "11_30"))
    return next((name for bound, name in bounds if days < bound), "31_or_more")


def rounded(count: int) -> int | None:
    """A count as it may be told: to the nearest five; None, shown as "<5", for all below five."""
    return None if count < STEP else (count + STEP // 2) // STEP * STEP


def classes() -> dict[str, tuple[str, ...]]:
    """The classes of each table, always all of them: which are there tells nothing."""
    return {
        "phase": PHASES,
        "attended_days": DAYS,
        "service": _keys("service_kinds"),
        "end_reason": (GOES_ON, *_keys("end_reasons")),
        "benefit": (*_keys("benefits"), NONE),
        "age": AGES,
        "language": LANGUAGES,
    }


def _keys(title: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.key for code in codes(title)))


def tables(members: Sequence[Member]) -> tuple[OneWay, ...]:
    """What may be told of these people; nothing of fewer than twenty."""
    if len(members) < LEAST_PEOPLE:
        return ()
    told = rounded(len(members)) or LEAST_PEOPLE
    return safe((_one_way(key, names, members) for key, names in classes().items()), told)


def _one_way(key: str, names: Sequence[str], members: Sequence[Member]) -> OneWay:
    counted = Counter(getattr(member, key) for member in members)
    return OneWay(key=key, cells=tuple((name, rounded(counted[name])) for name in names))


def safe(offered: Iterable[OneWay], told: int | None = None) -> tuple[OneWay, ...]:
    """The tables that tell no number more exactly than to three whole numbers, each and all together.

    What a table says bounds how many people there are, and that bounds the cells of the others: a table
    that would narrow a number further is left out, judged by the told numbers alone.  ``told`` is the
    rounded number of people, where that is told too.
    """
    kept: tuple[OneWay, ...] = ()
    for table in offered:
        if _leaves_room((*kept, table), told):
            kept = (*kept, table)
    return kept


def bounds(told: int | None) -> tuple[int, int]:
    """The least and the most that a told number may stand for."""
    return (0, STEP - 1) if told is None else (max(STEP, told - STEP // 2), told + STEP // 2)


def people(published: Iterable[OneWay], told: int | None = None) -> tuple[int, int]:
    """The least and the most people that the tables together leave possible."""
    each = [[bounds(cell) for _key, cell in table.cells] for table in published]
    lows = [sum(low for low, _high in cells) for cells in each]
    highs = [sum(high for _low, high in cells) for cells in each]
    least, most = (LEAST_PEOPLE, max(highs, default=0)) if told is None else bounds(told)
    return max(LEAST_PEOPLE, least, *lows), min([most, *highs])


def _leaves_room(published: Sequence[OneWay], told: int | None) -> bool:
    least, most = people(published, told)
    if most - least + 1 < LEAST_ROOM:
        return False
    for table in published:
        cells = [bounds(cell) for _key, cell in table.cells]
        low_sum, high_sum = sum(low for low, _ in cells), sum(high for _, high in cells)
        for low, high in cells:
            lowest = max(low, least - (high_sum - high))
            highest = min(high, most - (low_sum - low))
            if highest - lowest + 1 < LEAST_ROOM:
                return False
    return True


def item(
    uid: str, workshop: str, quarter: Quarter, count: int, published: Sequence[OneWay]
) -> dict[str, Any]:
    """The aggregate as it leaves; ``workshop`` is the id of its service card, ``count`` how many people."""
    return {
        "kind": AGGREGATE,
        "aggregate": uid,
        "workshop": workshop,
        "quarter": quarter.key,
        "people": rounded(count),
        "tables": [
            {
                "table": table.key,
                "cells": [{"key": key, "count": FEW if told is None else told} for key, told in table.cells],
            }
            for table in published
        ],
    }


def schema() -> dict[str, Any]:
    """JSON Schema of the aggregate item: no number below five and none but multiples of five fits."""
    key = {"type": "string", "pattern": "^(?:[a-z0-9_]{1,60})$"}
    number = {"type": "integer", "minimum": STEP, "multipleOf": STEP, "maximum": 100_000}
    cell = closed({"key": key, "count": {"anyOf": [{"const": FEW}, number]}})
    cells = {"type": "array", "maxItems": MOST_CELLS, "minItems": 1, "items": cell}
    table = closed({"table": {"enum": list(TITLES)}, "cells": cells})
    return closed(
        {
            "kind": {"const": AGGREGATE},
            "aggregate": UID.schema(),
            "workshop": UID.schema(),
            "quarter": QUARTER.schema(),
            "people": {**number, "minimum": LEAST_PEOPLE},
            "tables": {"type": "array", "maxItems": 10, "items": table},
        }
    )


Lines = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def lines(found: Mapping[str, Any], words: Speech) -> Lines:
    """An aggregate as a person reads it: a title for each table, then its classes with their numbers."""
    return tuple(
        (
            words._(TITLES[table["table"]]),
            tuple(
                (_class(table["table"], cell["key"], words), str(cell["count"])) for cell in table["cells"]
            ),
        )
        for table in found["tables"]
    )


_CODES = {"service": "service_kinds", "end_reason": "end_reasons", "benefit": "benefits"}
_NAMES: dict[str, Mapping[str, str]] = {
    "age": AGE_NAMES,
    "attended_days": DAY_NAMES,
    "language": LANGUAGE_NAMES,
    "end_reason": {GOES_ON: N_("goes on")},
    "benefit": {NONE: N_("no benefit recorded")},
    "phase": {**{str(n): name for n, name in PHASE_NAMES.items()}, "none": N_("no phase open")},
}


def _class(table: str, key: str, words: Speech) -> str:
    if key in _NAMES.get(table, {}):
        return words._(_NAMES[table][key])
    return codes(_CODES[table]).name(key, words.language) if table in _CODES else key
