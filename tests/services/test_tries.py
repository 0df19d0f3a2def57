"""Wrong tries slow down, are not forgotten by a new start, and are told to the next who opens."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import DiskFull, TooSoon, Trouble, WrongPassphrase
from coachdesk.services.desk import MADE_FOR, Desk
from coachdesk.services.door import look_at_door, short_names
from coachdesk.services.opening import open_desk, open_desk_with_recovery
from coachdesk.store import meta, recovery, tries
from coachdesk.store.unit import Unit
from tests.conftest import CHEAP

Opener = Callable[..., Desk]


class Uptime:
    """The time since the computer was started, set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 5000.0
        monkeypatch.setattr(tries, "uptime", lambda: self.now)


@pytest.fixture
def uptime(monkeypatch: pytest.MonkeyPatch) -> Uptime:
    return Uptime(monkeypatch)


def try_wrongly(folder: Path, clock: FixedClock) -> None:
    with pytest.raises(WrongPassphrase):
        open_desk(folder, passphrase="something else", clock=clock, floor=CHEAP)


def test_each_wrong_try_makes_the_wait_longer_to_half_a_minute(
    desk_folder: Path, clock: FixedClock, uptime: Uptime
) -> None:
    waits = []
    for _number in range(8):
        try_wrongly(desk_folder, clock)
        waits.append(look_at_door(desk_folder).wait)
        uptime.now += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_even_the_right_passphrase_waits_also_in_a_new_program(
    desk_folder: Path, clock: FixedClock, uptime: Uptime, reopen: Opener
) -> None:
    for _number in range(3):
        try_wrongly(desk_folder, clock)
        uptime.now += 60
    try_wrongly(desk_folder, clock)
    with pytest.raises(TooSoon) as soon:
        reopen(desk_folder)
    assert soon.value.values["seconds"] == 8
    uptime.now += 8
    assert reopen(desk_folder).coach_id == 1


def test_clock_that_is_set_neither_skips_the_wait_nor_makes_it_longer(
    desk_folder: Path, clock: FixedClock, uptime: Uptime, reopen: Opener
) -> None:
    for _number in range(6):
        try_wrongly(desk_folder, clock)
        uptime.now += 60
    try_wrongly(desk_folder, clock)
    clock.at = clock.at.replace(year=2036)
    with pytest.raises(TooSoon):
        reopen(desk_folder)
    clock.at = clock.at.replace(year=2016)
    uptime.now += 30
    assert reopen(desk_folder)


def test_computer_started_anew_waits_from_its_start(
    desk_folder: Path, clock: FixedClock, uptime: Uptime, reopen: Opener
) -> None:
    for _number in range(7):
        try_wrongly(desk_folder, clock)
        uptime.now += 60
    uptime.now = 3
    assert look_at_door(desk_folder).wait == 27
    uptime.now = 31
    assert reopen(desk_folder)


def test_failed_tries_are_told_to_the_next_who_opens_and_logged(
    desk_folder: Path, clock: FixedClock, reopen: Opener, recovery_groups: tuple[str, ...]
) -> None:
    for _number in range(3):
        try_wrongly(desk_folder, clock)
    with pytest.raises(WrongPassphrase):
        other = recovery.groups_of(bytes(20))
        open_desk_with_recovery(desk_folder, other, clock=clock, floor=CHEAP)
    desk = reopen(desk_folder)
    assert desk.failed_before.wrong == 4
    assert [one.kind for one in desk.failed_before.last] == ["passphrase"] * 3 + ["recovery"]
    with desk.reading() as unit:
        sql = "SELECT count(*), max(CAST(detail AS TEXT)) FROM log WHERE act = 'unlock.failed'"
        count, detail = unit.connection.exec_driver_sql(sql).one()
    assert count == 4 and json.loads(detail)["after"]["kind"] == "recovery"
    desk.close()
    assert reopen(desk_folder).failed_before.wrong == 0


def test_thousands_of_tries_take_little_room(desk_folder: Path, clock: FixedClock, reopen: Opener) -> None:
    many = tries.Tries(
        wrong=40_000, last=tuple(tries.made_at(clock.now(), "passphrase", None) for _ in range(20))
    )
    tries._write(desk_folder, many)
    try_wrongly(desk_folder, clock)
    assert (desk_folder / tries.NAME).stat().st_size < 4096
    desk = reopen(desk_folder)
    with desk.reading() as unit:
        sql = "SELECT count(*) FROM log WHERE act = 'unlock.failed'"
        assert unit.connection.exec_driver_sql(sql).scalar() == 21


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 60_000,
        b'{"wrong": -5, "begun": 1}',
        b'{"wrong": 1e999, "begun": 0, "uptime": 0, "last": []}',
        b'{"wrong": 1, "begun": 0, "uptime": 0, "last": [{"at": "yesterday", "kind": "passphrase"}]}',
        b'{"wrong": 1, "begun": 0, "uptime": 0, "last": [{"at": "0001-01-01", "kind": "passphrase"}]}',
        b"\xff" * 100_000,
    ],
)
def test_damaged_count_locks_nobody_out(desk_folder: Path, reopen: Opener, content: bytes) -> None:
    (desk_folder / tries.NAME).write_bytes(content)
    assert reopen(desk_folder)


def test_count_of_a_time_without_end_locks_nobody_out(desk_folder: Path, reopen: Opener) -> None:
    for uptime in ("-Infinity", "Infinity", "NaN", "-1e999"):
        kept = f'{{"wrong": 3, "begun": 0, "uptime": {uptime}, "last": []}}'
        (desk_folder / tries.NAME).write_text(kept, "utf-8")
        assert look_at_door(desk_folder).wait <= tries.LONGEST


def test_full_disk_keeps_nobody_out_after_a_wrong_try_which_is_logged_when_there_is_room(
    desk_folder: Path, clock: FixedClock, uptime: Uptime, monkeypatch: pytest.MonkeyPatch, reopen: Opener
) -> None:
    try_wrongly(desk_folder, clock)
    uptime.now += 60
    commit = Unit.commit

    def full(unit: Unit) -> None:
        raise DiskFull("full")

    monkeypatch.setattr(Unit, "commit", full)
    desk = reopen(desk_folder)
    assert desk.take_failed().wrong == 1
    desk.close()
    monkeypatch.setattr(Unit, "commit", commit)
    uptime.now += 60
    desk = reopen(desk_folder)
    assert desk.take_failed().wrong == 1  # told again, and now it stands in the log
    with desk.reading() as unit:
        acts = [act for (act,) in unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq")]
    assert acts.count("unlock.failed") == 1
    assert not (desk_folder / tries.NAME).exists()


def test_opening_that_fails_after_the_passphrase_was_right_leaves_no_key_behind(
    desk_folder: Path, monkeypatch: pytest.MonkeyPatch, reopen: Opener
) -> None:
    opened: list[Desk] = []

    def broken(desk: Desk) -> None:
        opened.append(desk)
        raise Trouble("broken")

    monkeypatch.setattr(Desk, "look_around", broken)
    with pytest.raises(Trouble, match="broken"):
        reopen(desk_folder)
    assert not opened[0].open and not any(opened[0].log_key)
    monkeypatch.undo()
    reopen(desk_folder)


def test_try_that_was_cut_off_is_not_held_against_anybody(
    desk_folder: Path, uptime: Uptime, reopen: Opener
) -> None:
    for _number in range(3):
        tries.begin(desk_folder)
    assert look_at_door(desk_folder).wait == 0
    for _number in range(9):
        tries.begin(desk_folder)
        uptime.now += 60
    desk = reopen(desk_folder)
    assert desk.failed_before.wrong == 0


def test_names_at_the_door_are_as_short_as_can_be_told_apart() -> None:
    names = {1: "Aino Mallikas", 2: "Jukka Perälä", 3: "Jukka Mäki", 4: "Jukka Mänty", 5: "Aila"}
    assert short_names(names) == {1: "Aino", 2: "Jukka P.", 3: "Jukka Mäk.", 4: "Jukka Män.", 5: "Aila"}


def test_desk_made_for_a_moment_tells_tries_and_last_use_on_its_own_days(
    desk: Desk, desk_folder: Path, clock: FixedClock, uptime: Uptime, reopen: Opener
) -> None:
    with desk.writing() as unit:
        meta.put(unit, MADE_FOR, clock.now().isoformat())
        unit.commit()
    desk.close()
    made = clock.now()
    clock.at = made - timedelta(days=23)  # the computer's own clock
    try_wrongly(desk_folder, clock)
    uptime.now += 60

    again = reopen(desk_folder)
    assert abs(datetime.fromisoformat(again.failed_before.last[-1].at) - made) < timedelta(minutes=1)
    again.close()
    closed = look_at_door(desk_folder).closed
    assert closed is not None and abs(closed - made) < timedelta(minutes=1)
