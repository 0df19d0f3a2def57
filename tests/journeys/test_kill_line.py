"""Desk and region speak over real HTTP, in processes of their own, and one of them is killed at random.

Nothing may be lost and nothing doubled: in the end the region has exactly what the consents let out, knows
each bundle that the desk calls acknowledged, and has met no number twice.
"""

import multiprocessing
import random
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.domain import summary
from coachdesk.domain.consent import may_disclose
from coachdesk.domain.trainee import Trainee
from coachdesk.region import folder as region_folder
from coachdesk.region import listing, tables
from coachdesk.services import line, offers, sync
from coachdesk.services.opening import create_desk
from coachdesk.store import consents as kept_consents
from coachdesk.store import outbox, records, summaries
from coachdesk.store.trainees import add
from tests.faults import held, tries
from tests.journeys import line_child
from tests.journeys.line_child import BODY, CHEAP, PHRASE, START, give, opened, serve, work
from tests.served import free_port

LONGEST = 0.9  # s within which one side is killed


class Sides:
    """Both sides, and the processes that run now."""

    def __init__(self, at: Path) -> None:
        self.desk, self.region = at / "desk", at / "region"
        self.port = free_port()
        self.start = multiprocessing.get_context("forkserver")
        self.start.set_forkserver_preload([line_child.__name__])
        self.serving = None
        desk, _groups = create_desk(
            self.desk, passphrase=PHRASE, coach_name="Aino", language="fi", workshop_name="Paja",
            clock=FixedClock(START), cost=CHEAP, floor=CHEAP,
        )  # fmt: skip
        with desk:
            with desk.writing() as unit:
                for name in ("Aho", "Björk", "Öhman"):
                    add(unit, Trainee(family_name=name, given_names="Elli", goal="alku"))
                unit.commit()
            for who in (1, 2, 3):
                give(desk, who)
            region_folder.init(self.region, region_id="alue", name_fi="Alue", name_sv="Området", body=BODY)
            done = sync.enrol(desk, self.region / "region.json", at / "out")
            line.move(desk, "alue", f"http://127.0.0.1:{self.port}")
        region = region_folder.open_region(self.region)
        region_folder.enrol(region, done.file, START)
        region.engine.dispose()

    def serve(self) -> None:
        """Let the region listen, where it does not."""
        if self.serving is not None and self.serving.is_alive():
            return
        self.serving = self.start.Process(target=serve, args=(str(self.region), self.port), daemon=True)
        self.serving.start()
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
        raise AssertionError("the region does not listen")

    def work(self, number: int):
        found = self.start.Process(target=work, args=(str(self.desk), number), daemon=True)
        found.start()
        return found

    def kill_region(self) -> None:
        if self.serving is not None:
            self.serving.kill()
            self.serving.join()


@pytest.fixture
def sides(tmp_path):
    found = Sides(tmp_path)
    yield found
    found.kill_region()


@pytest.mark.faults("kill line")
def test_killed_at_random_on_either_side_nothing_is_lost_and_nothing_doubled(sides):
    chance, most, killed = random.Random(4), tries(400, 10), {"desk": 0, "region": 0}
    for number in range(most):
        sides.serve()
        side = "desk" if number % 2 else "region"
        working = sides.work(number)
        working.join(chance.random() * LONGEST)
        if side == "desk":
            working.kill()
        else:
            sides.kill_region()
        killed[side] += 1
        working.join(60)
        assert working.exitcode is not None
    for number in (100_000, 100_001):
        sides.serve()
        last = sides.work(number * 7)
        last.join(60)
        assert last.exitcode == 0

    assert killed["desk"] == killed["region"] == most // 2
    compare(sides)
    held(most)


def compare(sides: Sides) -> None:
    region = region_folder.open_region(sides.region)
    found = listing.listed(region, START.date())
    with region.writing() as connection:
        rows = connection.execute(select(tables.bundle.c.epoch, tables.bundle.c.sha256)).all()
        alarms = connection.execute(select(tables.alarm)).all()
    region.engine.dispose()
    with opened(sides.desk) as desk, desk.reading() as unit:
        refs, consented = summaries.known_refs(unit, BODY), {}
        for key in (1, 2, 3):
            own = kept_consents.of_trainee(unit, key)
            if may_disclose(own, (), BODY, unit.on) is not None:
                record = records.record(unit, key, unit.on, offers.present_kinds())
                consented[refs[key]] = summary.project(record, own, unit.on, recipient=BODY)
        mine = outbox.of_region(unit, "alue")
    assert {one["ref"]: one["fields"] for one in found["summaries"]} == consented
    acknowledged = {row.sha256 for row in mine if row.state == outbox.ACKNOWLEDGED}
    assert acknowledged <= {row.sha256 for row in rows}  # nothing lost
    assert not alarms and {row.epoch for row in rows} == {1}  # nothing doubled, nothing begun anew
    assert not [row for row in mine if row.state in outbox.WAITING]
