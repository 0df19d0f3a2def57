"""Which trainees are archived."""

from datetime import datetime

from sqlalchemy import delete, select

from coachdesk.domain.archive import Archived, is_barred, refuse
from coachdesk.store import tables
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened, Rows

ARCHIVED = Rows(tables.archived, Archived)
_A = tables.archived.c


def since(unit: Opened, trainee_id: int) -> datetime | None:
    """Since when a trainee is archived; None where not."""
    row = speak(unit.connection, "SELECT at FROM archived WHERE trainee_id = +?", (trainee_id,)).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def everybody(unit: Opened) -> frozenset[int]:
    """Who is archived."""
    return frozenset(unit.connection.execute(select(_A.trainee_id)).scalars())


def reopen(unit: Opened, trainee_id: int) -> bool:
    """Take the mark away; whether there was one."""
    return unit.connection.execute(delete(tables.archived).where(_A.trainee_id == trainee_id)).rowcount == 1


def refuse_writing(unit: Opened, trainee_id: int, act: str) -> None:
    """Refuse an act that would write of an archived trainee: asked once for each line of the log.

    Raises:
        Refused: the trainee is archived.
    """
    if not is_barred(act):
        return
    sql = (
        "SELECT t.given_names, t.family_name FROM archived a JOIN trainee t ON t.id = a.trainee_id "
        "WHERE a.trainee_id = ?"
    )
    row = speak(unit.connection, sql, (trainee_id,)).fetchone()
    if row is not None:
        raise refuse(" ".join(filter(None, row)))
