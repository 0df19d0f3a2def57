from datetime import date, time

import pytest

from coachdesk.domain.attendance import (
    AttendedDay,
    DayNotHeld,
    DayRecorded,
    counts_present,
    is_absence,
    keys_of_kinds,
    letter_of,
    marked,
    refuse_kind,
    refuse_outside,
    with_minutes,
)
from coachdesk.domain.attendance_sheet import AttendanceSheet, SheetRow
from coachdesk.domain.codes import codes
from coachdesk.domain.period import AgreedDay, Period, planned
from coachdesk.domain.planned_days import month_of, not_held_on, whole_weeks
from coachdesk.errors import Refused

TODAY = date(2026, 12, 15)
PERIOD = Period(
    id=1, trainee_id=1, workshop_id=1, service_kind="rehabilitative_work_activity",
    begins=date(2026, 11, 2), ends=date(2027, 4, 30),
)  # fmt: skip


def agreed(
    weekday: int, hours: float = 5, begins: date = PERIOD.begins, ends: date | None = None
) -> AgreedDay:
    return AgreedDay(
        period_id=1,
        weekday=weekday,
        starts_at=time(9),
        minutes=int(hours * 60),
        valid_from=begins,
        valid_to=ends,
    )


def test_no_letter_maps_to_two_kinds() -> None:
    seen: dict[str, str] = {}
    for code in codes("attendance_kinds"):
        for letter in {code.more["letter_fi"], code.more["letter_sv"], code.more["digit"]}:
            assert seen.setdefault(letter, code.key) == code.key
    assert len(keys_of_kinds()) == 9 + 8 + 10


def test_letters_of_both_languages_and_digits_name_the_same_kind() -> None:
    keys = keys_of_kinds()
    assert [keys[key] for key in ["l", "n", "1"]] == ["present"] * 3
    assert [keys[key] for key in ["e", "d", "8"]] == ["remote"] * 3
    assert [keys[key] for key in ["v", "u", "9"]] == ["agreed_off"] * 3
    assert (letter_of("childs_illness", "fi"), letter_of("childs_illness", "sv")) == ("P", "B")
    assert letter_of("not_arranged", "fi") == "–"


def test_each_kind_says_what_it_means_for_the_payer() -> None:
    for code in codes("attendance_kinds"):
        for name in ("attended", "planned", "absence", "benefit", "allowance", "invoiced", "future"):
            assert isinstance(code.more[name], bool), (code.key, name)
        assert code.more["attended"] is (code.more["planned"] and not code.more["absence"])
    assert counts_present("remote")
    assert not is_absence("not_arranged")
    assert {c.key for c in codes("attendance_kinds") if c.review} == {"remote", "agreed_off"}


@pytest.mark.parametrize("title", ["absence_reasons", "not_held_reasons"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_reasons_are_chosen_by_their_first_letter(title: str, language: str) -> None:
    letters = [code.name(language)[0].casefold() for code in codes(title)]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 5, 1)])
def test_day_outside_period_is_refused(day: date) -> None:
    with pytest.raises(Refused, match="outside the period"):
        refuse_outside(PERIOD.begins, PERIOD.ends, day)


@pytest.mark.parametrize("kind", ["present", "own_illness", "remote", "unnotified"])
def test_day_still_to_come_is_refused(kind: str) -> None:
    with pytest.raises(Refused, match="still to come"):
        refuse_kind(kind, date(2026, 12, 16), TODAY)


@pytest.mark.parametrize("kind", ["agreed_off", "not_arranged"])
def test_what_can_be_agreed_beforehand_is_marked_beforehand(kind: str) -> None:
    refuse_kind(kind, date(2026, 12, 16), TODAY)


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="no attendance kind"):
        refuse_kind("asleep", TODAY, TODAY)


def mark(kind: str, **more: object) -> AttendedDay:
    return marked(period_id=1, trainee_id=1, day=TODAY, kind=kind, planned_minutes=300, **more)  # type: ignore[arg-type]


def test_a_present_person_stays_the_planned_hours() -> None:
    assert mark("present").minutes == 300
    assert mark("remote", minutes=120).minutes == 120


def test_an_absence_has_no_hours_and_only_other_has_a_reason() -> None:
    assert mark("own_illness", minutes=120, certificate_seen=True, reason="family") == AttendedDay(
        period_id=1, day=TODAY, trainee_id=1, kind="own_illness", certificate_seen=True
    )
    assert mark("other", reason="family").reason == "family"
    assert not mark("present", certificate_seen=True).certificate_seen


def test_impossible_hours_are_refused() -> None:
    with pytest.raises(Refused, match="between 0 and 24"):
        mark("present", minutes=25 * 60)


def test_hours_never_go_below_none() -> None:
    assert with_minutes(mark("present"), -30).minutes == 0
    assert with_minutes(mark("own_illness"), 60).minutes == 0


def test_undoing_twice_is_the_same_change() -> None:
    change = DayRecorded(before=None, after=mark("present"))
    assert change.inverse == DayRecorded(before=change.after, after=None)
    assert change.inverse.inverse == change


def test_agreed_weekdays_may_change_within_the_period() -> None:
    days = [agreed(2, 4, ends=date(2026, 12, 7)), agreed(2, 6, begins=date(2026, 12, 8))]
    assert planned(days, date(2026, 12, 1)) == days[0]
    assert planned(days, date(2026, 12, 8)) == days[1]
    assert planned(days, date(2026, 12, 9)) is None


def test_month_and_its_whole_weeks() -> None:
    days = month_of(TODAY)
    assert (days[0], days[-1], len(days)) == (date(2026, 12, 1), date(2026, 12, 31), 31)
    assert whole_weeks(days[0], days[-1]) == (date(2026, 11, 30), date(2027, 1, 3))


def test_a_group_may_have_a_day_off_of_its_own() -> None:
    told = {TODAY: [DayNotHeld(workshop_id=1, group_id=7, day=TODAY, reason="trip")]}
    assert not_held_on(TODAY, 1, 7, told, {}) is not None
    assert not_held_on(TODAY, 1, 8, told, {}) is None
    assert not_held_on(TODAY, 2, 7, told, {}) is None


def sheet_of(*marks: AttendedDay, weekdays: tuple[int, ...] = (2, 4)) -> AttendanceSheet:
    row = SheetRow(
        period_id=1, trainee_id=1, name="Aho, Väinö", workshop_id=1, service_kind=PERIOD.service_kind,
        begins=PERIOD.begins, last=PERIOD.ends, agreed=tuple(agreed(day) for day in weekdays),
        marks={one.day: one for one in marks},
    )  # fmt: skip
    return AttendanceSheet(
        days=month_of(TODAY),
        rows=(row,),
        holidays={date(2026, 12, 24): "Jouluaatto"},
        not_held={date(2026, 12, 29): (DayNotHeld(workshop_id=1, day=date(2026, 12, 29), reason="pause"),)},
    )


def test_planned_days_leave_out_holidays_and_days_not_held() -> None:
    sheet = sheet_of()
    found = [day.day for day in sheet.days if sheet.planned(sheet.rows[0], day)]
    assert found == [1, 3, 8, 10, 15, 17, 22, 31]
    closed = sheet.closed(sheet.rows[0], date(2026, 12, 24))
    assert closed is not None
    assert closed.holiday == "Jouluaatto"


def test_a_person_in_two_services_counts_once() -> None:
    sheet = sheet_of(mark("present"))
    twice = AttendanceSheet(
        days=sheet.days, rows=(*sheet.rows, *sheet.rows), holidays={}, not_held=sheet.not_held
    )
    assert twice.trainees == 1
