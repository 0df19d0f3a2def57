from datetime import date, timedelta

import pytest

from coachdesk.domain.absences import ToldAbsence, certificate_is_missing, payers_of, span_of, told
from coachdesk.domain.attendance import AttendedDay, DayNotHeld
from coachdesk.domain.attendance_limits import of_marks
from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.domain.codes import read
from coachdesk.domain.period import AgreedDay
from coachdesk.domain.planned_days import days_of
from coachdesk.domain.trainee import Benefit

from .test_attendance import agreed

WORK = "rehabilitative_work_activity"
SPAN = span_of(date(2026, 12, 15))


def mark(day: int, kind: str = "present", minutes: int = 300, month: int = 12, **more: object) -> AttendedDay:
    return AttendedDay(
        period_id=1, trainee_id=1, day=date(2026, month, day), kind=kind, minutes=minutes, **more
    )  # type: ignore[arg-type]


def sheet_of(*marks: AttendedDay, week: tuple[int, ...] = (1, 2, 3, 4)) -> AttendanceSheet:
    days: tuple[AgreedDay, ...] = tuple(agreed(day) for day in week)
    row = SheetRow(
        period_id=1, trainee_id=1, name="Aho, Väinö", workshop_id=1, service_kind=WORK,
        begins=date(2026, 11, 2), last=None, agreed=days, marks={one.day: one for one in marks},
    )  # fmt: skip
    pause = date(2026, 12, 21)
    return AttendanceSheet(
        days=days_of(SPAN.begins, SPAN.ends),
        rows=(row,),
        holidays={date(2026, 12, 24): "Jouluaatto"},
        not_held={pause: (DayNotHeld(workshop_id=1, day=pause, reason="pause"),)},
    )


def test_spans_are_two_weeks_from_a_monday_without_a_gap() -> None:
    day, span = date(2023, 1, 1), span_of(date(2023, 1, 1))
    while day < date(2033, 1, 1):
        assert span.begins.weekday() == 0
        assert span.ends - span.begins == timedelta(days=13)
        assert span_of(span.ends) == span
        assert span.next.begins == span.ends + timedelta(days=1)
        assert span.next.former == span
        day, span = span.next.begins, span.next


def test_the_span_of_today() -> None:
    assert (SPAN.begins, SPAN.ends) == (date(2026, 12, 14), date(2026, 12, 27))


def benefit(payer: str, begins: date, ends: date | None = None, name: str = "") -> Benefit:
    return Benefit(trainee_id=1, benefit="x", payer=payer, payer_name=name, begins=begins, ends=ends)


def test_each_payer_is_told_of_its_own_days() -> None:
    found = payers_of(
        [
            benefit("unemployment_fund", date(2026, 1, 1), date(2026, 12, 16), "Mallikassa"),
            benefit("kela", date(2026, 12, 17)),
        ],
        SPAN,
    )
    assert [(p.payer, p.begins.day, p.ends.day) for p in found] == [
        ("unemployment_fund", 14, 16),
        ("kela", 17, 27),
    ]


def test_a_payer_that_takes_no_report_is_not_told() -> None:
    assert payers_of([benefit("none", date(2026, 1, 1))], SPAN) == ()


def test_an_unknown_payer_is_shown_to_be_found_out() -> None:
    assert [p.payer for p in payers_of([], SPAN)] == [""]


def test_absences_are_told_with_kind_and_certificate_and_days_not_arranged_apart() -> None:
    found = told_of(
        mark(14, "own_illness", certificate_seen=True), mark(15, "interview"), mark(16, "present"),
        mark(22, "not_arranged"), mark(23, "remote"),
    )  # fmt: skip
    assert [(one.day.day, one.kind, one.certificate) for one in found.absences] == [
        (14, "own_illness", True),
        (15, "interview", None),
    ]
    assert [(one.day.day, one.why.reason, one.why.holiday) for one in found.not_arranged] == [
        (21, "pause", ""),
        (22, "", ""),
        (24, "", "Jouluaatto"),
    ]


def told_of(*marks: AttendedDay, on: date = SPAN.ends):  # type: ignore[no-untyped-def]
    sheet = sheet_of(*marks)
    return told(sheet, sheet.rows, SPAN.begins, SPAN.ends, on)


def test_only_a_planned_day_that_has_come_is_unmarked() -> None:
    assert [day.day for day in told_of(mark(14), on=date(2026, 12, 16)).unmarked] == [15, 16]


def test_a_long_illness_asks_for_a_certificate() -> None:
    def ill(*days: int, seen: bool = False) -> list[ToldAbsence]:
        return [
            ToldAbsence(day=date(2026, 12, day), kind="own_illness", certificate=seen and day == days[-1])
            for day in days
        ]

    assert not certificate_is_missing(ill(14, 15, 16))
    assert certificate_is_missing(ill(14, 15, 16, 17))
    assert not certificate_is_missing(ill(14, 15, 16, 17, seen=True))
    assert not certificate_is_missing([*ill(1), *ill(15)])


@pytest.mark.parametrize(("minutes", "keys"), [
    (180, ["minutes_per_day_min"]), (240, []), (480, []), (510, ["minutes_per_day_max"]), (0, []),
])  # fmt: skip
def test_hours_of_a_day_warn_below_four_and_above_eight(minutes: int, keys: list[str]) -> None:
    one = mark(8, minutes=minutes)
    assert [c.caution.key for c in of_marks(WORK, {one.day: one}, [one.day])] == keys


def test_the_fifth_day_of_a_week_warns_on_that_day() -> None:
    marks = {one.day: one for one in (mark(d) for d in (7, 8, 9, 10, 11))}
    found = of_marks(WORK, marks, days_of(date(2026, 12, 1), date(2026, 12, 31)))
    assert [(c.day.day, c.caution.key) for c in found] == [(11, "days_per_week_max")]
    assert found[0].caution.values["week"] == 50


def test_absences_are_no_attended_days_of_the_week() -> None:
    marks = {one.day: one for one in (mark(7), mark(8), mark(9), mark(10), mark(11, "own_illness"))}
    assert of_marks(WORK, marks, list(marks)) == ()


def test_a_service_without_limits_of_law_warns_of_nothing() -> None:
    one = mark(8, minutes=60)
    assert of_marks("work_tryout", {one.day: one}, [one.day]) == ()


def test_a_length_changed_by_the_payer_begins_on_its_day_and_cuts_the_span_before() -> None:
    table = {
        "source": "made up",
        "code": [
            {"key": "absence_report", "fi": "a", "sv": "b", "valid_to": date(2026, 12, 31), "value": 14}
            | {"counted_from": date(2024, 1, 1)},
            {"key": "absence_report", "fi": "a", "sv": "b", "valid_from": date(2027, 1, 1), "value": 7}
            | {"counted_from": date(2027, 1, 4)},
        ],
    }
    given = read("deadlines", table)

    before, between, after = (
        span_of(day, given) for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4))
    )

    assert (before.begins, before.ends) == (date(2026, 12, 28), date(2026, 12, 31))
    assert (between.begins, between.ends) == (date(2027, 1, 1), date(2027, 1, 3))
    assert (after.begins, after.ends) == (date(2027, 1, 4), date(2027, 1, 10))
