"""What is kept in memory of what may leave is always what comparing everybody anew would find."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coachdesk.services import (
    consent_corrections,
    consents,
    joining,
    open_offers,
    phases,
    sync,
    today,
    trainees,
    workshops,
)
from coachdesk.services.offers import offers
from coachdesk.store import enrolments
from tests.services.carried import BODY


@pytest.fixture
def agree(desk):
    """``agree()`` holds what is kept against what is true; returns the names, as they are listed."""

    def agree():
        with desk.reading() as unit:
            kept = open_offers.open_offers(desk, unit)
            true = [one for region in enrolments.regions(unit) for one in offers(unit, region)]
        assert kept == true
        return [one.name for one in kept]

    return agree


@pytest.fixture
def compared(monkeypatch):
    """Whom each comparison was about; None for everybody."""
    found = []

    def told(unit, region, *, only=None):
        found.append(only)
        return offers(unit, region, only=only)

    monkeypatch.setattr(open_offers, "offers", told)
    return found


def test_after_each_act_it_is_what_everybody_compared_anew_would_be(
    desk, enrolled, carry, a_trainee, give, agree, clock
):
    aho, berg, ceder = (a_trainee(name, "Malli") for name in ("Aho", "Berg", "Ceder"))
    assert agree() == []
    first = give(aho, "phases", "goals")
    give(ceder, "basic")
    assert agree() == ["Aho, Malli", "Ceder, Malli"]
    give(berg)
    assert agree() == ["Aho, Malli", "Berg, Malli", "Ceder, Malli"]  # by name, wherever it came from
    carry()
    assert agree() == []
    phases.open_phase(desk, berg.id, 2)
    phases.set_next_step(desk, aho.id, "Soita työnantajalle")
    assert agree() == ["Aho, Malli", "Berg, Malli"]
    trainees.edit(desk, replace(ceder, family_name="Öhman"))
    assert agree() == ["Aho, Malli", "Berg, Malli", "Öhman, Malli"]
    sync.see_each(desk, True)
    agree()
    consents.withdraw(desk, first.id)
    assert agree()[0] == "Aho, Malli"  # a withdrawal comes first
    consents.forbid(desk, berg.id, recipient=BODY)
    agree()
    carry()
    assert agree() == []


def test_a_new_day_compares_everybody(desk, enrolled, carry, a_trainee, give, agree, clock):
    give(a_trainee("Aho", "Malli"), valid_to=date(2026, 12, 16))
    carry()
    assert agree() == []

    clock.at += timedelta(days=2)
    assert agree() == ["Aho, Malli"]


def test_a_look_compares_nobody_and_a_change_only_whom_it_names(
    desk, enrolled, a_trainee, give, agree, compared
):
    aho, berg = a_trainee("Aho", "Malli"), a_trainee("Berg", "Malli")
    give(aho)
    give(berg)
    sync.ready(desk)
    del compared[:]

    today.sheet(desk)
    sync.review(desk)
    sync.held_sheet(desk)
    sync.outbox_sheet(desk)
    assert compared == []
    phases.open_phase(desk, berg.id, 1)
    sync.review(desk)
    assert compared == [berg.id]
    workshops.add_group(desk, 1, "Puutyö")  # names nobody: it might be about anybody
    sync.ready(desk)
    assert compared == [berg.id, None]


def test_of_very_many_who_changed_all_are_compared_at_once(
    desk, enrolled, a_trainee, give, agree, compared, monkeypatch
):
    monkeypatch.setattr(open_offers, "MOST_ANEW", 2)
    people = [a_trainee(name, "Malli") for name in ("Aho", "Berg", "Ceder")]
    sync.ready(desk)
    del compared[:]

    for one in people:
        give(one)
    assert agree() == ["Aho, Malli", "Berg, Malli", "Ceder, Malli"]
    assert compared == [None]


def test_nothing_is_kept_of_a_desk_that_was_locked(desk, enrolled, a_trainee, give, agree, compared):
    give(a_trainee("Aho", "Malli"))
    sync.ready(desk)
    del compared[:]

    open_offers.forget(desk)
    agree()
    assert compared == [None]


def test_joined_records_are_compared_anew_both(desk, enrolled, carry, a_trainee, give, agree):
    kept, gone = a_trainee("Aho", "Malli"), a_trainee("Aho", "Mali")
    give(kept)
    give(gone)
    carry()
    assert agree() == []

    joining.join(desk, kept.id, gone.id, mine=("given_names",))
    assert agree() != []


def test_whose_sealed_summary_was_destroyed_with_a_consent_of_another_waits_anew(
    desk, enrolled, a_trainee, give, agree
):
    aho, berg = a_trainee("Aho", "Malli"), a_trainee("Berg", "Malli")
    for one in (aho, berg):
        mistaken = give(one)
    for offer in sync.review(desk):
        sync.accept(desk, offer)
    assert sync.seal(desk) == 2
    assert agree() == []

    consent_corrections.take_back(desk, mistaken.id)
    assert agree() == ["Aho, Malli"]  # the bundle that both were sealed in was destroyed
