"""Sending by network, from the consent to the receipt, over a real port to a real region."""

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.services import consents, enrolment_by_code, line, sending, sync
from coachdesk.store import outbox
from coachdesk.store.trainees import TRAINEES
from tests.served import BODY, Served


@pytest.fixture
def region(tmp_path, clock):
    found = Served(tmp_path / "region", clock).start()
    yield found
    found.close()


@pytest.fixture
def enrolled(desk, region):
    seen = enrolment_by_code.look(desk, region.address)
    enrolment_by_code.enrol(desk, seen, region.code())
    return region


@pytest.fixture
def give(desk, a_trainee):
    """``give("Aho", goal="Puutyöt")`` is somebody whose goal was accepted for the region."""

    def give(family, *scopes, **more):
        person = a_trainee(family, "Elli", **more)
        found = consents.give(
            desk, person.id, recipient=BODY, scopes=scopes or ("goals",), valid_to=date(2027, 6, 30)
        )
        accept_all(desk)
        return person, found

    return give


def accept_all(desk):
    for offer in sync.review(desk):
        if offer.waits_for_coach and offer.problem is None:
            sync.accept(desk, offer)


def put_goal(desk, person, goal):
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, person.id), goal=goal))
        unit.commit()


def states(desk):
    return sorted(one.state for one in sync.outbox_sheet(desk).lines)


def test_a_one_time_code_enrols_the_desk_and_both_sides_show_the_same_fingerprints(desk, region):
    seen = enrolment_by_code.look(desk, region.address)
    done = enrolment_by_code.enrol(desk, seen, region.code().lower().replace("-", " "))

    assert done.region_fingerprint == region.region.card.fingerprint
    (sheet,) = line.sheets(desk)
    assert (sheet.region_id, sheet.line.address) == ("pohjanmaa", region.address)


def test_what_was_accepted_is_sent_and_turns_green_by_the_receipt(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    (done,) = sending.send(desk)

    assert done.problem is None
    assert (done.delivered, done.waiting) == (1, 0)
    assert [one["goal"] for one in enrolled.fields] == ["Puutyöt"]
    assert states(desk) == ["acknowledged"]
    with desk.reading() as unit:
        (bundle,) = outbox.BUNDLES.find(unit)
    assert (bundle.ways, bundle.receipt_id is not None) == ("net", True)


def test_what_waits_for_the_coach_is_not_sent(desk, enrolled, a_trainee):
    person = a_trainee("Aho", "Elli", goal="Puutyöt")
    consents.give(desk, person.id, recipient=BODY, scopes=("goals",), valid_to=date(2027, 6, 30))
    sending.send(desk)

    assert enrolled.fields == []
