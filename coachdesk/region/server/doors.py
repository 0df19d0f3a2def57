"""The requests of desks: what is read of them, who does the work, what is answered.

Nothing of a request is kept in memory beyond its 66 KiB; the work that reads or writes the store runs on one
thread, in order.  Every answer is signed, the refusals too.
"""

import asyncio
import json
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from coachdesk.clock import Clock
from coachdesk.errors import DiskFull, Trouble
from coachdesk.exchange import enrolment, statements
from coachdesk.exchange.keys import ID
from coachdesk.exchange.receipt import STORED
from coachdesk.exchange.refusals import REFUSALS, Unaccepted
from coachdesk.region import calendar, enrolling, letters, mistake, receipts, receive, tokens
from coachdesk.region.addresses import house
from coachdesk.region.devices import REVOKED, find
from coachdesk.region.folder import Region
from coachdesk.region.rates import Rate
from coachdesk.region.server.limits import BIGGEST_BODY, Limits
from coachdesk.region.server.metrics import Metrics
from coachdesk.region.server.writer import Writer

JOSE = "application/jose"
BUSY_SECONDS, AWAY_SECONDS = 5, 30
DRAINED = 1 << 20  # of a body that is refused: read and thrown away, so that the answer gets through
_log = logging.getLogger("coachdesk.region.server")
_HEX32, _SHA256 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_PLACE = re.compile(r"([0-9]{1,16})\.([0-9]{1,16})")


@dataclass(slots=True)
class Visit:
    """One request as it goes: what a refusal would be about, and what the log may say of it."""

    request: Request
    route: str
    about: str = ""
    device: str = ""
    knows: str = ""
    begun: float = field(default_factory=time.monotonic)

    @property
    def address(self) -> str:
        """Where it comes from."""
        return self.request.client.host if self.request.client else ""

    @property
    def network(self) -> str:
        """Whose requests are counted together."""
        return house(self.address)


Door = Callable[[Visit], Awaitable[Response]]


class Busy(Unaccepted):
    """Refused for now: try again after ``wait`` seconds."""

    def __init__(self, reason: str, wait: float, *, device: str = "") -> None:
        super().__init__(reason, device=device)
        self.wait = max(1, math.ceil(wait))


class Doors:
    """What the desks may ask of one region."""

    def __init__(self, region: Region, clock: Clock, limits: Limits) -> None:
        self.region, self.clock, self.limits = region, clock, limits
        self.metrics = Metrics()
        self.writer = Writer(limits.queue)
        self._addresses = Rate(limits.address_a_minute)
        self._devices = Rate(limits.device_a_minute)
        self._days = Rate(limits.bundles_a_day / 1440, limits.bundles_a_day)
        self._codes = Rate(limits.codes_an_hour / 60, limits.codes_an_hour)

    def opened(self, route: str, door: Door) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a door: whatever happens behind it, the answer is one of the protocol."""

        async def endpoint(request: Request) -> Response:
            visit = Visit(request, route, knows=_knows(request))
            reason = ""
            try:
                self._not_too_many(self._addresses, visit.network)
                response = await door(visit)
            except Unaccepted as refused:
                reason, response = refused.reason, self._refuse(visit, refused)
            except ClientDisconnect:
                reason, response = "gone", Response(status_code=400)
            except DiskFull:
                reason, response = "store_full", self._refuse(visit, Busy("store_full", AWAY_SECONDS))
            except Trouble:
                reason, response = "store_away", self._refuse(visit, Busy("store_away", AWAY_SECONDS))
            except Exception as error:  # a mistake of ours: named by its kind and place, never by its words
                _log.error("a request failed: %s", mistake.told(error))
                reason, response = "fault", self._refuse(visit, Busy("fault", AWAY_SECONDS))
            took = time.monotonic() - visit.begun
            self.note(route, response.status_code, visit.address, took, reason=reason, device=visit.device)
            return response

        return endpoint

    async def status(self, visit: Visit) -> Response:
        """Who we are, our keys and our time, to a nonce."""
        nonce = visit.request.query_params.get("nonce", "")
        if not _HEX32.fullmatch(nonce) or set(visit.request.query_params) != {"nonce"}:
            raise Unaccepted("bad_request")
        visit.about = nonce
        keys, now = self.region.ring.now(), self.clock.now()
        value = {
            "status": statements.VERSION,
            "nonce": nonce,
            "time": moment(now),
            "protocol": list(statements.PROTOCOLS),
            "region": enrolment.card_value(keys.card),
        }
        return _jose(self._signed(statements.STATUS, value, visit.knows), 200)

    async def bundle(self, visit: Visit) -> Response:
        """Take a bundle in."""
        named = visit.request.path_params["sha256"]
        if not _SHA256.fullmatch(named):
            raise Unaccepted("bad_request")
        visit.about = named
        content = await self._body(visit)
        if sha256(content).hexdigest() != named:
            raise Unaccepted("hash_mismatch")
        found, answered = await self.writer.run(lambda: self._deliver(content, visit.knows))
        visit.device = found.device
        self._count(found)
        return _jose(answered, _status_of(found))

    def _deliver(self, content: bytes, knows: str) -> tuple[receive.Received, bytes]:
        def proved(device: str) -> None:
            self._not_too_many(self._devices, device)
            self._not_too_many(self._days, device)

        return receive.deliver(self.region, content, self.clock.now(), knows=knows, proved=proved)

    async def state(self, visit: Visit) -> Response:
        """How all stands with a desk."""
        return await self.writer.run(lambda: self._state(visit))

    def _state(self, visit: Visit) -> Response:
        now = self.clock.now()
        calendar.turn(self.region, now)
        with self.region.writing() as connection:
            self._proved(visit, connection)
            row = find(connection, visit.device)
            answered = receipts.state(connection, self.region, visit.device, now, knows=visit.knows)
        return self._bound(visit, _jose(answered, 403 if row and row["state"] == REVOKED else 200))

    async def letters(self, visit: Visit) -> Response:
        """The next letter to a desk."""
        return await self.writer.run(lambda: self._letter(visit))

    def _letter(self, visit: Visit) -> Response:
        after = _PLACE.fullmatch(visit.request.query_params.get("after", ""))
        if after is None or set(visit.request.query_params) != {"after"}:
            raise Unaccepted("bad_request")
        now = self.clock.now()
        with self.region.writing() as connection:
            self._proved(visit, connection)
            row = find(connection, visit.device)
            if row and row["state"] == REVOKED:
                answered = receipts.state(connection, self.region, visit.device, now, knows=visit.knows)
                return self._bound(visit, _jose(answered, 403), after[0])
            found = letters.next_after(connection, visit.device, int(after[1]), int(after[2]))
        response = _plain(Response(status_code=204)) if found is None else _jose(found, 200)
        return self._bound(visit, response, after[0])

    def _bound(self, visit: Visit, response: Response, after: str = "") -> Response:
        """Say to what this is the answer: an older one cannot be played again in its place."""
        body = bytes(response.body)
        value: dict[str, object] = {"asked": statements.VERSION, "nonce": visit.about, "after": after}
        value["sha256"] = sha256(body).hexdigest() if body else ""
        signed = self._signed(statements.ASKED, value, visit.knows, visit.device)
        response.headers[statements.ASKED_HEADER] = signed.decode("ascii")
        return response

    async def enrol(self, visit: Visit) -> Response:
        """Take a desk in by a one-time code."""
        content = await self._body(visit)
        asked = enrolling.read(content, self.region.card.id)
        visit.about, visit.device = asked.nonce, str(asked.sign["kid"])
        if wait := self._codes.open_in(visit.network):
            raise Busy("too_many", wait, device=visit.device)
        now = self.clock.now()
        try:
            new = await self.writer.run(lambda: enrolling.enrol(self.region, asked, now))
        except Unaccepted as refused:
            if refused.reason == "code_unknown":
                self._codes.wait(visit.network)
            raise
        return _jose(enrolling.answer(self.region, asked, now), 201 if new else 200)

    async def nothing(self, visit: Visit) -> Response:
        """A path where there is nothing."""
        raise Unaccepted("no_such_path")

    async def wrong_method(self, visit: Visit) -> Response:
        """A path that is asked in another way."""
        raise Unaccepted("wrong_method")

    def _proved(self, visit: Visit, connection: Connection) -> None:
        """The desk that the path names has asked itself, and not too often."""
        device = visit.request.path_params["device"]
        content = _bearer(visit.request)
        visit.about = tokens.jti_of(content)
        if not ID.fullmatch(device):
            raise Unaccepted("bad_request")
        path, now = visit.request.scope["path"], self.clock.now()
        path = path.removeprefix(visit.request.scope.get("root_path", ""))
        tokens.check(connection, content, region_id=self.region.card.id, device=device, path=path, at=now)
        visit.device = device
        self._not_too_many(self._devices, device)

    async def _body(self, visit: Visit) -> bytes:
        """The body, never more than 67,712 bytes of it in memory.

        Raises:
            Unaccepted: it is of another type, too big or too slow.
        """
        request = visit.request
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != JOSE:
            await self._throw_away(request)
            raise Unaccepted("wrong_type")
        told = request.headers.get("content-length", "0")
        if not re.fullmatch(r"[0-9]{1,18}", told):
            raise Unaccepted("bad_request")
        if int(told) > BIGGEST_BODY:
            await self._throw_away(request)
            raise Unaccepted("too_big")
        found = bytearray()
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                async for part in request.stream():
                    found += part
                    if len(found) > BIGGEST_BODY:
                        break
        except TimeoutError:
            raise Unaccepted("too_slow") from None
        if len(found) > BIGGEST_BODY:
            await self._throw_away(request)
            raise Unaccepted("too_big")
        return bytes(found)

    async def _throw_away(self, request: Request) -> None:
        """Read on a little, so that the refusal reaches somebody who is still sending."""
        left = DRAINED
        try:
            async with asyncio.timeout(min(5.0, self.limits.body_seconds)):
                async for part in request.stream():
                    left -= len(part)
                    if left < 0:
                        return
        except (TimeoutError, ClientDisconnect, RuntimeError):
            return

    def _not_too_many(self, rate: Rate, key: str) -> None:
        wait = rate.wait(key)
        if wait:
            raise Busy("too_many", wait)

    def _signed(self, typ: str, value: dict[str, object], knows: str, aud: str = statements.ANYBODY) -> bytes:
        keys = self.region.ring.now()
        iat = int(self.clock.now().timestamp())
        return statements.sign(typ, value, aud=aud, iss=keys.card.id, iat=iat, key=keys.signs_for(knows))

    def _refuse(self, visit: Visit, refused: Unaccepted) -> Response:
        why = REFUSALS[refused.reason]
        visit.device = refused.device or visit.device
        value: dict[str, object] = {
            "refusal": statements.VERSION,
            "reason": why.reason,
            "about": visit.about,
            "time": moment(self.clock.now()),
        }
        wait = refused.wait if isinstance(refused, Busy) else BUSY_SECONDS if why.status == 503 else 0
        if wait:
            value["wait"] = wait
        signed = self._signed(statements.REFUSAL, value, visit.knows, visit.device or statements.ANYBODY)
        response = _jose(signed, why.status)
        if wait:
            response.headers["retry-after"] = str(wait)
        if visit.request.method not in ("GET", "HEAD"):
            response.headers["connection"] = "close"  # what is left of a body is not waited for
        return response

    def _count(self, found: receive.Received) -> None:
        named = found.named
        result = "revoked" if named is None else "again" if found.again else named.result
        self.metrics.bundles[result] += 1
        if named is not None and not found.again:
            self.metrics.rejected.update(one.reason for one in named.rejected)

    def note(
        self, route: str, status: int, address: str, seconds: float, *, reason: str = "", device: str = ""
    ) -> None:
        """Count an answer and write its line into the log."""
        self.metrics.answered(route, status, reason, seconds)
        told = {"route": route, "status": status, "reason": reason, "device": device[:8]}
        _log.info(json.dumps({**told, "address": address, "ms": round(seconds * 1000, 1)}))


def moment(at: datetime) -> str:
    """A moment as the protocol writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _status_of(found: receive.Received) -> int:
    if found.named is None:
        return 403
    if found.named.result != STORED:
        return 409
    return 200 if found.again else 201


def _bearer(request: Request) -> bytes:
    kind, _space, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or len(text) > statements.BIGGEST:
        return b""
    return text.strip().encode("latin-1", "replace")


def _knows(request: Request) -> str:
    found = request.headers.get("coachdesk-knows", "")
    return found if ID.fullmatch(found) else ""


def _jose(content: bytes, status: int) -> Response:
    return _plain(Response(content, status_code=status, media_type=JOSE))


def _plain(response: Response) -> Response:
    response.headers["cache-control"] = "no-store"
    response.headers["x-content-type-options"] = "nosniff"
    return response
