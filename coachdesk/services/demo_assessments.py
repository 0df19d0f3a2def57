"""Self-assessments of the made-up people: at the start, and again some months later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from coachdesk.domain import assessment as rules
from coachdesk.domain.assessment import Filling
from coachdesk.services import assessments
from coachdesk.services.demo_happening import Happening, Life, at
from coachdesk.services.desk import Desk

INSTRUMENT = "abilitator"
APART = 112  # days between two fillings
_WITHOUT = (2, 5)  # of seven people so many fill none


def happenings(life: Life) -> Iterator[Happening]:
    """The fillings of one person: the first soon after the start, then one every sixteen weeks."""
    persona = life.persona
    if persona.part == "waiting" or persona.number % 7 in _WITHOUT:
        return
    random = Random(f"self-assessment {persona.number}")  # of its own: the rest of the life stays as it is
    scores = _first(random)
    day, last = life.began + timedelta(days=3), life.ended or life.today - timedelta(days=1)
    while day <= last:
        yield Happening(at=at(day, 12, 40), act=_recorder(life, day, dict(scores)))
        scores = _later(random, scores)
        day += timedelta(days=APART)


def _first(random: Random) -> dict[int, int]:
    found = {}
    for area in rules.areas(INSTRUMENT):
        span = area.highest - area.lowest
        found[area.number] = area.lowest + span * random.randrange(30, 70) // 100
    return found


def _later(random: Random, scores: dict[int, int]) -> dict[int, int]:
    found = {}
    for area in rules.areas(INSTRUMENT):
        span = area.highest - area.lowest
        moved = scores[area.number] + span * random.randrange(-10, 21) // 100
        found[area.number] = min(area.highest, max(area.lowest, moved))
    return found


def _recorder(life: Life, day: date, scores: dict[int, int]) -> Callable[[Desk], object]:
    return lambda desk: assessments.record(
        desk,
        Filling(
            trainee_id=life.trainee_id,
            instrument=INSTRUMENT,
            on_day=day,
            language=life.persona.trainee.service_language,
            filled_how="alone" if life.persona.number % 3 else "supported",
            scores=scores,
        ),
    )
