"""The numbers of a desk's rows that came or were declared empty, as stretches without a hole.

An honest row is one stretch, so what is asked of it costs the same however long it is.  Whoever declares
numbers empty with holes between them makes stretches, and no desk makes more of those than so many.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from coachdesk.exchange.receipt import MOST_MISSING
from coachdesk.region import tables

MOST_STRETCHES = 2_000  # of one desk; beyond it no number is declared empty any more
_N, _D = tables.numbers.c, tables.device.c


class Stretch(NamedTuple):
    """Numbers from ``first`` to ``last``, none missing."""

    first: int
    last: int


def around(connection: Connection, device: str, epoch: int, seq: int) -> Stretch | None:
    """The stretch in which a number stands; None where it neither came nor was declared empty."""
    own = (_N.device == device, _N.epoch == epoch, _N.first <= seq)
    below = select(_N.first, _N.last).where(*own).order_by(_N.first.desc()).limit(1)
    found = connection.execute(below).first()
    return Stretch(*found) if found is not None and found.last >= seq else None


def add(connection: Connection, device: str, epoch: int, seqs: Collection[int]) -> None:
    """Note numbers that came or were declared empty; those that are known already change nothing."""
    new = _joined([Stretch(seq, seq) for seq in seqs])
    if not new:
        return
    own = (_N.device == device, _N.epoch == epoch)
    low = select(func.max(_N.first)).where(*own, _N.first <= new[0].first).scalar_subquery()
    near = (*own, _N.first >= func.coalesce(low, new[0].first), _N.first <= new[-1].last + 1)
    before = [Stretch(*row) for row in connection.execute(select(_N.first, _N.last).where(*near))]
    after = _joined([*before, *new])
    if [one.first for one in after] == [one.first for one in before]:  # the usual: the next number came
        for one in after:
            if one not in before:
                longer = update(tables.numbers).where(*own, _N.first == one.first).values(last=one.last)
                connection.execute(longer)
        return
    connection.execute(delete(tables.numbers).where(*near))
    rows = [{"device": device, "epoch": epoch, "first": one.first, "last": one.last} for one in after]
    connection.execute(insert(tables.numbers), rows)


def has_room(connection: Connection, device: str) -> bool:
    """Whether a desk may declare more numbers empty."""
    own = select(func.count()).select_from(tables.numbers).where(_N.device == device)
    return connection.execute(own).scalar_one() < MOST_STRETCHES


def last_and_missing(connection: Connection, device: str, epoch: int) -> tuple[int, tuple[int, ...]]:
    """The last number of a row, and those before it that neither came nor were declared empty.

    Of what is missing no more than one receipt names.
    """
    own = select(_N.first, _N.last).where(_N.device == device, _N.epoch == epoch)
    found = connection.execute(own.order_by(_N.first).limit(MOST_MISSING + 1)).all()
    gaps: list[int] = []
    before = 0
    for first, last in found:
        gaps += range(before + 1, min(first, before + 1 + MOST_MISSING - len(gaps)))
        before = last
    if len(found) > MOST_MISSING:
        before = connection.execute(own.order_by(_N.first.desc()).limit(1)).one().last
    return before, tuple(gaps)


def missing(connection: Connection, device: str, epoch: int) -> tuple[int, ...]:
    """The numbers of a row that neither came nor were declared empty, up to the last that came."""
    return last_and_missing(connection, device, epoch)[1]


def missing_of_all(connection: Connection) -> dict[str, tuple[int, ...]]:
    """As ``missing`` for every desk where a number is missing; one question for those where none is."""
    own = (_N.device == _D.id) & (_N.epoch == _D.epoch)
    holes = select(_D.id, _D.epoch).join(tables.numbers, own).where(_N.first > 1).distinct()
    return {id_: missing(connection, id_, epoch) for id_, epoch in connection.execute(holes).all()}


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same numbers in as few stretches as can be, in order."""
    found: list[Stretch] = []
    for one in sorted(stretches):
        if found and one.first <= found[-1].last + 1:
            found[-1] = Stretch(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return found
