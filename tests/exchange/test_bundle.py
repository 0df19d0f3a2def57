"""A bundle's items, its padding and its caps."""

import gzip
import json
import subprocess
from datetime import date

import jsonschema
import jsonschema_rs
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.exchange import bundle, schemas

from .letters import an_item


def test_a_bundle_is_canonical_json_and_reads_back():
    items = [an_item(1), bundle.withdraw(ref="a" * 32, version=2, consent="b" * 32), bundle.void(3)]
    text = gzip.decompress(bundle.packed(items))

    assert rfc8785.dumps(json.loads(text)) == text
    assert bundle.items_of(json.loads(text)) == items


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 250), st.text(alphabet="abcdefghij åäö", max_size=60))
def test_the_length_tells_only_whole_steps_of_four_kib(count, goal):
    fields = {"goal": " ".join(goal.split()) or None, "next_step": None, "next_step_due": None}
    packed = bundle.packed([an_item(n, fields=fields) for n in range(count)])

    assert packed is not None
    assert len(packed) % bundle.STEP == 0
    assert len(packed) <= bundle.MOST_BYTES
    assert len(bundle.items_of(json.loads(gzip.decompress(packed)))) == count


def test_the_gzip_program_reads_it(tmp_path):
    file = tmp_path / "bundle.gz"
    file.write_bytes(bundle.packed([an_item(n) for n in range(100)]))

    done = subprocess.run(["gzip", "-dc", str(file)], capture_output=True, check=True)
    assert len(json.loads(done.stdout)["items"]) == 100


def test_the_gzip_says_nothing_of_time_or_name():
    assert bundle.packed([])[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def test_more_than_250_items_are_more_than_one_bundle():
    assert bundle.packed([an_item(n) for n in range(251)]) is None


def test_more_than_32_kib_is_more_than_one_bundle():
    import random

    noise = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyzåäö0123456789"
    long = [
        an_item(
            n,
            fields={
                "goal": "".join(noise.choices(letters, k=500)),
                "next_step": "".join(noise.choices(letters, k=500)),
                "next_step_due": None,
            },
        )
        for n in range(60)
    ]

    assert bundle.packed(long) is None
    assert bundle.packed(long[:20]) is not None


@pytest.mark.parametrize(
    "fields",
    [{}, {"phases": [], "goal": "x"}, {"diary": "x"}, {"phases": [{"phase": 9}]}, {"support_needed": "\x00"}],
)
def test_only_whole_projections_can_be_sealed(fields):
    with pytest.raises(ValueError, match="projections"):
        an_item(fields=fields)


@pytest.mark.parametrize("name", list(schemas.PUBLISHED))
def test_the_schemas_in_resources_are_those_that_the_tables_make(name):
    """Write them anew with ``python -m coachdesk.exchange.schemas``."""
    from coachdesk.settings import resource_folder

    assert (resource_folder() / "schema" / name).read_text("utf-8") == schemas.text(name)


@pytest.mark.parametrize("name", list(schemas.PUBLISHED))
def test_the_schemas_are_sound_by_two_engines(name):
    jsonschema.Draft202012Validator.check_schema(schemas.PUBLISHED[name]())
    jsonschema_rs.Draft202012Validator(schemas.PUBLISHED[name]())


GOOD = {
    "put": an_item(),
    "withdraw": bundle.withdraw(ref="a" * 32, version=2, consent="b" * 32),
    "void": bundle.void(3),
    "snapshot": bundle.snapshot(),
}
BAD = [
    ("put", {"ref": "A" * 32}),
    ("put", {"ref": "a" * 31}),
    ("put", {"ref": "a" * 32 + "\n"}),
    ("put", {"version": 0}),
    ("put", {"version": 1.5}),
    ("put", {"version": True}),
    ("put", {"valid_to": "2027-02-30"}),
    ("put", {"valid_to": "30.6.2027"}),
    ("put", {"fields": {}}),
    ("put", {"fields": {"goal": "x"}}),
    ("put", {"name": "Säde"}),
    ("withdraw", {"consent": ""}),
    ("void", {"seq": -1}),
    ("snapshot", {"more": 1}),
]


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_of_item_fits_by_both_engines(kind):
    bundle_ = {"bundle": 1, "items": [GOOD[kind]], "pad": "x"}

    assert schemas.fits(GOOD[kind], kind)
    assert jsonschema.Draft202012Validator(bundle.schema()).is_valid(bundle_)


@pytest.mark.parametrize(("kind", "change"), BAD)
def test_an_item_of_another_form_is_refused_by_both_engines(kind, change):
    wrong = GOOD[kind] | change
    strict = jsonschema.Draft202012Validator(
        bundle.schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )

    assert not schemas.fits(wrong, kind)
    assert not strict.is_valid({"bundle": 1, "items": [wrong], "pad": ""})


def test_an_item_of_an_unknown_kind_does_not_spoil_its_bundle():
    found = {"bundle": 1, "items": [{"kind": "letter", "text": "x"}, GOOD["void"]], "pad": ""}

    assert bundle.items_of(found) == found["items"]
    assert jsonschema.Draft202012Validator(bundle.schema()).is_valid(found)


def test_the_last_day_of_a_put_is_a_day():
    assert an_item(valid_to=date(2027, 6, 30))["valid_to"] == "2027-06-30"
