"""A PostgreSQL of one's own for as long as a run lasts: its own folder, port, account and password.

Debian's package brings the programs; they refuse to run as root, so root starts them as ``postgres``.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coachdesk.errors import Trouble
from coachdesk.i18n import N_

NAME = "region"


@contextmanager
def postgres() -> Iterator[str]:
    """Start it; gives the URL of its one database, and leaves nothing behind.

    Raises:
        Trouble: the programs are not installed, or do not start.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="coachdesk-postgres-"))
    password, port = secrets.token_hex(16), free_port()
    try:
        (folder / "password").write_text(password + "\n", "ascii")
        if os.geteuid() == 0:
            for place in (folder, folder / "password"):
                shutil.chown(place, "postgres", "postgres")
        own = ["-D", str(folder / "data")]
        made = ["-U", NAME, "-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "-E", "UTF8", "-N"]
        _run(programs / "initdb", *own, *made, "--locale=C.UTF-8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=40"
        _run(programs / "pg_ctl", *own, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://{NAME}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", *own, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    def version(folder: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())

    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version)
    if found:
        return found[-1]
    there = shutil.which("initdb")
    if there is None:
        raise Trouble(N_("PostgreSQL is not installed: sudo apt-get install postgresql"))
    return Path(there).parent


def _run(program: Path, *words: str) -> None:
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    done = subprocess.run([*before, str(program), *words], cwd="/", text=True, timeout=120, **quiet)  # type: ignore[call-overload]
    if done.returncode:
        raise Trouble(N_("PostgreSQL does not start: {why}"), why=done.stderr.strip()[-300:])


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
