"""What is kept, by which order, and what may never be kept again.

A put counts when its place (epoch, version, seq) comes after the one that is kept, so files may arrive in
any order and twice.  A withdrawn consent stands in the ledger for ever, and a put under it is refused
whenever it comes.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from coachdesk.domain import summary as rules
from coachdesk.exchange import bundle, schemas
from coachdesk.exchange.receipt import Rejected
from coachdesk.exchange.seal import Label
from coachdesk.region import tables

HELD, WITHDRAWN, EXPIRED, VOID = "held", "withdrawn", "expired", "void"
NO_REF = "0" * 32

_S, _L = tables.summary.c, tables.ledger.c


def apply(connection: Connection, label: Label, items: list[Any], now: str) -> tuple[list[Rejected], int]:
    """Apply the items of a bundle, each by itself; those refused, and how many were of unknown kinds."""
    rejected, set_aside = [], 0
    for item in items:
        kind = bundle.kind_of(item)
        if kind not in (bundle.PUT, bundle.WITHDRAW, bundle.VOID, bundle.SNAPSHOT):
            set_aside += 1
            continue
        reason = _apply(connection, label, item, kind, now)
        if reason:
            rejected.append(_rejected(item, reason))
    return rejected, set_aside


def apply_withdrawals(connection: Connection, label: Label, items: list[Any], now: str) -> None:
    """Of a bundle that comes too late for its row, only the withdrawals: they are always right."""
    for item in items:
        if bundle.kind_of(item) == bundle.WITHDRAW and schemas.fits(item, bundle.WITHDRAW):
            _withdraw(connection, label, item, now)


def expire(connection: Connection, today: date) -> None:
    """Delete what is past its last day, by the region's own calendar."""
    late = (_S.state == HELD) & (_S.valid_to < today.isoformat())
    connection.execute(update(tables.summary).where(late).values(state=EXPIRED, fields=None))


def revoked(connection: Connection, device: str, most: int) -> tuple[str, ...]:
    """The newest consents in the ledger of one desk."""
    statement = select(_L.consent).where(_L.device == device).order_by(_L.at.desc(), _L.consent).limit(most)
    return tuple(connection.execute(statement).scalars())


def is_withdrawn(connection: Connection, consent: str) -> bool:
    """Whether the ledger has the consent."""
    return connection.execute(select(_L.consent).where(_L.consent == consent)).first() is not None


def _apply(connection: Connection, label: Label, item: dict[str, Any], kind: str, now: str) -> str:
    if not schemas.fits(item, kind):
        return "not_as_described"
    if kind == bundle.PUT:
        return _put(connection, label, item, now)
    if kind == bundle.WITHDRAW:
        _withdraw(connection, label, item, now)
    elif kind == bundle.VOID:
        _void(connection, label, item["seq"], now)
    else:
        earlier = (_S.device == label.iss) & (_S.epoch < label.epoch)
        connection.execute(delete(tables.summary).where(earlier))
    return ""


def _put(connection: Connection, label: Label, item: dict[str, Any], now: str) -> str:
    if not rules.fits(item["fields"]):
        return "not_as_described"
    if is_withdrawn(connection, item["consent"]):
        return "consent_withdrawn"
    late = item["valid_to"] < now[:10]
    if _comes_after(connection, label, item):
        state, fields = (EXPIRED, None) if late else (HELD, item["fields"])
        _keep(connection, label, item, {"state": state, "fields": fields, "valid_to": item["valid_to"]})
    return "past_valid_to" if late else ""


def _withdraw(connection: Connection, label: Label, item: dict[str, Any], now: str) -> None:
    consent = item["consent"]
    if not is_withdrawn(connection, consent):
        row = {"consent": consent, "device": label.iss, "ref": item["ref"], "version": item["version"]}
        connection.execute(insert(tables.ledger).values(**row, epoch=label.epoch, at=now))
    gone = update(tables.summary).where(_S.consent == consent)
    connection.execute(gone.values(state=WITHDRAWN, fields=None))
    if _comes_after(connection, label, item):
        _keep(connection, label, item, {"state": WITHDRAWN, "fields": None, "valid_to": ""})


def _void(connection: Connection, label: Label, seq: int, now: str) -> None:
    place = {"device": label.iss, "epoch": label.epoch, "seq": seq}
    b = tables.bundle.c
    there = (b.device == label.iss) & (b.epoch == label.epoch) & (b.seq == seq)
    if connection.execute(select(b.seq).where(there)).first() is None:
        empty = {"sha256": "", "prev": "", "iat": 0, "rejected": [], "set_aside": 0}
        connection.execute(insert(tables.bundle).values(**place, **empty, received=now, result=VOID))


def _comes_after(connection: Connection, label: Label, item: dict[str, Any]) -> bool:
    kept = connection.execute(select(_S.epoch, _S.version, _S.seq).where(*_place(label, item))).first()
    return kept is None or (label.epoch, item["version"], label.seq) > tuple(kept)


def _keep(connection: Connection, label: Label, item: dict[str, Any], values: dict[str, Any]) -> None:
    connection.execute(delete(tables.summary).where(*_place(label, item)))
    row = {"device": label.iss, "ref": item["ref"], "epoch": label.epoch, "version": item["version"]}
    connection.execute(insert(tables.summary).values(**row, seq=label.seq, consent=item["consent"], **values))


def _place(label: Label, item: dict[str, Any]) -> Iterator[Any]:
    yield _S.device == label.iss
    yield _S.ref == item["ref"]


def _rejected(item: dict[str, Any], reason: str) -> Rejected:
    ref, version = item.get("ref"), item.get("version")
    return Rejected(
        ref=ref if isinstance(ref, str) and bundle.REF.fits(ref) else NO_REF,
        version=version if type(version) is int and 0 <= version < 2**53 else 0,
        reason=reason,
    )
