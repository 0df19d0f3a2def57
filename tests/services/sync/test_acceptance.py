"""What the coach has accepted leaves exactly so; what changed since waits to be seen again."""

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.errors import Refused
from coachdesk.services import consents, sync, today
from coachdesk.store.trainees import TRAINEES
from tests.services.carried import offers, open_phase, put_goal


def test_a_first_summary_waits_until_the_coach_has_accepted_exactly_it(desk, carry, a_trainee, give):
    give(a_trainee("Aho", "Väinö", goal="Puutyöt"), "goals")

    assert carry(accepted_only=True).export.files == ()
    offer = offers(desk)["Aho"]
    assert (offer.why, offer.waits_for_coach) == ("first", True)
    sync.accept(desk, offer)
    assert len(carry(accepted_only=True).export.files) == 1


def test_the_health_line_counts_what_is_not_sealed_yet(desk, enrolled, carry, a_trainee, give, tmp_path):
    def health():
        found = today.whole_health(desk)
        return found.waiting, found.ready, found.unsent

    consent = give(a_trainee("Aho", "Väinö"))
    assert health() == (0, 0, 0)  # it waits for the coach, not for a carrier
    sync.accept(desk, offers(desk)["Aho"])
    assert health() == (0, 1, 1)
    sync.export(desk, tmp_path / "stick", accepted_only=True)
    assert health() == (1, 0, 1)
    carry()
    assert health() == (0, 0, 0)
    consents.withdraw(desk, consent.id)
    assert health() == (0, 1, 1)


def test_what_was_accepted_does_not_leave_when_it_has_changed_since(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals")
    sync.accept(desk, offers(desk)["Aho"])
    put_goal(desk, someone, "Metallityöt")

    assert carry(accepted_only=True).export.files == ()
    assert not offers(desk)["Aho"].accepted


def test_an_offer_that_is_no_longer_true_cannot_be_accepted(desk, enrolled, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals")
    offer = offers(desk)["Aho"]
    put_goal(desk, someone, "Metallityöt")

    with pytest.raises(Refused):
        sync.accept(desk, offer)


def test_later_days_and_numbers_travel_by_themselves_and_changed_words_wait(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals", "phases")
    carry()
    open_phase(desk, someone, 2)

    assert offers(desk)["Aho"].why == "itself"
    assert len(carry(accepted_only=True).export.files) == 1
    put_goal(desk, someone, "Metallityöt")
    assert offers(desk)["Aho"].why == "words"
    assert carry(accepted_only=True).export.files == ()


def test_the_coach_may_ask_to_see_each_change(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone, "phases")
    carry()
    open_phase(desk, someone, 2)
    sync.see_each(desk, True)

    assert offers(desk)["Aho"].why == "asked"
    assert carry(accepted_only=True).export.files == ()


def test_a_wider_consent_is_shown_before_it_leaves(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone, "phases")
    carry()
    give(someone, "phases", "support")

    assert offers(desk)["Aho"].waits_for_coach


def test_words_that_left_once_are_shown_again_when_they_come_back_with_other_days(
    desk, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals", "phases")
    carry()
    put_goal(desk, someone, "Metallityöt")
    carry()
    put_goal(desk, someone, "Puutyöt")
    open_phase(desk, someone, 2)

    assert offers(desk)["Aho"].why == "words"


def test_what_a_narrower_consent_leaves_out_is_withdrawn_while_the_rest_waits_for_the_coach(
    desk, enrolled, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt", support_needed="Rauhallinen aloitus")
    give(someone, "goals", "support")
    carry()
    give(someone, "support")
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, someone.id), support_needed="Oma työpari"))
        unit.commit()

    carry(accepted_only=True)
    assert enrolled.fields == []
    assert carry(accepted_only=True).export.files == ()  # told once
    carry()
    assert enrolled.fields == [{"support_needed": "Oma työpari"}]


def test_a_renewed_consent_travels_by_itself_under_the_same_version(
    desk, enrolled, carry, a_trainee, give, clock
):
    someone = a_trainee("Aho", "Väinö")
    old = give(someone, "phases", valid_to=date(2026, 12, 31))
    carry()
    new = consents.change(desk, old.id, valid_to=date(2027, 12, 31))

    carry(accepted_only=True)

    (held,) = enrolled.held["summaries"]
    assert (held["version"], held["consent"], held["valid_to"]) == (1, new.uid, "2027-12-31")
    assert new.uid != old.uid  # a last day never moves under the id of a consent


def test_the_version_does_not_rise_when_only_other_fields_change(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "phases")
    carry()
    put_goal(desk, someone, "Metallityöt")

    assert carry().export.files == ()
    open_phase(desk, someone, 2)
    carry()
    assert enrolled.held["summaries"][0]["version"] == 2


def test_words_that_are_too_long_stop_their_own_trainee_only(desk, enrolled, carry, a_trainee, give):
    give(a_trainee("Aho", "Väinö", goal="x" * 501), "goals")
    give(a_trainee("Björk", "Åsa", goal="kort"), "goals")

    preview = carry().export.preview

    assert [fields["goal"] for fields in enrolled.fields] == ["kort"]
    assert any("Aho" in line and "500" in line for line in preview)
    assert offers(desk)["Aho"].problem.field == "goal"
