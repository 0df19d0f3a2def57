"""Requests about the own data in the store."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from coachdesk.domain.rights_request import REFUSED, RESTRICTION, WARNED_DAYS, RightsRequest
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

REQUESTS = Rows(tables.rights_request, RightsRequest)

_R = tables.rights_request.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[RightsRequest, ...]:
    """A trainee's requests, the newest first."""
    return REQUESTS.find(unit, _R.trainee_id == trainee_id, order=[_R.asked.desc(), _R.id.desc()])


def of_kind(unit: Opened, kind: str) -> tuple[RightsRequest, ...]:
    """Everybody's requests of one kind that were not refused."""
    return REQUESTS.find(unit, _R.kind == kind, _R.outcome != REFUSED)


def restricted(unit: Opened, on: date) -> frozenset[int]:
    """Of whom nothing may be given out: a restriction is in force."""
    where = [_R.kind == RESTRICTION, _R.outcome != REFUSED, _R.asked <= on]
    where.append(or_(_R.lifted.is_(None), _R.lifted > on))
    return frozenset(unit.connection.execute(select(_R.trainee_id).where(*where)).scalars())


def unanswered(unit: Opened, on: date, others: Iterable[int]) -> tuple[tuple[RightsRequest, str], ...]:
    """Open requests whose answer is due soon or late, with names; not those of the coaches ``others``."""
    t = tables.trainee.c
    coach = t.responsible_coach_id
    rows = unit.connection.execute(
        select(tables.rights_request, t.given_names, t.family_name)
        .join(tables.trainee, t.id == _R.trainee_id)
        .where(_R.answered.is_(None), or_(coach.is_(None), coach.not_in(list(others))))
        .order_by(_R.asked, _R.id)
    ).mappings()
    found = [(REQUESTS.read(row), f"{row['given_names']} {row['family_name']}".strip()) for row in rows]
    return tuple((one, name) for one, name in found if (one.due - on).days <= WARNED_DAYS)
