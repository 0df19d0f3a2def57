"""Absence report (ilmoitus poissaolosta, anmälan om frånvaro): what the payer of a benefit is told.

It goes for each person to the payer of that time, at least every two weeks (Kela: ilmoita
poissaoloista).  A day on which the service was not arranged is no absence and is told apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.domain.attendance import AttendedDay, asks_certificate, is_absence, kind_of
from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.domain.codes import CodeList, codes
from coachdesk.domain.planned_days import NotHeld
from coachdesk.domain.trainee import Benefit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that one report tells of: two weeks, from a Monday to a Sunday, without a break.

    Their length and first day stand in deadlines.toml.  Counted so and not by even week numbers, since a
    year of 53 weeks would leave a week over.
    """

    begins: date
    ends: date

    @property
    def next(self) -> "Span":
        """The two weeks after these."""
        return span_of(self.ends + _DAY)

    @property
    def former(self) -> "Span":
        """The two weeks before these."""
        return span_of(self.begins - _DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAbsence:
    """A day of absence as the payer is told of it; ``certificate`` is None where none is asked."""

    day: date
    kind: str
    certificate: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNotArranged:
    """An agreed day on which the service was not arranged, and why."""

    day: date
    why: NotHeld


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one payer is told of one person: absences, days not arranged, and what is not marked yet."""

    absences: tuple[ToldAbsence, ...] = ()
    not_arranged: tuple[ToldNotArranged, ...] = ()
    unmarked: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """A payer of the benefit and the days of a span that it pays; an unknown payer has no code."""

    payer: str
    payer_name: str
    begins: date
    ends: date


def span_of(day: date, given: CodeList | None = None) -> Span:
    """The two weeks that a day is in, by the length in force then; a changed length cuts the span before."""
    rule = (given or codes("deadlines")).at("absence_report", day)
    first, length = rule.more["counted_from"], timedelta(days=rule.more["value"])
    begins = first + (day - first) // length * length
    ends = begins + length - _DAY
    return Span(begins=max(begins, rule.valid_from), ends=min(ends, rule.valid_to))


def payers_of(benefits: Iterable[Benefit], span: Span) -> tuple[Payee, ...]:
    """Whom the absences of a span are told: the payer of each day, days without a known payer apart.

    A payer that takes no absence reports is left out.
    """
    benefits = tuple(benefits)
    found: list[Payee] = []
    day = span.begins
    while day <= span.ends:
        benefit = max((b for b in benefits if _covers(b, day)), key=lambda b: (b.begins, b.id), default=None)
        payer, name = (benefit.payer, benefit.payer_name) if benefit else ("", "")
        last = found[-1] if found else None
        if last and (last.payer, last.payer_name) == (payer, name):
            found[-1] = Payee(payer=payer, payer_name=name, begins=last.begins, ends=day)
        else:
            found.append(Payee(payer=payer, payer_name=name, begins=day, ends=day))
        day += timedelta(days=1)
    return tuple(one for one in found if _is_told(one.payer))


def told(sheet: AttendanceSheet, rows: Sequence[SheetRow], begins: date, ends: date, on: date) -> Told:
    """What is told of one person's rows between two days; a day before ``on`` without a mark is unmarked."""
    absences: dict[date, ToldAbsence] = {}
    closed: dict[date, ToldNotArranged] = {}
    unmarked: set[date] = set()
    for row in rows:
        for day in sheet.days:
            if not begins <= day <= ends:
                continue
            mark = row.marks.get(day)
            if mark is not None:
                _tell(mark, absences, closed)
            elif row.agreed_on(day):
                why = sheet.closed(row, day)
                if why:
                    closed[day] = ToldNotArranged(day=day, why=why)
                elif day <= on:
                    unmarked.add(day)
    return Told(
        absences=tuple(absences[day] for day in sorted(absences)),
        not_arranged=tuple(closed[day] for day in sorted(closed) if day not in absences),
        unmarked=tuple(sorted(unmarked)),
    )


def _tell(mark: AttendedDay, absences: dict[date, ToldAbsence], closed: dict[date, ToldNotArranged]) -> None:
    if is_absence(mark.kind):
        seen = mark.certificate_seen if asks_certificate(mark.kind) else None
        absences[mark.day] = ToldAbsence(day=mark.day, kind=mark.kind, certificate=seen)
    elif mark.kind == "not_arranged":
        closed[mark.day] = ToldNotArranged(day=mark.day, why=NotHeld(reason=mark.reason))


def certificate_is_missing(absences: Iterable[ToldAbsence], kind: str = "own_illness") -> bool:
    """Whether an illness has lasted longer than the benefit is paid without a certificate.

    Calendar days from the first to the last absence of the kind are counted, as long as no other day
    lies more than a weekend between them.
    """
    limit = kind_of(kind).more.get("certificate_after_days")
    if limit is None:
        return False
    run: list[ToldAbsence] = []
    for one in (one for one in absences if one.kind == kind):
        if run and (one.day - run[-1].day).days > 4:
            run = []
        run.append(one)
        lasted = (run[-1].day - run[0].day).days + 1
        if lasted > int(limit) and not any(told.certificate for told in run):
            return True
    return False


def _covers(benefit: Benefit, day: date) -> bool:
    return benefit.begins <= day and (benefit.ends is None or day <= benefit.ends)


def _is_told(payer: str) -> bool:
    return not payer or bool(codes("payers")[payer].more.get("absence_report"))
