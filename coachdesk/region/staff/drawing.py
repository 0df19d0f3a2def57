"""Pages drawn from templates: every value is escaped, every word comes from the catalogues."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from coachdesk.i18n import N_
from coachdesk.region.staff import door, roles
from coachdesk.region.staff.visit import LANGUAGES, Visit

_INSIDE = Path(__file__).parent.parent.parent / "_resources" / "region"
FOLDER = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent.parent.parent / "resources" / "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the row of pages; whoever has one of its rights sees it."""

    path: str
    title: str
    rights: tuple[str, ...]


PLACES = (
    Place(path="/clients", title=N_("Clients"), rights=(roles.OWN, roles.ALL)),
    Place(path="/letters", title=N_("Letters"), rights=(roles.LETTERS,)),
    Place(path="/places", title=N_("Free places"), rights=(roles.PLACES,)),
    Place(path="/figures", title=N_("Figures"), rights=(roles.FIGURES,)),
    Place(path="/devices", title=N_("Senders"), rights=(roles.DEVICES,)),
    Place(path="/gaps", title=N_("Gaps"), rights=(roles.DEVICES,)),
    Place(path="/refused", title=N_("Refused"), rights=(roles.DEVICES,)),
    Place(path="/log", title=N_("Log"), rights=(roles.LOG,)),
)


def templates() -> Environment:
    """The templates, escaping all they are given; a name that is not there is a mistake, not a gap."""
    return Environment(
        loader=FileSystemLoader(FOLDER / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(visit: Visit, page: str, *, status: int = 200, **values: Any) -> Response:
    """A page; a visitor without any cookie gets the one that its forms are bound to."""
    entry = None
    if visit.session is None and not visit.pass_:
        entry = door.new_entry(visit.office.key, visit.words.language)
    token = visit.office.key.mark("form", entry.text) if entry else visit.token
    words, card = visit.words, visit.region.card
    text = visit.office.drawn.get_template(page).render(
        _=words._,
        fill=words.fill,
        ngettext=words.ngettext,
        pgettext=words.pgettext,
        day=lambda value: words.day(as_day(value)),
        moment=lambda value: words.moment(as_moment(value)),
        language=words.language,
        languages=LANGUAGES,
        region=card.name_sv if words.language == "sv" else card.name_fi,
        person=visit.session.person if visit.session else None,
        places=places_of(visit),
        path=visit.path,
        to=visit.to,
        quoted=lambda text: quote(text, safe=""),
        token=token,
        **values,
    )
    response = HTMLResponse(text, status_code=status)
    return door.give(response, door.DOOR, entry.text) if entry else response


def problem(visit: Visit, status: int, message: str, **values: object) -> Response:
    """A page with one sentence."""
    return draw(visit, "problem.html", status=status, sentence=visit.words.fill(message, **values), kept="")


def go(visit: Visit, path: str) -> Response:
    """On to another page of ours, asked for anew."""
    return RedirectResponse(visit.to(path), status_code=303)


def places_of(visit: Visit) -> list[Place]:
    """The pages that the visitor's role opens."""
    if visit.session is None:
        return []
    return [place for place in PLACES if any(visit.person.may(right) for right in place.rights)]


def as_day(value: date | str | None) -> date | None:
    """A day, also from the text that the store keeps."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10]) if value else None
    return value


def as_moment(value: datetime | str) -> datetime:
    """A moment, also from the text that the store keeps."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
