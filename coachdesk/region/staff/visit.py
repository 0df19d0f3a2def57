"""One visit to a page: who, in which language, with which form."""

from asyncio import Semaphore
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import Environment

from coachdesk.clock import Clock
from coachdesk.i18n import Words
from coachdesk.region.folder import Region
from coachdesk.region.rates import Rate
from coachdesk.region.staff.key import StaffKey
from coachdesk.region.staff.passwords import Cost
from coachdesk.region.staff.people import Person
from coachdesk.region.staff.repeats import Repeats
from coachdesk.region.staff.sessions import Session

LANGUAGES = ("fi", "sv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What all visits share."""

    region: Region
    clock: Clock
    key: StaffKey
    cost: Cost
    drawn: Environment
    patience: float  # seconds within which a form must have come
    repeats: Repeats
    address_pace: Rate
    person_pace: Rate
    seats: Semaphore  # visits that are answered at once: the desks' doors share the threads


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request, as a page needs it; ``root`` is the path under which the pages are mounted.

    ``address`` is the one that tries are counted by.
    """

    office: Office
    at: datetime
    method: str
    root: str
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str] = field(repr=False)
    address: str
    words: Words
    pass_: str = field(repr=False)  # the cookie that forms of this visit are bound to
    session: Session | None

    @property
    def person(self) -> Person:
        """Who visits a page that needs a sign-in."""
        if self.session is None:
            raise LookupError("nobody is signed in")
        return self.session.person

    @property
    def region(self) -> Region:
        """The region whose pages these are."""
        return self.office.region

    @property
    def token(self) -> str:
        """What a form of this visit carries, so that no other site can send it."""
        return self.office.key.mark("form", self.pass_)

    def to(self, path: str) -> str:
        """A page of ours as a link."""
        return f"{self.root}{path}"

    def text(self, name: str) -> str:
        """A field of the form, or nothing."""
        return self.form.get(name, "")
