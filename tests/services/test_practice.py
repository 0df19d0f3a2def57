"""The practice region: its own process, a desk of made-up people, and whatever goes wrong is mended."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from coachdesk.services import sync
from coachdesk.services.practice import LOSES, REFUSES, Practice
from coachdesk.services.practice_left import sweep
from tests.conftest import CHEAP


@pytest.fixture
def practice(clock):
    found = Practice(clock, "fi", cost=CHEAP, floor=CHEAP)
    found.begin()
    yield found
    found.close()


def test_nothing_is_lost_whatever_goes_wrong_on_the_way(practice):
    first = practice.compared()
    assert [side.there for side in first.sides] == [None] * 5

    (refused,) = practice.send(REFUSES)
    assert refused.refused and "Not" not in refused.lines[0]
    assert not practice.compared().alike

    (lost,) = practice.send(LOSES)
    assert lost.problem is not None
    assert practice.compared().alike  # it came there, though nobody here knows
    assert practice.compared().waiting == 1

    (sent,) = practice.send()
    assert (sent.problem, sent.waiting) == (None, 0)

    sync.ready(practice.desk)  # what may leave was looked at between
    practice.change(1)
    practice.withdraw(2)
    practice.send()
    assert practice.compared().alike
    practice.restore()
    practice.send()
    after = practice.compared()
    assert after.alike and not after.waiting
    assert [side.consented for side in after.sides] == [True, False, True, True, True]


_BEGIN = """
import sys
from datetime import datetime
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services.practice import Practice
from tests.conftest import CHEAP
practice = Practice(FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)), "fi", cost=CHEAP, floor=CHEAP)
practice.begin()
print(practice.folder, practice.region.address, flush=True)
sys.stdin.read()
"""


def test_practice_whose_program_is_killed_ends_and_is_swept_at_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", _BEGIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    folder, address = child.stdout.readline().split()
    assert Path(folder).is_dir() and listens(address)
    assert sweep() == 0 and Path(folder).is_dir()  # it still runs
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()

    ends = time.monotonic() + 20
    while listens(address) and time.monotonic() < ends:
        threading.Event().wait(0.05)
    assert not listens(address)
    assert sweep() == 1 and not Path(folder).exists()


def listens(address: str) -> bool:
    host, _colon, port = address.removeprefix("http://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), 1).close()
    except OSError:
        return False
    return True


def test_everything_of_practice_is_thrown_away(practice):
    folder = practice.folder
    practice.close()

    assert not folder.exists()
    assert not practice.region.runs
