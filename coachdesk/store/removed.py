"""What was removed and can be brought back: its rows as they lay there, by table."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, exc, insert, select

from coachdesk.domain.removed import Removed
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows
from coachdesk.store.unit import Unit

REMOVED = Rows(tables.removed, Removed)
_R = tables.removed.c


def keep(unit: Unit, trainee_id: int, subject: str, *conditions: tuple[Table, Any]) -> Removed:
    """Keep the rows that meet the conditions, table by table, before they are deleted.

    Without conditions the thing is only marked in its own table.
    """
    rows = {table.name: _rows(unit, table, where) for table, where in conditions}
    return REMOVED.add(
        unit,
        Removed(
            trainee_id=trainee_id,
            subject=subject,
            at=unit.at,
            coach_id=unit.coach_id or None,
            rows={name: found for name, found in rows.items() if found},
        ),
    )


def take(unit: Unit, trainee_id: int, subject: str, rows: Rows[Any], row_id: int) -> None:
    """Keep one row and delete it."""
    keep(unit, trainee_id, subject, (rows.table, rows.table.c.id == row_id))
    rows.remove(unit, row_id)


def newest(unit: Opened, trainee_id: int, subject: str) -> Removed | None:
    """What was removed last under that name."""
    where = (_R.trainee_id == trainee_id, _R.subject == subject)
    found = REMOVED.find(unit, *where, order=[_R.at.desc(), _R.id.desc()], limit=1)
    return found[0] if found else None


def forget(unit: Opened, trainee_id: int, subject: str) -> None:
    """The thing is back, as by an undo: it is no longer among the removed."""
    found = newest(unit, trainee_id, subject)
    if found is not None:
        REMOVED.remove(unit, found.id)


def of_trainee(unit: Opened, trainee_id: int, after: datetime) -> tuple[Removed, ...]:
    """What was removed of a trainee after a moment, the newest first."""
    return REMOVED.find(unit, _R.trainee_id == trainee_id, _R.at > after, order=[_R.at.desc(), _R.id.desc()])


def until(unit: Opened, moment: datetime, limit: int = 500) -> tuple[Removed, ...]:
    """What was removed up to a moment, the oldest first."""
    return REMOVED.find(unit, _R.at <= moment, order=[_R.at, _R.id], limit=limit)


def put_back(unit: Opened, removed: Removed) -> bool:
    """Write the rows again as they were, under a new number where the old was given away meanwhile.

    False where they no longer fit beside what is there now; the caller leaves the unit without commit.
    """
    try:
        for table in tables.metadata.sorted_tables:  # what is pointed at comes first
            for row in removed.rows.get(table.name, ()):
                whose = {"trainee_id": removed.trainee_id} if "trainee_id" in table.c else {}
                values = _free(unit, table, row) | whose  # the records may have been joined meanwhile
                unit.connection.execute(insert(_bare(table)).values(**values))
    except exc.IntegrityError:
        return False
    return True


def drop_views_of(unit: Opened, trainee_id: int, subject: str) -> None:
    """Forget the removed own views beside a thing that is gone for good."""
    for one in REMOVED.find(unit, _R.trainee_id == trainee_id, _R.subject.startswith("own_view:")):
        if any(row["subject"] == subject for row in one.rows.get("own_view", ())):
            REMOVED.remove(unit, one.id)


def end_note(unit: Opened, note_id: int, trainee_id: int) -> None:
    """A note that was marked as removed goes for good, with the own views beside it."""
    v, n = tables.own_view.c, tables.note.c
    unit.connection.execute(
        delete(tables.own_view).where(v.trainee_id == trainee_id, v.subject == f"note:{note_id}")
    )
    unit.connection.execute(delete(tables.note).where(n.id == note_id, n.deleted.is_(True)))
    drop_views_of(unit, trainee_id, f"note:{note_id}")


def unmarked_notes(unit: Opened) -> Iterable[tuple[int, int]]:
    """Notes removed before removals were dated: number and trainee."""
    n = tables.note.c
    known = {one.subject for one in REMOVED.find(unit, _R.subject.startswith("note:"))}
    found = unit.connection.execute(select(n.id, n.trainee_id).where(n.deleted.is_(True)))
    return [(id_, whose) for id_, whose in found if f"note:{id_}" not in known]


def _rows(unit: Opened, table: Table, where: Any) -> list[dict[str, Any]]:
    """As SQLite keeps them: text, numbers and None, so that JSON holds them without loss."""
    bare = _bare(table)
    ids = [list(row) for row in unit.connection.execute(select(*table.primary_key).where(where))]
    names = [column.name for column in table.primary_key]
    found = []
    for key in ids:
        same = [bare.c[name] == _plain(value) for name, value in zip(names, key, strict=True)]
        found.append(dict(unit.connection.execute(select(bare).where(*same)).mappings().one()))
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _bare(table: Table) -> Any:
    """The table without the types of its columns."""
    from sqlalchemy import column
    from sqlalchemy import table as plain

    return plain(table.name, *(column(one.name) for one in table.c))


def _free(unit: Opened, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(row)
    if "id" in found and list(table.primary_key) == [table.c.id]:
        taken = unit.connection.execute(select(table.c.id).where(table.c.id == found["id"])).first()
        if taken is not None and not _is_pointed_at(table):
            del found["id"]
    return found


def _is_pointed_at(table: Table) -> bool:
    """Whether rows of another table name this one's number: then it must be the old one."""
    return table.name in ("period", "plan")
