from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import attendance
from coachdesk.services.attendance import Marking
from coachdesk.services.desk import Desk
from coachdesk.store import tables
from coachdesk.store.rows import Rows

TODAY = date(2026, 12, 15)
DECEMBER = date(2026, 12, 1)


def person(
    desk: Desk, family: str, weekdays: tuple[int, ...] = (1, 2, 3, 4), *, begins: date = date(2026, 11, 2)
) -> int:
    """A trainee with a running period; returns the period's id."""
    with desk.writing() as unit:
        who = Rows(tables.trainee, Trainee).add(
            unit, Trainee(family_name=family, given_names="Malli"), name_sort=family.casefold()
        )
        period = Rows(tables.period, Period).add(
            unit,
            Period(
                trainee_id=who.id, workshop_id=1, service_kind="rehabilitative_work_activity", begins=begins,
                ends=date(2027, 4, 30),
            ),
        )  # fmt: skip
        for weekday in weekdays:
            Rows(tables.agreed_day, AgreedDay).add(
                unit,
                AgreedDay(
                    period_id=period.id, weekday=weekday, starts_at=time(9), minutes=300, valid_from=begins
                ),
            )
        unit.commit()
    return period.id


def acts(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return [row.act for row in unit.connection.execute(tables.log.select().order_by(tables.log.c.seq))]


def test_a_marked_day_is_there_when_the_desk_is_opened_again(
    desk: Desk, desk_folder: Path, reopen: Callable[..., Desk]
) -> None:
    period = person(desk, "Aho")
    done = attendance.record_day(desk, period, TODAY, "present")
    desk.close()

    again = attendance.sheet(reopen(desk_folder), DECEMBER)

    assert done.before is None
    assert again.rows[0].marks[TODAY] == done.after
    assert done.after is not None
    assert (done.after.kind, done.after.minutes) == ("present", 300)


def test_marking_anew_replaces_and_tells_what_stood_there(desk: Desk) -> None:
    period = person(desk, "Aho")
    first = attendance.record_day(desk, period, TODAY, "present")
    second = attendance.record_day(desk, period, TODAY, "other", reason="family")
    assert second.before == first.after
    assert attendance.sheet(desk, DECEMBER).rows[0].marks[TODAY] == second.after


def test_day_not_agreed_is_taken_as_a_swap_of_the_usual_hours(desk: Desk) -> None:
    period = person(desk, "Aho", (1,))
    done = attendance.record_day(desk, period, TODAY, "present")
    assert done.swap
    assert done.after is not None
    assert done.after.minutes == 300


@pytest.mark.parametrize(("day", "kind"), [(date(2026, 10, 1), "present"), (date(2026, 12, 16), "present")])
def test_a_refused_mark_leaves_no_trace(desk: Desk, day: date, kind: str) -> None:
    period = person(desk, "Aho")
    before = acts(desk)
    with pytest.raises(Refused):
        attendance.record_day(desk, period, day, kind)
    assert acts(desk) == before


def test_of_many_marks_one_refused_refuses_all(desk: Desk) -> None:
    period = person(desk, "Aho")
    with pytest.raises(Refused):
        attendance.record_many(
            desk,
            [
                Marking(period_id=period, day=TODAY, kind="present"),
                Marking(period_id=period, day=date(2026, 12, 17), kind="present"),
            ],
        )
    assert attendance.sheet(desk, DECEMBER).rows[0].marks == {}


def test_undo_is_an_act_of_its_own_and_redo_another(desk: Desk) -> None:
    period = person(desk, "Aho")
    attendance.record_day(desk, period, TODAY, "present")
    changed = attendance.record_day(desk, period, TODAY, "own_illness")

    undone = attendance.put_back(desk, [changed])
    assert attendance.sheet(desk, DECEMBER).rows[0].marks[TODAY] == changed.before
    attendance.put_back(desk, undone, why="redo")

    assert attendance.sheet(desk, DECEMBER).rows[0].marks[TODAY] == changed.after
    assert acts(desk).count("day.record") == 4


def test_undoing_a_first_mark_clears_the_day(desk: Desk) -> None:
    period = person(desk, "Aho")
    done = attendance.record_day(desk, period, TODAY, "present")
    attendance.put_back(desk, [done])
    assert attendance.sheet(desk, DECEMBER).rows[0].marks == {}
    assert acts(desk)[-2] == "day.clear"


def test_undo_never_overwrites_a_later_change(desk: Desk) -> None:
    period = person(desk, "Aho")
    done = attendance.record_day(desk, period, TODAY, "present")
    later = attendance.record_day(desk, period, TODAY, "interview")
    with pytest.raises(Refused, match="changed after this"):
        attendance.put_back(desk, [done])
    assert attendance.sheet(desk, DECEMBER).rows[0].marks[TODAY] == later.after


def test_clearing_an_empty_day_writes_no_line(desk: Desk) -> None:
    period = person(desk, "Aho")
    before = acts(desk)
    attendance.clear_many(desk, [(period, TODAY)])
    assert acts(desk) == before


def test_the_whole_day_not_held_and_held_after_all(desk: Desk) -> None:
    person(desk, "Aho")
    attendance.not_held(desk, 1, None, TODAY, "training")
    attendance.not_held(desk, 1, None, TODAY, "closed")
    sheet = attendance.sheet(desk, DECEMBER)
    closed = sheet.closed(sheet.rows[0], TODAY)
    assert closed is not None
    assert closed.reason == "closed"
    assert sheet.planned(sheet.rows[0], TODAY) is None

    attendance.held_after_all(desk, 1, None, TODAY)
    assert attendance.sheet(desk, DECEMBER).not_held == {}


def test_the_sheet_is_in_the_order_of_names_and_logged_once(desk: Desk) -> None:
    person(desk, "Mäkelä")
    person(desk, "Aho")
    person(desk, "Begins later", begins=date(2027, 1, 4))
    before = len(acts(desk))
    sheet = attendance.sheet(desk, DECEMBER)
    assert [row.name for row in sheet.rows] == ["Aho, Malli", "Mäkelä, Malli"]
    assert acts(desk)[before:] == ["attendance.open"]


def test_marks_of_the_whole_weeks_around_the_month_are_read(desk: Desk) -> None:
    period = person(desk, "Aho")
    attendance.record_day(desk, period, date(2026, 11, 30), "present")
    attendance.record_day(desk, period, date(2026, 11, 26), "present")
    assert list(attendance.sheet(desk, DECEMBER).rows[0].marks) == [date(2026, 11, 30)]


@pytest.mark.parametrize(("language", "name"), [("fi", "Jouluaatto"), ("sv", "Julafton")])
def test_public_holidays_are_known_by_name(desk: Desk, language: str, name: str) -> None:
    sheet = attendance.sheet(desk, DECEMBER, language=language)
    assert sheet.holidays[date(2026, 12, 24)] == name
    assert sheet.holidays[date(2027, 1, 1)]
