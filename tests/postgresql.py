"""A PostgreSQL of the tests' own: started once for a run, as its own user where the run is root's.

Debian's package brings the programs (``installer/linux/libraries.sh tests`` installs it).  Nothing is kept
safe: the store lives as long as the run.  Several runs at once (pytest-xdist) each start their own.
"""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from coachdesk.region.tables import metadata

HOW = "Install it with: sudo apt-get install postgresql"
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB",
          "max_connections=60", "log_min_messages=fatal", "unix_socket_directories=''",
          "listen_addresses=127.0.0.1", "autovacuum=off")  # fmt: skip


class Postgresql:
    """A running server; ``fresh`` makes an empty store in it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.password = (folder / "password").read_text().strip()
        self._empty: list[str] = []

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://coachdesk:{self.password}@127.0.0.1:{self.port}/{name}"

    def sql(self, statement: str, name: str = "postgres") -> None:
        engine = create_engine(
            self.url(name).replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def fresh(self) -> str:
        name = f"t{secrets.token_hex(8)}"
        self.sql(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def lend(self) -> str:
        """An empty store; one that was emptied and given back where there is one."""
        return self._empty.pop() if self._empty else self.fresh()

    def give_back(self, name: str) -> None:
        """Empty a store for the next test; one that is not as it should be is dropped."""
        try:  # twenty tables are sooner deleted from than truncated
            self.sql("; ".join(f'DELETE FROM "{table}"' for table in metadata.tables), name)
        except DBAPIError:
            self.drop(name)
        else:
            self._empty.append(name)

    def stop(self, how: str = "fast") -> None:
        _run("pg_ctl", "-D", self.folder / "store", "-m", how, "-w", "stop")

    def start(self) -> None:
        options = " ".join(f"-c {one}" for one in (f"port={self.port}", *_QUICK))
        log = self.folder / "log"
        _run("pg_ctl", "-D", self.folder / "store", "-l", log, "-w", "-t", "60", "-o", options, "start")


@contextlib.contextmanager
def running() -> Iterator[Postgresql]:
    """Start a server, and stop it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="coachdesk-pg-"))
    try:
        (folder / "password").write_text(secrets.token_urlsafe(18))
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            shutil.chown(folder / "password", "postgres")
        words = ("-A", "scram-sha-256", "-U", "coachdesk", "--pwfile", folder / "password", "-E", "UTF8")
        _run("initdb", "-D", folder / "store", *words, "--locale=C", "--no-sync")
        found = _started(folder)
        try:
            yield found
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                found.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> Postgresql:
    """A server on a free port; another one where somebody was quicker to take it."""
    for left in (2, 1, 0):
        found = Postgresql(folder, _free_port())
        try:
            found.start()
        except subprocess.CalledProcessError:
            if not left:
                raise
        else:
            return found
    raise AssertionError


def programs() -> Path:
    """Where the newest PostgreSQL's programs lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[4]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    assert there, f"PostgreSQL is missing. {HOW}"
    return Path(there).parent


def _run(program: str, *words: object) -> None:
    command = [str(programs() / program), *map(str, words)]
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        command = ["runuser", "-u", "postgres", "--", *command]
    with tempfile.TemporaryFile() as out:  # a pipe would stay open in the server
        done = subprocess.run(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/")
        out.seek(0)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command, out.read())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
