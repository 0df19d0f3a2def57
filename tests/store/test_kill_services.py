"""The real services save and say so, and are killed: what they said was saved is there, drafts too."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.plan import PlanItem
from coachdesk.services import drafts, notes, plan_items, plan_sheets, plans
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk
from tests.conftest import CHEAP, PASSPHRASE
from tests.faults import held, tries
from tests.services.test_attendance import person
from tests.store.test_kill_keys import killed, measured, whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

KILLS, KILLED_MAKINGS, KILLED_IMPORTS = tries(200, 10), tries(30, 4), tries(30, 4)
Act = tuple[str, str, str]  # what kind of act, on what, what was written

_BEGIN = """
import json, random, sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain.notes import Note
from coachdesk.domain.plan import PlanItem
from coachdesk.services import attendance, drafts, imports, notes, plan_items
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.settings import resource_folder
from tests.conftest import CHEAP, PASSPHRASE
clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
"""
_WORK_FOR_EVER = (
    _BEGIN
    + """
folder, scratch, version, item, seed = sys.argv[1:6]
chance, number = random.Random(int(seed)), int(seed) * 100000
desk = open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)

def day():
    on, kind = chance.randrange(40), chance.choice(["present", "own_illness", "unnotified"])
    yield "day", str(on), kind
    attendance.record_day(desk, 1, date(2026, 11, 5) + timedelta(on), kind)

def note():
    yield "note", str(number), "x"
    at, text = datetime(2026, 12, 1, 9, tzinfo=HELSINKI) + timedelta(minutes=number % 10000), f"{number} x"
    notes.add(desk, Note(trainee_id=1, at=at, minutes=5, kind="phone_call", place="phone", text=text))

def plan():
    yield "plan", item, f"tavoite {number}"
    plan_items.write_item(desk, int(version), PlanItem(key=item, kind="goals", text=f"tavoite {number}"))

def draft():
    yield "draft", "trainee:1", f"kesken {number}"
    drafts.keep(desk, "note", "trainee:1", f"kesken {number}", 5)

def people():
    file = Path(scratch) / "people.csv"
    lines = [f"Tuotu{number};Elli{n};1.12.2026" for n in range(3)]
    file.write_text("\\n".join(["Sukunimi;Etunimet;Ensikontakti", *lines]) + "\\n", "utf-8")
    yield "import", f"Tuotu{number}", "3"
    imports.carry_out(desk, imports.preview(desk, file))

print("begun", flush=True)
while True:
    number += 1
    act = chance.choices([day, note, plan, draft, people], [4, 3, 3, 6, 1])[0]()
    print(json.dumps(next(act)), flush=True)
    next(act, None)
    print("done", flush=True)
"""
)


@dataclass
class Acknowledged:
    """What was said to be saved, and the act during which the kill came."""

    said: dict[tuple[str, str], str] = field(default_factory=dict)
    under_way: Act | None = None

    def take(self, lines: Iterator[str]) -> None:
        self.under_way = None
        for line in lines:
            if line == "done" and self.under_way:
                kind, subject, value = self.under_way
                self.said[kind, subject] = value
                self.under_way = None
            elif line.endswith("]"):  # a line may be torn by the kill
                self.under_way = tuple(json.loads(line))

    def check(self, found: dict[tuple[str, str], str]) -> None:
        """What was acknowledged is there; beside it at most the act under way, whole."""
        for place, value in self.said.items():
            there = found.get(place)
            under_way = self.under_way and (self.under_way[:2], self.under_way[2])
            assert there == value or (place, there) == under_way, (place, value, there, under_way)
        extra = set(found) - set(self.said)
        assert extra <= ({self.under_way[:2]} if self.under_way else set())
        if extra:
            assert self.under_way and found[self.under_way[:2]] == self.under_way[2]
        self.said = found


def kept(desk: Desk, version: int) -> dict[tuple[str, str], str]:
    """The same as read from the desk by the services."""
    found: dict[tuple[str, str], str] = {}
    first = date(2026, 11, 5)
    with desk.reading() as unit:
        execute = unit.connection.exec_driver_sql
        for day, kind in execute("SELECT day, kind FROM attended_day"):
            found["day", str((date.fromisoformat(day) - first).days)] = kind
        named = "SELECT family_name, count(*) FROM trainee WHERE family_name LIKE 'Tuotu%' GROUP BY 1"
        found |= {("import", name): str(count) for name, count in execute(named)}
    for sheet in notes.of_trainee(desk, 1):
        found["note", sheet.note.text.split()[0]] = "x"
    (row,) = plan_sheets.sheet(desk, 1).rows
    assert row.newest is not None and row.newest.id == version
    found |= {("plan", item.key): item.text for item in row.newest.items}
    found |= {("draft", one.subject): one.text for one in drafts.all_of_coach(desk)}
    return found


@pytest.mark.faults("kill acts")
def test_nothing_that_a_service_said_was_saved_is_lost_by_a_kill(
    desk_folder: Path, tmp_path: Path, reopen: Callable[..., Desk]
) -> None:
    desk = reopen(desk_folder)
    person(desk, "Aho", weekdays=(0, 1, 2, 3, 4, 5, 6))
    version = plans.begin(desk, 1, "activation_plan").id
    item = plan_items.write_item(desk, version, PlanItem(key="", kind="goals", text="alku")).items[0].key
    acknowledged = Acknowledged(said=kept(desk, version))
    desk.close()
    chance = random.Random(20261122)
    for kill in range(KILLS):
        words = (str(desk_folder), str(tmp_path), str(version), item, str(kill))
        run = [sys.executable, "-c", _WORK_FOR_EVER, *words]
        with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None and child.stderr is not None
            assert child.stdout.readline() == "begun\n", child.stderr.read()
            time.sleep(chance.uniform(0, 0.4))
            child.kill()
            acknowledged.take(iter(child.stdout.read().split("\n")))
            assert "Traceback" not in child.stderr.read()
        desk = reopen(desk_folder)
        acknowledged.check(kept(desk, version))
        whole(desk)
        held()


_IMPORT = (
    _BEGIN
    + """
folder = sys.argv[1]
desk = open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
found = imports.preview(desk, resource_folder() / "demo" / "vaasa-pilot.csv")
print("begun", flush=True)
imports.carry_out(desk, found)
print("done", flush=True)
"""
)


@pytest.mark.faults("kill import")
def test_killed_import_is_in_whole_or_not_at_all(
    desk_folder: Path, tmp_path: Path, reopen: Callable[..., Desk]
) -> None:
    whole_time = measured(_IMPORT, desk_folder, tmp_path, PASSPHRASE)
    each = ", ".join(f"(SELECT count(*) FROM {name})" for name in ("trainee", "coaching", "plan", "log"))
    asked = f"SELECT {each}"
    counted, chance = [], random.Random(20261122)
    for folder in (desk_folder, tmp_path / "measured"):
        with reopen(folder).reading() as unit:
            counted.append(tuple(unit.connection.exec_driver_sql(asked).one()))
    for number in range(KILLED_IMPORTS):
        folder = Path(shutil.copytree(desk_folder, tmp_path / f"try{number}"))
        done, _took = killed(_IMPORT, chance.uniform(0, 1.1 * whole_time), str(folder), PASSPHRASE)
        desk = reopen(folder)
        with desk.reading() as unit:
            found = tuple(unit.connection.exec_driver_sql(asked).one())
        assert found in counted
        assert not done or found == counted[1]
        whole(desk)
        shutil.rmtree(folder)
        held()


_CREATE = (
    _BEGIN
    + """
print("begun", flush=True)
create_desk(sys.argv[1], passphrase=PASSPHRASE, coach_name="A", language="fi", workshop_name="B",
            clock=clock, cost=CHEAP, floor=CHEAP)[0].close()
print("done", flush=True)
"""
)


@pytest.mark.faults("kill create")
def test_killed_making_leaves_a_whole_desk_or_none(
    tmp_path: Path, clock: FixedClock, reopen: Callable[..., Desk]
) -> None:
    done, whole_time = killed(_CREATE, 30, str(tmp_path / "measured"), PASSPHRASE)
    assert done
    chance = random.Random(20261122)
    for number in range(KILLED_MAKINGS):
        folder = tmp_path / f"try{number}" / "desk"
        done, _took = killed(_CREATE, chance.uniform(0, 1.1 * whole_time), str(folder), PASSPHRASE)
        if folder.exists():
            whole(reopen(folder))
        else:
            assert not done
            made, _groups = create_desk(
                folder, passphrase=PASSPHRASE, coach_name="A", language="fi", workshop_name="B",
                clock=clock, cost=CHEAP, floor=CHEAP,
            )  # fmt: skip
            whole(made)
        assert [path.name for path in folder.parent.iterdir()] == ["desk"]
        held()
