"""A withdrawal by network: before all else, never overtaken, and proved."""

from coachdesk.errors import NoLine
from coachdesk.exchange import incoming
from coachdesk.exchange.keys import SIGN
from coachdesk.exchange.line import Wire
from coachdesk.services import consents, sending, sync
from coachdesk.services.enrolment import card_of
from coachdesk.store import enrolments, lines, outbox
from tests.services.sending.wires import lossy


def test_a_withdrawal_goes_before_everything_else(desk, enrolled, give):
    _person, consent = give("Aho", goal="Puutyöt")
    sending.send(desk)
    enrolled.stop()
    give("Björk", goal="Metallityöt")
    sending.send(desk)  # sealed and tried, and nothing came through
    sync.export(desk, enrolled.at.parent / "stick", accepted_only=True)
    consents.withdraw(desk, consent.id)
    enrolled.start()
    seen = []
    sending.Sender(desk, wires=lossy((), seen)).send()

    with desk.reading() as unit:
        kinds = {
            row.sha256: {i.kind for i in outbox.items_of(unit, row)} for row in outbox.BUNDLES.find(unit)
        }
    puts = [kinds[path.rpartition("/")[2]] for method, path, _content in seen if method == "PUT"]
    assert "withdraw" in puts[0]
    assert {"put"} in puts[1:]
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]


def test_what_was_withdrawn_is_not_sent_while_its_withdrawal_is_not_taken(desk, enrolled, give):
    _person, consent = give("Aho", goal="Puutyöt")
    tried = []

    class Never(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                raise NoLine("It broke on the way there.")
            return super().ask(method, path, **more)

    class FirstSpoilt(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                tried.append(path)
                if len(tried) == 1:
                    more["headers"] = {**more["headers"], "content-type": "text/plain"}
            return super().ask(method, path, **more)

    sending.Sender(desk, wires=Never).send()  # tried: from now on it cannot be taken back
    consents.withdraw(desk, consent.id)
    sync.seal(desk)
    give("Björk", goal="Metallityöt")
    (done,) = sending.Sender(desk, wires=FirstSpoilt).send()

    assert (done.refused, done.waiting) == (1, 2)
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]  # the others went on
    sending.Sender(desk).send()
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]
    (done,) = sending.send(desk)  # by hand the withdrawal goes, and what it follows after it
    assert (done.problem, done.waiting) == (None, 0)
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]


def test_the_receipt_of_a_withdrawal_is_kept_as_it_was_signed(desk, enrolled, give):
    _person, consent = give("Aho", goal="Puutyöt")
    sending.send(desk)
    consents.withdraw(desk, consent.id)
    sending.send(desk)

    with desk.reading() as unit:
        rows = outbox.BUNDLES.find(unit)
        kept = {row.id: row for row in lines.RECEIPTS.find(unit)}
        region, device = enrolments.regions(unit)[0], enrolments.device_of(unit, "pohjanmaa")
    proof = kept[rows[-1].receipt_id]
    found = incoming.read(
        proof.content, region_id=region.id, device=device.id, region_keys=card_of(region).of_use(SIGN)
    )
    assert rows[-1].sha256 in {one.sha256 for one in found.receipts[0].bundles}
    (held,) = sync.held_sheet(desk)
    assert (held.state, held.receipt) == ("deleted", proof.number)
