"""A region that lies: it can spoil its own line, never another's, and never without end."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from coachdesk.exchange import bundle
from coachdesk.exchange.keys import ENCRYPT, new_key, public
from coachdesk.exchange.receipt import FORK, STORED, Named
from coachdesk.region import ledger, receipts, receive, tables
from coachdesk.services import consents, line, sending
from coachdesk.store import consents as kept_consents
from coachdesk.store import outbox
from tests.services.sending.sent import of_now


def test_a_region_that_always_says_fork_is_left_after_a_few_rows_of_numbers(
    desk, enrolled, give, monkeypatch
):
    give("Aho", goal="Puutyöt")
    real = receipts.Receipt

    def lying(**told):
        return real(**{**told, "bundles": tuple(replace(one, result=FORK) for one in told["bundles"])})

    monkeypatch.setattr(receipts, "Receipt", lying)
    (done,) = sending.send(desk)

    assert of_now(desk)[1] <= 5
    assert done.problem is not None and done.problem.stops
    assert line.sheets(desk)[0].line.state == "stopped"


def test_a_region_that_names_the_last_row_of_all_is_not_believed_and_can_be_sent_to_later(
    desk, enrolled, give, monkeypatch
):
    give("Aho", goal="Puutyöt")
    real = receipts.Receipt
    with monkeypatch.context() as lies:
        lies.setattr(receipts, "Receipt", lambda **told: real(**{**told, "epoch": 2**53 - 1}))
        (done,) = sending.send(desk)
    assert "not the region" in str(done.problem) and of_now(desk)[1] == 1
    assert sending.send(desk)[0].delivered == 1


def test_a_region_withdraws_no_consent_that_was_given_to_another(
    desk, enrolled, give, a_trainee, monkeypatch
):
    _person, own = give("Aho", goal="Puutyöt")
    other = a_trainee("Berg", "Elli")
    to_other = consents.give(desk, other.id, recipient="kela", scopes=("phases",), valid_to=date(2027, 6, 30))
    monkeypatch.setattr(ledger, "revoked", lambda *_what: (own.uid, to_other.uid))
    sending.send(desk)

    with desk.reading() as unit:
        found = {
            one.uid: one.in_force(unit.on) for one in kept_consents.by_uid(unit, (own.uid, to_other.uid))
        }
    assert found == {own.uid: False, to_other.uid: True}


def test_a_region_that_tells_other_keys_each_time_is_left_after_a_few_rows_of_numbers(
    desk, enrolled, give, monkeypatch
):
    """It takes one bundle each time and tells another key to seal for: the one behind is sealed anew."""
    give("Aho", goal="Puutyöt")
    give("Berg", goal="Metalli")
    real = receipts.Receipt
    came = []

    def lying(**told):
        signing = [key for key in told["keys"] if key["use"] == "sig"]
        told |= {"keys": (*signing, public(new_key(ENCRYPT)))}
        if came:
            told |= {"bundles": (came[-1],), "epoch": came[-1].epoch, "last": came[-1].seq}
        return real(**told)

    def taken(region, content, at, *, knows="", **_more):
        with desk.reading() as unit:
            (row,) = (one for one in outbox.of_region(unit, "pohjanmaa") if one.sealed == content)
        named = Named(epoch=row.epoch, seq=row.seq, sha256=row.sha256, result=STORED)
        came.append(named)
        with region.writing() as connection:
            device = connection.execute(select(tables.device)).mappings().one()
            signed = receipts.signed(connection, region, device, [named], at, knows=knows, most=receipts.FEW)
        return receive.Received(device=device["id"], named=named), signed[1]

    monkeypatch.setattr(receipts, "Receipt", lying)
    monkeypatch.setattr(receive, "deliver", taken)
    monkeypatch.setattr(bundle, "MOST_ITEMS", 1)
    monkeypatch.setattr(sending, "MOST_REQUESTS", 40)
    (done,) = sending.send(desk)

    assert of_now(desk)[1] <= 5
    assert done.problem is not None and done.problem.stops
