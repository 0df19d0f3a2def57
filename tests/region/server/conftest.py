"""A receiver asked through its ASGI client, and a desk that knows how to ask."""

import json
import secrets
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest

from coachdesk.exchange import enrolment, incoming, keys, seal, statements
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.region.server.app import application
from coachdesk.region.server.limits import Limits
from tests.region.asgi import TestClient

JOSE = "application/jose"


def moment(at) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Line:
    """What a desk asks over the wire, and the signed answers read as a desk reads them."""

    def __init__(self, client: TestClient, region, clock) -> None:
        self.client, self.region, self.clock = client, region, clock

    @property
    def known(self) -> dict[str, Any]:
        return {key["kid"]: key for key in self.region.card.keys if key["use"] == keys.SIGN}

    def put(self, content: bytes, name: str = "", **headers: str):
        from hashlib import sha256

        path = f"/v1/bundles/{name or sha256(content).hexdigest()}"
        return self.client.put(path, content=content, headers={"content-type": JOSE, **headers})

    def token(self, desk, path: str, **change) -> str:
        now = self.clock.now()
        value = {
            "token": 1, "jti": secrets.token_hex(16), "path": path,
            "from": moment(now), "to": moment(now + timedelta(seconds=60)),
        }  # fmt: skip
        value |= {name: found for name, found in change.items() if name in value}
        aud = change.get("aud", self.region.card.id)
        key = change.get("key", desk.key)
        iss = change.get("iss", desk.id)
        return statements.sign(statements.TOKEN, value, aud=aud, iss=iss, iat=1, key=key).decode()

    def ask(self, desk, what: str = "state", *, query: str = "", token: str | None = None, **change):
        path = f"/v1/devices/{desk.id}/{what}"
        token = self.token(desk, path, **change) if token is None else token
        return self.client.get(path + query, headers={"authorization": f"Bearer {token}"})

    def receipt(self, response, desk) -> incoming.Incoming:
        return incoming.read(
            response.content, region_id=self.region.card.id, device=desk.id, region_keys=self.known
        )

    def items(self, response, desk) -> dict[str, Any]:
        value = seal.open_receipt(
            response.content, region_id=self.region.card.id, device=desk.id, region_keys=self.known
        )
        return {item["kind"]: item for item in value["items"]}

    def enrolment(self, desk, code: str, **change) -> bytes:
        listed = [keys.public(desk.key), keys.public(desk.seal_key)]
        value = {"enrolment": 1, "code": code, "nonce": "a" * 32, "jwks": {"keys": listed}}
        value |= {name: found for name, found in change.items() if name in value}
        aud, iss = change.get("aud", self.region.card.id), change.get("iss", desk.id)
        key = change.get("key", desk.key)
        return statements.sign(statements.ENROLMENT, value, aud=aud, iss=iss, iat=1, key=key)

    def enrol(self, desk, code: str, **change):
        content = self.enrolment(desk, code, **change)
        return self.client.post("/v1/devices", content=content, headers={"content-type": JOSE})

    def reason(self, response, about: str | None = None) -> str:
        """The signed reason of a refusal, held against the published table and schema."""
        found = statements.read(response.content, typ=statements.REFUSAL, known=self.known)
        why = REFUSALS[found.value["reason"]]
        assert response.headers["content-type"] == JOSE
        assert response.headers["cache-control"] == "no-store"
        assert response.status_code == why.status
        assert found.iss == self.region.card.id
        assert ("wait" in found.value) == ("retry-after" in response.headers)
        if about is not None:
            assert found.value["about"] == about
        return str(found.value["reason"])


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def client(region, clock, limits):
    with TestClient(application(region, clock, limits=limits, staff=False)) as found:
        yield found


@pytest.fixture
def line(client, region, clock) -> Line:
    return Line(client, region, clock)


@pytest.fixture
def newcomer(region) -> Callable:
    """A desk with its two keys that nobody has enrolled yet."""
    from tests.region.conftest import Desk

    def made() -> Desk:
        found = Desk(region)
        found.seal_key = keys.new_key(keys.ENCRYPT)
        return found

    return made


def jwks(desk) -> bytes:
    return enrolment.device_text(keys.public(desk.key), keys.public(desk.seal_key))


def text_of(response) -> dict[str, Any]:
    return json.loads(response.content)
