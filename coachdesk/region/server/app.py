"""The receiver as one application: the doors of the desks, the operator's two, the staff's pages beside."""

import ipaddress
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coachdesk.clock import Clock
from coachdesk.region.addresses import address, house
from coachdesk.region.folder import Region
from coachdesk.region.rates import Rate
from coachdesk.region.server.doors import Doors
from coachdesk.region.server.health import Health
from coachdesk.region.server.limits import BIGGEST_HEADERS, Limits

METRICS_FROM = ("127.0.0.0/8", "::1/128")


def application(
    region: Region,
    clock: Clock,
    *,
    limits: Limits | None = None,
    staff: bool = True,
    metrics_from: tuple[str, ...] = METRICS_FROM,
) -> Starlette:
    """The application; ``staff`` mounts the pages of the region's people at the root."""
    limits = limits or Limits()
    doors = Doors(region, clock, limits)
    mounted = [Mount("/", app=Counted(_staff(region, clock, limits), doors))] if staff else []

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        yield
        doors.writer.stop()

    routes = [*_routes(doors, metrics_from), *mounted]
    found = Starlette(routes=routes, lifespan=life, middleware=[Middleware(ShortHeaders)])
    found.state.doors = doors
    return found


class ShortHeaders:
    """Lets no request in whose headers are longer than 16 KiB in all, whoever it is for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or answer 431."""
        if scope["type"] == "http":
            long = len(scope.get("raw_path") or b"") + len(scope["query_string"])
            if long + sum(len(name) + len(value) for name, value in scope["headers"]) > BIGGEST_HEADERS:
                await PlainTextResponse("the headers are too long\n", status_code=431)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Counted:
    """Counts what the pages of the staff answer, and writes a line for each; never which page it was."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self.app, self.doors = app, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        begun, status = time.monotonic(), 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            client = scope.get("client")
            self.doors.note("pages", status, client[0] if client else "", time.monotonic() - begun)


def _staff(region: Region, clock: Clock, limits: Limits) -> Starlette:
    from coachdesk.region.staff.app import pages

    paces = Rate(limits.pages_a_minute), Rate(limits.person_a_minute)
    return pages(region, clock, patience=limits.body_seconds, paces=paces)


def _routes(doors: Doors, metrics_from: tuple[str, ...]) -> list[BaseRoute]:
    allowed = [ipaddress.ip_network(one) for one in metrics_from]

    well, asked = Health(doors.region, doors.writer.took_it), Rate(doors.limits.health_a_minute)

    async def health(request: Request) -> Response:
        if wait := asked.wait(house(request.client.host if request.client else "")):
            headers = {"retry-after": str(math.ceil(wait))}
            return PlainTextResponse("ask more seldom\n", status_code=429, headers=headers)
        ok = await run_in_threadpool(well.is_well)
        return PlainTextResponse("ok\n" if ok else "the store is away\n", status_code=200 if ok else 503)

    async def metrics(request: Request) -> Response:
        if not _is_from(request, allowed):
            return PlainTextResponse("not from here\n", status_code=403)
        text = doors.metrics.text(doors.writer.waiting)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    desks = (
        ("/v1/status", "GET", "status", doors.status),
        ("/v1/bundles/{sha256}", "PUT", "bundles", doors.bundle),
        ("/v1/devices/{device}/state", "GET", "state", doors.state),
        ("/v1/devices/{device}/letters", "GET", "letters", doors.letters),
        ("/v1/devices", "POST", "enrol", doors.enrol),
    )
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]
    wrong = doors.opened("other", doors.wrong_method)
    return [
        Route("/healthz", health, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
        *(Route(path, doors.opened(name, door), methods=[method]) for path, method, name, door in desks),
        *(Route(path, wrong, methods=methods) for path, *_rest in desks),
        Route("/v1/{rest:path}", doors.opened("other", doors.nothing), methods=methods),
    ]


def _is_from(request: Request, allowed: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    found = address(request.client.host if request.client else "")
    return found is not None and any(found in network for network in allowed)
