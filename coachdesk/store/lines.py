"""The lines to the regions, and the receipts as the regions signed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from coachdesk.domain.line import Line
from coachdesk.store import tables
from coachdesk.store.outbox import BundleRow
from coachdesk.store.rows import Opened, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """A receipt as it came; ``way`` is "net" or "file"."""

    id: int = 0
    region_id: str
    number: int
    sha256: str
    content: bytes
    at: datetime
    way: str


LINES = Rows(tables.line, Line)
RECEIPTS = Rows(tables.receipt, ReceiptRow)
_B, _R = tables.bundle.c, tables.receipt.c


def line_of(unit: Opened, region_id: str) -> Line:
    """The line to a region; one without an address where none was given."""
    found = LINES.find(unit, tables.line.c.region_id == region_id, limit=1)
    return found[0] if found else Line(region_id=region_id)


def lines(unit: Opened) -> dict[str, Line]:
    """The lines by the region's id."""
    return {line.region_id: line for line in LINES.find(unit)}


def keep(unit: Opened, line: Line) -> None:
    """Write how a line stands."""
    if LINES.find(unit, tables.line.c.region_id == line.region_id, limit=1):
        LINES.put(unit, line)
    else:
        LINES.add(unit, line)


def keep_receipt(unit: Opened, row: ReceiptRow) -> ReceiptRow:
    """Keep a receipt's bytes; one that is kept already is returned as it is."""
    found = RECEIPTS.find(unit, _R.sha256 == row.sha256, limit=1)
    return found[0] if found else RECEIPTS.add(unit, row)


def names(unit: Opened, receipt_id: int, bundles: Iterable[BundleRow]) -> None:
    """Note the receipt that named these bundles first: it is the proof of what became of them."""
    for one in bundles:
        own = (_B.region_id == one.region_id, _B.epoch == one.epoch, _B.seq == one.seq)
        unit.connection.execute(
            update(tables.bundle).where(*own, _B.receipt_id.is_(None)).values(receipt_id=receipt_id)
        )


def numbers(unit: Opened) -> dict[int, int]:
    """The number of each receipt that is kept, by its id."""
    return {row.id: row.number for row in unit.connection.execute(select(_R.id, _R.number))}
