"""Each door for a while under a fuzzer that is led by the branches its bytes reach: see ``tests/fuzz.py``."""

import os
import platform
import re
import subprocess
import sys

import pytest

from tests.faults import FULL, held, tries

SECONDS = int(os.environ.get("COACHDESK_FUZZ_SECONDS", tries(600, 8)))
DOORS = (
    "csv", "workbook", "bundle", "receipt", "issuer", "region card", "desk key", "key file", "codes",
    "inside of a bundle", "inside of a receipt", "inside of a key file", "sheet of a workbook",
    "attached PDF", "attached PNG", "attached JPEG", "drawn PDF", "drawn PNG", "drawn JPEG",
    "file of a handover", "rows of a handover",
)  # fmt: skip


@pytest.mark.faults("fuzz")
@pytest.mark.parametrize("door", DOORS if FULL else ["all by turns"])
@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64" or sys.version_info >= (3, 14),
    reason="the fuzzer has no wheel there; test_strange_files runs everywhere",
)
def test_no_bytes_crash_a_door_nor_hold_it_up(door: str) -> None:
    apart = [
        "sh",
        "-c",
        '"$@"; exit $?',
        "sh",
    ]  # else this process's own peak of memory is counted as its own
    run = [*apart, sys.executable, "-m", "tests.fuzz", door, str(SECONDS)]
    done = subprocess.run(run, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    units = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    assert units and int(units[1]) > 10, done.stderr[-2000:]
    held(int(units[1]))
