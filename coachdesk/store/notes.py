"""Contact notes, marks of recording elsewhere, and drafts."""

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import exists, func, select

from coachdesk.clock import HELSINKI
from coachdesk.domain.notes import Draft, Note, RecordedElsewhere
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

NOTES = Rows(tables.note, Note)
ELSEWHERE = Rows(tables.recorded_elsewhere, RecordedElsewhere)
DRAFTS = Rows(tables.draft, Draft)

_N, _E = tables.note.c, tables.recorded_elsewhere.c


def of_trainee(unit: Opened, trainee_id: int, limit: int | None = None) -> tuple[Note, ...]:
    """A trainee's notes, the newest first."""
    order = [_N.at.desc(), _N.id.desc()]
    return NOTES.find(unit, _N.trainee_id == trainee_id, _N.deleted.is_(False), order=order, limit=limit)


def count(unit: Opened, trainee_id: int) -> int:
    """How many notes a trainee has."""
    where = (_N.trainee_id == trainee_id, _N.deleted.is_(False))
    return int(
        unit.connection.execute(select(func.count()).select_from(tables.note).where(*where)).scalar_one()
    )


def marks(unit: Opened, note_ids: tuple[int, ...]) -> tuple[RecordedElsewhere, ...]:
    """Where those notes were also recorded."""
    return ELSEWHERE.find(unit, _E.note_id.in_(note_ids), order=[_E.note_id, _E.id]) if note_ids else ()


def not_recorded(unit: Opened, coach_id: int | None, since: date | None, limit: int) -> tuple[Note, ...]:
    """Notes without a mark of recording elsewhere, the oldest first; of one coach or of everybody."""
    where = [_N.deleted.is_(False), ~exists().where(_E.note_id == _N.id)]
    if coach_id is not None:
        where.append(_N.coach_id == coach_id)
    if since is not None:
        where.append(_N.at >= _start(since))
    return NOTES.find(unit, *where, order=[_N.at, _N.id], limit=limit)


def set_deleted(unit: Opened, note_id: int, *, deleted: bool) -> None:
    """Mark a note as removed, or as there again."""
    NOTES.put(unit, replace(NOTES.get(unit, note_id), deleted=deleted))


def follow_ups(unit: Opened, until: date) -> tuple[Note, ...]:
    """Notes whose follow-up is due by a day and not done, the oldest first."""
    where = (
        _N.follow_up.is_not(None),
        _N.follow_up <= until,
        _N.followed_up.is_(None),
        _N.deleted.is_(False),
    )
    return NOTES.find(unit, *where, order=[_N.follow_up, _N.id])


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), HELSINKI)
