"""What a desk that lies cannot do: let a consent last longer than it said, or fill the region's store."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from coachdesk.exchange import bundle, incoming, keys
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.region import ledger, letters, numbers, places, receive, tables

from .conftest import put, withdraw

FIRST, SOONER, LATER = date(2027, 3, 31), date(2027, 1, 31), date(2027, 12, 31)


def reasons(found) -> list[str]:
    return [one.reason for one in found.named.rejected]


def days(held) -> list[tuple[int, str]]:
    return [(one["version"], one["valid_to"]) for one in held()["summaries"]]


def test_a_consents_last_day_never_moves_away(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put(valid_to=FIRST)], seq=1))
    found = take(desk.seal([put(version=2, valid_to=LATER)], seq=2))

    assert reasons(found) == ["later_last_day"]
    assert days(held) == [(1, "2027-03-31")]


def test_a_last_day_that_comes_nearer_counts_and_stays(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put(valid_to=FIRST)], seq=1))
    assert reasons(take(desk.seal([put(version=2, valid_to=SOONER)], seq=2))) == []
    assert reasons(take(desk.seal([put(version=3, valid_to=FIRST)], seq=3))) == ["later_last_day"]
    assert days(held) == [(2, "2027-01-31")]


def test_an_older_bundle_with_a_nearer_day_shortens_what_is_held(a_desk, take, held):
    desk = a_desk()
    first, second = (desk.seal([put(version=n, valid_to=day)], seq=n) for n, day in ((1, SOONER), (2, FIRST)))
    take(second)
    take(first)
    assert days(held) == [(2, "2027-01-31")]


def test_two_puts_of_one_bundle_are_held_to_the_nearer_day(a_desk, take, held):
    items = [put(valid_to=FIRST), put("b", consent="a", valid_to=SOONER)]
    take(a_desk().seal(items, seq=1))
    assert days(held) == [(1, "2027-01-31")] * 2


def test_a_last_day_once_past_does_not_come_back(a_desk, take, held, clock):
    desk = a_desk()
    take(desk.seal([put(valid_to=SOONER)], seq=1))
    clock.at += timedelta(days=60)
    found = take(desk.seal([put(version=2, valid_to=LATER)], seq=2))
    assert reasons(found) == ["later_last_day"]
    assert held()["summaries"] == []


def test_a_renewed_consent_may_last_longer(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put(valid_to=FIRST)], seq=1))
    take(desk.seal([withdraw(), put(version=3, consent="b", valid_to=LATER)], seq=2))
    assert days(held) == [(3, "2027-12-31")]


def test_the_last_day_of_another_desks_consent_is_its_own(a_desk, take, held):
    take(a_desk().seal([put(valid_to=SOONER)], seq=1))
    assert reasons(take(a_desk().seal([put(valid_to=LATER)], seq=1))) == []


def test_a_last_day_is_the_same_for_the_desk_that_takes_anothers_place(region, a_desk, take, clock):
    from coachdesk.region import devices

    old, new = a_desk(), a_desk()
    take(old.seal([put(valid_to=FIRST)], seq=1))
    with region.writing() as connection:
        devices.follow(connection, new.id, old.id, clock.now())
    assert reasons(take(new.seal([put(version=2, valid_to=LATER)], seq=1))) == ["later_last_day"]


def test_the_nearer_day_counts_where_both_desks_sent_a_summary_under_a_consent(
    region, a_desk, take, held, clock
):
    """The new laptop sent before the region heard whose place it takes."""
    from coachdesk.region import devices

    old, new = a_desk(), a_desk()
    take(old.seal([put(valid_to=SOONER), put("b", valid_to=LATER)], seq=1))
    take(new.seal([put(valid_to=LATER), put("b", valid_to=SOONER)], seq=1))
    with region.writing() as connection:
        devices.follow(connection, new.id, old.id, clock.now())
    assert days(held) == [(1, "2027-01-31")] * 2
    found = take(new.seal([put(version=2, valid_to=LATER), put("b", version=2, valid_to=LATER)], seq=2))
    assert reasons(found) == ["later_last_day"] * 2


def test_what_the_desk_before_had_withdrawn_is_held_no_more_by_the_one_that_takes_its_place(
    region, a_desk, take, held, clock
):
    from coachdesk.region import devices

    old, new = a_desk(), a_desk()
    take(old.seal([put(), withdraw()], seq=1))
    take(new.seal([put(version=3), put("b")], seq=1))
    with region.writing() as connection:
        devices.follow(connection, new.id, old.id, clock.now())
        kept = connection.execute(tables.summary.select().order_by(tables.summary.c.ref)).mappings().all()
    assert [(one["state"], one["fields"] is None) for one in kept] == [("withdrawn", True), ("held", False)]
    assert [one["ref"][0] for one in held()["summaries"]] == ["b"]


def test_a_nearer_day_that_is_past_deletes_what_is_held_at_once(region, a_desk, take):
    desk, past = a_desk(), date(2026, 12, 1)
    take(desk.seal([put(version=5, valid_to=LATER), put("b", consent="a", valid_to=LATER)], seq=1))
    take(desk.seal([put(version=2, valid_to=past)], seq=2))
    with region.reading() as connection:
        kept = connection.execute(tables.summary.select()).mappings().all()
    assert {(one["state"], one["fields"]) for one in kept} == {("expired", None)}


def test_more_trainees_than_a_desk_may_have_are_refused_and_the_others_go_on(a_desk, take, held, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_REFS", 2)
    desk = a_desk()
    take(desk.seal([put("a"), put("b")], seq=1))
    found = take(desk.seal([put("c"), put("a", version=2)], seq=2))
    assert reasons(found) == ["too_many_kept"]
    assert sorted(one["ref"][0] for one in held()["summaries"]) == ["a", "b"]
    assert reasons(take(a_desk().seal([put("c")], seq=1))) == []


def test_more_consents_than_a_desk_may_have_are_refused_and_withdrawals_never(
    a_desk, take, held, monkeypatch
):
    monkeypatch.setattr(ledger, "MOST_CONSENTS", 1)
    desk = a_desk()
    take(desk.seal([put("a")], seq=1))
    found = take(desk.seal([put("a", version=2, consent="b"), withdraw("a", version=3)], seq=2))
    assert reasons(found) == ["too_many_kept"]
    assert held()["summaries"] == []


def answer(letter: str) -> dict:
    return {"kind": "answer", "letter": letter * 32, "answers": letter * 32, "ref": None,
            "outcome": "answered", "reason": None, "words": "Hyvin", "start": None, "ground": "statutory",
            "written": "2026-12-15"}  # fmt: skip


def card(name: str) -> dict:
    from .staff.conftest import CARD

    return {**CARD, "card": name * 32}


def figures(name: str) -> dict:
    from coachdesk.domain import aggregate

    table = {"table": "language", "cells": [{"key": key, "count": 20} for key in aggregate.LANGUAGE_NAMES]}
    return {"kind": "aggregate", "aggregate": name * 32, "workshop": name * 32, "quarter": "2026-Q3",
            "people": 20, "tables": [table]}  # fmt: skip


@pytest.mark.parametrize(
    ("made", "where", "name"),
    [(answer, letters, "MOST_LOST"), (card, places, "MOST_CARDS"), (figures, places, "MOST_FIGURES")],
)
def test_a_desk_fills_the_store_with_what_it_tells_so_far_and_no_further(
    a_desk, take, monkeypatch, made, where, name
):
    monkeypatch.setattr(where, name, 2)
    desk = a_desk()
    assert reasons(take(desk.seal([made("a"), made("b")], seq=1))) == []
    assert reasons(take(desk.seal([made("c"), {**made("a"), **_newer(made)}], seq=2))) == ["too_many_kept"]
    assert reasons(take(a_desk().seal([made("c")], seq=1))) == []


def _newer(made) -> dict:
    return {"version": 2} if made is card else {}


def test_an_answer_to_a_letter_of_ours_is_never_one_too_many(region, a_desk, take, clock, monkeypatch):
    monkeypatch.setattr(letters, "MOST_LOST", 1)
    desk = a_desk()
    words = {"from": {"name": "Siv Sjöblom"}, "words": "?"}
    uid = letters.send(region, desk.id, "question", words, clock.now())
    said = {**answer("b"), "answers": uid}
    assert reasons(take(desk.seal([answer("a"), said, answer("c")], seq=1))) == ["too_many_kept"]


def test_one_desk_raises_so_many_alarms_and_no_more(region, a_desk, take, monkeypatch):
    monkeypatch.setattr(receive, "MOST_ALARMS", 2)
    desk = a_desk()
    take(desk.seal([bundle.snapshot()], seq=1))
    for _again in range(4):
        take(desk.seal([bundle.snapshot()], seq=1))
    with region.reading() as connection:
        assert len(connection.execute(tables.alarm.select()).all()) == 2


def test_empty_numbers_with_holes_between_are_taken_so_far_and_no_further(a_desk, take, held, monkeypatch):
    monkeypatch.setattr(numbers, "MOST_STRETCHES", 3)
    desk = a_desk()
    assert reasons(take(desk.seal([bundle.void(seq) for seq in (3, 5, 7)], seq=1))) == []
    found = take(desk.seal([bundle.void(9), put("b"), withdraw("a")], seq=10))
    assert reasons(found) == ["too_many_kept"]
    assert held()["devices"][0]["missing"] == [2, 4, 6, 8, 9]
    assert [one["ref"][0] for one in held()["summaries"]] == ["b"]
    assert len(held()["withdrawn"]) == 1
    assert reasons(take(a_desk().seal([bundle.void(3)], seq=1))) == []


def test_what_a_desk_declares_empty_leaves_a_row_for_each_hole_and_none_for_each_number(region, a_desk, take):
    desk = a_desk()
    take(desk.seal([bundle.void(seq) for seq in range(2, 240)], seq=1))
    take(desk.seal([bundle.void(seq) for seq in range(241, 400)], seq=240))
    with region.reading() as connection:
        kept = connection.execute(tables.numbers.select()).all()
        bundles = connection.execute(tables.bundle.select()).all()
    assert [one[1:] for one in kept] == [(1, 1, 399)]
    assert len(bundles) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_of_a_row_are_what_they_would_be_one_by_one(region, seed):
    chance, there = random.Random(seed), set()
    with region.writing() as connection:
        for _bundle in range(40):
            seqs = {chance.randint(1, 120) for _ in range(chance.choice((1, 1, 3, 8)))}
            numbers.add(connection, "d", 1, seqs)
            there |= seqs
            last, missing = numbers.last_and_missing(connection, "d", 1)
            assert (last, set(missing)) == (max(there), set(range(1, max(there))) - there)
            seq = chance.randint(1, 120)
            assert (numbers.around(connection, "d", 1, seq) is not None) == (seq in there)
            assert numbers.last_and_missing(connection, "d", 2) == (0, ())
        kept = connection.execute(tables.numbers.select()).all()
    assert sum(last - first + 1 for *_row, first, last in kept) == len(there)


def test_of_a_hole_without_end_a_receipt_names_the_first_numbers(region):
    with region.writing() as connection:
        numbers.add(connection, "d", 1, {3, 2**53 - 1})
        assert numbers.last_and_missing(connection, "d", 1) == (2**53 - 1, (1, 2, *range(4, 502)))


def test_a_receipt_costs_no_more_however_many_items_were_refused(region, a_desk, take, clock):
    """A hundred bundles of which every item is refused: the newest are named, as many as fit."""
    desk, wrong = a_desk(), {"kind": "withdraw", "ref": "a" * 32, "version": 0, "consent": "x"}
    done = [take(desk.seal([wrong] * 250, seq=seq)) for seq in range(1, 101)]
    asked = []
    event.listen(region.engine, "before_cursor_execute", lambda *_: asked.append(1))
    _name, content = receive.answer(region, desk.id, done[-1:], clock.now())
    known = {key["kid"]: key for key in region.card.keys if key["use"] == keys.SIGN}
    (found,) = incoming.read(content, region_id="pohjanmaa", device=desk.id, region_keys=known).receipts
    assert found.bundles[0].seq == 100 and 2 <= len(found.bundles) < 20
    assert len(asked) < 20


def test_withdrawals_without_end_fill_no_store_and_those_that_matter_all_count(
    region, a_desk, take, held, monkeypatch
):
    monkeypatch.setattr(ledger, "MOST_REFS", 3)
    monkeypatch.setattr(ledger, "MOST_WITHDRAWN", 4)
    desk = a_desk()
    take(desk.seal([put("a"), put("b")], seq=1))
    found = take(desk.seal([withdraw(one) for one in "0123456789cdef"], seq=2))
    take(desk.seal([withdraw("a"), withdraw("b")], seq=3))
    assert reasons(found) == []
    assert held()["summaries"] == []
    with region.reading() as connection:
        rows = [len(connection.execute(one.select()).all()) for one in (tables.ledger, tables.summary)]
    assert rows == [6, 3]
    assert reasons(take(desk.seal([put("a", version=9)], seq=4))) == ["consent_withdrawn"]


def test_a_row_of_numbers_far_ahead_of_all_is_refused_and_the_desk_goes_on(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put()], seq=1))
    for epoch in (2**53 - 1, receive.FURTHEST_ROW + 2):
        with pytest.raises(Unaccepted) as refused:
            take(desk.seal([bundle.snapshot()], seq=1, epoch=epoch))
        assert refused.value.reason == "wrong_form"
    assert [one["ref"][0] for one in held()["summaries"]] == ["a"]
    assert take(desk.seal([bundle.snapshot()], seq=1, epoch=2)).stored
