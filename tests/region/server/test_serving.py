"""``coachdesk-region serve`` as a real process over real sockets: bounded, patient, stopped whole."""

import contextlib
import datetime as dt
import http.client
import ipaddress
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from coachdesk.clock import HELSINKI, SystemClock
from coachdesk.exchange import enrolment, keys
from coachdesk.exchange.joining_region import ask_card, checked_code, enrol
from coachdesk.exchange.line import Wire
from coachdesk.exchange.region_client import RegionClient
from coachdesk.region import enrolling, folder, listing
from coachdesk.region.__main__ import main

from ..conftest import Desk, put

JOSE = {"content-type": "application/jose"}
PATIENCE = 1


@contextlib.contextmanager
def served(region: Path, *words: object):
    """A receiver in its own process; its address and the process."""
    own = ("serve", "--region", region, "--listen", "127.0.0.1:0", "--patience", PATIENCE)
    command = [sys.executable, "-m", "coachdesk.region", *own, "--a-minute-address", "0", *words]
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COACHDESK_LANGUAGE": "en"},
    )
    try:
        said = process.stdout.readline()
        found = re.search(r"https?://\S+", said)
        assert found, said + process.stderr.read()
        yield found[0], process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    found = tmp_path_factory.mktemp("served") / "region"
    folder.init(found, region_id="alue", name_fi="Alue", name_sv="Området", body=enrolment.DEFAULT_BODY)
    return found


@pytest.fixture(scope="module")
def server(place):
    with served(place) as (address, _process):
        yield address


@pytest.fixture
def region(place):
    found = folder.open_region(place)
    yield found
    found.engine.dispose()


@pytest.fixture
def desk(region, tmp_path) -> Desk:
    return Desk(region).enrol(tmp_path, SystemClock())


def send(client: httpx.Client, sealed) -> httpx.Response:
    return client.put(f"/v1/bundles/{sealed.sha256}", content=sealed.content, headers=JOSE)


def port(address: str) -> int:
    return int(address.rpartition(":")[2])


def memory(address: str) -> int:
    text = httpx.get(f"{address}/metrics").text
    return int(re.search(r"^process_resident_memory_bytes (\d+)$", text, re.M)[1])


def test_a_desk_enrols_by_code_sends_and_asks(server, region):
    desk = Desk(region)
    letter_key = keys.new_key(keys.ENCRYPT)
    code = enrolling.make_code(region, SystemClock().now())
    with Wire(server) as wire:
        card = ask_card(wire)
        assert card.fingerprint == region.card.fingerprint
        enrol(wire, card, checked_code(code), signing_key=desk.key, letter_key=letter_key, iat=1)
        client = RegionClient(wire, region_id="alue", device=desk.id, keys=card.of_use(keys.SIGN))
        client.status()
        letter = desk.seal([put()], seq=1)
        assert not client.put(letter.sha256, letter.content).revoked
        assert not client.state(desk.key).revoked
        assert client.letter(0, 0, desk.key) is None
    today = dt.datetime.now(HELSINKI).date()
    assert desk.id in [one["device"] for one in listing.listed(region, today)["summaries"]]


def test_whatever_is_sent_memory_stays(server):
    """Two hundred megabytes in pieces, and a thousand wrong bundles: the process does not grow with them."""
    httpx.get(f"{server}/v1/status", params={"nonce": "a" * 32})
    before = memory(server)

    def pieces():
        for _ in range(3200):
            yield b"x" * (64 << 10)

    with contextlib.suppress(httpx.HTTPError):
        httpx.put(f"{server}/v1/bundles/{'0' * 64}", content=pieces(), headers=JOSE)
    content = b"x" * 67_000
    path = f"{server}/v1/bundles/{sha256(content).hexdigest()}"
    with httpx.Client() as client:
        for _ in range(300):
            assert client.put(path, content=content, headers=JOSE).status_code in (400, 503)

    assert memory(server) - before < 24 << 20


def test_a_body_that_is_too_big_gets_its_answer(server):
    answer = httpx.put(f"{server}/v1/bundles/{'0' * 64}", content=b"x" * 500_000, headers=JOSE)

    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


def test_headers_that_are_too_long_are_refused(server):
    with socket.create_connection(("127.0.0.1", port(server))) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 16_000)
        time.sleep(0.05)  # so that they are read one after the other
        line.sendall(b"x" * 500)
        assert line.recv(100).startswith(b"HTTP/1.1 431 ")


def test_headers_that_trickle_are_not_waited_for(server):
    with socket.create_connection(("127.0.0.1", port(server))) as line:
        line.settimeout(PATIENCE * 4)
        line.sendall(b"GET /healthz HTTP/1.1\r\n")
        begun = time.monotonic()
        assert line.recv(100) == b""
        assert time.monotonic() - begun < PATIENCE * 3


def test_a_body_that_trickles_is_told_that_it_is_too_slow(server):
    asked = http.client.HTTPConnection("127.0.0.1", port(server), timeout=PATIENCE * 4)
    asked.putrequest("PUT", f"/v1/bundles/{'0' * 64}")
    asked.putheader("Content-Type", "application/jose")
    asked.putheader("Content-Length", "100")
    asked.endheaders(b"x")
    assert asked.getresponse().status == 408
    asked.close()


def test_a_form_that_trickles_is_told_that_it_is_too_slow(server):
    asked = http.client.HTTPConnection("127.0.0.1", port(server), timeout=PATIENCE * 4)
    asked.putrequest("POST", "/sign-in")
    asked.putheader("Content-Type", "application/x-www-form-urlencoded")
    asked.putheader("Content-Length", "100")
    asked.endheaders(b"n")
    answer = asked.getresponse()
    assert (answer.status, answer.headers["connection"]) == (408, "close")
    asked.close()


def test_a_stop_finishes_what_was_begun_and_ends_well(place, region, desk):
    letters = [desk.seal([put()], seq=seq) for seq in range(1, 4)]
    with served(place) as (address, process):
        with httpx.Client(base_url=address) as client:
            done = [
                client.put(f"/v1/bundles/{one.sha256}", content=one.content, headers=JOSE) for one in letters
            ]
            process.send_signal(signal.SIGTERM)
        assert [one.status_code for one in done] == [201, 201, 201]
        assert process.wait(30) == 0
        log = process.stderr.read()
    assert '"status": 201' in log and desk.id[:8] in log and desk.id not in log


def test_what_was_answered_before_a_kill_is_there_after_it(place, region, desk):
    letters = [desk.seal([put()], seq=seq) for seq in range(1, 7)]
    answered = []
    with served(place) as (address, process), httpx.Client(base_url=address) as client:
        for number, one in enumerate(letters):
            if number == 3:
                process.kill()
            with contextlib.suppress(httpx.HTTPError):
                if (
                    client.put(f"/v1/bundles/{one.sha256}", content=one.content, headers=JOSE).status_code
                    == 201
                ):
                    answered.append(one)
    with served(place) as (address, _process), httpx.Client(base_url=address) as client:
        again = [
            client.put(f"/v1/bundles/{one.sha256}", content=one.content, headers=JOSE) for one in letters
        ]

    assert len(answered) >= 3
    assert all(one.status_code in (200, 201) for one in again)
    assert all(again[letters.index(one)].status_code == 200 for one in answered)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "region")])
    now = dt.datetime.now(dt.UTC)
    local = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    day = dt.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - day).not_valid_after(now + day)
    made = made.add_extension(local, False).sign(key, hashes.SHA256())
    folder_ = tmp_path_factory.mktemp("certificate")
    (folder_ / "c.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder_ / "k.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return folder_ / "c.pem", folder_ / "k.pem"


def test_it_has_its_own_certificate(place, certificate):
    cert, key = certificate
    with served(place, "--certificate", cert, "--key", key) as (address, _process):
        assert address.startswith("https://")
        trusting = ssl.create_default_context(cafile=cert)
        assert httpx.get(f"{address}/healthz", verify=trusting).text == "ok\n"
        old = ssl.create_default_context(cafile=cert)
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        assert httpx.get(f"{address}/healthz", verify=old).status_code == 200
        with pytest.raises(httpx.HTTPError):
            httpx.get(address.replace("https", "http") + "/healthz")


def test_behind_a_proxy_the_clients_own_address_counts(place):
    with served(place, "--behind-proxy") as (address, _process):
        assert httpx.get(f"{address}/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 403
        assert httpx.get(f"{address}/metrics").status_code == 200


def test_without_a_proxy_nobody_says_where_they_come_from(server):
    assert httpx.get(f"{server}/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--listen", "0.0.0.0:0"), "in the clear"),
        (("--listen", "nowhere"), "no address"),
        (("--certificate", "c.pem"), "needs its key"),
        (("--certificate", "c.pem", "--key", "k.pem"), "cannot be read"),
        (("--listen", "192.0.2.1:1", "--behind-proxy"), "Nothing can listen"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(place, capsys, words, said, monkeypatch):
    monkeypatch.delenv("COACHDESK_LANGUAGE", raising=False)
    assert main(["serve", "--region", str(place), *words]) == 1
    err = capsys.readouterr().err
    assert said in err and len(err.splitlines()) == 1


def test_a_port_that_is_taken_is_told(place, capsys, server):
    assert main(["serve", "--region", str(place), "--listen", f"127.0.0.1:{port(server)}"]) == 1
    assert "taken" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["0<&-", "0</dev/null"])
def test_it_ends_by_itself_where_its_input_was_closed_from_the_first(place, given):
    """As it was told to: whoever began it is gone."""
    words = f"-m coachdesk.region serve --region '{place}' --listen 127.0.0.1:0 --while-input"
    ended = subprocess.run(["sh", "-c", f"exec '{sys.executable}' {words} {given}"], capture_output=True,
                           text=True, timeout=30)  # fmt: skip
    assert ended.returncode in (0, -signal.SIGTERM) and "Traceback" not in ended.stderr
