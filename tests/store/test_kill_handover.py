"""A child takes a trainee over and is killed in the middle: nothing is there, or all and the answer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.domain.handover import ACCEPTED, WAITS
from coachdesk.domain.trainee import Trainee
from coachdesk.services import attachments, giving, halves, handing_over, taking_over, trainees
from coachdesk.services.desk import Desk
from coachdesk.store import access_log
from tests.faults import held, tries
from tests.services.filling import everything
from tests.services.handed import arrived_at, furnish, known_to, looked, taken

KILLS = tries(40, 5)
STEPS = 56  # statements, papers and what follows the commit

_TAKE_OVER = """
import os, signal, sys
from pathlib import Path
from coachdesk.clock import FixedClock
from coachdesk.services import arriving, other_desks, taking_over
from coachdesk.services.opening import open_desk
from coachdesk.store import attachments, engine, handover
from tests.conftest import CHEAP, PASSPHRASE
from datetime import datetime, UTC
folder, file, stick, last = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
clock = FixedClock(datetime(2026, 12, 16, tzinfo=UTC))
desk = open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
done = 0
def counted(what):
    def also(*args, **more):
        global done
        done += 1
        if done >= last:
            os.kill(os.getpid(), signal.SIGKILL)
        return what(*args, **more)
    return also
handover.speak = counted(handover.speak)
attachments.write = counted(attachments.write)
taking_over._answer = counted(taking_over._answer)
taking_over.carry = counted(taking_over.carry)
arriving._paper = counted(arriving._paper)
opened = taking_over.read(file, other_desks.keys_of(desk), clock.today())
papers = arriving.fetch(desk.folder, opened)
taking_over.carry(taking_over.accept(desk, opened, papers, compared=True), stick)
print(done, flush=True)
desk.close()
"""

_HAND_OVER = """
import os, signal, sys
from pathlib import Path
from coachdesk.clock import FixedClock
from coachdesk.services import giving, other_desks
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP, PASSPHRASE
from datetime import datetime, UTC
folder, person, stick, step = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
clock = FixedClock(datetime(2026, 12, 16, tzinfo=UTC))
desk = open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
setattr(giving, step, lambda *_of: os.kill(os.getpid(), signal.SIGKILL))
giving.hand_over(desk, person, other_desks.known(desk)[0].id, stick, ground="ended")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", ["record", "place", "placed"])
def test_killed_handing_over_leaves_neither_line_nor_file_or_both(
    desk: Desk, made_desk: Any, tmp_path: Path, reopen: Callable[..., Desk], step: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    taker = reopen(Path(shutil.copytree(made_desk[0], tmp_path / "taker")))
    person = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Malla"))
    furnish(desk, person, tmp_path)
    known_to(desk, taker, stick)
    desk.close()
    run = [sys.executable, "-c", _HAND_OVER, str(desk.folder), str(person.id), str(stick), step]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -9, done.stderr
    again = reopen(desk.folder)
    assert halves.note(again, halves.settle(halves.left(again))) == ()
    given = handing_over.of_trainee(again, person.id)
    files = list(stick.glob("handover-*"))
    assert not list(stick.glob(".*.half"))
    if step == "record":
        assert (given, files) == ((), [])
    else:
        assert [one.state for one in given] == [WAITS]
        assert taken(taker, files[0], tmp_path / "out", compared=True).trainee_id


@pytest.mark.faults("kill handover")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_taking_over_leaves_nothing_or_the_whole_and_its_answer(
    desk: Desk, made_desk: Any, tmp_path: Path, reopen: Callable[..., Desk]
) -> None:
    empty, stick = tmp_path / "empty", tmp_path / "stick"
    shutil.copytree(made_desk[0], empty)
    stick.mkdir()
    person = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Malla"))
    furnish(desk, person, tmp_path)
    taker = reopen(empty)
    to = known_to(desk, taker, stick)
    taker.close()
    file = giving.hand_over(desk, person.id, to, stick, ground="ended").file
    whole = 0
    for kill in range(KILLS):
        folder = Path(shutil.copytree(empty, tmp_path / f"taker{kill}"))
        run = [sys.executable, "-c", _TAKE_OVER, str(folder), str(file), str(tmp_path / f"out{kill}")]
        last = 1 + kill * STEPS // KILLS
        done = subprocess.run([*run, str(last)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode in (-9, 0), done.stderr
        taker = reopen(folder)
        there = trainees.listing(taker)
        if there:
            whole += 1
            assert looked(taker, file).answered == ACCEPTED
            answer = taking_over.answered(taker, arrived_at(taker, file).file.uid)
            assert taking_over.carry(answer, tmp_path / f"again{kill}").exists()
            [paper] = attachments.page(taker, there[0].trainee_id).sheets
            assert attachments.open_(taker, paper.attachment.id)
        else:
            assert not any(everything(taker).values())
            assert not list((folder / "files").glob("*"))  # swept at the opening
            assert taken(taker, file, tmp_path / f"again{kill}", compared=True).trainee_id
        with taker.reading() as unit:
            assert access_log.verify(unit.connection, taker.log_key).good
        taker.close()
        held()
    assert 0 < whole < KILLS
