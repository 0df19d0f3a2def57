"""One region over the network: is it there, take this bundle, how do things stand, enrol this desk.

Only a statement that the region signed to what was asked counts as an answer (``docs/protocol.md`` 3); a page
of a hotel's network, HTML with 200, a redirect, a proxy's own words are ``NoLine`` and change nothing.  The
times in a token are the region's own, carried on by seconds that passed, so a wrong clock stops nothing.
"""

import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from coachdesk.errors import NoLine, Unreadable
from coachdesk.exchange import enrolment, incoming, line_troubles, statements
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import Jwk
from coachdesk.exchange.line import Answer, Wire
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.i18n import N_

JOSE = "application/jose"
CLOCK_MAY_DIFFER = timedelta(minutes=5)
_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_TOKEN_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """The region answered: who it says it is, its time, and the reading of our monotonic clock then."""

    card: RegionCard
    time: datetime
    read_at: float
    protocol: tuple[int, ...] = (1,)  # what its program can do

    def now(self) -> datetime:
        """The region's time now, by the seconds that passed since."""
        return self.time + timedelta(seconds=time.monotonic() - self.read_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A receipt that came: its bytes, and whether it says that this desk is revoked."""

    content: bytes
    revoked: bool = False


class RegionClient:
    """Speaks with one region as one desk; ``keys`` are the region's signing keys, the newest first."""

    def __init__(self, wire: Wire, *, region_id: str, device: str, keys: Mapping[str, Jwk]) -> None:
        self.wire = wire
        self.region_id = region_id
        self.device = device
        self.keys = keys
        self.online: Online | None = None

    def status(self) -> Online:
        """Whether the region itself answers to a nonce made now.

        Raises:
            NoLine: it does not.
        """
        nonce = secrets.token_hex(16)
        answer = self._ask("GET", "/v1/status", params={"nonce": nonce})
        self.online = read_status(answer, nonce, self.keys, self.region_id, about=(nonce,))
        return self.online

    def put(self, named: str, content: bytes) -> Told:
        """Hand a bundle over; what comes back is a receipt that names it.

        Raises:
            NoLine: no receipt came.
        """
        answer = self._ask("PUT", f"/v1/bundles/{named}", content=content)
        if answer.status not in (200, 201, 403, 409):
            raise self._refused(answer, named)
        found = self._receipt(answer, named)
        names = any(one.sha256 == named for receipt in found.receipts for one in receipt.bundles)
        if not names and not found.revoked:
            raise line_troubles.strange()
        return Told(content=answer.body, revoked=found.revoked)

    def state(self, signing_key: Jwk) -> Told:
        """How the region says that things stand; ``status`` has been asked before.

        Raises:
            NoLine: no receipt came.
        """
        path = f"/v1/devices/{self.device}/state"
        token, jti = self._token(path, signing_key)
        answer = self._ask("GET", path, headers={"authorization": f"Bearer {token}"})
        if answer.status not in (200, 403):
            raise self._refused(answer, jti)
        found = self._receipt(answer, jti)
        self._must_be_now(answer, jti)
        return Told(content=answer.body, revoked=found.revoked)

    def letter(self, epoch: int, seq: int, signing_key: Jwk) -> bytes | None:
        """The next letter after a place, sealed for this desk; None where there is none.

        Raises:
            NoLine: neither came.
        """
        path = f"/v1/devices/{self.device}/letters"
        token, jti = self._token(path, signing_key)
        headers = {"authorization": f"Bearer {token}"}
        answer = self._ask("GET", path, headers=headers, params={"after": f"{epoch}.{seq}"})
        none = answer.status == 204
        if not none and (answer.status != 200 or answer.headers.get("content-type", "") != JOSE):
            raise self._refused(answer, jti)
        self._must_be_now(answer, jti, f"{epoch}.{seq}")
        return None if none else answer.body

    def _must_be_now(self, answer: Answer, jti: str, after: str = "") -> None:
        """See that the region says that this is its answer to this very question of this desk.

        Raises:
            NoLine: it does not: an older answer, played again by who stands between, or an older region.
        """
        if self.online is None or statements.BOUND not in self.online.protocol:
            raise line_troubles.older_region()
        said = answer.headers.get(statements.ASKED_HEADER, "").encode("latin-1", "replace")
        try:
            found = statements.read(said, typ=statements.ASKED, known=self.keys)
        except Unreadable as error:
            raise line_troubles.played_again() from error
        body = sha256(answer.body).hexdigest() if answer.body else ""
        value = {"asked": statements.VERSION, "nonce": jti, "after": after, "sha256": body}
        if (found.iss, found.aud, dict(found.value)) != (self.region_id, self.device, value):
            raise line_troubles.played_again()

    def _receipt(self, answer: Answer, about: str) -> incoming.Incoming:
        try:
            return incoming.read(
                answer.body, region_id=self.region_id, device=self.device, region_keys=self.keys
            )
        except Unreadable as error:
            raise self._refused(answer, about) from error

    def _refused(self, answer: Answer, about: str) -> NoLine:
        return refused(answer, self.keys, self.region_id, (about,))

    def _token(self, path: str, signing_key: Jwk) -> tuple[str, str]:
        if self.online is None:
            raise RuntimeError("the status is asked first")
        jti, begins = secrets.token_hex(16), self.online.now()
        ends = begins + timedelta(seconds=_TOKEN_SECONDS - 1)
        value = {"token": 1, "jti": jti, "path": path, "from": _moment(begins), "to": _moment(ends)}
        signed = statements.sign(
            statements.TOKEN,
            value,
            aud=self.region_id,
            iss=self.device,
            iat=int(begins.timestamp()),
            key=signing_key,
        )
        return signed.decode("ascii"), jti

    def _ask(self, method: str, path: str, **more: Any) -> Answer:
        known = {"coachdesk-knows": next(iter(self.keys))} if self.keys else {}
        headers = {"accept": JOSE, **known, **more.pop("headers", {})}
        if "content" in more:
            headers["content-type"] = JOSE
        return self.wire.ask(method, path, headers=headers, **more)


def read_status(
    answer: Answer, nonce: str, keys: Mapping[str, Jwk], region_id: str, about: tuple[str, ...]
) -> Online:
    """A status answer to our nonce, signed with a key of the region that is known.

    Raises:
        NoLine: it is something else.
    """
    if answer.status != 200:
        raise refused(answer, keys, region_id, about)
    try:
        found = statements.read(answer.body, typ=statements.STATUS, known=keys)
        return _online(found, nonce, region_id)
    except Unreadable as error:
        raise _of_other_key(answer, keys, region_id) or of_stranger(answer) from error


def _of_other_key(answer: Answer, keys: Mapping[str, Jwk], region_id: str) -> NoLine | None:
    """What may be the region under keys that it has told in its new public file; nothing is believed."""
    try:
        header = statements.header_of(answer.body, statements.STATUS)
    except Unreadable:
        return None
    other = header["iss"] == region_id and header["kid"] not in keys
    return line_troubles.other_key() if other else None


def _online(found: statements.Statement, nonce: str, region_id: str) -> Online:
    value = found.value
    card = enrolment.card_of_value(value.get("region"))
    told = value.get("time")
    if value.get("status") != 1 or value.get("nonce") != nonce or not isinstance(told, str):
        raise Unreadable(N_("The answer is not of the form that is agreed."))
    if found.iss != region_id or card.id != region_id:
        raise Unreadable(N_("The answer comes from another region."))
    can = value.get("protocol")
    known = tuple(one for one in can if type(one) is int) if isinstance(can, list) else ()
    return Online(card=card, time=_read_moment(told), read_at=time.monotonic(), protocol=known)


def refused(answer: Answer, keys: Mapping[str, Jwk], region_id: str, about: tuple[str, ...]) -> NoLine:
    """What an answer that is not the good one means: the region's own signed words, or a stranger's."""
    try:
        found = statements.read(answer.body, typ=statements.REFUSAL, known=keys)
    except Unreadable:
        return of_stranger(answer)
    value = found.value
    if found.iss != region_id or value.get("about") not in (*about, ""):
        return of_stranger(answer)
    reason = REFUSALS.get(str(value.get("reason")))
    again = reason.again if reason is not None else answer.status in _AGAIN
    sentence = reason.sentence if reason is not None else N_("The region refused, without saying why.")
    why = reason.reason if reason is not None else ""
    return NoLine(sentence, stops=not again, after=retry_after(answer) if again else None, reason=why)


def of_stranger(answer: Answer) -> NoLine:
    """What answered is not the region: a sign-in page, a redirect, a proxy, something else."""
    if answer.status in (301, 302, 303, 307, 308):
        return line_troubles.moved(answer.headers.get("location", ""))
    if answer.status == 407:
        return line_troubles.proxy_asks()
    html = "html" in answer.headers.get("content-type", "").lower() or b"<html" in answer.body[:2000].lower()
    if answer.status == 511 or (html and answer.status == 200):
        return line_troubles.sign_in_page()
    if answer.status in _AGAIN:
        return NoLine(N_("The region is not to be reached just now."), after=retry_after(answer))
    return line_troubles.strange()


def retry_after(answer: Answer) -> float | None:
    """The seconds that an answer asks to wait."""
    told = answer.headers.get("retry-after", "")
    return float(told) if re.fullmatch(r"[0-9]{1,9}", told) else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_moment(text: str) -> datetime:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text):
        raise Unreadable(N_("The answer is not of the form that is agreed."))
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(N_("The answer is not of the form that is agreed.")) from error
