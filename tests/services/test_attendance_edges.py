"""Edges of the month and of the two weeks: another payer, two services, summer time, protection."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pypdfium2
import pytest

from coachdesk.domain.appointments import Appointment
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Benefit, Trainee
from coachdesk.services import absences, appointments, attendance, attendance_papers, periods, slips, trainees
from coachdesk.services.desk import Desk

NOVEMBER_30 = date(2026, 11, 30)
SPAN = [date(2026, 11, 30), date(2026, 12, 13)]
SECRETS = ("Salakuja", "65999", "040 999", "salainen@")


@pytest.fixture
def protected(a_trainee: Callable[..., Trainee], desk: Desk) -> Trainee:
    """Somebody whose address nobody may learn."""
    return a_trainee(
        "Aho", "Malli", non_disclosure=True, street_address="Salakuja 9", postal_code="65999",
        post_office="Salala", phone="040 999 9999", email="salainen@malli.example",
    )  # fmt: skip


def begin(desk: Desk, trainee_id: int, begins: date, ends: date | None = None, **more: object) -> Period:
    service = str(more.pop("service", "rehabilitative_work_activity"))
    period = Period(
        trainee_id=trainee_id, workshop_id=1, service_kind=service, begins=begins, ends=ends, **more
    )  # type: ignore[arg-type]
    agreed = [
        AgreedDay(period_id=0, weekday=day, starts_at=time(9), minutes=300, valid_from=begins)
        for day in (1, 2, 3, 4, 5)
    ]
    return periods.add(desk, period, agreed=agreed)


def pays(
    desk: Desk, trainee_id: int, payer: str, begins: date, ends: date | None = None, name: str = ""
) -> None:
    trainees.add_benefit(
        desk,
        Benefit(
            trainee_id=trainee_id, benefit="general_support", payer=payer, payer_name=name, begins=begins,
            ends=ends,
        ),
    )  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_another_payer_within_two_weeks_gets_a_report_of_its_own_days(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee("Aho", "Malli")
    period = begin(desk, person.id, date(2026, 9, 1))
    pays(desk, person.id, "kela", date(2026, 5, 1), date(2026, 12, 6))
    pays(desk, person.id, "unemployment_fund", date(2026, 12, 7), name="Mallikassa")
    for day in (3, 7):
        attendance.record_day(desk, period.id, date(2026, 12, day), "own_illness")

    rows = absences.reports(desk, NOVEMBER_30).rows

    assert [(row.payee.payer, row.payee.begins, row.payee.ends) for row in rows] == [
        ("kela", SPAN[0], date(2026, 12, 6)),
        ("unemployment_fund", date(2026, 12, 7), SPAN[1]),
    ]
    assert [[one.day.day for one in row.told.absences] for row in rows] == [[3], [7]]
    for row, payer, days in ((rows[0], "Kela", ["3.12.2026"]), (rows[1], "Mallikassa", ["7.12.2026"])):
        (pdf,) = attendance_papers.absence_report_pdfs(desk, person.id, row.payee, language="fi")
        told = text_of(pdf)
        assert payer in told
        assert [
            day for day in ("3.12.2026", "7.12.2026") if f" {day}" in told.split("Poissaolot")[-1]
        ] == days
    absences.tell(desk, person.id, rows[0].payee, absences.SENT)
    assert [row.state for row in absences.reports(desk, NOVEMBER_30).rows] == ["sent", ""]


def test_a_period_that_ends_within_the_month_is_planned_and_told_only_to_its_end(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee("Aho", "Malli")
    begin(desk, person.id, date(2026, 9, 1), date(2026, 12, 2))
    pays(desk, person.id, "kela", date(2026, 5, 1))

    sheet = attendance.sheet(desk, date(2026, 12, 1))
    planned = [day.day for day in sheet.days if sheet.planned(sheet.rows[0], day)]
    assert planned == [1, 2]
    (row,) = absences.reports(desk, NOVEMBER_30).rows
    assert [day.day for day in row.told.unmarked] == [30, 1, 2]


def test_two_periods_of_one_month_are_two_lines_each_with_its_days_and_service(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee("Aho", "Malli")
    begin(desk, person.id, date(2026, 9, 1), date(2026, 12, 8))
    begin(desk, person.id, date(2026, 12, 9), service="work_tryout")

    sheet = attendance.sheet(desk, date(2026, 12, 1))
    days = [[day.day for day in sheet.days if sheet.planned(row, day)] for row in sheet.rows]
    assert (days[0][0], days[0][-1], days[1][0]) == (1, 8, 9)
    paper = attendance_papers.month_list(desk, date(2026, 12, 1), language="sv")
    assert [row.name.split("\n")[1] for row in paper.rows] == [
        "arbetsverksamhet i rehabiliteringssyfte", "arbetsprövning",
    ]  # fmt: skip
    assert attendance_papers.month_list_pdf(desk, date(2026, 12, 1), language="sv").startswith(b"%PDF")


@pytest.mark.parametrize("month", [date(2026, 3, 1), date(2026, 10, 1)])
def test_months_in_which_the_clock_is_moved_have_every_day_once(
    desk: Desk, a_trainee: Callable[..., Trainee], month: date
) -> None:
    person = a_trainee("Aho", "Malli")
    period = begin(desk, person.id, date(2026, 1, 7))
    sheet = attendance.sheet(desk, month)
    assert [day.day for day in sheet.days] == list(range(1, 32))
    for day in (date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)):
        attendance.record_day(desk, period.id, day, "present")
    marked = [
        day for row in attendance.sheet(desk, month).rows for day in row.marks if day.month == month.month
    ]
    assert [day.day for day in marked] == ([27, 30] if month.month == 3 else [23, 26])


def test_nobody_in_a_group_or_before_anybody_began_gives_an_empty_month(desk: Desk) -> None:
    assert attendance.sheet(desk, date(2024, 1, 1)).rows == ()
    assert attendance_papers.month_list_pdf(desk, date(2024, 1, 1), language="fi").startswith(b"%PDF")
    assert {one.undone for one in absences.calendar(desk, date(2024, 1, 20))} == {0}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_paper_of_attendance_tells_where_a_protected_person_is_reached(
    desk: Desk, protected: Trainee, language: str
) -> None:
    period = begin(desk, protected.id, date(2026, 9, 1))
    pays(desk, protected.id, "kela", date(2026, 5, 1))
    attendance.record_day(desk, period.id, date(2026, 12, 3), "own_illness")
    kept = appointments.add(
        desk,
        Appointment(trainee_id=protected.id, at=desk.clock.now().replace(hour=13), kind="coaching"),
    )
    row = absences.reports(desk, NOVEMBER_30).rows[0]
    papers = [
        *attendance_papers.absence_report_pdfs(desk, protected.id, row.payee, language=language),
        attendance_papers.month_list_pdf(desk, date(2026, 12, 1), language=language),
        slips.pdf(desk, kept.id),
    ]
    for told in map(text_of, papers):
        assert "Aho" in told
        assert not [secret for secret in SECRETS if secret in told]


def test_the_calendar_counts_each_state_of_its_spans(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    people = [a_trainee(name, "Malli") for name in ("Aho", "Björklund", "Ehrström")]
    for person in people:
        begin(desk, person.id, date(2026, 11, 16))
        pays(desk, person.id, "kela", date(2026, 5, 1))
    rows = absences.reports(desk, NOVEMBER_30).rows
    absences.tell(desk, rows[0].trainee_id, rows[0].payee, absences.MADE)
    absences.tell(desk, rows[1].trainee_id, rows[1].payee, absences.SENT)

    states = absences.calendar(desk, date(2026, 12, 15))

    assert [one.span.begins for one in states[-2:]] == [NOVEMBER_30, date(2026, 12, 14)]
    assert [(one.undone, one.made, one.sent, one.nothing) for one in states[-3:]] == [
        (3, 0, 0, 0), (1, 1, 1, 0), (3, 0, 0, 0),
    ]  # fmt: skip
    assert [one.running for one in states] == [False] * 5 + [True]


def test_what_is_not_sure_is_never_told_as_nothing(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    """Unmarked days, a day not arranged, an unknown payer, two weeks not over: somebody has to look."""
    person = a_trainee("Aho", "Malli")
    begin(desk, person.id, date(2026, 11, 16))
    assert absences.nothing_for_all(desk, absences.reports(desk, NOVEMBER_30).rows) == ()
    pays(desk, person.id, "kela", date(2026, 5, 1))
    (row,) = absences.reports(desk, NOVEMBER_30).rows
    assert not row.sure_of_nothing
    clean = replace(row, told=replace(row.told, unmarked=()))
    assert clean.sure_of_nothing
    assert not replace(clean, over=False).sure_of_nothing


def test_appointments_that_are_over_wait_for_how_they_went(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee("Aho", "Malli")
    now = desk.clock.now()
    early = appointments.add(
        desk, Appointment(trainee_id=person.id, at=now.replace(hour=8, minute=0), minutes=60, kind="coaching")
    )
    appointments.add(
        desk, Appointment(trainee_id=person.id, at=now.replace(hour=9, minute=0), minutes=60, kind="coaching")
    )
    (one,) = appointments.untold(desk)
    assert (one.kind, one.about, one.name, one.days) == ("outcome_untold", early.id, "Malli Aho", 0)
    appointments.tell_outcome(desk, early.id, "held")
    assert appointments.untold(desk) == ()
