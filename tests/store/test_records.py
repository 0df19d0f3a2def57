"""Records for summaries: what is counted, and that no query scans the attended days."""

from datetime import date

from sqlalchemy import event, insert

from coachdesk.services.offers import present_kinds
from coachdesk.store import records, tables

ON = date(2026, 12, 15)


def two_services(desk, trainee):
    with desk.writing() as unit:
        for number in (1, 2):
            unit.connection.execute(
                insert(tables.period).values(
                    id=number, trainee_id=trainee.id, workshop_id=1, service_kind="x", begins=date(2025, 1, 1)
                )
            )
        unit.commit()


def mark(desk, trainee, period, day, kind):
    with desk.writing() as unit:
        unit.connection.execute(
            insert(tables.attended_day).values(period_id=period, day=day, trainee_id=trainee.id, kind=kind)
        )
        unit.commit()


def attended(desk, trainee, on=ON):
    with desk.reading() as unit:
        return dict(records.record(unit, trainee.id, on, present_kinds()).attended)


def test_a_day_in_two_services_is_one_attended_day(desk, a_trainee):
    person = a_trainee()
    two_services(desk, person)
    for period in (1, 2):
        mark(desk, person, period, date(2026, 11, 3), "present")
    mark(desk, person, 1, date(2026, 11, 4), "remote")

    assert attended(desk, person) == {date(2026, 11, 1): 2}


def test_absences_the_running_month_and_old_months_are_not_counted(desk, a_trainee):
    person = a_trainee()
    two_services(desk, person)
    mark(desk, person, 1, date(2026, 11, 3), "own_illness")
    mark(desk, person, 1, date(2026, 11, 4), "not_arranged")
    mark(desk, person, 1, date(2026, 12, 1), "present")
    mark(desk, person, 1, date(2025, 11, 30), "present")
    mark(desk, person, 1, date(2025, 12, 1), "present")

    assert attended(desk, person) == {date(2025, 12, 1): 1}


def test_no_query_scans_the_attended_days(desk, a_trainee):
    person = a_trainee()
    two_services(desk, person)
    seen = []

    with desk.reading() as unit:

        def look(_connection, _cursor, statement, parameters, *_more):
            if "attended_day" in statement and not statement.startswith("EXPLAIN"):
                seen.append((statement, parameters))

        event.listen(unit.connection, "before_cursor_execute", look)
        records.record(unit, person.id, ON, present_kinds())
        event.remove(unit.connection, "before_cursor_execute", look)
        assert seen
        for statement, parameters in seen:
            rows = unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan = [row[-1] for row in rows]
            assert any("ix_attended_day_trainee_id_day" in line for line in plan), plan
            assert not any(line.startswith("SCAN attended_day") for line in plan), plan


def test_a_record_has_what_is_open_and_nothing_of_others(desk, a_trainee):
    one, other = a_trainee("Aho"), a_trainee("Björk")
    with desk.writing() as unit:
        for person in (one, other):
            unit.connection.execute(
                insert(tables.next_step).values(trainee_id=person.id, text=f"askel {person.family_name}")
            )
        unit.connection.execute(insert(tables.next_step).values(trainee_id=one.id, text="tehty", done=ON))
        unit.commit()

    with desk.reading() as unit:
        found = records.record(unit, one.id, ON, present_kinds())
    assert found.next_step.text == "askel Aho"
