"""The figures as lines: a number, its words and how it is counted; what of it may leave the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.indicators import NOT_RECORDED, OPEN, Figures
from coachdesk.i18n import N_, Words

HOW = {
    "people": N_("During the period: first contact, service or job coaching. Each once."),
    "other_tongues": N_("Of these people: those whose mother tongue is known."),
    "coached": N_("During the period: job coaching ran. Each person once."),
    OPEN: N_("On the last day: job coaching goes on."),
    NOT_RECORDED: N_("During the period: job coaching ended, how is not written."),
    "plans": N_("During the period: the first plan, ours or another's."),
    "late": N_("Of these plans: over three months after the first contact."),
    "days": N_("Of these plans: days from the first contact, the middle one."),
    "answers": N_("During the period: grades given."),
    "mean": N_("Of these grades: the mean, to one decimal."),
}
ENDED = N_("During the period: job coaching ended so. Each person once.")
INTERRUPTED = N_("Interrupted before the end")
SMALLEST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: a figure, its number and how it is counted."""

    key: str
    words: str
    number: str
    counted: str
    cases: int  # how many people, plans or grades stand behind the number
    middle: bool = False  # a mean or a median

    def told(self, words: Words) -> str:
        """The number as it may leave the desk: nothing that tells of fewer than five."""
        if not 0 < self.cases < SMALLEST_TOLD:
            return self.number
        return words._("too few") if self.middle else words.fill("under {count}", count=SMALLEST_TOLD)


def lines_of(figures: Figures, words: Words) -> list[Line]:
    """The figures in a language."""
    _ = words._

    def count(key: str, name: str, rows: Sequence[Any]) -> Line:
        told = _(HOW.get(key, ENDED))
        return Line(key=key, words=name, number=words.count(len(rows)), counted=told, cases=len(rows))

    return [
        count("people", _("People"), figures.people),
        count("other_tongues", _("Mother tongue neither Finnish nor Swedish"), figures.other_tongues),
        count("coached", _("In job coaching"), figures.coached),
        *(count(key, outcome_words(key, words), rows) for key, rows in figures.outcomes.items()),
        count("plans", _("People with a first plan"), figures.plans),
        count("late", _("First plan later than three months"), figures.late_plans),
        Line(
            key="plans",
            words=_("Days to the first plan, median"),
            number=number_words(figures.median_days, words),
            counted=_(HOW["days"]),
            cases=len(figures.waits),
            middle=True,
        ),
        count("answers", _("Satisfaction, answers"), figures.answers),
        Line(
            key="answers",
            words=_("Satisfaction, mean of grades 4–10"),
            number=number_words(figures.satisfaction, words),
            counted=_(HOW["mean"]),
            cases=len(figures.answers),
            middle=True,
        ),
    ]


def outcome_words(key: str, words: Words) -> str:
    """What an outcome is called; reasons of interruption count as one."""
    if key == "interrupted":
        return words._(INTERRUPTED)
    if key == NOT_RECORDED:
        return words._("Not recorded")
    code = next((code for code in codes("outcomes") if code.more.get("counts_as") == key), None)
    name = code.name(words.language) if code else key
    return name[:1].upper() + name[1:]


def number_words(value: Any, words: Words) -> str:
    """A mean or a median; a dash where there is nothing to take it of."""
    return "–" if value is None else words.number(float(value))


def period_words(figures: Figures, words: Words) -> str:
    """The days that are counted; nothing when everything recorded is."""
    if figures.begins and figures.ends:
        return f"{words.day(figures.begins)}–{words.day(figures.ends)}"
    if figures.ends:
        return words.fill("until {day}", day=figures.ends)
    return words.fill("from {day}", day=figures.begins) if figures.begins else ""
