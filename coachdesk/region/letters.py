"""Letters to desks and their answers: written, sealed for one desk, kept until it tells that it has them.

Wire: ``docs/protocol.md`` 3.5, 5.5 to 5.7 and 9.  Every letter is a bundle of its own in the row of numbers
of its desk; the sealed bytes never change, by network or as a file.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, case, delete, func, insert, select, update

from coachdesk.clock import HELSINKI
from coachdesk.domain import letter_kinds, region_letters
from coachdesk.errors import Problem, Refused
from coachdesk.exchange import bundle, export_file, keys, schemas
from coachdesk.exchange.keys import ENCRYPT, Jwk
from coachdesk.exchange.outgoing import Sealer
from coachdesk.exchange.seal import Label
from coachdesk.i18n import N_
from coachdesk.region import tables

if TYPE_CHECKING:
    from coachdesk.region.folder import Region

WAITING = "waiting"
MOST_LOST = 500  # answers of one desk to letters that the store does not know
_D, _L, _T = tables.device.c, tables.letter.c, tables.told.c


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter as the region's people see it.

    ``state`` is waiting, stored, set_aside or unreadable; ``answer`` is the desk's newest answer, an item of
    the wire, None until one has come.
    """

    letter: str
    device: str
    kind: str
    ref: str
    item: Mapping[str, Any]
    staff: int
    made: datetime
    state: str
    told_at: datetime | None = None
    answer: Mapping[str, Any] | None = None
    answered_at: datetime | None = None


def send(
    region: Region,
    device: str,
    kind: str,
    members: Mapping[str, Any],
    at: datetime,
    *,
    ref: str | None = None,
    staff: int = 0,
    letter: str = "",
    noted: Callable[[Connection], None] = lambda _connection: None,
) -> str:
    """Write a letter to a desk; its id.  It is sealed as soon as the desk has told a key for letters.

    ``members`` are those of ``letter_kinds``, empty ones left out; ``written`` is the day where left out.
    Under the same ``letter`` it is written once, however often it is asked; ``noted`` is called that once,
    in the same transaction.

    Raises:
        Refused: there is no such desk, it is revoked, a member cannot stand, or the ``letter`` is another
            one already; says which.
    """
    day = at.astimezone(HELSINKI).date().isoformat()
    item = letter_kinds.made(kind, letter or secrets.token_hex(16), ref, **{"written": day, **members})
    with region.writing() as connection:
        _require_believed(connection, device, lock=True)
        before = connection.execute(select(_L.item).where(_L.uid == item["letter"])).scalar()
        if before is not None and before != item:
            raise Refused(N_("This letter has been sent already. Begin another one."))
        if before is not None:
            return str(item["letter"])
        row = {"uid": item["letter"], "device": device, "kind": kind, "item": item, "staff": staff}
        made = at.astimezone(HELSINKI).isoformat()
        connection.execute(insert(tables.letter).values(**row, written=made))
        seal_waiting(connection, region, device, at)
        noted(connection)
    return str(item["letter"])


def seal_waiting(connection: Connection, region: Region, device: str, at: datetime) -> int:
    """Seal what was written before the desk had told its key; how many letters."""
    own = select(tables.device).where(_D.id == device).with_for_update()  # each number of its row once
    row = connection.execute(own).mappings().one()
    if row["seal_key"] is None:
        return 0
    open_ = (_L.device == device, _L.content == "", _L.state == WAITING)
    written = connection.execute(select(tables.letter).where(*open_).order_by(_L.written, _L.uid)).mappings()
    sealer = Sealer(
        region_id=device,  # for whom it is
        device=region.card.id,  # from whom
        signing_key=region.ring.now().signs_to(row["knows"]),
        region_key=row["seal_key"],
        epoch=row["letter_epoch"],
        seq=row["letter_seq"],
        prev=row["letter_prev"],
        iat=int(at.timestamp()),
    )
    letters = written.all()
    for one in letters:
        sealed = sealer.seal_all([one["item"]])[-1].sealed
        values = {"epoch": sealed.label.epoch, "seq": sealed.label.seq, "sha256": sealed.sha256}
        kept = update(tables.letter).where(_L.uid == one["uid"])
        connection.execute(kept.values(**values, content=sealed.content.decode("ascii")))
    last = update(tables.device).where(_D.id == device)
    connection.execute(last.values(letter_seq=sealer.seq, letter_prev=sealer.prev))
    return len(letters)


def seal_anew(connection: Connection, region: Region, at: datetime, *, least: int = 0) -> int:
    """Letters that no desk has told of, in new rows of numbers, signed with a key that is told now; how many.

    A desk that has one already knows it by its id.  ``least`` is the lowest number that a new row may have.
    """
    devices = connection.execute(select(_D.id).with_for_update()).scalars().all()
    above = _D.letter_epoch + 1
    rows = update(tables.device).values(letter_seq=0, letter_prev="")
    connection.execute(rows.values(letter_epoch=case((above < least, least), else_=above)))
    waiting = update(tables.letter).where(_L.state == WAITING)
    connection.execute(waiting.values(epoch=0, seq=0, sha256="", content=""))
    return sum(seal_waiting(connection, region, device, at) for device in devices)


def hand_over(connection: Connection, before: str, device: str) -> None:
    """Letters to a desk whose place another takes, and what it told, are that other desk's from now on.

    What was not answered waits to be sealed anew: the other may not have it, and knows by its id what it has.
    """
    answered = select(_T.key).where(_T.device.in_((before, device)), _T.kind == bundle.ANSWER)
    anew = {"state": WAITING, "epoch": 0, "seq": 0, "sha256": "", "content": ""}
    own = update(tables.letter).where(_L.device == before)
    connection.execute(own.where(_L.uid.not_in(answered)).values(device=device, **anew))
    read = {"state": region_letters.STORED, "content": ""}  # by the other's keys nobody opens it again
    connection.execute(own.values(device=device, **read))
    for kind, key in connection.execute(select(_T.kind, _T.key).where(_T.device == device)).all():
        connection.execute(delete(tables.told).where(_T.device == before, _T.kind == kind, _T.key == key))
    connection.execute(update(tables.told).where(_T.device == before).values(device=device, epoch=0, seq=0))


def know_key(connection: Connection, label: Label, key: Jwk) -> None:
    """Keep a desk's key for letters as an item told it; the newest place wins."""
    kept = connection.execute(select(_D.seal_place).where(_D.id == label.iss)).scalar()
    place = [label.epoch, label.seq]
    if kept is None or place >= list(kept):
        known = update(tables.device).where(_D.id == label.iss)
        connection.execute(known.values(seal_key=keys.checked_public(dict(key), ENCRYPT), seal_place=place))


def next_after(connection: Connection, device: str, epoch: int, seq: int) -> bytes | None:
    """The sealed letter that follows a place; None where there is none."""
    later = (_L.epoch > epoch) | ((_L.epoch == epoch) & (_L.seq > seq))
    own = (_L.device == device, _L.content != "", later)
    found = connection.execute(select(_L.content).where(*own).order_by(_L.epoch, _L.seq).limit(1)).scalar()
    return None if found is None else str(found).encode("ascii")


def waiting(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """How many letters a desk has not told of, and the place of the newest: an item of a receipt (6.2)."""
    open_ = (_L.device == row["id"], _L.content != "", _L.state == WAITING)
    count = connection.execute(select(func.count()).select_from(tables.letter).where(*open_)).scalar_one()
    newest = {"epoch": row["letter_epoch"], "seq": row["letter_seq"]}
    return {"kind": "letters", "waiting": count, **newest}


def write_out(region: Region, device: str, folder: Path) -> list[Path]:
    """Write the letters that wait for a desk as files to be carried.

    Raises:
        Refused: there is no such desk, or it is revoked.
        DiskFull, Trouble: the folder cannot be written.
    """
    with region.reading() as connection:
        _require_believed(connection, device)
        where = (_L.device == device, _L.content != "", _L.state == WAITING)
        statement = select(tables.letter).where(*where).order_by(_L.epoch, _L.seq)
        rows = connection.execute(statement).mappings().all()
    return [
        export_file.write(
            folder,
            file_name(region.card.id, device, row["epoch"], row["seq"]),
            row["content"].encode("ascii"),
        )
        for row in rows
    ]


def file_name(region_id: str, device: str, epoch: int, seq: int) -> str:
    """The name of a letter's file: desk, region, row and number."""
    return f"{device}-{region_id}-{epoch}-{seq}.jwe"


def sent(connection: Connection, device: str = "", *, letter: str = "") -> tuple[SentLetter, ...]:
    """The letters that were written, the newest first: all, to one desk, or one by its id."""
    statement = select(tables.letter).order_by(_L.written.desc(), _L.uid)
    if device:
        statement = statement.where(_L.device == device)
    if letter:
        statement = statement.where(_L.uid == letter)
    answers = _answers(connection, device)
    rows = connection.execute(statement).mappings()
    return tuple(_sent(row, answers.get((row["device"], row["uid"]))) for row in rows)


def apply(connection: Connection, label: Label, item: dict[str, Any], now: str) -> str:
    """Take in an item of a desk that is about letters; the reason for which it is rejected, or nothing."""
    kind = bundle.kind_of(item)
    if kind == bundle.DESK_KEY:
        return _apply_key(connection, label, item)
    if not schemas.fits(item, kind):
        return "not_as_described"
    if kind == bundle.LETTERS_RECEIVED:
        for one in item["letters"]:
            _tell(connection, label.iss, one, now)
        return ""
    return _answer(connection, label, item, now)


def _require_believed(connection: Connection, device: str, *, lock: bool = False) -> None:
    """Refuse a desk that nobody knows and one that is revoked: its laptop may be in any hands.

    Raises:
        Refused: says which.
    """
    asked = select(_D.state).where(_D.id == device)
    state = connection.execute(asked.with_for_update() if lock else asked).scalar()
    if state is None:
        raise Refused(N_("There is no desk {id}."), id=device)
    if state == "revoked":
        raise Refused(N_("The desk is revoked. Nothing is written to it."))


def _apply_key(connection: Connection, label: Label, item: dict[str, Any]) -> str:
    try:
        key = keys.checked_public(item.get("key"), ENCRYPT)
    except Problem:
        return "not_as_described"
    know_key(connection, label, key)
    return ""


def _tell(connection: Connection, device: str, one: Mapping[str, Any], now: str) -> None:
    """What a desk says of a letter; once it has it, it has it."""
    where = (_L.device == device, _L.epoch == one["epoch"], _L.seq == one["seq"], _L.sha256 == one["sha256"])
    standing = _L.state != region_letters.STORED
    connection.execute(update(tables.letter).where(*where, standing).values(state=one["result"], at=now))


def _answer(connection: Connection, label: Label, item: dict[str, Any], now: str) -> str:
    """Keep the newest answer to a letter that was written to that very desk, also where the store lost it."""
    if not region_letters.answer_fits(item):
        return "not_as_described"
    writer = connection.execute(select(_L.device).where(_L.uid == item["answers"])).scalar()
    if writer not in (None, label.iss):
        return "not_as_described"
    if writer is None and is_full(connection, label.iss, bundle.ANSWER, item["answers"], MOST_LOST):
        return "too_many_kept"
    keep(connection, label, item, key=item["answers"], version=1, now=now)
    return ""


def keep(
    connection: Connection, label: Label, item: Mapping[str, Any], *, key: str, version: int, now: str
) -> None:
    """Keep what a desk told, when its place comes after the one that is kept."""
    own = (_T.device == label.iss, _T.kind == item["kind"], _T.key == key)
    kept = connection.execute(select(_T.epoch, _T.version, _T.seq).where(*own)).first()
    if kept is None or (label.epoch, version, label.seq) > tuple(kept):
        connection.execute(delete(tables.told).where(*own))
        place = {"device": label.iss, "kind": item["kind"], "key": key, "version": version}
        values = {"epoch": label.epoch, "seq": label.seq, "item": dict(item), "at": now}
        connection.execute(insert(tables.told).values(**place, **values))


def is_full(connection: Connection, device: str, kind: str, key: str, most: int) -> bool:
    """Whether a desk has told as many of a kind as are kept of one desk, and this would be one more.

    An answer counts only where the letter is not known here: of the others there are no more than letters.
    """
    own = select(_T.key).where(_T.device == device, _T.kind == kind)
    if connection.execute(own.where(_T.key == key)).first() is not None:
        return False
    if kind == bundle.ANSWER:
        own = own.where(_T.key.not_in(select(_L.uid).where(_L.device == device)))
    return connection.execute(select(func.count()).select_from(own.subquery())).scalar_one() >= most


def _answers(connection: Connection, device: str) -> dict[tuple[str, str], Any]:
    where = [_T.kind == bundle.ANSWER] + ([_T.device == device] if device else [])
    rows = connection.execute(select(tables.told).where(*where)).mappings()
    return {(row["device"], row["key"]): row for row in rows}


def _sent(row: Any, answer: Any) -> SentLetter:
    return SentLetter(
        letter=row["uid"],
        device=row["device"],
        kind=row["kind"],
        ref=row["item"]["ref"] or "",
        item=row["item"],
        staff=row["staff"],
        made=datetime.fromisoformat(row["written"]),
        state=row["state"],
        told_at=datetime.fromisoformat(row["at"]) if row["at"] else None,
        answer=answer["item"] if answer else None,
        answered_at=datetime.fromisoformat(answer["at"]) if answer else None,
    )
