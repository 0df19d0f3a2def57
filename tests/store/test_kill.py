"""A child process saves and says so, and is killed: what it said was saved is there."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk
from coachdesk.store import access_log
from tests.conftest import CHEAP, PASSPHRASE
from tests.faults import held, tries

KILLS = tries(100, 10)

_SAVE_FOR_EVER = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.services.opening import open_desk
from coachdesk.store import meta
from tests.conftest import CHEAP, PASSPHRASE
desk = open_desk(sys.argv[1], passphrase=PASSPHRASE, clock=SystemClock(), floor=CHEAP)
with desk.reading() as unit:
    count = int(meta.get(unit, "count", "0"))
while True:
    count += 1
    with desk.writing() as unit:
        meta.put(unit, "count", str(count))
        meta.put(unit, f"number {count}", "x" * 500)
        unit.log("desk.edit", after={"count": count})
        unit.commit()
    print(count, flush=True)
"""


@pytest.mark.faults("kill commits")
def test_nothing_acknowledged_is_lost_by_a_kill(desk_folder: Path, reopen: Callable[..., Desk]) -> None:
    for kill in range(KILLS):
        run = [sys.executable, "-c", _SAVE_FOR_EVER, str(desk_folder)]
        with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None and child.stderr is not None
            for _ in range(10 + 7 * (kill % 9)):
                line = child.stdout.readline()
                assert line, child.stderr.read()
            child.kill()
            rest = child.stdout.read().split("\n")
            acknowledged = int(([line.strip(), *rest[:-1]])[-1])
        desk = reopen(desk_folder)
        with desk.reading() as unit:
            execute = unit.connection.exec_driver_sql
            found = int(execute("SELECT value FROM meta WHERE key = 'count'").scalar())
            numbers = execute("SELECT count(*) FROM meta WHERE key LIKE 'number %'").scalar()
            lines = execute("SELECT count(*) FROM log WHERE act = 'desk.edit'").scalar()
            assert found in (acknowledged, acknowledged + 1)
            assert found == numbers == lines
            assert access_log.verify(unit.connection, desk.log_key, access_log.read_head(desk_folder)).good
        desk.close()
        held()


_MAKE = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.services.opening import create_desk
from coachdesk.store import making, migration, keyfile
from tests.conftest import CHEAP, PASSPHRASE
import os, signal
place = sys.argv[2]
places = {"schema": (migration, "upgrade"), "keys": (keyfile, "save"), "place": (making, "_put_in_place")}
module, name = places[place]
setattr(module, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
create_desk(sys.argv[1], passphrase=PASSPHRASE, coach_name="A", language="fi", workshop_name="B",
            clock=SystemClock(), cost=CHEAP, floor=CHEAP)
"""


@pytest.mark.faults("kill create")
@pytest.mark.parametrize("place", ["schema", "keys", "place"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_making_leaves_no_half_desk(tmp_path: Path, clock: FixedClock, place: str) -> None:
    folder = tmp_path / "desk"
    run = [sys.executable, "-c", _MAKE, str(folder), place]
    done = subprocess.run(run, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == -9, done.stderr
    assert not folder.exists() and len(list(tmp_path.iterdir())) == 1
    made, _groups = create_desk(
        folder,
        passphrase=PASSPHRASE,
        coach_name="Aino Mallikas",
        language="fi",
        workshop_name="Mallipaja",
        clock=clock,
        cost=CHEAP,
        floor=CHEAP,
    )
    made.close()
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]
