"""The gate that each visit passes.

A page is a plain function of a ``Visit``.  ``opened`` makes an endpoint of it: it finds the session, asks
the right, checks the token of a form against forged requests, and turns every trouble into a page that
tells no secret.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from coachdesk import i18n
from coachdesk.clock import HELSINKI
from coachdesk.errors import Problem, Refused, Trouble
from coachdesk.i18n import N_
from coachdesk.region import mistake
from coachdesk.region.addresses import house
from coachdesk.region.staff import door, drawing, log, sessions
from coachdesk.region.staff.sessions import Session
from coachdesk.region.staff.visit import LANGUAGES, Office, Visit

NO_COOKIE = N_("Your browser sent no cookie. These pages need cookies and a secure address (https).")
ENDED = N_("Your session ended before this was sent. Copy your text, sign in and write it again.")
TOO_MANY = N_("These pages were asked for too often. Wait a moment and try again.")
AWAY_SECONDS = 30
MOST_FORM = 32 << 10
MOST_FIELDS = 40
_log = logging.getLogger("coachdesk.region.staff")

Page = Callable[[Visit], Response]


class _TooMuch(Exception):
    pass


def opened(office: Office, page: Page, *, right: str = "", open_to_all: bool = False) -> Callable[
    [Request], Awaitable[Response]
]:  # fmt: skip
    """The endpoint of a page; ``right`` is what the visitor's role must open."""

    async def endpoint(request: Request) -> Response:
        if wait := office.address_pace.wait(network(request)):
            return await run_in_threadpool(too_many, office, request, wait)
        try:
            async with asyncio.timeout(office.patience):
                form = await _form(request) if request.method == "POST" else {}
        except (_TooMuch, ValueError):
            return await run_in_threadpool(told, office, request, 413, N_("This form holds too much."))
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except TimeoutError:
            response = await run_in_threadpool(told, office, request, 408, N_("The connection was too slow."))
            response.headers["connection"] = "close"  # what is left of the form is not waited for
            return response
        async with office.seats:
            return await run_in_threadpool(_answer, office, page, right, open_to_all, request, form)

    return endpoint


def told(office: Office, request: Request, status: int, message: str) -> Response:
    """A page with one sentence, in the visitor's language, whatever went wrong before."""
    try:
        session = _session(office, request)
    except Problem:  # the store is away: whoever it is, this page is drawn
        session = None
    return drawing.problem(_visit(office, request, {}, session), status, message)


def too_many(office: Office, request: Request, wait: float) -> Response:
    """Asked too often: the same page for everybody, drawn without the store."""
    return _late(drawing.problem(_visit(office, request, {}, None), 429, TOO_MANY), wait)


def network(request: Request) -> str:
    """Whose requests are counted together."""
    return house(request.client.host if request.client else "")


def _late(response: Response, wait: float) -> Response:
    response.headers["retry-after"] = str(math.ceil(wait))
    return response


def _answer(
    office: Office, page: Page, right: str, open_to_all: bool, request: Request, form: Mapping[str, str]
) -> Response:
    visit = _visit(office, request, form, None)
    try:
        visit = _visit(office, request, form, _session(office, request))
        if visit.session is None and not open_to_all:
            return _ended(visit, request.cookies.get(door.SESSION, ""))
        return _let_through(visit, page, right)
    except Problem as problem:
        return _say(visit, problem)
    except Exception as error:  # a mistake of ours: named by its kind and place, never by what it held
        _log.error("a page failed: %s", mistake.told(error))
        return _say(visit, Trouble(N_("Something went wrong here. It has been noted. Try again.")), 500)


def _ended(visit: Visit, token: str) -> Response:
    """Nobody is signed in: on to the sign-in.

    What was written while the session ended is given back, to the browser that had the session alone.
    """
    ours = bool(token) and visit.office.key.is_mark(visit.text("token"), "form", token)
    if not ours or not visit.text("words"):
        return drawing.go(visit, "/sign-in")
    sentence = visit.words._(ENDED)
    return drawing.draw(visit, "problem.html", status=403, sentence=sentence, kept=visit.text("words"))


def _let_through(visit: Visit, page: Page, right: str) -> Response:
    if visit.session and (wait := visit.office.person_pace.wait(str(visit.person.id))):
        return _late(drawing.problem(visit, 429, TOO_MANY), wait)
    if visit.method == "POST" and not visit.pass_:
        return drawing.problem(visit, 403, NO_COOKIE)
    if visit.method == "POST" and not _is_ours(visit):
        return drawing.problem(
            visit, 403, N_("The page had been open too long. Go back, load it again and send it once more.")
        )
    if right and not visit.person.may(right):
        with visit.region.writing() as connection:
            log.write_not_allowed(connection, visit.person, visit.at)
        return drawing.problem(visit, 403, N_("Your role does not open this page."))
    return page(visit)


def _is_ours(visit: Visit) -> bool:
    return visit.office.key.is_mark(visit.text("token"), "form", visit.pass_)


def _say(visit: Visit, problem: Problem, status: int = 0) -> Response:
    status = status or (422 if isinstance(problem, Refused) else 503)
    response = drawing.problem(visit, status, problem.message, **problem.values)
    return _late(response, AWAY_SECONDS) if status == 503 else response


def _session(office: Office, request: Request) -> Session | None:
    token = request.cookies.get(door.SESSION, "")
    if not token:
        return None
    at = office.clock.now()
    with office.region.reading() as connection:
        found = sessions.find(connection, token, at)
    if found is not None and sessions.is_due(found, at):
        with office.region.writing() as connection:
            sessions.touch(connection, found, at)
    return found


def _visit(office: Office, request: Request, form: Mapping[str, str], session: Session | None) -> Visit:
    entry = door.read(office.key, request.cookies.get(door.DOOR, ""))
    language = session.language if session else entry.language if entry else _wished(request)
    return Visit(
        office=office,
        at=office.clock.now().astimezone(HELSINKI),
        method=request.method,
        root=request.scope.get("root_path", ""),
        path=request.scope["path"].removeprefix(request.scope.get("root_path", "")),
        params=_without_nul(request.path_params),
        query=_without_nul(request.query_params),
        form=_without_nul(form),
        address=network(request),
        words=i18n.words(language),
        pass_=session.token if session else entry.text if entry else "",
        session=session,
    )


def _without_nul(texts: Mapping[str, str]) -> dict[str, str]:
    """What was asked without NUL, which nobody types and PostgreSQL takes in no text."""
    return {name: text.replace("\0", "") for name, text in texts.items()}


def _wished(request: Request) -> str:
    """The first of our languages that the browser names; Finnish where it names none."""
    for part in request.headers.get("accept-language", "")[:200].split(","):
        named = part.split(";")[0].strip()[:2].lower()
        if named in LANGUAGES:
            return named
    return LANGUAGES[0]


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, never more than 32 KiB of them.

    Raises:
        _TooMuch: it is bigger.
        ValueError: it is no form, or has far too many fields.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_FORM:
            raise _TooMuch
    return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
