"""Numbers of self-assessments."""

from datetime import date

from sqlalchemy import ColumnElement, and_, delete

from coachdesk.domain.assessment import SelfAssessment
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

ASSESSMENTS = Rows(tables.self_assessment, SelfAssessment)
_A = tables.self_assessment.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[SelfAssessment, ...]:
    """A trainee's numbers by day and area."""
    order = [_A.on_day, _A.instrument, _A.area]
    return ASSESSMENTS.find(unit, _A.trainee_id == trainee_id, order=order)


def of_filling(unit: Opened, trainee_id: int, instrument: str, day: date) -> tuple[SelfAssessment, ...]:
    """The numbers of one filling."""
    return ASSESSMENTS.find(
        unit, _A.trainee_id == trainee_id, _A.instrument == instrument, _A.on_day == day, order=_A.area
    )


def remove_filling(unit: Opened, trainee_id: int, instrument: str, day: date) -> None:
    """Take all numbers of one filling away."""
    unit.connection.execute(delete(tables.self_assessment).where(is_of(trainee_id, instrument, day)))


def is_of(trainee_id: int, instrument: str, day: date) -> ColumnElement[bool]:
    """The condition that a number is of one filling."""
    return and_(_A.trainee_id == trainee_id, _A.instrument == instrument, _A.on_day == day)
