"""Short wordings that the list, the preview and the page share; nothing here reads the store."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.days import years
from coachdesk.domain.period import AgreedDay, Caution, Period
from coachdesk.domain.phases import Coaching
from coachdesk.domain.trainee import Benefit, Feedback, Trainee
from coachdesk.i18n import N_, _, current, ngettext, words
from coachdesk.ui.day_edit import upper

DOT = " · "


def name_of(title: str, key: str) -> str:
    """The name of a code in the screen's language; text that is no code stays as it is."""
    return codes(title).name(key, current().language)


def about(trainee: Trainee, on: date) -> str:
    """Age, municipality and language: 34 y · Vaasa · Finnish."""
    parts = []
    if trainee.birth_date:
        parts.append(current().fill(N_("{years} y"), years=years(trainee.birth_date, on)))
    if not trainee.non_disclosure:  # where the person lives is not told by half either
        parts.append(name_of("municipalities", trainee.municipality))
    parts.append(name_of("languages", trainee.mother_tongue or trainee.service_language))
    return DOT.join(filter(None, parts))


def span(begins: date, ends: date | None) -> str:
    """Two days: 13.7.2026–12.1.2027."""
    return f"{current().day(begins)}–\u200b{current().day(ends)}"  # a line may break after the dash


def span_of(period: Period) -> str:
    """From when to when a period is."""
    return span(period.begins, period.ended or period.ends)


def week_of(agreed: Iterable[AgreedDay]) -> str:
    """The agreed weekdays with their hours where these are alike: ma, ti, to · 5 h."""
    agreed = sorted(agreed, key=lambda day: day.weekday)
    names = ", ".join(weekday(day.weekday) for day in agreed)
    lengths = {day.minutes for day in agreed}
    if len(lengths) != 1:
        return names
    return names + DOT + current().fill(N_("{hours} h"), hours=current().hours(lengths.pop()))


def days_a_week(agreed: Iterable[AgreedDay]) -> str:
    """How many days a week are agreed."""
    count = len({day.weekday for day in agreed})
    return ngettext("{count} day a week", "{count} days a week", count).format(count=count) if count else ""


def weekday(number: int, width: str = "abbreviated") -> str:
    """The name of a weekday, Monday 1."""
    return _weekday(current().language, number, width)


@cache
def _weekday(language: str, number: int, width: str) -> str:
    return words(language).weekday(date(2024, 1, number), width)  # 1 January 2024 was a Monday


def near_day(day: date, today: date) -> str:
    """A day beside today: today, tomorrow, Thu 17.12., else the whole date."""
    match (day - today).days:
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case -1:
            return _("yesterday")
        case ahead if abs(ahead) < 180:
            return f"{current().weekday(day)} {current().short_day(day)}"
    return current().day(day)


def near_moment(at: datetime, today: date) -> str:
    """A moment beside today: yesterday 13.05, Fri 11.12."""
    here = at.astimezone(HELSINKI)
    if abs((here.date() - today).days) <= 1:
        return f"{near_day(here.date(), today)} {current().time(at)}"
    return near_day(here.date(), today)


def late_by(due: date, today: date) -> str:
    """How many days something is late; empty while it is not."""
    days = (today - due).days
    return ngettext("{count} day late", "{count} days late", days).format(count=days) if days > 0 else ""


def told(caution: Caution) -> str:
    """The sentence of a caution."""
    return current().fill(caution.message, **caution.values)


def benefit_of(benefit: Benefit) -> str:
    """A benefit and who pays it."""
    payer = benefit.payer_name or name_of("payers", benefit.payer)
    name = upper(name_of("benefits", benefit.benefit))
    return f"{name} ({payer})" if payer and benefit.payer not in ("none", benefit.benefit) else name


def outcome_of(coaching: Coaching) -> str:
    """How job coaching ended; nothing while it goes on."""
    return upper(name_of("outcomes", coaching.outcome)) if coaching.ends else ""


def coaching_of(coaching: Coaching | None) -> str:
    """Job coaching in a line: since when, or its days and how it ended."""
    if coaching is None:
        return _("not begun")
    if coaching.ends is None:
        return current().fill(N_("since {day}"), day=coaching.begins)
    return DOT.join(filter(None, (span(coaching.begins, coaching.ends), outcome_of(coaching))))


def grade_of(feedback: Feedback) -> str:
    """A grade with its day."""
    if feedback.on_day is None:
        return str(feedback.grade)
    return current().fill(N_("{grade} on {day}"), grade=feedback.grade, day=feedback.on_day)


def consent_soon(valid_to: date, today: date) -> bool:
    """Whether a consent ends within the thirty days in which that is warned of."""
    return valid_to - today <= timedelta(days=30)
