"""Which information text was given to whom."""

from sqlalchemy import select

from coachdesk.domain.information import InformationGiven
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

GIVEN = Rows(tables.information_given, InformationGiven)


def of_trainee(unit: Opened, trainee_id: int) -> tuple[InformationGiven, ...]:
    """What was given to a trainee, the newest first."""
    column = tables.information_given.c
    return GIVEN.find(unit, column.trainee_id == trainee_id, order=[column.given.desc(), column.id.desc()])


def region_name(unit: Opened, language: str) -> str:
    """The name of the region that summaries go to; empty where none is enrolled."""
    column = tables.region.c.name_sv if language == "sv" else tables.region.c.name_fi
    return str(unit.connection.scalar(select(column).limit(1)) or "")
