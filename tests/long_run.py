"""``make faults``: every harness in full, in pieces that run beside each other and are kept as they end.

A piece is the tests of one file for one row, and each door of the fuzzer by itself.  What a piece counted
stands in ``out/faults.json`` with its commit, day and time; killed in the middle, the next run goes on after
the last piece.  A piece is run again when it failed, when the code was changed since, or with ``--again``.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from threading import Lock

import pytest

from tests import faults

TESTS = Path(__file__).parent
ROOT = TESTS.parent
# what a piece runs: while this is as it was, the piece is still true
RUNS = (
    "coachdesk",
    "tests",
    "resources",
    "pyproject.toml",
    "requirements.lock",
)
# what takes longest is begun first
FIRST = (
    "letters",
    "kill line",
    "kill upgrade",
    "kill acts",
    "kill backup",
    "kill restore",
    "fuzz",
)
BESIDE = 2 * (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some tests that run by themselves in one process."""

    name: str
    row: str
    tests: tuple[str, ...]

    def log(self, out: Path) -> Path:
        """Where what it said is kept."""
        return out / "faults" / (re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") + ".log")


@dataclass(slots=True)
class Collected:
    """A plugin of pytest that takes down which tests stand for which row."""

    rows: dict[str, list[str]] = field(default_factory=dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Each door of the fuzzer apart; of other tests all their cases together."""
        for item in items:
            mark = item.get_closest_marker("faults")
            if mark is None:
                continue
            file, test = item.nodeid.split("::", 1)
            name = f"{Path(file).stem.removeprefix('test_').replace('_', ' ')}: {mark.args[0]}"
            if mark.args[0] == "fuzz":
                name = f"fuzz: {test.partition('[')[2].removesuffix(']')}"
            else:
                test = test.partition("[")[0]
            chosen = self.rows.setdefault(f"{mark.args[0]}|{name}", [])
            if f"{file}::{test}" not in chosen:
                chosen.append(f"{file}::{test}")


def pieces() -> list[Piece]:
    """All of them, those that take long first."""
    collected = Collected()
    marked = [path for path in TESTS.rglob("test_*.py") if "mark.faults(" in path.read_text("utf-8")]
    chosen = ["--collect-only", "-qq", "-m", "faults", "-p", "no:cacheprovider", *map(str, sorted(marked))]
    with redirect_stdout(StringIO()) as said:
        done = pytest.main(chosen, [collected])
    assert done == 0, said.getvalue()
    found = [
        Piece(row=key.partition("|")[0], name=key.partition("|")[2], tests=tuple(tests))
        for key, tests in collected.rows.items()
    ]
    order = {row: place for place, row in enumerate(FIRST)}
    return sorted(found, key=lambda one: order.get(one.row, len(FIRST)))


def state(root: Path = ROOT) -> str:
    """What the code is, whatever its commit is called: a sum over all that the pieces run."""
    total = sha256()
    for name in RUNS:
        for path in sorted([root / name, *(root / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo":
                total.update(
                    str(path.relative_to(root)).encode() + b"\0" + sha256(path.read_bytes()).digest()
                )
    return total.hexdigest()[:16]


def commit(root: Path = ROOT) -> str:
    """The commit's short name; with ``+`` where what is run differs from it, ``-`` where there is none."""
    asked = ["git", "describe", "--always", "--abbrev=7", "--exclude=*", "--dirty=+"]
    said = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "-"


def stands(kept: faults.Kept, piece: Piece, code: str) -> bool:
    """Whether the piece was run to its good end with this code."""
    one = kept.get(piece.name)
    return bool(one and one["passed"] and one["state"] == code)


@dataclass(slots=True)
class Run:
    """One ``make faults``: what is kept so far, and what is running now."""

    out: Path
    code: str
    commit: str
    beside: int
    kept: faults.Kept
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    stopped: bool = False

    def piece(self, piece: Piece) -> bool | None:
        """Run one piece and keep what it counted; whether it passed, None where the whole was stopped."""
        log, counts = piece.log(self.out), piece.log(self.out).with_suffix(".json")
        log.parent.mkdir(parents=True, exist_ok=True)
        counts.unlink(missing_ok=True)
        began, moment = time.monotonic(), datetime.now(UTC)
        with log.open("wb") as said, self.lock:
            if self.stopped:
                return None
            run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *piece.tests]
            own = os.environ | {"COACHDESK_FAULTS": "full", "COACHDESK_FAULTS_COUNTS": str(counts)}
            process = subprocess.Popen(
                run, cwd=ROOT, env=own, stdin=subprocess.DEVNULL, stdout=said, stderr=said, process_group=0
            )
            self.running[piece.name] = process
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        with self.lock:
            del self.running[piece.name]
            if self.stopped:
                return None
            rows = json.loads(counts.read_text("utf-8")) if counts.exists() else {}
            passed = process.returncode == 0 and bool(rows)
            self.kept[piece.name] = {
                "passed": passed,
                "state": self.code,
                "commit": self.commit,
                "began": moment.isoformat(timespec="seconds"),
                "seconds": round(time.monotonic() - began),
                "processor": round(used.ru_utime + used.ru_stime),
                "beside": self.beside,
                "rows": rows or {piece.row: {"tries": 1, "survived": 0, "lost": 1, "told": 0}},
            }
            faults.put(self.kept, self.out)
        return passed

    def stop(self) -> None:
        """End what runs, with all that it started; what is finished stays."""
        with self.lock:
            self.stopped = True
            for process in self.running.values():
                os.killpg(process.pid, signal.SIGKILL)

    def all(self, todo: list[Piece]) -> Iterator[tuple[Piece, bool]]:
        """Each piece as it ends."""
        with ThreadPoolExecutor(self.beside) as workers:
            asked = {workers.submit(self.piece, piece): piece for piece in todo}
            try:
                for done in as_completed(asked):
                    passed = done.result()
                    if passed is not None:
                        yield asked[done], passed
            except BaseException:
                self.stop()
                raise


def say(text: str) -> None:
    """A line of progress, with the time of the clock on the wall."""
    sys.stdout.write(f"{datetime.now(UTC).astimezone():%H:%M:%S}  {text}\n")
    sys.stdout.flush()


def follow(run: Run, todo: list[Piece]) -> None:
    """Run all and tell how each ended."""
    for number, (piece, passed) in enumerate(run.all(todo), start=1):
        one = run.kept[piece.name]
        tries = sum(row["tries"] for row in one["rows"].values())
        took = f"{one['seconds']} s, of a processor {one['processor']} s"
        say(f"{number} of {len(todo)}  {piece.name}: {tries} tries, {took}{'' if passed else '  FAILED'}")
        if not passed:
            sys.stdout.write(piece.log(run.out).read_text("utf-8", "replace")[-3000:] + "\n")


def main(arguments: list[str], out: Path = faults.OUT) -> int:
    """Run what is not finished; 1 when anything was lost or not tried in full."""
    told = argparse.ArgumentParser(prog="python -m tests.long_run", description=__doc__)
    told.add_argument("--again", action="store_true", help="also what is finished")
    told.add_argument("--beside", type=int, default=BESIDE, help="how many pieces run at once")
    told.add_argument("--only", default="", help="pieces whose name has this word")
    asked = told.parse_args(arguments)
    assert faults.FULL, "set COACHDESK_FAULTS=full"
    signal.signal(signal.SIGTERM, lambda *_of: sys.exit(143))
    known, code = [one for one in pieces() if asked.only in one.name], state()
    run = Run(out=out, code=code, commit=commit(), beside=asked.beside, kept=faults.get(out))
    for name in set(run.kept) - {one.name for one in known} if not asked.only else ():
        del run.kept[name]  # of a test that is no more
    todo = [one for one in known if asked.again or not stands(run.kept, one, code)]
    stand = len(known) - len(todo)
    say(f"{len(todo)} pieces of {len(known)}, {asked.beside} beside each other; {stand} stand from before")
    follow(run, todo)
    return faults.main(out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
