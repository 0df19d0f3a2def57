"""Wrong input: one stated answer each, signed; nothing lost, nothing half applied (protocol 7)."""

import base64
import json
import re
import zlib
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from joserfc import jwe, jws
from sqlalchemy import text

from coachdesk.domain.summary import canonical
from coachdesk.exchange import bundle, keys, seal, statements
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.region import devices, enrolling
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits
from tests.region.asgi import TestClient

from ..conftest import Desk, put
from .conftest import JOSE, Line

PROTOCOL = Path(__file__).parents[3] / "docs" / "protocol.md"


@pytest.fixture
def nothing_changed(region):
    """The whole store before and after, but for the tokens that were used."""

    def rows():
        with region.engine.connect() as connection:
            names = (
                "device",
                "bundle",
                "numbers",
                "summary",
                "ledger",
                "consent",
                "told",
                "letter",
                "alarm",
                "code",
            )
            return {
                name: sorted(map(str, connection.execute(text(f"SELECT * FROM {name}")).all()))
                for name in names
            }

    before = rows()
    yield
    assert rows() == before


def wrapped(region, inner: bytes, **change) -> bytes:
    """Any inner text, sealed for the region."""
    public = next(iter(region.card.of_use(keys.ENCRYPT).values()))
    header = {**seal.OUTER, "kid": public["kid"], **change}
    allowed = jwe.JWERegistry(algorithms=["ECDH-ES+A256KW", "A256GCM", "DEF"], strict_check_header=False)
    return jwe.encrypt_compact(header, inner, keys.imported(public), registry=allowed).encode()


def own(desk, packed: bytes, **change) -> bytes:
    return wrapped(desk.region, signed(desk, packed, **change))


def signed(desk, packed: bytes, **change) -> bytes:
    header = {
        "alg": "ES256", "kid": desk.id, "typ": seal.BUNDLE, "cty": "application/gzip", "iss": desk.id,
        "aud": desk.region.card.id, "epoch": 1, "seq": 1, "prev": "", "iat": 1,
    } | change  # fmt: skip
    allowed = jws.JWSRegistry(algorithms=["ES256", "none"], strict_check_header=False)
    key = None if header["alg"] == "none" else keys.imported(change.get("key", desk.key))
    return jws.serialize_compact(header, packed, key or keys.imported(desk.key), registry=allowed).encode()


def gz(value) -> bytes:
    return zlib.compress(canonical(value), 6, 31)


EMPTY = {"bundle": 1, "items": [], "pad": ""}


def unsigned(desk) -> bytes:
    header = json.loads(base64.urlsafe_b64decode(signed(desk, gz(EMPTY)).split(b".")[0] + b"=="))
    named = base64.urlsafe_b64encode(json.dumps(header | {"alg": "none"}).encode()).rstrip(b"=")
    return named + b"." + base64.urlsafe_b64encode(gz(EMPTY)).rstrip(b"=") + b"."


def bomb() -> bytes:
    maker = zlib.compressobj(9, zlib.DEFLATED, 31)
    return maker.compress(b" " * (9 << 20)) + maker.flush()


def test_the_page_states_every_refusal_as_the_program_has_it():
    page = PROTOCOL.read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| [^|]+ \| (again|stops) \| ([^|]+) \|$", page, re.M)

    stated = [(int(status), reason, then == "again", sentence) for status, reason, then, sentence in rows]
    assert stated == [(one.status, reason, one.again, one.sentence) for reason, one in REFUSALS.items()]


@pytest.mark.parametrize(
    ("reason", "made"),
    [
        ("not_a_bundle", lambda desk: b"no bundle"),
        ("not_a_bundle", lambda desk: b""),
        ("not_a_bundle", lambda desk: wrapped(desk.region, unsigned(desk))),
        ("not_a_bundle", lambda desk: wrapped(desk.region, signed(desk, gz(EMPTY)), zip="DEF")),
        ("not_a_bundle", lambda desk: own(desk, gz(EMPTY), more="x")),
        ("not_a_bundle", lambda desk: own(desk, gz(EMPTY), kid="A" * 43)),
        ("not_a_bundle", lambda desk: own(desk, gz(EMPTY), seq=0)),
        ("not_a_bundle", lambda desk: own(desk, gz(EMPTY), more="x" * 1100)),
        ("damaged", lambda desk: desk.seal([put()], seq=1).content[:-4] + b"AAAA"),
        ("damaged", lambda desk: own(desk, b"no gzip")),
        ("damaged", lambda desk: own(desk, zlib.compress(b"{", 6, 31))),
        ("damaged", lambda desk: own(desk, zlib.compress(b'{"a":1,"a":2}', 6, 31))),
        ("unknown_device", lambda desk: Desk(desk.region).seal([put()], seq=1).content),
        ("wrong_signature", lambda desk: wrapped(desk.region, signed(desk, gz(EMPTY))[:-8] + b"AAAAAAAA")),
        ("wrong_audience", lambda desk: own(desk, gz(EMPTY), aud="toinen")),
        ("too_big_inside", lambda desk: own(desk, bomb())),
        ("too_big_inside", lambda desk: own(desk, gz([[]] * 600_000))),
        ("wrong_form", lambda desk: own(desk, gz({"bundle": 1}))),
        ("wrong_form", lambda desk: own(desk, gz([]))),
        ("newer_version", lambda desk: own(desk, gz(EMPTY | {"bundle": 2}))),
        ("too_big", lambda desk: b"x" * 67_713),
    ],
)  # fmt: skip
def test_a_bundle_that_is_wrong_is_refused_with_its_reason(line, a_desk, request, reason, made):
    content = made(a_desk())
    request.getfixturevalue("nothing_changed")

    answer = line.put(content)
    assert line.reason(answer, about=sha256(content).hexdigest()) == reason


def test_a_bundle_sealed_for_another_region_is_refused(line, a_desk, request):
    desk = a_desk()
    other = keys.new_key(keys.ENCRYPT)
    label = seal.Label(aud="pohjanmaa", iss=desk.id, epoch=1, seq=1, iat=1)
    content = seal.seal(bundle.packed([put()]), label, desk.key, keys.public(other)).content
    request.getfixturevalue("nothing_changed")

    assert line.reason(line.put(content)) == "wrong_key"


def test_bytes_that_are_not_what_their_name_says_are_refused(line, a_desk, request):
    content = a_desk().seal([put()], seq=1).content
    request.getfixturevalue("nothing_changed")

    assert line.reason(line.put(content, name="0" * 64), about="0" * 64) == "hash_mismatch"
    assert line.reason(line.put(content, name="short"), about="") == "bad_request"


def test_another_type_a_false_length_or_method_is_refused(line, nothing_changed):
    put_ = line.client.put
    assert (
        line.reason(put_(f"/v1/bundles/{'0' * 64}", content=b"x", headers={"content-type": "text/html"}))
        == "wrong_type"
    )
    assert line.reason(put_(f"/v1/bundles/{'0' * 64}", content=b"x")) == "wrong_type"
    headers = {"content-type": JOSE, "content-length": "99999999999"}
    assert line.reason(put_(f"/v1/bundles/{'0' * 64}", content=b"x", headers=headers)) == "too_big"
    assert line.reason(line.client.post(f"/v1/bundles/{'0' * 64}")) == "wrong_method"
    assert line.reason(line.client.get("/v1/nothing")) == "no_such_path"
    for query in ("", "?nonce=short", f"?nonce={'A' * 32}", f"?nonce={'a' * 32}&more=1"):
        assert line.reason(line.client.get(f"/v1/status{query}")) == "bad_request"


def test_headers_that_are_too_long_are_not_read(line, nothing_changed):
    answer = line.client.get("/v1/status", params={"nonce": "a" * 32}, headers={"x-long": "x" * 17_000})

    assert answer.status_code == 431


def test_a_body_in_pieces_is_stopped_when_it_is_too_big(line, nothing_changed):
    taken = []

    def endless():
        for _ in range(100):
            taken.append(1)
            yield b"x" * 20_000

    answer = line.client.put(f"/v1/bundles/{'0' * 64}", content=endless(), headers={"content-type": JOSE})
    assert line.reason(answer) == "too_big"


def test_the_same_bundle_again_is_no_replay_and_a_fork_is_a_conflict(line, a_desk, held):
    desk = a_desk()
    one = desk.seal([put()], seq=1)
    other = desk.seal([put("b")], seq=1)

    assert [line.put(content).status_code for content in (one.content, one.content, other.content)] == [
        201,
        200,
        409,
    ]
    assert [summary["ref"][0] for summary in held()["summaries"]] == ["a"]
    assert [alarm["kind"] for alarm in held()["devices"][0]["alarms"]] == ["fork"]


def test_a_gap_is_taken_and_named(line, a_desk):
    desk = a_desk()
    answer = line.put(desk.seal([put()], seq=3).content)

    assert answer.status_code == 201
    assert line.receipt(answer, desk).receipts[0].missing == (1, 2)


TOKENS = {
    "no token": ("token_wrong", lambda line, desk, path: ""),
    "no jose": ("token_wrong", lambda line, desk, path: "a.b.c"),
    "another's key": ("token_wrong", lambda line, desk, path: line.token(
        desk, path, key=keys.new_key(keys.SIGN))),
    "another region": ("token_wrong", lambda line, desk, path: line.token(desk, path, aud="toinen")),
    "another path": ("token_wrong", lambda line, desk, path: line.token(desk, path + "x")),
    "over a minute": ("token_wrong", lambda line, desk, path: line.token(
        desk, path, to="2026-12-15T07:15:01Z")),
    "too old": ("token_old", lambda line, desk, path: line.token(
        desk, path, **{"from": "2026-12-15T07:12:29Z", "to": "2026-12-15T07:13:29Z"})),
    "still to come": ("token_old", lambda line, desk, path: line.token(
        desk, path, **{"from": "2026-12-15T07:14:31Z", "to": "2026-12-15T07:15:31Z"})),
    "no time": ("token_wrong", lambda line, desk, path: line.token(desk, path, to="2026-99-99T07:15:01Z")),
    "no jti": ("token_wrong", lambda line, desk, path: line.token(desk, path, jti="x")),
    "newer": ("newer_version", lambda line, desk, path: line.token(desk, path, token=2)),
}  # fmt: skip


@pytest.mark.parametrize("what", TOKENS)
def test_a_token_that_is_wrong_opens_nothing(line, a_desk, request, what):
    desk = a_desk()
    reason, made = TOKENS[what]
    request.getfixturevalue("nothing_changed")
    token = made(line, desk, f"/v1/devices/{desk.id}/state")

    assert line.reason(line.ask(desk, token=token)) == reason


def test_a_token_is_used_once(line, a_desk):
    desk = a_desk()
    token = line.token(desk, f"/v1/devices/{desk.id}/state", jti="c" * 32)

    assert line.ask(desk, token=token).status_code == 200
    assert line.reason(line.ask(desk, token=token), about="c" * 32) == "token_used"


def test_nobody_asks_for_another_desk(line, a_desk, newcomer):
    mine, other = a_desk(), a_desk()
    path = f"/v1/devices/{other.id}/state"

    assert line.reason(line.ask(other, token=line.token(mine, path, iss=other.id))) == "token_wrong"
    assert line.reason(line.ask(newcomer())) == "unknown_device"
    assert line.reason(line.ask(mine, "letters")) == "bad_request"


def test_a_code_is_used_once_lasts_a_day_and_cannot_be_guessed(line, region, newcomer, clock):
    one, other = newcomer(), newcomer()
    code = enrolling.make_code(region, clock.now())
    assert line.enrol(one, code).status_code == 201

    assert line.reason(line.enrol(other, code), about="a" * 32) == "code_used"
    assert line.reason(line.enrol(other, "0000-0000-0000")) == "code_unknown"
    late = enrolling.make_code(region, clock.now())
    clock.at += timedelta(hours=24, seconds=1)
    assert line.reason(line.enrol(other, late)) == "code_expired"
    assert other.id not in region.devices


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"aud": "toinen"}, "wrong_audience"),
        ({"key": "other"}, "not_an_enrolment"),
        ({"iss": "A" * 43}, "not_an_enrolment"),
        ({"jwks": {"keys": []}}, "not_an_enrolment"),
        ({"jwks": 7}, "not_an_enrolment"),
        ({"nonce": "x"}, "not_an_enrolment"),
        ({"enrolment": 2}, "newer_version"),
    ],
)
def test_an_enrolment_that_is_wrong_is_refused(line, region, newcomer, clock, change, reason):
    desk, code = newcomer(), enrolling.make_code(region, clock.now())
    change = {"key": keys.new_key(keys.SIGN)} if "key" in change else change

    assert line.reason(line.enrol(desk, code, **change)) == reason
    assert region.devices == {}
    assert line.enrol(desk, code).status_code == 201


def test_a_revoked_desk_is_not_enrolled_again_under_its_key(line, region, newcomer, clock):
    desk = newcomer()
    line.enrol(desk, enrolling.make_code(region, clock.now()))
    with region.writing() as connection:
        devices.revoke(connection, desk.id, clock.now())

    assert line.reason(line.enrol(desk, enrolling.make_code(region, clock.now()))) == "device_revoked"


class TestFewRequests:
    @pytest.fixture
    def limits(self):
        return Limits(device_a_minute=2, address_a_minute=6, codes_an_hour=1)

    def test_a_desk_that_asks_too_often_waits_and_loses_nothing(self, line, a_desk, held):
        desk, other = a_desk(), a_desk()
        letters = [desk.seal([put(ref)], seq=seq).content for seq, ref in enumerate("abc", 1)]

        assert [line.put(one).status_code for one in letters[:2]] == [201, 201]
        refused = line.put(letters[2])
        assert line.reason(refused) == "too_many"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert line.put(other.seal([put("d")], seq=1).content).status_code == 201
        assert sorted(one["ref"][0] for one in held()["summaries"]) == ["a", "b", "d"]

    def test_a_desk_that_sends_all_day_waits_too(self, region, clock, a_desk):
        desk, limits = a_desk(), Limits(bundles_a_day=2)
        with TestClient(application(region, clock, limits=limits, staff=False)) as client:
            line = Line(client, region, clock)
            letters = [desk.seal([put(ref)], seq=seq).content for seq, ref in enumerate("abc", 1)]
            assert [line.put(one).status_code for one in letters] == [201, 201, 429]
            assert line.reason(line.put(letters[2])) == "too_many"
            assert line.ask(desk).status_code == 200  # how things stand is told all the same

    def test_an_address_that_asks_too_often_waits(self, line):
        ask = [line.client.get("/v1/status", params={"nonce": "a" * 32}) for _ in range(7)]

        assert [one.status_code for one in ask] == [200] * 6 + [429]
        assert line.reason(ask[-1]) == "too_many"

    def test_codes_are_not_tried_out(self, line, newcomer):
        assert line.reason(line.enrol(newcomer(), "0" * 12)) == "code_unknown"
        assert line.reason(line.enrol(newcomer(), "1" * 12)) == "too_many"


def test_a_mistake_of_ours_changes_nothing_and_says_nothing(line, a_desk, request, monkeypatch, caplog):
    from coachdesk.region import receipts

    desk = a_desk()
    letter = desk.seal([put()], seq=1)
    request.getfixturevalue("nothing_changed")

    def broken(*_what, **_more):
        raise ValueError("Hyvinsalainen")

    with monkeypatch.context() as patch:
        patch.setattr(receipts, "signed", broken)
        answer = line.put(letter.content)
    assert line.reason(answer) == "fault"
    assert "Hyvinsalainen" not in caplog.text and "ValueError" in caplog.text


def test_refusals_are_signed_with_the_key_that_the_desk_knows(line, region, clock):
    from coachdesk.region import key_changes

    old = region.signing_key["kid"]
    key_changes.rotate(region, clock.now(), who="")
    for knows, kid in ((old, old), ("", region.signing_key["kid"]), ("A" * 43, region.signing_key["kid"])):
        answer = line.client.get("/v1/status", headers={"coachdesk-knows": knows})
        assert statements.read(answer.content, typ=statements.REFUSAL, known=line.known).kid == kid
