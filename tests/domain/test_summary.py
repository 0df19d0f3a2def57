"""What leaves: only the fields of consented scopes, and the same bytes for the same fields."""

import json
import string
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from coachdesk.domain import summary
from coachdesk.domain.assessment import SelfAssessment
from coachdesk.domain.consent import CONSENT_SCOPES, SCOPES, Consent, Prohibition
from coachdesk.domain.phases import Coaching, NextStep, Opening
from coachdesk.domain.plan import Plan, PlanItem, PlanVersion, Signature
from coachdesk.domain.summary_fields import FIELDS, FREE, Record
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.i18n import words

ON = date(2026, 12, 15)
REGION = "wellbeing_area_ostrobothnia"
SCHEMAS = Path(__file__).parent.parent.parent / "resources" / "schema"
KEYS = tuple(SCOPES)


def a_consent(*scopes, **more):
    found = {
        "id": 1,
        "trainee_id": 7,
        "recipient": REGION,
        "scopes": scopes,
        "given": date(2026, 9, 1),
        "valid_to": date(2027, 6, 30),
    }
    return Consent(**(found | more))


def a_record(**more):
    found = {
        "trainee": Trainee(
            id=7,
            family_name="Mäkelä",
            given_names="Säde",
            personal_identity_code="010190-900P",
            birth_date=date(1990, 1, 1),
            phone="050 123 4567",
            email="sade@example.fi",
            street_address="Salaisuudentie 1",
            municipality="905",
            mother_tongue="so",
            goal="Töihin ulos, kasvien pariin",
            support_needed="Rauhallinen aloitus",
        ),
        "openings": (
            Opening(id=1, trainee_id=7, phase=1, opened=date(2026, 5, 1), closed=date(2026, 6, 1)),
            Opening(id=2, trainee_id=7, phase=3, opened=date(2026, 8, 4), reason="salainen syy"),
        ),
        "next_step": NextStep(id=1, trainee_id=7, text="Tutustumiskäynti", due=date(2026, 12, 17)),
        "attended": ((date(2026, 11, 1), 12), (date(2026, 12, 1), 6)),
        "plans": (Plan(id=3, trainee_id=7, kind="activation_plan", made=date(2026, 7, 3)),),
        "versions": (
            PlanVersion(
                plan_id=3,
                version=2,
                state="signed",
                begun=datetime(2026, 7, 1, tzinfo=UTC),
                signed=date(2026, 7, 3),
                items=(PlanItem(key="goals", kind="goals", text="salainen tavoite"),),
                signatures=(Signature(role="trainee", name="Säde Mäkelä", on_day=date(2026, 7, 3)),),
            ),
        ),
        "coaching": (Coaching(id=1, trainee_id=7, begins=date(2026, 5, 1)),),
        "self_assessments": (
            SelfAssessment(trainee_id=7, instrument="abilitator", area=2, score=7, on_day=date(2026, 6, 1)),
        ),
    }
    return Record(**(found | more))


def projected(record, *scopes, on=ON):
    return summary.project(record, [a_consent(*scopes)], on, recipient=REGION)


def test_nothing_leaves_without_consent():
    assert summary.project(a_record(), [], ON, recipient=REGION) == {}
    assert summary.project(a_record(), [a_consent(*KEYS)], ON, recipient="kela") == {}


def test_nothing_leaves_under_a_prohibition():
    bar = Prohibition(trainee_id=7, given=ON)

    assert summary.project(a_record(), [a_consent(*KEYS)], ON, recipient=REGION, prohibitions=[bar]) == {}


def test_nothing_leaves_after_the_last_day():
    assert projected(a_record(), *KEYS, on=date(2027, 7, 1)) == {}


@pytest.mark.parametrize("key", KEYS)
def test_a_scope_lets_out_its_own_fields_and_no_other(key):
    assert tuple(projected(a_record(), key)) == SCOPES[key].fields


def test_phases_leave_as_days_and_never_as_running_counts():
    assert projected(a_record(), "phases") == {
        "phases": [
            {"phase": 1, "opened": "2026-05-01", "closed": "2026-06-01", "open": 0},
            {"phase": 3, "opened": "2026-08-04", "closed": None, "open": 1},
        ]
    }
    assert projected(a_record(), "phases") == projected(a_record(), "phases", on=date(2027, 2, 1))


def test_a_phase_whose_date_is_not_known_leaves_without_it():
    record = a_record(openings=(Opening(trainee_id=7, phase=2, opened=ON, date_known=False),))

    assert projected(record, "phases")["phases"] == [{"phase": 2, "opened": None, "closed": None, "open": 1}]


def test_attended_days_leave_of_finished_months_only():
    assert projected(a_record(), "attended") == {"attended_months": [{"month": "2026-11", "days": 12}]}


def test_attended_days_leave_of_twelve_months_at_most():
    months = tuple((date(2025 + n // 12, n % 12 + 1, 1), 5) for n in range(24))
    found = projected(a_record(attended=months), "attended")["attended_months"]

    assert [row["month"] for row in found][::11] == ["2025-12", "2026-11"]


def test_a_plan_leaves_by_kind_version_dates_and_signatures_without_names_or_words():
    found = projected(a_record(), "plan")

    assert found == {
        "plans": [
            {
                "kind": "activation_plan",
                "version": 2,
                "made": "2026-07-03",
                "valid_to": None,
                "review": None,
                "signatures": [{"role": "trainee", "day": "2026-07-03"}],
            }
        ]
    }


@pytest.mark.parametrize("outcome", ["interrupted_health", "sick_leave_and_rehabilitation", "no_such"])
def test_an_outcome_of_health_leaves_as_otherwise(outcome):
    ended = Coaching(trainee_id=7, begins=date(2026, 5, 1), ends=date(2026, 9, 1), outcome=outcome)
    (row,) = projected(a_record(coaching=(ended,)), "job_search")["job_coaching"]

    assert row["outcome"] == "otherwise"


def test_the_municipality_of_a_protected_person_stays_home_and_no_address_ever_leaves():
    record = a_record()
    hidden = replace(record, trainee=replace(record.trainee, non_disclosure=True))

    assert projected(record, "basic")["municipality"] == "905"
    assert projected(hidden, "basic")["municipality"] is None
    assert b"Salaisuudentie" not in summary.canonical(projected(record, *KEYS))


def test_words_beside_a_phone_number_stay_home():
    record = a_record()
    record = replace(record, trainee=replace(record.trainee, phone="äidin numero 050 123 4567"))

    assert projected(record, "basic")["phone"] is None


def test_words_longer_than_500_letters_are_refused_and_not_cut():
    record = a_record()
    record = replace(record, trainee=replace(record.trainee, goal="ä" * 501))

    with pytest.raises(Refused) as refused:
        projected(record, "goals")
    assert refused.value.field == "goal"


def test_words_leave_composed():
    record = a_record()
    record = replace(record, trainee=replace(record.trainee, goal="To\u0308ihin"))

    assert projected(record, "goals")["goal"] == "Töihin"


# Non-interference: two records alike in the allowed fields give the same bytes.

LETTERS = st.text(alphabet=string.ascii_letters + "åäö é", min_size=1, max_size=30)
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))
TRAINEES = st.builds(
    Trainee,
    family_name=LETTERS,
    given_names=LETTERS,
    personal_identity_code=st.sampled_from(["", "010190-900P", "150385Y9024"]),
    birth_date=st.none() | DAYS,
    phone=st.sampled_from(["", "050 123 4567", "soita äidille"]),
    email=st.sampled_from(["", "a@example.fi", "not one"]),
    street_address=LETTERS,
    municipality=st.sampled_from(["", "905", "499", "Lund"]),
    mother_tongue=LETTERS,
    service_language=st.sampled_from(["fi", "sv"]),
    devices=LETTERS,
    goal=LETTERS,
    support_needed=LETTERS,
)
OPENINGS = st.builds(
    Opening,
    trainee_id=st.just(7),
    phase=st.integers(1, 5),
    opened=DAYS,
    closed=st.none() | DAYS,
    date_known=st.booleans(),
    reason=LETTERS,
)
RECORDS = st.builds(
    Record,
    trainee=TRAINEES,
    openings=st.lists(OPENINGS, max_size=4).map(tuple),
    next_step=st.none() | st.builds(NextStep, trainee_id=st.just(7), text=LETTERS, due=st.none() | DAYS),
    attended=st.dictionaries(DAYS.map(lambda d: d.replace(day=1)), st.integers(0, 25), max_size=5).map(
        lambda found: tuple(found.items())
    ),
    plans=st.lists(
        st.builds(
            Plan,
            id=st.integers(1, 3),
            trainee_id=st.just(7),
            kind=st.sampled_from(["activation_plan", "coaching_plan"]),
            made=st.none() | DAYS,
            our_goals=LETTERS,
        ),
        max_size=2,
        unique_by=lambda plan: plan.id,
    ).map(tuple),
    versions=st.lists(
        st.builds(
            PlanVersion,
            plan_id=st.integers(1, 3),
            version=st.integers(1, 3),
            state=st.just("signed"),
            begun=st.just(datetime(2024, 1, 1, tzinfo=UTC)),
            signed=st.none() | DAYS,
            items=st.lists(st.builds(PlanItem, key=LETTERS, kind=st.just("goals"), text=LETTERS)).map(tuple),
            signatures=st.lists(
                st.builds(Signature, role=st.sampled_from(["trainee", "kela"]), name=LETTERS, on_day=DAYS),
                max_size=2,
            ).map(tuple),
        ),
        max_size=3,
        unique_by=lambda version: (version.plan_id, version.version),
    ).map(tuple),
    self_assessments=st.lists(
        st.builds(
            SelfAssessment,
            trainee_id=st.just(7),
            instrument=st.just("abilitator"),
            area=st.integers(1, 9),
            score=st.integers(0, 10),
            on_day=DAYS,
        ),
        max_size=3,
    ).map(tuple),
    coaching=st.lists(
        st.builds(
            Coaching,
            trainee_id=st.just(7),
            begins=DAYS,
            ends=st.none() | DAYS,
            outcome=st.sampled_from(["", "employed", "interrupted_health"]),
        ),
        max_size=2,
    ).map(tuple),
)
SCOPE_SETS = st.sets(st.sampled_from([*KEYS, "diary"]))

# what of a record each scope may draw on; everything else is taken from the other record
DRAWN = {
    "basic": {"trainee": (
        "family_name", "given_names", "personal_identity_code", "birth_date", "municipality",
        "service_language", "phone", "email", "non_disclosure",
    )},
    "phases": {"openings": ()},
    "goals": {"trainee": ("goal",), "next_step": ()},
    "attended": {"attended": ()},
    "plan": {"plans": (), "versions": ()},
    "job_search": {"coaching": ()},
    "self_assessment": {"self_assessments": ()},
    "support": {"trainee": ("support_needed",)},
}  # fmt: skip


def test_every_scope_says_what_of_a_record_it_may_draw_on():
    assert tuple(DRAWN) == KEYS


def with_allowed_of(one, other, scopes):
    """The other record, but alike with the first in what the scopes may draw on."""
    for scope in scopes:
        for part, names in DRAWN.get(scope, {}).items():
            value = getattr(one, part)
            if names:
                value = replace(getattr(other, part), **{name: getattr(value, name) for name in names})
            other = replace(other, **{part: value})
    return other


# what stays home also of a part that a scope draws on: each of these may be anything
STAYS = {
    "openings": ("reason",),
    "plans": ("number", "maker", "our_goals"),
    "versions": ("support_person", "explained_by", "check_code"),
    "self_assessments": ("language", "filled_how"),
}


def with_other_words(record, words):
    """The same record, with other words wherever a part has words that no scope lets out."""
    for part, names in STAYS.items():
        rows = tuple(replace(row, **dict.fromkeys(names, words)) for row in getattr(record, part))
        record = replace(record, **{part: rows})
    items, present = (PlanItem(key="other", kind="goals", text=words),), (words,)
    versions = (
        replace(
            version,
            items=items,
            participants=present,
            signatures=tuple(replace(one, name=words) for one in version.signatures),
        )
        for version in record.versions
    )
    return replace(record, versions=tuple(versions))


@settings(max_examples=300, deadline=None)
@given(RECORDS, RECORDS, SCOPE_SETS, DAYS, LETTERS)
def test_records_alike_in_the_allowed_fields_give_the_same_bytes(one, other, scopes, on, words):
    consent = a_consent(*scopes, given=date(2024, 1, 1), valid_to=date(2028, 1, 1))
    alike = with_other_words(with_allowed_of(one, other, scopes), words)

    found = summary.project(one, [consent], on, recipient=REGION)
    assert summary.canonical(found) == summary.canonical(
        summary.project(alike, [consent], on, recipient=REGION)
    )
    assert set(found) == {name for key in scopes & set(KEYS) for name in SCOPES[key].fields}


VALIDATOR = Draft202012Validator(summary.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


@settings(max_examples=100, deadline=None)
@given(RECORDS, SCOPE_SETS, DAYS)
def test_what_is_projected_fits_its_schema_reads_back_and_can_be_shown(record, scopes, on):
    consent = a_consent(*scopes, given=date(2024, 1, 1), valid_to=date(2028, 1, 1))
    found = summary.project(record, [consent], on, recipient=REGION)

    assert summary.fits(found)
    assert VALIDATOR.is_valid(found)
    assert summary.canonical(json.loads(summary.canonical(found))) == summary.canonical(found)
    for language in ("fi", "sv", "en"):
        shown = summary.lines(found, words(language))
        assert [line.field for line in shown] == [n for s in CONSENT_SCOPES for n in s.fields if n in found]
        assert all(line.text and "{" not in line.text for line in shown)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet=string.ascii_lowercase + "_", max_size=8), inner, max_size=4)
    ),
)


@settings(max_examples=300)
@given(JSON)
def test_canonical_bytes_are_those_of_rfc_8785(value):
    assert summary.canonical(value) == rfc8785.dumps(value)


BAD = [
    ("family_name", "Mäkelä\u0000"),
    ("family_name", "A\u030a"),
    ("personal_identity_code", "010190-900P\n"),
    ("personal_identity_code", "٠١٠١٩٠-900P"),
    ("birth_date", "2026-02-30"),
    ("birth_date", "2026-2-3"),
    ("municipality", "Vaasa"),
    ("service_language", "en"),
    ("phone", "050 123\n4567"),
    ("email", "a@b"),
    ("phases", [{"phase": 6, "opened": None, "closed": None, "open": 0}]),
    ("phases", [{"phase": True, "opened": None, "closed": None, "open": 0}]),
    ("phases", [{"phase": 1, "opened": None, "closed": None, "open": 0, "reason": "x"}]),
    ("phases", None),
    ("goal", "x" * 501),
    ("goal", ""),
    ("attended_months", [{"month": "2026-13", "days": 3}]),
    ("attended_months", [{"month": "2026-11", "days": 0}]),
    ("attended_months", [{"month": "2026-11", "days": 3.5}]),
    ("job_coaching", [{"begun": "2026-01-01", "ended": None, "outcome": "interrupted_health"}]),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_value_of_another_form_never_passes(name, value):
    whole = projected(a_record(), *KEYS)

    assert summary.fits(whole)
    assert not summary.fits(whole | {name: value})


def test_a_scope_leaves_whole_or_not_at_all():
    whole = projected(a_record(), *KEYS)
    half = {name: value for name, value in whole.items() if name != "phone"}

    assert not summary.fits(half)
    assert not VALIDATOR.is_valid(half)
    assert not summary.fits(whole | {"diary": "x"})


def test_acceptance_is_asked_anew_when_words_change_and_only_then():
    whole = projected(a_record(), *KEYS)

    assert summary.words_digest(whole) == summary.words_digest(whole | {"attended_months": []})
    assert summary.digest(whole) != summary.digest(whole | {"attended_months": []})
    for name in FREE:
        assert summary.words_digest(whole) != summary.words_digest(whole | {name: None})


def test_the_schema_in_resources_is_the_one_the_table_makes():
    """Write it anew with ``python -m coachdesk.exchange.schemas``."""
    kept = json.loads((SCHEMAS / "summary-1.json").read_text("utf-8"))

    assert kept == summary.schema()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_form_lists_each_field_that_a_scope_lets_out(language):
    for scope in CONSENT_SCOPES:
        paper = summary.on_paper(scope, words(language))
        assert paper.title
        assert paper.sentence
        assert paper.plain
        assert len(paper.fields) == len(scope.fields)


def test_every_title_is_said_once():
    titles = [field.title for field in FIELDS.values()]

    assert len(titles) == len(set(titles))
