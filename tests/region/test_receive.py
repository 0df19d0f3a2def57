"""What the region does with bundles: once, in any order, each item by itself."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from coachdesk.domain import summary
from coachdesk.errors import Unreadable
from coachdesk.exchange import bundle, incoming, keys
from coachdesk.region import receive
from coachdesk.region.folder import open_region

from .conftest import FIELDS, Desk, put, withdraw


def versions(held):
    return {one["ref"][0]: one["version"] for one in held()["summaries"]}


def answer(region, desk, clock, *received):
    _name, content = receive.answer(region, desk.id, received, clock.now())
    known = {key["kid"]: key for key in region.card.keys if key["use"] == keys.SIGN}
    (found,) = incoming.read(content, region_id="pohjanmaa", device=desk.id, region_keys=known).receipts
    return found


def test_the_same_bundle_again_changes_nothing_and_is_answered_again(region, a_desk, take, held, clock):
    desk = a_desk()
    letter = desk.seal([put()], seq=1)
    first, before = take(letter), held()
    again = take(letter)

    assert (first.again, again.again) == (False, True)
    assert held() == before
    found = answer(region, desk, clock, again)
    assert [(b.seq, b.sha256, b.result) for b in found.bundles] == [(1, letter.sha256, "stored")]


def test_files_may_arrive_in_any_order(a_desk, take, held):
    desk = a_desk()
    letters = [desk.seal([put(version=n)], seq=n) for n in (1, 2, 3)]
    for n in (2, 0, 1):
        take(letters[n])

    assert versions(held) == {"a": 3}
    assert held()["devices"][0]["missing"] == []
    assert held()["devices"][0]["alarms"] == []


def test_numbers_that_have_not_come_are_named(region, a_desk, take, held, clock):
    desk = a_desk()
    letters = {n: desk.seal([put(version=n)], seq=n) for n in range(1, 7)}
    done = [take(letters[n]) for n in (2, 5)]

    assert answer(region, desk, clock, *done).missing == (1, 3, 4)


def test_a_withdrawal_deletes_and_a_late_put_is_refused(region, a_desk, take, held, clock):
    desk = a_desk()
    one, two = desk.seal([put()], seq=1), desk.seal([withdraw()], seq=2)
    take(two)
    late = take(one)

    assert held()["summaries"] == []
    assert [item.reason for item in late.named.rejected] == ["consent_withdrawn"]
    assert answer(region, desk, clock, late).revoked == ("a" * 32,)


def test_a_new_consent_after_a_withdrawal_is_kept(a_desk, take, held):
    desk = a_desk()
    for seq, item in enumerate((put(), withdraw(), put(version=3, consent="b")), 1):
        take(desk.seal([item], seq=seq))

    assert [one["consent"][0] for one in held()["summaries"]] == ["b"]


def test_a_late_withdrawal_of_an_older_consent_leaves_the_newer_one(a_desk, take, held):
    desk = a_desk()
    letters = [
        desk.seal([item], seq=seq)
        for seq, item in enumerate((put(), withdraw(), put(version=3, consent="b")), 1)
    ]
    for n in (2, 0, 1):
        take(letters[n])

    assert [(one["consent"][0], one["version"]) for one in held()["summaries"]] == [("b", 3)]


@pytest.mark.sqlite
def test_nothing_of_the_person_stays_in_the_store_after_a_withdrawal(region, a_desk, take):
    desk = a_desk()
    name = {"family_name": "Hyvinsalainen", "given_names": "Säde", "personal_identity_code": "010190-900P",
            "birth_date": "1990-01-01", "municipality": "905", "service_language": "fi", "phone": None,
            "email": None}  # fmt: skip
    take(desk.seal([put(**name)], seq=1))
    take(desk.seal([withdraw()], seq=2))
    region.engine.dispose()

    kept = b"".join(file.read_bytes() for file in region.folder.glob("region.db*"))
    assert b"Hyvinsalainen" not in kept


@pytest.mark.parametrize(("days", "expected"), [(0, 1), (1, 0)])
def test_the_last_day_is_included_and_the_next_is_not(region, a_desk, take, held, clock, days, expected):
    take(a_desk().seal([put(valid_to=date(2026, 12, 15))], seq=1))
    clock.at += timedelta(days=days)

    assert len(held()["summaries"]) == expected


def test_a_put_past_its_last_day_is_not_kept_and_takes_the_older_away(a_desk, take, held, clock):
    desk = a_desk()
    take(desk.seal([put(valid_to=date(2027, 6, 30))], seq=1))
    late = take(desk.seal([put(version=2, consent="b", valid_to=date(2026, 12, 14))], seq=2))

    assert [item.reason for item in late.named.rejected] == ["past_valid_to"]
    assert held()["summaries"] == []


def test_a_renewed_consent_with_the_same_version_is_kept(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put()], seq=1))
    take(desk.seal([put(consent="b", valid_to=date(2028, 6, 30))], seq=2))

    (one,) = held()["summaries"]
    assert (one["version"], one["consent"], one["valid_to"]) == (1, "b" * 32, "2028-06-30")


BAD = [
    {"kind": "put"},
    put("b") | {"fields": {"phases": [], "diary": "x"}},
    put("b") | {"fields": {"goal": "x"}},
    put("b") | {"fields": {**FIELDS, "family_name": "x"}},
    put("b") | {"valid_to": "2027-02-31"},
    put("b") | {"version": 0},
    withdraw("b") | {"more": 1},
    {"kind": "void", "seq": "x"},
    {"kind": "void", "seq": 1},  # the number of the bundle that says so
]


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_item_never_stops_the_others(a_desk, take, held, bad):
    found = take(a_desk().seal([put("a"), bad, put("c")], seq=1))

    assert sorted(versions(held)) == ["a", "c"]
    assert [item.reason for item in found.named.rejected] == ["not_as_described"]


@pytest.mark.parametrize("unknown", [{"kind": "letter"}, {"kind": 7}, {}, 7, None, {"kind": "receipt"}])
def test_an_item_of_an_unknown_kind_is_set_aside(a_desk, take, held, unknown):
    found = take(a_desk().seal([put(), unknown], seq=1))

    assert (found.named.rejected, found.named.set_aside) == ((), 1)
    assert versions(held) == {"a": 1}


def test_words_that_a_schema_lets_through_but_the_rules_do_not_are_refused(a_desk, take, held):
    """The schema cannot ask for composed letters; the region asks the rules as well."""
    fields = {"goal": "A\u030a", "next_step": None, "next_step_due": None}
    item = put("b", goal="x", next_step=None, next_step_due=None) | {"fields": fields}
    found = take(a_desk().seal([item], seq=1))

    assert not summary.fits(fields)
    assert [one.reason for one in found.named.rejected] == ["not_as_described"]


def test_another_bundle_under_a_number_that_is_taken_raises_an_alarm(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put()], seq=1))
    fork = take(desk.seal([put(version=2)], seq=1))

    assert fork.named.result == "fork"
    assert versions(held) == {"a": 1}
    assert [(one["kind"], one["seq"]) for one in held()["devices"][0]["alarms"]] == [("fork", 1)]


def test_a_bundle_that_does_not_follow_the_one_before_it_raises_an_alarm(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put()], seq=1))
    odd = take(desk.seal([put(version=2)], seq=2, prev="f" * 64))

    assert odd.broken_chain
    assert [one["kind"] for one in held()["devices"][0]["alarms"]] == ["chain"]


def test_a_broken_chain_is_seen_also_when_the_files_come_in_another_order(a_desk, take):
    desk = a_desk()
    one = desk.seal([put()], seq=1)
    two = desk.seal([put(version=2)], seq=2, prev="f" * 64)

    assert not take(two).broken_chain
    assert take(one).broken_chain


def test_a_number_declared_empty_is_not_missing_and_never_accepted(a_desk, take, held):
    desk = a_desk()
    one = desk.seal([put()], seq=1)
    never = desk.seal([put("x")], seq=2)
    three = desk.seal([bundle.void(2), put("b")], seq=3, prev=one.sha256)
    for letter in (one, three):
        take(letter)

    assert held()["devices"][0]["missing"] == []
    assert take(never).named.result == "voided"
    assert sorted(versions(held)) == ["a", "b"]
    assert [one_["kind"] for one_ in held()["devices"][0]["alarms"]] == ["voided"]


def test_a_fork_that_comes_again_and_again_raises_one_alarm(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put()], seq=1))
    other = desk.seal([put("b")], seq=1)

    assert [take(other).named.result for _ in range(3)] == ["fork"] * 3
    assert [one["kind"] for one in held()["devices"][0]["alarms"]] == ["fork"]


def test_the_row_goes_on_over_many_empty_numbers_and_not_over_one_that_is_missing(a_desk, take):
    desk = a_desk()
    one, none = desk.seal([put()], seq=1), [bundle.void(seq) for seq in range(3, 203)]
    two = desk.seal([*none, put(version=2)], seq=2)
    after = desk.seal([put(version=3)], seq=203, prev=two.sha256)
    other = desk.seal([put(version=4)], seq=205, prev="f" * 64)

    assert not any(take(letter).broken_chain for letter in (one, two, after, other))
    assert take(desk.seal([bundle.void(206)], seq=207, prev="f" * 64)).broken_chain


def test_however_many_numbers_are_empty_the_region_asks_its_store_as_little(region, a_desk, take):
    desk, asked = a_desk(), []
    before = desk.seal([bundle.void(seq) for seq in range(2, 202)], seq=1)
    take(before)
    event.listen(region.engine, "before_cursor_execute", lambda *_: asked.append(1))
    take(desk.seal([put()], seq=202, prev=before.sha256))

    assert len(asked) < 40


def test_an_empty_number_never_takes_away_what_has_come(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put()], seq=1))
    take(desk.seal([bundle.void(1)], seq=2))

    assert versions(held) == {"a": 1}


def test_a_snapshot_replaces_the_rows_of_its_desk_and_of_no_other(a_desk, take, held):
    one, other = a_desk(), a_desk()
    take(one.seal([put("a"), put("b")], seq=1))
    take(other.seal([put("c")], seq=1))
    take(one.seal([bundle.snapshot(), put("a", version=1)], seq=1, epoch=2))

    assert versions(held) == {"a": 1, "c": 1}


def test_an_empty_snapshot_clears_the_region(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put("a")], seq=1))
    take(desk.seal([bundle.snapshot()], seq=1, epoch=2))

    assert held()["summaries"] == []


def test_a_snapshot_that_comes_second_leaves_its_own_row(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([put("a")], seq=1))
    first = desk.seal([bundle.snapshot(), put("b")], seq=1, epoch=2)
    take(desk.seal([put("c")], seq=2, epoch=2))
    take(first)

    assert sorted(versions(held)) == ["b", "c"]


def test_a_bundle_of_an_earlier_row_keeps_only_its_withdrawals(a_desk, take, held):
    desk = a_desk()
    take(desk.seal([bundle.snapshot(), put("a", version=1), put("b")], seq=1, epoch=2))
    late = take(desk.seal([put("c"), withdraw("a", version=9)], seq=7))

    assert late.named.result == "old_epoch"
    assert sorted(versions(held)) == ["b"]
    assert [one["consent"][0] for one in held()["withdrawn"]] == ["a"]


def test_two_desks_are_joined_only_by_a_code_that_both_let_out(a_desk, take, held):
    name = {"family_name": "A", "given_names": "B", "birth_date": None, "municipality": None,
            "service_language": "fi", "phone": None, "email": None}  # fmt: skip
    code = "010190-900P"
    take(a_desk().seal([put("a", **name, personal_identity_code=code)], seq=1))
    take(a_desk().seal([put("b", **name, personal_identity_code=code), put("c", **FIELDS)], seq=1))
    take(a_desk().seal([put("d", **name, personal_identity_code=None)], seq=1))

    joined = {one["ref"][0]: [ref[0] for ref in one["joined"]] for one in held()["summaries"]}
    assert joined == {"a": ["b"], "b": ["a"], "c": [], "d": []}


def test_a_desk_is_believed_only_when_it_is_enrolled_by_the_command(region, take):
    stranger = Desk(region)

    with pytest.raises(Unreadable, match="not enrolled"):
        take(stranger.seal([put()], seq=1))
    (region.folder / "devices" / f"{stranger.id}.jwk").write_text(json.dumps(keys.public(stranger.key)))
    with pytest.raises(Unreadable, match="not enrolled"):
        take(stranger.seal([put()], seq=1))


def test_a_bundle_with_a_bad_form_leaves_nothing_behind(region, a_desk, take, held, monkeypatch):
    desk = a_desk()
    letter = desk.seal([put("a"), put("b")], seq=1)
    kept = receive._keep

    def full(*_what):
        raise OSError(28, "full")

    monkeypatch.setattr(receive, "_keep", full)
    with pytest.raises(OSError, match="full"):
        take(letter)
    monkeypatch.setattr(receive, "_keep", kept)

    assert held()["summaries"] == []
    assert take(letter).again is False


def test_a_receipt_makes_good_for_one_that_was_lost(region, a_desk, take, clock):
    desk = a_desk()
    lost = take(desk.seal([put()], seq=1))
    receive.answer(region, desk.id, [lost], clock.now())
    next_ = take(desk.seal([put("b")], seq=2))
    found = answer(region, desk, clock, next_)

    assert [one.seq for one in found.bundles] == [2, 1]
    assert found.number == 2


@pytest.mark.sqlite
def test_an_older_sealing_key_still_opens_what_was_long_under_way(region, a_desk, take, held):
    desk = a_desk()
    letter = desk.seal([put()], seq=1)
    fresh = keys.new_key(keys.ENCRYPT)
    (region.folder / "keys" / "encrypt-2027.jwk").write_text(json.dumps(fresh))
    again = open_region(region.folder)

    assert set(again.sealing_keys) == {fresh["kid"], *region.sealing_keys}
    assert take(letter).named.result == "stored"
