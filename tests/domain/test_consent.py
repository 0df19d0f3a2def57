"""Consent, permission and prohibition: who may get what, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coachdesk.domain import consent as rules
from coachdesk.domain.consent import CONSENT_SCOPES, Consent, Permission, Prohibition
from coachdesk.domain.summary_fields import FIELDS
from coachdesk.errors import Refused

ON = date(2026, 12, 15)
REGION = "wellbeing_area_ostrobothnia"


def a_consent(**more):
    found = {
        "id": 1,
        "trainee_id": 7,
        "uid": "0" * 32,
        "recipient": REGION,
        "scopes": ("phases",),
        "given": date(2026, 9, 1),
        "valid_to": date(2027, 6, 30),
    }
    return Consent(**(found | more))


def test_the_eight_scopes_stand_in_the_order_of_the_form():
    assert [scope.key for scope in CONSENT_SCOPES] == [
        "basic",
        "phases",
        "goals",
        "attended",
        "plan",
        "job_search",
        "self_assessment",
        "support",
    ]


def test_each_field_belongs_to_one_scope_and_each_scope_has_its_fields():
    named = [name for scope in CONSENT_SCOPES for name in scope.fields]

    assert sorted(named) == sorted(FIELDS)
    assert all(scope.fields for scope in CONSENT_SCOPES)


def test_words_leave_only_where_the_sentence_of_the_scope_says_so():
    free = {scope.key for scope in CONSENT_SCOPES for name in scope.fields if FIELDS[name].kind.free}

    assert free == {"basic", "goals", "support"}  # names and e-mail are named one by one in basic details
    for scope in CONSENT_SCOPES:
        assert scope.words == ("word for word" in scope.sentence)


def test_the_sentence_of_basic_details_names_the_identity_code():
    assert "identity code" in rules.SCOPES["basic"].sentence
    assert "identity code" in rules.SCOPES["basic"].plain


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
    ],
)
def test_a_consent_is_in_force_from_its_day_to_its_last_day(on, expected):
    assert a_consent().in_force(on) is expected


def test_a_withdrawn_consent_is_not_in_force_on_the_same_day():
    assert not a_consent(withdrawn=datetime(2026, 12, 15, 9, tzinfo=UTC)).in_force(ON)


def test_a_new_consent_takes_the_place_of_the_one_it_names():
    old, new = a_consent(), a_consent(id=2, replaces_id=1, given=ON, scopes=("goals",))

    assert rules.in_force([old, new], REGION, ON) == new
    assert rules.in_force([old, new], REGION, date(2026, 12, 14)) == old


def test_withdrawing_the_new_consent_does_not_bring_the_old_one_back():
    old = a_consent()
    new = a_consent(id=2, replaces_id=1, given=ON, withdrawn=datetime(2026, 12, 15, 9, tzinfo=UTC))

    assert rules.in_force([old, new], REGION, ON) is None


def test_a_consent_to_another_lets_nothing_out():
    assert rules.in_force([a_consent(recipient="kela")], REGION, ON) is None


@pytest.mark.parametrize("recipient", ["", REGION])
def test_a_prohibition_in_force_wins(recipient):
    bar = Prohibition(trainee_id=7, recipient=recipient, given=ON)

    assert rules.may_disclose([a_consent()], [bar], REGION, ON) is None
    lifted = replace(bar, lifted=datetime(2026, 12, 15, 9, tzinfo=UTC))
    assert rules.may_disclose([a_consent()], [lifted], REGION, ON) == a_consent()


def test_a_prohibition_to_another_bars_nothing_here():
    bar = Prohibition(trainee_id=7, recipient="kela", given=ON)

    assert rules.may_disclose([a_consent()], [bar], REGION, ON) == a_consent()


def test_a_permission_lets_nothing_out_by_itself():
    """It is recorded with its ground; only a consent is asked by ``may_disclose``."""
    permission = Permission(trainee_id=7, to_whom="another provider", given=ON)

    assert permission.in_force(ON)
    assert rules.may_disclose([], [], REGION, ON) is None


def test_an_unknown_scope_counts_as_not_given():
    assert [scope.key for scope in rules.known_scopes(a_consent(scopes=("phases", "diary")))] == ["phases"]


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2027, 5, 30), False), (date(2027, 5, 31), True), (date(2027, 6, 30), True)]
)
def test_an_end_within_thirty_days_is_told(on, expected):
    assert a_consent().ends_soon(on) is expected


def test_a_renewed_consent_is_no_longer_told_to_end():
    old = a_consent(valid_to=date(2026, 12, 31))
    new = a_consent(id=2, replaces_id=1, given=ON)

    assert rules.ending_soon([old], ON) == (old,)
    assert rules.ending_soon([old, new], ON) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipient": " "}, "recipient"),
        ({"scopes": ()}, "scopes"),
        ({"scopes": ("diary",)}, "scopes"),
        ({"given": date(2026, 12, 16)}, "given"),
        ({"valid_to": date(2026, 8, 1)}, "valid_to"),
        ({"valid_to": date(2026, 12, 1)}, "valid_to"),
        ({"given_how": "guessed"}, "given_how"),
        ({"given_how": "spoken"}, "witness"),
        ({"given_how": "representative"}, "witness"),
    ],
)
def test_a_consent_that_is_not_whole_is_refused(change, field):
    with pytest.raises(Refused) as refused:
        rules.checked(a_consent(**change), ON)

    assert refused.value.field == field
