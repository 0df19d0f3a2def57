"""What a cell of the grid says: to the eye in the line below, and to a screen reader."""

from datetime import date, datetime, timedelta
from functools import cache

from coachdesk.domain.attendance import AttendedDay, counts_present, is_absence, kind_of
from coachdesk.domain.attendance_limits import DayCaution
from coachdesk.domain.codes import codes
from coachdesk.domain.period import AgreedDay
from coachdesk.domain.planned_days import NotHeld
from coachdesk.i18n import N_, _, current, words
from coachdesk.ui.attendance.board import Board, Place

MARKED = N_("{name}, {day}, {mark}")
MARKED_PLANNED = N_("{name}, {day}, {mark}, planned {times}")
UNMARKED = N_("{name}, {day}, not marked, planned {times}")
NOT_PLANNED = N_("{name}, {day}, not planned")
NOT_ARRANGED = N_("{name}, {day}, not arranged: {reason}")
OUTSIDE = N_("{name}, {day}, outside the period")

LINE_MARKED = N_("{day} · {name} · {mark}")
LINE_MARKED_PLANNED = N_("{day} · {name} · {mark} · planned {times}, {hours} h")
LINE_UNMARKED = N_("{day} · {name} · planned {times}, {hours} h")
LINE_NOT_PLANNED = N_("{day} · {name} · not planned")
LINE_NOT_ARRANGED = N_("{day} · {name} · not arranged: {reason}")
LINE_OUTSIDE = N_("{day} · {name} · outside the period")


def cell(board: Board, place: Place) -> str:
    """The whole sentence of a cell for a screen reader: name, day, mark, planned hours."""
    day = board.day(place)
    if day is None:
        return ""
    forms = (MARKED, MARKED_PLANNED, UNMARKED, NOT_PLANNED, NOT_ARRANGED, OUTSIDE)
    long = current().long_day(day)
    return _said(board, place, long[:1].lower() + long[1:], forms)


def line(board: Board, place: Place) -> str:
    """The words below the grid for the cell that the cursor is on."""
    day = board.day(place)
    if day is None:
        return ""
    forms = (
        LINE_MARKED, LINE_MARKED_PLANNED, LINE_UNMARKED, LINE_NOT_PLANNED, LINE_NOT_ARRANGED, LINE_OUTSIDE,
    )  # fmt: skip
    return _said(board, place, short(day), forms)


def day_line(board: Board, place: Place) -> str:
    """The words of the day panel, whose heading is the name already."""
    day, agreed = board.day(place), board.planned(place)
    if day is None or not agreed:
        return short(day) if day else ""
    said = N_("{day} · planned {times}, {hours} h")
    return current().fill(said, day=short(day), times=times(agreed), hours=current().hours(agreed.minutes))


def _said(board: Board, place: Place, day: str, forms: tuple[str, ...]) -> str:
    marked, marked_planned, unmarked, not_planned, not_arranged, outside = forms
    name, mark, agreed = board.names[place[0]], board.mark(place), board.planned(place)
    known: dict[str, object] = {"name": name, "day": day}
    if agreed:
        known |= {"times": times(agreed), "hours": current().hours(agreed.minutes)}
    if mark:
        return current().fill(
            marked_planned if agreed else marked, mark=mark_words(mark, board.quiet), **known
        )
    if agreed:
        return current().fill(unmarked, **known)
    closed = board.closed(place)
    if closed and board.covered(place):
        return current().fill(not_arranged, reason=why(closed), **known)
    return current().fill(not_planned if board.covered(place) else outside, **known)


def mark_words(mark: AttendedDay, quiet: bool = False) -> str:
    """A mark in words with its hours, reason and certificate; quietly only present or absent."""
    if quiet:
        return _("present") if counts_present(mark.kind) else _("absent")
    name = kind_of(mark.kind).name(current().language)
    if counts_present(mark.kind) and mark.minutes:
        return current().fill(N_("{kind} {hours} h"), kind=name, hours=current().hours(mark.minutes))
    if mark.reason:
        reason = codes("absence_reasons").name(mark.reason, current().language)
        return current().fill(N_("{kind}: {reason}"), kind=name, reason=reason)
    if mark.certificate_seen and is_absence(mark.kind):
        return current().fill(N_("{kind}, certificate seen"), kind=name)
    return name


def kind_words(kind: str) -> str:
    """The name of a kind with a capital, as buttons and the legend show it."""
    return upper(kind_of(kind).name(current().language))


def meaning(kind: str) -> str:
    """What a kind means for benefit, expense allowance and invoice, by the codes: a line for each."""
    more = kind_of(kind).more
    lines = [
        _("The benefit is paid") if more.get("benefit") else _("No benefit for the day"),
        _("Expense allowance is paid") if more.get("allowance") else _("No expense allowance"),
        _("Invoiced unless agreed otherwise")
        if more.get("invoiced")
        else _("Not invoiced unless agreed otherwise"),
    ]
    if days := more.get("certificate_after_days"):
        lines.append(current().fill(N_("Over {days} days need a certificate"), days=days))
    if days := more.get("at_most_days"):
        lines.append(current().fill(N_("At most {days} days"), days=days))
    if kind_of(kind).review:
        lines.append(_("To be confirmed with the payer"))
    return "\n".join(lines)


def upper(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def why(closed: NotHeld) -> str:
    """Why nothing is arranged: the holiday's name, or the reason."""
    return closed.holiday or codes("not_held_reasons").name(closed.reason, current().language)


def times(agreed: AgreedDay) -> str:
    """From when to when: 9–14, or 9.30–14."""
    begins = datetime.combine(date.min, agreed.starts_at)
    return "–".join(_clock(at) for at in (begins, begins + timedelta(minutes=agreed.minutes)))


def _clock(at: datetime) -> str:
    return current().time(at.time()) if at.minute else str(at.hour)


def short(day: date) -> str:
    """A day as the grid says it: ti 15.12."""
    return f"{_weekday(current().language, day.isoweekday())} {current().short_day(day)}"


@cache
def _weekday(language: str, isoweekday: int) -> str:
    return words(language).weekday(date(2024, 1, isoweekday))  # a January that began on a Monday


def caution(board: Board, place: Place, found: DayCaution) -> tuple[str, str]:
    """Whom a caution is about, and what it says."""
    values = dict(found.caution.values)
    values["day"] = short(found.day)
    if "hours" in values:
        values["hours"] = current().number(float(str(values["hours"])), 2)
    return short_name(board.names[place[0]]), current().fill(found.caution.message, **values)


def short_name(name: str) -> str:
    """A name as a chip has room for: Jääskeläinen, K."""
    family, _comma, given = name.partition(", ")
    return f"{family}, {given[:1]}." if given else family
