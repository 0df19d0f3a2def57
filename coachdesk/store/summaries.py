"""Trainees' summaries towards a region: the names it knows them by, what was sent, what a coach accepted."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from coachdesk.store import tables
from coachdesk.store.outbox import ACKNOWLEDGED, DESTROYED, PUT_BACK, STANDING, Sent, any_item, sent
from coachdesk.store.rows import Opened, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The coach has seen exactly this summary and let it go."""

    id: int = 0
    trainee_id: int
    recipient: str
    digest: str
    scopes: tuple[str, ...]
    words_digest: str
    at: datetime
    coach_id: int | None = None


ACCEPTANCES = Rows(tables.acceptance, Acceptance)

_B, _I, _A, _R = tables.bundle.c, tables.bundle_item.c, tables.acceptance.c, tables.reference.c
_SUMMARIES = _I.kind.in_(("put", "withdraw"))


def refs(unit: Opened, recipient: str, trainee_ids: Iterable[int]) -> dict[int, str]:
    """The names by which a recipient knows trainees: 128 random bits each, made once."""
    found = unit.connection.execute(select(_R.trainee_id, _R.ref).where(_R.recipient == recipient))
    known = {row.trainee_id: row.ref for row in found}
    fresh = {key: secrets.token_hex(16) for key in trainee_ids if key not in known}
    if fresh:
        rows = [{"trainee_id": key, "recipient": recipient, "ref": ref} for key, ref in fresh.items()]
        unit.connection.execute(insert(tables.reference), rows)
    return known | fresh


def known_refs(unit: Opened, recipient: str, trainee_id: int | None = None) -> dict[int, str]:
    """The names that were made already, of everybody or of one trainee."""
    where = [_R.recipient == recipient] + ([] if trainee_id is None else [_R.trainee_id == trainee_id])
    found = unit.connection.execute(select(_R.trainee_id, _R.ref).where(*where))
    return {row.trainee_id: row.ref for row in found}


def last_sent(
    unit: Opened, region_id: str, epoch: int | None = None, trainee_id: int | None = None
) -> dict[str, Sent]:
    """The last item of each ref that stands, in one row of numbers or in all of them.

    An item that was put back into the queue, or whose bundle was refused, no longer stands; one that the
    region found wrong still does, so that it is not sent again unchanged.
    """
    where = [_I.region_id == region_id, _SUMMARIES, _I.outcome != PUT_BACK]
    where.append(_B.state.in_(STANDING) if epoch is not None else _B.state != DESTROYED)
    if epoch is not None:
        where.append(_I.epoch == epoch)
    if trainee_id is not None:
        where.append(_I.trainee_id == trainee_id)
    rows = sent(unit, where, order=(_I.epoch, _I.seq, _I.id))
    return {one.item.ref: one for one in rows}


def highest_versions(unit: Opened, region_id: str, trainee_id: int | None = None) -> dict[str, int]:
    """The highest version ever used for each ref, also in bundles that never left."""
    where = [_I.region_id == region_id, _SUMMARIES]
    if trainee_id is not None:
        where.append(_I.trainee_id == trainee_id)
    statement = select(_I.ref, func.max(_I.version).label("highest")).where(*where).group_by(_I.ref)
    return {row.ref: row.highest for row in unit.connection.execute(statement)}


def ever_sent(unit: Opened, region_id: str, trainee_id: int) -> bool:
    """Whether anything of a trainee was ever handed over for a region."""
    return any_item(unit, _I.trainee_id == trainee_id, _I.region_id == region_id, _B.handed.is_not(None))


def has_left_under(unit: Opened, consent_uid: str) -> bool:
    """Whether anything was handed to a carrier under a consent."""
    return any_item(unit, _I.consent_uid == consent_uid, _I.kind == "put", _B.handed.is_not(None))


def answered_items(unit: Opened) -> tuple[Sent, ...]:
    """What receipts have told of: summaries and withdrawals, the oldest first."""
    where = (_B.state == ACKNOWLEDGED, _SUMMARIES)
    return sent(unit, where, order=(_I.region_id, _I.epoch, _I.seq, _I.id))


def acceptances(unit: Opened, recipient: str, trainee_id: int | None = None) -> dict[int, list[Acceptance]]:
    """What the coaches have accepted for a recipient, by trainee, the newest last."""
    found: dict[int, list[Acceptance]] = {}
    where = [_A.recipient == recipient] + ([] if trainee_id is None else [_A.trainee_id == trainee_id])
    for one in ACCEPTANCES.find(unit, *where):
        found.setdefault(one.trainee_id, []).append(one)
    return found
