"""A region of its own process on this computer: made in a folder, started, asked, stopped.

Only for practice: it listens on this computer alone, and nothing of a real desk is given to it.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.i18n import N_

ID = "practice"
_LISTENING = re.compile(r"https?://\S+")
_QUIET = 30  # s that a command of the region may take


class PracticeRegion:
    """A made-up region in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def card(self) -> Path:
        """Its public file."""
        return self.folder / "region.json"

    def make(self) -> None:
        """Make its keys."""
        names = ("--name-fi", "Harjoitusalue", "--name-sv", "Övningsområdet")
        self.command("init", str(self.folder), "--id", ID, *names)

    def enrol(self, file: Path) -> None:
        """Take a desk's public file in."""
        self.command("enrol", str(file), "--region", str(self.folder))

    def held(self) -> dict[str, Any]:
        """All that it holds."""
        found: dict[str, Any] = json.loads(self.command("list", "--json", "--region", str(self.folder)))
        return found

    def start(self) -> str:
        """Let it listen; its address.

        Raises:
            Trouble: it does not start.
        """
        port = self.address.rpartition(":")[2] or "0"
        options = ["--listen", f"127.0.0.1:{port}", "--no-pages"]
        options += ["--a-minute-desk", "0", "--a-minute-address", "0"]
        options += ["--a-day-desk", "0", "--while-input"]
        self._process = subprocess.Popen(
            [*program(), "serve", "--region", str(self.folder), *options],
            stdin=subprocess.PIPE,  # closed when this process ends, however it ends: the region ends with it
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=_surroundings(),
        )
        assert self._process.stdout is not None
        said = _LISTENING.search(self._process.stdout.readline())
        if said is None:
            self.stop()
            raise Trouble(N_("The practice region does not start."))
        self.address = said[0].rstrip(".")
        return self.address

    @property
    def runs(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(lambda process: process.kill())

    def stop(self) -> None:
        """Ask it to end, and wait for that."""
        self._end(lambda process: process.terminate())

    def _end(self, how: Any) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        how(process)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def command(self, *words: str) -> str:
        """Carry out a command of the region's program; what it says.

        Raises:
            Trouble: it failed.
        """
        done = subprocess.run(
            [*program(), *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=_surroundings(),
            timeout=_QUIET,
            check=False,
        )
        if done.returncode:
            raise Trouble(N_("The practice region does not start."))
        return done.stdout


def program() -> list[str]:
    """The region's program: beside this one where it is installed as one, else a module of it."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("coachdesk-region"))]
    return [sys.executable, "-m", "coachdesk.region"]


def _surroundings() -> dict[str, str]:
    source = str(Path(__file__).parent.parent.parent)
    kept = os.environ.get("PYTHONPATH")
    path = source if not kept else f"{source}{os.pathsep}{kept}"
    return {**os.environ, "COACHDESK_LANGUAGE": "en", "PYTHONPATH": path, "PYTHONUTF8": "1"}
