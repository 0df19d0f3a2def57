"""The region's store: SQLite (WAL) in its own folder by default, PostgreSQL by URL.

One transaction writes at a time on SQLite (BEGIN IMMEDIATE); on PostgreSQL the row of the desk is locked.
"""

import contextlib
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError

from coachdesk.errors import DiskFull, Trouble
from coachdesk.i18n import N_
from coachdesk.region import migration

STORE = "region.db"
READING = "coachdesk_reading"
BUSY_SECONDS = 30
BUSY = N_("The region's store is busy. Try again in a moment.")  # every connection is in use


def open_store(url: str, file: Path, *, busy_seconds: int = BUSY_SECONDS) -> Engine:
    """Open a store, and bring it up to date.

    Raises:
        Trouble: it cannot be reached, read or written, or was made by a newer program.
    """
    found = _made(url or f"sqlite:///{file}", file, busy_seconds)
    try:
        migration.bring_up_to_date(found)
    except DBAPIError as error:
        found.dispose()
        raise trouble_of(error) from error
    except Trouble:
        found.dispose()
        raise
    return found


def trouble_of(error: DBAPIError) -> Trouble:
    """What an error of a database means to people."""
    text = str(error.orig).lower()
    if getattr(error.orig, "sqlstate", None) == "53100" or "disk is full" in text or "no space left" in text:
        return DiskFull(N_("The disk of the region's store is full. Nothing was written."))
    return Trouble(N_("The region's store cannot be read or written."))


def _made(url: str, file: Path, busy_seconds: int) -> Engine:
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if url.startswith("sqlite:///"):
        _own_file(file)  # SQLite gives its side files the mode of the store
    try:
        if url.startswith("postgresql"):
            return _postgresql(url, busy_seconds)
        found = create_engine(url)
    except (ArgumentError, ImportError) as error:  # no URL, or no driver for it here
        raise Trouble(N_("The region's store cannot be read or written.")) from error
    if found.dialect.name == "sqlite":
        event.listen(found, "connect", lambda connection, _record: _sqlite(connection, busy_seconds))
        event.listen(found, "begin", _begin)
    return found


def _postgresql(url: str, busy_seconds: int) -> Engine:
    waits = f"-c lock_timeout={busy_seconds}s -c statement_timeout={2 * busy_seconds}s -c timezone=UTC"
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=5,
        pool_timeout=busy_seconds,
        connect_args={"connect_timeout": 5, "options": waits, "application_name": "coachdesk-region"},
    )


def _own_file(file: Path) -> None:
    """An empty store that only the receiving account reads, before anything is written into it."""
    with contextlib.suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _sqlite(connection: Any, busy_seconds: int) -> None:
    connection.isolation_level = None  # our own BEGIN below: a reader never turns writer in the middle
    connection.execute(f"PRAGMA busy_timeout = {busy_seconds * 1000}")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
