"""A change of the region's keys is killed at any step: it is finished or was never begun, and is logged."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from types import FrameType

import pytest
from sqlalchemy import event

from coachdesk.errors import DiskFull, Trouble
from coachdesk.exchange import from_region, keys
from coachdesk.region import acts, folder, held_keys, key_changes, letters, receive, tables
from tests.faults import tries

from .conftest import put
from .test_letters import ask, enrolled

pytestmark = [pytest.mark.sqlite, pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")]
STEPS = ("region/key_changes.py", "region/acts.py", "region/letters.py", "coachdesk/whole_file.py")
YEARS = timedelta(days=key_changes.KEPT_DAYS + 10)


def killed_at(line: int, work: Callable[[], None]) -> bool:
    """Run in a process of its own that kills itself at a line of the steps; whether it came so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    passed = count(1)

    def watch(frame: FrameType, _event: str, _told: object) -> object:
        if not frame.f_code.co_filename.endswith(STEPS):
            return None
        if _event == "line" and next(passed) == line:
            os.kill(os.getpid(), signal.SIGKILL)
        return watch

    sys.settrace(watch)
    try:
        work()
    finally:
        os._exit(0)


def log_of(region: folder.Region) -> list[str]:
    with region.reading() as connection:
        rows = connection.execute(tables.staff_log.select().order_by(tables.staff_log.c.id)).mappings()
        return [row["act"] for row in rows if row["act"] in (acts.ROTATED, acts.RETIRED)]


def names(region: folder.Region, pattern: str) -> list[str]:
    return sorted(file.name for file in (region.folder / "keys").glob(pattern))


@pytest.mark.parametrize("at_once", [False, True])
def test_new_keys_are_made_whole_or_not_at_all_and_no_letter_waits_that_nobody_can_verify(
    region, tmp_path, clock, a_desk, at_once
):
    desk = enrolled(region, tmp_path, clock, a_desk())
    ask(region, clock, desk)
    place, made = region.folder, 0
    region.engine.dispose()

    def change() -> None:
        one = folder.open_region(place)
        key_changes.rotate(one, clock.now(), who="it", at_once=at_once)

    line, alive = 1, False
    while not alive:
        clock.at += timedelta(minutes=1)
        alive = not killed_at(line, change)
        again = folder.open_region(place)
        now = len(held_keys.load(place).sealing)
        assert now - 1 - made in (0, 1)
        made = now - 1
        assert log_of(again) == [acts.ROTATED] * made
        assert names(again, "change-*") == []
        told = {key["kid"]: key for key in again.card.keys if key["use"] == keys.SIGN}
        assert len(told) == (1 if at_once else min(made + 1, 10))
        with again.reading() as connection:
            newest = connection.execute(tables.device.select()).mappings().one()["letter_epoch"]
            content = letters.next_after(connection, desk.id, newest - 1, 0)
        own = {desk.letter_key["kid"]: desk.letter_key}
        known = told if at_once else held_keys.load(place).signing
        from_region.unseal(content, device=desk.id, own_keys=own, regions={again.card.id: known})
        again.engine.dispose()
        line += tries(1, 13)
    assert made > 3


def test_keys_are_set_aside_whole_or_not_at_all(region, clock, a_desk):
    desk = a_desk()
    first = desk.seal([put("a")], seq=1)
    key_changes.rotate(region, clock.now(), who="it")
    clock.at += YEARS
    place = region.folder
    region.engine.dispose()

    def change() -> None:
        key_changes.set_aside(folder.open_region(place), clock.now(), who="it")

    line, done = 1, False
    while not done:
        killed = killed_at(line, change)
        again = folder.open_region(place)
        done = names(again, "*.retired") == ["encrypt.retired"]
        assert log_of(again) == [acts.ROTATED] + [acts.RETIRED] * done
        assert len(again.card.of_use(keys.ENCRYPT)) == len(again.sealing_keys) == 2 - done
        assert names(again, "change-*") == []
        if not done:
            assert killed
            assert receive.receive(again, first.content, clock.now()).named is not None
        again.engine.dispose()
        line += tries(1, 9)


def test_a_disk_that_is_full_changes_no_key_and_stops_no_later_change(region, clock, monkeypatch):
    before = names(region, "*")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _full_at(3))
        with pytest.raises(DiskFull):
            key_changes.rotate(region, clock.now(), who="it")
    assert (names(region, "*"), log_of(region)) == (before, [])
    key_changes.rotate(region, clock.now(), who="it")
    assert log_of(region) == [acts.ROTATED]


def test_a_store_that_goes_away_before_the_end_is_told_and_the_change_is_finished_later(region, clock):
    def gone(_connection: object) -> None:
        raise Trouble("away")

    event.listen(region.engine, "commit", gone)
    with pytest.raises(Trouble):
        key_changes.rotate(region, clock.now(), who="it")
    event.remove(region.engine, "commit", gone)
    assert log_of(region) == [] and len(names(region, "change-*")) == 1
    again = folder.open_region(region.folder)
    assert log_of(again) == [acts.ROTATED] and names(again, "change-*") == []
    assert len(again.sealing_keys) == 2
    again.engine.dispose()


def _full_at(step: int) -> Callable[[int], None]:
    passed, fsync = count(1), os.fsync

    def full(handle: int) -> None:
        if next(passed) >= step:
            raise OSError(28, "No space left on device")
        fsync(handle)

    return full
