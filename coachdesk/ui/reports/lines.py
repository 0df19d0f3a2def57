"""The figures as a table: a line for each, on the screen and as text for a report elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.indicators import NOT_RECORDED, OPEN, Figures
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import upper

DURING, LAST_DAY = N_("Counted during the period."), N_("Counted on the last day of the period.")
INTERRUPTED = N_("Interrupted before the end")
SMALLEST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: a figure, its number and how it is counted."""

    key: str
    words: str
    number: str
    counted: str
    people: int | None = None  # how many people the number counts; None for a mean or a median


def lines_of(figures: Figures) -> list[Line]:
    """The figures in the screen's language."""
    counts = [
        _count("people", _("People"), figures.people),
        _count("other_tongues", _("Mother tongue neither Finnish nor Swedish"), figures.other_tongues),
        _count("coached", _("In job coaching"), figures.coached),
        *(
            _count(key, outcome_words(key), rows, LAST_DAY if key == OPEN else DURING)
            for key, rows in figures.outcomes.items()
        ),
        _count("plans", _("People with a first plan"), figures.plans),
        _count("late", _("First plan later than three months"), figures.late_plans),
    ]
    return [
        *counts,
        _middle("plans", _("Days to the first plan, median"), figures.median_days),
        _count("answers", _("Satisfaction, answers"), figures.answers),
        _middle("answers", _("Satisfaction, mean of grades 4–10"), figures.satisfaction),
    ]


def text_of(lines: Sequence[Line], period: str) -> str:
    """The table as text with tabs, for a spreadsheet; a count under five is not told outside the desk."""
    rows = [(_("Figure"), _("Count"), _("How it is counted"))]
    rows += [(line.words, _told(line), line.counted) for line in lines]
    return (
        "\n".join(["\t".join(filter(None, (_("Figures"), period))), *("\t".join(row) for row in rows)]) + "\n"
    )


def outcome_words(key: str) -> str:
    """What an outcome is called on screen; reasons of interruption count as one."""
    if key == "interrupted":
        return _(INTERRUPTED)
    if key == NOT_RECORDED:
        return _("Not recorded")
    code = next((code for code in codes("outcomes") if code.more.get("counts_as") == key), None)
    return upper(code.name(current().language)) if code else key


def number_words(value: Any) -> str:
    """A mean or a median; a dash where there is nothing to take it of."""
    return "–" if value is None else current().number(float(value))


def _count(key: str, words: str, rows: Sequence[Any], counted: str = DURING) -> Line:
    return Line(key=key, words=words, number=str(len(rows)), counted=_(counted), people=len(rows))


def _middle(key: str, words: str, value: Any) -> Line:
    return Line(key=key, words=words, number=number_words(value), counted=_(DURING))


def _told(line: Line) -> str:
    if line.people is not None and 0 < line.people < SMALLEST_TOLD:
        return current().fill(N_("under {count}"), count=SMALLEST_TOLD)
    return line.number
