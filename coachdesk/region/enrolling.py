"""Enrolment by a one-time code: made by the operator, used by one desk (``docs/protocol.md`` 3.4)."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import enrolment, statements
from coachdesk.exchange.keys import Jwk
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.i18n import N_
from coachdesk.region import devices, folder, letters, tables
from coachdesk.region.folder import Region

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32
LENGTH, HOURS = 12, 24
_C = tables.code.c
_HEX = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a desk asks: its keys, the code, the nonce that the answer repeats."""

    sign: Jwk
    seal: Jwk | None
    code: str
    nonce: str


def make_code(
    region: Region,
    at: datetime,
    *,
    label: str = "",
    replaces: str = "",
    noted: Callable[[Connection], None] = lambda _connection: None,
) -> str:
    """A new code as it is shown, XXXX-XXXX-XXXX; only its hash is kept.

    ``noted`` is called in the same transaction.

    Raises:
        Refused: the label is too long, or the desk that is to be replaced is not known.
    """
    code = "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))
    until = int((at + timedelta(hours=HOURS)).timestamp())
    row = {"hash": _hash(code), "label": devices.checked_label(label), "until": until, "replaces": replaces}
    with region.writing() as connection:
        if replaces and devices.find(connection, replaces) is None:
            raise Refused(N_("There is no desk with the id {id}."), id=replaces)
        connection.execute(delete(tables.code).where(_C.until < int((at - timedelta(days=30)).timestamp())))
        connection.execute(insert(tables.code).values(**row))
        noted(connection)
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))


def read(content: bytes, region_id: str) -> Asked:
    """What a desk asks, proved to come from the key that is to be enrolled.

    Raises:
        Unaccepted: it is not of the form, for another region, or not signed by its own key.
    """
    wrong = Unaccepted("not_an_enrolment")
    try:
        found = statements.unverified(content, statements.ENROLMENT)
        if type(found.value.get("enrolment")) is int and found.value["enrolment"] > statements.VERSION:
            raise Unaccepted("newer_version")
        sign, seal = enrolment.device_keys(found.value.get("jwks"))
        if not found.kid == found.iss == sign["kid"]:
            raise wrong
        statements.verify(content, sign)
    except Unaccepted:
        raise
    except Unreadable as error:
        raise wrong from error
    if found.aud != region_id:
        raise Unaccepted("wrong_audience", device=sign["kid"])
    return _checked(found.value, sign, seal)


def _checked(value: Any, sign: Jwk, seal: Jwk | None) -> Asked:
    code, nonce = value.get("code"), value.get("nonce")
    if set(value) != {"enrolment", "code", "nonce", "jwks"} or not isinstance(code, str) or len(code) > 40:
        raise Unaccepted("not_an_enrolment")
    if value["enrolment"] != statements.VERSION or not isinstance(nonce, str) or not _HEX.fullmatch(nonce):
        raise Unaccepted("not_an_enrolment")
    return Asked(sign=sign, seal=seal, code=normal(code), nonce=nonce)


def enrol(region: Region, asked: Asked, at: datetime) -> bool:
    """Take a desk in by its code; false where the same desk had used the code before.

    Raises:
        Unaccepted: there is no such code, it is too old, or another desk has used it.
        Trouble: the store cannot be written.
    """
    with region.writing() as connection:
        new = _use(connection, asked, at, region.ring.now().newest["kid"])
        letters.seal_waiting(connection, region, str(asked.sign["kid"]), at)
    folder.write_key_file(region.folder, asked.sign)
    return new


def _use(connection: Connection, asked: Asked, at: datetime, knows: str) -> bool:
    device = str(asked.sign["kid"])
    one = select(tables.code).where(_C.hash == _hash(asked.code)).with_for_update()
    kept = connection.execute(one).mappings().first()
    if kept is None:
        raise Unaccepted("code_unknown", device=device)
    if kept["until"] < at.timestamp():
        raise Unaccepted("code_expired", device=device)
    if kept["device"] not in ("", device):
        raise Unaccepted("code_used", device=device)
    known = devices.find(connection, device)
    if known is not None and known["state"] == devices.REVOKED:
        raise Unaccepted("device_revoked", device=device)
    if kept["device"] == device:
        return False
    newcomer = devices.Newcomer(asked.sign, asked.seal, kept["label"], kept["replaces"], knows)
    devices.add(connection, newcomer, at)
    connection.execute(update(tables.code).where(_C.hash == kept["hash"]).values(device=device))
    return True


def answer(region: Region, asked: Asked, at: datetime) -> bytes:
    """The signed word that the desk is enrolled, with both fingerprints' makings."""
    keys, device = region.ring.now(), str(asked.sign["kid"])
    value = {
        "enrolled": statements.VERSION,
        "nonce": asked.nonce,
        "device": device,
        "fingerprint": enrolment.device_fingerprint(asked.sign, asked.seal),
        "region": enrolment.card_value(keys.card),
    }
    iat = int(at.timestamp())
    return statements.sign(statements.ENROLLED, value, aud=device, iss=keys.card.id, iat=iat, key=keys.newest)


def normal(text: str) -> str:
    """A code as people write it, read as it was made."""
    found = re.sub(r"[\s-]", "", text.upper())
    return found.translate(str.maketrans("ILO", "110"))


def _hash(code: str) -> str:
    return sha256(code.encode("utf-8")).hexdigest()
