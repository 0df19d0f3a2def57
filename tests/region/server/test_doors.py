"""What the region answers over the network when all is as it should be."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from coachdesk.exchange import enrolment, keys, statements
from coachdesk.region import devices, enrolling, key_changes, letters

from ..conftest import put, withdraw
from .conftest import JOSE


def test_status_repeats_the_nonce_and_carries_the_keys_and_the_time(line, region):
    answer = line.client.get("/v1/status", params={"nonce": "0a" * 16})

    assert (answer.status_code, answer.headers["content-type"]) == (200, JOSE)
    found = statements.read(answer.content, typ=statements.STATUS, known=line.known)
    assert (found.aud, found.iss) == ("*", region.card.id)
    assert found.value["nonce"] == "0a" * 16
    assert found.value["time"] == "2026-12-15T07:14:00Z"
    assert enrolment.card_of_value(found.value["region"]).fingerprint == region.card.fingerprint


def test_a_bundle_is_created_once_and_answered_again(line, a_desk, held):
    desk = a_desk()
    letter = desk.seal([put()], seq=1)
    first, again = line.put(letter.content), line.put(letter.content)

    assert (first.status_code, again.status_code) == (201, 200)
    for answer in (first, again):
        (found,) = line.receipt(answer, desk).receipts
        assert [(b.seq, b.sha256, b.result) for b in found.bundles] == [(1, letter.sha256, "stored")]
    assert len(held()["summaries"]) == 1


def test_network_and_file_may_both_deliver(line, a_desk, take, held):
    desk = a_desk()
    one, two = desk.seal([put()], seq=1), desk.seal([put("b")], seq=2)
    take(one)

    assert line.put(one.content).status_code == 200
    assert line.put(two.content).status_code == 201
    assert take(two).again
    assert len(held()["summaries"]) == 2


@pytest.mark.parametrize("result", ["fork", "old_epoch", "voided"])
def test_what_cannot_be_applied_is_a_conflict_with_a_receipt(line, a_desk, held, result):
    from coachdesk.exchange import bundle

    desk = a_desk()
    late = desk.seal([put("e")], seq=2, epoch=1)
    if result == "fork":
        line.put(desk.seal([put()], seq=2, epoch=1).content)
    elif result == "voided":
        line.put(desk.seal([bundle.void(2)], seq=3, epoch=1).content)
    else:
        line.put(desk.seal([bundle.snapshot()], seq=1, epoch=2).content)
    answer = line.put(late.content)

    assert answer.status_code == 409
    named = line.receipt(answer, desk).receipts[0].bundles[0]
    assert (named.sha256, named.result) == (late.sha256, result)
    assert "e" * 32 not in [one["ref"] for one in held()["summaries"]]


def test_a_summary_with_a_field_beyond_its_consent_is_rejected_alone(line, a_desk, held):
    desk = a_desk()
    line.put(desk.seal([put("a")], seq=1).content)
    more = put("a", version=2, goal="Työ", next_step=None, next_step_due=None)
    answer = line.put(desk.seal([more, put("b")], seq=2).content)

    assert answer.status_code == 201
    (named, *_) = line.receipt(answer, desk).receipts[0].bundles
    assert [(one.ref, one.reason) for one in named.rejected] == [("a" * 32, "beyond_consent")]
    assert {one["ref"][0]: one["version"] for one in held()["summaries"]} == {"a": 1, "b": 1}


def test_no_desk_withdraws_or_changes_what_another_sent(line, a_desk, held):
    mine, other = a_desk(), a_desk()
    line.put(mine.seal([put("a")], seq=1).content)
    line.put(other.seal([withdraw("a")], seq=1).content)

    assert [one["device"] for one in held()["summaries"]] == [mine.id]
    again = line.put(mine.seal([put("a", version=2)], seq=2).content)
    assert line.receipt(again, mine).receipts[0].bundles[0].rejected == ()
    assert line.receipt(again, mine).receipts[0].revoked == ()


def test_state_tells_what_is_held_and_what_is_missing(line, a_desk):
    desk = a_desk()
    for seq, item in ((1, put("a")), (3, put("b")), (4, withdraw("b"))):
        line.put(desk.seal([item], seq=seq).content)
    answer = line.ask(desk)

    assert answer.status_code == 200
    items = line.items(answer, desk)
    held = {"ref": "a" * 32, "version": 1, "consent": "a" * 32, "valid_to": "2027-06-30"}
    assert items["held"] == {"kind": "held", "summaries": [held], "whole": True}
    assert items["receipt"]["missing"] == [2]
    assert items["receipt"]["revoked"] == ["b" * 32]


def test_receipts_are_numbered_whichever_way_they_go(line, a_desk):
    desk = a_desk()
    numbers = [
        line.receipt(line.put(desk.seal([put()], seq=1).content), desk).receipts[0].number,
        line.receipt(line.ask(desk), desk).receipts[0].number,
    ]
    assert numbers == [1, 2]


def test_a_code_enrols_one_desk_once_and_a_lost_answer_does_no_harm(line, region, newcomer, clock):
    desk = newcomer()
    code = enrolling.make_code(region, clock.now(), label="Verstas")
    typed = code.lower().replace("0", "o").replace("1", "l")
    first, again = line.enrol(desk, typed), line.enrol(desk, code)

    assert (first.status_code, again.status_code) == (201, 200)
    for answer in (first, again):
        found = statements.read(answer.content, typ=statements.ENROLLED, known=line.known)
        assert (found.aud, found.value["device"], found.value["nonce"]) == (desk.id, desk.id, "a" * 32)
        assert found.value["fingerprint"] == keys.fingerprint(desk.key, desk.seal_key)
        assert enrolment.card_of_value(found.value["region"]).fingerprint == region.card.fingerprint
    with region.reading() as connection:
        assert devices.find(connection, desk.id)["label"] == "Verstas"
    assert line.put(desk.seal([put()], seq=1).content).status_code == 201


def test_a_revoked_desk_is_told_in_a_receipt_and_nothing_of_it_is_taken(line, region, a_desk, held, clock):
    desk = a_desk()
    one = desk.seal([put()], seq=1)
    line.put(one.content)
    with region.writing() as connection:
        devices.revoke(connection, desk.id, clock.now())
    answers = [line.put(desk.seal([put("b")], seq=2).content), line.put(one.content), line.ask(desk),
               line.ask(desk, "letters", query="?after=0.0")]  # fmt: skip

    for answer in answers:
        assert answer.status_code == 403
        items = line.items(answer, desk)
        assert items["device"] == {"kind": "device", "state": "revoked", "since": "2026-12-15"}
        assert line.receipt(answer, desk).revoked
        assert [b["sha256"] for b in items["receipt"]["bundles"]] == [one.sha256]
    assert [one["ref"][0] for one in held()["summaries"]] == ["a"]


def test_a_desk_that_takes_the_place_of_another_withdraws_what_that_one_sent(
    line, region, newcomer, a_desk, clock, held
):
    lost = a_desk()
    line.put(lost.seal([put("a"), put("b")], seq=1).content)
    line.put(lost.seal([withdraw("b")], seq=2).content)
    new = newcomer()
    assert line.enrol(new, enrolling.make_code(region, clock.now(), replaces=lost.id)).status_code == 201

    assert [one["device"] for one in held()["summaries"]] == [new.id]
    late = line.put(new.seal([put("b", version=9), withdraw("a")], seq=1).content)
    assert [one.reason for one in line.receipt(late, new).receipts[0].bundles[0].rejected] == [
        "consent_withdrawn"
    ]
    assert held()["summaries"] == []
    assert line.put(lost.seal([put("a", version=9)], seq=3).content).status_code == 403


def test_new_keys_are_told_under_a_key_that_the_desk_knows(line, region, a_desk, clock):
    desk = a_desk()
    old = region.signing_key["kid"]
    key_changes.rotate(region, clock.now(), who="")
    new = region.signing_key["kid"]
    assert new != old

    answer = line.put(desk.seal([put()], seq=1).content, **{"coachdesk-knows": old})
    from coachdesk.exchange import seal

    header = seal.header_of(answer.content, 3, seal.BIGGEST_RECEIPT)
    assert header["kid"] == old
    keys_told = [key["kid"] for key in line.receipt(answer, desk).receipts[0].keys if key["use"] == "sig"]
    assert keys_told == [new, old]
    later = line.put(desk.seal([put("b")], seq=2).content, **{"coachdesk-knows": new})
    assert seal.header_of(later.content, 3, seal.BIGGEST_RECEIPT)["kid"] == new


def test_what_was_sealed_for_an_older_key_is_still_opened(line, region, a_desk, clock):
    desk = a_desk()
    letter = desk.seal([put()], seq=1)
    key_changes.rotate(region, clock.now(), who="")

    assert line.put(letter.content).status_code == 201


def test_letters_come_one_by_one_until_there_are_no_more(line, region, newcomer, clock):
    desk = newcomer()
    line.enrol(desk, enrolling.make_code(region, clock.now()))
    words = [
        {"words": text, "from": {"name": "Aino", "title": None, "phone": None, "email": None}}
        for text in "ab"
    ]
    for one in words:
        letters.send(region, desk.id, "question", one, clock.now())
    first = line.ask(desk, "letters", query="?after=0.0")
    second = line.ask(desk, "letters", query="?after=1.1")

    from coachdesk.exchange import from_region

    known = {
        "device": desk.id,
        "own_keys": {desk.seal_key["kid"]: desk.seal_key},
        "regions": {region.card.id: line.known},
    }
    opened = [from_region.unseal(one.content, **known) for one in (first, second)]
    assert [(one.label.epoch, one.label.seq) for one in opened] == [(1, 1), (1, 2)]
    assert opened[1].label.prev == sha256(first.content).hexdigest()
    assert line.ask(desk, "letters", query="?after=1.2").status_code == 204
    assert line.items(line.ask(desk), desk)["letters"]["waiting"] == 2
    told = {"kind": "letters_received", "letters": [
        {"epoch": 1, "seq": 1, "sha256": opened[0].sha256, "result": "stored"}]}  # fmt: skip
    answer = line.put(desk.seal([told], seq=1).content)
    assert line.receipt(answer, desk).receipts[0].bundles[0].rejected == ()
    assert line.items(answer, desk)["letters"]["waiting"] == 1


def test_health_and_metrics_say_nothing_of_anybody(line, a_desk):
    desk = a_desk()
    line.put(desk.seal([put()], seq=1).content)
    line.put(b"x")
    assert line.client.get("/healthz").text == "ok\n"
    assert line.client.get("/metrics").status_code == 403  # the test's client has no address


def test_metrics_count_by_route_and_reason_without_a_desk_in_them(region, clock, a_desk):
    from coachdesk.region.server.app import application
    from tests.region.asgi import TestClient

    desk = a_desk()
    app = application(region, clock, staff=False)
    with TestClient(app, client=("127.0.0.1", 5)) as client:
        content = desk.seal([put()], seq=1).content
        for _ in range(2):
            client.put(
                f"/v1/bundles/{sha256(content).hexdigest()}", content=content, headers={"content-type": JOSE}
            )
        text = client.get("/metrics").text

    assert 'coachdesk_requests_total{route="bundles",status="201",reason=""} 1' in text
    assert 'coachdesk_bundles_total{result="stored"} 1' in text
    assert 'coachdesk_bundles_total{result="again"} 1' in text
    assert desk.id not in text and "127.0.0.1" not in text


def test_days_turn_whoever_asks(region, clock, a_desk, line):
    line.put(a_desk().seal([put(valid_to=date(2026, 12, 15))], seq=1).content)
    clock.at += timedelta(days=1)
    line.ask(a_desk())

    with region.engine.connect() as connection:
        states = [tuple(row) for row in connection.exec_driver_sql("SELECT state, fields FROM summary")]
    assert states == [("expired", None)]
