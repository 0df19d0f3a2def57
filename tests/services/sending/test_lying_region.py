"""A region that lies: it can spoil its own line, never another's, and never without end."""

from dataclasses import replace
from datetime import date

from coachdesk.exchange.receipt import FORK
from coachdesk.region import ledger, receipts
from coachdesk.services import consents, line, sending
from coachdesk.store import consents as kept_consents
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
