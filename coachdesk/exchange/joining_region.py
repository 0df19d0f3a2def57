"""Enrolment over the network by a one-time code (``docs/protocol.md`` 3.4)."""

import re
import secrets

from coachdesk.errors import NoLine, Refused, Unreadable
from coachdesk.exchange import enrolment, line_troubles, statements
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import SIGN, Jwk, public
from coachdesk.exchange.line import Wire
from coachdesk.exchange.region_client import JOSE, of_stranger, refused
from coachdesk.i18n import N_

_CROCKFORD = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")


def checked_code(text: str) -> str:
    """A one-time code as it is sent: twelve symbols, whatever way they were typed.

    Raises:
        Refused: it is no code.
    """
    found = re.sub(r"[\s–—-]", "", text).upper().translate(str.maketrans("ILO", "110"))
    if not _CROCKFORD.fullmatch(found):
        raise Refused(N_("The code has twelve letters and digits, in three groups of four."), field="code")
    return found


def ask_card(wire: Wire) -> RegionCard:
    """Who answers at an address, by its own word: a person compares the fingerprint before it is believed.

    Raises:
        NoLine: no region answers there.
    """
    nonce = secrets.token_hex(16)
    answer = wire.ask("GET", "/v1/status", params={"nonce": nonce}, headers={"accept": JOSE})
    if answer.status != 200:
        raise of_stranger(answer)
    try:
        found = statements.unverified(answer.body, statements.STATUS)
        card = enrolment.card_of_value(found.value.get("region"))
        keys = card.of_use(SIGN)
        if found.kid not in keys or found.iss != card.id or found.value.get("nonce") != nonce:
            raise line_troubles.strange()
        statements.verify(answer.body, keys[found.kid])
    except Unreadable as error:
        raise of_stranger(answer) from error
    return card


def enrol(wire: Wire, card: RegionCard, code: str, *, signing_key: Jwk, letter_key: Jwk, iat: int) -> None:
    """Prove the key of this desk and the code; asked twice it is answered twice.

    Raises:
        NoLine: the region did not enrol the desk; ``stops`` where it says so itself.
    """
    nonce, device = secrets.token_hex(16), str(signing_key["kid"])
    value = {
        "enrolment": 1,
        "code": code,
        "nonce": nonce,
        "jwks": {"keys": [public(signing_key), public(letter_key)]},
    }
    body = statements.sign(statements.ENROLMENT, value, aud=card.id, iss=device, iat=iat, key=signing_key)
    keys = card.of_use(SIGN)
    answer = wire.ask(
        "POST",
        "/v1/devices",
        content=body,
        headers={"accept": JOSE, "content-type": JOSE, "coachdesk-knows": next(iter(keys))},
    )
    if answer.status not in (200, 201):
        raise refused(answer, keys, card.id, (nonce,))
    _must_be_enrolled(answer.body, card, device, nonce, enrolment.device_fingerprint(signing_key, letter_key))


def _must_be_enrolled(content: bytes, card: RegionCard, device: str, nonce: str, fingerprint: str) -> None:
    strange: NoLine = line_troubles.strange()
    try:
        found = statements.read(content, typ=statements.ENROLLED, known=card.of_use(SIGN))
        same = enrolment.card_of_value(found.value.get("region"))
    except Unreadable as error:
        raise strange from error
    said = (found.value.get("nonce"), found.value.get("device"), found.value.get("fingerprint"))
    if found.aud != device or found.iss != card.id or said != (nonce, device, fingerprint):
        raise strange
    if same.fingerprint != card.fingerprint:
        raise strange
