"""The published schemas against what really goes over the wire, by two engines, read from resources."""

import gzip
import json
from datetime import date, datetime
from functools import cache

import jsonschema
import jsonschema_rs
import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain import aggregate, letter_kinds, offering, region_letters
from coachdesk.domain.workshop import Workshop
from coachdesk.exchange import bundle, enrolment, from_region, keys, schemas, seal, statements
from coachdesk.region import devices, enrolling, letters
from coachdesk.settings import resource_folder

from ..conftest import put, withdraw
from .conftest import jwks

pytestmark = pytest.mark.sqlite

FROM = {"name": "Sari Nurmi", "title": "sosiaalityöntekijä", "phone": None, "email": None}
PERSON = {"family_name": "Lahti", "given_names": "Elsa", "personal_identity_code": "010190-900P"}
LETTERS = {
    "referral": {"person": PERSON, "service": "rehabilitative_work_activity", "days_a_week": 3},
    "decision": {"about": "voucher", "number": "PS-17", "expires": "2027-03-31", "days": 60},
    "question": {"words": "Voiko hän aloittaa?"},
    "worker_changed": {"worker": {"name": "Kari Salo"}, "from_day": "2027-01-01"},
    "plan_approved": {"plan": {"kind": "activation_plan", "version": 2}, "approved": "2026-12-10"},
}  # fmt: skip


@cache
def engines(name: str):
    schema = json.loads((resource_folder() / "schema" / f"{name}-1.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    theirs = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True), theirs


def fits(name: str, value: object) -> bool:
    ours, theirs = engines(name)
    assert ours.is_valid(value) == theirs.is_valid(value), "the two engines disagree"
    return ours.is_valid(value)


def said(answer, line, typ: str) -> dict:
    found = statements.read(answer.content, typ=typ, known=line.known)
    assert fits("header", seal.header_of(answer.content, 3, statements.BIGGEST))
    return dict(found.value)


def receipt_of(answer, line, desk) -> dict:
    value = seal.open_receipt(
        answer.content, region_id=line.region.card.id, device=desk.id, region_keys=line.known
    )
    assert fits("header", seal.header_of(answer.content, 3, seal.BIGGEST_RECEIPT))
    return value


def from_a_desk(desk_key) -> list[dict]:
    """One item of every kind, by the functions that really make them."""
    shop = Workshop(name_fi="Merenkurkun työpaja", phone="06 123 4567")
    card = offering.ServiceCard(
        workshop_id=1, uid="c" * 32, languages=("fi", "sv"), days=(1, 3), about_fi="Kaikille.", told=True,
        municipality="905", counted=date(2026, 12, 14),
    )  # fmt: skip
    places = [offering.FreePlaces(workshop_id=1, service_kind="rehabilitative_work_activity", free=3)]
    quarter = aggregate.Quarter(year=2026, number=3)
    member = aggregate.Member(
        phase="2", attended_days="11_30", service="rehabilitative_work_activity", end_reason="goes_on",
        benefit="none", age="29_54", language="sv",
    )  # fmt: skip
    people = [member] * 40
    at = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)
    letter = region_letters.RegionLetter(region_id="r", uid="e" * 32, kind="referral", received=at)
    answer = region_letters.Answer(
        letter_id=1, uid="d" * 32, outcome="accepted", words="Tervetuloa.", start=date(2027, 1, 11),
        written=at.date(), accepted=at,
    )  # fmt: skip
    got = {"epoch": 1, "seq": 1, "sha256": "a" * 64, "result": "stored"}
    return [
        bundle.snapshot(),
        bundle.void(3),
        withdraw(),
        put(),
        {"kind": bundle.LETTERS_RECEIVED, "letters": [got]},
        {"kind": bundle.DESK_KEY, "key": keys.public(desk_key)},
        region_letters.answer_item(letter, answer),
        offering.card_item(card, shop, places, version=1, on=at.date()),
        aggregate.item("f" * 32, "c" * 32, quarter, len(people), aggregate.tables(people)),
    ]


def inside(items: list[dict]) -> dict:
    packed = bundle.packed(items)
    assert packed is not None
    return json.loads(gzip.decompress(packed))


def test_every_file_in_resources_is_published_and_sound():
    for file in (resource_folder() / "schema").glob("*.json"):
        schema = json.loads(file.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema_rs.Draft202012Validator(schema)
        assert schema["$id"] == f"urn:coachdesk:schema:{file.stem}"
        assert file.name in schemas.PUBLISHED or file.name == "export-1.json"


def test_a_bundle_of_a_desk_fits_with_an_item_of_every_kind():
    items = from_a_desk(keys.new_key(keys.ENCRYPT))

    assert {item["kind"] for item in items} == set(bundle.item_schemas())
    for item in items:
        assert fits("bundle", inside([item])), item["kind"]
        assert schemas.fits(item, item["kind"])
    assert fits("bundle", inside(items))
    assert fits("bundle", inside([{"kind": "of-a-later-program", "anything": [1.5]}]))


@pytest.mark.parametrize("kind", list(bundle.item_schemas()))
def test_an_item_with_a_member_more_or_less_does_not_fit(kind):
    item = next(one for one in from_a_desk(keys.new_key(keys.ENCRYPT)) if one["kind"] == kind)

    assert not fits("bundle", inside([item | {"more": 1}]))
    for name in item.keys() - {"kind"}:
        assert not fits("bundle", inside([{other: item[other] for other in item if other != name}])), name


@pytest.mark.parametrize("kind", list(LETTERS))
def test_a_letter_of_every_kind_fits_and_one_with_a_member_more_or_less_does_not(kind):
    assert set(LETTERS) == set(letter_kinds.KINDS)
    made = letter_kinds.made(kind, "a" * 32, **LETTERS[kind], **{"from": FROM, "written": "2026-12-15"})

    assert fits("letters", inside([made]))
    assert not fits("letters", inside([made | {"more": 1}]))
    for name in made.keys() - {"kind"}:
        assert not fits("letters", inside([{other: made[other] for other in made if other != name}])), name


def test_a_status_fits(line):
    answer = line.client.get("/v1/status", params={"nonce": "0a" * 16})

    assert fits("status", said(answer, line, statements.STATUS))


def test_an_enrolment_its_answer_and_the_public_files_fit(line, region, newcomer, clock):
    desk = newcomer()
    asked = line.enrolment(desk, enrolling.make_code(region, clock.now()).replace("-", ""))
    answer = line.client.post("/v1/devices", content=asked, headers={"content-type": "application/jose"})

    assert fits("enrolment", dict(statements.unverified(asked, statements.ENROLMENT).value))
    assert fits("enrolled", said(answer, line, statements.ENROLLED))
    assert fits("device", json.loads(jwks(desk)))
    assert fits("region", json.loads((region.folder / "region.json").read_text("utf-8")))
    assert fits("region", json.loads(enrolment.card_text(region.card)))


def test_a_token_fits(line, a_desk):
    desk = a_desk()
    token = line.token(desk, f"/v1/devices/{desk.id}/letters").encode()

    assert fits("token", dict(statements.unverified(token, statements.TOKEN).value))


def test_every_refusal_that_is_met_here_fits(line, a_desk):
    desk = a_desk()
    for answer in (
        line.client.get("/v1/status", params={"nonce": "x"}),
        line.client.get("/v1/nothing"),
        line.put(b"x", "a" * 64),
        line.put(b"x"),
        line.client.post("/v1/devices", content=b"x", headers={"content-type": "application/jose"}),
        line.ask(desk, token="x"),
        line.put(b"x" * 70_000),
    ):
        assert fits("refusal", said(answer, line, statements.REFUSAL)), answer.status_code


def test_a_refusal_that_asks_to_wait_fits(line, monkeypatch, a_desk):
    line.client.app.state.doors.writer.stop()
    answer = line.put(a_desk().seal([put()], seq=1).content)
    told = said(answer, line, statements.REFUSAL)

    assert told["wait"] > 0
    assert fits("refusal", told)


def test_receipts_fit_with_everything_that_may_stand_in_them(line, region, newcomer, clock):
    desk = newcomer()
    line.enrol(desk, enrolling.make_code(region, clock.now()))
    items = [put(), put("b", valid_to=date(2020, 1, 1)), {"kind": "x"}, {"kind": bundle.PUT}]
    letter = {"from": FROM, "words": "Voiko?"}
    letters.send(region, desk.id, "question", letter, clock.now())
    told = receipt_of(line.put(desk.seal(items, seq=3).content), line, desk)
    (inner,) = [item for item in told["items"] if item["kind"] == "receipt"]

    assert fits("receipt", told)
    assert inner["missing"] == [1, 2]
    assert len(inner["bundles"][0]["rejected"]) == 2 and inner["bundles"][0]["set_aside"] == 1
    assert fits("receipt", receipt_of(line.put(desk.seal([withdraw()], seq=2).content), line, desk))
    state = receipt_of(line.ask(desk), line, desk)
    assert {item["kind"] for item in state["items"]} == {"receipt", "letters", "held"}
    assert fits("receipt", state)


def test_the_receipt_of_a_revoked_desk_fits_and_a_strange_member_never_does(line, region, a_desk, clock):
    desk = a_desk()
    with region.writing() as connection:
        devices.revoke(connection, desk.id, clock.now())
    told = receipt_of(line.ask(desk), line, desk)

    assert "device" in {item["kind"] for item in told["items"]}
    assert fits("receipt", told)
    for number, item in enumerate(told["items"]):
        changed = [*told["items"][:number], item | {"more": 1}, *told["items"][number + 1 :]]
        assert not fits("receipt", told | {"items": changed}), item["kind"]


def test_a_letter_that_is_really_sealed_opens_and_fits(line, region, newcomer, clock):
    desk = newcomer()
    line.enrol(desk, enrolling.make_code(region, clock.now()))
    for kind, members in LETTERS.items():
        letters.send(region, desk.id, kind, {**members, "from": FROM}, clock.now())
    after, met = "0.0", set()
    while (answer := line.ask(desk, "letters", query=f"?after={after}")).status_code == 200:
        own = {desk.seal_key["kid"]: desk.seal_key}
        signed = {region.card.id: line.known}
        found = from_region.unseal(answer.content, device=desk.id, own_keys=own, regions=signed)
        after = f"{found.label.epoch}.{found.label.seq}"
        met |= {item["kind"] for item in found.value["items"]}
        assert fits("letters", found.value)
    assert met == set(LETTERS)
