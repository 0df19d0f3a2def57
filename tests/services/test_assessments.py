"""Self-assessments: recorded, corrected and removed, each with its line; only a consent lets them out."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from coachdesk.domain import assessment as rules
from coachdesk.domain.assessment import Filling
from coachdesk.errors import Refused
from coachdesk.services import assessments, consents, offers, sync
from coachdesk.services.desk import Desk
from coachdesk.store import records
from tests.services.carried import PracticeRegion

REGION = "wellbeing_area_ostrobothnia"


@pytest.fixture
def person(a_trainee):
    return a_trainee("Mäkelä", "Säde")


def filling(person, **more):
    values = {
        "trainee_id": person.id,
        "instrument": "abilitator",
        "on_day": date(2026, 12, 1),
        "language": "fi",
        "filled_how": "alone",
        "scores": {1: 6, 2: 7, 3: 55},
    }
    return Filling(**(values | more))


def kept(desk: Desk, person) -> tuple[Filling, ...]:
    return rules.fillings(assessments.of_trainee(desk, person.id))


def acts(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        rows = unit.connection.execute(
            text("SELECT act FROM log WHERE act LIKE 'self_assessment%' ORDER BY seq")
        )
        return [row.act for row in rows]


def test_a_filling_is_recorded_number_by_number(desk, person):
    assessments.record(desk, filling(person))

    assert kept(desk, person) == (filling(person),)
    assert acts(desk) == ["self_assessment.record"]


def test_a_second_filling_of_the_same_day_is_refused(desk, person):
    assessments.record(desk, filling(person))
    with pytest.raises(Refused) as refused:
        assessments.record(desk, filling(person, scores={1: 9}))

    assert refused.value.field == "on_day"
    assert kept(desk, person) == (filling(person),)
    assert acts(desk) == ["self_assessment.record"]


def test_a_number_outside_its_area_leaves_nothing_behind(desk, person):
    with pytest.raises(Refused):
        assessments.record(desk, filling(person, scores={1: 6, 2: 11}))

    assert kept(desk, person) == () and acts(desk) == []


def test_correcting_writes_anew_and_can_be_taken_back(desk, person):
    before = assessments.record(desk, filling(person))
    after = replace(before, on_day=date(2026, 12, 2), scores={1: 8})

    assert assessments.correct(desk, before, after) == before
    assert kept(desk, person) == (after,)
    assessments.correct(desk, after, before)
    assert kept(desk, person) == (before,)
    assert acts(desk)[1:] == ["self_assessment.correct"] * 2


def test_correcting_onto_another_filling_is_refused_and_loses_nothing(desk, person):
    one = assessments.record(desk, filling(person))
    other = assessments.record(desk, filling(person, on_day=date(2026, 12, 8)))

    with pytest.raises(Refused):
        assessments.correct(desk, one, replace(one, on_day=other.on_day))
    assert kept(desk, person) == (other, one)


def test_removing_gives_back_what_was_there(desk, person):
    before = assessments.record(desk, filling(person))
    found = assessments.remove(desk, before)
    assert (found, kept(desk, person)) == (before, ())

    assessments.record(desk, found)
    assert kept(desk, person) == (before,)


def test_the_record_of_a_trainee_carries_only_own_numbers(desk, person, a_trainee):
    other = a_trainee("Aho", "Onni")
    assessments.record(desk, filling(person))
    assessments.record(desk, filling(other, scores={1: 2}))

    with desk.reading() as unit:
        found = records.records(unit, [person.id, other.id], unit.on, offers.present_kinds())
    assert [(row.area, row.score) for row in found[person.id].self_assessments] == [(1, 6), (2, 7), (3, 55)]
    assert [(row.area, row.score) for row in found[other.id].self_assessments] == [(1, 2)]


def test_only_a_consent_to_it_lets_the_numbers_out_and_nothing_beside_them(desk, person, clock, tmp_path):
    region = PracticeRegion(tmp_path / "region", clock)
    region.enrol(sync.enrol(desk, region.card, tmp_path / "out").file)
    assessments.record(desk, filling(person, scores={1: 6, 3: 55}))
    given = consents.give(desk, person.id, recipient=REGION, scopes=("phases",), valid_to=date(2027, 6, 30))
    (offer,) = sync.review(desk)
    assert "self_assessments" not in offer.fields

    consents.change(desk, given.id, scopes=("phases", "self_assessment"))
    (offer,) = sync.review(desk)
    sync.accept(desk, offer)
    region.take(*sync.export(desk, tmp_path / "out").files)

    number = {"instrument": "abilitator", "day": "2026-12-01"}
    assert region.fields[0]["self_assessments"] == [
        number | {"area": 1, "score": 6},
        number | {"area": 3, "score": 55},
    ]
