"""Receiving: a file is opened, verified and applied once; the answer names its SHA-256.

Each file is one transaction.  The same bundle again changes nothing and is answered again; another bundle
under a number that is taken raises an alarm; numbers that never came are named as missing.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from coachdesk.clock import HELSINKI
from coachdesk.errors import Unreadable
from coachdesk.exchange import bundle, export_file, receipt
from coachdesk.exchange.receipt import FORK, OLD_EPOCH, STORED, VOIDED, Named, Receipt, Rejected
from coachdesk.exchange.seal import Label, Open, sign_receipt, unseal
from coachdesk.i18n import N_
from coachdesk.region import ledger, tables
from coachdesk.region.folder import Region

_B, _D = tables.bundle.c, tables.device.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of one bundle; ``again`` when it had been received before."""

    device: str
    named: Named
    again: bool = False
    broken_chain: bool = False


def receive(region: Region, content: bytes, at: datetime) -> Received:
    """Take one sealed bundle in.

    Raises:
        Unreadable: it is not whole, not for this region, or from no desk that is enrolled.
        Trouble: the store cannot be written.
    """
    opened = unseal(content, region.card.id, region.sealing_keys, region.devices)
    items = bundle.items_of(opened.value)
    now = at.astimezone(HELSINKI).isoformat()
    with region.writing() as connection:
        ledger.expire(connection, at.astimezone(HELSINKI).date())
        return _take_in(connection, opened, items, now)


def answer(region: Region, device: str, received: Iterable[Received], at: datetime) -> tuple[str, bytes]:
    """A signed receipt for one desk, with the name of its file; its number rises each time."""
    with region.writing() as connection:
        ledger.expire(connection, at.astimezone(HELSINKI).date())
        row = connection.execute(select(tables.device).where(_D.id == device)).mappings().one()
        number = row["receipt_number"] + 1
        connection.execute(update(tables.device).where(_D.id == device).values(receipt_number=number))
        found = Receipt(
            number=number,
            epoch=row["epoch"],
            last=_last(connection, device, row["epoch"]),
            missing=missing(connection, device, row["epoch"]),
            bundles=_named(connection, device, [one.named for one in received if one.device == device]),
            revoked=ledger.revoked(connection, device, receipt.MOST_REVOKED),
            keys=region.card.keys,
        )
    content = sign_receipt(
        receipt.as_value(found),
        region_id=region.card.id,
        device=device,
        iat=int(at.timestamp()),
        signing_key=region.signing_key,
    )
    return export_file.receipt_name(region.card.id, device, number), content


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
    there = set(connection.execute(select(_B.seq).where(_B.device == device, _B.epoch == epoch)).scalars())
    found = []
    for seq in range(1, max(there, default=0)):
        if seq not in there:
            found.append(seq)
            if len(found) == receipt.MOST_MISSING:
                break
    return tuple(found)


def _take_in(connection: Connection, opened: Open, items: list[Any], now: str) -> Received:
    label = opened.label
    _must_be_enrolled(connection, label.iss)
    kept = connection.execute(select(tables.bundle).where(*_number(label))).mappings().first()
    if kept is not None and kept["sha256"] == opened.sha256:
        return Received(device=label.iss, named=_of_row(kept), again=True)
    if kept is not None:
        result = VOIDED if kept["result"] == ledger.VOID else FORK
        _alarm(connection, label, result, opened.sha256, now)
        return Received(device=label.iss, named=_name(opened, result))
    epoch = connection.execute(select(_D.epoch).where(_D.id == label.iss)).scalar_one()
    if label.epoch < epoch:
        ledger.apply_withdrawals(connection, label, items, now)
        named = _name(opened, OLD_EPOCH)
    else:
        connection.execute(update(tables.device).where(_D.id == label.iss).values(epoch=label.epoch))
        rejected, set_aside = ledger.apply(connection, label, items, now)
        named = _name(opened, STORED, tuple(rejected), set_aside)
    _keep(connection, opened, named, now)
    broken = label.epoch >= epoch and _chain_is_broken(connection, label, opened.sha256)
    if broken:
        _alarm(connection, label, "chain", opened.sha256, now)
    return Received(device=label.iss, named=named, broken_chain=broken)


def _must_be_enrolled(connection: Connection, device: str) -> None:
    """The key file alone is not enough: a desk is enrolled by the command."""
    if connection.execute(select(_D.id).where(_D.id == device)).first() is None:
        raise Unreadable(N_("The bundle comes from a desk that is not enrolled here."))


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
