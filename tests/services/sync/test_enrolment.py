"""Desk and region come to know each other by two files."""

import json

import pytest

from coachdesk.errors import Refused, Trouble, Unreadable
from coachdesk.services import sync
from coachdesk.store import enrolments
from tests.services.carried import PracticeRegion


def test_both_sides_show_the_same_fingerprints(desk, region, tmp_path):
    done = sync.enrol(desk, region.card, tmp_path / "out")
    device = region.enrol(done.file)

    from coachdesk.exchange import enrolment

    both = enrolment.read_device_keys(done.file.read_bytes())
    assert done.region_fingerprint == region.open.card.fingerprint
    assert done.device_fingerprint == enrolment.device_fingerprint(*both)
    assert done.file.name == f"{device}.jwk"
    assert all("d" not in key for key in json.loads(done.file.read_text())["keys"])
    assert (region.at / "devices" / f"{device}.jwk").is_file()


def test_a_folder_that_cannot_be_written_enrols_nothing(desk, region, tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Trouble):
        sync.enrol(desk, region.card, tmp_path / "file")
    assert sync.region_names(desk) == {}


def test_enrolling_again_changes_no_key(desk, region, tmp_path):
    first = sync.enrol(desk, region.card, tmp_path / "out")
    second = sync.enrol(desk, region.card, tmp_path / "out")

    assert first.device_fingerprint == second.device_fingerprint


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"id": "x", "jwks": {"keys": []}}', "\x00"])
def test_a_file_that_is_no_region_is_refused(desk, tmp_path, content):
    (tmp_path / "region.json").write_text(content)

    with pytest.raises(Unreadable):
        sync.enrol(desk, tmp_path / "region.json", tmp_path / "out")
    assert sync.region_names(desk) == {}


def test_a_private_key_is_never_taken_in(desk, region, tmp_path):
    card = json.loads(region.card.read_text())
    card["jwks"]["keys"][0] = json.loads((region.at / "keys" / "encrypt.jwk").read_text())
    (tmp_path / "region.json").write_text(json.dumps(card))

    with pytest.raises(Unreadable) as refused:
        sync.enrol(desk, tmp_path / "region.json", tmp_path / "out")
    assert "private" in str(refused.value)


def test_a_second_region_for_the_same_body_is_refused(desk, enrolled, tmp_path, clock):
    other = PracticeRegion(tmp_path / "other", clock, name="toinen")

    with pytest.raises(Refused):
        sync.enrol(desk, other.card, tmp_path / "out")


def test_the_private_key_lies_wrapped_in_the_store(desk, enrolled):
    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa")

    assert b'"d"' not in device.wrapped
    assert "d" not in device.public


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "r1", "name": {"fi": "A"}, "jwks": {"keys": [{"use": []}, {"use": {}}]}}',
        '{"id": "r1", "name": {"fi": "A"}, "jwks": {"keys": [{"use": ["sig"]}, {"use": "enc"}]}}',
        '{"id": "r1", "name": {"fi": "A"}, "body": {}, "jwks": {"keys": [null, 7]}}',
        "[" * 100_000,
    ],
)
def test_a_public_file_of_a_strange_make_is_refused_in_one_sentence(desk, tmp_path, content):
    (tmp_path / "strange.json").write_text(content)

    with pytest.raises(Unreadable):
        sync.enrol(desk, tmp_path / "strange.json", tmp_path / "out")
    assert sync.region_names(desk) == {}


def test_the_name_of_a_region_has_no_hidden_letters(desk, region, tmp_path):
    card = json.loads(region.card.read_text("utf-8"))
    card["name"] = {"fi": "\u001b[31mAlue\u202e\ud800\n", "sv": ["list"]}
    (tmp_path / "card.json").write_text(json.dumps(card))

    sync.enrol(desk, tmp_path / "card.json", tmp_path / "out")

    assert sync.region_names(desk) == {"pohjanmaa": ("[31mAlue", "")}
