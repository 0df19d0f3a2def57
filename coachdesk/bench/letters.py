"""Letters: 250 summaries sealed, sent, opened and applied, each against raw cryptography or raw SQL."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from coachdesk.bench.desk import NOW, Place
from coachdesk.bench.raw_letters import RawCrypto, RawStore, RawWire
from coachdesk.bench.row import Row, taking_turns

TURNS, IN_A_ROW = 30, 5
SUMMARIES = 250


def rows(place: Place, tell: Callable[[str], None]) -> Iterator[Row]:
    """The rows of the sealed bundle, on its way from the desk into the region's store."""
    items = [item(number) for number in range(SUMMARIES)]
    yield _sealed(items)
    yield _sent(items)
    yield _opened(items)
    yield _applied(items)


def _sealed(items: list[dict[str, Any]]) -> Row:
    raw, pair = RawCrypto(), Pair()
    measured, baseline = taking_turns(TURNS, lambda: pair.seal(items), lambda: raw.seal(items))
    return Row(
        what=f"bundle of {SUMMARIES} summaries sealed", measured=measured, baseline=baseline,
        baseline_is="json, gzip and raw cryptography", most=2, samples=TURNS,
    )  # fmt: skip


def _sent(items: list[dict[str, Any]]) -> Row:
    from coachdesk.exchange import keys
    from coachdesk.exchange.line import Wire
    from coachdesk.exchange.region_client import RegionClient

    pair = Pair()
    bundle = pair.seal(items)
    answer = pair.receipt(bundle.sha256)
    with _Echo(answer) as port, Wire(f"http://127.0.0.1:{port}") as wire:
        known = {pair.answering["kid"]: keys.public(pair.answering)}
        client = RegionClient(wire, region_id=pair.region_id, device=pair.device["kid"], keys=known)
        with closing(RawWire(port, RawCrypto(), answer)) as raw:
            measured, baseline = _in_rows(
                lambda: client.put(bundle.sha256, bundle.content), lambda: raw.put(bundle.content)
            )
    return Row(
        what=f"bundle of {SUMMARIES} summaries sent, its receipt believed", measured=measured,
        baseline=baseline, baseline_is="a bare PUT and one raw verification", most=4, samples=TURNS,
    )  # fmt: skip


def _opened(items: list[dict[str, Any]]) -> Row:
    from coachdesk.exchange import schemas
    from coachdesk.exchange.bundle import PUT, items_of

    raw, pair = RawCrypto(), Pair()
    ours, theirs = pair.seal(items).content, raw.seal(items)

    def receive() -> None:
        assert all(schemas.fits(one, PUT) for one in items_of(pair.open(ours).value))

    measured, baseline = _in_rows(receive, lambda: raw.open(theirs))
    return Row(
        what=f"bundle of {SUMMARIES} summaries opened and held to its schema", measured=measured,
        baseline=baseline, baseline_is="raw cryptography, gunzip and json", most=3, samples=TURNS,
    )  # fmt: skip


def _in_rows(*works: Callable[[], object]) -> list[float]:
    """The median of each, several in a row: what is short would else slip between what others do here."""

    def row(work: Callable[[], object]) -> Callable[[], None]:
        def several() -> None:
            for _ in range(IN_A_ROW):
                work()

        return several

    return [taken / IN_A_ROW for taken in taking_turns(TURNS, *map(row, works))]


def _applied(items: list[dict[str, Any]]) -> Row:
    from coachdesk.exchange.enrolment import DEFAULT_BODY
    from coachdesk.exchange.seal import Label
    from coachdesk.region import folder, ledger

    with tempfile.TemporaryDirectory(prefix="coachdesk-bench-") as made:
        folder.init(Path(made, "region"), region_id="bench", name_fi="B", name_sv="B", body=DEFAULT_BODY)
        region = folder.open_region(Path(made, "region"))
        numbers, others = count(1), count(1)

        def apply() -> None:
            seq = next(numbers)
            label = Label(aud="bench", iss="d" * 43, epoch=1, seq=seq, iat=0)
            with region.writing() as connection:
                now = [one | {"version": seq} for one in items]
                rejected, aside = ledger.apply(connection, label, now, NOW.isoformat())
            assert not rejected
            assert not aside

        with closing(RawStore(Path(made, "raw.db"))) as raw:

            def keep() -> None:
                seq = next(others)
                raw.keep([one | {"version": seq} for one in items], seq)

            measured, baseline = taking_turns(TURNS, apply, keep)
        region.engine.dispose()
    return Row(
        what=f"bundle of {SUMMARIES} summaries judged and kept (FULL)", measured=measured, baseline=baseline,
        baseline_is="one raw upsert of the same rows", most=5, samples=TURNS,
    )  # fmt: skip


class Pair:
    """A desk and a region, with what they seal and open for each other."""

    region_id = "bench"

    def __init__(self) -> None:
        from coachdesk.exchange import keys

        self.device = keys.new_key(keys.SIGN)
        self.answering, self.opening = keys.new_key(keys.SIGN), keys.new_key(keys.ENCRYPT)

    def seal(self, items: list[dict[str, Any]], seq: int = 1, prev: str = "") -> Any:
        """One bundle."""
        from coachdesk.exchange import bundle, keys
        from coachdesk.exchange.seal import Label, seal

        packed = bundle.packed(items)
        assert packed is not None
        label = Label(aud=self.region_id, iss=self.device["kid"], epoch=1, seq=seq, prev=prev, iat=0)
        return seal(packed, label, self.device, keys.public(self.opening))

    def open(self, content: bytes) -> Any:
        """What one bundle holds."""
        from coachdesk.exchange import keys
        from coachdesk.exchange.seal import unseal

        own = {self.opening["kid"]: self.opening}
        return unseal(content, self.region_id, own, {self.device["kid"]: keys.public(self.device)})

    def receipt(self, sha256: str) -> bytes:
        """A receipt that names one bundle."""
        from coachdesk.exchange import keys, receipt
        from coachdesk.exchange.seal import sign_receipt

        named = receipt.Named(epoch=1, seq=1, sha256=sha256, result=receipt.STORED)
        both = (keys.public(self.opening), keys.public(self.answering))
        found = receipt.Receipt(number=1, epoch=1, last=1, bundles=(named,), keys=both)
        return sign_receipt(
            receipt.as_value(found),
            region_id=self.region_id,
            device=self.device["kid"],
            iat=0,
            signing_key=self.answering,
        )


def item(number: int, version: int = 1) -> dict[str, Any]:
    """One put with the fields that most consents let out."""
    from coachdesk.exchange import bundle

    return bundle.put(
        ref=f"{number:032x}",
        version=version,
        consent=f"{number + 1:032x}",
        valid_to=date(2027, 6, 30),
        fields={
            "phases": [
                {"phase": 1 + number % 5, "opened": f"2026-0{1 + number % 9}-12", "closed": None, "open": 1}
            ],
            "attended_months": [
                {"month": f"2026-{month:02d}", "days": 1 + (number + version) % 17} for month in range(1, 12)
            ],
        },
    )


class _Echo:
    """A server on this computer that answers every PUT with the same bytes at once."""

    def __init__(self, answer: bytes) -> None:
        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # headers and body in one packet

            def do_PUT(self) -> None:
                """Read, answer."""
                self.rfile.read(int(self.headers["content-length"]))
                self.send_response(201)
                self.send_header("content-type", "application/jose")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> int:
        self._thread.start()
        return self._server.server_address[1]

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
