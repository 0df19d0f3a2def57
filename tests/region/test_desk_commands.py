"""The commands about desks, codes, keys and letters, as the operator types them."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from coachdesk.exchange import enrolment, from_region, keys, seal
from coachdesk.exchange.incoming import read
from coachdesk.region import acts, devices, letters, restored, tables
from coachdesk.region.folder import open_region

from .conftest import Desk, put


@pytest.fixture
def place(run, tmp_path, database):
    assert run("init", tmp_path / "r", "--id", "alue", "--address", "https://alue.example/")[0] == 0
    return ("--region", tmp_path / "r", *(("--database", database) if database else ()))


@pytest.fixture
def opened(place, tmp_path, database):
    found = open_region(tmp_path / "r", database)
    yield found
    found.engine.dispose()


@pytest.fixture
def desk(opened):
    found = Desk(opened)
    found.seal_key = keys.new_key(keys.ENCRYPT)
    return found


@pytest.fixture
def card(desk, tmp_path):
    file = tmp_path / "desk.jwk"
    file.write_bytes(enrolment.device_text(keys.public(desk.key), keys.public(desk.seal_key)))
    return file


def row(region, device):
    with region.reading() as connection:
        return devices.find(connection, device)


def letter(tmp_path, sealed, name="1.jwe"):
    file = tmp_path / name
    file.write_bytes(sealed.content)
    return file


def test_both_keys_and_the_label_of_a_desk_are_taken_in(run, place, opened, desk, card):
    code, out, _err = run("enrol", card, "--label", "Vaasa, 1", *place)

    assert code == 0
    assert enrolment.device_fingerprint(desk.key, desk.seal_key) in out
    found = row(opened, desk.id)
    assert (found["label"], found["seal_key"]["kid"]) == ("Vaasa, 1", desk.seal_key["kid"])
    listed = json.loads(run("list", "--json", *place)[1])["devices"]
    assert [(one["id"], one["label"], one["state"]) for one in listed] == [(desk.id, "Vaasa, 1", "enrolled")]


def test_a_region_says_its_address_in_its_public_file(opened):
    assert opened.card.address == "https://alue.example"


@pytest.mark.parametrize("address", ["http://alue.example", "https://me@alue.example", "alue"])
def test_an_address_that_is_none_is_refused(run, tmp_path, address):
    code, _out, err = run("init", tmp_path / "x", "--address", address)

    assert (code, len(err.splitlines())) == (1, 1)
    assert not (tmp_path / "x").exists()


def test_a_code_is_shown_once_and_kept_as_a_hash(run, place, opened):
    code, out, _err = run("code", "--label", "Vaasa", *place)
    shown = out.splitlines()[0]

    assert code == 0
    assert len(shown) == 14 and shown[4] == shown[9] == "-"
    with opened.engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM code")).all())
    assert shown not in kept and shown.replace("-", "") not in kept


@pytest.mark.parametrize("words", [("revoke", "nobody"), ("code", "--replaces", "nobody")])
def test_a_desk_that_is_not_there_is_told(run, place, words):
    code, _out, err = run(*words, *place)

    assert (code, err) == (1, "There is no desk with the id nobody.\n")


def test_a_revoked_desk_is_told_by_file_too(run, place, opened, desk, card, tmp_path):
    run("enrol", card, *place)
    first = letter(tmp_path, desk.seal([put()], seq=1))
    run("receive", first, "--receipts", tmp_path / "a", *place)
    assert run("revoke", desk.id, *place)[0] == 0
    second = letter(tmp_path, desk.seal([put("b")], seq=2), "2.jwe")
    code, _out, err = run("receive", second, "--receipts", tmp_path / "b", *place)

    assert (code, err) == (1, "2.jwe: The region has revoked this desk.\n")
    (receipt,) = (tmp_path / "b").iterdir()
    known = {key["kid"]: key for key in opened.card.keys if key["use"] == keys.SIGN}
    found = read(receipt.read_bytes(), region_id="alue", device=desk.id, region_keys=known)
    assert found.revoked
    assert [one.seq for one in found.receipts[0].bundles] == [1]
    assert len(json.loads(run("list", "--json", *place)[1])["summaries"]) == 1
    assert run("revoke", desk.id, "--delete", *place)[0] == 0
    assert json.loads(run("list", "--json", *place)[1])["summaries"] == []


@pytest.mark.sqlite
@pytest.mark.parametrize("how", [("revoke",), ("code", "--replaces")])
def test_an_id_that_begins_with_a_hyphen_is_no_option(run, place, opened, how, tmp_path):
    desk = Desk(opened)
    while not desk.id.startswith("-"):
        desk = Desk(opened)
    file = tmp_path / "hyphen.jwk"
    file.write_bytes(enrolment.device_text(keys.public(desk.key)))
    run("enrol", file, *place)

    assert run(*how, desk.id, *place)[0] == 0


def test_a_revoked_desk_is_not_taken_in_again_by_its_file(run, place, desk, card):
    run("enrol", card, *place)
    run("revoke", desk.id, *place)
    code, _out, err = run("enrol", card, *place)

    assert code == 1 and "new keys" in err


def test_letters_are_written_as_files(run, place, opened, desk, card, clock, tmp_path):
    run("enrol", card, *place)
    writer = {"name": "Aino", "title": None, "phone": None, "email": None}
    letters.send(opened, desk.id, "question", {"words": "Voiko jakso jatkua?", "from": writer}, clock.now())
    code, out, _err = run("letters", desk.id, "--to", tmp_path / "out", *place)

    assert code == 0
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == f"{desk.id}-alue-1-1.jwe" and str(file) in out
    known = {key["kid"]: key for key in opened.card.keys if key["use"] == keys.SIGN}
    own = {"device": desk.id, "own_keys": {desk.seal_key["kid"]: desk.seal_key}}
    found = from_region.unseal(file.read_bytes(), regions={"alue": known}, **own)
    assert [item["words"] for item in found.value["items"]] == ["Voiko jakso jatkua?"]
    run("receive", letter(tmp_path, desk.seal([put()], seq=1)), "--receipts", tmp_path / "a", *place)
    assert (tmp_path / "a" / file.name).read_bytes() == file.read_bytes()


def test_rotated_keys_stand_first_and_the_old_ones_still_open(run, place, opened, desk, card, tmp_path):
    run("enrol", card, *place)
    sealed = desk.seal([put()], seq=1)
    before = opened.card
    assert run("keys", "rotate", *place)[0] == 0

    after = opened.card
    assert [key["kid"] for key in after.keys if key["use"] == "enc"][1:] == [
        key["kid"] for key in before.keys if key["use"] == "enc"
    ]
    assert run("receive", letter(tmp_path, sealed), "--receipts", tmp_path / "a", *place)[0] == 0
    (receipt,) = (tmp_path / "a").iterdir()
    old = {key["kid"]: key for key in before.keys if key["use"] == keys.SIGN}
    found = read(receipt.read_bytes(), region_id="alue", device=desk.id, region_keys=old)
    assert {key["kid"] for key in found.receipts[0].keys} == {key["kid"] for key in after.keys}


def test_who_seals_for_a_new_key_is_answered_under_the_new_one(run, place, opened, desk, card, tmp_path):
    run("enrol", card, *place)
    run("keys", "rotate", *place)
    run("receive", letter(tmp_path, desk.seal([put()], seq=1)), "--receipts", tmp_path / "a", *place)
    (receipt,) = (tmp_path / "a").iterdir()

    assert seal.header_of(receipt.read_bytes(), 3, seal.BIGGEST_RECEIPT)["kid"] == opened.signing_key["kid"]


def test_after_a_theft_the_older_keys_sign_nothing(run, place, opened, desk, card, tmp_path):
    run("enrol", card, *place)
    sealed = desk.seal([put()], seq=1)
    old = opened.signing_key["kid"]
    assert run("keys", "rotate", "--at-once", *place)[0] == 0

    assert old not in opened.ring.now().signing
    assert len(opened.card.keys) == 2
    assert run("receive", letter(tmp_path, sealed), "--receipts", tmp_path / "a", *place)[0] == 0


def test_after_a_restored_store_numbers_go_on_above(run, place, opened, desk, card, clock, tmp_path):
    run("enrol", card, *place)
    writer = {"name": "Aino", "title": None, "phone": None, "email": None}
    letters.send(opened, desk.id, "question", {"words": "Onko?", "from": writer}, clock.now())
    assert run("restored", *place)[0] == 0

    found = row(opened, desk.id)
    moment = int(clock.now().timestamp())
    assert (found["receipt_number"], found["letter_epoch"], found["letter_seq"]) == (1000 * moment, moment, 1)
    run("letters", desk.id, "--to", tmp_path / "out", *place)
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"{desk.id}-alue-{moment}-1.jwe"]


def test_one_copy_restored_twice_gives_no_number_a_second_time(run, place, opened, desk, card, clock):
    run("enrol", card, *place)
    copied = row(opened, desk.id)
    restored.number_anew(opened, clock.now())
    given = row(opened, desk.id)
    with opened.writing() as connection:
        connection.execute(update(tables.device).values(dict(copied)))
    restored.number_anew(opened, clock.now() + timedelta(minutes=5))
    again = row(opened, desk.id)
    assert again["receipt_number"] > given["receipt_number"] + 1000
    assert again["letter_epoch"] > given["letter_epoch"]


def test_a_list_is_a_look_that_is_logged(run, place, opened, desk, card, tmp_path):
    run("enrol", card, *place)
    run("receive", letter(tmp_path, desk.seal([put()], seq=1)), "--receipts", tmp_path / "a", *place)
    run("list", *place)

    with opened.engine.connect() as connection:
        lines = connection.execute(text("SELECT act, device, ref, who FROM staff_log")).all()
    assert [(line.act, line.device, line.ref) for line in lines] == [
        ("enrolled", desk.id, ""), ("list", desk.id, "a" * 32)]  # fmt: skip
    assert lines[0].who


def test_what_is_done_to_desks_and_keys_by_command_is_logged(run, place, opened, desk, card):
    run("enrol", card, *place)
    run("code", "--replaces", desk.id, *place)
    run("keys", "rotate", *place)
    run("restored", *place)
    run("revoke", desk.id, *place)
    run("revoke", "x" * 43, *place)

    with opened.engine.connect() as connection:
        lines = connection.execute(text("SELECT act, device, who FROM staff_log ORDER BY id")).all()
    acts_, devices_ = [line.act for line in lines], [line.device for line in lines]
    assert acts_ == ["enrolled", "code", "rotated", "restored", "revoked"]
    assert devices_ == [desk.id, desk.id, "", "", desk.id] and {line.who for line in lines} == {
        acts.account()
    }


def test_what_was_done_is_logged_also_where_something_after_it_fails(run, place, opened, card):
    """The file for ``jose`` cannot be written; the desk is enrolled all the same."""
    folder = opened.folder / "devices"
    folder.rmdir()
    folder.write_text("in the way")
    assert run("enrol", card, *place)[0] == 1
    with opened.engine.connect() as connection:
        enrolled = connection.execute(text("SELECT id FROM device")).scalars().all()
        logged = connection.execute(text("SELECT device FROM staff_log")).scalars().all()
    assert len(enrolled) == 1 and logged == enrolled


@pytest.mark.parametrize(
    ("words", "table"), [(["code"], "code"), (["restored"], "device WHERE receipt_number > 0")]
)
def test_what_cannot_be_logged_is_not_done(run, place, opened, desk, card, monkeypatch, words, table):
    run("enrol", card, *place)
    monkeypatch.setattr(acts, "note", lambda *_given, **_named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(*words, *place)
    with opened.engine.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
