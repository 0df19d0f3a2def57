"""Consents: given, changed, withdrawn; prohibitions and permissions beside them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coachdesk.domain.consent import Consent
from coachdesk.errors import Refused
from coachdesk.services import consents
from coachdesk.store import consents as kept
from coachdesk.store import tables

BODY = "wellbeing_area_ostrobothnia"
END = date(2027, 6, 30)


@pytest.fixture
def someone(a_trainee):
    return a_trainee("Lindström", "Göran")


@pytest.fixture
def give(desk, someone):
    def give(*scopes, recipient=BODY, valid_to=END, **more) -> Consent:
        return consents.give(
            desk, someone.id, recipient=recipient, scopes=scopes or ("phases",), valid_to=valid_to, **more
        )

    return give


def standing(desk, someone, recipient=BODY):
    return consents.sheet(desk, someone.id).in_force(recipient)


def acts(desk, someone):
    with desk.reading() as unit:
        rows = unit.connection.execute(tables.log.select().where(tables.log.c.trainee_id == someone.id))
        return [row.act for row in rows]


def test_a_consent_has_a_number_for_people_and_a_random_name_for_the_wire(give):
    one, two = give(), give(recipient="kela")

    assert [one.number, two.number] == ["S-0001", "S-0002"]
    assert len(one.uid) == 32
    assert one.uid != two.uid


def test_what_was_said_is_kept_as_it_was_said(desk, someone, give):
    found = give(
        "goals",
        "basic",
        recipient="  Solglimt Blom Ab ",
        purpose="gemensam uppföljning",
        ground="art. 6.1 a",
        given_how="spoken",
        witness="Aino Mallikas",
        explained_language="sv",
        explained_by="tulkki",
    )
    (again,) = consents.sheet(desk, someone.id).consents

    assert again == found
    assert again.recipient == "Solglimt Blom Ab"


def test_a_second_consent_to_the_same_recipient_replaces_the_first(desk, someone, give):
    old, new = give("phases"), give("phases", "goals")

    assert new.replaces_id == old.id
    assert standing(desk, someone) == new
    assert len(consents.sheet(desk, someone.id).consents) == 2


def test_consents_to_two_recipients_stand_side_by_side(desk, someone, give):
    one, two = give(), give(recipient="kela")

    assert standing(desk, someone) == one
    assert standing(desk, someone, "kela") == two


def test_a_change_is_a_new_consent_and_the_old_stays_readable(desk, someone, give):
    old = give("phases", valid_to=date(2026, 12, 31), purpose="seuranta")
    new = consents.change(desk, old.id, scopes=("phases", "plan"), valid_to=END)

    assert (new.replaces_id, new.purpose, new.number) == (old.id, "seuranta", "S-0002")
    assert new.uid != old.uid
    assert old in consents.sheet(desk, someone.id).consents


def test_a_withdrawn_consent_is_over_at_once_and_cannot_be_changed(desk, someone, give):
    consent = give()
    gone = consents.withdraw(desk, consent.id)

    assert gone.withdrawn is not None
    assert standing(desk, someone) is None
    for act in (lambda: consents.withdraw(desk, consent.id), lambda: consents.change(desk, consent.id)):
        with pytest.raises(Refused):
            act()


def test_withdrawing_the_newer_one_does_not_bring_back_the_older(desk, someone, give):
    give("phases", "goals")
    consents.withdraw(desk, give("phases").id)

    assert standing(desk, someone) is None


def test_a_consent_that_is_not_whole_leaves_nothing_behind(desk, someone, give):
    for wrong in ({"valid_to": date(2026, 12, 14)}, {"given_how": "spoken"}, {"recipient": " "}):
        with pytest.raises(Refused):
            give(**wrong)

    assert consents.sheet(desk, someone.id).consents == ()
    assert acts(desk, someone) == []


def test_a_prohibition_withdraws_what_it_covers_and_bars_new_consents(desk, someone, give):
    give()
    other = give(recipient="kela")
    bar = consents.forbid(desk, someone.id, recipient=BODY, covers="kaikki")

    assert standing(desk, someone) is None
    assert standing(desk, someone, "kela") == other
    with pytest.raises(Refused):
        give()
    consents.lift(desk, bar.id)
    assert standing(desk, someone) is None  # a new consent is asked for
    assert give().number == "S-0003"


def test_a_prohibition_to_everybody_covers_everybody(desk, someone, give):
    give()
    give(recipient="kela")
    consents.forbid(desk, someone.id)

    assert standing(desk, someone) is None
    assert standing(desk, someone, "kela") is None


def test_a_prohibition_cannot_begin_tomorrow(desk, someone):
    with pytest.raises(Refused):
        consents.forbid(desk, someone.id, given=date(2026, 12, 16))


def test_a_permission_is_recorded_apart_and_can_be_ended(desk, someone):
    one = consents.permit(desk, someone.id, to_whom="Aluehallinto", ground="703/2023")
    (shown,) = consents.sheet(desk, someone.id).permissions
    assert shown == one
    assert standing(desk, someone) is None

    assert consents.end_permission(desk, one.id).withdrawn is not None
    for wrong in ({"to_whom": " "}, {"to_whom": "x", "valid_to": date(2020, 1, 1)}):
        with pytest.raises(Refused):
            consents.permit(desk, someone.id, **wrong)


def test_what_ends_within_thirty_days_is_told_first_to_end_first(desk, give, clock):
    soon = give(valid_to=date(2027, 1, 10))
    sooner = give(recipient="kela", valid_to=date(2026, 12, 20))
    give(recipient="school", valid_to=END)

    assert consents.ending(desk) == (sooner, soon)
    consents.change(desk, soon.id, valid_to=END)
    assert consents.ending(desk) == (sooner,)
    clock.at += timedelta(days=10)
    assert consents.ending(desk) == ()


def test_every_act_has_its_line_in_the_log(desk, someone, give):
    consent = give()
    consents.withdraw(desk, consent.id)
    consents.lift(desk, consents.forbid(desk, someone.id).id)
    consents.end_permission(desk, consents.permit(desk, someone.id, to_whom="x").id)

    assert acts(desk, someone) == [
        "consent.give",
        "consent.withdraw",
        "prohibition.give",
        "prohibition.lift",
        "permission.give",
        "permission.withdraw",
    ]


def test_an_unknown_scope_that_was_kept_counts_as_not_given(desk, someone, give):
    consent = give("phases")
    with desk.writing() as unit:
        kept.CONSENTS.put(unit, replace(consent, scopes=("phases", "diary")))
        unit.commit()

    from coachdesk.domain.consent import known_scopes

    assert [scope.key for scope in known_scopes(standing(desk, someone))] == ["phases"]
