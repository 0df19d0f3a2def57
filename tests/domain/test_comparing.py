from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.domain.comparing import How, Value, compare, how, is_blank, settle
from coachdesk.errors import Refused

VALUES = st.sampled_from([None, "", False, True, "a", "b", 3])


@given(VALUES, VALUES)
def test_equal_values_are_the_same_whatever_was_before(before: object, value: object) -> None:
    assert how(before, value, value) is How.SAME


@given(VALUES, VALUES, VALUES)
def test_turning_the_two_round_turns_the_answer_round(before: object, mine: object, theirs: object) -> None:
    turned = {How.ONLY_MINE: How.ONLY_THEIRS, How.ONLY_THEIRS: How.ONLY_MINE}
    found = how(before, mine, theirs)

    assert how(before, theirs, mine) is turned.get(found, found)


@given(VALUES, VALUES)
def test_who_has_not_changed_it_gives_way_to_who_has(before: object, changed: object) -> None:
    found = how(before, before, changed)

    assert found in (How.ONLY_THEIRS, How.SAME)
    assert (found is How.SAME) == (before == changed or (is_blank(before) and is_blank(changed)))


@given(VALUES, VALUES)
def test_without_a_before_nothing_written_gives_way_to_something(mine: object, theirs: object) -> None:
    both = not is_blank(mine) and not is_blank(theirs) and mine != theirs

    assert (how(None, mine, theirs) is How.BOTH) is both


@given(VALUES, VALUES, VALUES)
def test_nothing_is_settled_that_neither_tells(before: object, mine: object, theirs: object) -> None:
    value = Value(name="x", before=before, mine=mine, theirs=theirs)
    if value.how is How.BOTH:
        with pytest.raises(Refused):
            settle([value], mine=(), theirs=())
    else:
        assert settle([value], mine=(), theirs=())["x"] in (mine, theirs)
    assert settle([value], mine=("x",), theirs=())["x"] == mine
    assert settle([value], mine=(), theirs=("x",))["x"] == theirs


def test_both_sides_of_one_value_cannot_be_chosen() -> None:
    with pytest.raises(Refused):
        settle([Value(name="x", mine=1, theirs=2)], mine=("x",), theirs=("x",))


def test_two_things_are_compared_field_by_field_against_the_one_before() -> None:
    @dataclass(frozen=True)
    class Thing:
        a: str
        b: str
        c: str

    found = compare(("a", "b", "c"), Thing("1", "x", "p"), Thing("2", "0", "q"), Thing("1", "0", "o"))

    assert [value.how for value in found] == [How.ONLY_THEIRS, How.ONLY_MINE, How.BOTH]
