"""Every door takes any bytes: what is read is right, or refused with a sentence, and soon.

The bytes are random, or a good file cut, changed, repeated or nested without end.  Time is counted as the
processor's own, so a slow computer fails nothing.
"""

import gzip
import io
import json
import time
import tomllib
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk.domain import codes
from coachdesk.errors import Problem
from coachdesk.exchange import enrolment, incoming, keys, seal
from coachdesk.importing import reading
from coachdesk.store import keyfile
from tests.exchange.letters import DEVICE, OTHER_SIGN, REGION, SEAL, SIGN, opened, sealed
from tests.faults import held, tries

MOST_SECONDS = 2.0


def spreadsheet() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Sukunimi", "Etunimet", "Ensikontakti"])
    book.active.append(["Aho", "Väinö", "1.2.2026"])
    book.save(out)
    return out.getvalue()


def key_file() -> bytes:
    slot = {
        "id": "a", "kind": "passphrase", "coach_id": 1, "label": "M", "salt": "00" * 16, "nonce": "00" * 12,
        "wrapped": "00" * 48, "argon2id": {"memory_kib": 65536, "passes": 3, "lanes": 4},
    }  # fmt: skip
    whole = {"format": keyfile.FORMAT, "version": 1, "desk": "d", "written": 1, "slots": [slot], "mac": "00"}
    return json.dumps(whole | {"sum": keyfile._sum(whole)}).encode()


def region_card() -> bytes:
    card = enrolment.RegionCard(
        id=REGION, name_fi="Alue", name_sv="Området", body=enrolment.DEFAULT_BODY,
        keys=(keys.public(SEAL), keys.public(SIGN)),
    )  # fmt: skip
    return enrolment.card_text(card)


def receipt(content: bytes) -> object:
    own = {SIGN["kid"]: keys.public(SIGN), OTHER_SIGN["kid"]: keys.public(OTHER_SIGN)}
    return incoming.read(content, region_id=REGION, device=DEVICE, region_keys=own)


def code_file(content: bytes) -> object:
    return codes.read("strange", tomllib.loads(content.decode("utf-8")))


CODES = (codes._FOLDER / "outcomes.toml").read_bytes()
CSV = 'Sukunimi;Etunimet;Ensikontakti\nAho;Väinö;1.2.2026\nBerg;"Åsa ""B""";3.4.2026\n'.encode()
DOORS = {
    "csv": (reading.read_content, CSV, Problem),
    "workbook": (reading.read_content, spreadsheet(), Problem),
    "bundle": (opened, sealed().content, Problem),
    "receipt": (receipt, sealed().content, Problem),
    "issuer": (seal.issuer, sealed().content, Problem),
    "region card": (enrolment.read_card, region_card(), Problem),
    "desk key": (enrolment.read_device, enrolment.device_text(keys.public(SIGN)), Problem),
    "key file": (keyfile.parse, key_file(), (Problem, ValueError)),
    "codes": (code_file, CODES, (Problem, ValueError, RecursionError)),
}
DEEP = (b"[" * 200_000, b'{"a":' * 100_000, b'{"keys":' + b"[" * 90_000, b"-" * 200_000, b"1" * 200_000)


SHARP = [b"\0", b'"', b"{", b"\xff", b"NaN", b"1e999"]


@st.composite
def strange(draw, good: bytes) -> bytes:
    """A good file with something done to it, or bytes that have nothing to do with it."""
    kind = draw(st.sampled_from(("random", "cut", "change", "put", "twice", "swap")))
    at = draw(st.integers(0, len(good)))
    some = draw(st.binary(min_size=1, max_size=40) | st.sampled_from(SHARP))
    match kind:
        case "random":
            return draw(st.binary(max_size=600))
        case "cut":
            return good[:at]
        case "change":
            return good[:at] + some + good[at + len(some) :]
        case "put":
            return good[:at] + some + good[at:]
        case "twice":
            return good + good[at:]
    return good[at:] + good[:at]


def taken(name: str, content: bytes) -> None:
    read, _good, refusals = DOORS[name]
    began, told = time.thread_time(), False
    try:
        read(content)
    except refusals as refused:
        assert str(refused) or isinstance(refused, RecursionError)
        told = True
    assert time.thread_time() - began < MOST_SECONDS
    held(told=told)


@pytest.mark.faults("strange")
@pytest.mark.parametrize("name", list(DOORS))
def test_any_bytes_are_read_or_refused_and_soon(name):
    @settings(
        max_examples=tries(4000, 200), deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strange(DOORS[name][1]))
    def try_it(content):
        taken(name, content)

    try_it()


@pytest.mark.parametrize("name", list(DOORS))
def test_the_good_file_itself_is_read(name):
    read, good, _refusals = DOORS[name]
    if name not in ("receipt", "issuer"):  # what stands for theirs is a bundle
        assert read(good)


@pytest.mark.faults("strange")
@pytest.mark.parametrize("name", list(DOORS))
@pytest.mark.parametrize("content", DEEP, ids=range(len(DEEP)))
def test_nesting_without_end_is_refused_and_soon(name, content):
    taken(name, content)


def bomb(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def lying(content: bytes) -> bytes:
    """The same zip, whose directory says that its biggest part has 100 bytes."""
    size = (60_000_000).to_bytes(4, "little")
    return content.replace(size, (100).to_bytes(4, "little"))


SWELL = {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}
BOMBS = {
    "swells": bomb(SWELL),
    "says it is small": lying(bomb(SWELL)),
    "zip in zip": bomb({"xl/workbook.xml": b"<x/>", "xl/a.bin": bomb({"b": b"\0" * 9_000_000})}),
    "many parts": bomb({"xl/workbook.xml": b"<x/>", **{f"xl/a{n}.xml": b"x" for n in range(5000)}}),
    "entities": bomb({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 999 + b'">]><a>&b;&b;</a>'}),
    "gzip": gzip.compress(b"\0" * 60_000_000),
}


@pytest.mark.faults("strange", told=True)
@pytest.mark.parametrize("name", list(BOMBS))
def test_a_file_that_swells_is_refused_and_soon(name):
    began = time.thread_time()
    with pytest.raises(Problem):
        reading.read_content(BOMBS[name])

    assert time.thread_time() - began < MOST_SECONDS
