"""A history of a desk and a region over both carriers: bundles and answers lost, doubled, late and in any
order, keys rotated, either side restored from an old copy without a word.

Always: nothing is held under a consent that the region knows as withdrawn, and what is held has the fields
of its consent's scopes and no other.  Once every file and receipt gets through: the region holds exactly
what the consents now let out.
"""

import asyncio
import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain import summary
from coachdesk.domain.consent import SCOPES, may_disclose
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import NoLine, Unreadable
from coachdesk.exchange.keys import thumbprint
from coachdesk.exchange.line import Answer
from coachdesk.region import folder as region_folder
from coachdesk.region import held_keys, key_changes, listing, receive, restored
from coachdesk.region import tables as region_tables
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits
from coachdesk.services import consents, line, offers, sending, sync
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.store import consents as kept_consents
from coachdesk.store import records, summaries
from coachdesk.store.argon import KdfCost
from coachdesk.store.trainees import TRAINEES, add

BODY = "wellbeing_area_ostrobothnia"


CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)


PHRASE = "kolme tuulista hiihtolomaa"


START = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)


PEOPLE = st.integers(0, 1)


FAULTS = ("fine", "lost", "unanswered", "doubled", "delayed", "busy")


ROOM = "/dev/shm" if Path("/dev/shm").is_dir() else None  # in memory: it is killed elsewhere


class _Made:
    """A desk with two people and an enrolled region, made once; each history begins with a copy."""

    folder: Path | None = None

    @classmethod
    def copy_to(cls, to: Path) -> None:
        if cls.folder is None:
            cls.folder = Path(tempfile.mkdtemp(prefix="histories-", dir=ROOM))
            clock = FixedClock(START)
            desk, _groups = create_desk(
                cls.folder / "desk", passphrase=PHRASE, coach_name="Aino", language="fi",
                workshop_name="Paja", clock=clock, cost=CHEAP, floor=CHEAP,
            )  # fmt: skip
            with desk.writing() as unit:
                for name in ("Aho", "Björk"):
                    add(unit, Trainee(family_name=name, given_names="Elli", goal="alku"))
                unit.commit()
            region = cls.folder / "region"
            region_folder.init(region, region_id="alue", name_fi="Alue", name_sv="Området", body=BODY)
            done = sync.enrol(desk, region / "region.json", cls.folder / "out")
            line.move(desk, "alue", "http://127.0.0.1:9")
            opened = region_folder.open_region(region)
            region_folder.enrol(opened, done.file, clock.now())
            opened.engine.dispose()
            desk.close()
        for name in ("desk", "region"):
            shutil.copytree(cls.folder / name, to / name)


class Network:
    """The way between: every request goes to the region's real doors, and what comes of it is chosen."""

    def __init__(self, history: "History", faults: tuple[str, ...]) -> None:
        self.history, self.faults = history, list(faults)

    def __call__(self, _address: str, *, proxy: str | None = None) -> "Network":
        return self

    def __enter__(self) -> "Network":
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def ask(self, method, path, *, content=None, headers=None, params=None) -> Answer:
        fault = self.faults.pop(0) if self.faults else "fine"
        if fault == "lost":
            raise NoLine("It never came there.")
        if fault == "delayed" and content is not None:
            self.history.files[content] = None  # it may still come there, and late
            raise NoLine("It comes there later.")
        if fault == "busy":
            return Answer(status=503, headers={"retry-after": "30"}, body=b"<html>busy</html>")
        for _once in range(2 if fault == "doubled" else 1):
            found = self.history.request(method, path, content, headers, params)
        if content is not None and found.status in (200, 201, 409):
            self.history.late.append(found.body)  # a receipt that may be read later too
        if fault == "unanswered":
            raise NoLine("The answer never came.")
        return found


class History(RuleBasedStateMachine):
    """One desk, one region, and everything between them that can go wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Path(tempfile.mkdtemp(prefix="history-", dir=ROOM))
        _Made.copy_to(self.at)
        self.clock = FixedClock(START)
        self.region = self.doors = None
        self.forgot = False
        self._open_region()
        self.late: list[bytes] = []
        self.by_network = False
        self.files: dict[bytes, None] = {}
        self.answers: list[Path] = []
        self.scopes: dict[str, set[str]] = {}
        shutil.copytree(self.at / "desk", self.at / "copy")
        self.desk = self._opened()

    def teardown(self) -> None:
        try:
            self.settle()
        finally:
            self.desk.close()
            self._close_region()
            shutil.rmtree(self.at)

    def _open_region(self):
        self.region = region_folder.open_region(self.at / "region")
        free = Limits(address_a_minute=0, device_a_minute=0)
        app = application(self.region, self.clock, staff=False, limits=free)
        self.doors = app.state.doors
        self.loop = asyncio.new_event_loop()
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1")

    def _close_region(self):
        self.loop.run_until_complete(self.client.aclose())
        self.loop.close()
        self.doors.writer.stop()
        self.region.engine.dispose()

    def request(self, method, path, content, headers, params):
        asked = self.client.request(method, path, content=content, headers=headers, params=params)
        found = self.loop.run_until_complete(asked)
        return Answer(status=found.status_code, headers=dict(found.headers), body=found.content)

    def _opened(self):
        return open_desk(self.at / "desk", passphrase=PHRASE, clock=self.clock, floor=CHEAP)

    def _standing(self, person):
        return consents.sheet(self.desk, person + 1).in_force(BODY)

    # What the coach does

    @rule(person=PEOPLE, scopes=st.sets(st.sampled_from(["goals", "basic"]), min_size=1),
          days=st.sampled_from([1, 400]))  # fmt: skip
    def gives(self, person, scopes, days):
        found = consents.give(
            self.desk, person + 1, recipient=BODY, scopes=tuple(sorted(scopes)),
            valid_to=self.clock.today() + timedelta(days=days),
        )  # fmt: skip
        self.scopes[found.uid] = set(scopes)

    @rule(person=PEOPLE)
    def withdraws(self, person):
        standing = self._standing(person)
        if standing is not None:
            consents.withdraw(self.desk, standing.id)

    @rule(person=PEOPLE, goal=st.sampled_from(["yksi", "kaksi", "kolme"]))
    def edits(self, person, goal):
        with self.desk.writing() as unit:
            TRAINEES.put(unit, replace(TRAINEES.get(unit, person + 1), goal=goal))
            unit.commit()

    @rule()
    def accepts_and_seals(self):
        for offer in sync.review(self.desk):
            if offer.waits_for_coach and offer.problem is None:
                sync.accept(self.desk, offer)
        sync.seal(self.desk)

    @rule()
    def exports(self):
        for file in sync.export(self.desk, self.at / "stick").files:
            self.files[file.read_bytes()] = None
        shutil.rmtree(self.at / "stick", ignore_errors=True)

    @rule(faults=st.lists(st.sampled_from(FAULTS), max_size=5))
    def sends(self, faults):
        sending.Sender(self.desk, wires=Network(self, tuple(faults))).send(by_hand=True)

    @rule(by_network=st.booleans())
    def ends_by(self, by_network):
        """By which carrier everything gets through in the end."""
        self.by_network = by_network

    @rule(days=st.integers(1, 2))
    def waits(self, days):
        self.clock.at += timedelta(days=days)

    # What the carrier does

    @precondition(lambda self: self.files)
    @rule(which=st.integers(0, 99), answered=st.booleans())
    def delivers(self, which, answered):
        content = list(self.files)[which % len(self.files)]
        done = receive.receive(self.region, content, self.clock.now())
        if answered:
            self._answer([done])

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 99))
    def reads_a_receipt(self, which):
        with suppress(Unreadable):
            sync.read_receipt(self.desk, self.answers[which % len(self.answers)])

    @precondition(lambda self: self.late)
    @rule(which=st.integers(0, 99))
    def reads_an_old_answer(self, which):
        path = self.at / "late.jws"
        path.write_bytes(self.late[which % len(self.late)])
        with suppress(Unreadable):  # a restored desk may know none of the keys of then
            sync.read_receipt(self.desk, path)

    def _answer(self, done):
        name, content = receive.answer(self.region, done[0].device, done, self.clock.now())
        self.answers.append(self.at / name)
        self.answers[-1].write_bytes(content)

    # What happens to the laptop

    @rule()
    def is_copied(self):
        self.desk.close()
        shutil.rmtree(self.at / "copy", ignore_errors=True)
        shutil.copytree(self.at / "desk", self.at / "copy")
        self.desk = self._opened()

    @rule()
    def is_restored(self):
        self.desk.close()
        shutil.rmtree(self.at / "desk")
        shutil.copytree(self.at / "copy", self.at / "desk")
        self.desk = self._opened()

    # What happens at the region

    @rule()
    def keys_are_rotated(self):
        key_changes.rotate(self.region, self.clock.now(), who="")

    @rule()
    def region_is_copied(self):
        self._close_region()
        shutil.rmtree(self.at / "region-copy", ignore_errors=True)
        shutil.copytree(self.at / "region", self.at / "region-copy")
        self._open_region()

    @precondition(lambda self: (self.at / "region-copy").exists())
    @rule()
    def region_is_restored(self):
        """Its store alone: keys are kept apart from it, and are not lost with it."""
        self._close_region()
        for name in ("region.db", "region.db-wal", "region.db-shm"):
            (self.at / "region" / name).unlink(missing_ok=True)
            kept = self.at / "region-copy" / name
            if kept.exists():
                shutil.copy(kept, self.at / "region" / name)
        self._open_region()
        self.clock.at += timedelta(seconds=1)  # never twice in one moment
        restored.number_anew(self.region, self.clock.now())
        self.forgot = True
        self.answers.clear()
        self.late.clear()

    # What must hold

    @invariant()
    def nothing_is_held_under_a_withdrawn_consent(self):
        held = listing.listed(self.region, self.clock.today())
        gone = {one["consent"] for one in held["withdrawn"]}
        for one in held["summaries"]:
            assert one["consent"] not in gone
            allowed = {name for key in self.scopes[one["consent"]] for name in SCOPES[key].fields}
            assert set(one["fields"]) == allowed
            assert one["valid_to"] >= self.clock.today().isoformat()

    def throws_old_keys_away(self):
        """The private parts of the keys that are handed out no more are gone."""
        self._close_region()
        known = {key["kid"] for key in held_keys.load(self.at / "region").card.keys}
        for file in (self.at / "region" / "keys").glob("sign*.jwk"):
            key = json.loads(file.read_text("utf-8"))
            if thumbprint(key) not in known:
                file.unlink()
        self._open_region()

    def region_heard_of(self):
        """The consents under which anything ever came."""
        with self.region.writing() as connection:
            return set(connection.execute(select(region_tables.consent.c.id)).scalars())

    def settle(self):
        """Every bundle and every receipt gets through, twice over and in another order."""
        if self.by_network:
            self._speak()
            late = [*reversed(list(self.files)), *self.files]
            for content in late:
                receive.receive(self.region, content, self.clock.now())
            self._speak()  # a stray bundle may be news where either side was restored: heard of next time
        else:
            self._carry_all()
        self.nothing_is_held_under_a_withdrawn_consent()
        self._compare()

    def _speak(self):
        """The desk and the region speak until neither has anything more to say."""
        self.accepts_and_seals()
        for _round in range(6):
            (done,) = sending.Sender(self.desk, wires=Network(self, ())).send(by_hand=True)
            self.nothing_is_held_under_a_withdrawn_consent()
            if done.problem is None and not done.waiting and not sync.review(self.desk):
                break
            self.accepts_and_seals()

    def _carry_all(self):
        for round_ in range(6):
            self.exports()
            files = list(self.files)
            if self.forgot and not files:  # who carries nothing hears of a restored region by network alone
                self._speak()
            late_first = [*reversed(files), *files]
            done = [receive.receive(self.region, content, self.clock.now()) for content in late_first]
            self.nothing_is_held_under_a_withdrawn_consent()
            if done:
                self._answer(done)
                sync.read_receipt(self.desk, self.answers[-1])
            if round_ and not sync.review(self.desk) and not sync.outbox_sheet(self.desk).waiting:
                break

    def _compare(self):
        held = {
            one["ref"]: one["fields"] for one in listing.listed(self.region, self.clock.today())["summaries"]
        }
        assert held == self.consented()

    def consented(self):
        """What the consents now let out, asked of the rules alone."""
        found = {}
        with self.desk.reading() as unit:
            refs = summaries.known_refs(unit, BODY)
            for key in (1, 2):
                own = kept_consents.of_trainee(unit, key)
                record = records.record(unit, key, unit.on, offers.present_kinds())
                if may_disclose(own, (), BODY, unit.on) is not None:
                    found[refs[key]] = summary.project(record, own, unit.on, recipient=BODY)
        return found
