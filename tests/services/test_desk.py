from sqlalchemy import select

from coachdesk.services.desk import Desk
from coachdesk.store import tables


def test_made_desk_has_its_coach_and_workshop(desk: Desk) -> None:
    with desk.reading() as unit:
        assert unit.connection.execute(select(tables.coach.c.name)).scalars().all() == ["Aino Mallikas"]
        assert unit.connection.execute(select(tables.workshop.c.name_fi)).scalars().all() == ["Mallipaja"]
