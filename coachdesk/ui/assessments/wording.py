"""How self-assessments are written."""

from typing import Any

from coachdesk.domain.assessment import (
    FILLED_HOW,
    INSTRUMENTS,
    Area,
    Filling,
    SelfAssessment,
    Trend,
    area_name,
)
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import upper

MINUS = "−"


def area_caption(area: Area, language: str) -> str:
    """A part of the form: its letter, its name and what number it may have."""
    words = current()
    name = upper(area.name(language))
    if area.letter:
        message = N_("{letter} {name} ({lowest}–{highest})")
        return words.fill(message, letter=area.letter, name=name, lowest=area.lowest, highest=area.highest)
    return words.fill(N_("{name} ({lowest}–{highest})"), name=name, lowest=area.lowest, highest=area.highest)


def part(trend: Trend) -> str:
    """The name of a part."""
    return upper(area_name(trend.area, current().language))


def scored(one: SelfAssessment) -> str:
    """A number with the day it is of."""
    return current().fill(N_("{score} ({day})"), score=one.score, day=one.on_day)


def change(trend: Trend) -> str:
    """How much a part has changed, with its sign; a dash where there is one number only."""
    by = trend.change
    if by is None:
        return "–"
    return f"+{by}" if by > 0 else f"{MINUS}{-by}" if by < 0 else "0"


def change_spoken(trend: Trend) -> str:
    """The change as it is read aloud."""
    by, words = trend.change, current()
    if by is None:
        return _("one number only")
    if by == 0:
        return _("no change")
    return words.fill(N_("up by {by}") if by > 0 else N_("down by {by}"), by=abs(by))


def all_scores(trend: Trend) -> str:
    """Every number in the order of its day."""
    return " · ".join(str(score) for score in trend.scores)


def instrument(filling: Filling) -> str:
    """The name of the self-assessment."""
    return codes(INSTRUMENTS).name(filling.instrument, current().language)


def how(filling: Filling) -> str:
    """How and in which language it was filled."""
    done = _(FILLED_HOW[filling.filled_how]) if filling.filled_how in FILLED_HOW else ""
    language = codes("languages").name(filling.language, current().language)
    return ", ".join(filter(None, (upper(done), language)))


def common_first(code: Any) -> tuple[bool, str]:
    """The common languages first, then by name."""
    return not code.more.get("common"), code.name(current().language)
