"""A desk whose bundles are sealed for a key that the region has set aside: end to end, at a real receiver."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from coachdesk.exchange.refusals import Unaccepted
from coachdesk.region.__main__ import main
from coachdesk.services import sending, sync
from tests.services.sending.sent import accept_all, of_now, states
from tests.services.sending.wires import lossy


@pytest.fixture
def keys(enrolled):
    """``keys("rotate")`` is the region's command, beside the receiver that runs."""

    def command(*words: str) -> None:
        assert main(["keys", *words, "--region", str(enrolled.at)], enrolled.clock) == 0

    return command


@pytest.fixture
def retired(desk, enrolled, give, keys, tmp_path):
    """A bundle on a stick that is sealed for the first key, which is set aside since."""
    give("Aho", goal="Puutyöt")
    done = sync.export(desk, tmp_path / "stick", accepted_only=True)
    keys("rotate")
    enrolled.clock.at += timedelta(days=40)
    keys("retire", "--days", "31")
    return done.files


@pytest.mark.usefixtures("retired")
def test_a_desk_asks_how_things_stand_gets_the_new_keys_and_seals_anew(desk, enrolled):
    seen = []
    (done,) = sending.Sender(desk, wires=lossy(sees=seen)).send()

    asked = [urlsplit(path).path.rpartition("/")[2] if m == "GET" else m for m, path, _content in seen]
    assert asked == ["status", "state", "PUT"]
    assert (done.problem, done.delivered, done.waiting) == (None, 1, 0)
    assert [one["goal"] for one in enrolled.fields] == ["Puutyöt"]
    assert of_now(desk)[1] == 2 and set(states(desk)) == {"acknowledged", "superseded"}


def test_a_desk_that_slept_over_ten_changes_of_keys_too(desk, enrolled, give, keys, tmp_path):
    give("Aho", goal="Puutyöt")
    sync.export(desk, tmp_path / "stick", accepted_only=True)
    for _time in range(11):
        keys("rotate")
        enrolled.clock.at += timedelta(days=3)
    enrolled.clock.at += timedelta(days=40)
    keys("retire", "--days", "31")
    (done,) = sending.send(desk)

    assert (done.problem, done.waiting) == (None, 0)
    assert [one["goal"] for one in enrolled.fields] == ["Puutyöt"]


def test_by_file_the_new_public_file_is_enough(desk, enrolled, retired, give, tmp_path):
    """What was written for the old key is refused; the next files are sealed for the new one, all of them."""
    with pytest.raises(Unaccepted) as refused:
        enrolled.take(*retired)
    assert refused.value.reason == "wrong_key"
    sync.enrol(desk, enrolled.card, tmp_path / "out")
    give("Berg", goal="Metalli")
    accept_all(desk)
    again = sync.export(desk, tmp_path / "again", accepted_only=True).files
    for answer in enrolled.take(*again):
        sync.read_receipt(desk, answer)

    assert sorted(one["goal"] for one in enrolled.fields) == ["Metalli", "Puutyöt"]
    assert set(states(desk)) == {"acknowledged", "superseded"}


def test_by_file_a_receipt_that_tells_the_new_keys_is_enough_too(desk, enrolled, give, keys, tmp_path):
    """The second file came through before the key of the first was set aside; the first is lost for good."""
    give("Aho", goal="Puutyöt")
    sync.export(desk, tmp_path / "one", accepted_only=True)
    give("Berg", goal="Metalli")
    files = sync.export(desk, tmp_path / "two", accepted_only=True).files
    (answer,) = enrolled.take(max(files, key=lambda file: file.name))
    sync.read_receipt(desk, answer)
    keys("rotate")
    enrolled.clock.at += timedelta(days=40)
    keys("retire", "--days", "31")
    give("Carl", goal="Köksarbete")
    sync.enrol(desk, enrolled.card, tmp_path / "out")
    (answer,) = enrolled.take(*sync.export(desk, tmp_path / "three", accepted_only=True).files)
    sync.read_receipt(desk, answer)
    assert sorted(one["goal"] for one in enrolled.fields) == ["Köksarbete", "Metalli", "Puutyöt"]


def test_what_waits_for_a_key_told_no_more_is_sealed_anew_by_the_next_receipt(
    desk, enrolled, give, keys, tmp_path
):
    give("Aho", goal="Puutyöt")
    (one,) = sync.export(desk, tmp_path / "one", accepted_only=True).files
    give("Berg", goal="Metalli")
    two = next(f for f in sync.export(desk, tmp_path / "two", accepted_only=True).files if f.name != one.name)
    for _time in range(10):
        keys("rotate")
    (answer,) = enrolled.take(two)
    said = sync.read_receipt(desk, answer).lines
    assert "The region has other keys now. What waits is sealed anew for them." in said

    (answer,) = enrolled.take(*sync.export(desk, tmp_path / "three", accepted_only=True).files)
    sync.read_receipt(desk, answer)
    assert sorted(one["goal"] for one in enrolled.fields) == ["Metalli", "Puutyöt"]
