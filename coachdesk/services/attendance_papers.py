"""What the two papers of attendance need: the month list for signature and the absence report."""

from collections.abc import Iterable, Sequence
from datetime import date

from coachdesk.domain import absences as rules
from coachdesk.domain.absences import Payee, Told, span_of
from coachdesk.domain.attendance import AttendedDay, counts_present, is_absence, kind_of, letter_of
from coachdesk.domain.attendance_papers import (
    AbsenceReportPaper,
    AbsentDay,
    DayNotArranged,
    MonthDay,
    MonthListPaper,
    MonthRow,
)
from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.domain.codes import codes
from coachdesk.domain.papers import Both
from coachdesk.domain.planned_days import NotHeld, month_of
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import holidays_of
from coachdesk.services.absences import GROUND, by_person
from coachdesk.services.attendance import read_sheet
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import both, named, sender
from coachdesk.store import periods, trainees, workshops
from coachdesk.store.unit import Unit


def month_list(
    desk: Desk,
    month: date,
    workshop_id: int | None = None,
    group_id: int | None = None,
    *,
    language: str = "fi",
) -> MonthListPaper:
    """The month of a workshop or a group for signature; the reason of an absence is never on it."""
    days = month_of(month)
    with desk.writing() as unit:
        sheet = read_sheet(
            unit, days[0], days[-1], workshop_id=workshop_id, group_id=group_id, language=language
        )
        group = workshops.GROUPS.get(unit, group_id).name if group_id else _shops(unit, sheet, language)
        workshop, coach = sender(_workshop(unit, workshop_id)), _coach(unit)
        unit.log("attendance.print", subject=f"month:{days[0]:%Y-%m}:{workshop_id or ''}:{group_id or ''}")
        unit.commit()
    return MonthListPaper(
        on=unit.on,
        workshop=workshop,
        group=group,
        month=days[0],
        present=letter_of("present", language),
        days=tuple(_month_day(sheet, day, language) for day in days),
        rows=tuple(_month_row(sheet, row, language) for row in sheet.rows),
        coach=coach.name,
    )


def absence_reports(
    desk: Desk, trainee_id: int, payee: Payee, *, language: str = ""
) -> tuple[AbsenceReportPaper, ...]:
    """A person's reports of a span to one payer: one for each service that has something to tell.

    Logged with its ground, since the payer is told by law.  ``language`` chooses the words of holidays:
    the trainee's unless given.
    """
    span = span_of(payee.begins)
    with desk.writing() as unit:
        person = trainees.TRAINEES.get(unit, trainee_id)
        language = language or person.service_language
        sheet = read_sheet(unit, span.begins, span.ends, trainee_id=trainee_id, language=language)
        found = []
        for row in by_person(sheet).get(trainee_id, ()):
            told = rules.told(sheet, (row,), payee.begins, payee.ends, unit.on)
            if told.absences or told.not_arranged:
                found.append(_report(unit, person, row, payee, told))
        subject = f"absence report:{payee.payer}:{payee.begins.isoformat()}"
        unit.log("absence_report.print", trainee_id=trainee_id, subject=subject, why=GROUND)
        unit.commit()
    return tuple(found)


def _report(unit: Unit, person: Trainee, row: SheetRow, payee: Payee, told: Told) -> AbsenceReportPaper:
    coach, period = _coach(unit), periods.PERIODS.get(unit, row.period_id)
    return AbsenceReportPaper(
        on=unit.on,
        workshop=sender(_workshop(unit, row.workshop_id)),
        payer=_payer(payee),
        trainee=person.spoken_name,
        personal_identity_code=person.personal_identity_code,
        service=both(codes("service_kinds").at(row.service_kind, payee.begins)),
        service_begins=period.begins,
        service_ends=period.ended or period.ends,
        begins=payee.begins,
        ends=payee.ends,
        absences=_absent(told),
        not_arranged=_closed(told),
        signer=coach.name,
        signer_title=coach.title,
    )


def month_list_pdf(
    desk: Desk,
    month: date,
    workshop_id: int | None = None,
    group_id: int | None = None,
    *,
    language: str = "fi",
) -> bytes:
    """The month list as a PDF, ready to preview, print or save."""
    from coachdesk.printing.attendance import draw_month_list  # ReportLab is slow to import

    paper = month_list(desk, month, workshop_id, group_id, language=language)
    return draw_month_list(paper, language)


def absence_report_pdfs(
    desk: Desk, trainee_id: int, payee: Payee, *, language: str = ""
) -> tuple[bytes, ...]:
    """A person's reports of a span as PDFs in the trainee's language, one for each service.

    Raises:
        Refused: there is nothing to report.
    """
    from coachdesk.printing.absence import draw_absence_report  # ReportLab is slow to import

    language = language or service_language(desk, trainee_id)
    papers = absence_reports(desk, trainee_id, payee, language=language)
    if not papers:
        raise Refused(N_("There is nothing to report for these two weeks."))
    return tuple(draw_absence_report(paper, language) for paper in papers)


def service_language(desk: Desk, trainee_id: int) -> str:
    """The language of a trainee's papers."""
    with desk.reading() as unit:
        return trainees.TRAINEES.get(unit, trainee_id).service_language


def _shops(unit: Unit, sheet: AttendanceSheet, language: str) -> str:
    """The workshops on a list of several; one alone stands in the letterhead."""
    on_it = {row.workshop_id for row in sheet.rows}
    names = [one.name(language) for one in workshops.WORKSHOPS.find(unit) if one.id in on_it]
    return ", ".join(names) if len(names) > 1 else ""


def _month_day(sheet: AttendanceSheet, day: date, language: str) -> MonthDay:
    whys = {sheet.closed(row, day) for row in sheet.rows}
    only = next(iter(whys)) if len(whys) == 1 else None
    reason = codes("not_held_reasons").name(only.reason, language) if only and only.reason else ""
    return MonthDay(day=day, holiday=sheet.holidays.get(day, ""), not_held=reason)


def _month_row(sheet: AttendanceSheet, row: SheetRow, language: str) -> MonthRow:
    twice = sum(one.trainee_id == row.trainee_id for one in sheet.rows) > 1
    service = f"\n{codes('service_kinds').name(row.service_kind, language)}" if twice else ""
    shown = set(sheet.days)
    minutes = sum(m.minutes for m in row.marks.values() if m.day in shown)
    marks = tuple(_public_mark(sheet, row, day, row.marks.get(day)) for day in sheet.days)
    return MonthRow(name=f"{row.name}{service}", marks=marks, minutes=minutes)


def _public_mark(sheet: AttendanceSheet, row: SheetRow, day: date, mark: AttendedDay | None) -> str:
    if mark is not None:
        if counts_present(mark.kind):
            return "present"
        return "absent" if is_absence(mark.kind) else "not_arranged"
    if row.agreed_on(day):
        return "not_arranged" if sheet.closed(row, day) else "planned"
    return ""


def _absent(told: Told) -> tuple[AbsentDay, ...]:
    return tuple(
        AbsentDay(day=one.day, kind=both(kind_of(one.kind)), certificate=one.certificate)
        for one in told.absences
    )


def _closed(told: Told) -> tuple[DayNotArranged, ...]:
    return tuple(DayNotArranged(day=one.day, reason=_why(one.day, one.why)) for one in told.not_arranged)


def _why(day: date, why: NotHeld) -> Both:
    if why.reason:
        return both(codes("not_held_reasons")[why.reason])
    if why.holiday:
        names = [holidays_of.of_year(day.year, language).get(day, "") for language in ("fi", "sv", "en")]
        return Both(*names)
    return both(kind_of("not_arranged"))


def _payer(payee: Payee) -> Both:
    if payee.payer_name:
        return Both(payee.payer_name, payee.payer_name, payee.payer_name)
    return named("payers", payee.payer)


def _workshop(unit: Unit, workshop_id: int | None) -> Workshop:
    """The workshop asked for, else the desk's first."""
    found: Sequence[Workshop] = workshops.WORKSHOPS.find(unit)
    return next((one for one in found if one.id == workshop_id), found[0])


def _coach(unit: Unit) -> Coach:
    found: Iterable[Coach] = workshops.COACHES.find(unit)
    return next((c for c in found if c.id == unit.coach_id), Coach(name=""))
