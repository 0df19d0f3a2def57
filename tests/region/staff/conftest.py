import asyncio
import re
import secrets
import shutil
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import insert, update
from starlette.applications import Starlette
from starlette.routing import Mount

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.exchange import enrolment
from coachdesk.region import folder, ledger, tables
from coachdesk.region.staff import holdings, people, roles
from coachdesk.region.staff.app import pages
from coachdesk.region.staff.key import staff_key
from coachdesk.region.staff.passwords import Cost

CHEAP = Cost(memory_kib=64, passes=1)
PASSWORD = "kolme hauskaa merikotkaa"
DESK = "k" * 43
CARD = {
    "kind": "service_card", "card": "c" * 32, "version": 1,
    "workshop": {"name_fi": "Merenkurkun työpaja", "name_sv": "Kvarkens verkstad", "municipality": "905",
                 "address": "Rantakatu 1, 65100 Vaasa", "phone": "06 000 0000", "email": None,
                 "organisation": None, "contact": None},
    "services": [{"service": "rehabilitative_work_activity", "free": 4, "queue": 2,
                  "next_start": "2027-01-11"}],
    "languages": ["fi", "sv"], "days": [1, 2], "words_fi": "Tule käymään.", "words_sv": "Kom på besök.",
    "on": "2026-12-14", "valid_to": "2027-03-14",
}  # fmt: skip


def found(where: Path) -> None:
    """Make a region."""
    folder.init(where, region_id="pohjanmaa", name_fi="Pohjanmaan hyvinvointialue",
                name_sv="Österbottens välfärdsområde", body=enrolment.DEFAULT_BODY)  # fmt: skip


class Town:
    """A region with people of its own, its clock and what it holds."""

    def __init__(self, where: Path, database: str = "") -> None:
        if not where.exists():
            found(where)
        self.region = folder.open_region(where, database)
        self.clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
        self.key = staff_key(where)
        self.secrets: dict[str, bytes] = {}
        self.mounted = Starlette(routes=[Mount("/staff", app=pages(self.region, self.clock, cost=CHEAP))])

    def person(self, name: str, role: str) -> people.Person:
        """Somebody who can sign in with the tests' password."""
        if name not in self.secrets:
            made, at = people.made_password(self.region, name, PASSWORD, cost=CHEAP), self.clock.now()
            with self.region.writing() as connection:
                _who, self.secrets[name] = people.add(
                    connection, self.key, name=name, role=roles.role(role), password=made, at=at
                )
        with self.region.reading() as connection:
            return people.find(connection, name)

    def code(self, name: str, steps: int = 0) -> str:
        """What the person's authenticator shows now, or some steps from now."""
        at = int(self.clock.now().timestamp()) + 30 * steps
        return TOTP(self.secrets[name], 6, SHA1(), 30).generate(at).decode()

    def pass_time(self, **time: int) -> None:
        """Let some time pass."""
        self.clock.at += timedelta(**time)

    def desk(self, id_: str = DESK, **values: object) -> str:
        """An enrolled desk."""
        row = {"id": id_, "enrolled": "2026-09-01T09:00:00+03:00", "epoch": 1, "label": "Merenkurkku"}
        with self.region.writing() as connection:
            connection.execute(insert(tables.device).values(**{**row, **values}))
        return id_

    def summary(self, ref: str, *, worker: people.Person | None = None, device: str = DESK, **fields) -> str:
        """A summary that is held."""
        row = {"device": device, "ref": ref * 32, "epoch": 1, "version": 1, "seq": 1, "consent": ref * 32}
        with self.region.writing() as connection:
            connection.execute(
                insert(tables.summary).values(**row, valid_to="2027-06-30", state=ledger.HELD, fields=fields)
            )
            if worker:
                holdings.give(connection, (device, ref * 32), worker.id, self.clock.today())
        return f"/clients/{device}/{ref * 32}"

    def change(self, ref: str, **values: object) -> None:
        """Another state or other fields of a summary."""
        s = tables.summary.c
        with self.region.writing() as connection:
            connection.execute(update(tables.summary).where(s.ref == ref * 32).values(**values))

    def tell(self, item: dict, key: str, device: str = DESK) -> None:
        """What a desk told about nobody in particular."""
        row = {"device": device, "kind": item["kind"], "key": key, "version": 1, "epoch": 1, "seq": 1}
        with self.region.writing() as connection:
            values = {**row, "item": item, "at": "2026-12-14T12:00:00+02:00"}
            connection.execute(insert(tables.told).values(**values))

    def rows(self, table) -> list[dict]:
        """Everything in a table."""
        with self.region.reading() as connection:
            return [dict(row) for row in connection.execute(table.select()).mappings()]


class Browser:
    """Goes to the pages as a browser does: keeps cookies, sends the forms that it was shown."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._loop = asyncio.Runner()
        carrier = httpx.ASGITransport(app=town.mounted)
        self.client = httpx.AsyncClient(transport=carrier, base_url="https://region.example")
        self.page: httpx.Response | None = None

    def get(self, path: str, *, follow: bool = True, **named) -> httpx.Response:
        """Ask for a page of the staff's."""
        asked = self.client.get("/staff" + path, follow_redirects=follow, **named)
        self.page = self._loop.run(asked)
        return self.page

    def post(self, path: str, form: dict | None = None, *, follow: bool = False, **named) -> httpx.Response:
        """Send a form with the token of the page that is open."""
        filled = {"token": self.token, "once": secrets.token_hex(16), **(form or {})}
        asked = self.client.post("/staff" + path, data=filled, follow_redirects=follow, **named)
        found = self._loop.run(asked)
        if "text/html" in found.headers.get("content-type", ""):
            self.page = found
        return found

    @property
    def token(self) -> str:
        """The token in the page's forms."""
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.page.text if self.page else "")
        return found[1] if found else ""

    @property
    def words(self) -> str:
        """The page as it is read: without tags, its spaces as one."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.page.text)).split())

    def sign_in(self, who: str, role: str = "lead", /, **form: str) -> httpx.Response:
        """Sign in as somebody, who is added where they are not there yet."""
        if who not in self.town.secrets:
            self.town.person(who, role)
        self.get("/sign-in")
        filled = {"name": who, "password": PASSWORD, "code": self.town.code(who), **form}
        return self.post("/sign-in", filled)

    def close(self) -> None:
        """Close the window."""
        self._loop.run(self.client.aclose())
        self._loop.close()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region nobody has used yet, to be copied."""
    where = tmp_path_factory.mktemp("founded") / "region"
    found(where)
    return where


@pytest.fixture
def town(tmp_path: Path, founded: Path, database: str):
    shutil.copytree(founded, tmp_path / "region")
    built = Town(tmp_path / "region", database)
    yield built
    built.region.engine.dispose()


@pytest.fixture
def open_browser(town: Town):
    opened: list[Browser] = []

    def one() -> Browser:
        opened.append(Browser(town))
        return opened[-1]

    yield one
    for browser in opened:
        browser.close()


@pytest.fixture
def browser(open_browser) -> Browser:
    return open_browser()
