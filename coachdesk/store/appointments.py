"""Appointments in the store."""

from datetime import date, datetime, time, timedelta

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

APPOINTMENTS = Rows(tables.appointment, Appointment)

_A = tables.appointment.c


def of_trainee(unit: Opened, trainee_id: int, limit: int | None = None) -> tuple[Appointment, ...]:
    """A trainee's appointments, the latest first."""
    return APPOINTMENTS.find(unit, _A.trainee_id == trainee_id, order=_A.at.desc(), limit=limit)


def between(unit: Opened, first: date, last: date) -> tuple[Appointment, ...]:
    """Everybody's appointments on days of Helsinki, both included, by time."""
    begins, ends = _midnight(first), _midnight(last + timedelta(days=1))
    return APPOINTMENTS.find(unit, _A.at >= begins, _A.at < ends, order=[_A.at, _A.id])


def coming(unit: Opened, trainee_id: int, at: datetime, limit: int) -> tuple[Appointment, ...]:
    """A trainee's next appointments, the nearest first."""
    where = (_A.trainee_id == trainee_id, _A.at >= at, _A.outcome == "")
    return APPOINTMENTS.find(unit, *where, order=_A.at, limit=limit)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)
