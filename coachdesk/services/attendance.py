"""Attendance: a coach marks days, tells that a day is not held, and opens the month.

Each act is one transaction with its line in the log; undo is the inverse act, with a line of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coachdesk import i18n
from coachdesk.domain import attendance as rules
from coachdesk.domain.attendance import AttendedDay, DayNotHeld, DayRecorded
from coachdesk.domain.attendance_sheet import AttendanceSheet
from coachdesk.domain.days import months_on
from coachdesk.domain.planned_days import days_of, month_of, whole_weeks
from coachdesk.domain.workshop import Group, Workshop
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import holidays_of
from coachdesk.services.desk import Desk
from coachdesk.store import archive, periods
from coachdesk.store import attendance as store
from coachdesk.store.sheets import attendance as sheets
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One mark to be made; without minutes a present person stays the planned hours."""

    period_id: int
    day: date
    kind: str
    minutes: int | None = None
    reason: str = ""
    certificate_seen: bool = False
    word: str = ""


def record_day(
    desk: Desk,
    period_id: int,
    day: date,
    kind: str,
    minutes: int | None = None,
    reason: str = "",
    certificate_seen: bool = False,
    word: str = "",
) -> DayRecorded:
    """Mark one day of one period, over whatever stands there.

    Raises:
        Refused: the day is outside the period or still to come, or the hours are impossible.
        LookupError: there is no such period.
        Trouble: it could not be written; nothing changed.
    """
    marking = Marking(
        period_id=period_id, day=day, kind=kind, minutes=minutes, reason=reason,
        certificate_seen=certificate_seen, word=word,
    )  # fmt: skip
    return record_many(desk, (marking,))[0]


def record_many(desk: Desk, markings: Iterable[Marking], why: str = "") -> tuple[DayRecorded, ...]:
    """Mark several days in one transaction: all of them or none.

    Raises:
        Refused: as ``record_day``; nothing was marked.
        LookupError: there is no such period.
        Trouble: it could not be written; nothing changed.
    """
    with desk.writing() as unit:
        done = tuple(_record(unit, one, why) for one in markings)
        unit.commit()
    return done


def clear_many(desk: Desk, places: Iterable[tuple[int, date]]) -> tuple[DayRecorded, ...]:
    """Take several marks away in one transaction."""
    with desk.writing() as unit:
        done = []
        for period_id, day in places:
            change = DayRecorded(before=store.place(unit, period_id, day).mark, after=None)
            store.write(unit, change)
            done.append(change)
        unit.commit()
    return tuple(done)


def put_back(desk: Desk, changes: Sequence[DayRecorded], why: str = "undo") -> tuple[DayRecorded, ...]:
    """Undo changes by their inverse acts, last first, in one transaction.

    Raises:
        Refused: a day was changed after them; nothing was put back.
    """
    with desk.writing() as unit:
        done = []
        for change in reversed(changes):
            inverse = change.inverse
            one = change.after or change.before
            if one is not None:
                if store.place(unit, one.period_id, one.day).mark != inverse.before:
                    raise Refused(
                        N_("{day} was changed after this, so it was not put back."), field="day", day=one.day
                    )
                store.write(unit, inverse, why)
            done.append(inverse)
        unit.commit()
    return tuple(done)


def not_held(desk: Desk, workshop_id: int, group_id: int | None, day: date, reason: str) -> DayNotHeld:
    """Tell that a workshop, or one group of it, arranges nothing on a day; marks made stay as they are.

    A day told before gets the new reason.
    """
    with desk.writing() as unit:
        held = store.not_held_of(unit, workshop_id, group_id, day)
        if held:
            done = replace(held, reason=reason)
            store.NOT_HELD.put(unit, done)
        else:
            done = DayNotHeld(workshop_id=workshop_id, group_id=group_id, day=day, reason=reason)
            done = store.NOT_HELD.add(unit, done)
        unit.log(
            "day.not_held",
            subject=_place(workshop_id, group_id, day),
            before={"reason": held.reason} if held else None,
            after={"reason": reason},
        )
        unit.commit()
    return done


def held_after_all(desk: Desk, workshop_id: int, group_id: int | None, day: date) -> DayNotHeld | None:
    """Take back that a day is not held; returns what stood there, or None."""
    with desk.writing() as unit:
        held = store.not_held_of(unit, workshop_id, group_id, day)
        if held:
            store.NOT_HELD.remove(unit, held.id)
            unit.log("day.held", subject=_place(workshop_id, group_id, day), before={"reason": held.reason})
            unit.commit()
    return held


def sheet(
    desk: Desk,
    month: date,
    workshop_id: int | None = None,
    group_id: int | None = None,
    *,
    language: str | None = None,
) -> AttendanceSheet:
    """The month that a day is in, its marks with those of the whole weeks around it; logged as one look.

    ``language`` is that of the holidays' names: the screen's unless given.
    """
    return opened(desk, month, workshop_id, group_id, language=language)[0]


def opened(
    desk: Desk,
    month: date,
    workshop_id: int | None = None,
    group_id: int | None = None,
    *,
    language: str | None = None,
    others: frozenset[int] = frozenset(),
) -> tuple[AttendanceSheet, tuple[Workshop, ...], tuple[Group, ...]]:
    """As ``sheet``, with the workshops and groups to choose from: all that the grid opens with.

    Trainees of the coaches ``others`` are left out.
    """
    days = month_of(month)
    subject = f"month:{days[0]:%Y-%m}:{workshop_id or ''}:{group_id or ''}"
    with desk.writing() as unit:
        found = read_sheet(
            unit,
            days[0],
            days[-1],
            workshop_id=workshop_id,
            group_id=group_id,
            language=language,
            others=others,
        )
        shops, groups = sheets.places(unit)
        unit.log("attendance.open", subject=subject)
        unit.commit()
    return found, shops, groups


def history(desk: Desk, trainee_id: int, months: int = 24) -> AttendanceSheet:
    """The last months of one trainee, to the end of this one or of what is agreed, at most so many.

    The page of the trainee has logged the look.
    """
    with desk.reading() as unit:
        found = periods.of_trainee(unit, trainee_id)
        if not found:
            return AttendanceSheet(days=(), rows=(), holidays={}, not_held={})
        ends = [min(p.ended or p.ends or unit.on, months_on(unit.on, 1)) for p in found]
        last = month_of(max(ends))[-1]
        first = max(min(p.begins for p in found), months_on(last.replace(day=1), 1 - months))
        return read_sheet(unit, first.replace(day=1), last, trainee_id=trainee_id)


def read_sheet(
    unit: Unit,
    first: date,
    last: date,
    *,
    workshop_id: int | None = None,
    group_id: int | None = None,
    trainee_id: int | None = None,
    language: str | None = None,
    others: frozenset[int] = frozenset(),
) -> AttendanceSheet:
    """The sheet of a span in an open unit; whoever opens it logs the look."""
    read = whole_weeks(first, last)
    language = language or i18n.current().language
    rows = sheets.rows(
        unit,
        (first, last),
        read,
        workshop_id=workshop_id,
        group_id=group_id,
        trainee_id=trainee_id,
        others=others,
    )
    return AttendanceSheet(
        days=days_of(first, last),
        rows=rows,
        holidays=holidays_of.between(*read, language),
        not_held=sheets.not_held(unit, *read),
        archived=archive.everybody(unit),
    )


def _record(unit: Unit, one: Marking, why: str = "") -> DayRecorded:
    place = store.place(unit, one.period_id, one.day)
    rules.refuse_outside(place.begins, place.last, one.day)
    rules.refuse_kind(one.kind, one.day, unit.on)
    agreed = place.agreed_minutes
    mark: AttendedDay = rules.marked(
        period_id=one.period_id,
        trainee_id=place.trainee_id,
        day=one.day,
        kind=one.kind,
        planned_minutes=place.usual_minutes if agreed is None else agreed,
        minutes=one.minutes,
        reason=one.reason,
        certificate_seen=one.certificate_seen,
        word=one.word,
    )
    change = DayRecorded(before=place.mark, after=mark, swap=agreed is None)
    store.write(unit, change, why)
    return change


def _place(workshop_id: int, group_id: int | None, day: date) -> str:
    return f"not held:{workshop_id}:{group_id or ''}:{day.isoformat()}"
