"""The encrypted store: how a connection is opened, and how a transaction begins.

Plain ``sqlite`` dialect over SQLCipher's driver with a creator of our own: the raw key goes to
``set_key`` in a bytearray and never into SQL, a URL or a log.  WAL with ``synchronous=FULL``, so a
commit that was acknowledged survives a power cut; ``BEGIN IMMEDIATE`` for every unit that may
write, since a transaction that reads first and writes later can be refused at once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from coachdesk.errors import DeskDamaged, Trouble
from coachdesk.i18n import N_
from coachdesk.store import troubles
from coachdesk.store.keys import KEY_BYTES, wipe

NAME = "desk.db"
WRITING = "desk_writing"  # execution option of a connection whose unit may write
PAGE = 4096
PLAIN_HEADER = b"SQLite format 3\x00"
BEING_COPIED: set[Path] = set()  # stores that a backup begun before locking still reads
_CACHE_KIB = 16 * 1024


def prove_encrypted(path: Path) -> None:
    """Look at the file before any connection to it exists in this process.

    Never call it while a connection is open: closing the handle would drop SQLite's locks.  A store that
    a backup still reads was looked at before that connection was.

    Raises:
        DeskDamaged: the file is missing, empty, too short, or an unencrypted SQLite file.
    """
    if path in BEING_COPIED:
        return
    with troubles.disk_troubles(path.parent):
        if not path.exists():
            raise DeskDamaged(N_("There is no store in this folder. Restore the desk from a backup."))
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
            size = file.seek(0, 2)
    if not header:
        raise DeskDamaged(N_("The store is an empty file. Restore the desk from a backup."))
    if header == PLAIN_HEADER:
        raise DeskDamaged(
            N_("The store is not encrypted, so it is not a desk of CoachDesk. It was left as it is.")
        )
    if size < PAGE:
        raise troubles.foreign()  # SQLite would take such a rest for an empty file and write into it


def connect(path: Path, key: bytearray, *, new: bool = False) -> Any:
    """One connection of the driver, its key checked and its pragmas set.

    Raises:
        DeskDamaged: the key does not open the file.
    """
    mode = "rwc" if new else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    raw: Any = None
    try:
        raw = dbapi2.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5, cached_statements=256
        )
        raw.execute("PRAGMA cipher_log = off")
        _hand_over(raw, key)
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _settle(raw)
    except dbapi2.Error as error:
        if raw is not None:
            raw.close()
        raise troubles.of_store(error, path.parent) or error from error
    except Trouble:
        raw.close()
        raise
    return raw


def _hand_over(raw: Any, key: bytearray) -> None:
    """Give the raw key as x'..'; without those letters it would be taken for a passphrase."""
    assert len(key) == KEY_BYTES
    spelled = bytearray(b"x'")
    for byte in key:
        spelled += b"%02x" % byte
    spelled += b"'"
    try:
        raw.set_key(spelled)
    finally:
        wipe(spelled)


def _settle(raw: Any) -> None:
    if raw.execute("PRAGMA cipher_version").fetchone() is None:
        raise DeskDamaged(N_("This computer's database library cannot encrypt. Install CoachDesk again."))
    mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA recursive_triggers = ON")  # else REPLACE slips past the log's triggers
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    kept = raw.execute("PRAGMA temp_store").fetchone()[0]
    if mode != "wal" or kept != 2:
        raise Trouble(
            N_("The desk cannot be kept safely in this folder. Move it to the computer's own disk.")
        )


def make_engine(path: Path, key: bytearray, *, foreign_keys: bool = True) -> Engine:
    """The engine of one desk; ``key`` stays the caller's, who wipes it after ``dispose``."""

    def opened() -> Any:
        raw = connect(path, key)
        if not foreign_keys:
            raw.execute("PRAGMA foreign_keys = OFF")  # inside a transaction it would do nothing
        return raw

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=opened,
        poolclass=QueuePool,
        pool_size=5,  # four at work and the one that rests
        max_overflow=0,
        pool_reset_on_return="rollback",
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _say(path.parent), retval=True)
    return engine


def speak(connection: Connection, sql: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Any:
    """Say one statement to the driver itself, for what stands in every key press: a tenth of the time.

    Raises:
        Trouble: as any other statement.
    """
    try:
        return driver(connection).execute(sql, values)
    except dbapi2.Error as error:
        place = Path(driver(connection).execute("PRAGMA database_list").fetchone()[2])
        raise troubles.of_store(error, place.parent) or error from error


def driver(connection: Connection) -> Any:
    """The driver's own connection behind one of SQLAlchemy's."""
    return connection.connection.driver_connection


def begin(connection: Connection, *, writing: bool) -> None:
    """Begin a transaction at the driver itself; what SQLAlchemy says within it finds it begun."""
    kept = connection.info
    if kept.get(WRITING) is not writing:
        speak(connection, f"PRAGMA query_only = {0 if writing else 1}")
        kept[WRITING] = writing
    speak(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin(connection: Connection) -> None:
    """SQLAlchemy begins of itself with the first statement that is said through it."""
    if not driver(connection).in_transaction:
        begin(connection, writing=bool(connection.get_execution_options().get(WRITING)))


def _say(folder: Path) -> Callable[[ExceptionContext], BaseException | None]:
    def say(context: ExceptionContext) -> BaseException | None:
        connection = context.connection
        reading = connection is not None and not connection.info.get(WRITING)
        if reading and "readonly" in str(context.original_exception):
            return None  # a reading unit that writes is a mistake of ours, not the folder's
        return troubles.of_store(context.original_exception, folder)

    return say
