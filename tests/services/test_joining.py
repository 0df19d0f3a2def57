from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk.domain.attendance import AttendedDay
from coachdesk.domain.comparing import How
from coachdesk.domain.notes import Note
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Opening
from coachdesk.domain.plan import Plan
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.errors import ReasonNeeded, Refused
from coachdesk.services import (
    access_log,
    coaches,
    dossier,
    drafts,
    imports,
    joining,
    names,
    notes,
    parting,
    rights,
    trainees,
    workshops,
)
from coachdesk.services.desk import Desk
from coachdesk.store import access_log as log
from coachdesk.store import joining as store
from coachdesk.store import periods, phases, plans, removal, tables
from coachdesk.store.dossier import tables_of_trainees
from coachdesk.store.rows import Rows
from tests.conftest import CHEAP
from tests.services.filling import everything, fill, fillable

CODE = "010190-900P"
OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def two(desk: Desk) -> tuple[Trainee, Trainee]:
    """One person, registered twice."""
    kept = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Aino", phone="040 1"))
    gone = trainees.register(
        desk, Trainee(family_name="Mallinen", given_names="Aino Maria", phone="040 2", email="a@example.fi")
    )
    return kept, gone


def joined(desk: Desk, two: tuple[Trainee, Trainee], **more: Any) -> Any:
    kept, gone = two
    more = {"mine": ("given_names",), "theirs": ("phone",)} | more
    return joining.join(desk, kept.id, gone.id, **more)


def test_two_cards_lie_side_by_side_value_by_value(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    found = joining.meeting(desk, two[0].id, two[1].id)

    met = {value.name: value.how for value in found.values}
    assert met["family_name"] is How.SAME and met["phone"] is How.BOTH and met["email"] is How.ONLY_THEIRS


def test_the_chosen_values_stand_and_the_other_record_is_gone(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    joined(desk, two)

    found = trainees.get(desk, two[0].id)
    assert (found.given_names, found.phone, found.email) == ("Aino", "040 2", "a@example.fi")
    with pytest.raises(LookupError):
        trainees.get(desk, two[1].id)


def test_a_value_that_differs_must_be_chosen(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    with pytest.raises(Refused) as refused:
        joining.join(desk, two[0].id, two[1].id, mine=("given_names",))

    assert refused.value.field == "phone"


def test_every_row_of_every_table_goes_with_the_person(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    """A new table about trainees cannot be forgotten: the rows are made from the tables themselves."""
    for table in fillable():
        fill(desk, table, two[1].id)
    before = everything(desk)

    joined(desk, two)

    after = everything(desk)
    whole = {"acceptance"}  # the joined summary is accepted anew
    assert {name: len(rows) for name, rows in after.items() if name not in ("trainee", *whole)} == {
        name: len(rows) for name, rows in before.items() if name not in ("trainee", *whole)
    }
    with desk.reading() as unit:
        for table in tables_of_trainees():
            if "trainee_id" in table.c:
                left = unit.connection.exec_driver_sql(
                    f'SELECT count(*) FROM "{table.name}" WHERE trainee_id = ?', (two[1].id,)
                )
                assert left.scalar() == 0, table.name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    histories=st.lists(st.tuples(st.sampled_from(fillable()), st.booleans(), st.integers(0, 2)), max_size=14),
    take=st.booleans(),
    drafted=st.sets(st.tuples(st.booleans(), st.sampled_from(["", ":plan:1"]))),
)
def test_joined_and_parted_is_as_before(
    desk: Desk, histories: list[tuple[str, bool, int]], take: bool, drafted: set[tuple[bool, str]]
) -> None:
    kept = trainees.register(desk, Trainee(family_name="Mallinen", goal="a", devices="x"))
    gone = trainees.register(desk, Trainee(family_name="Malinen", support_needed="b"))
    for table, of_gone, number in histories:
        fill(desk, table, gone.id if of_gone else kept.id, number)
    for of_gone, rest in drafted:
        drafts.keep(desk, "note", f"trainee:{gone.id if of_gone else kept.id}{rest}", "sana", 4)
    before = everything(desk)

    chosen: Any = {"theirs": ("family_name",)} if take else {"mine": ("family_name",)}
    made = joining.join(desk, kept.id, gone.id, valid_plan="kept", **chosen)
    found = parting.part(desk, made.id)

    assert everything(desk) == before
    assert found.exact


def test_names_are_found_fresh_after_joining_and_parting(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    assert len(names.find(desk, "mallinen")) == 2
    made = joined(desk, two)
    assert [hit.trainee_id for hit in names.find(desk, "mallinen")] == [two[0].id]
    parting.part(desk, made.id)
    assert len(names.find(desk, "mallinen")) == 2


def test_the_log_of_both_is_read_on_the_kept_one(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    trainees.page(desk, two[1].id)
    made = joined(desk, two)

    found = [(row.line.act, row.line.trainee_id) for row in access_log.of_trainee(desk, two[0].id).rows]
    assert ("trainee.open", two[1].id) in found and ("trainee.join", two[0].id) in found

    parting.part(desk, made.id)
    found = [(row.line.act, row.line.trainee_id) for row in access_log.of_trainee(desk, two[0].id).rows]
    assert ("trainee.open", two[1].id) not in found and ("trainee.part", two[0].id) in found
    with desk.reading() as unit:
        assert log.verify(unit.connection, desk.log_key).good


def test_both_periods_stay_as_two_services_with_all_their_days(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    day = date(2026, 12, 1)
    with desk.writing() as unit:
        for who, kind in ((two[0], "present"), (two[1], "own_illness")):
            one = Period(trainee_id=who.id, workshop_id=1, service_kind="work_ability", begins=day)
            kept = periods.PERIODS.add(unit, one)
            mark = AttendedDay(period_id=kept.id, day=day, trainee_id=who.id, kind=kind)
            Rows(tables.attended_day, AttendedDay).add(unit, mark)
        unit.commit()

    assert len(joining.meeting(desk, two[0].id, two[1].id).overlapping) == 1
    joined(desk, two)

    with desk.reading() as unit:
        marks = Rows(tables.attended_day, AttendedDay).find(unit)
    assert sorted(mark.kind for mark in marks) == ["own_illness", "present"]
    assert {mark.trainee_id for mark in marks} == {two[0].id}


def test_a_mark_made_in_a_moved_period_goes_back_with_it(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    with desk.writing() as unit:
        begun = Period(
            trainee_id=two[1].id, workshop_id=1, service_kind="work_ability", begins=date(2026, 12, 1)
        )
        period = periods.PERIODS.add(unit, begun)
        unit.commit()
    made = joined(desk, two)
    with desk.writing() as unit:
        mark = AttendedDay(period_id=period.id, day=date(2026, 12, 2), trainee_id=two[0].id, kind="present")
        Rows(tables.attended_day, AttendedDay).add(unit, mark)
        unit.commit()

    parting.part(desk, made.id)

    with desk.reading() as unit:
        assert [one.trainee_id for one in Rows(tables.attended_day, AttendedDay).find(unit)] == [two[1].id]


def test_what_was_written_since_stays_and_is_told(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    made = joined(desk, two)
    notes.add(desk, Note(trainee_id=two[0].id, at=desk.clock.now(), kind="meeting", text="Sen jälkeen"))
    now = trainees.get(desk, two[0].id)
    trainees.edit(desk, replace(now, phone="040 3"))

    found = parting.part(desk, made.id)

    assert found.stay == {"note": 1} and found.touched == ("phone",)
    assert trainees.get(desk, two[0].id).phone == "040 3"
    assert trainees.get(desk, two[1].id) == two[1]


def test_of_one_phase_open_in_both_the_earlier_opening_goes_on(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    with desk.writing() as unit:
        for who, day in ((two[0], date(2026, 11, 2)), (two[1], date(2026, 9, 1))):
            phases.OPENINGS.add(unit, Opening(trainee_id=who.id, phase=2, opened=day))
        unit.commit()
    joined(desk, two)

    with desk.reading() as unit:
        found = phases.of_trainee(unit, two[0].id)
    assert [(one.opened, one.closed) for one in found] == [
        (date(2026, 9, 1), None),
        (date(2026, 11, 2), date(2026, 11, 2)),
    ]


def _plans(desk: Desk, two: tuple[Trainee, Trainee]) -> tuple[Plan, Plan]:
    with desk.writing() as unit:
        found = tuple(
            plans.PLANS.add(
                unit, Plan(trainee_id=who.id, kind="activation", ours=False, made=date(2026, 10, day))
            )
            for day, who in enumerate(two, 1)
        )
        unit.commit()
    return found[0], found[1]


def test_of_two_valid_plans_it_must_be_said_which_is_valid(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    mine, theirs = _plans(desk, two)
    with pytest.raises(Refused) as refused:
        joined(desk, two)
    assert refused.value.field == "plan"

    joined(desk, two, valid_plan="kept")

    with desk.reading() as unit:
        assert plans.PLANS.get(unit, mine.id).replaces_id == theirs.id


def test_a_record_is_not_joined_with_itself(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    with pytest.raises(Refused):
        joining.join(desk, two[0].id, two[0].id)


def test_who_was_removed_is_not_joined(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    trainees.remove(desk, two[1].id)

    with pytest.raises(Refused):
        joining.meeting(desk, two[0].id, two[1].id)


def test_records_are_parted_once(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    made = joined(desk, two)
    parting.part(desk, made.id)

    with pytest.raises(Refused):
        parting.part(desk, made.id)


def test_three_records_are_parted_in_the_order_they_were_joined(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    third = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Aino"))
    before = everything(desk)
    first = joined(desk, two)
    second = joining.join(desk, third.id, two[0].id)
    assert len(joining.of_trainee(desk, third.id)) == 2

    with pytest.raises(Refused) as refused:
        parting.part(desk, first.id)
    assert refused.value.values["name"] == two[0].name

    parting.part(desk, second.id)
    parting.part(desk, first.id)
    assert everything(desk) == before


def test_the_number_of_a_joined_record_is_given_to_nobody_else(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    joined(desk, two)

    assert trainees.register(desk, Trainee(family_name="Uusi")).id not in {one.id for one in two}


def test_after_parting_nothing_of_the_other_lies_with_the_kept_one(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    made = joined(desk, two)
    parting.part(desk, made.id)

    with desk.reading() as unit:
        left = store.JOINED.get(unit, made.id)
    assert left.parted is not None and not (left.gone or left.moved or left.aside or left.changed)


def test_a_code_is_only_dots_when_two_are_compared(desk: Desk) -> None:
    kept = trainees.register(desk, Trainee(family_name="Malli", personal_identity_code=CODE))
    gone = trainees.register(desk, Trainee(family_name="Malli"))

    assert CODE not in repr(joining.meeting(desk, kept.id, gone.id))


def test_anothers_trainee_is_joined_only_with_a_reason(
    desk: Desk, two: tuple[Trainee, Trainee], reopen: Callable[..., Desk]
) -> None:
    trainees.edit(desk, replace(two[1], responsible_coach_id=1))
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    his = reopen(desk.folder, OTHER)
    for act in (joining.meeting, partial(joining.join, mine=("given_names", "phone"))):
        with pytest.raises(ReasonNeeded):
            act(his, two[0].id, two[1].id)

    rights.state_reason(his, two[1].id, "Sama henkilö kahdesti")

    assert joined(his, two)


def test_an_import_is_not_undone_while_its_person_is_joined(
    desk: Desk, two: tuple[Trainee, Trainee], tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Sukunimi;Etunimet;Puhelin\nMallinen;Ainu;040 9\n", "utf-8")
    done = imports.carry_out(desk, imports.preview(desk, file))
    brought = next(hit for hit in names.find(desk, "mallinen ainu"))
    before = everything(desk)
    made = joining.join(desk, two[0].id, brought.trainee_id, mine=("given_names", "phone"))

    assert "Mallinen, Aino" in str(imports.why_not_undone(desk, done.batch_id))

    parting.part(desk, made.id)
    assert everything(desk) == before
    assert imports.why_not_undone(desk, done.batch_id) is None
    assert imports.undo(desk, done.batch_id)


def test_who_was_joined_of_two_is_removed_with_both_keys_of_the_log(
    desk: Desk, two: tuple[Trainee, Trainee]
) -> None:
    joined(desk, two)
    with desk.writing() as unit:
        removal.remove(unit, two[0].id)
        unit.commit()

    with desk.reading() as unit:
        keys = unit.connection.exec_driver_sql("SELECT trainee_id FROM trainee_key").scalars().all()
        left = unit.connection.exec_driver_sql("SELECT count(*) FROM joined").scalar()
    assert left == 0 and not {one.id for one in two} & set(keys)


def test_a_copy_of_all_data_tells_the_other_record_too(desk: Desk, two: tuple[Trainee, Trainee]) -> None:
    joined(desk, two)

    found = dossier.make(desk, two[0].id)

    cells = [cell for part in found.paper.sections for row in part.rows for cell in row]
    assert any("Aino Maria" in cell for cell in cells)
