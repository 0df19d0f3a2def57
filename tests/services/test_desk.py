from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.errors import Trouble
from coachdesk.services.checks import look_through_log
from coachdesk.services.desk import Desk
from coachdesk.services.door import look_at_door
from coachdesk.services.first_run import first_run_step, remember_first_run
from coachdesk.store import tables


def test_made_desk_has_its_coach_and_workshop(desk: Desk) -> None:
    with desk.reading() as unit:
        assert unit.connection.execute(select(tables.coach.c.name)).scalars().all() == ["Aino Mallikas"]
        assert unit.connection.execute(select(tables.workshop.c.name_fi)).scalars().all() == ["Mallipaja"]


def test_door_tells_the_workshop_and_no_name_where_one_coach_works(desk_folder: Path) -> None:
    door = look_at_door(desk_folder)
    assert (door.coaches, door.workshop) == ({}, "Mallipaja")
    assert door.closed is not None


def test_unfinished_first_run_is_remembered(desk: Desk) -> None:
    assert first_run_step(desk) == "recovery"
    remember_first_run(desk, "information")
    assert first_run_step(desk) == "information"
    remember_first_run(desk, "")
    assert first_run_step(desk) == ""


def test_a_desk_that_let_go_of_its_store_is_closed_and_opened_again(desk: Desk, reopen) -> None:
    desk.let_go()  # as where a change of the key was decided and then failed
    with pytest.raises(Trouble, match="locked in the middle"), desk.writing():
        pass
    desk.close()
    desk.close()

    assert reopen(desk.folder).open


def test_line_written_while_the_desk_is_locked_is_not_kept_and_the_log_holds_together(
    desk: Desk, reopen
) -> None:
    with pytest.raises(Trouble, match="locked in the middle"), desk.writing() as unit:
        unit.log("figures.read")
        desk.let_go()  # on another thread: the key that lines are chained under is wiped
        unit.log("figures.read")
        unit.commit()
    desk.close()

    assert look_through_log(reopen(desk.folder)) == ()


def test_locking_in_the_middle_of_the_look_through_the_log_tells_no_changed_line(desk: Desk) -> None:
    with desk.writing() as unit:
        for _line in range(1001):
            unit.log("figures.read")
        unit.commit()

    def lock() -> bool:
        desk.let_go()  # wipes the key that the look is just using
        return False

    assert look_through_log(desk, lock) == ()
