"""Which services somebody was in and when each ended: what the time of keeping is counted from."""

from collections import defaultdict
from datetime import date

from sqlalchemy import func, literal, select

from coachdesk.domain.retention import Service
from coachdesk.store import access_log, swift, tables
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened

_P, _C = tables.period.c, tables.coaching.c


_OF_ONE = swift.unpeeked("""
SELECT service_kind, coalesce(ended, ends) FROM period WHERE trainee_id = ?
UNION ALL SELECT '', ends FROM coaching WHERE trainee_id = ?
""")


def services_of(unit: Opened, trainee_id: int) -> tuple[Service, ...]:
    """The services of one trainee, by the shortest way: the trainee's page asks it each time."""
    rows = speak(unit.connection, _OF_ONE, (trainee_id, trainee_id))
    return tuple(Service(kind=kind, ended=date.fromisoformat(last) if last else None) for kind, last in rows)


_NEVER = """
SELECT id, first_contact FROM trainee
WHERE id NOT IN (SELECT trainee_id FROM period) AND id NOT IN (SELECT trainee_id FROM coaching)
"""


def never_begun(unit: Opened) -> dict[int, date | None]:
    """Who was registered and never in a service, with the first contact, else the log's first day."""
    found = {}
    for trainee_id, first in speak(unit.connection, _NEVER).fetchall():
        day = date.fromisoformat(first) if first else access_log.first_day(unit.connection, trainee_id)
        found[trainee_id] = day
    return found


def services(unit: Opened) -> dict[int, tuple[Service, ...]]:
    """The services of everybody; who was never in one is left out."""
    asked = (
        select(_P.trainee_id, _P.service_kind, func.coalesce(_P.ended, _P.ends).label("last")),
        select(_C.trainee_id, literal(""), _C.ends),
    )
    found: dict[int, list[Service]] = defaultdict(list)
    for statement in asked:
        for trainee_id, kind, last in unit.connection.execute(statement):
            day = date.fromisoformat(last) if isinstance(last, str) else last
            found[trainee_id].append(Service(kind=kind, ended=day))
    return {trainee_id: tuple(each) for trainee_id, each in found.items()}
