"""What stands between a desk and its region: each is told in words, and nothing of it is believed."""

import contextlib
import datetime
import gzip
import http.server
import ipaddress
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from coachdesk.domain.line import wait_after
from coachdesk.errors import NoLine, Refused
from coachdesk.exchange import enrolment, keys, line, statements
from coachdesk.exchange.joining_region import checked_code
from coachdesk.exchange.keys import ENCRYPT, SIGN
from coachdesk.exchange.line import Wire, checked_address
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.exchange.region_client import RegionClient

PRIVATE = keys.new_key(SIGN)
CARD = enrolment.RegionCard(
    id="alue",
    name_fi="Alue",
    name_sv="Området",
    body="wellbeing_area_ostrobothnia",
    keys=(keys.public(keys.new_key(ENCRYPT)), keys.public(PRIVATE)),
)
PAGE = b"<html><body>Welcome to the hotel</body></html>"


@pytest.fixture
def something():
    """``something(answer)`` listens and answers each request by ``answer(request)``; its address."""
    running = []

    def something(answer, tls=None):
        class Answering(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                something.asked.append(self.path)
                answer(self)

            do_PUT = do_POST = do_CONNECT = do_GET  # noqa: N815

            def log_message(self, *_rest):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        server.daemon_threads = True
        server.handle_error = lambda *_rest: None
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        running.append(server)
        scheme = "https" if tls is not None else "http"
        return f"{scheme}://127.0.0.1:{server.server_port}"

    something.asked = []
    yield something
    for server in running:
        server.shutdown()
        server.server_close()


def says(status=200, body=b"", **headers):
    def answer(request):
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def asked(address, **more):
    with Wire(address, **more) as wire:
        return RegionClient(wire, region_id="alue", device="x" * 43, keys=CARD.of_use(SIGN)).status()


def no_line(address, **more):
    with pytest.raises(NoLine) as found:
        asked(address, **more)
    return found.value


def signed_status(nonce, *, key=PRIVATE, **changed):
    value = {
        "status": 1, "nonce": nonce, "time": "2026-12-15T07:14:00Z", "protocol": [1],
        "region": enrolment.card_value(CARD), **changed,
    }  # fmt: skip
    return statements.sign(statements.STATUS, value, aud="*", iss="alue", iat=1, key=key)


def nonce_of(request):
    return request.path.rpartition("=")[2]


def test_online_is_a_status_that_the_region_signed_to_our_nonce(something):
    found = asked(something(lambda r: says(body=signed_status(nonce_of(r)))(r)))

    assert found.card.fingerprint == CARD.fingerprint
    assert found.time.isoformat() == "2026-12-15T07:14:00+00:00"


@pytest.mark.parametrize(
    "answer",
    [
        lambda r: says(body=signed_status("0" * 32))(r),  # an older one, played again
        lambda r: says(body=signed_status(nonce_of(r)).replace(b".", b"..", 1))(r),
        lambda r: says(body=b"ok")(r),
        lambda r: says(status=404, body=b"nothing")(r),
    ],
)
def test_what_the_region_did_not_sign_now_is_not_the_region(something, answer):
    assert "is not the region" in str(no_line(something(answer)))


def test_a_key_that_the_region_has_not_told_is_not_believed_and_named_as_such(something):
    at = something(lambda r: says(body=signed_status(nonce_of(r), key=keys.new_key(SIGN)))(r))
    assert "a key that is not known here" in str(no_line(at))


@pytest.mark.parametrize("status", [200, 511])
def test_a_page_of_the_network_asks_for_its_own_sign_in(something, status):
    problem = no_line(something(says(status, PAGE, content_type="text/html; charset=utf-8")))

    assert "sign in on a page of its own" in str(problem)
    assert not problem.stops


def test_a_redirect_is_told_and_never_followed(something):
    other = something(says(body=PAGE))
    problem = no_line(something(says(302, location=f"{other}/v1/status")))

    assert "sends on to 127.0.0.1" in str(problem)
    assert len(something.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_busy_answer_is_tried_again_after_what_it_asks(something, status):
    problem = no_line(something(says(status, b"later", retry_after="120")))

    assert (problem.stops, problem.after) == (False, 120.0)


@pytest.mark.parametrize("told", ["-1", "soon", "9" * 20, ""])
def test_an_odd_wait_is_no_wait(something, told):
    assert no_line(something(says(503, b"later", retry_after=told))).after is None


@pytest.mark.parametrize("reason", sorted(REFUSALS))
def test_each_signed_refusal_has_its_sentence_and_is_tried_again_or_stops(something, reason):
    why = REFUSALS[reason]

    def refuses(request):
        value = {"refusal": 1, "reason": reason, "about": request.path.rpartition("/")[2], "time": ""}
        signed = statements.sign(statements.REFUSAL, value, aud="*", iss="alue", iat=1, key=PRIVATE)
        says(why.status, signed, retry_after="7")(request)

    problem = put(something(refuses))
    assert (problem.message, problem.stops, problem.reason) == (why.sentence, not why.again, reason)
    assert problem.after == (7.0 if why.again else None)


@pytest.mark.parametrize("about", ["f" * 64, "x"])
def test_a_refusal_of_something_else_is_no_answer(something, about):
    value = {"refusal": 1, "reason": "device_revoked", "about": about, "time": ""}
    signed = statements.sign(statements.REFUSAL, value, aud="*", iss="alue", iat=1, key=PRIVATE)

    assert "is not the region" in str(put(something(says(403, signed))))


def test_a_refusal_that_anybody_else_signed_stops_nothing(something):
    value = {"refusal": 1, "reason": "device_revoked", "about": "0" * 64, "time": ""}
    signed = statements.sign(statements.REFUSAL, value, aud="*", iss="alue", iat=1, key=keys.new_key(SIGN))

    assert not put(something(says(403, signed))).stops


def put(address):
    with Wire(address) as wire, pytest.raises(NoLine) as found:
        client = RegionClient(wire, region_id="alue", device="x" * 43, keys=CARD.of_use(SIGN))
        client.put("0" * 64, b"bundle")
    return found.value


def test_a_lying_proxy_is_no_region(something):
    proxy = something(says(200, PAGE, content_type="text/html"))
    problem = no_line("https://region.example", proxy=proxy)

    assert not problem.stops  # it opened a way, and what spoke there was no region


def test_a_proxy_that_asks_for_a_name_is_told(something):
    proxy = something(says(407, b""))

    assert "proxy" in str(no_line("https://region.example", proxy=proxy))


def test_a_proxy_that_is_gone_is_told_by_its_own_name_not_by_the_regions():
    said = str(no_line("https://region.example", proxy="http://localhost:1"))
    assert "localhost" in said and "region.example" not in said


def test_an_answer_without_end_is_left(something):
    def endless(request):
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 65536)

    assert "is not the region" in str(no_line(something(endless)))


def test_an_answer_that_drips_is_left(something, monkeypatch):
    monkeypatch.setattr(line, "WHOLE_SECONDS", 0.2)
    over = threading.Event()

    def drips(request):
        request.send_response(200)
        request.end_headers()
        while not over.wait(0.02):
            request.wfile.write(b"x")

    assert "took too long" in str(no_line(something(drips)))
    over.set()


@pytest.mark.parametrize("what", [b"h", b"HTTP/1.1 200 OK\r\nx-a: ", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_headers_that_drip_are_left_after_the_same_time(monkeypatch, what):
    """Each byte comes within the time of a read, and the whole never."""
    monkeypatch.setattr(line, "WHOLE_SECONDS", 0.4)
    over = threading.Event()
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def drips():
            peer, _address = listening.accept()
            with peer, contextlib.suppress(OSError):
                while not over.wait(0.02):
                    peer.sendall(what)

        dripping = threading.Thread(target=drips, daemon=True)
        dripping.start()
        begun = time.monotonic()
        problem = no_line(f"http://127.0.0.1:{listening.getsockname()[1]}")
        over.set()
        dripping.join(5)

    assert time.monotonic() - begun < 5
    assert not problem.stops and ("took too long" in str(problem) or what == b"h")


def test_a_safe_connection_that_is_never_made_is_left_in_time(monkeypatch):
    """A handshake is bounded as a whole, by the time for a connection."""
    monkeypatch.setattr(line, "CONNECT_SECONDS", 0.4)
    over = threading.Event()
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def drips():
            peer, _address = listening.accept()
            with peer, contextlib.suppress(OSError):
                peer.sendall(b"\x16\x03\x03\x3f\xff")  # a record of TLS, of which a byte comes now and then
                while not over.wait(0.02):
                    peer.sendall(b"\x02")

        threading.Thread(target=drips, daemon=True).start()
        begun = time.monotonic()
        problem = no_line(f"https://127.0.0.1:{listening.getsockname()[1]}")
        over.set()

    assert time.monotonic() - begun < 5 and not problem.stops


def test_a_bomb_in_a_packed_answer_is_not_unpacked(something):
    packed = gzip.compress(b"0" * 10_000_000)

    assert "is not the region" in str(no_line(something(says(body=packed, content_encoding="gzip"))))


def test_nobody_there_is_told():
    assert "takes no connections" in str(no_line("http://127.0.0.1:9"))


def test_what_is_under_way_can_be_cut_from_another_thread(something):
    begun, over = threading.Event(), threading.Event()

    def waits(_request):
        begun.set()
        over.wait(20)

    wire, found = Wire(something(waits)), []

    def ask():
        try:
            wire.ask("GET", "/v1/status")
        except NoLine as problem:
            found.append(problem)

    asking = threading.Thread(target=ask)
    asking.start()
    assert begun.wait(10)
    wire.cut()
    asking.join(5)
    over.set()

    assert len(found) == 1
    wire.close()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("alue.example", "https://alue.example"),
        (" https://alue.example/coachdesk/ ", "https://alue.example/coachdesk"),
        ("https://alue.example:8443", "https://alue.example:8443"),
        ("http://127.0.0.1:8420", "http://127.0.0.1:8420"),
        ("http://[::1]:8420", "http://[::1]:8420"),
        ("https://hyvinvointialue-ääni.example", "https://hyvinvointialue-ääni.example"),
    ],
)
def test_an_address_is_kept_in_one_form(text, address):
    assert checked_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["http://alue.example", "https://user:word@alue.example", "ftp://alue.example", "", "https://", "a b",
     "https://alue.example/?x=1", "https://alue.example/../x y", "https://alue.example:99999",
     "http://127.0.0.1.alue.example"],
)  # fmt: skip
def test_what_is_no_address_of_a_region_is_refused(text):
    with pytest.raises(Refused):
        checked_address(text)


@pytest.mark.parametrize("text", ["7K3M-9QWX-2B4C", "7k3m 9qwx 2b4c", "7K3M9QWX2B4C", "7k3m–9qwx–2b4c"])
def test_a_code_is_read_however_it_was_typed(text):
    assert checked_code(text) == "7K3M9QWX2B4C"


def test_letters_that_look_alike_in_a_code_are_taken():
    assert checked_code("OIl0-0000-0000") == "011000000000"


@pytest.mark.parametrize("text", ["", "7K3M", "7K3M-9QWX-2B4U", "7K3M-9QWX-2B4CC"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(Refused):
        checked_code(text)


def test_waits_grow_with_chance_up_to_half_an_hour():
    assert [wait_after(n, 0.999999) for n in (1, 2, 3)] == pytest.approx([5, 10, 20], rel=1e-3)
    assert wait_after(50, 0.999999) == pytest.approx(1800, rel=1e-3)
    assert wait_after(7, 0.0) == 0


def test_what_the_region_asks_is_the_least_and_a_day_the_most():
    assert wait_after(1, 0.5, 120) == 120
    assert wait_after(1, 0.5, 10**9) == 24 * 3600


# Certificates


@pytest.fixture
def certified(tmp_path, monkeypatch, something):
    """``certified(from_day, to_day, name)`` listens with a certificate of a house that this test trusts."""
    now = datetime.datetime.now(datetime.UTC)

    def issued(name, issuer, key, signing_key, begins, ends, *, authority=False):
        found = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
        found = found.serial_number(x509.random_serial_number())
        found = found.not_valid_before(now + begins).not_valid_after(now + ends)
        found = found.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        if not authority:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(certified.host))])
            found = found.add_extension(names, critical=False)
        return found.sign(signing_key, hashes.SHA256())

    def certified(begins=-1, ends=30, host="127.0.0.1", trusted=True):
        days = datetime.timedelta
        certified.host = host
        own, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        house = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "House of the test")])
        leaf = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "region")])
        root = issued(house, house, own, own, days(days=-400), days(days=400), authority=True)
        cert = issued(leaf, house, other, own, days(days=begins), days(days=ends))
        pem = serialization.Encoding.PEM
        (tmp_path / "root.pem").write_bytes(root.public_bytes(pem) if trusted else b"")
        (tmp_path / "cert.pem").write_bytes(cert.public_bytes(pem))
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.PKCS8
        (tmp_path / "key.pem").write_bytes(other.private_bytes(pem, form, plain))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        return something(lambda r: says(body=signed_status(nonce_of(r)))(r), tls=context)

    return certified


def test_a_certificate_of_a_house_that_the_computer_trusts_is_taken(certified):
    assert asked(certified()).card.id == "alue"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"begins": -30, "ends": -2}, "past its last day"),
        ({"begins": 2, "ends": 30}, "not in force yet"),
        ({"host": "127.0.0.2"}, "certificate of another name"),
        ({"trusted": False}, "does not trust"),
    ],
)
def test_a_certificate_that_is_not_right_has_its_own_words(certified, something, made, words):
    problem = no_line(certified(**made))

    assert words in str(problem)
    assert something.asked == []  # nothing was said to it


def test_time_passes_by_its_own_measure(something):
    found = asked(something(lambda r: says(body=signed_status(nonce_of(r)))(r)))
    later = found.now()

    assert datetime.timedelta(0) <= later - found.time < datetime.timedelta(seconds=30)
    assert found.read_at <= time.monotonic()
