"""Why a coach sees to another coach's trainee, from day to day."""

from datetime import date

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from coachdesk.domain import permissions
from coachdesk.domain.workshop import StandIn
from coachdesk.errors import ReasonNeeded
from coachdesk.i18n import N_
from coachdesk.store import tables
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened, Rows
from coachdesk.store.unit import Unit

STAND_INS = Rows(tables.stand_in, StandIn)
_REASON = (
    "SELECT reason FROM stand_in WHERE coach_id = ? AND trainee_id = ? AND ? BETWEEN valid_from AND valid_to"
)


def state(unit: Opened, stated: StandIn) -> None:
    """Keep a reason; it takes the place of an earlier one for the same trainee."""
    values = STAND_INS.values(stated)
    keys = ("coach_id", "trainee_id")
    statement = insert(tables.stand_in).values(**values)
    fresh = {name: value for name, value in values.items() if name not in keys}
    unit.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh))


def reason(unit: Unit, coach_id: int, openers: frozenset[int], trainee_id: int) -> str:
    """The reason in force; empty where none is needed.

    Raises:
        ReasonNeeded: none is in force, and the trainee is another's.
    """
    if len(openers) < 2 or not permissions.is_anothers(coach_id, responsible(unit, trainee_id), openers):
        return ""
    return _stated(unit.connection, coach_id, trainee_id, unit.on)


def responsible(unit: Opened, trainee_id: int) -> int | None:
    """The coach whose trainee it is."""
    sql = "SELECT responsible_coach_id FROM trainee WHERE id = ?"
    row = speak(unit.connection, sql, (trainee_id,)).fetchone()
    return row[0] if row else None


def _stated(connection: Connection, coach_id: int, trainee_id: int, on: date) -> str:
    row = speak(connection, _REASON, (coach_id, trainee_id, on.isoformat())).fetchone()
    if row is None:
        raise ReasonNeeded(N_("This is another coach's trainee. Say why you open it."), field="reason")
    return str(row[0])
