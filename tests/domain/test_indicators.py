from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coachdesk.domain.indicators import (
    Answer,
    Coached,
    Figures,
    FirstPlan,
    Person,
    as_numbers,
    last_of_each,
    outcome_names,
)

NOTHING = Figures(begins=None, ends=None)
ENDED = Coached(
    trainee_id=1, name="Aho", begins=date(2026, 1, 1), ends=date(2026, 6, 1), outcome="interrupted_health"
)


def grades(*given: int) -> Figures:
    return replace(
        NOTHING, answers=tuple(Answer(trainee_id=n, name="", grade=g) for n, g in enumerate(given))
    )


def test_nothing_recorded_gives_no_mean_and_no_zero_outcomes() -> None:
    numbers = as_numbers(NOTHING)

    assert (numbers["satisfaction_mean"], numbers["coached_outcomes"]) == (None, {})
    assert NOTHING.empty


def test_an_interruption_counts_as_one_whatever_its_reason() -> None:
    assert ENDED.counts_as(None) == "interrupted"


def test_coaching_that_goes_on_after_the_last_day_is_open_on_it() -> None:
    assert ENDED.counts_as(date(2026, 5, 31)) == "open"
    assert replace(ENDED, ends=None, outcome="").counts_as(None) == "open"


def test_an_end_without_an_outcome_is_said_to_be_not_recorded() -> None:
    assert replace(ENDED, outcome="").counts_as(None) == "not recorded"


def test_a_person_coached_twice_counts_once_by_the_last() -> None:
    again = replace(ENDED, begins=date(2026, 8, 1), ends=None, outcome="")

    assert last_of_each([ENDED, again]) == (again,)


def test_mother_tongues_that_are_not_known_are_not_counted() -> None:
    people = tuple(
        Person(trainee_id=n, name="", mother_tongue=tongue) for n, tongue in enumerate(["fi", "sv", "", "sr"])
    )

    assert as_numbers(replace(NOTHING, people=people))["mother_tongue_neither_fi_nor_sv"] == 1


def test_the_mean_is_rounded_half_up_to_one_decimal() -> None:
    assert grades(8, 9, 9, 9, 8, 8, 9, 9, 9, 9, 8, 8, 9, 9, 8, 8, 9, 9, 9, 8).satisfaction == Decimal("8.6")
    assert grades(8, 9).satisfaction == Decimal("8.5")


@given(st.lists(st.integers(4, 10), min_size=1, max_size=50))
def test_the_mean_lies_between_the_grades(given: list[int]) -> None:
    assert min(given) <= grades(*given).satisfaction <= max(given)


def test_a_plan_on_the_same_day_three_months_on_is_in_time() -> None:
    plan = FirstPlan(
        trainee_id=1, name="", kind="client_plan", first_contact=date(2026, 11, 30), made=date(2027, 2, 28)
    )

    assert (plan.late, plan.days) == (False, 90)
    assert replace(plan, made=date(2027, 3, 1)).late
    assert not replace(plan, first_contact=None).late


def test_the_names_of_outcomes_are_those_that_scripts_know() -> None:
    assert {
        "employed",
        "rehabilitative work activity",
        "studies",
        "work try-out",
        "sick leave and rehabilitation",
        "interrupted",
        "open",
    } <= set(outcome_names())
