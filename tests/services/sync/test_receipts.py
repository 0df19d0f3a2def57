"""What a receipt tells: kept, missing, refused; a strange one changes nothing."""

from datetime import date, timedelta

import pytest

from coachdesk.errors import Unreadable
from coachdesk.region import receive
from coachdesk.services import receipts, sync
from tests.services.carried import PracticeRegion


def test_a_bundle_the_region_has_not_got_is_named_and_written_again(
    desk, enrolled, a_trainee, give, tmp_path
):
    give(a_trainee("Aho", "Väinö"))
    (first,) = sync.export(desk, tmp_path / "one").files
    give(a_trainee("Björk", "Åsa"))
    second = [file for file in sync.export(desk, tmp_path / "two").files if file.name != first.name]
    (answer,) = enrolled.take(*second)

    told = sync.read_receipt(desk, answer)
    assert told.missing == (1,)
    assert sync.outbox_sheet(desk).missing == (1,)
    assert [file.name for file in sync.export(desk, tmp_path / "three").files] == [first.name]


def test_a_receipt_read_twice_or_late_does_no_harm(desk, enrolled, carry, a_trainee, give, tmp_path):
    give(a_trainee("Aho", "Väinö"))
    (old,) = enrolled.take(*sync.export(desk, tmp_path / "one").files)
    give(a_trainee("Björk", "Åsa"))
    (new,) = enrolled.take(*sync.export(desk, tmp_path / "two").files)

    assert sync.read_receipt(desk, new).delivered == 2  # the newer tells of the older too
    for _ in range(2):
        late = sync.read_receipt(desk, old)
        assert (late.delivered, late.begun_anew) == (0, False)
    assert sync.review(desk) == ()


def test_an_item_the_region_refuses_is_shown_with_its_reason_and_the_others_go_on(
    desk, enrolled, carry, a_trainee, give, clock
):
    bad = give(a_trainee("Aho", "Väinö"), valid_to=date(2026, 12, 15))
    give(a_trainee("Björk", "Åsa"))
    done = sync.export(desk, enrolled.at.parent / "stick")
    clock.at += timedelta(days=1)
    (answer,) = enrolled.take(*done.files)
    told = sync.read_receipt(desk, answer)

    assert (told.delivered, told.refused) == (1, 1)
    assert any("Aho" in line and "last day" in line for line in told.lines)
    assert bad.valid_to == date(2026, 12, 15)


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "nonsense"])
def test_a_receipt_that_is_not_whole_changes_nothing(desk, enrolled, a_trainee, give, tmp_path, harm):
    give(a_trainee())
    (answer,) = enrolled.take(*sync.export(desk, tmp_path / "one").files)
    whole = answer.read_bytes()
    at = len(whole) // 2
    harmed = {
        "cut": whole[:-9],
        "changed": whole[:at] + (b"A" if whole[at : at + 1] != b"A" else b"B") + whole[at + 1 :],
        "empty": b"",
        "nonsense": b"nonsense",
    }[harm]
    answer.write_bytes(harmed)

    with pytest.raises(Unreadable):
        sync.read_receipt(desk, answer)
    assert sync.outbox_sheet(desk).waiting == 1


def test_a_receipt_of_another_region_is_refused(desk, enrolled, a_trainee, give, tmp_path, clock):
    give(a_trainee())
    sync.export(desk, tmp_path / "one")
    other = PracticeRegion(tmp_path / "other", clock, name="toinen")
    device = next(iter(enrolled.open.devices))
    other.enrol(enrolled.at / "devices" / f"{device}.jwk")
    name, content = receive.answer(other.open, device, [], clock.now())
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Unreadable) as refused:
        sync.read_receipt(desk, tmp_path / name)
    assert "region" in str(refused.value)
    assert sync.outbox_sheet(desk).waiting == 1


def test_a_bundle_for_another_region_is_refused_there(desk, enrolled, a_trainee, give, tmp_path, clock):
    give(a_trainee())
    (file,) = sync.export(desk, tmp_path / "one").files
    other = PracticeRegion(tmp_path / "other", clock, name="toinen")

    with pytest.raises(Unreadable):
        other.take(file)
    assert other.fields == []


def test_a_receipt_says_what_was_delivered_kind_by_kind():
    kinds = {"put": 2, "withdraw": 1, "answer": 1, "service_card": 1, "aggregate": 1, "letters_received": 3}
    said = ", ".join(receipts.delivered_words(kinds))

    assert said == (
        "2 summaries, one withdrawal, one answer, what the workshop offers, the figures of a quarter"
    )
