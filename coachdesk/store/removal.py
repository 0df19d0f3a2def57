"""A trainee removed for good: every row of every table, the key of the log, and what is left in free pages.

Deleting a row leaves its bytes in pages that are free for later.  ``sweep`` builds the store anew without
them and empties its write-ahead file, so that nothing of the person is found in either, also by who has the
key.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update

from coachdesk.store import access_log, engine, enrolments, joining, meta, outbox, summaries, tables
from coachdesk.store.dossier import rows_of, tables_of_trainees
from coachdesk.store.making import FILES
from coachdesk.store.rows import Opened
from coachdesk.store.troubles import disk_troubles

TO_SWEEP = "removal.to_sweep"  # somebody was removed and the free pages are not swept yet

_I, _D = tables.bundle_item.c, tables.draft.c


def remove(unit: Opened, trainee_id: int) -> dict[str, int]:
    """Delete every row about a trainee; how many rows, by table.  ``sweep`` must follow the commit."""
    found = {"draft": _drafts(unit, trainee_id)}
    _forget_sent(unit, trainee_id)
    for number in (trainee_id, *joining.gone_ids(unit, trainee_id)):
        _forget_imports(unit, number)
        access_log.destroy_key(unit.connection, number)
    for table in reversed(tables_of_trainees()):
        done = unit.connection.execute(delete(table).where(rows_of(table, trainee_id)))
        found[table.name] = done.rowcount
    meta.put(unit, TO_SWEEP, "1")
    return {name: count for name, count in found.items() if count}


def counts(unit: Opened, trainee_id: int) -> dict[str, int]:
    """How many rows there are about a trainee, by table; empty tables are left out."""
    found = {
        table.name: unit.connection.execute(
            select(func.count()).select_from(table).where(rows_of(table, trainee_id))
        ).scalar_one()
        for table in tables_of_trainees()
    }
    found["draft"] = unit.connection.execute(
        select(func.count()).select_from(tables.draft).where(_about(unit, trainee_id))
    ).scalar_one()
    return {name: count for name, count in found.items() if count}


def at_region(unit: Opened, trainee_id: int) -> tuple[str, ...]:
    """The recipients who have something of a trainee, or may have, that no withdrawal has followed."""
    found = []
    for region in enrolments.regions(unit):
        begun = region.epoch == 1 or outbox.has_snapshot(unit, region.id, region.epoch)
        last = summaries.last_sent(unit, region.id, region.epoch if begun else None, trainee_id)
        if any(one.item.kind == "put" or one.state == outbox.SEALED for one in last.values()):
            found.append(region.recipient)
    return tuple(found)


def files_of(unit: Opened, trainee_id: int) -> tuple[str, ...]:
    """The names of the files that hold a trainee's attachments."""
    table = tables.metadata.tables.get("attachment")
    if table is None:
        return ()
    found = unit.connection.execute(select(table.c.file).where(table.c.trainee_id == trainee_id))
    return tuple(found.scalars())


def destroy_files(folder: Path, files: Iterable[str]) -> None:
    """Take files away whose keys are gone; one that cannot be removed is no more than noise."""
    for file in files:
        with contextlib.suppress(OSError):
            (folder / FILES / file).unlink(missing_ok=True)


def sweep(raw: Any, folder: Path) -> None:
    """Build the store anew without free pages, empty the write-ahead file, and let go of older copies.

    ``raw`` is a connection of the driver, and the only one.

    Raises:
        DiskFull, Trouble: there is no room for it; nothing is lost, and it may be tried again.
    """
    with disk_troubles(folder):
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for former in folder.glob(f"{engine.NAME}.before-*"):
            former.unlink(missing_ok=True)  # the store as it was before an update of the program


def _about(unit: Opened, trainee_id: int) -> Any:
    """Drafts about the person: their subject begins with the trainee, or names one of the notes."""
    own = f"trainee:{trainee_id}"
    ids = unit.connection.execute(select(tables.note.c.id).where(tables.note.c.trainee_id == trainee_id))
    subjects = [own, *(f"note:{note_id}" for note_id in ids.scalars())]
    return or_(_D.subject.in_(subjects), _D.subject.startswith(f"{own}:", autoescape=True))


def _drafts(unit: Opened, trainee_id: int) -> int:
    return unit.connection.execute(delete(tables.draft).where(_about(unit, trainee_id))).rowcount


def _forget_sent(unit: Opened, trainee_id: int) -> None:
    """What a withdrawal still on its way needs stays, without the person: its mark and its number.

    Where no receipt has named it yet the region may still refuse it, and it must then go again.
    """
    on_its_way = (
        select(_I.ref)
        .join(
            tables.bundle,
            and_(*(_I[name] == tables.bundle.c[name] for name in ("region_id", "epoch", "seq"))),
        )
        .where(_I.trainee_id == trainee_id, tables.bundle.c.state.in_(outbox.WAITING))
    )
    refs = list(unit.connection.execute(on_its_way).scalars())
    unit.connection.execute(
        update(tables.bundle_item)
        .where(_I.trainee_id == trainee_id, _I.ref.in_(refs))
        .values(trainee_id=None, fields=None, digest="")
    )


def _forget_imports(unit: Opened, trainee_id: int) -> None:
    """An import remembers each row it brought, to see whether it may still be undone."""
    batch = tables.import_batch
    for batch_id, touched in unit.connection.execute(select(batch.c.id, batch.c.touched)).all():
        if touched and str(trainee_id) in touched:
            left = {key: told for key, told in touched.items() if key != str(trainee_id)}
            unit.connection.execute(update(batch).where(batch.c.id == batch_id).values(touched=left))
