"""The token by which a desk says who it is when it asks without sending (``docs/protocol.md`` 3.3).

Its times are the region's own, and it is used once; the used ones are kept until they are too old anyway.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from coachdesk.errors import Unreadable
from coachdesk.exchange import statements
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.region import devices, tables

ALLOWED = timedelta(seconds=30)
LONGEST = timedelta(seconds=60)
_HEX = re.compile(r"[0-9a-f]{32}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_T = tables.token.c


def check(
    connection: Connection, content: bytes, *, region_id: str, device: str, path: str, at: datetime
) -> str:
    """Use up a token; its ``jti``.

    Raises:
        Unaccepted: it is none, is for another region, desk or path, is not of its time, or was used before.
    """
    known = _known(connection, device)
    try:
        found = statements.read(content, typ=statements.TOKEN, known=known)
    except Unreadable as error:
        raise Unaccepted("token_wrong", device=device) from error
    value = found.value
    if type(value.get("token")) is int and value["token"] > statements.VERSION:
        raise Unaccepted("newer_version", device=device)
    same = (found.iss, found.kid, found.aud) == (device, device, region_id) and value.get("path") == path
    if set(value) != {"token", "jti", "path", "from", "to"} or value["token"] != 1 or not same:
        raise Unaccepted("token_wrong", device=device)
    _check_time(value, device, at)
    _use(connection, value, device, at)
    return str(value["jti"])


def jti_of(content: bytes) -> str:
    """The ``jti`` of a token, verified or not: what a refusal is about; empty where it cannot be read."""
    try:
        found = statements.unverified(content, statements.TOKEN).value.get("jti")
    except Unreadable:
        return ""
    return found if isinstance(found, str) and _HEX.fullmatch(found) else ""


def _known(connection: Connection, device: str) -> Mapping[str, Any]:
    row = devices.find(connection, device)
    if row is None or not row["sign_key"]:
        raise Unaccepted("unknown_device", device=device)
    return {device: row["sign_key"]}


def _check_time(value: Mapping[str, Any], device: str, at: datetime) -> None:
    begins, ends = _moment(value["from"], device), _moment(value["to"], device)
    if not timedelta() <= ends - begins <= LONGEST:
        raise Unaccepted("token_wrong", device=device)
    if not begins - ALLOWED <= at <= ends + ALLOWED:
        raise Unaccepted("token_old", device=device)


def _moment(text: Any, device: str) -> datetime:
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise Unaccepted("token_wrong", device=device)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unaccepted("token_wrong", device=device) from error


def _use(connection: Connection, value: Mapping[str, Any], device: str, at: datetime) -> None:
    jti, now = value["jti"], int(at.timestamp())
    if not isinstance(jti, str) or not _HEX.fullmatch(jti):
        raise Unaccepted("token_wrong", device=device)
    key = f"{device}:{jti}"
    connection.execute(delete(tables.token).where(_T.until < now))
    if connection.execute(select(_T.jti).where(_T.jti == key)).first() is not None:
        raise Unaccepted("token_used", device=device)
    until = now + int((LONGEST + 2 * ALLOWED).total_seconds())
    connection.execute(insert(tables.token).values(jti=key, until=until))
