"""Job coaching ends with an outcome, grades have a day; what does not fit is refused, all can be undone."""

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.domain.phases import Coaching
from coachdesk.domain.trainee import Feedback
from coachdesk.errors import Refused
from coachdesk.services import access_log, coaching, figures, removed
from coachdesk.services.desk import Desk

MARCH, DECEMBER, TOMORROW = date(2026, 3, 1), date(2026, 12, 1), date(2026, 12, 16)


@pytest.fixture
def person(a_trainee) -> int:
    return a_trainee("Lindström", "Göran").id


@pytest.fixture
def begun(desk: Desk, person: int) -> Coaching:
    return coaching.begin(desk, Coaching(trainee_id=person, begins=MARCH))


def _acts(desk: Desk, person: int) -> list[str]:
    return [row.act.key for row in access_log.of_trainee(desk, person).rows]


def test_coaching_ends_with_its_outcome_and_the_figures_follow(
    desk: Desk, person: int, begun: Coaching
) -> None:
    assert list(figures.figures(desk).outcomes) == ["open"]
    coaching.end(desk, begun.id, ends=DECEMBER, outcome="employed")

    (found,) = coaching.of_trainee(desk, person)
    assert (found.ends, found.outcome) == (DECEMBER, "employed")
    assert list(figures.figures(desk).outcomes) == ["employed"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"begins": TOMORROW}, "begins"),
        ({"ends": TOMORROW, "outcome": "employed"}, "ends"),
        ({"ends": date(2026, 2, 1), "outcome": "employed"}, "ends"),
        ({"ends": DECEMBER}, "outcome"),
        ({"ends": DECEMBER, "outcome": "open"}, "outcome"),
        ({"outcome": "employed"}, "ends"),
    ],
)
def test_days_and_outcome_that_do_not_fit_are_refused(
    desk: Desk, person: int, begun: Coaching, changes: dict, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        coaching.edit(desk, replace(begun, **changes))
    assert refused.value.field == field
    assert coaching.of_trainee(desk, person) == (begun,)


def test_two_coachings_never_run_beside_each_other_but_one_may_follow_on_the_same_day(
    desk: Desk, person: int, begun: Coaching
) -> None:
    with pytest.raises(Refused):
        coaching.begin(desk, Coaching(trainee_id=person, begins=DECEMBER))
    coaching.end(desk, begun.id, ends=DECEMBER, outcome="studies")
    with pytest.raises(Refused):
        coaching.begin(desk, Coaching(trainee_id=person, begins=date(2026, 11, 30)))
    second = coaching.begin(desk, Coaching(trainee_id=person, begins=DECEMBER))
    assert [one.id for one in coaching.of_trainee(desk, person)] == [second.id, begun.id]


def test_coaching_taken_back_comes_back_as_it_was_and_each_act_is_in_the_log(
    desk: Desk, person: int, begun: Coaching
) -> None:
    assert coaching.remove(desk, begun.id) == begun
    assert coaching.of_trainee(desk, person) == ()
    assert coaching.begin(desk, begun) == begun
    coaching.edit(desk, replace(begun, ends=DECEMBER, outcome="work_tryout"))
    log = _acts(desk, person)
    assert {"coaching.begin", "coaching.edit", "coaching.remove"} <= set(log)


@pytest.mark.parametrize(
    ("grade", "day", "field"),
    [(3, MARCH, "grade"), (11, MARCH, "grade"), (8, TOMORROW, "on_day"), (8, None, "on_day")],
)
def test_no_grade_but_four_to_ten_with_a_day_that_has_been(
    desk: Desk, person: int, grade: int, day: date | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        coaching.grade(desk, Feedback(trainee_id=person, grade=grade, on_day=day))
    assert refused.value.field == field
    assert coaching.grades(desk, person) == ()


def test_grade_is_counted_corrected_and_taken_back(desk: Desk, person: int) -> None:
    kept = coaching.grade(desk, Feedback(trainee_id=person, grade=8, on_day=MARCH))
    coaching.grade(desk, Feedback(trainee_id=person, grade=9, on_day=DECEMBER))
    assert [one.grade for one in coaching.grades(desk, person)] == [9, 8]
    assert figures.as_table(figures.figures(desk))["satisfaction_mean"] == 8.5

    assert coaching.change_grade(desk, replace(kept, grade=10)) == kept
    assert figures.as_table(figures.figures(desk))["satisfaction_mean"] == 9.5
    coaching.remove_grade(desk, kept.id)
    assert [one.grade for one in coaching.grades(desk, person)] == [9]
    assert {"feedback.add", "feedback.edit", "feedback.remove"} <= set(_acts(desk, person))


def test_what_was_removed_can_be_brought_back_for_thirty_days(
    desk: Desk, person: int, begun: Coaching
) -> None:
    kept = coaching.grade(desk, Feedback(trainee_id=person, grade=8, on_day=MARCH))
    coaching.remove(desk, begun.id)
    coaching.remove_grade(desk, kept.id)
    found = removed.of_trainee(desk, person)
    assert {(one.removed.kind, one.text) for one in found} == {("coaching", ""), ("feedback", "8")}
    for one in found:
        removed.bring_back(desk, one.removed.id)
    assert coaching.of_trainee(desk, person) == (begun,)
    assert coaching.grades(desk, person) == (kept,)


def test_removal_that_is_undone_leaves_nothing_to_bring_back(
    desk: Desk, person: int, begun: Coaching
) -> None:
    coaching.begin(desk, coaching.remove(desk, begun.id))
    assert removed.of_trainee(desk, person) == ()
