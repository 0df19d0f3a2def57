import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refused
from coachdesk.store import recovery

keys = st.binary(min_size=20, max_size=20)


@given(keys)
def test_printed_groups_give_the_key_back(key: bytes) -> None:
    groups = recovery.groups_of(key)
    assert [len(group) for group in groups] == [5] * 8
    assert bytes(recovery.key_of(groups)) == key


@given(keys, st.integers(0, 7), st.integers(0, 4), st.sampled_from(recovery.SYMBOLS))
def test_one_wrong_symbol_is_told_with_its_group(key: bytes, group: int, at: int, symbol: str) -> None:
    groups = list(recovery.groups_of(key))
    wrong = groups[group][:at] + symbol + groups[group][at + 1 :]
    if wrong == groups[group]:
        return
    groups[group] = wrong
    with pytest.raises(Refused) as refused:
        recovery.key_of(groups)
    assert refused.value.field == f"group{group + 1}"


@given(keys, st.integers(0, 7), st.integers(0, 3))
def test_swapped_neighbours_are_found(key: bytes, group: int, at: int) -> None:
    text = recovery.groups_of(key)[group]
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert swapped == text or not recovery.fits(group, swapped)


@given(keys, st.integers(0, 7), st.integers(0, 7))
def test_group_in_another_place_is_found(key: bytes, place: int, other: int) -> None:
    assert place == other or not recovery.fits(other, recovery.groups_of(key)[place])


def test_group_is_read_as_people_write_it() -> None:
    groups = recovery.groups_of(bytes(20))
    spelled = [group.lower().replace("0", "o").replace("1", "l") + " " for group in groups]
    spelled[3] = f"-{spelled[3][:2]} {spelled[3][2:]}"
    assert bytes(recovery.key_of(spelled)) == bytes(20)


def test_seven_groups_are_not_a_key() -> None:
    with pytest.raises(Refused):
        recovery.key_of(recovery.groups_of(bytes(20))[:7])
