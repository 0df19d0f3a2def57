"""The published schemas of statements and public files: what is really made fits, by two engines."""

import json
import re
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest

from coachdesk.domain import letter_kinds
from coachdesk.exchange import bundle, enrolment, keys, seal, statement_schemas, statements
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.settings import resource_folder

SIGN, SEAL = keys.new_key(keys.SIGN), keys.new_key(keys.ENCRYPT)
CARD = enrolment.RegionCard(
    id="pohjanmaa", name_fi="Alue", name_sv="Området", body=enrolment.DEFAULT_BODY,
    keys=(keys.public(SEAL), keys.public(SIGN)),
)  # fmt: skip
REGION = enrolment.card_value(CARD)
NONCE, MOMENT = "0123456789abcdef" * 2, "2026-12-15T07:14:00Z"
DEVICE = json.loads(enrolment.device_text(keys.public(SIGN), keys.public(SEAL)))
PATH = f"/v1/devices/{SIGN['kid']}/state"
GOOD = {
    "region-1.json": REGION,
    "device-1.json": DEVICE,
    "status-1.json": {"status": 1, "nonce": NONCE, "time": MOMENT, "protocol": [1, 2], "region": REGION},
    "enrolment-1.json": {"enrolment": 1, "code": "7K3M9QWX2B4C", "nonce": NONCE, "jwks": DEVICE},
    "enrolled-1.json": {
        "enrolled": 1, "nonce": NONCE, "device": SIGN["kid"], "region": REGION,
        "fingerprint": keys.fingerprint(SIGN, SEAL),
    },
    "token-1.json": {"token": 1, "jti": NONCE, "path": PATH, "from": MOMENT, "to": MOMENT},
    "asked-1.json": {"asked": 1, "nonce": NONCE, "after": "1.3", "sha256": NONCE * 2},
    "refusal-1.json": {"refusal": 1, "reason": "too_many", "about": NONCE * 2, "time": MOMENT, "wait": 30},
    "header-1.json": {
        "alg": "ES256", "kid": SIGN["kid"], "typ": statements.STATUS, "cty": "application/json", "aud": "*",
        "iss": "pohjanmaa", "iat": 1,
    },
}  # fmt: skip
ALSO = [
    ("region-1.json", REGION | {"address": "https://alue.example/coachdesk"}),
    ("device-1.json", keys.public(SIGN)),
    ("device-1.json", {"keys": [keys.public(SIGN)]}),
    ("refusal-1.json", {"refusal": 1, "reason": "bad_request", "about": "", "time": MOMENT}),
    ("asked-1.json", {"asked": 1, "nonce": NONCE, "after": "", "sha256": ""}),
]
BAD = [
    ("region-1.json", REGION | {"id": "Pohjanmaa"}),
    ("region-1.json", REGION | {"body": "no_such_body"}),
    ("region-1.json", REGION | {"jwks": {"keys": [keys.public(SEAL), keys.public(SEAL)]}}),
    ("region-1.json", REGION | {"jwks": {"keys": [keys.public(SIGN) | {"d": SIGN["d"]}, keys.public(SEAL)]}}),
    ("device-1.json", keys.public(SEAL)),
    ("device-1.json", SIGN),
    ("status-1.json", GOOD["status-1.json"] | {"nonce": NONCE.upper()}),
    ("status-1.json", GOOD["status-1.json"] | {"time": "2026-12-15T09:14:00+02:00"}),
    ("enrolment-1.json", GOOD["enrolment-1.json"] | {"code": "7K3M-9QWX-2B4C"}),
    ("enrolment-1.json", GOOD["enrolment-1.json"] | {"code": "7K3M9QWX2B4I"}),
    ("enrolled-1.json", GOOD["enrolled-1.json"] | {"fingerprint": "0123"}),
    ("token-1.json", GOOD["token-1.json"] | {"path": "/v1/devices/x/state"}),
    ("asked-1.json", GOOD["asked-1.json"] | {"after": "1"}),
    ("refusal-1.json", GOOD["refusal-1.json"] | {"reason": "because"}),
    ("refusal-1.json", GOOD["refusal-1.json"] | {"wait": "30"}),
    *(("header-1.json", GOOD["header-1.json"] | {name: value}) for name, value in (
        ("alg", "none"), ("typ", seal.BUNDLE), ("crit", ["b64"]), ("b64", False), ("zip", "DEF"),
        ("iat", True), ("aud", "**"), ("iss", "*"),
    )),
]  # fmt: skip


def judge(name: str, value: object) -> bool:
    schema = statement_schemas.PUBLISHED[name]()
    ours = jsonschema_rs.Draft202012Validator(schema).is_valid(value)
    assert ours == jsonschema.Draft202012Validator(schema).is_valid(value), "the two engines disagree"
    return ours


@pytest.mark.parametrize(("name", "value"), [*GOOD.items(), *ALSO])
def test_what_desk_and_region_say_fits(name, value):
    assert judge(name, value)


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_they_never_say_does_not_fit(name, value):
    assert not judge(name, value)


@pytest.mark.parametrize("name", list(GOOD))
def test_a_member_more_or_less_does_not_fit(name):
    assert not judge(name, GOOD[name] | {"more": 1})
    optional = {"address", "wait"}
    for member in GOOD[name].keys() - optional:
        assert not judge(name, {other: value for other, value in GOOD[name].items() if other != member})


@pytest.mark.parametrize("name", list(GOOD))
def test_every_object_of_a_schema_is_closed(name):
    def walk(schema):
        if isinstance(schema, dict):
            if schema.get("type") == "object" and "properties" in schema:
                assert schema["additionalProperties"] is False
            for inner in schema.values():
                walk(inner)
        elif isinstance(schema, list):
            for inner in schema:
                walk(inner)

    walk(statement_schemas.PUBLISHED[name]())


def test_a_header_that_is_really_signed_fits():
    for typ in (statements.STATUS, statements.REFUSAL, statements.ENROLLED):
        signed = statements.sign(typ, {}, aud="*", iss="pohjanmaa", iat=1, key=SIGN)
        assert judge("header-1.json", statements.header_of(signed, typ))


def test_every_reason_of_a_refusal_is_in_the_schema():
    for reason in REFUSALS:
        assert judge("refusal-1.json", GOOD["refusal-1.json"] | {"reason": reason})


def test_what_fits_is_read_and_what_is_read_fits():
    """The reader of public files and the schema agree on every example that is not about names."""
    for value in (REGION, REGION | {"address": "https://alue.example"}):
        assert enrolment.read_card(json.dumps(value).encode()) and judge("region-1.json", value)
    for value in (DEVICE, keys.public(SIGN)):
        assert enrolment.read_device(json.dumps(value).encode()) and judge("device-1.json", value)


def test_the_protocol_names_every_published_schema_or_its_statement():
    page = (Path(__file__).parent.parent.parent / "docs" / "protocol.md").read_text("utf-8")

    for name in statement_schemas.PUBLISHED:
        word = re.sub(r"-1\.json$", "", name)
        assert word in page, name


def members(schema: object) -> set[str]:
    """Every member that a schema names, and every word of its closed lists."""
    if isinstance(schema, list):
        return set().union(*map(members, schema))
    if not isinstance(schema, dict):
        return set()
    own = {*schema.get("properties", {}), *(one for one in schema.get("enum", ()) if isinstance(one, str))}
    return own.union(*map(members, schema.values()))


def section(title: str) -> str:
    """One section of the protocol's page."""
    page = (Path(__file__).parent.parent.parent / "docs" / "protocol.md").read_text("utf-8")
    return re.split(r"^##", page.split(title, 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


NUMBERS = {3: "void", 5: "letters_received", 7: "answer", 8: "service_card", 9: "aggregate"}
ITEMS = {f"## 5.{one} `{kind}`": {kind: bundle.item_schemas()[kind]} for one, kind in NUMBERS.items()}
ITEMS["## 9 Letters"] = letter_kinds.item_schemas()


@pytest.mark.parametrize("title", ITEMS)
def test_the_protocol_tells_each_member_of_an_item_and_no_other(title):
    text, known = section(title), members(list(ITEMS[title].values()))
    told = set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) - set(ITEMS[title])

    assert told <= known
    assert {one for one in known - {"kind"} if not re.search(rf"[`\"]{one}[`\"]", text)} == set()


@pytest.mark.parametrize("name", list(statement_schemas.PUBLISHED))
def test_the_files_in_resources_are_those_that_the_tables_make(name):
    """Write them anew with ``python -m coachdesk.exchange.schemas``."""
    text = json.dumps(statement_schemas.PUBLISHED[name](), indent=1, ensure_ascii=False) + "\n"

    assert (resource_folder() / "schema" / name).read_text("utf-8") == text
