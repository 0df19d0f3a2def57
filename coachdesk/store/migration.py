"""The schema, by Alembic from the first version on: run from inside the program, forward only.

One transaction for all steps, foreign keys off before it begins (else rebuilding a table would
silently delete what points to it) and checked before it ends.  An existing desk is first copied
to ``desk.db.before-<revision>``: going back is putting that copy back.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine

from coachdesk.errors import DeskDamaged, NewerDesk
from coachdesk.i18n import N_
from coachdesk.store import engine as store_engine
from coachdesk.store import troubles
from coachdesk.store.troubles import disk_troubles
from coachdesk.whole_file import sync_folder

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
HEAD = REVISIONS[-1]
SCRIPTS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The revision of an open store; None for a store without any schema."""
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
    if not found:
        return None
    number = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if number is None else str(number)


def bring_up_to_date(engine: Engine, path: Path, key: bytearray) -> str | None:
    """Upgrade the store when it is older than the program; returns the revision it had, if it did.

    Raises:
        NewerDesk: the store has a revision that this program does not know.
        DeskDamaged: it opens but has no schema.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return None
    if found is None:
        raise DeskDamaged(N_("The store is empty inside. Restore the desk from a backup."))
    if found not in REVISIONS:
        raise NewerDesk(N_("This desk was made by a newer CoachDesk. Update the program."))
    copy_before(path, key, found)
    upgrade(path, key)
    return found


def upgrade(path: Path, key: bytearray, to: str = "head") -> None:
    """Run the steps that are missing, all or none.

    Raises:
        DeskDamaged: rows point to nothing afterwards; everything is as it was before.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    engine = store_engine.make_engine(path, key, foreign_keys=False)
    try:
        writing = engine.execution_options(**{store_engine.WRITING: True})
        with writing.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DeskDamaged(N_("The desk could not be updated and was left as it was."))
    finally:
        engine.dispose()


def copy_before(path: Path, key: bytearray, revision_: str) -> Path:
    """Copy the store, encrypted with the same key, and see that the copy is whole.

    Raises:
        DiskFull: no room for the copy; nothing is left of it, and the store is as it was.
    """
    target = path.with_name(f"{path.name}.before-{revision_}")
    half = target.with_name(target.name + ".new")
    with disk_troubles(path.parent):
        half.unlink(missing_ok=True)
        try:
            if not _copied(path, half, key):
                raise DeskDamaged(N_("A part of the store cannot be read. Restore the desk from a backup."))
        except Exception as error:  # the half copy goes, whatever it was
            for left in path.parent.glob(f"{half.name}*"):
                left.unlink()
            raise troubles.of_store(error, path.parent) or error from error
        half.replace(target)
        sync_folder(path.parent)
    return target


def _copied(path: Path, half: Path, key: bytearray) -> bool:
    """Copy it all in one step; whether the copy is whole."""
    source = store_engine.connect(path, key)
    try:
        copy = store_engine.connect(half, key, new=True)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            return bool(copy.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        finally:
            copy.close()
    finally:
        source.close()
