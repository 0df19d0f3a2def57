import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from coachdesk.errors import DeskDamaged, NewerDesk, WrongPassphrase
from coachdesk.store import keyfile, keys, recovery
from coachdesk.store.argon import KdfCost
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey, Slot
from tests.conftest import CHEAP, PASSPHRASE

DESK = "ab" * 16


@pytest.fixture
def key() -> MasterKey:
    return MasterKey.new()


@pytest.fixture
def slot(key: MasterKey) -> Slot:
    return keys.passphrase_slot(key, DESK, PASSPHRASE, coach_id=1, cost=CHEAP, floor=CHEAP, label="Aino")


@pytest.fixture
def saved(tmp_path: Path, key: MasterKey, slot: Slot) -> KeyFile:
    made = KeyFile(desk_id=DESK, written=1, slots=(slot,))
    keyfile.save(tmp_path, made, key)
    return keyfile.read(tmp_path)[0]


def opens(slot: Slot, desk_id: str = DESK, passphrase: str = PASSPHRASE) -> MasterKey:
    return keys.open_slot(slot, desk_id, keys.passphrase_bytes(passphrase), CHEAP)


def test_slot_gives_the_same_key_back(key: MasterKey, slot: Slot) -> None:
    assert opens(slot).same_as(key)


def test_decomposed_letters_are_the_same_passphrase(key: MasterKey) -> None:
    slot = keys.passphrase_slot(key, DESK, "pa\u0308iva\u0308", coach_id=1, cost=CHEAP, floor=CHEAP)
    assert opens(slot, passphrase="p\u00e4iv\u00e4").same_as(key)


def test_other_passphrase_opens_nothing(slot: Slot) -> None:
    with pytest.raises(WrongPassphrase):
        opens(slot, passphrase=PASSPHRASE + "x")


@pytest.mark.parametrize(
    "change",
    [
        {"coach_id": 2},
        {"label": "Somebody else"},
        {"cost": KdfCost(memory_kib=16, passes=1, lanes=1)},
        {"id": "0" * 16},
        {"kind": keys.RECOVERY},
    ],
)
def test_what_the_slot_says_of_itself_is_bound(slot: Slot, change: dict[str, object]) -> None:
    with pytest.raises(WrongPassphrase):
        opens(replace(slot, **change))  # type: ignore[arg-type]


def test_slot_of_another_desk_opens_nothing(slot: Slot) -> None:
    with pytest.raises(WrongPassphrase):
        opens(slot, desk_id="cd" * 16)


def test_recovery_key_opens_its_slot(key: MasterKey) -> None:
    secret = recovery.new_key()
    slot = keys.recovery_slot(key, DESK, secret)
    assert keys.open_slot(slot, DESK, secret).same_as(key)


def test_key_sealed_anew_again_and_again_opens_by_the_same_secret(key: MasterKey, slot: Slot) -> None:
    keys_ = [key, MasterKey.new(), MasterKey.new(), MasterKey.new()]
    for old, new in pairwise(keys_):
        slot = keys.sealed_anew(slot, old, new, DESK)
        assert opens(slot).same_as(new)


def test_who_never_held_a_key_of_the_desk_cannot_put_one_of_his_own_into_a_slot(
    key: MasterKey, slot: Slot
) -> None:
    """The public keys stand in every key file and every backup on a share: sealing to them proves nothing."""
    foreign, own = MasterKey.new(), MasterKey.new()
    sealed_once = keys.sealed_anew(slot, key, MasterKey.new(), DESK)
    for target in (slot, sealed_once, replace(slot, nonce=b"", wrapped=b"")):
        with pytest.raises(WrongPassphrase):
            opens(keys.sealed_anew(target, foreign, own, DESK))


def test_sealed_keys_cannot_be_left_out_or_exchanged(key: MasterKey, slot: Slot) -> None:
    second, third = MasterKey.new(), MasterKey.new()
    slot = keys.sealed_anew(keys.sealed_anew(slot, key, second, DESK), second, third, DESK)
    for sealed in (slot.sealed[1:], slot.sealed[::-1], (slot.sealed[0], b""), (slot.sealed[0][:-1],)):
        with pytest.raises(WrongPassphrase):
            opens(replace(slot, sealed=sealed))


def test_subkeys_differ_by_name_and_are_steady(key: MasterKey) -> None:
    names = ("store", "log", "backup", "device", "keyfile")
    assert len({bytes(key.subkey(name)) for name in names}) == len(names)
    assert key.subkey("store") == key.subkey("store")


def test_wiped_key_is_gone(key: MasterKey) -> None:
    key.wipe()
    assert key.same_as(MasterKey(bytearray(32)))


def test_production_never_goes_below_the_floor(key: MasterKey) -> None:
    with pytest.raises(DeskDamaged):
        keys.passphrase_slot(key, DESK, PASSPHRASE, coach_id=1, cost=CHEAP)


def test_weak_slot_is_refused_when_opened(slot: Slot) -> None:
    with pytest.raises(DeskDamaged):
        keys.open_slot(slot, DESK, keys.passphrase_bytes(PASSPHRASE))


def test_saved_file_is_genuine_and_lies_twice(tmp_path: Path, saved: KeyFile, key: MasterKey) -> None:
    assert saved.genuine(key) and not saved.genuine(MasterKey.new())
    assert (tmp_path / keyfile.NAME).read_bytes() == (tmp_path / keyfile.COPY).read_bytes()
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("name", [keyfile.NAME, keyfile.COPY])
@pytest.mark.parametrize("length", [0, 1, 100, -3])
def test_torn_file_is_known_and_the_other_one_used(
    tmp_path: Path, saved: KeyFile, key: MasterKey, name: str, length: int
) -> None:
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[:length])
    assert keyfile.read(tmp_path) == (saved,)
    assert keyfile.states(tmp_path, key)[name] == "torn"
    assert keyfile.heal(tmp_path, saved)
    assert (tmp_path / name).read_bytes() == whole


def test_every_flipped_bit_is_found(saved: KeyFile, tmp_path: Path) -> None:
    whole = (tmp_path / keyfile.NAME).read_bytes()
    for at in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        try:
            found = keyfile.parse(bytes(flipped))
        except (ValueError, NewerDesk):
            continue
        assert found == saved, f"byte {at} was changed unseen"


def test_newer_of_two_good_files_is_taken(tmp_path: Path, saved: KeyFile, key: MasterKey) -> None:
    old = (tmp_path / keyfile.NAME).read_bytes()
    keyfile.save(tmp_path, saved.with_slot(keys.recovery_slot(key, DESK, recovery.new_key())), key)
    (tmp_path / keyfile.NAME).write_bytes(old)
    assert keyfile.read(tmp_path)[0].written == 2
    assert keyfile.states(tmp_path, key) == {keyfile.NAME: "older", keyfile.COPY: "good"}


def test_both_torn_says_so(tmp_path: Path, saved: KeyFile) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        (tmp_path / name).write_bytes(b'{"format": "coachdesk-keys", "ver')
    with pytest.raises(DeskDamaged, match="and its copy are damaged"):
        keyfile.read(tmp_path)


def test_both_missing_says_so(tmp_path: Path) -> None:
    with pytest.raises(DeskDamaged, match="is missing"):
        keyfile.read(tmp_path)


@pytest.mark.parametrize("mac", ["ä" * 64, "", "0" * 64])
def test_signature_of_strange_letters_is_not_genuine(saved: KeyFile, key: MasterKey, mac: str) -> None:
    assert not replace(saved, mac=mac).genuine(key)


def test_file_of_a_newer_program_is_left_alone(tmp_path: Path, saved: KeyFile) -> None:
    whole = json.loads((tmp_path / keyfile.NAME).read_text()) | {"version": keyfile.VERSION + 1}
    del whole["sum"]
    (tmp_path / keyfile.NAME).write_text(json.dumps(whole | {"sum": keyfile._sum(whole)}))
    with pytest.raises(NewerDesk):
        keyfile.read(tmp_path)
