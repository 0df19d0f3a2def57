"""What is withdrawn, narrowed, forbidden or past its last day is deleted at the region, and stays so."""

from datetime import date, timedelta

from coachdesk.services import consents, sync
from coachdesk.store import outbox
from tests.services.carried import BODY, offers, put_goal


def test_a_withdrawn_consent_deletes_what_the_region_holds(desk, enrolled, carry, a_trainee, give):
    consent = give(a_trainee("Aho", "Väinö"))
    carry()
    consents.withdraw(desk, consent.id)

    assert offers(desk)["Aho"].kind == "withdraw"
    carry(accepted_only=True)
    assert enrolled.fields == []
    assert [one["consent"] for one in enrolled.held["withdrawn"]] == [consent.uid]


def test_a_withdrawal_destroys_what_was_never_handed_over_and_seals_the_others_anew(
    desk, enrolled, carry, a_trainee, give
):
    consent = give(a_trainee("Aho", "Väinö"))
    give(a_trainee("Björk", "Åsa", goal="kort"), "goals")
    for offer in sync.review(desk):
        sync.accept(desk, offer)
    assert sync.seal(desk) == 2

    consents.withdraw(desk, consent.id)
    with desk.reading() as unit:
        (gone,) = outbox.of_region(unit, "pohjanmaa")
    assert (gone.state, gone.sealed) == ("destroyed", None)

    done = carry(accepted_only=True)
    assert [file.stem.rsplit("-", 1)[1] for file in done.export.files] == ["2"]
    assert enrolled.fields == [{"goal": "kort", "next_step": None, "next_step_due": None}]
    assert enrolled.held["devices"][0]["missing"] == []
    assert enrolled.held["devices"][0]["alarms"] == []


def test_a_bundle_once_exported_stays_and_the_withdrawal_follows_it(
    desk, enrolled, a_trainee, give, tmp_path
):
    """The file on the stick may still be carried in, before or after the withdrawal."""
    consent = give(a_trainee("Aho", "Väinö"))
    (first,) = sync.export(desk, tmp_path / "one").files
    consents.withdraw(desk, consent.id)
    both = sync.export(desk, tmp_path / "two").files

    assert len(both) == 2
    assert both[0].read_bytes() == first.read_bytes()
    enrolled.take(both[1])
    enrolled.take(both[0])
    assert enrolled.fields == []


def test_a_narrower_consent_takes_back_what_was_sealed_under_the_wider(
    desk, enrolled, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals", "phases")
    sync.accept(desk, offers(desk)["Aho"])
    sync.seal(desk)
    give(someone, "phases")

    carry()

    assert [set(fields) for fields in enrolled.fields] == [{"phases"}]


def test_a_narrower_consent_travels_by_itself_and_words_are_gone_there(
    desk, enrolled, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt", support_needed="rauha")
    give(someone, "goals", "support", "phases")
    carry()
    give(someone, "goals", "phases")

    assert offers(desk)["Aho"].why == "itself"
    carry(accepted_only=True)
    assert [set(fields) for fields in enrolled.fields] == [{"goal", "next_step", "next_step_due", "phases"}]


def test_a_narrower_consent_with_other_words_waits_for_the_coach(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt", support_needed="rauha")
    give(someone, "goals", "support")
    carry()
    put_goal(desk, someone, "Metallityöt")
    give(someone, "goals")

    assert offers(desk)["Aho"].why == "words"


def test_the_day_after_the_last_day_the_region_deletes_and_the_desk_withdraws(
    desk, enrolled, carry, a_trainee, give, clock
):
    give(a_trainee("Aho", "Väinö"), valid_to=date(2026, 12, 31))
    carry()
    clock.at += timedelta(days=16)
    assert len(enrolled.fields) == 1  # 31.12. still counts
    clock.at += timedelta(days=1)

    assert enrolled.fields == []
    assert offers(desk)["Aho"].kind == "withdraw"
    carry()
    assert sync.review(desk) == ()


def test_a_prohibition_withdraws_what_the_region_holds(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone)
    carry()
    consents.forbid(desk, someone.id, recipient=BODY)
    carry(accepted_only=True)

    assert enrolled.fields == []
