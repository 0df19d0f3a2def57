"""Starts and memory: each a process of its own, timed from its birth to its first painted window."""

import compileall
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import coachdesk
from coachdesk.bench.desk import Place
from coachdesk.bench.row import Row

TURNS = 7
PATIENCE = 60  # seconds, then a probe that hangs is ended and said to have painted nothing


def rows(place: Place, tell: Callable[[str], None]) -> Iterator[Row]:
    """Unlock window, Today and resident memory against a bare PySide6 window.

    The program is compiled first, as pip compiles what it installs and has compiled PySide6: a checkout
    whose environment forbids Python to write bytecode would else be compiled anew at each start.
    """
    compileall.compile_dir(Path(coachdesk.__file__).parent, quiet=1)
    found: dict[str, list[tuple[float, ...]]] = {"bare": [], "unlock": [], "today": []}
    for turn in range(TURNS + 1):
        for probe, times in found.items():
            numbers = run_probe(probe, place)
            if turn:  # the first turn warms the disk
                times.append(numbers)
    bare, bare_memory = (statistics.median(column) for column in zip(*found["bare"], strict=True))
    unlock = statistics.median(numbers[0] for numbers in found["unlock"])
    _, today, memory = (statistics.median(column) for column in zip(*found["today"], strict=True))
    window = "a bare PySide6 window's start"
    yield Row(
        what="start to unlock window painted", measured=unlock, baseline=bare, baseline_is=window, most=1.5,
        samples=TURNS,
    )  # fmt: skip
    yield Row(
        what="unlock (key derivation aside) to Today painted", measured=today, baseline=bare,
        baseline_is=window, most=2.5, samples=TURNS,
    )  # fmt: skip
    yield Row(
        what="resident memory above a bare window, desk open", measured=memory - bare_memory, most=150,
        unit="MB", samples=TURNS,
    )  # fmt: skip


def run_probe(probe: str, place: Place) -> tuple[float, ...]:
    """Start one probe; milliseconds from its start to its first word, then the numbers it tells."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "coachdesk.bench.probe", probe, str(place.folder), str(place.words)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        env={**os.environ, "COACHDESK_HOME": str(place.folder.parent), "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    patience = threading.Timer(PATIENCE, process.kill)
    patience.start()
    with process:
        if process.stdout.readline() != "painted\n":
            patience.cancel()
            raise RuntimeError(f"the probe {probe} painted nothing")
        first = (time.perf_counter() - began) * 1000
        numbers = tuple(float(number) for number in process.stdout.readline().split())
        process.stdin.close()
        process.wait()
    patience.cancel()
    return (first, *numbers)
