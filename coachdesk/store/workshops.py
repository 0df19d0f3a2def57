"""Workshops, their groups and coaches."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from coachdesk.domain.workshop import Coach, Group, Workshop
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

WORKSHOPS = Rows(tables.workshop, Workshop)
GROUPS = Rows(tables.workshop_group, Group)
COACHES = Rows(tables.coach, Coach)


def take_away(unit: Opened, rows: Rows[Any], row_id: int) -> bool:
    """Take a row away that nothing points to; False where something does."""
    try:
        rows.remove(unit, row_id)
    except IntegrityError:
        return False
    return True
