"""Backups under faults: killed while made and while restored, flipped bits, a folder that goes away."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.errors import NewerDesk, Problem, Trouble, Unreadable
from coachdesk.services import backup_state, backups, backups_found, restore
from coachdesk.services.checks import check_desk
from coachdesk.services.opening import open_desk
from coachdesk.services.restore import Secret
from coachdesk.store import backup, copying, meta
from tests.conftest import CHEAP, PASSPHRASE
from tests.faults import held, tries

KILLS, FLIPS = tries(30, 3), tries(500, 60)
RIGHT = Secret(passphrase=PASSPHRASE)

_BEGIN = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.services import backups, restore, backup_state, backups_found
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP, PASSPHRASE
"""
_BACK_UP_FOR_EVER = (
    _BEGIN
    + """
desk = open_desk(sys.argv[1], passphrase=PASSPHRASE, clock=SystemClock(), floor=CHEAP)
print("go", flush=True)
while True:
    print(backups.make(desk).name, flush=True)
"""
)
_RESTORE = (
    _BEGIN
    + """
print("go", flush=True)
secret = restore.Secret(passphrase=PASSPHRASE)
restore.restore(sys.argv[1], sys.argv[2], secret, clock=SystemClock(), floor=CHEAP)
print("done", flush=True)
"""
)


def killed(program: str, *arguments: object, within: float) -> str:
    """Run a program, kill it at a random moment after its "go", and return what it said after that."""
    run = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stderr is not None
        assert child.stdout.readline() == "go\n", child.stderr.read()
        time.sleep(random.uniform(0, within))
        child.kill()
        return child.stdout.read()


def fill(folder: Path, clock, megabytes: int = 3) -> None:
    """Enough to copy that a kill comes in the middle."""
    with open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk, desk.writing() as unit:
        for number in range(megabytes * 10):
            meta.put(unit, f"filling {number}", os.urandom(50_000).hex())
        unit.commit()


def age(path: Path) -> tuple[str, int]:
    """When a backup was made, by its name; several of one second are numbered."""
    moment, _, number = path.stem.split("-", 2)[2].partition("Z")
    return moment, int(number.lstrip("-") or 1)


@pytest.mark.faults("kill backup")
def test_backup_killed_at_any_moment_leaves_whole_ones_only(desk_folder, clock):
    fill(desk_folder, clock)
    local, acknowledged = backups.local_folder(desk_folder), ""
    for _kill in range(KILLS):
        said = killed(_BACK_UP_FOR_EVER, desk_folder, within=1.0).splitlines()
        acknowledged = said[-1] if said else acknowledged
        made = list(copying.made_in(local)) if local.exists() else []
        assert all(path.suffix == ".backup" for path in made)
        for path in made:
            backup.prove_whole(backup.read(path))
        assert not acknowledged or max(map(age, made)) >= age(local / acknowledged)  # older ones are thinned
        held()
    with open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        assert [step.found for step in check_desk(desk) if not step.good] == []
        backups.make(desk)
        backups.prove_newest(desk)
    assert [path.name for path in local.iterdir() if path.name.startswith(".")] == []


@pytest.mark.faults("kill restore")
def test_restoring_killed_at_any_moment_leaves_the_old_desk_or_the_new_one(desk_folder, clock):
    fill(desk_folder, clock)
    with open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        made = backups.make(desk)
        with desk.writing() as unit:
            meta.put(unit, "later", "only in the desk that is set aside")
            unit.commit()
    for kill in range(KILLS):
        place = desk_folder.with_name(f"try-{kill}") / "desk"
        shutil.copytree(desk_folder, place)
        said = killed(_RESTORE, made, place, within=1.5)
        with open_desk(place, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
            with desk.reading() as unit:
                old = meta.get(unit, "later") != ""
            assert old == (backup_state.of(desk).restored is None)
            assert [step.found for step in check_desk(desk) if not step.good] == []
        assert not (old and "done" in said)
        aside = list(place.parent.glob("desk-set-aside-*"))
        assert len(aside) == (0 if old else 1)
        for folder in aside:
            open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP).close()
        restore.restore(made, place, RIGHT, clock=clock, floor=CHEAP)  # goes on after the kill
        left = [path.name for path in place.parent.iterdir() if path.name.startswith(".")]
        assert left == []
        shutil.rmtree(place.parent)
        held()


_CUT_OFF = (
    """
import os, signal
from coachdesk.store import making
place, name = making, "_set_aside"
after = getattr(place, name)
def cut(*told):
    after(*told)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(place, name, cut)
"""
    + _RESTORE
)


@pytest.mark.faults("kill restore")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_restoring_killed_between_its_two_renames_is_finished_at_the_next_opening(desk_folder, clock):
    with open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        made = backups.make(desk)
    run = [sys.executable, "-c", _CUT_OFF, str(made), str(desk_folder)]
    assert subprocess.run(run, capture_output=True, timeout=60, check=False).returncode == -9
    assert not desk_folder.exists()
    with open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        assert backup_state.of(desk).restored is not None
    assert len(list(desk_folder.parent.glob("desk-set-aside-*"))) == 1


@pytest.fixture
def made(desk):
    return backups.make(desk)


@pytest.mark.faults("flip backup")
def test_one_flipped_bit_anywhere_is_found_and_named(desk, made, clock, tmp_path):
    whole, damaged = made.read_bytes(), tmp_path / made.name
    begins = backup.read(made).begins
    regions = [range(19), range(19, 28), range(28, begins - 65), range(begins - 65, begins)]
    store = len(whole) - begins
    regions += [range(begins + store * part // 4, begins + store * (part + 1) // 4) for part in range(4)]
    for flip in range(FLIPS):
        place = random.choice(regions[flip % len(regions)])
        content = bytearray(whole)
        content[place] ^= 1 << random.randrange(8)
        damaged.write_bytes(content)
        with pytest.raises((Unreadable, NewerDesk)) as problem:
            backup.prove_whole(backup.read(damaged))
        assert len({i18n.words(language).say(problem.value) for language in ("en", "fi", "sv")}) == 3
        with pytest.raises((Unreadable, NewerDesk)):
            restore.restore(damaged, tmp_path / "desk2", RIGHT, clock=clock, floor=CHEAP)
        assert not (tmp_path / "desk2").exists()
        held(told=True)


def test_best_copy_beside_a_damaged_one_is_offered(desk, made, clock):
    damaged = made.with_name(made.name.replace("T071400Z", "T091400Z"))
    damaged.write_bytes(made.read_bytes()[:-1])
    assert backups_found.newest_whole(damaged) == made


@pytest.mark.parametrize("part", [0.0, 0.0001, 0.01, 0.3, 0.999])
def test_torn_backup_is_told(made, tmp_path, part):
    torn = tmp_path / made.name
    torn.write_bytes(made.read_bytes()[: int(made.stat().st_size * part)])
    with pytest.raises(Unreadable, match=r"too early|not a backup"):
        backup.read(torn)


def test_exchanged_key_file_in_a_backup_is_told(made, desk):
    whole = backup.read(made)
    head = made.read_bytes()[: whole.begins]
    content = dict(whole.content)
    content["made"] = "2030-01-01T00:00:00+00:00"
    changed = backup.head_of(content)
    made.write_bytes(changed + made.read_bytes()[len(head) :])
    with pytest.raises(Unreadable, match="Somebody changed"):
        backup.read(made).opened(desk.master)


@pytest.mark.faults("disk", told=True)
def test_share_that_goes_away_while_a_backup_is_written_is_told(desk, tmp_path):
    share = tmp_path / "share"
    share.mkdir()

    def gone(_done, _total):
        shutil.rmtree(share, ignore_errors=True)

    with pytest.raises(Trouble, match=r"is gone\. Your data are safe"):
        backups.make(desk, share, progress=gone)
    assert [step.found for step in check_desk(desk) if not step.good] == []


@pytest.mark.faults("disk", told=True)
def test_share_that_goes_away_while_a_desk_is_restored_changes_nothing(desk, made, tmp_path, clock):
    share = Path(shutil.copy(made, tmp_path / made.name))
    folder = desk.folder
    desk.close()
    before = sorted(path.name for path in folder.parent.iterdir())

    def cut():
        os.truncate(share, backup.read(made).begins)
        return False

    with pytest.raises(Problem):
        restore.restore(share, folder, RIGHT, clock=clock, floor=CHEAP, cancelled=cut)
    assert sorted(path.name for path in folder.parent.iterdir()) == before
    open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP).close()
