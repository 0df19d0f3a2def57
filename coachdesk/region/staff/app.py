"""The staff's pages as one application, to be mounted by the server."""

from asyncio import Semaphore

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from coachdesk.clock import Clock
from coachdesk.i18n import N_
from coachdesk.region.folder import Region
from coachdesk.region.rates import Rate
from coachdesk.region.staff import (
    armour,
    clients,
    drawing,
    entrance,
    equipment,
    figures,
    gate,
    letters,
    log_page,
    places,
    roles,
)
from coachdesk.region.staff.key import staff_key
from coachdesk.region.staff.passwords import COST, Cost
from coachdesk.region.staff.repeats import Repeats
from coachdesk.region.staff.visit import Office

SEATS = 8
PATIENCE = 60.0
_SUMMARY = "/clients/{device:str}/{ref:str}"


def pages(
    region: Region,
    clock: Clock,
    *,
    cost: Cost = COST,
    patience: float = PATIENCE,
    paces: tuple[Rate, Rate] | None = None,
) -> Starlette:
    """The application.

    Args:
        region: whose pages they are.
        clock: of the region.
        cost: what a password costs to try.
        patience: seconds within which a form must have come.
        paces: how often one address and one person may ask; any number where it is left out.
    """
    by_address, by_person = paces or (Rate(0), Rate(0))
    office = Office(
        region=region,
        clock=clock,
        key=staff_key(region.folder),
        cost=cost,
        drawn=drawing.templates(),
        patience=patience,
        repeats=Repeats(),
        address_pace=by_address,
        person_pace=by_person,
        seats=Semaphore(SEATS),
    )

    async def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        if wait := office.address_pace.wait(gate.network(request)):
            return await run_in_threadpool(gate.too_many, office, request, wait)
        return await run_in_threadpool(gate.told, office, request, status, N_("There is no such page."))

    return Starlette(
        routes=routes(office),
        middleware=[Middleware(armour.Armour)],
        exception_handlers={HTTPException: missing},
    )


def routes(office: Office) -> list[Route]:
    """Every page with the right that it needs."""

    def get(path: str, page: gate.Page, right: str = "", *, open_to_all: bool = False) -> Route:
        endpoint = gate.opened(office, page, right=right, open_to_all=open_to_all)
        return Route(path, endpoint, methods=["GET"])

    def post(path: str, page: gate.Page, right: str = "", *, open_to_all: bool = False) -> Route:
        endpoint = gate.opened(office, page, right=right, open_to_all=open_to_all)
        return Route(path, endpoint, methods=["POST"])

    return [
        Route("/look.css", _look),
        Route("/favicon.ico", _no_icon),
        get("/sign-in", entrance.sign_in_form, open_to_all=True),
        post("/sign-in", entrance.sign_in, open_to_all=True),
        post("/language", entrance.choose_language, open_to_all=True),
        post("/sign-out", entrance.sign_out),
        get("/", entrance.start),
        get("/account", entrance.account),
        post("/account/password", entrance.change_password),
        post("/account/sessions", entrance.end_other_sessions),
        get("/clients", clients.show, roles.OWN),
        post("/clients", clients.search, roles.ALL),
        get(_SUMMARY, clients.look, roles.OWN),
        post(_SUMMARY + "/worker", clients.assign, roles.ASSIGN),
        get("/letters", letters.show, roles.LETTERS),
        get("/letters/new", letters.begin, roles.LETTERS),
        post("/letters/new", letters.send, roles.LETTERS),
        get("/letters/{letter:str}", letters.read, roles.LETTERS),
        get("/places", places.show, roles.PLACES),
        get("/figures", figures.show, roles.FIGURES),
        get("/devices", equipment.devices, roles.DEVICES),
        get("/gaps", equipment.gaps, roles.DEVICES),
        get("/refused", equipment.refused, roles.DEVICES),
        get("/log", log_page.show, roles.LOG),
    ]


def _look(request: Request) -> Response:
    return FileResponse(drawing.FOLDER / "look.css", media_type="text/css")


def _no_icon(_request: Request) -> Response:
    return Response(status_code=204)  # every browser asks for one
