"""What the harnesses count: a table of faults, how often each was tried, survived, lost and told.

A test that stands for a row carries ``@pytest.mark.faults("row")``.  It counts each of its tries with
``held()``; one that counts none is a try of its own.  A failing test is a loss.  ``make faults`` runs all in
full, piece by piece (``tests/long_run.py``), and ``python -m tests.faults`` draws the table of what was run
into ``out``.
"""

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FULL = os.environ.get("COACHDESK_FAULTS") == "full"
OUT = Path(__file__).parent.parent / "out"

# row: what it is, and how many tries a full run has at least
ROWS = {
    "kill acts": ("Killed while attendance, notes, plan, drafts and import are saved", 200),
    "kill commits": ("Killed between two commits", 100),
    "kill create": ("Killed while a desk is made", 30),
    "kill passphrase": ("Killed while a passphrase is changed", 30),
    "kill removal": ("Killed while a coach is removed and the key changed", 30),
    "kill upgrade": ("Killed while an older desk is upgraded", 30),
    "kill backup": ("Killed while a backup is made", 30),
    "kill restore": ("Killed while a backup is restored", 30),
    "kill import": ("Killed while a spreadsheet is taken in", 30),
    "kill join": ("Killed while two records are joined and parted", 30),
    "kill handover": ("Killed while a trainee is taken over", 30),
    "kill files": ("Killed while papers are attached", 30),
    "disk": ("Full disk, read-only folder, a share that goes away", 30),
    "flip store": ("One bit flipped in the store", 500),
    "flip wal": ("One bit flipped in what is not yet in the store (wal)", 500),
    "flip keys": ("One bit flipped in a key file", 500),
    "flip backup": ("One bit flipped in a backup", 500),
    "flip bundle": ("One bit flipped in a bundle", 500),
    "flip receipt": ("One bit flipped in a receipt", 500),
    "files": ("Stale, missing, empty, exchanged, older or shortened files", 8),
    "places": ("Two processes, a share, a synced folder, a long path, another user's files", 5),
    "clock": ("The clock jumps", 8),
    "letters": ("Bundles lost, doubled, late, of an older desk or region, by both carriers", 2000),
    "safeguards": ("A safeguard of the way to the region switched off: found by a history", 11),
    "kill line": ("Desk or region killed while they speak over HTTP", 200),
    "strange": ("Good files cut, changed and nested without end, at every door", 1000),
    "fuzz": ("Files led by the branches they reach, at every door", 1000),
    "marker": ("A word of a trainee searched in every file that a tour left", 2),
}


def tries(full: int, short: int) -> int:
    """How many tries: in full, or the short form that every run of the tests has."""
    return full if FULL else short


@dataclass
class Count:
    """One row, counted."""

    tries: int = 0
    survived: int = 0
    lost: int = 0
    told: int = 0


_counts: dict[str, Count] = {}
_now: list[Count] = []


def held(times: int = 1, *, told: bool = False) -> None:
    """So many tries of the running test lost nothing; ``told``: and the fault was said in words."""
    if _now:
        _now[-1].tries += times
        _now[-1].survived += times
        _now[-1].told += times if told else 0


@contextmanager
def counted(row: str, *, told: bool = False) -> Iterator[None]:
    """One test of a row, by itself one try unless it counts its own."""
    count = _counts.setdefault(row, Count())
    assert row in ROWS, row
    before = count.tries
    _now.append(count)
    try:
        yield
    except Exception:
        count.tries += 1
        count.lost += 1
        raise
    else:
        if count.tries == before:
            held(told=told)
    finally:
        _now.pop()


def keep(path: Path) -> None:
    """Put what this process counted into a file."""
    if _counts:
        path.write_text(json.dumps({row: asdict(count) for row, count in _counts.items()}), "utf-8")


Kept = dict[str, dict[str, Any]]  # each piece: its rows, commit, day, times


def get(out: Path = OUT) -> Kept:
    """The pieces that former runs kept."""
    path = out / "faults.json"
    found: Kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def put(kept: Kept, out: Path = OUT) -> None:
    """Keep the pieces, whole or as they were."""
    new = out / "faults.json.new"
    new.write_text(json.dumps(kept, indent=1, sort_keys=True), "utf-8")
    new.replace(out / "faults.json")


def rows(kept: Kept) -> dict[str, Count]:
    """All pieces added up."""
    found: dict[str, Count] = {}
    for piece in kept.values():
        for row, one in piece["rows"].items():
            whole = found.setdefault(row, Count())
            for name, number in one.items():
                setattr(whole, name, getattr(whole, name) + number)
    return found


def table(counts: dict[str, Count]) -> str:
    """The rows in Markdown, in the order of ``ROWS``."""
    lines = ["| fault | tries | survived | lost | told |", "|---|---:|---:|---:|---:|"]
    for row, (what, least) in ROWS.items():
        one = counts.get(row)
        numbers = [str(number) for number in asdict(one).values()] if one else ["not run", "", "", ""]
        lines.append(f"| {what} (at least {least}) | " + " | ".join(numbers) + " |")
    return "\n".join(lines) + "\n"


def of_pieces(kept: Kept) -> str:
    """When, of which commit and how long each piece was run, in Markdown."""
    lines = [
        "| piece | began | commit | beside | seconds | of a processor | tries |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for name, one in sorted(kept.items()):
        whole = sum(row["tries"] for row in one["rows"].values())
        told = (one["began"], one["commit"], one["beside"], one["seconds"], one["processor"], whole)
        lines.append(f"| {name} | " + " | ".join(map(str, told)) + " |")
    return "\n".join(lines) + "\n"


def wrong(counts: dict[str, Count]) -> list[str]:
    """Rows where something was lost, or which were tried too little."""
    return [
        what
        for row, (what, least) in ROWS.items()
        if counts.get(row, Count()).lost or counts.get(row, Count()).tries < least
    ]


def main(out: Path = OUT) -> int:
    """Draw the table; 1 when anything was lost or not tried in full."""
    kept = get(out)
    counts = rows(kept)
    drawn = table(counts)
    of = f"{platform.platform()}, Python {platform.python_version()}"
    (out / "faults.md").write_text(f"{of}\n\n{drawn}\n{of_pieces(kept)}", "utf-8")
    sys.stdout.write("\n" + drawn)
    for what in wrong(counts):
        sys.stdout.write(f"LOST OR NOT TRIED IN FULL: {what}\n")
    return 1 if wrong(counts) else 0


if __name__ == "__main__":
    sys.exit(main())
