"""Letters of a region in the store: the letters, the bundles they came in, the coach's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from coachdesk.domain.letter_kinds import WORKER_CHANGED
from coachdesk.domain.region_letters import ASIDE, DONE, STORED, Answer, RegionLetter
from coachdesk.store import tables
from coachdesk.store.outbox import ITEMS_IN_BUNDLES, STANDING
from coachdesk.store.rows import Opened, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBundle:
    """A bundle of a region as it came; ``result`` is what the region is told of it."""

    region_id: str
    epoch: int
    seq: int
    sha256: str
    prev: str = ""
    result: str
    received: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What became of an item that was sealed last under an id, and stands."""

    kind: str
    id: str
    content: Mapping[str, Any]
    state: str  # of its bundle
    outcome: str
    made: datetime
    receipt_at: datetime | None


LETTERS = Rows(tables.region_letter, RegionLetter)
ANSWERS = Rows(tables.letter_answer, Answer)
BUNDLES = Rows(tables.letter_bundle, LetterBundle)

_L, _A, _P = tables.region_letter.c, tables.letter_answer.c, tables.letter_bundle.c
_B, _I = tables.bundle.c, tables.bundle_item.c


def by_uid(unit: Opened, region_id: str, uid: str) -> RegionLetter | None:
    """A letter by the id that the region gave it."""
    found = LETTERS.find(unit, _L.region_id == region_id, _L.uid == uid, limit=1)
    return found[0] if found else None


def open_ones(unit: Opened) -> tuple[RegionLetter, ...]:
    """The letters that nobody has answered yet, the oldest first."""
    return LETTERS.find(unit, _L.state.not_in((DONE, ASIDE)), order=[_L.received, _L.id])


def newest_settled(unit: Opened, limit: int) -> tuple[RegionLetter, ...]:
    """The letters that came last, of those that ask for nothing any more.

    What another desk handed over of one is no letter to this one.
    """
    where = (_L.region_id != "", _L.state.in_((DONE, ASIDE)))
    return LETTERS.find(unit, *where, order=[_L.received.desc(), _L.id.desc()], limit=limit)


def count_open(unit: Opened, region_id: str) -> int:
    """How many letters of a region nobody has answered, those of unknown kinds too."""
    open_ = select(func.count()).select_from(tables.region_letter)
    return unit.connection.execute(open_.where(_L.region_id == region_id, _L.state != DONE)).scalar_one()


def answer_of(unit: Opened, letter_id: int) -> Answer | None:
    """The newest answer to a letter."""
    found = ANSWERS.find(unit, _A.letter_id == letter_id, order=_A.id.desc(), limit=1)
    return found[0] if found else None


def accepted_at(unit: Opened, uid: str) -> datetime | None:
    """When an answer was accepted for sending, by its id."""
    found = ANSWERS.find(unit, _A.uid == uid, limit=1)
    return found[0].accepted if found else None


def forget_nobodys(unit: Opened, before: datetime) -> tuple[int, ...]:
    """Empty letters that were answered before a moment and joined to no trainee; which ones."""
    old = select(_A.letter_id).where(_A.accepted < before)
    whole = func.length(_L.content) > len("{}")
    where = (_L.state == DONE, _L.trainee_id.is_(None), _L.id.in_(old), whole)
    found = tuple(unit.connection.execute(select(_L.id).where(*where)).scalars())
    if found:
        unit.connection.execute(update(tables.region_letter).where(_L.id.in_(found)).values(content={}))
        unit.connection.execute(update(tables.letter_answer).where(_A.letter_id.in_(found)).values(words=""))
    return found


def worker_of(unit: Opened, trainee_id: int, on: date) -> RegionLetter | None:
    """The letter by which the record knows a trainee's responsible worker on a day; the last wins."""
    where = (_L.trainee_id == trainee_id, _L.kind == WORKER_CHANGED, _L.taken_over.is_not(None))
    found = LETTERS.find(unit, *where, order=[_L.received, _L.id])
    return max(reversed(found), key=lambda one: _rank(one, on), default=None)


def _rank(letter: RegionLetter, on: date) -> tuple[bool, date]:
    """One that has begun comes before one that begins later; of both the newest."""
    begins = letter.day("from_day") or date.min
    return begins <= on, begins if begins <= on else date.max - (begins - date.min)


def approvals(unit: Opened, trainee_id: int) -> dict[int, RegionLetter]:
    """The letters by which the region has approved plans of a trainee, by the plan; the newest of each."""
    where = (_L.trainee_id == trainee_id, _L.plan_id.is_not(None), _L.taken_over.is_not(None))
    return {one.plan_id or 0: one for one in LETTERS.find(unit, *where, order=[_L.received, _L.id])}


def set_aside(unit: Opened) -> tuple[RegionLetter, ...]:
    """The letters that an earlier program did not know."""
    return LETTERS.find(unit, _L.state == ASIDE)


def first_unread(unit: Opened, region_id: str) -> tuple[int, int] | None:
    """The place before the first bundle of a region that could not be read whole; None where all were."""
    where = (_P.region_id == region_id, _P.result != STORED)
    found = BUNDLES.find(unit, *where, order=[_P.epoch, _P.seq], limit=1)
    return (found[0].epoch, found[0].seq - 1) if found else None


def answers_to(unit: Opened, region_id: str) -> tuple[tuple[RegionLetter, Answer], ...]:
    """Each answer to a letter of a region, with its letter, in the order in which they were written."""
    own = {letter.id: letter for letter in LETTERS.find(unit, _L.region_id == region_id)}
    return tuple((own[one.letter_id], one) for one in ANSWERS.find(unit) if one.letter_id in own)


def bundles_at(unit: Opened, region_id: str, epoch: int, seq: int) -> tuple[LetterBundle, ...]:
    """What came under a number."""
    return BUNDLES.find(unit, _P.region_id == region_id, _P.epoch == epoch, _P.seq == seq)


def bundles_of(unit: Opened, region_id: str) -> tuple[LetterBundle, ...]:
    """Every bundle that came from a region, in order."""
    return BUNDLES.find(unit, _P.region_id == region_id, order=[_P.epoch, _P.seq, _P.received])


def newest_epoch(unit: Opened, region_id: str) -> int:
    """The highest row of numbers from which a letter came; 0 before the first."""
    return unit.connection.execute(select(func.max(_P.epoch)).where(_P.region_id == region_id)).scalar() or 0


def standing(unit: Opened, region_id: str, epoch: int, kinds: Iterable[str]) -> tuple[Standing, ...]:
    """The items of some kinds in bundles of a row of numbers that stand, in order."""
    where = (_I.region_id == region_id, _I.epoch == epoch, _I.kind.in_(list(kinds)), _B.state.in_(STANDING))
    statement = (
        select(tables.bundle_item, _B.state, _B.made, _B.receipt_at)
        .select_from(ITEMS_IN_BUNDLES)
        .where(*where)
    )
    rows = unit.connection.execute(statement.order_by(_I.seq, _I.id)).mappings()
    return tuple(
        Standing(
            kind=row["kind"],
            id=row["ref"],
            content=row["fields"] or {},
            state=row["state"],
            outcome=row["outcome"],
            made=row["made"],
            receipt_at=row["receipt_at"],
        )
        for row in rows
    )
