from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.domain.plan import (
    Plan,
    PlanItem,
    PlanVersion,
    Signature,
    moved,
    must_not_turn_round,
    next_version,
    signed,
    valid_on,
    with_item,
    without_item,
)
from coachdesk.errors import Refused

AT = datetime(2026, 12, 15, 7, 14, tzinfo=UTC)
DAY = date(2026, 12, 15)
WHO = (Signature(role="trainee", name="Väinö Aho", on_day=DAY),)


def a_version(**changes: object) -> PlanVersion:
    return replace(PlanVersion(plan_id=1, version=1, begun=AT), **changes)


def a_plan(number: int, begins: date | None, kind: str = "activation_plan", **changes: object) -> Plan:
    plan = Plan(id=number, trainee_id=1, kind=kind, made=begins, valid_from=begins)
    return replace(plan, **changes)


def test_an_item_without_a_key_is_given_one_that_stays() -> None:
    version = with_item(a_version(), PlanItem(key="", kind="measures", text="Työkokeilu"))
    version = with_item(version, PlanItem(key="", kind="measures", text="Kurssi"))
    version = with_item(version, replace(version.items[0], text="Työkokeilu kaupassa"))

    assert [(item.key, item.text) for item in version.items] == [
        ("measures", "Työkokeilu kaupassa"),
        ("measures-2", "Kurssi"),
    ]


def test_items_move_among_their_own_kind_only() -> None:
    items = [PlanItem(key=key, kind=key[0]) for key in ("a1", "b1", "a2", "a3")]
    version = moved(a_version(items=tuple(items)), "a3", 0)

    assert [item.key for item in version.items] == ["a3", "b1", "a1", "a2"]


@pytest.mark.parametrize("state", ["final", "printed", "signed"])
def test_only_a_draft_takes_new_words(state: str) -> None:
    item = PlanItem(key="goals", kind="goals", text="Työ")
    version = a_version(state=state, items=(item,))

    with pytest.raises(Refused):
        with_item(version, item)
    with pytest.raises(Refused):
        without_item(version, "goals")
    with pytest.raises(Refused):
        moved(version, "goals", 0)


def test_a_new_version_begins_from_the_words_of_the_signed_one() -> None:
    former = a_version(
        state="signed",
        version=2,
        items=(PlanItem(key="goals", kind="goals", text="Työ"),),
        signatures=WHO,
        check_code="4c1e77a0",
    )
    new = next_version(former, AT)

    assert (new.version, new.state, new.items) == (3, "draft", former.items)
    assert (new.signatures, new.check_code) == ((), "")


def test_a_draft_is_changed_itself_and_begins_no_version() -> None:
    with pytest.raises(Refused, match="not signed yet"):
        next_version(a_version(), AT)


def test_signing_needs_a_final_version_and_named_signatures() -> None:
    with pytest.raises(Refused, match="draft"):
        signed(a_version(), DAY, WHO)
    with pytest.raises(Refused, match="who signed"):
        signed(a_version(state="printed"), DAY, ())
    with pytest.raises(Refused, match="needs a name"):
        signed(a_version(state="printed"), DAY, (replace(WHO[0], name=" "),))
    with pytest.raises(Refused, match="already"):
        signed(a_version(state="signed"), DAY, WHO)

    assert signed(a_version(state="final"), DAY, WHO).state == "signed"


def test_a_plan_is_valid_from_its_first_to_its_last_day() -> None:
    plan = a_plan(1, date(2026, 1, 10), valid_to=date(2026, 6, 30))

    assert valid_on([plan], date(2026, 1, 9)) == ()
    assert valid_on([plan], date(2026, 1, 10)) == (plan,)
    assert valid_on([plan], date(2026, 6, 30)) == (plan,)
    assert valid_on([plan], date(2026, 7, 1)) == ()


def test_a_plan_not_yet_made_is_never_valid() -> None:
    assert valid_on([a_plan(1, None)], DAY) == ()


def test_another_plan_replaces_from_its_own_first_day() -> None:
    old = a_plan(1, date(2026, 1, 10), "work_ability_support_plan")
    new = a_plan(2, date(2026, 9, 1), "client_plan", ours=False, replaces_id=1)

    assert valid_on([old, new], date(2026, 8, 31)) == (old,)
    assert valid_on([old, new], date(2026, 9, 1)) == (new,)


def test_an_ended_follower_does_not_wake_what_it_replaced() -> None:
    old = a_plan(1, date(2026, 1, 10), "work_ability_support_plan")
    new = a_plan(2, date(2026, 9, 1), "client_plan", replaces_id=1, valid_to=date(2026, 10, 1))

    assert valid_on([old, new], DAY) == ()


def test_a_later_plan_of_the_same_kind_replaces_without_a_word() -> None:
    old, new = a_plan(1, date(2026, 1, 10)), a_plan(2, date(2026, 9, 1))

    assert valid_on([old, new], DAY) == (new,)


def test_a_plan_may_stand_for_a_kind_and_then_replaces_what_there_is_of_it() -> None:
    old = a_plan(1, date(2026, 1, 10), "work_ability_support_plan")
    new = a_plan(2, date(2026, 9, 1), replaces_kind="work_ability_support_plan")

    assert valid_on([old, new], DAY) == (new,)


def test_two_valid_plans_are_both_told_the_newest_first() -> None:
    old, new = a_plan(1, date(2026, 1, 10), "client_plan"), a_plan(2, date(2026, 9, 1))

    assert valid_on([old, new], DAY) == (new, old)


def test_a_chain_of_plans_never_turns_round() -> None:
    plans = [a_plan(1, DAY), a_plan(2, DAY, replaces_id=1), a_plan(3, DAY, replaces_id=2)]

    with pytest.raises(Refused, match="itself replaced"):
        must_not_turn_round(plans, 1, 3)
    with pytest.raises(Refused, match="itself replaced"):
        must_not_turn_round(plans, 2, 2)
    must_not_turn_round(plans, 4, 3)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2024, 1, 1), date(2027, 12, 31)),
            st.sampled_from(["activation_plan", "client_plan", "coaching_plan"]),
            st.one_of(st.none(), st.integers(0, 5)),
        ),
        max_size=6,
    ),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
)
def test_at_most_one_plan_of_a_kind_is_valid_and_none_that_is_replaced(
    rows: list[tuple[date, str, int | None]], day: date
) -> None:
    plans = [
        a_plan(n + 1, begins, kind, replaces_id=former + 1 if former is not None and former < n else None)
        for n, (begins, kind, former) in enumerate(rows)
    ]
    valid = valid_on(plans, day)

    assert len({plan.kind for plan in valid}) == len(valid)
    replaced = {plan.replaces_id for plan in plans if plan.in_force(day)}
    assert not replaced & {plan.id for plan in valid}
