"""The cookies of the pages, and the one that a visitor has before signing in.

Both are ``__Host-`` cookies: HttpOnly, Secure, for this host and no other, and never sent along by a page
of another site.  The first one keeps nothing on the server, so that nobody fills the store by asking.
"""

import secrets
from dataclasses import dataclass, field

from starlette.responses import Response

from coachdesk.region.staff.key import StaffKey

SESSION, DOOR = "__Host-coachdesk-staff", "__Host-coachdesk-door"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in the cookie before the sign-in: chance letters, the language, our mark."""

    text: str = field(repr=False)
    language: str


def new_entry(key: StaffKey, language: str) -> Entry:
    """The cookie of somebody who comes for the first time or chooses a language."""
    chance = secrets.token_urlsafe(24)
    mark = key.mark("door", chance, language)
    return Entry(text=f"{chance}.{language}.{mark}", language=language)


def read(key: StaffKey, text: str) -> Entry | None:
    """The cookie if it is one of ours."""
    parts = text.split(".")
    if len(parts) != 3 or not key.is_mark(parts[2], "door", parts[0], parts[1]):
        return None
    return Entry(text=text, language=parts[1])


def give(response: Response, name: str, value: str) -> Response:
    """Set a cookie that lives as long as the browser's window at most."""
    response.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="strict")
    return response


def take(response: Response, name: str) -> Response:
    """Take a cookie away."""
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="strict")
    return response
