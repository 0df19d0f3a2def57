"""Each safeguard of the letters, switched off, is found by a history that ends well with it."""

from dataclasses import replace

import pytest

from coachdesk.errors import Unreadable
from coachdesk.exchange.region_client import RegionClient, Told
from coachdesk.region import held_keys, ledger
from coachdesk.services import receipts, sealing
from coachdesk.store import outbox
from tests.journeys.history import History


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
