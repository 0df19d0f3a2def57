"""No query scans the attendance table: the plans of what the services really ask, over real data."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from coachdesk.domain.absences import payers_of, span_of
from coachdesk.services import absences, attendance, attendance_papers, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import tables
from coachdesk.store.engine import speak

TODAY = date(2026, 12, 15)
PEOPLE, DAYS = 400, 120


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with 400 people, 48,000 attended days, and the planner's statistics of them."""
    first = TODAY - timedelta(days=DAYS)
    with desk.writing() as unit:
        run = unit.connection.execute
        run(
            insert(tables.trainee),
            [
                {"id": n, "family_name": f"Malli{n}", "given_names": "A", "name_sort": f"{n:05}"}
                for n in range(1, PEOPLE + 1)
            ],
        )
        run(
            insert(tables.period),
            [
                {
                    "id": n, "trainee_id": n, "workshop_id": 1, "begins": first,
                    "service_kind": "rehabilitative_work_activity",
                    "ends": TODAY + timedelta(days=90 if n % 6 == 0 else -60),
                }
                for n in range(1, PEOPLE + 1)
            ],
        )  # fmt: skip
        run(
            insert(tables.attended_day),
            [
                {
                    "period_id": n, "trainee_id": n, "day": first + timedelta(days=d), "minutes": 300,
                    "kind": "present" if d % 5 else "own_illness",
                }
                for n in range(1, PEOPLE + 1)
                for d in range(DAYS)
            ],
        )  # fmt: skip
        run(tables.benefit.insert().values(trainee_id=6, benefit="x", payer="kela", begins=first))
        unit.connection.exec_driver_sql("ANALYZE")
        unit.commit()
    return desk


@contextmanager
def asked(desk: Desk) -> Iterator[list[str]]:
    """The statements that touch attended days, their values in them.

    Heard at the driver itself, since some are said to it past SQLAlchemy.
    """
    found: list[str] = []

    def note(sql: str) -> None:
        if "attended_day" in sql and not sql.startswith(("EXPLAIN", "--")):  # "--": of a trigger or a key
            found.append(sql)

    def hear(raw: Any, *_more: object) -> None:
        raw.set_trace_callback(note)

    def leave(raw: Any, *_more: object) -> None:
        raw.set_trace_callback(None)

    desk.connections.wake()  # one that rests is not taken out of the pool
    event.listen(desk.connections.engine, "checkout", hear)
    event.listen(desk.connections.engine, "checkin", leave)
    yield found
    desk.connections.wake()
    event.remove(desk.connections.engine, "checkout", hear)
    event.remove(desk.connections.engine, "checkin", leave)


def plan(desk: Desk, sql: str, values: Any = ()) -> list[str]:
    with desk.reading() as unit:
        return [row[3] for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]


def scans(sql: str, steps: list[str]) -> list[str]:
    names = {"attended_day", *re.findall(r"attended_day(?: AS)? (\w+)", sql)} - {"WHERE", "SET", "INDEXED"}
    bad = re.compile(rf"SCAN ({'|'.join(names)})\b|ANY\(")
    return [step for step in steps if bad.search(step)]


def _report(desk: Desk) -> None:
    span = span_of(TODAY)
    row = next(row for row in absences.reports(desk, TODAY).rows if row.trainee_id == 6)
    assert row.payee in payers_of(_benefits(desk), span)
    attendance_papers.absence_reports(desk, 6, row.payee)


def _benefits(desk: Desk):  # type: ignore[no-untyped-def]
    return trainees.benefits(desk, 6)


def _mark_and_undo(desk: Desk) -> None:
    done = attendance.record_day(desk, 6, TODAY, "interview")
    attendance.put_back(desk, [done])
    attendance.clear_many(desk, [(6, TODAY)])


ACTS: dict[str, Callable[[Desk], object]] = {
    "the month of a workshop": lambda desk: attendance.sheet(desk, TODAY, 1),
    "the month of every workshop": lambda desk: attendance.sheet(desk, TODAY),
    "one trainee's years": lambda desk: attendance.history(desk, 6),
    "a mark and its undo": _mark_and_undo,
    "the absence reports": _report,
    "a trainee's page": lambda desk: trainees.page(desk, 6),
    "the month list": lambda desk: attendance_papers.month_list(desk, TODAY),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_no_query_scans_the_attendance_table(full: Desk, act: str) -> None:
    with asked(full) as statements:
        ACTS[act](full)

    assert statements, "this act reads no attended days"
    for sql in statements:
        assert scans(sql, plan(full, sql)) == [], sql


def test_the_judge_hears_what_is_said_to_the_driver_itself(full: Desk) -> None:
    with asked(full) as statements, full.reading() as unit:
        speak(unit.connection, "SELECT count(*) FROM attended_day x WHERE x.minutes > ?", (1,))

    assert len(statements) == 1
    assert scans(statements[0], plan(full, statements[0]))


def test_the_judge_knows_a_scan_when_it_sees_one(full: Desk) -> None:
    sql = "SELECT count(*) FROM attended_day x WHERE x.minutes > ?"
    assert scans(sql, plan(full, sql, (1,)))


def test_the_running_periods_are_sought_by_their_last_day(full: Desk) -> None:
    from coachdesk.store.sheets.attendance import RUNNING

    steps = plan(
        full,
        RUNNING,
        {
            "first": "2026-12-01",
            "last": "2026-12-31",
            "workshop": 1,
            "trainee": None,
            "grp": None,
            "others": "[]",
        },
    )
    assert any("SEARCH p USING INDEX ix_period_last" in step for step in steps)
