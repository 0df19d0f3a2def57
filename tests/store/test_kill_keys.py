"""A change of keys or of schema is killed at random moments: the old state or the new one is whole."""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.domain.workshop import Coach
from coachdesk.errors import Problem, WrongPassphrase
from coachdesk.services import coaches, workshops
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.store import migration
from tests.conftest import CHEAP, PASSPHRASE
from tests.faults import held, tries
from tests.store.test_kept_desks import DESKS, KEPT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

KILLS = tries(30, 5)
OTHER = "harmaa kivi laulaa syksyisin hiljaa"
NEW = "neljä harmaata varista kuorma-autossa"
Opener = Callable[..., Desk]

# each says when it begins; the moment of the kill is counted from there
_BEGUN = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.services import coaches, keys
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP, PASSPHRASE
folder, first, second, third = sys.argv[1:5]
def opened(passphrase):
    return open_desk(folder, passphrase=passphrase, clock=SystemClock(), floor=CHEAP)
"""
_CHANGE = """
desk = opened(first)
print("begun", flush=True)
keys.change_passphrase(desk, first, second, cost=CHEAP)
print("done", flush=True)
"""
_REMOVE = """
desk = opened(first)
print("begun", flush=True)
coaches.remove(desk, 2, passphrase=first)
print("done", flush=True)
"""
_MIGRATE = """
from coachdesk.services import restore  # what opening needs is imported before it begins
import alembic.command
print("begun", flush=True)
opened(first)
print("done", flush=True)
"""


def killed(script: str, after: float, *words: str) -> tuple[bool, float]:
    """Run, kill so many seconds after it began; whether it was done, and how long it took then."""
    run = [sys.executable, "-c", _BEGUN + script, *words, "", ""]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stderr is not None
        line = child.stdout.readline()
        assert line == "begun\n", child.stderr.read()
        began = time.monotonic()
        killer = threading.Timer(after, child.kill)
        killer.start()
        done = child.stdout.readline() == "done\n"
        took = time.monotonic() - began
        child.wait()
        killer.cancel()
        assert child.returncode in (0, -9), child.stderr.read()
        return done, took


def whole(desk: Desk) -> None:
    """Every page, row and line of the log fits."""
    assert [step.part for step in check_desk(desk) if not step.good] == []
    desk.close()


@pytest.fixture
def moments() -> Callable[[float], list[float]]:
    """Random moments over the time that the whole takes."""
    chance = random.Random(20261122)  # the same moments at every run
    return lambda whole_time: [chance.uniform(0, 1.1 * whole_time) for _ in range(KILLS)]


def measured(script: str, source: Path, scratch: Path, *words: str) -> float:
    """The time that it takes when nobody kills it."""
    folder = Path(shutil.copytree(source, scratch / "measured"))
    done, took = killed(script, 30, str(folder), *words)
    assert done
    return took


@pytest.mark.faults("kill passphrase")
def test_killed_change_of_passphrase_leaves_one_that_opens(
    desk_folder: Path, tmp_path: Path, reopen: Opener, moments: Callable[[float], list[float]]
) -> None:
    whole_time = measured(_CHANGE, desk_folder, tmp_path, PASSPHRASE, NEW)
    now, other = PASSPHRASE, NEW
    for after in moments(whole_time):
        done, _took = killed(_CHANGE, after, str(desk_folder), now, other)
        try:
            desk = reopen(desk_folder, other)
            now, other = other, now
        except WrongPassphrase:
            assert not done
            desk = reopen(desk_folder, now)
        whole(desk)
        with pytest.raises(WrongPassphrase):
            reopen(desk_folder, other)
        held()


@pytest.mark.faults("kill removal")
def test_killed_removal_of_a_coach_leaves_the_old_desk_or_the_new_one(
    desk: Desk, tmp_path: Path, reopen: Opener, moments: Callable[[float], list[float]]
) -> None:
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    whole_time = measured(_REMOVE, desk.folder, tmp_path, PASSPHRASE)
    seen = set()
    for number, after in enumerate(moments(whole_time)):
        folder = Path(shutil.copytree(desk.folder, tmp_path / f"try{number}"))
        done, _took = killed(_REMOVE, after, str(folder), PASSPHRASE)
        found = reopen(folder)
        removed = found.openers == {1}
        seen.add(removed)
        assert removed or not done
        gone = next(coach for coach in workshops.coaches(found) if coach.id == added.id)
        assert (gone.removed is not None) is removed
        assert not list(folder.glob("*.next*"))
        whole(found)
        if removed:
            with pytest.raises(WrongPassphrase):
                reopen(folder, OTHER)
        else:
            reopen(folder, OTHER).close()
        shutil.rmtree(folder)
        held()
    assert seen == {False, True} or KILLS < 30


@pytest.mark.faults("kill upgrade")
@pytest.mark.parametrize("version", sorted(KEPT))
def test_killed_upgrade_leaves_the_old_schema_or_the_new_one(
    version: str, tmp_path: Path, reopen: Opener, moments: Callable[[float], list[float]]
) -> None:
    passphrase = KEPT[version][1]
    whole_time = measured(_MIGRATE, DESKS / version, tmp_path, passphrase)
    for number, after in enumerate(moments(whole_time)):
        folder = Path(shutil.copytree(DESKS / version, tmp_path / f"try{number}"))
        killed(_MIGRATE, after, str(folder), passphrase)
        found = reopen(folder, passphrase)
        with found.reading() as unit:
            assert migration.revision(unit.connection) == migration.HEAD
            assert unit.connection.exec_driver_sql("SELECT count(*) FROM trainee").scalar() == 3
        whole(found)
        shutil.rmtree(folder)
        held()


PLACES = ("copied", "adapted", "settled", "decided", "store", "copy", "keys")
_PLACE = """
import os, signal
from pathlib import Path
from coachdesk.store import keyfile, rotation
def die(*_words):
    os.kill(os.getpid(), signal.SIGKILL)
steps = {"copied": (rotation, "_adapt"), "adapted": (rotation, "_settle"),
         "settled": (rotation, "_decide"), "decided": (rotation, "finish")}
desk = opened(first)
if second in steps:
    setattr(*steps[second], die)
else:
    replaced = Path.replace
    def replace(self, target):
        done = replaced(self, target)
        if {"store": "desk.db", "copy": "desk.keys.copy", "keys": "desk.keys"}[second] == Path(target).name:
            die()
        return done
    Path.replace = replace
print("begun", flush=True)
coaches.remove(desk, 2, passphrase=first)
"""


@pytest.mark.faults("kill removal")
@pytest.mark.parametrize("place", PLACES)
def test_removal_killed_at_each_step(desk: Desk, reopen: Opener, place: str) -> None:
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    done, _took = killed(_PLACE, 30, str(desk.folder), PASSPHRASE, place)
    assert not done
    found = reopen(desk.folder)
    assert found.openers == ({1, 2} if PLACES.index(place) < PLACES.index("decided") else {1})
    whole(found)
    try:
        reopen(desk.folder, OTHER).close()
        assert 2 in found.openers
    except Problem:
        assert 2 not in found.openers
