"""The outbox: sealed bundles until a receipt names their SHA-256, and the items in them.

The bytes of a bundle never change.  ``sealed`` waits and was never handed to a carrier, ``handed`` was
tried or exported, ``acknowledged`` is named by a receipt, ``refused`` was turned away whole, ``destroyed``
was taken back before it was handed, ``superseded`` belongs to an earlier row of numbers.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update

from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

SEALED, HANDED, ACKNOWLEDGED = "sealed", "handed", "acknowledged"
REFUSED, DESTROYED, SUPERSEDED = "refused", "destroyed", "superseded"
WAITING = (SEALED, HANDED)
STANDING = (SEALED, HANDED, ACKNOWLEDGED)

DELIVERED, PUT_BACK, SETTLED = "delivered", "put_back", "settled"
SET_ASIDE = "not_as_described"  # the one refusal after which the coach must do something

BESIDE = ("answer", "service_card", "aggregate")  # what rests on no consent


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRow:
    """One bundle with its bytes, while they are kept."""

    region_id: str
    epoch: int
    seq: int
    sha256: str
    prev: str
    sealed: bytes | None
    state: str
    made: datetime
    handed: datetime | None = None
    receipt_at: datetime | None = None
    ways: str = ""  # "net", "file" or "both"
    receipt_id: int | None = None  # the receipt that named it first
    problem: Mapping[str, Any] | None = None  # why the region did not take it, as a sentence's id and values


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item of a bundle; for an empty number ``version`` is that number."""

    id: int = 0
    region_id: str
    epoch: int
    seq: int
    kind: str
    trainee_id: int | None = None
    ref: str = ""
    version: int = 0
    consent_uid: str = ""
    valid_to: date | None = None
    fields: Mapping[str, Any] | None = None
    digest: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The item of a ref that stands last, and the state of its bundle."""

    item: ItemRow
    state: str
    made: datetime
    receipt_at: datetime | None
    ways: str = ""
    receipt_id: int | None = None
    problem: Mapping[str, Any] | None = None


BUNDLES = Rows(tables.bundle, BundleRow)
ITEMS = Rows(tables.bundle_item, ItemRow)

_B, _I = tables.bundle.c, tables.bundle_item.c
_SAME = and_(_I.region_id == _B.region_id, _I.epoch == _B.epoch, _I.seq == _B.seq)
ITEMS_IN_BUNDLES = tables.bundle_item.join(tables.bundle, _SAME)


def place(unit: Opened, region_id: str, epoch: int) -> tuple[int, str]:
    """The last number of a row, and the SHA-256 of the last bundle in it that stands."""
    own = (_B.region_id == region_id, _B.epoch == epoch)
    last = unit.connection.execute(select(func.max(_B.seq)).where(*own)).scalar() or 0
    standing = select(_B.sha256).where(*own, _B.state != DESTROYED).order_by(_B.seq.desc()).limit(1)
    return last, unit.connection.execute(standing).scalar() or ""


def empty_numbers(unit: Opened, region_id: str, epoch: int) -> tuple[int, ...]:
    """Numbers of destroyed bundles that no standing bundle has declared empty yet."""
    own = (_B.region_id == region_id, _B.epoch == epoch)
    gone = set(unit.connection.execute(select(_B.seq).where(*own, _B.state == DESTROYED)).scalars())
    told = (
        select(_I.version)
        .select_from(ITEMS_IN_BUNDLES)
        .where(*own, _B.state.in_(STANDING), _I.kind == "void")
    )
    return tuple(sorted(gone - set(unit.connection.execute(told).scalars())))


def any_item(unit: Opened, *where: Any) -> bool:
    """Whether there is an item of which all this is true, of it or of its bundle."""
    found = select(_I.id).select_from(ITEMS_IN_BUNDLES).where(*where).limit(1)
    return unit.connection.execute(found).first() is not None


def has_snapshot(unit: Opened, region_id: str, epoch: int) -> bool:
    """Whether a row of numbers has begun with its snapshot."""
    own = (_B.region_id == region_id, _B.epoch == epoch, _B.state.in_(STANDING))
    return any_item(unit, *own, _I.kind == "snapshot")


def has_told_key(unit: Opened, region_id: str, kid: str) -> bool:
    """Whether a bundle that stands tells the region this desk's key for letters."""
    own = (_B.region_id == region_id, _B.state.in_(STANDING))
    return any_item(unit, *own, _I.kind == "desk_key", _I.digest == kid)


def add(unit: Opened, bundle: BundleRow, items: Iterable[ItemRow]) -> None:
    """Keep a sealed bundle with what is in it."""
    BUNDLES.add(unit, bundle)
    rows = [ITEMS.values(item) for item in items]
    if rows:
        unit.connection.execute(insert(tables.bundle_item), rows)


def waiting(unit: Opened, region_id: str) -> tuple[BundleRow, ...]:
    """The bundles that no receipt has named, in order."""
    where = (_B.region_id == region_id, _B.state.in_(WAITING))
    return BUNDLES.find(unit, *where, order=[_B.epoch, _B.seq])


def hand(unit: Opened, region_id: str, at: datetime, way: str, only: BundleRow | None = None) -> None:
    """Note that waiting bundles are given to a carrier: from now on none of them can be taken back.

    ``way`` is "net" or "file"; ``only`` is the one that is given.
    """
    where = [_B.region_id == region_id, _B.state.in_(WAITING)]
    if only is not None:
        where += [_B.epoch == only.epoch, _B.seq == only.seq]
    first = update(tables.bundle).where(*where, _B.state == SEALED)
    unit.connection.execute(first.values(state=HANDED, handed=at))
    unit.connection.execute(update(tables.bundle).where(*where, _B.ways == "").values(ways=way))
    other = {"net": "file", "file": "net"}[way]
    unit.connection.execute(update(tables.bundle).where(*where, _B.ways == other).values(ways="both"))


def withdrawing(unit: Opened, region_id: str) -> frozenset[tuple[int, int]]:
    """The places of the waiting bundles that hold a withdrawal: they go before all others."""
    statement = select(_B.epoch, _B.seq).select_from(ITEMS_IN_BUNDLES)
    where = (_B.region_id == region_id, _B.state.in_(WAITING), _I.kind == "withdraw")
    return frozenset((row.epoch, row.seq) for row in unit.connection.execute(statement.where(*where)))


def behind(unit: Opened, region_id: str, stuck: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """The places of the waiting bundles with a summary whose withdrawal stands in a bundle that is stuck."""
    if not stuck:
        return frozenset()
    where = (_B.region_id == region_id, _B.state.in_(WAITING), _I.kind.in_(("put", "withdraw")))
    statement = select(_B.epoch, _B.seq, _I.kind, _I.ref).select_from(ITEMS_IN_BUNDLES).where(*where)
    rows = [((row.epoch, row.seq), row.kind, row.ref) for row in unit.connection.execute(statement)]
    gone: dict[str, tuple[int, int]] = {}
    for at, kind, ref in rows:
        if kind == "withdraw" and at in stuck:
            gone[ref] = max(at, gone.get(ref, at))
    return frozenset(at for at, kind, ref in rows if kind == "put" and ref in gone and at < gone[ref])


def tell_problem(unit: Opened, bundle: BundleRow, problem: Mapping[str, Any] | None) -> None:
    """Keep why a region did not take a bundle, or forget it so that it is tried again."""
    where = (_B.region_id == bundle.region_id, _B.epoch == bundle.epoch, _B.seq == bundle.seq)
    unit.connection.execute(update(tables.bundle).where(*where).values(problem=problem))


def highest_acknowledged(unit: Opened, region_id: str, epoch: int) -> int:
    """The highest number of a row that a receipt has named as stored."""
    where = (_B.region_id == region_id, _B.epoch == epoch, _B.state == ACKNOWLEDGED)
    return unit.connection.execute(select(func.max(_B.seq)).where(*where)).scalar() or 0


def never_handed(unit: Opened, region_id: str) -> tuple[ItemRow, ...]:
    """The items of bundles that can still be taken back."""
    rows = unit.connection.execute(
        select(tables.bundle_item)
        .select_from(ITEMS_IN_BUNDLES)
        .where(_B.region_id == region_id, _B.state == SEALED)
    )
    return tuple(ITEMS.read(row) for row in rows.mappings())


def of_region(unit: Opened, region_id: str, epoch: int | None = None) -> tuple[BundleRow, ...]:
    """Every bundle for a region, or those of one row of numbers."""
    where = [_B.region_id == region_id] + ([] if epoch is None else [_B.epoch == epoch])
    return BUNDLES.find(unit, *where, order=[_B.epoch, _B.seq])


def destroy(unit: Opened, region_id: str) -> int:
    """Destroy every bundle that was never handed over; how many.  Their numbers are never used again."""
    where = (_B.region_id == region_id, _B.state == SEALED)
    numbers = unit.connection.execute(select(_B.epoch, _B.seq).where(*where)).all()
    for epoch, seq in numbers:
        gone = (_I.region_id == region_id, _I.epoch == epoch, _I.seq == seq)
        unit.connection.execute(update(tables.bundle_item).where(*gone).values(fields=None))
    unit.connection.execute(update(tables.bundle).where(*where).values(state=DESTROYED, sealed=None))
    return len(numbers)


def supersede(unit: Opened, region_id: str, epoch: int) -> None:
    """A new row of numbers begins: what waits of earlier rows is dropped."""
    where = (_B.region_id == region_id, _B.epoch < epoch, _B.state.in_(WAITING))
    unit.connection.execute(update(tables.bundle).where(*where).values(state=SUPERSEDED, sealed=None))


def settle(unit: Opened, bundle: BundleRow, state: str, at: datetime) -> None:
    """A receipt has named the bundle: its bytes are no longer needed."""
    where = (_B.region_id == bundle.region_id, _B.epoch == bundle.epoch, _B.seq == bundle.seq)
    values = {"state": state, "sealed": None, "receipt_at": at}
    unit.connection.execute(update(tables.bundle).where(*where).values(**values))


def items_of(unit: Opened, bundle: BundleRow) -> tuple[ItemRow, ...]:
    """The items of a bundle."""
    where = (_I.region_id == bundle.region_id, _I.epoch == bundle.epoch, _I.seq == bundle.seq)
    return ITEMS.find(unit, *where)


def judge(unit: Opened, item: ItemRow, outcome: str) -> None:
    """Write what became of an item; once it is delivered, what was sent of that ref before is forgotten."""
    unit.connection.execute(update(tables.bundle_item).where(_I.id == item.id).values(outcome=outcome))
    if outcome == DELIVERED and item.ref:
        before = (_I.region_id == item.region_id, _I.ref == item.ref, _I.id < item.id)
        unit.connection.execute(update(tables.bundle_item).where(*before).values(fields=None))
        aside = (*before, _I.outcome == SET_ASIDE)
        unit.connection.execute(update(tables.bundle_item).where(*aside).values(outcome=SETTLED))


def sent_items(unit: Opened, limit: int) -> tuple[Sent, ...]:
    """What was sealed, the newest first; destroyed bundles are left out.

    Whatever still waits or was set aside is told, however old; of what is settled so many of the newest.
    """
    kinds = _I.kind.in_(("put", "withdraw", *BESIDE))
    unsettled = _B.state.in_(WAITING) | (_I.outcome == SET_ASIDE)
    newest = (_B.made.desc(), _I.id.desc())
    asking = sent(unit, (_B.state != DESTROYED, kinds, unsettled), order=newest)
    settled = sent(unit, (_B.state != DESTROYED, kinds, ~unsettled), order=newest, limit=limit)
    return (*asking, *settled)


def sent(
    unit: Opened, where: Iterable[Any], *, order: Iterable[Any], limit: int | None = None
) -> tuple[Sent, ...]:
    """The items of which all this is true, of them or of their bundles, in an order."""
    columns = (_B.state, _B.made, _B.receipt_at, _B.ways, _B.receipt_id, _B.problem)
    statement = (
        select(tables.bundle_item, *columns).select_from(ITEMS_IN_BUNDLES).where(*where).order_by(*order)
    )
    return tuple(
        Sent(
            item=ITEMS.read(row),
            state=row["state"],
            made=row["made"],
            receipt_at=row["receipt_at"],
            ways=row["ways"],
            receipt_id=row["receipt_id"],
            problem=row["problem"],
        )
        for row in unit.connection.execute(statement.order_by(*order).limit(limit)).mappings()
    )
