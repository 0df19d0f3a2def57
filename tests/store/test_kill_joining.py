"""A child joins two records and parts them, and is killed in the middle: they are two or one, never both."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from coachdesk.domain.trainee import Trainee
from coachdesk.services import joining, parting, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import access_log
from tests.faults import held, tries
from tests.services.filling import everything, fill, fillable

KILLS = tries(40, 8)
STEP = 320 // KILLS  # so many statements further each time, over all that a join and a parting say

_JOIN_AND_PART = """
import os, signal, sys
from coachdesk.clock import FixedClock
from coachdesk.services import joining, parting
from coachdesk.services.opening import open_desk
from coachdesk.store import joining as store
from tests.conftest import CHEAP, PASSPHRASE
from datetime import datetime, UTC
folder, kept, gone, last = sys.argv[1], *map(int, sys.argv[2:])
clock = FixedClock(datetime(2026, 12, 16, tzinfo=UTC))
desk = open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
said, speak = 0, store.speak
def counted(*what):
    global said
    said += 1
    if said >= last:
        os.kill(os.getpid(), signal.SIGKILL)
    return speak(*what)
store.speak = counted
made = joining.join(desk, kept, gone, theirs=("phone",), valid_plan="gone")
print("joined", flush=True)
parting.part(desk, made.id)
print("parted", flush=True)
print(said, flush=True)
desk.close()
"""


@pytest.mark.faults("kill join")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_joining_leaves_two_records_or_one(desk: Desk, reopen: Callable[..., Desk]) -> None:
    kept = trainees.register(desk, Trainee(family_name="Mallinen", phone="1"))
    gone = trainees.register(desk, Trainee(family_name="Mallinen", phone="2"))
    for table in fillable():
        fill(desk, table, kept.id)
        fill(desk, table, gone.id)
    before = everything(desk)
    middle = 0
    for kill in range(KILLS):
        folder = desk.folder
        desk.close()
        run = [sys.executable, "-c", _JOIN_AND_PART, str(folder), str(kept.id), str(gone.id)]
        done = subprocess.run(
            [*run, str(1 + kill * STEP)], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode in (-9, 0), done.stderr
        desk = reopen(folder)
        joined = joining.of_trainee(desk, kept.id)
        assert bool(joined) == (done.stdout.split() == ["joined"])
        middle += bool(joined)
        if joined:  # whole: all of it goes back
            assert trainees.get(desk, kept.id).phone == "2"
            assert parting.part(desk, joined[0].id).exact
        assert everything(desk) == before
        with desk.reading() as unit:
            assert access_log.verify(unit.connection, desk.log_key).good
        held()
    assert 0 < middle < KILLS
