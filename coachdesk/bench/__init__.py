"""The bench: every number beside its own baseline, measured in the same run, taking turns.

Enters: everything that it measures, and the baselines it holds them against.  Stays out: the rest of
the program never imports it.  A row is a ratio of two medians, since the machine that runs it may be
slow or busy; a time of its own is told only where the aim is one.
"""

from collections.abc import Callable
from typing import Any


def measure(trainees: int, days: int, notes: int, tell: Callable[[str], None]) -> list[dict[str, Any]]:
    """Every row of the bench; ``tell`` says how far it has come."""
    import tempfile
    from pathlib import Path

    from coachdesk.bench import letters, paper, screens, starts, writing
    from coachdesk.bench.desk import make_desk

    with tempfile.TemporaryDirectory(prefix="coachdesk-bench-") as folder:
        tell(f"A desk of {trainees} trainees, {days} attended days and {notes} notes is made.")
        place = make_desk(Path(folder), trainees, days, notes, tell)
        rows = []
        for part in (starts, screens, writing, paper, letters):
            for row in part.rows(place, tell):
                tell(row.line())
                rows.append(row.as_table())
    return rows
