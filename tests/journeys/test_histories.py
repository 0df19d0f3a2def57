"""Histories of a desk and a region: files lost, doubled and in any order, receipts late, the desk restored.

Always: nothing is held under a consent that the region knows as withdrawn, and what is held has the fields
of its consent's scopes and no other.  Once every file and receipt gets through: the region holds exactly
what the consents now let out.  Each safeguard switched off is found by the same histories.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

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
from sqlalchemy import insert

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain import summary
from coachdesk.domain.consent import SCOPES, may_disclose
from coachdesk.domain.trainee import Trainee
from coachdesk.region import folder as region_folder
from coachdesk.region import ledger, listing, receive
from coachdesk.services import consents, offers, receipts, sealing, sync
from coachdesk.services.desk import create_desk, open_desk
from coachdesk.store import consents as kept_consents
from coachdesk.store import outbox, records
from coachdesk.store.argon import KdfCost
from coachdesk.store.trainees import TRAINEES, add
from tests.faults import held, tries

BODY = "wellbeing_area_ostrobothnia"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
PHRASE = "kolme tuulista hiihtolomaa"
START = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)
PEOPLE = st.integers(0, 1)


class _Made:
    """A desk with two people and an enrolled region, made once; each history begins with a copy."""

    folder: Path | None = None

    @classmethod
    def copy_to(cls, to: Path) -> None:
        if cls.folder is None:
            cls.folder = Path(tempfile.mkdtemp(prefix="histories-"))
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
            opened = region_folder.open_region(region)
            region_folder.enrol(opened, done.file, clock.now())
            opened.engine.dispose()
            desk.close()
        for name in ("desk", "region"):
            shutil.copytree(cls.folder / name, to / name)


class History(RuleBasedStateMachine):
    """One desk, one region, and everything between them that can go wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Path(tempfile.mkdtemp(prefix="history-"))
        _Made.copy_to(self.at)
        self.clock = FixedClock(START)
        self.region = region_folder.open_region(self.at / "region")
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
            self.region.engine.dispose()
            shutil.rmtree(self.at)

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
        sync.read_receipt(self.desk, self.answers[which % len(self.answers)])

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

    def settle(self):
        """Every file and every receipt gets through, twice over and in another order."""
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
        held = {
            one["ref"]: one["fields"] for one in listing.listed(self.region, self.clock.today())["summaries"]
        }
        assert held == self.consented()

    def consented(self):
        """What the consents now let out, asked of the rules alone."""
        found = {}
        with self.desk.reading() as unit:
            refs = outbox.known_refs(unit, BODY)
            for key in (1, 2):
                own = kept_consents.of_trainee(unit, key)
                record = records.record(unit, key, unit.on, offers.present_kinds())
                if may_disclose(own, (), BODY, unit.on) is not None:
                    found[refs[key]] = summary.project(record, own, unit.on, recipient=BODY)
        return found


def histories(examples: int, steps: int = 30) -> settings:
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


@pytest.mark.faults("letters")
def test_the_region_ends_up_with_what_is_consented_to_whatever_happens_on_the_way():
    most = tries(600, 25)
    run_state_machine_as_test(History, settings=histories(most))
    held(most)


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
    monkeypatch.setattr(ledger, "is_withdrawn", lambda _connection, _consent: False)
    monkeypatch.setattr(ledger, "revoked", lambda _connection, _device, _most: ())
    monkeypatch.setattr(ledger, "insert", lambda table: insert(table).prefix_with("OR IGNORE"))


def without_order(monkeypatch):
    monkeypatch.setattr(ledger, "_comes_after", lambda _connection, _label, _item: True)


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


SAFEGUARDS = [
    (without_snapshot, lost_with_the_laptop),
    (acknowledged_by_number, another_bundle_of_the_same_number),
    (without_ledger, withdrawn_and_forgotten),
    (without_order, newer_before_older),
    (without_calendar, past_its_last_day),
]


def lived(history):
    run = History()
    try:
        history(run)
    except BaseException:
        run.desk.close()
        raise
    run.teardown()


@pytest.mark.parametrize(("off", "history"), SAFEGUARDS, ids=lambda one: one.__name__)
def test_a_safeguard_switched_off_is_found(monkeypatch, off, history):
    """The same history ends well with the safeguard and badly without it."""
    lived(history)
    off(monkeypatch)

    with pytest.raises(AssertionError):
        lived(history)
