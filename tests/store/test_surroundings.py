"""Where a desk lies and what the clock does: refused or told, and nothing is damaged."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain.access_log import LogFilter
from coachdesk.errors import DeskBusy, Refused
from coachdesk.services import attendance, backup_state, backups
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.store import access_log, surroundings
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.test_attendance import person

Opener = Callable[..., Desk]


def whole(desk: Desk) -> bool:
    return [step.part for step in check_desk(desk) if not step.good] == []


def in_words(problem: Exception) -> bool:
    """Whether it is a sentence of its own in each language."""
    return len({i18n.words(language).say(problem) for language in ("en", "fi", "sv")}) == 3  # type: ignore[arg-type]


_OPEN = """
import os, sys
from coachdesk.clock import SystemClock
from coachdesk.errors import Problem
from coachdesk.services.opening import open_desk
from coachdesk.services import imports, restore, trainees
from tests.conftest import CHEAP, PASSPHRASE
import alembic.command, alembic.config, sqlalchemy.dialects.sqlite, zoneinfo
from coachdesk.clock import HELSINKI
if len(sys.argv) > 2 and os.getuid() == 0:
    import ctypes, ctypes.util, fcntl, resource  # the other user may not read where Python lies
    os.setuid(65534)
try:
    open_desk(sys.argv[1], passphrase=PASSPHRASE, clock=SystemClock(), floor=CHEAP).close()
    print("opened")
except Problem as problem:
    print(type(problem).__name__, problem)
"""


def another_process(folder: Path, *, as_another_user: bool = False) -> str:
    run = [sys.executable, "-c", _OPEN, str(folder), *(["other"] if as_another_user else [])]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.faults("places", told=True)
def test_second_process_is_refused_and_gets_in_afterwards(desk: Desk) -> None:
    assert another_process(desk.folder).startswith("DeskBusy The desk is already open")
    assert whole(desk)
    desk.close()
    assert another_process(desk.folder) == "opened"


@pytest.mark.faults("places", told=True)
def test_second_window_of_the_same_process_is_refused(desk: Desk, reopen: Opener) -> None:
    with pytest.raises(DeskBusy):
        reopen(desk.folder)
    assert whole(desk)


@pytest.mark.faults("places", told=True)
@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_files_of_another_user_are_refused_in_words(desk_folder: Path) -> None:
    for place in (desk_folder, *desk_folder.parents):
        if os.getuid() == 0 and place.stat().st_mode & 0o077 == 0:
            place.chmod(0o755)  # the way there is open to the other user, the files are not
    before = {path: path.read_bytes() for path in desk_folder.iterdir() if path.is_file()}
    for path in before:
        path.chmod(0o600 if os.getuid() == 0 else 0)
    said = another_process(desk_folder, as_another_user=True)
    for path in before:
        path.chmod(0o600)
    assert "Ask for the right to write there" in said
    assert {path: path.read_bytes() for path in desk_folder.iterdir() if path.is_file()} == before


CONFLICTS = (
    "desk (Aino's conflicted copy 2026-12-01).db",
    "desk-KANNETTAVA.db",
    "desk (1).db",
    "desk.sync-conflict-20261201-091400-ABCDEF.db",
    "desk (ristiriitainen kopio).db-wal",
    "desk-KANNETTAVA.keys",
    "head-KANNETTAVA.log",
)


@pytest.mark.faults("places", told=True)
@pytest.mark.parametrize("name", CONFLICTS)
def test_copy_that_a_synced_folder_left_is_told(desk_folder: Path, reopen: Opener, name: str) -> None:
    shutil.copy(desk_folder / "desk.db", desk_folder / name)
    desk = reopen(desk_folder)
    (odd,) = desk.take_odd()
    assert name in str(odd) and in_words(odd)
    assert desk.take_odd() == ()
    assert whole(desk)


def test_own_files_of_a_desk_are_no_copies(desk: Desk) -> None:
    for name in ("desk.db.before-0001", "desk.keys.new", "desk.db.next", "desk.tries"):
        (desk.folder / name).touch()
    assert surroundings.copies(desk.folder) is None


MOUNTS = """/dev/sda1 / ext4 rw 0 0
//server/paja /mnt/verkko\\040levy cifs rw 0 0
fs:/home /home/aino/share nfs4 rw 0 0
tmpfs /home/aino/share/own tmpfs rw 0 0
"""


@pytest.mark.faults("places", told=True)
@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("/mnt/verkko levy/desk", True),
        ("/home/aino/share/desk", True),
        ("/home/aino/share/own/desk", False),
        ("/home/aino/desk", False),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="asked of the system there")
def test_desk_on_a_share_is_told(folder: str, told: bool) -> None:
    trouble = surroundings.share(Path(folder), MOUNTS)
    assert (trouble is not None) is told
    assert trouble is None or in_words(trouble)


def made_at(folder: Path, clock: FixedClock) -> Desk:
    desk, _groups = create_desk(
        folder, passphrase=PASSPHRASE, coach_name="Aino Mallikas", language="fi", workshop_name="Mallipaja",
        clock=clock, cost=CHEAP, floor=CHEAP,
    )  # fmt: skip
    return desk


@pytest.mark.faults("places")
def test_long_path_with_odd_letters_is_opened_and_backed_up(
    tmp_path: Path, clock: FixedClock, reopen: Opener
) -> None:
    room = surroundings.LONGEST_PATH - len(os.fsencode(tmp_path)) - 1
    parts = [f"p{number} å#%?;'" + "x" * 30 for number in range(room // 50)]
    folder = tmp_path.joinpath(*parts)
    assert len(os.fsencode(folder)) > 300
    made_at(folder, clock).close()
    desk = reopen(folder)
    backups.make(desk)
    backups.prove_newest(desk)
    assert whole(desk)


@pytest.mark.faults("places", told=True)
def test_path_that_the_store_could_not_be_opened_by_is_refused(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / ("a" * 200) / ("b" * 200) / ("c" * 200)
    with pytest.raises(Refused, match="too long") as refused:
        made_at(folder, clock)
    assert in_words(refused.value)
    assert list(tmp_path.iterdir()) == []


def acts(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return [line.act for line in access_log.lines(unit.connection, LogFilter(), most=100)]


def at(*moment: int) -> FixedClock:
    return FixedClock(datetime(*moment, tzinfo=HELSINKI))  # type: ignore[misc,arg-type]


def opened(folder: Path, clock: FixedClock) -> Desk:
    return open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)


@pytest.mark.faults("clock", told=True)
@pytest.mark.parametrize("back", [timedelta(minutes=3), timedelta(hours=1), timedelta(days=3650)])
def test_clock_that_went_back_is_told_once(desk_folder: Path, clock: FixedClock, back: timedelta) -> None:
    with opened(desk_folder, clock) as desk, desk.writing() as unit:
        unit.log("trainee.edit")
        unit.commit()
    clock.at -= back
    with opened(desk_folder, clock) as desk:
        (odd,) = desk.take_odd()
        assert "The clock of this computer is behind" in str(odd) and in_words(odd)
        assert acts(desk)[0] == "clock.back"
        assert whole(desk)
    with opened(desk_folder, clock) as desk:
        assert desk.take_odd() == ()
        assert acts(desk).count("clock.back") == 1


@pytest.mark.faults("clock")
def test_clock_that_is_set_right_by_seconds_is_not_told(desk_folder: Path, clock: FixedClock) -> None:
    with opened(desk_folder, clock) as desk, desk.writing() as unit:
        unit.log("trainee.edit")
        unit.commit()
    clock.at -= timedelta(seconds=90)
    with opened(desk_folder, clock) as desk:
        assert desk.take_odd() == ()


@pytest.mark.faults("clock")
def test_ten_years_ahead_and_back_locks_nobody_out(desk_folder: Path, clock: FixedClock) -> None:
    now = clock.at
    with opened(desk_folder, clock) as desk:
        period = person(desk, "Aho")
    clock.at = now.replace(year=2036)
    with opened(desk_folder, clock) as desk:
        backups.make(desk)
    clock.at = now
    with opened(desk_folder, clock) as desk:
        attendance.record_day(desk, period, date(2026, 12, 15), "present")
        clock.at = now + timedelta(hours=1)  # the store has changed since, but the newest backup is of 2036
        backups.tend(desk)
        assert backup_state.of(desk).trouble is None
        assert whole(desk)


SUMMER, WINTER = datetime(2027, 3, 28, 3, tzinfo=HELSINKI), datetime(2026, 10, 25, 4, tzinfo=HELSINKI)


@pytest.mark.faults("clock")
@pytest.mark.parametrize("change", [SUMMER, WINTER], ids=["spring", "autumn"])
def test_summer_time_is_no_jump(desk_folder: Path, change: datetime) -> None:
    """In autumn the hour from three to four comes twice: the second is not before the first."""
    moment = FixedClock(change.astimezone(HELSINKI))
    for minutes in (-90, -30, 0, 30, 90):
        moment.at = datetime.fromtimestamp(change.timestamp() + 60 * minutes, HELSINKI)
        with opened(desk_folder, moment) as desk:
            if minutes > -90:
                assert desk.take_odd() == ()
            with desk.writing() as unit:
                unit.log("trainee.edit")
                unit.commit()
                assert unit.on == change.date()
            assert whole(desk)


_DAY = """
import sys
from datetime import datetime
from coachdesk.clock import HELSINKI, SystemClock
clock = SystemClock()
now = datetime.now(HELSINKI)
print(clock.now().utcoffset() == now.utcoffset(), clock.today() == now.date())
"""


@pytest.mark.faults("clock")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "UTC"])
def test_days_are_helsinkis_whatever_zone_the_computer_has(zone: str) -> None:
    run = [sys.executable, "-c", _DAY]
    done = subprocess.run(run, env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
