"""Absence reports: every two weeks each payer is told of each person's absences, or of none.

What is told to the payer is a statutory disclosure: it needs no consent, is kept apart from the
summaries of the region, and its line in the log names its ground.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coachdesk.clock import HELSINKI
from coachdesk.domain import absences as rules
from coachdesk.domain.absences import Payee, Span, Told, span_of
from coachdesk.domain.attendance import AbsenceReport
from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.attendance import read_sheet
from coachdesk.services.desk import Desk
from coachdesk.store import attendance as store
from coachdesk.store.sheets import attendance as sheets
from coachdesk.store.unit import Unit

MADE, SENT, NOTHING = "made", "sent", "nothing"
GROUND = N_("statutory: absence told to the payer of the benefit")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """One person and one payer in a span: what would be told, and what was done about it."""

    trainee_id: int
    name: str
    payee: Payee
    told: Told
    report: AbsenceReport | None = None
    over: bool = True  # the payer's days of the span are behind us

    @property
    def state(self) -> str:
        """made, sent, nothing, or empty: still to be done."""
        return self.report.state if self.report else ""

    @property
    def sure_of_nothing(self) -> bool:
        """Whether every planned day is marked and none is to be told, so that nobody need look at it."""
        told = self.told.absences or self.told.not_arranged or self.told.unmarked
        return bool(self.payee.payer) and not self.state and not told and self.over


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSheet:
    """The reports of two weeks, in the order of names."""

    span: Span
    rows: tuple[DueReport, ...]

    @property
    def undone(self) -> int:
        """How many are still to be made, sent or told to be nothing."""
        return sum(row.state in ("", MADE) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanState:
    """One span of the calendar: how many reports are to be made, are made, sent, or told to be nothing."""

    span: Span
    undone: int
    made: int
    sent: int
    nothing: int
    running: bool = False  # its last day is today or still to come


def calendar(desk: Desk, last: date, spans: int = 6) -> tuple[SpanState, ...]:
    """The spans up to the one that a day is in, the oldest first; counts only, so no look is logged."""
    shown = [span_of(last)]
    while len(shown) < spans:
        shown.insert(0, shown[0].former)
    with desk.reading() as unit:
        sheet = read_sheet(unit, shown[0].begins, shown[-1].ends)
        return tuple(_state_of(span, _due(unit, sheet, span), unit.on) for span in shown)


def _state_of(span: Span, rows: Iterable[DueReport], on: date) -> SpanState:
    of = Counter(row.state for row in rows)
    return SpanState(
        span=span,
        undone=of[""],
        made=of[MADE],
        sent=of[SENT],
        nothing=of[NOTHING],
        running=span.ends >= on,
    )


def reports(desk: Desk, day: date) -> SpanSheet:
    """The reports of the two weeks that a day is in; logged as one look."""
    span = span_of(day)
    with desk.writing() as unit:
        rows = due(unit, span)
        unit.log("absence_reports.open", subject=f"span:{span.begins.isoformat()}")
        unit.commit()
    return SpanSheet(span=span, rows=rows)


def due(unit: Unit, span: Span) -> tuple[DueReport, ...]:
    """Whom the span's absences are told of and to, in an open unit."""
    return _due(unit, read_sheet(unit, span.begins, span.ends), span)


def _due(unit: Unit, sheet: AttendanceSheet, span: Span) -> tuple[DueReport, ...]:
    of_person = by_person(sheet)
    benefits = sheets.benefits(unit, list(of_person))
    done = _done(store.reports_between(unit, span.begins, span.ends))
    found = []
    for trainee_id, rows in of_person.items():
        for payee in rules.payers_of(benefits.get(trainee_id, ()), span):
            if not any(_meets(row, payee) for row in rows):
                continue
            told = rules.told(sheet, rows, payee.begins, payee.ends, unit.on)
            report = done.get((trainee_id, payee.payer, payee.begins))
            found.append(
                DueReport(
                    trainee_id=trainee_id,
                    name=rows[0].name,
                    payee=payee,
                    told=told,
                    report=report,
                    over=payee.ends < unit.on,
                )
            )
    return tuple(found)


def nothing_for_all(desk: Desk, rows: Iterable[DueReport]) -> tuple[DueReport, ...]:
    """Record that there is nothing to report of everybody of whom that is sure; returns who they are."""
    sure = tuple(row for row in rows if row.sure_of_nothing)
    with desk.writing() as unit:
        for row in sure:
            _tell(unit, row.trainee_id, row.payee, NOTHING)
        unit.commit()
    return sure


def untell_all(desk: Desk, rows: Iterable[DueReport]) -> None:
    """Undo ``nothing_for_all``."""
    with desk.writing() as unit:
        for row in rows:
            _untell(unit, row.trainee_id, row.payee, None)
        unit.commit()


def tell(desk: Desk, trainee_id: int, payee: Payee, state: str) -> AbsenceReport | None:
    """Record that a report was made, sent, or that there was nothing to report; returns what stood there.

    Raises:
        Refused: it was sent already, which cannot be taken back, or there is no payer to tell.
    """
    if not payee.payer:
        raise Refused(N_("Record first who pays the benefit."), field="payer")
    with desk.writing() as unit:
        before = _tell(unit, trainee_id, payee, state)
        unit.commit()
    return before


def _tell(unit: Unit, trainee_id: int, payee: Payee, state: str) -> AbsenceReport | None:
    before = store.report(unit, trainee_id, payee.payer, payee.begins)
    _refuse_sent(before)
    after = AbsenceReport(
        id=before.id if before else 0,
        trainee_id=trainee_id,
        payer=payee.payer,
        begins=payee.begins,
        ends=payee.ends,
        state=state,
        at=unit.at,
    )
    if before:
        store.REPORTS.put(unit, after)
    else:
        store.REPORTS.add(unit, after)
    _log(unit, f"absence_report.{state}", after, before)
    return before


def untell(desk: Desk, trainee_id: int, payee: Payee, former: AbsenceReport | None) -> None:
    """Undo ``tell``: put back what stood there.

    Raises:
        Refused: it was sent, which cannot be taken back.
    """
    with desk.writing() as unit:
        _untell(unit, trainee_id, payee, former)
        unit.commit()


def _untell(unit: Unit, trainee_id: int, payee: Payee, former: AbsenceReport | None) -> None:
    now = store.report(unit, trainee_id, payee.payer, payee.begins)
    _refuse_sent(now)
    if now is not None and former is not None:
        store.REPORTS.put(unit, replace(former, id=now.id))
    elif now is not None:
        store.REPORTS.remove(unit, now.id)
    if now is not None:
        _log(unit, "absence_report.undo", now, now, why="undo")


def by_person(sheet: AttendanceSheet) -> Mapping[int, Sequence[SheetRow]]:
    """The rows of each person, in the order of names."""
    found: dict[int, list[SheetRow]] = defaultdict(list)
    for row in sheet.rows:
        found[row.trainee_id].append(row)
    return found


def _meets(row: SheetRow, payee: Payee) -> bool:
    return row.begins <= payee.ends and (row.last is None or row.last >= payee.begins)


def _done(reports: Iterable[AbsenceReport]) -> dict[tuple[int, str, date], AbsenceReport]:
    return {(one.trainee_id, one.payer, one.begins): one for one in reports}


def _refuse_sent(report: AbsenceReport | None) -> None:
    if report is not None and report.state == SENT:
        day = report.at.astimezone(HELSINKI).date()
        raise Refused(N_("The report was sent on {day}. What was sent cannot be taken back."), day=day)


def _log(unit: Unit, act: str, report: AbsenceReport, before: AbsenceReport | None, why: str = "") -> None:
    unit.log(
        act,
        trainee_id=report.trainee_id,
        subject=f"absence report:{report.payer}:{report.begins.isoformat()}",
        before={"state": before.state} if before else None,
        after={"state": report.state},
        why=why or (GROUND if report.state == SENT else ""),
    )
