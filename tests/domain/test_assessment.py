"""Self-assessments: numbers within their areas, put together by day, first and last with the change."""

from datetime import date

import pytest

from coachdesk.domain import assessment
from coachdesk.domain.assessment import INSTRUMENTS, Filling, SelfAssessment
from coachdesk.domain.codes import codes
from coachdesk.errors import Refused

ON = date(2026, 12, 15)


def filling(**more):
    values = {
        "trainee_id": 7,
        "instrument": "abilitator",
        "on_day": date(2026, 12, 1),
        "scores": {1: 6, 3: 55},
    }
    return Filling(**(values | more))


def row(area, score, day):
    return SelfAssessment(trainee_id=7, instrument="abilitator", area=area, score=score, on_day=day)


def test_the_instruments_areas_have_names_and_bounds_and_no_question():
    found = assessment.areas("abilitator")

    assert [(area.lowest, area.highest) for area in found[:2]] == [(0, 10), (0, 10)]
    assert [area.letter for area in found[2:]] == ["C", "D", "E", "F", "G"]
    for area in found:
        for language in ("fi", "sv", "en"):
            assert area.name(language) and "?" not in area.name(language)


def test_an_areas_number_is_used_once_in_the_whole_list():
    numbers = [area.number for code in codes(INSTRUMENTS) for area in assessment.areas(code.key)]
    assert len(numbers) == len(set(numbers)) and all(1 <= number <= 40 for number in numbers)


def test_what_is_not_sure_is_marked_for_review():
    assert codes(INSTRUMENTS)["abilitator"].review


def test_a_good_filling_passes_in_the_order_of_its_areas():
    assert list(assessment.checked(filling(scores={3: 55, 1: 6}), ON).scores) == [1, 3]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"instrument": "tarot"}, "instrument"),
        ({"on_day": date(2026, 12, 16)}, "on_day"),
        ({"scores": {}}, "area_1"),
        ({"scores": {1: 11}}, "area_1"),
        ({"scores": {2: -1}}, "area_2"),
        ({"scores": {3: 101}}, "area_3"),
        ({"scores": {4: 5.5}}, "area_4"),
        ({"scores": {5: True}}, "area_5"),
        ({"scores": {8: 5}}, None),
    ],
)
def test_bad_numbers_are_refused_at_their_field(more, field):
    with pytest.raises(Refused) as refused:
        assessment.checked(filling(**more), ON)
    assert refused.value.field == field


def test_numbers_of_one_day_are_one_filling_the_newest_first():
    march, november = date(2026, 3, 1), date(2026, 11, 1)
    found = assessment.fillings([row(1, 4, march), row(2, 5, march), row(1, 6, november)])

    assert [(one.on_day, one.scores) for one in found] == [(november, {1: 6}), (march, {1: 4, 2: 5})]
    assert assessment.fillings(found[1].rows) == (found[1],)


def test_a_trend_is_first_last_and_change_and_one_number_is_no_change():
    days = [date(2026, 3, 1), date(2026, 7, 1), date(2026, 11, 1)]
    rows = [row(1, 4, days[0]), row(1, 7, days[1]), row(1, 6, days[2]), row(2, 5, days[2])]
    one, other = assessment.trends(rows, "abilitator")

    assert (one.first.score, one.last.score, one.change, one.scores) == (4, 6, 2, (4, 7, 6))
    assert (other.first, other.change) == (other.last, None)
