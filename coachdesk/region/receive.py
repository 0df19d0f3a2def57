"""Receiving: a bundle is opened, verified and applied once; the answer names its SHA-256.

One path for the network and for carried files.  Each bundle is one transaction.  The same bundle again
changes nothing and is answered again; another bundle under a number that is taken raises an alarm; numbers
that never came are named as missing.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from coachdesk.clock import HELSINKI
from coachdesk.exchange import bundle, export_file
from coachdesk.exchange.receipt import FORK, OLD_EPOCH, STORED, VOIDED, Named, Rejected, bundle_of
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.exchange.seal import BIGGEST_BUNDLE, Label, Open, sealed_for, unseal
from coachdesk.i18n import N_
from coachdesk.region import calendar, devices, ledger, letters, numbers, receipts, tables
from coachdesk.region.folder import Region

BIGGEST = BIGGEST_BUNDLE
MOST_ALARMS = 1_000  # of one desk
FURTHEST_ROW = 1_000_000  # ahead of the one that is known: whoever took the last of all left none to go on in
_B, _D = tables.bundle.c, tables.device.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of one bundle.

    ``again`` when it had been received before.  ``named`` is None where the desk is revoked: then nothing
    was done.  ``sealed_for`` is the key of ours that a carried one was sealed for.
    """

    device: str
    named: Named | None
    again: bool = False
    broken_chain: bool = False
    sealed_for: str = ""

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
        row = _row_of(connection, parcel)
        found = _take_in(connection, region, parcel, row, at)
        values = {"epoch": row["epoch"], "knows": row["knows"]}
        connection.execute(update(tables.device).where(_D.id == row["id"]).values(**values))
        return replace(found, sealed_for=parcel.sealed_for)


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
        row = _row_of(connection, parcel)
        found = _take_in(connection, region, parcel, row, at)
        named = [] if found.named is None else [found.named]
        _name, answered = receipts.signed(connection, region, row, named, at, knows=knows, most=receipts.FEW)
    return found, answered


def answer(region: Region, device: str, received: Iterable[Received], at: datetime) -> tuple[str, bytes]:
    """A signed receipt for one desk, with the name of its file; its number rises each time.

    It is signed with the key that goes with the oldest that any of these was sealed for.
    """
    calendar.turn(region, at)
    own = [one for one in received if one.device == device]
    named = [one.named for one in own if one.named is not None]
    knows = region.ring.now().eldest(one.sealed_for for one in own)
    with region.writing() as connection:
        row = devices.find(connection, device, lock=True)
        assert row is not None
        return receipts.signed(connection, region, row, named, at, knows=knows)


def write_answers(region: Region, received: list[Received], folder: Path, at: datetime) -> list[Path]:
    """A receipt file for each desk that something came from."""
    devices = dict.fromkeys(one.device for one in received)
    written = []
    for device in devices:
        name, content = answer(region, device, received, at)
        written.append(export_file.write(folder, name, content, replace=True))
    return written


def _opened(region: Region, content: bytes) -> _Parcel:
    keys = region.ring.now()
    with region.reading() as connection:
        opened = unseal(content, keys.card.id, keys.sealing, devices.Known(connection))
    try:
        items = bundle.items_of(opened.value)
    except Unaccepted as error:
        raise Unaccepted(error.reason, error.message, device=opened.label.iss) from error
    return _Parcel(opened=opened, items=items, sealed_for=sealed_for(content))


def _row_of(connection: Connection, parcel: _Parcel) -> dict[str, Any]:
    """The row of the desk that sends, locked: what changes in it is written with the receipt."""
    device = parcel.opened.label.iss
    row = devices.find(connection, device, lock=True)
    if row is None:
        message = N_("The bundle comes from a desk that is not enrolled here.")
        raise Unaccepted("unknown_device", message, device=device)
    return row


def _take_in(
    connection: Connection, region: Region, parcel: _Parcel, row: dict[str, Any], at: datetime
) -> Received:
    opened, items, label = parcel.opened, parcel.items, parcel.opened.label
    now = at.astimezone(HELSINKI).isoformat()
    if row["state"] == devices.REVOKED:
        return Received(device=label.iss, named=None)
    if label.epoch > row["epoch"] + FURTHEST_ROW:
        raise Unaccepted("wrong_form", device=label.iss)
    row["knows"] = region.ring.now().newer(row["knows"], parcel.sealed_for)
    kept = connection.execute(select(tables.bundle).where(*_number(label))).mappings().first()
    if kept is not None and kept["sha256"] == opened.sha256:
        return Received(device=label.iss, named=bundle_of(dict(kept)), again=True)
    empty = kept is None and numbers.around(connection, label.iss, label.epoch, label.seq) is not None
    if kept is not None or empty:
        result = VOIDED if empty else FORK
        _alarm(connection, label, result, opened.sha256, now)
        return Received(device=label.iss, named=_name(opened, result))
    epoch = row["epoch"]
    if label.epoch < epoch:
        ledger.apply_withdrawals(connection, label, items, now)
        named = _name(opened, OLD_EPOCH)
    else:
        row["epoch"] = label.epoch
        rejected, set_aside = ledger.apply(connection, label, items, now)
        if any(bundle.kind_of(item) == bundle.DESK_KEY for item in items):
            letters.seal_waiting(connection, region, label.iss, at)
            row |= {
                **(devices.find(connection, label.iss) or {}),
                "epoch": label.epoch,
                "knows": row["knows"],
            }
        named = _name(opened, STORED, tuple(rejected), set_aside)
    _keep(connection, opened, named, now)
    broken = label.epoch >= epoch and _chain_is_broken(connection, label, opened.sha256)
    if broken:
        _alarm(connection, label, "chain", opened.sha256, now)
    return Received(device=label.iss, named=named, broken_chain=broken)


def _chain_is_broken(connection: Connection, label: Label, sha256: str) -> bool:
    """Whether the bundle does not name the one before it, or the one after it does not name this one."""
    if label.seq == 1 and label.prev:
        return True
    whole = numbers.around(connection, label.iss, label.epoch, label.seq)
    assert whole is not None  # it has just come
    before = _neighbour(connection, label, (whole.first, label.seq - 1), _B.seq.desc())
    after = _neighbour(connection, label, (label.seq + 1, whole.last), _B.seq)
    if before is not None and before.sha256 != label.prev:
        return True
    return after is not None and after.prev != sha256


def _neighbour(connection: Connection, label: Label, between: tuple[int, int], order: Any) -> Any:
    """The bundle next to a number among numbers of which none is missing: what lies between is empty."""
    if between[0] > between[1]:
        return None
    row = (_B.device == label.iss, _B.epoch == label.epoch, _B.seq.between(*between))
    return connection.execute(select(tables.bundle).where(*row).order_by(order).limit(1)).first()


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
    numbers.add(connection, label.iss, label.epoch, (label.seq,))


def _alarm(connection: Connection, label: Label, kind: str, sha256: str, now: str) -> None:
    """Once for each bundle, and so many of one desk: whoever sends again and again drowns nobody else's."""
    row = {"device": label.iss, "epoch": label.epoch, "seq": label.seq, "kind": kind, "sha256": sha256}
    a = tables.alarm.c
    if connection.execute(select(a.id).filter_by(**row)).first() is not None:
        return
    count = select(func.count()).select_from(tables.alarm).where(a.device == label.iss)
    if connection.execute(count).scalar_one() < MOST_ALARMS:
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
