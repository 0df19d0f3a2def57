"""What a region says to one desk of how all stands, signed and numbered."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from coachdesk.clock import HELSINKI
from coachdesk.exchange import export_file, receipt
from coachdesk.exchange.receipt import Named, Receipt
from coachdesk.exchange.seal import sign_receipt
from coachdesk.region import devices, ledger, letters, numbers, tables
from coachdesk.region.folder import Region

MOST_HELD = 300
FEW = 20  # bundles named besides this one, where the desk hears of each at once
MOST_REJECTED = receipt.MOST_BYTES // 80  # items: no receipt has room for more
_B, _D, _S = tables.bundle.c, tables.device.c, tables.summary.c


def signed(
    connection: Connection,
    region: Region,
    row: Mapping[str, Any],
    named: Iterable[Named],
    at: datetime,
    *,
    knows: str = "",
    most: int = receipt.MOST_NAMED,
    held: bool = False,
) -> tuple[str, bytes]:
    """A signed receipt for a desk, with the name of its file; its number rises each time.

    ``row`` is the desk's, locked; ``named`` are the bundles of this call, ``most`` how many are named in all;
    with ``held`` it says what is held.
    """
    keys, number, device = region.ring.now(), row["receipt_number"] + 1, row["id"]
    values = {"receipt_number": number, "heard": at.astimezone(HELSINKI).isoformat(), "epoch": row["epoch"]}
    values["knows"] = knows if knows in keys.signing else row["knows"]
    connection.execute(update(tables.device).where(_D.id == device).values(**values))
    last, gaps = numbers.last_and_missing(connection, device, row["epoch"])
    signing_key = keys.signs_to(values["knows"])
    found = Receipt(
        number=number,
        epoch=row["epoch"],
        last=last,
        missing=gaps,
        bundles=_named(connection, device, list(named), most),
        revoked=ledger.revoked(connection, device, receipt.MOST_REVOKED),
        keys=keys.told(signing_key),
    )
    content = sign_receipt(
        receipt.as_value(found, *_more(connection, row, held)),
        region_id=keys.card.id,
        device=device,
        iat=int(at.timestamp()),
        signing_key=signing_key,
    )
    return export_file.receipt_name(keys.card.id, device, number), content


def state(connection: Connection, region: Region, device: str, at: datetime, *, knows: str = "") -> bytes:
    """A signed receipt that says how all stands with a desk, the summaries that are held included."""
    row = devices.find(connection, device, lock=True)
    assert row is not None
    return signed(connection, region, row, (), at, knows=knows, held=True)[1]


def _named(connection: Connection, device: str, now: list[Named], most: int) -> tuple[Named, ...]:
    """This call's bundles, then the newest before them: a lost receipt is made good by the next.

    They are read a few at a time: where many items were refused, a receipt has no room for the others.
    """
    found = {one.sha256: one for one in now}
    newest = select(tables.bundle).where(_B.device == device).order_by(_B.epoch.desc(), _B.seq.desc())
    for begin in range(0, most, FEW):
        rows = connection.execute(newest.offset(begin).limit(min(FEW, most - begin))).mappings().all()
        found |= {row["sha256"]: receipt.bundle_of(dict(row)) for row in rows if row["sha256"] not in found}
        if len(rows) < FEW or sum(len(one.rejected) for one in found.values()) > MOST_REJECTED:
            break
    return tuple(found.values())[:most]


def _more(connection: Connection, row: Mapping[str, Any], held: bool) -> list[dict[str, Any]]:
    """The further items of a receipt."""
    found: list[dict[str, Any]] = []
    if row["state"] == devices.REVOKED:
        found.append({"kind": "device", "state": devices.REVOKED, "since": row["since"]})
    if row["seal_key"] is not None:
        found.append(letters.waiting(connection, row))
    if held:
        found.append(_held(connection, row["id"]))
    return found


def _held(connection: Connection, device: str) -> dict[str, Any]:
    names = select(_S.ref, _S.version, _S.consent, _S.valid_to)
    own = names.where(_S.device == device, _S.state == ledger.HELD).order_by(_S.ref).limit(MOST_HELD + 1)
    rows = [dict(row) for row in connection.execute(own).mappings()]
    return {"kind": "held", "summaries": rows[:MOST_HELD], "whole": len(rows) <= MOST_HELD}
