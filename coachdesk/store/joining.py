"""Two records joined in the store: rows moved by key, values written over, each kept so that it goes back.

Rows are read and written as the driver holds them, so that what comes back is what was there, to the letter.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, UniqueConstraint, func, select, update

from coachdesk.domain.joining import Joined
from coachdesk.store import tables
from coachdesk.store.dossier import tables_of_trainees
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened, Rows

JOINED = Rows(tables.joined, Joined)
REPLACED = "replaced"  # beside the moved keys: consents replaced by the join, each with the one that stands
SINCE = "since"  # beside the moved keys: the last number of each table, so that later rows are told apart
FOLLOWS = "attended_day"  # belongs to a period, and goes with it
WHOLE = ("reference", "acceptance")  # laid aside of both: a joined summary is new, and under one ref

Row = dict[str, Any]
_J = tables.joined.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Joined, ...]:
    """The records joined into a trainee's and not parted, the newest first."""
    return JOINED.find(unit, _J.trainee_id == trainee_id, _J.parted.is_(None), order=_J.id.desc())


def gone_ids(unit: Opened, trainee_id: int) -> tuple[int, ...]:
    """The numbers under which the log knows a trainee too."""
    where = (_J.trainee_id == trainee_id, _J.parted.is_(None))
    return tuple(unit.connection.execute(select(_J.gone_id).where(*where).order_by(_J.id)).scalars())


def now(unit: Opened, trainee_ids: Iterable[int]) -> dict[int, int]:
    """Under which number each trainee is found today: the own, or that of the record joined into."""
    found = unit.connection.execute(select(_J.gone_id, _J.trainee_id).where(_J.parted.is_(None)))
    into = {row.gone_id: row.trainee_id for row in found}
    return {one: into.get(one, one) for one in trainee_ids}


def moving() -> tuple[Table, ...]:
    """Every table whose rows name their trainee themselves; the others follow their period, plan or note."""
    return tuple(
        table for table in tables_of_trainees() if table is not tables.trainee and "trainee_id" in table.c
    )


def counts(unit: Opened, trainee_id: int) -> dict[str, int]:
    """How many rows of each table would move; empty ones are left out."""
    found = {}
    for table in moving():
        counted = select(func.count()).select_from(table).where(table.c.trainee_id == trainee_id)
        if number := unit.connection.execute(counted).scalar_one():
            found[table.name] = int(number)
    return found


def rows(unit: Opened, table: str, **where: Any) -> list[Row]:
    """Rows as the driver holds them."""
    said = " AND ".join(f'"{name}" IS ?' for name in where) or "1"
    return _rows(unit, f'SELECT * FROM "{table}" WHERE {said}', tuple(where.values()))


def last_numbers(unit: Opened) -> dict[str, int]:
    """The last number of each table that has numbers."""
    numbered = (table for table in moving() if "id" in table.c)
    return {
        table.name: unit.connection.execute(select(func.max(table.c.id))).scalar() or 0 for table in numbered
    }


def twice(unit: Opened, kept_id: int, gone_id: int) -> Iterator[tuple[str, list[Row]]]:
    """Rows of the other record that would stand twice under one key, by table."""
    for table in moving():
        for columns in () if table.name in (FOLLOWS, *WHOLE) else _unique(table):
            same = " AND ".join(f'mine."{name}" IS theirs."{name}"' for name in columns)
            sql = (
                f'SELECT theirs.* FROM "{table.name}" AS theirs JOIN "{table.name}" AS mine ON {same} '
                "WHERE theirs.trainee_id = ? AND mine.trainee_id = ?"
            )
            if found := _rows(unit, sql, (gone_id, kept_id)):
                yield table.name, found


def move(unit: Opened, table: Table, whence: int, to: int) -> list[Row]:
    """Give every row of a trainee to another; the keys of the rows."""
    names = _key(table)
    wanted = ", ".join(f'"{name}"' for name in names)
    found = _rows(unit, f'SELECT {wanted} FROM "{table.name}" WHERE trainee_id = ?', (whence,))
    speak(unit.connection, f'UPDATE "{table.name}" SET trainee_id = ? WHERE trainee_id = ?', (to, whence))
    return [] if table.name == FOLLOWS else found


def move_back(unit: Opened, table: str, keys: Iterable[Row], whence: int, to: int) -> int:
    """Give the rows of those keys back; how many were no longer there."""
    lost = 0
    for key in keys:
        said = " AND ".join(f'"{name}" IS ?' for name in key)
        sql = f'UPDATE "{table}" SET trainee_id = ? WHERE trainee_id = ? AND {said}'
        lost += speak(unit.connection, sql, (to, whence, *key.values())).rowcount != 1
    return lost


def days_follow(unit: Opened, trainee_id: int) -> None:
    """Marks belong to whom their period belongs."""
    sql = (
        "UPDATE attended_day SET trainee_id = ? "
        "WHERE period_id IN (SELECT id FROM period WHERE trainee_id = ?) AND trainee_id <> ?"
    )
    speak(unit.connection, sql, (trainee_id, trainee_id, trainee_id))


def items_follow(unit: Opened, refs: Iterable[str], trainee_id: int) -> None:
    """What was sealed under a ref belongs to whom the ref belongs."""
    item = tables.bundle_item
    unit.connection.execute(update(item).where(item.c.ref.in_(list(refs))).values(trainee_id=trainee_id))


def take_away(unit: Opened, table: str, found: Iterable[Row]) -> None:
    """Take rows out of their table, by their key."""
    names = [column.name for column in tables.metadata.tables[table].primary_key]
    said = " AND ".join(f'"{name}" IS ?' for name in names)
    for row in found:
        speak(unit.connection, f'DELETE FROM "{table}" WHERE {said}', tuple(row[name] for name in names))


def lay_back(unit: Opened, table: str, found: Iterable[Row]) -> int:
    """Write rows again as they were; how many found no room."""
    refused = 0
    for row in found:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        sql = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})'
        refused += speak(unit.connection, sql, tuple(row.values())).rowcount != 1
    return refused


def write_back(unit: Opened, table: str, key: Row, before: Row, after: Row) -> tuple[str, ...]:
    """Write the values of before where those of after still stand; the names of those that do not."""
    found = rows(unit, table, **key)
    if not found:
        return tuple(before)
    still = {name: value for name, value in before.items() if found[0][name] == after[name]}
    if still:
        names = ", ".join(f'"{name}" = ?' for name in still)
        said = " AND ".join(f'"{name}" IS ?' for name in key)
        values = (*still.values(), *key.values())
        speak(unit.connection, f'UPDATE "{table}" SET {names} WHERE {said}', values)
    return tuple(name for name in before if name not in still)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Row, Row]:
    """What differs between two readings of one row: as it was, as it is."""
    names = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def removed_follow(unit: Opened, whence: int, to: int, ids: Iterable[int]) -> None:
    """What was removed and may be brought back comes back to who the person is now."""
    table = tables.removed
    for one in ids:
        kept = unit.connection.execute(select(table.c.rows).where(table.c.id == one)).scalar()
        if kept is None:
            continue
        turned = {name: [_turned(row, whence, to) for row in found] for name, found in kept.items()}
        unit.connection.execute(update(table).where(table.c.id == one).values(rows=turned))


def drafts_of(unit: Opened, trainee_id: int) -> list[Row]:
    """The drafts about a trainee, by their subject."""
    own = f"trainee:{trainee_id}"
    sql = "SELECT * FROM draft WHERE subject = ? OR substr(subject, 1, ?) = ?"
    return _rows(unit, sql, (own, len(own) + 1, f"{own}:"))


def refuse_left(unit: Opened, trainee_id: int) -> None:
    """See that nothing is left under a number before its row goes: what is left would go with it.

    Raises:
        LookupError: a table was forgotten.
    """
    if left := counts(unit, trainee_id):
        raise LookupError(f"rows left behind: {left}")


def part_links(unit: Opened, *trainee_ids: int) -> None:
    """A plan or a consent replaces only one of the same person."""
    for table in ("plan", "consent"):
        sql = (
            f"UPDATE {table} AS one SET replaces_id = NULL WHERE trainee_id IN (?, ?) AND replaces_id IN "
            f"(SELECT id FROM {table} AS other WHERE other.trainee_id <> one.trainee_id)"
        )
        speak(unit.connection, sql, trainee_ids)


def withdrawn_uids(unit: Opened) -> frozenset[str]:
    """The names of consents under which a withdrawal was sealed: nothing is kept under them any more."""
    item = tables.bundle_item.c
    sent = select(item.consent_uid).where(item.kind == "withdraw", item.consent_uid != "")
    return frozenset(unit.connection.execute(sent).scalars())


def added_since(unit: Opened, trainee_id: int, since: Mapping[str, int]) -> dict[str, int]:
    """How many rows a trainee has got after a number, by table."""
    found = {}
    for name, last in since.items():
        table = tables.metadata.tables[name]
        where = (table.c.trainee_id == trainee_id, table.c.id > last)
        number = unit.connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        if number:
            found[name] = int(number)
    return found


def _turned(row: Mapping[str, Any], whence: int, to: int) -> Row:
    return {name: to if name == "trainee_id" and value == whence else value for name, value in row.items()}


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key if column.name != "trainee_id"]


def _unique(table: Table) -> Iterator[list[str]]:
    """The columns that may not stand twice beside one trainee."""
    own = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    for constraint in (table.primary_key, *own):
        names = [column.name for column in constraint.columns if column.name != "trainee_id"]
        if names and "trainee_id" in constraint.columns:
            yield names


def _rows(unit: Opened, sql: str, values: tuple[Any, ...]) -> list[Row]:
    cursor = speak(unit.connection, sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
