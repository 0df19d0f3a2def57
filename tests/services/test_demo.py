from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain.identity_code import parse
from coachdesk.services import attendance, consents
from coachdesk.services.demo import make_demo
from coachdesk.services.opening import open_desk
from coachdesk.store import access_log, tables
from tests.conftest import CHEAP, PASSPHRASE

NOW = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)
TODAY = date(2026, 12, 15)


def made(folder, **kind):
    make_demo(folder, passphrase=PASSPHRASE, clock=FixedClock(NOW), cost=CHEAP, floor=CHEAP, **kind)
    return open_desk(folder, passphrase=PASSPHRASE, clock=FixedClock(NOW), floor=CHEAP)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    desk = made(tmp_path_factory.mktemp("demo") / "desk")
    yield desk
    desk.close()


def rows(desk, table):
    with desk.reading() as unit:
        return [dict(row) for row in unit.connection.execute(select(table)).mappings()]


def count(desk, table):
    with desk.reading() as unit:
        return unit.connection.scalar(select(func.count()).select_from(table))


def test_fifteen_people_are_expected_today_and_none_is_marked(demo):
    sheet = attendance.sheet(demo, TODAY)

    expected = [row for row in sheet.rows if row.agreed_on(TODAY)]
    assert len(expected) == 15
    assert not any(TODAY in row.marks for row in expected)


def test_every_identity_code_is_valid_and_of_the_900_series(demo):
    codes = [row["personal_identity_code"] for row in rows(demo, tables.trainee)]

    written = [code for code in codes if code]
    assert len(written) == len(set(written)) < len(codes) == 40
    assert all(parse(code).temporary for code in written)
    assert set("YXWVUBCDEF") & {code[6] for code in written}


def test_names_have_letters_of_many_languages(demo):
    names = " ".join(row["family_name"] + row["given_names"] for row in rows(demo, tables.trainee))

    assert all(letter in names for letter in "åäöễĐć")


def test_months_are_marked_until_yesterday_with_many_kinds(demo):
    found = rows(demo, tables.attended_day)

    assert max(row["day"] for row in found) == date(2026, 12, 14)
    assert {"present", "own_illness", "childs_illness", "interview", "other", "unnotified", "remote"} == {
        row["kind"] for row in found
    }


def test_plans_stand_in_every_state_and_most_are_of_others(demo):
    plans = rows(demo, tables.plan)

    assert {row["state"] for row in rows(demo, tables.plan_version)} == {
        "draft",
        "final",
        "printed",
        "signed",
    }
    assert sum(not row["ours"] for row in plans) > len(plans) / 2


def test_consents_stand_in_force_end_soon_and_are_withdrawn(demo):
    found = rows(demo, tables.consent)

    in_force = [row for row in found if row["withdrawn"] is None and row["valid_to"] >= TODAY]
    assert len(in_force) > 12
    assert 1 <= len(consents.ending(demo)) < len(in_force)
    assert any(row["withdrawn"] for row in found)
    assert count(demo, tables.prohibition) == count(demo, tables.permission) == 1


def test_a_phase_was_entered_again_with_its_reason(demo):
    assert any(row["reason"] for row in rows(demo, tables.opening))


def test_next_steps_are_late_and_coming(demo):
    due = [row["due"] for row in rows(demo, tables.next_step) if not row["done"]]

    assert any(day < TODAY for day in due)
    assert any(day > TODAY for day in due)


def test_appointments_are_today_and_coming(demo):
    days = [row["at"].astimezone(HELSINKI).date() for row in rows(demo, tables.appointment)]

    assert days.count(TODAY) == 2
    assert any(day > TODAY for day in days)


def test_the_log_of_the_demo_is_whole_and_in_order(demo):
    with demo.reading() as unit:
        verdict = access_log.verify(unit.connection, demo.log_key, access_log.read_head(demo.folder))
        moments = list(unit.connection.execute(select(tables.log.c.at).order_by(tables.log.c.seq)).scalars())

    assert verdict.good
    assert moments == sorted(moments)


def test_the_same_seed_makes_the_same_desk(demo, tmp_path):
    other = made(tmp_path / "again")
    try:
        for table in (tables.trainee, tables.attended_day, tables.note, tables.plan):
            assert rows(demo, table) == rows(other, table)
    finally:
        other.close()


def test_no_trainees_make_an_empty_desk(tmp_path):
    desk = made(tmp_path / "empty", trainees=0)
    try:
        assert count(desk, tables.trainee) == 0
        assert count(desk, tables.coach) == count(desk, tables.workshop) == 1
    finally:
        desk.close()


@pytest.mark.parametrize("trainees", [1, 4, 60])
def test_any_number_of_people_can_be_asked_for(tmp_path, trainees):
    desk = made(tmp_path / "desk", trainees=trainees, language="sv")
    try:
        assert count(desk, tables.trainee) == trainees
    finally:
        desk.close()


def test_a_big_desk_is_written_at_once_with_a_line_for_each_kind(tmp_path):
    desk = made(tmp_path / "big", trainees=400, years=2)
    try:
        assert count(desk, tables.attended_day) == 400 * 80
        assert count(desk, tables.note) == 400 * 8
        assert count(desk, tables.log) < 40
        with desk.reading() as unit:
            assert unit.connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
            names = set(unit.connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
        assert {"ix_attended_day_day_kind", "ix_note_trainee_id_at", "sqlite_stat1"} <= names
    finally:
        desk.close()
