"""The disk is full while saving: one sentence, nothing of the half act stays, nothing before is lost."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.clock import FixedClock
from coachdesk.errors import DiskFull, Trouble
from coachdesk.services import backup_state, backups, keys
from coachdesk.services.checks import check_desk
from coachdesk.services.opening import create_desk, open_desk
from tests.conftest import CHEAP, PASSPHRASE

pytestmark = pytest.mark.faults("disk", told=True)

_SAVE_UNTIL_FULL = """
import resource, sys
from coachdesk.clock import SystemClock
from coachdesk.errors import DiskFull, Trouble
from coachdesk.services.opening import open_desk
from coachdesk.store import meta
from tests.conftest import CHEAP, PASSPHRASE
desk = open_desk(sys.argv[1], passphrase=PASSPHRASE, clock=SystemClock(), floor=CHEAP)
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
for count in range(100000):
    try:
        with desk.writing() as unit:
            meta.put(unit, "count", str(count))
            meta.put(unit, f"filling {count}", "x" * 20000)
            unit.log("desk.edit", after={"count": count})
            unit.commit()
    except DiskFull as error:
        print(str(error))
        break
    print(count, flush=True)
with desk.reading() as unit:
    print("read", meta.get(unit, "count"))
"""


def saved_until_full(folder: Path, *limit: str) -> tuple[int, str]:
    """The last count acknowledged, and what was said then; reading goes on in the same process."""
    run = [sys.executable, "-c", _SAVE_UNTIL_FULL, str(folder), *limit]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    *acknowledged, said, read = done.stdout.splitlines() or ["", done.stderr]
    assert read == f"read {acknowledged[-1]}", done.stderr
    return int(acknowledged[-1]), said


def assert_nothing_lost(folder: Path, acknowledged: int, clock: FixedClock) -> None:
    with open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        with desk.reading() as unit:
            execute = unit.connection.exec_driver_sql
            assert execute("SELECT value FROM meta WHERE key = 'count'").scalar() == str(acknowledged)
            assert execute("SELECT count(*) FROM log WHERE act = 'desk.edit'").scalar() == acknowledged + 1
        assert [step.found for step in check_desk(desk) if not step.good] == []


def test_file_that_may_not_grow(desk_folder: Path, clock: FixedClock) -> None:
    acknowledged, said = saved_until_full(desk_folder, str(3 * 1024 * 1024))
    assert "this was not saved" in said
    assert_nothing_lost(desk_folder, acknowledged, clock)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 6 MB; mounting one needs the right to."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or not sys.platform.startswith("linux"):
        pytest.skip("a small disk is mounted on Linux only; the file size limit tests the same")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=6m", "none", str(place)], check=False)
    if done.returncode:
        pytest.skip("this account may not mount a small disk; the file size limit tests the same")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_disk_that_is_full(
    small_disk: Path, made_desk: tuple[Path, tuple[str, ...]], clock: FixedClock
) -> None:
    folder = Path(shutil.copytree(made_desk[0], small_disk / "desk"))
    acknowledged, said = saved_until_full(folder)
    assert said.startswith("The disk is full: this was not saved")
    with open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        (small_disk / "filling").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
        before = {path.name: path.read_bytes() for path in folder.glob("desk.keys*")}
        with pytest.raises(DiskFull):
            keys.change_passphrase(desk, PASSPHRASE, "neljä harmaata varista autossa", cost=CHEAP)
        assert {path.name: path.read_bytes() for path in folder.glob("desk.keys*")} == before
        (small_disk / "filling").unlink()
    whole = Path(shutil.move(folder, small_disk.parent / "whole"))
    assert_nothing_lost(whole, acknowledged, clock)


def test_desk_made_on_a_full_disk_leaves_nothing(small_disk: Path, clock: FixedClock) -> None:
    (small_disk / "filling").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 64 * 1024))
    with pytest.raises(DiskFull) as problem:
        create_desk(
            small_disk / "desk",
            passphrase=PASSPHRASE,
            coach_name="Aino Mallikas",
            language="fi",
            workshop_name="Mallipaja",
            clock=clock,
            cost=CHEAP,
            floor=CHEAP,
        )
    assert [path.name for path in small_disk.iterdir()] == ["filling"]
    sentences = {i18n.words(language).say(problem.value) for language in ("en", "fi", "sv")}
    assert len(sentences) == 3


def test_backup_onto_a_full_stick_leaves_nothing_half_and_the_desk_goes_on(
    small_disk: Path, desk_folder: Path, clock: FixedClock
) -> None:
    (small_disk / "filling").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 64 * 1024))
    with open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        with pytest.raises(DiskFull, match=r"no room in .* Your data are safe") as problem:
            backups.make(desk, small_disk)
        assert [path.name for path in small_disk.iterdir()] == ["filling"]
        assert len({i18n.words(language).say(problem.value) for language in ("en", "fi", "sv")}) == 3
        (small_disk / "filling").unlink()
        backups.make(desk, small_disk)


def test_automatic_backup_on_a_full_disk_is_told_and_made_when_room_is_back(
    small_disk: Path, made_desk: tuple[Path, tuple[str, ...]], clock: FixedClock
) -> None:
    folder = Path(shutil.copytree(made_desk[0], small_disk / "desk"))
    with open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        with desk.reading():
            pass
        (small_disk / "filling").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 256 * 1024))
        backups.tend(desk)
        assert "no room" in str(backup_state.of(desk).trouble)
        assert backup_state.of(desk).alarm(clock.now()) == "danger"
        (small_disk / "filling").unlink()
        backups.tend(desk)
        assert backup_state.of(desk).trouble is None and backup_state.of(desk).proved == clock.now()


def test_read_only_folder_of_backups_is_told(small_disk: Path, desk_folder: Path, clock: FixedClock) -> None:
    with open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        with pytest.raises(Trouble, match=r"cannot be written\. Your data are safe"):
            backups.make(desk, small_disk)
        assert not list(backups.local_folder(desk_folder).glob(".*"))
