"""The schema of the region's store, by Alembic: run when the store is opened, forward only, all or nothing.

The same steps for SQLite and PostgreSQL.  A store of 0.1 has no number of its own and is taken as the first.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from coachdesk.errors import Trouble
from coachdesk.i18n import N_
from coachdesk.region.tables import metadata

REVISIONS = ("0001", "0002", "0003", "0004")
HEAD = REVISIONS[-1]
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x436F6163  # of PostgreSQL: one process migrates, the others wait


def bring_up_to_date(engine: Engine) -> None:
    """Make the store, or upgrade an older one.

    Raises:
        Trouble: it was made by a newer program.
        DBAPIError: it cannot be read or written.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        found = revision(connection)
        if found == HEAD:
            return
        if found == "":
            metadata.create_all(connection)
            stamp(connection, HEAD)
            return
        if found not in REVISIONS:
            raise Trouble(N_("The region's store was made by a newer CoachDesk. Update the program."))
        upgrade(connection, found)


def revision(connection: Connection) -> str:
    """The revision of a store; empty where there is nothing yet."""
    there = inspect(connection)
    if there.has_table("alembic_version"):
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    return REVISIONS[0] if there.has_table("device") else ""


def stamp(connection: Connection, number: str) -> None:
    """Note the revision in a store that has none."""
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:n)"), {"n": number})


def upgrade(connection: Connection, found: str, to: str = "head") -> None:
    """Run the steps that are missing; ``found`` is empty for a store without anything."""
    from alembic import command
    from alembic.config import Config

    if found and not inspect(connection).has_table("alembic_version"):
        stamp(connection, found)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
