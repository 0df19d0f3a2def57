"""Workshops, their groups and coaches."""

from coachdesk.domain.workshop import Coach, Group, Workshop
from coachdesk.store import tables
from coachdesk.store.rows import Rows

WORKSHOPS = Rows(tables.workshop, Workshop)
GROUPS = Rows(tables.workshop_group, Group)
COACHES = Rows(tables.coach, Coach)
