"""Histories of a desk and a region over both carriers: bundles and answers lost, doubled, late and in any
order, keys rotated, either side restored from an old copy without a word.

Always: nothing is held under a consent that the region knows as withdrawn, and what is held has the fields
of its consent's scopes and no other.  Once every file and receipt gets through: the region holds exactly
what the consents now let out.  Each safeguard switched off is found by the same histories.
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
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain import summary
from coachdesk.domain.consent import SCOPES, may_disclose
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import NoLine, Unreadable
from coachdesk.exchange.keys import thumbprint
from coachdesk.exchange.line import Answer
from coachdesk.exchange.region_client import RegionClient, Told
from coachdesk.region import folder as region_folder
from coachdesk.region import held_keys, key_changes, ledger, listing, receive, restored
from coachdesk.region import tables as region_tables
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits
from coachdesk.services import consents, line, offers, receipts, sealing, sending, sync
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.store import consents as kept_consents
from coachdesk.store import outbox, records, summaries
from coachdesk.store.argon import KdfCost
from coachdesk.store.trainees import TRAINEES, add
from tests.faults import held, tries

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
            if self.forgot:  # to a restored region a stray bundle may be news: the desk hears of it next time
                self._speak()
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


def histories(examples: int, steps: int = 24) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        print_blob=False,
    )


class Counted(History):
    """A history that ended well is a try that lost nothing."""

    def teardown(self) -> None:
        super().teardown()
        held()


@pytest.mark.faults("letters")
def test_the_region_ends_up_with_what_is_consented_to_whatever_happens_on_the_way():
    run_state_machine_as_test(Counted, settings=histories(tries(2000, 200)))


def without_snapshot(monkeypatch):
    monkeypatch.setattr(sealing, "_beginning", lambda _unit, _region: [])


def acknowledged_by_number(monkeypatch):
    """The outbox cleared by a number, not by the SHA-256 of the bundle."""
    whole = receipts._take_in

    def by_number(unit, region, receipt, told):
        own = {(row.epoch, row.seq): row.sha256 for row in outbox.of_region(unit, region.id)}
        named = tuple(
            replace(one, sha256=own.get((one.epoch, one.seq), one.sha256), result="stored")
            for one in receipt.bundles
        )
        last, _prev = outbox.place(unit, region.id, region.epoch)
        return whole(unit, region, replace(receipt, bundles=named, last=min(receipt.last, last)), told)

    monkeypatch.setattr(receipts, "_take_in", by_number)


def without_ledger(monkeypatch):
    """Withdrawn consents are still listed, but neither asked nor told."""
    whole = ledger._Page.__init__

    def forgetful(self, *rest):
        whole(self, *rest)
        self.gone = set()

    monkeypatch.setattr(ledger._Page, "__init__", forgetful)
    monkeypatch.setattr(ledger, "revoked", lambda _connection, _device, _most: ())


def without_order(monkeypatch):
    whole = ledger._Page._keep

    def keep(self, item, values):
        self.places.clear()
        whole(self, item, values)

    monkeypatch.setattr(ledger._Page, "_keep", keep)


def without_noting_what_was_tried(monkeypatch):
    """A bundle that was sent counts as never handed over until its receipt comes."""
    monkeypatch.setattr(outbox, "hand", lambda *_rest, **_more: None)


def without_taking_keys_over(monkeypatch):
    monkeypatch.setattr(receipts, "_keys", lambda region, _receipt: region.keys)


def without_the_eldest_key(monkeypatch):
    monkeypatch.setattr(held_keys.Keys, "eldest", lambda _self, _sealed_for: "")


def without_telling_the_key_that_signs(monkeypatch):
    monkeypatch.setattr(held_keys.Keys, "told", lambda self, _signing: self.card.keys)


def without_asking_how_things_stand(monkeypatch):
    whole = receipts.take_in

    def state(self, _key):
        return Told(content=b"")

    def take_in(desk, content, way, **fresh):
        return whole(desk, content, way, **fresh) if content else receipts.ReceiptResult()

    monkeypatch.setattr(RegionClient, "state", state)
    monkeypatch.setattr(receipts, "take_in", take_in)


def without_reading_consents_again(monkeypatch):
    """What was sealed goes, whatever has been withdrawn since; and what is sealed is not looked at again."""

    def hand_next(desk, unit, region, *, but=()):
        if not outbox.waiting(unit, region.id):
            sealing.seal_region(desk, unit, region)
        waiting = [row for row in outbox.waiting(unit, region.id) if row.sha256 not in but]
        if waiting:
            outbox.hand(unit, region.id, unit.at, "net", only=waiting[0])
        return waiting[0] if waiting else None

    monkeypatch.setattr(sealing, "hand_next", hand_next)


def without_calendar(monkeypatch):
    monkeypatch.setattr(ledger, "expire", lambda _connection, _today: None)


def lost_with_the_laptop(run):
    """Delivered, then the laptop is restored from a copy that knows nothing of it."""
    run.gives(0, {"goals"}, 400)
    run.exports()
    run.delivers(0, True)
    run.is_restored()


def another_bundle_of_the_same_number(run):
    """A restored desk seals number 1 again, with other words, and reads the receipt of the first."""
    run.gives(0, {"goals"}, 400)
    run.is_copied()
    run.exports()
    run.delivers(0, True)
    run.is_restored()
    run.edits(0, "kaksi")
    run.exports()
    run.reads_a_receipt(0)


def withdrawn_and_forgotten(run):
    """The restored desk does not know that the consent was withdrawn."""
    run.gives(0, {"goals"}, 400)
    run.exports()
    run.delivers(0, False)
    run.is_copied()
    run.withdraws(0)
    run.exports()
    run.delivers(1, False)
    run.is_restored()


def newer_before_older(run):
    run.gives(0, {"goals"}, 400)
    run.exports()
    run.edits(0, "kaksi")
    run.exports()
    run.delivers(1, False)
    run.delivers(0, False)


def past_its_last_day(run):
    run.gives(0, {"goals"}, 1)
    run.exports()
    run.delivers(0, False)
    run.waits(2)
    run.nothing_is_held_under_a_withdrawn_consent()


def sent_but_unanswered_then_withdrawn(run):
    """The region has it, though nobody here knows; then the consent is withdrawn."""
    run.gives(0, {"goals"}, 400)
    run.accepts_and_seals()
    run.sends(["fine", "fine", "unanswered"])
    run.withdraws(0)


def keys_rotated_twice_over_the_years(run):
    """The first keys are no longer kept when the second change comes."""
    run.ends_by(True)
    run.sends([])
    run.keys_are_rotated()
    run.gives(0, {"goals"}, 1000)
    run.accepts_and_seals()
    run.sends([])
    run.waits(600)
    run.keys_are_rotated()
    run.throws_old_keys_away()
    run.edits(0, "kaksi")


def restored_to_before_the_consent(run):
    """The restored desk has nothing to send, so only the region can tell that it has more."""
    run.ends_by(True)
    run.is_copied()
    run.gives(0, {"goals"}, 400)
    run.accepts_and_seals()
    run.sends([])
    run.is_restored()


def sealed_and_left_in_a_drawer(run):
    """Past its last day between sealing and sending: nothing under it may ever leave."""
    run.gives(0, {"goals"}, 1)
    run.accepts_and_seals()
    run.waits(2)
    run.sends([])
    assert run.region_heard_of() == set()


def restored_to_before_the_keys(run):
    """By files, the restored desk can read only what is signed with a key that it knew then."""
    run.ends_by(False)
    run.is_copied()
    run.keys_are_rotated()
    for goal in ("yksi", "kaksi"):  # the second is sealed for the new key
        run.gives(0, {"goals"}, 400)
        run.edits(0, goal)
        run.accepts_and_seals()
        run.sends([])
    run.is_restored()
    run.gives(0, {"goals"}, 400)


def rotated_ten_times_unheard(run):
    """The key that the desk knows is listed no more; the same carried bundle is answered twice."""
    run.ends_by(False)
    run.gives(0, {"goals"}, 400)
    for _change in range(10):
        run.keys_are_rotated()


SAFEGUARDS = [
    (without_snapshot, lost_with_the_laptop),
    (acknowledged_by_number, another_bundle_of_the_same_number),
    (without_ledger, withdrawn_and_forgotten),
    (without_order, newer_before_older),
    (without_calendar, past_its_last_day),
    (without_noting_what_was_tried, sent_but_unanswered_then_withdrawn),
    (without_taking_keys_over, keys_rotated_twice_over_the_years),
    (without_the_eldest_key, restored_to_before_the_keys),
    (without_telling_the_key_that_signs, rotated_ten_times_unheard),
    (without_asking_how_things_stand, restored_to_before_the_consent),
    (without_reading_consents_again, sealed_and_left_in_a_drawer),
]


def lived(history):
    run = History()
    try:
        history(run)
    except BaseException:
        run.desk.close()
        run._close_region()
        raise
    run.teardown()


@pytest.mark.faults("safeguards")
@pytest.mark.parametrize(("off", "history"), SAFEGUARDS, ids=lambda one: one.__name__)
def test_a_safeguard_switched_off_is_found(monkeypatch, off, history):
    """The same history ends well with the safeguard and badly without it."""
    lived(history)
    off(monkeypatch)

    with pytest.raises((AssertionError, Unreadable)):
        lived(history)
