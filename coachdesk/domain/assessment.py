"""Self-assessments: numbers that a trainee's own filling of an instrument gave, never the answers.

An instrument is a dated code of ``self_assessments`` with its areas and their lowest and highest number.
Areas are measured beside each other; no sum of them means anything, so none is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from coachdesk.domain.codes import codes
from coachdesk.errors import Refused
from coachdesk.i18n import N_

INSTRUMENTS = "self_assessments"
FILLED_HOW = {
    "alone": N_("by the trainee alone"),
    "supported": N_("by the trainee, with support"),
    "on_paper": N_("on paper, typed in by a coach"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAssessment:
    """One number of one self-assessment: ``instrument`` is a code, ``area`` its numbered part."""

    id: int = 0
    trainee_id: int
    instrument: str
    area: int
    score: int
    on_day: date
    language: str = ""  # a code of ``languages``: the one it was filled in
    filled_how: str = ""  # a key of ``FILLED_HOW``


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """One filling of an instrument on one day, with the number of each area that has one."""

    trainee_id: int
    instrument: str
    on_day: date
    language: str = ""
    filled_how: str = ""
    scores: dict[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[SelfAssessment, ...]:
        """The filling number by number, as it is kept."""
        return tuple(
            SelfAssessment(
                trainee_id=self.trainee_id,
                instrument=self.instrument,
                area=area,
                score=score,
                on_day=self.on_day,
                language=self.language,
                filled_how=self.filled_how,
            )
            for area, score in sorted(self.scores.items())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of an instrument that gets a number; ``letter`` is its section in the instrument."""

    number: int
    letter: str
    names: dict[str, str]
    lowest: int
    highest: int

    def name(self, language: str) -> str:
        """Its name in ``fi``, ``sv`` or ``en``."""
        return self.names[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """An area's first and last number, with their days; one filling is no change yet."""

    area: int
    first: SelfAssessment
    last: SelfAssessment
    scores: tuple[int, ...]

    @property
    def change(self) -> int | None:
        """Last less first; None where there is one number only."""
        return self.last.score - self.first.score if len(self.scores) > 1 else None


@cache
def areas(instrument: str) -> tuple[Area, ...]:
    """The areas of an instrument in the order of its report; none of an unknown one."""
    return tuple(
        Area(
            number=one["number"],
            letter=one.get("letter", ""),
            names={language: one[language] for language in ("fi", "sv", "en")},
            lowest=one["lowest"],
            highest=one["highest"],
        )
        for one in codes(INSTRUMENTS)[instrument].more.get("area", ())
    )


def area_name(number: int, language: str) -> str:
    """The name of an area of any instrument; an unknown number is its own name."""
    for code in codes(INSTRUMENTS):
        for area in areas(code.key):
            if area.number == number:
                return area.name(language)
    return str(number)


def fillings(rows: Iterable[SelfAssessment]) -> tuple[Filling, ...]:
    """Numbers put together by instrument and day, the newest first."""
    found: dict[tuple[date, str], Filling] = {}
    for row in rows:
        key = (row.on_day, row.instrument)
        empty = Filling(
            trainee_id=row.trainee_id,
            instrument=row.instrument,
            on_day=row.on_day,
            language=row.language,
            filled_how=row.filled_how,
        )
        found.setdefault(key, empty).scores[row.area] = row.score
    return tuple(found[key] for key in sorted(found, reverse=True))


def trends(rows: Iterable[SelfAssessment], instrument: str) -> tuple[Trend, ...]:
    """First and last number of each area of an instrument that has any."""
    own = sorted((row for row in rows if row.instrument == instrument), key=lambda row: row.on_day)
    found = []
    for area in areas(instrument):
        numbers = [row for row in own if row.area == area.number]
        if numbers:
            scores = tuple(row.score for row in numbers)
            found.append(Trend(area=area.number, first=numbers[0], last=numbers[-1], scores=scores))
    return tuple(found)


def checked(filling: Filling, on: date) -> Filling:
    """The filling as it may be kept on a day.

    Raises:
        Refused: the instrument or an area is not known, the day is to come, there is no number, or a
            number is outside its area; names the field, of a number as ``area_3``.
    """
    known = {area.number: area for area in areas(filling.instrument)}
    if not known:
        raise Refused(N_("Choose a self-assessment."), field="instrument")
    if filling.on_day > on:
        raise Refused(N_("The day {day} is still to come."), field="on_day", day=filling.on_day)
    if not filling.scores:
        raise Refused(N_("Write at least one number."), field=f"area_{min(known)}")
    for number, score in sorted(filling.scores.items()):
        area = known.get(number)
        if area is None:
            raise Refused(N_("The self-assessment has no part {number}."), number=number)
        if type(score) is not int or not area.lowest <= score <= area.highest:
            raise Refused(
                N_("Write a whole number from {lowest} to {highest}."),
                field=f"area_{number}",
                lowest=area.lowest,
                highest=area.highest,
            )
    return replace(filling, scores=dict(sorted(filling.scores.items())))
