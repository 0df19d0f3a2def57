from datetime import date

import pytest

from coachdesk.errors import Refused
from coachdesk.services import consent_corrections, consents, sync
from coachdesk.store import outbox

TO = "wellbeing_area_ostrobothnia"


def given(desk, trainee, **more):
    values = {"recipient": TO, "scopes": ("basic",), "valid_to": date(2027, 6, 30)} | more
    return consents.give(desk, trainee.id, **values)


def test_consent_recorded_by_mistake_is_taken_away_and_the_former_holds_again(desk, a_trainee):
    trainee = a_trainee()
    first = given(desk, trainee)
    second = given(desk, trainee, scopes=("basic", "phases"))

    consent_corrections.take_back(desk, second.id)

    assert consents.sheet(desk, trainee.id).in_force(TO).id == first.id


def test_replaced_consent_stays(desk, a_trainee):
    trainee = a_trainee()
    first = given(desk, trainee)
    given(desk, trainee, scopes=("phases",))

    with pytest.raises(Refused, match="withdrawn or replaced"):
        consent_corrections.take_back(desk, first.id)


def test_withdrawn_consent_stays(desk, a_trainee):
    one = given(desk, a_trainee())
    consents.withdraw(desk, one.id)

    with pytest.raises(Refused, match="withdrawn or replaced"):
        consent_corrections.take_back(desk, one.id)


def test_consent_under_which_something_left_stays(desk, a_trainee, a_region, tmp_path):
    one = given(desk, a_trainee())
    sync.export(desk, tmp_path)

    with pytest.raises(Refused, match="has left"):
        consent_corrections.take_back(desk, one.id)


def test_what_was_sealed_under_it_and_never_handed_over_is_destroyed(desk, a_trainee, a_region):
    one = given(desk, a_trainee())
    (offer,) = sync.review(desk)
    sync.accept(desk, offer)
    assert sync.seal(desk) == 1

    consent_corrections.take_back(desk, one.id)

    with desk.reading() as unit:
        assert [row.state for row in outbox.of_region(unit, a_region)] == [outbox.DESTROYED]


def test_permission_recorded_by_mistake_is_taken_away(desk, a_trainee):
    trainee = a_trainee()
    one = consents.permit(desk, trainee.id, to_whom="Vaasan mielenterveyskeskus")

    consent_corrections.take_back_permission(desk, one.id)

    assert consents.sheet(desk, trainee.id).permissions == ()


def test_withdrawn_permission_stays(desk, a_trainee):
    one = consents.permit(desk, a_trainee().id, to_whom="Vaasan mielenterveyskeskus")
    consents.end_permission(desk, one.id)

    with pytest.raises(Refused, match="stays"):
        consent_corrections.take_back_permission(desk, one.id)


@pytest.fixture
def a_region(desk, tmp_path):
    """The id of a region that is enrolled; it may receive nothing yet."""
    from coachdesk.region import folder

    folder.init(tmp_path / "region", region_id="ostrobothnia", body=TO, name_fi="Alue", name_sv="Området")
    sync.enrol(desk, tmp_path / "region" / "region.json", tmp_path)
    return "ostrobothnia"
