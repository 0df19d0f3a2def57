"""Receiving: a bundle is opened, verified and applied once; the answer names its SHA-256.

One path for the network and for carried files.  Each bundle is one transaction.  The same bundle again
changes nothing and is answered again; another bundle under a number that is taken raises an alarm; numbers
that never came are named as missing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from coachdesk.clock import HELSINKI
from coachdesk.exchange import bundle, export_file, receipt
from coachdesk.exchange.receipt import FORK, OLD_EPOCH, STORED, VOIDED, Named, Receipt, Rejected
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.exchange.seal import BIGGEST_BUNDLE, Label, Open, sealed_for, sign_receipt, unseal
from coachdesk.i18n import N_
from coachdesk.region import calendar, devices, ledger, letters, tables
from coachdesk.region.folder import Region

BIGGEST = BIGGEST_BUNDLE
MOST_HELD = 300
_B, _D, _S = tables.bundle.c, tables.device.c, tables.summary.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of one bundle.

    ``again`` when it had been received before.  ``named`` is None where the desk is revoked: then nothing
    was done.
    """

    device: str
    named: Named | None
    again: bool = False
    broken_chain: bool = False

    @property
    def stored(self) -> bool:
        """Whether the region has it."""
        return self.named is not None and self.named.result == STORED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parcel:
    """An opened bundle whose items are still to be judged, and the key that it was sealed for."""

    opened: Open
    items: list[Any]
    sealed_for: str


def receive(region: Region, content: bytes, at: datetime) -> Received:
    """Take one sealed bundle in.

    Raises:
        Unaccepted: it is not whole, not for this region, or from no desk that is enrolled; says why.
        Trouble: the store cannot be written.
    """
    parcel = _opened(region, content)
    calendar.turn(region, at)
    with region.writing() as connection:
        return _take_in(connection, region, parcel, at)


def deliver(
    region: Region,
    content: bytes,
    at: datetime,
    *,
    knows: str = "",
    proved: Callable[[str], None] = lambda _device: None,
) -> tuple[Received, bytes]:
    """Take one bundle in and sign its receipt, both in one transaction: what came by the network.

    ``knows`` is the signing key of ours that the desk named; ``proved`` is called once it is sure which desk
    it is, before anything is written.

    Raises:
        Unaccepted: as ``receive``.
        Trouble: the store cannot be written; nothing was changed.
    """
    parcel = _opened(region, content)
    proved(parcel.opened.label.iss)
    calendar.turn(region, at)
    with region.writing() as connection:
        found = _take_in(connection, region, parcel, at)
        _name, answered = _answer(connection, region, found.device, [found], at, knows=knows)
    return found, answered


def answer(region: Region, device: str, received: Iterable[Received], at: datetime) -> tuple[str, bytes]:
    """A signed receipt for one desk, with the name of its file; its number rises each time."""
    calendar.turn(region, at)
    with region.writing() as connection:
        return _answer(connection, region, device, received, at)


def state(connection: Connection, region: Region, device: str, at: datetime, *, knows: str = "") -> bytes:
    """A signed receipt that says how all stands with a desk, the summaries that are held included."""
    return _answer(connection, region, device, (), at, knows=knows, held=True)[1]


def _answer(
    connection: Connection,
    region: Region,
    device: str,
    received: Iterable[Received],
    at: datetime,
    *,
    knows: str = "",
    held: bool = False,
) -> tuple[str, bytes]:
    row = devices.find(connection, device, lock=True)
    assert row is not None
    keys, number = region.ring.now(), row["receipt_number"] + 1
    values = {"receipt_number": number, "heard": at.astimezone(HELSINKI).isoformat()}
    if knows in keys.signing:
        values["knows"] = row["knows"] = knows
    connection.execute(update(tables.device).where(_D.id == device).values(**values))
    now = [one.named for one in received if one.device == device and one.named is not None]
    found = Receipt(
        number=number,
        epoch=row["epoch"],
        last=_last(connection, device, row["epoch"]),
        missing=missing(connection, device, row["epoch"]),
        bundles=_named(connection, device, now),
        revoked=ledger.revoked(connection, device, receipt.MOST_REVOKED),
        keys=keys.card.keys,
    )
    content = sign_receipt(
        receipt.as_value(found, *_more(connection, row, held)),
        region_id=keys.card.id,
        device=device,
        iat=int(at.timestamp()),
        signing_key=keys.signs_for(row["knows"]) if row["knows"] else keys.oldest,
    )
    return export_file.receipt_name(keys.card.id, device, number), content


def _more(connection: Connection, row: Mapping[str, Any], held: bool) -> list[dict[str, Any]]:
    """The further items of a receipt."""
    found: list[dict[str, Any]] = []
    if row["state"] == devices.REVOKED:
        found.append({"kind": "device", "state": devices.REVOKED, "since": row["since"]})
    waiting = letters.waiting(connection, row["id"])
    if waiting is not None:
        found.append(waiting)
    if held:
        found.append(_held(connection, row["id"]))
    return found


def _held(connection: Connection, device: str) -> dict[str, Any]:
    names = select(_S.ref, _S.version, _S.consent, _S.valid_to)
    own = names.where(_S.device == device, _S.state == ledger.HELD).order_by(_S.ref).limit(MOST_HELD + 1)
    rows = [dict(row) for row in connection.execute(own).mappings()]
    return {"kind": "held", "summaries": rows[:MOST_HELD], "whole": len(rows) <= MOST_HELD}


def write_answers(region: Region, received: list[Received], folder: Path, at: datetime) -> list[Path]:
    """A receipt file for each desk that something came from."""
    devices = dict.fromkeys(one.device for one in received)
    written = []
    for device in devices:
        name, content = answer(region, device, received, at)
        written.append(export_file.write(folder, name, content, replace=True))
    return written


def missing(connection: Connection, device: str, epoch: int) -> tuple[int, ...]:
    """The numbers of a row that neither came nor were declared empty, up to the last that came."""
    own = (_B.device == device, _B.epoch == epoch)
    came, last = connection.execute(select(func.count(), func.max(_B.seq)).where(*own)).one()
    if came == (last or 0):
        return ()
    there = set(connection.execute(select(_B.seq).where(*own)).scalars())
    found = []
    for seq in range(1, last):
        if seq not in there:
            found.append(seq)
            if len(found) == receipt.MOST_MISSING:
                break
    return tuple(found)


def _opened(region: Region, content: bytes) -> _Parcel:
    keys = region.ring.now()
    with region.reading() as connection:
        opened = unseal(content, keys.card.id, keys.sealing, devices.Known(connection))
    try:
        items = bundle.items_of(opened.value)
    except Unaccepted as error:
        raise Unaccepted(error.reason, error.message, device=opened.label.iss) from error
    return _Parcel(opened=opened, items=items, sealed_for=sealed_for(content))


def _take_in(connection: Connection, region: Region, parcel: _Parcel, at: datetime) -> Received:
    opened, items, label = parcel.opened, parcel.items, parcel.opened.label
    now = at.astimezone(HELSINKI).isoformat()
    row = devices.find(connection, label.iss, lock=True)
    if row is None:
        message = N_("The bundle comes from a desk that is not enrolled here.")
        raise Unaccepted("unknown_device", message, device=label.iss)
    if row["state"] == devices.REVOKED:
        return Received(device=label.iss, named=None)
    knows = region.ring.now().newer(row["knows"], parcel.sealed_for)
    if knows != row["knows"]:
        connection.execute(update(tables.device).where(_D.id == label.iss).values(knows=knows))
    kept = connection.execute(select(tables.bundle).where(*_number(label))).mappings().first()
    if kept is not None and kept["sha256"] == opened.sha256:
        return Received(device=label.iss, named=_of_row(kept), again=True)
    if kept is not None:
        result = VOIDED if kept["result"] == ledger.VOID else FORK
        _alarm(connection, label, result, opened.sha256, now)
        return Received(device=label.iss, named=_name(opened, result))
    epoch = row["epoch"]
    if label.epoch < epoch:
        ledger.apply_withdrawals(connection, label, items, now)
        named = _name(opened, OLD_EPOCH)
    else:
        connection.execute(update(tables.device).where(_D.id == label.iss).values(epoch=label.epoch))
        rejected, set_aside = ledger.apply(connection, label, items, now)
        letters.seal_waiting(connection, region, label.iss, at)
        named = _name(opened, STORED, tuple(rejected), set_aside)
    _keep(connection, opened, named, now)
    broken = label.epoch >= epoch and _chain_is_broken(connection, label, opened.sha256)
    if broken:
        _alarm(connection, label, "chain", opened.sha256, now)
    return Received(device=label.iss, named=named, broken_chain=broken)


def _chain_is_broken(connection: Connection, label: Label, sha256: str) -> bool:
    """Whether the bundle does not name the one before it, or the one after it does not name this one."""
    before = _neighbour(connection, label, -1)
    after = _neighbour(connection, label, 1)
    if before is not None and before["sha256"] != label.prev:
        return True
    if label.seq == 1 and label.prev:
        return True
    return after is not None and after["prev"] != sha256


def _neighbour(connection: Connection, label: Label, step: int) -> Any:
    """The bundle next to a number, over numbers that are empty; None where it has not come."""
    seq = label.seq + step
    while seq > 0:
        here = Label(aud=label.aud, iss=label.iss, epoch=label.epoch, seq=seq, iat=0)
        row = connection.execute(select(tables.bundle).where(*_number(here))).mappings().first()
        if row is None or row["result"] != ledger.VOID:
            return row
        seq += step
    return None


def _number(label: Label) -> tuple[Any, ...]:
    return (_B.device == label.iss, _B.epoch == label.epoch, _B.seq == label.seq)


def _keep(connection: Connection, opened: Open, named: Named, now: str) -> None:
    label = opened.label
    connection.execute(
        insert(tables.bundle).values(
            device=label.iss,
            epoch=label.epoch,
            seq=label.seq,
            sha256=opened.sha256,
            prev=label.prev,
            iat=label.iat,
            received=now,
            result=named.result,
            rejected=[asdict(one) for one in named.rejected],
            set_aside=named.set_aside,
        )
    )


def _alarm(connection: Connection, label: Label, kind: str, sha256: str, now: str) -> None:
    row = {"device": label.iss, "epoch": label.epoch, "seq": label.seq, "kind": kind, "sha256": sha256}
    connection.execute(insert(tables.alarm).values(**row, at=now))


def _name(opened: Open, result: str, rejected: tuple[Rejected, ...] = (), set_aside: int = 0) -> Named:
    label = opened.label
    return Named(
        epoch=label.epoch,
        seq=label.seq,
        sha256=opened.sha256,
        result=result,
        rejected=rejected,
        set_aside=set_aside,
    )


def _of_row(row: Any) -> Named:
    return Named(
        epoch=row["epoch"],
        seq=row["seq"],
        sha256=row["sha256"],
        result=row["result"],
        rejected=tuple(Rejected(**one) for one in row["rejected"]),
        set_aside=row["set_aside"],
    )


def _named(connection: Connection, device: str, now: list[Named]) -> tuple[Named, ...]:
    """This call's bundles, then the newest before them: a lost receipt is made good by the next."""
    statement = select(tables.bundle).where(_B.device == device, _B.result != ledger.VOID)
    newest = statement.order_by(_B.epoch.desc(), _B.seq.desc()).limit(receipt.MOST_NAMED)
    before = [_of_row(row) for row in connection.execute(newest).mappings()]
    found = {one.sha256: one for one in [*now, *before]}
    return tuple(found.values())[: receipt.MOST_NAMED]


def _last(connection: Connection, device: str, epoch: int) -> int:
    statement = select(_B.seq).where(_B.device == device, _B.epoch == epoch).order_by(_B.seq.desc()).limit(1)
    return int(connection.execute(statement).scalar() or 0)
