"""The desks that a region knows: taken in, named, revoked, followed by another.

What a desk sent belongs to that desk: its refs, its consents, its withdrawals.  A desk that takes the place
of another (a lost laptop, a new one from its backup) takes over what the other had sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from coachdesk.clock import HELSINKI
from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import enrolment, export_file
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_
from coachdesk.region import letters, tables

ENROLLED, REVOKED = "enrolled", "revoked"
LONGEST_LABEL = 80
_D = tables.device.c


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A desk that is to be taken in; ``replaces`` is the id of the desk whose place it takes.

    ``knows`` is a signing key of ours that it knows for sure.
    """

    sign: Jwk
    seal: Jwk | None = None
    label: str = ""
    replaces: str = ""
    knows: str = ""


def find(connection: Connection, device: str, *, lock: bool = False) -> dict[str, Any] | None:
    """The row of a desk; locked until the transaction ends where the store can."""
    statement = select(tables.device).where(_D.id == device)
    found = connection.execute(statement.with_for_update() if lock else statement).mappings().first()
    return None if found is None else dict(found)


def add(connection: Connection, new: Newcomer, at: datetime) -> bool:
    """Take a desk in; false where it was enrolled before and only its key for letters or its label is new.

    Raises:
        Refused: it was revoked, or the desk that it replaces is not known.
    """
    device = str(new.sign["kid"])
    known = find(connection, device, lock=True)
    if known is not None and known["state"] == REVOKED:
        raise Refused(N_("The desk was revoked. It must make new keys before it can be enrolled again."))
    if known is None:
        row = {"id": device, "enrolled": at.astimezone(HELSINKI).isoformat(), "epoch": 0}
        connection.execute(insert(tables.device).values(**row, sign_key=dict(new.sign), knows=new.knows))
    values: dict[str, Any] = {"sign_key": dict(new.sign)}
    if new.seal is not None:
        values["seal_key"] = dict(new.seal)
    if new.label:
        values["label"] = checked_label(new.label)
    connection.execute(update(tables.device).where(_D.id == device).values(**values))
    if new.replaces:
        follow(connection, device, new.replaces, at)
    return known is None


def revoke(connection: Connection, device: str, at: datetime, *, forget: bool = False) -> None:
    """Believe a desk no longer; with ``forget`` what it had sent is deleted too.

    Raises:
        Refused: there is no such desk.
    """
    known = find(connection, device, lock=True)
    if known is None:
        raise Refused(N_("There is no desk with the id {id}."), id=device)
    if known["state"] != REVOKED:
        since = at.astimezone(HELSINKI).date().isoformat()
        values = {"state": REVOKED, "since": since}
        connection.execute(update(tables.device).where(_D.id == device).values(**values))
    if forget:
        for table in (tables.summary, tables.told, tables.letter, tables.staff_client, tables.staff_seen):
            connection.execute(delete(table).where(table.c.device == device))


def follow(connection: Connection, device: str, before: str, at: datetime) -> None:
    """The desk takes the place of another, which is revoked: summaries, withdrawals, consents, letters.

    They stand before its first row of numbers, so that whatever it sends comes after them.

    Raises:
        Refused: the other desk is not known, or is the same.
    """
    from coachdesk.region import ledger  # which asks here which desks are revoked

    if device == before or find(connection, before, lock=True) is None:
        raise Refused(N_("There is no desk with the id {id}."), id=before)
    s, own = tables.summary, select(tables.summary.c.ref).where(tables.summary.c.device == device)
    connection.execute(delete(s).where(s.c.device == before, s.c.ref.in_(own)))
    connection.execute(update(s).where(s.c.device == before).values(device=device, epoch=0, seq=0))
    ledger.take_over(connection, before, device, at.astimezone(HELSINKI).date())
    for table in (tables.staff_client, tables.staff_seen):
        refs = select(table.c.ref).where(table.c.device == device)
        connection.execute(delete(table).where(table.c.device == before, table.c.ref.in_(refs)))
        connection.execute(update(table).where(table.c.device == before).values(device=device))
    letters.hand_over(connection, before, device)
    revoke(connection, before, at)


def signing_keys(connection: Connection) -> dict[str, Jwk]:
    """The public signing keys of all desks, revoked ones too, by id."""
    rows = connection.execute(select(_D.id, _D.sign_key).order_by(_D.id)).all()
    return {device: key for device, key in rows if key}


def without_key(connection: Connection) -> tuple[str, ...]:
    """The desks whose key stands only in a file."""
    return tuple(connection.execute(select(_D.id).where(_D.sign_key.is_(None))).scalars())


def take_over_files(connection: Connection, folder: Path) -> None:
    """The keys of desks that were enrolled when a key stood only in its file."""
    for device in without_key(connection):
        try:
            key = enrolment.read_device(export_file.read(folder / f"{device}.jwk"))
        except Unreadable:
            continue  # it stays unknown until it is enrolled anew
        if key["kid"] == device:
            connection.execute(update(tables.device).where(_D.id == device).values(sign_key=key))


def checked_label(text: str) -> str:
    """How people call a desk: a workshop, never a person of its trainees.

    Raises:
        Refused: it is too long.
    """
    found = enrolment.visible(text)
    if len(found) > LONGEST_LABEL:
        raise Refused(N_("The name of a desk has {most} letters at most."), most=LONGEST_LABEL)
    return found


class Known(Mapping[str, Jwk]):
    """The signing keys of desks, each read from the store when it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, Jwk | None] = {}

    def __getitem__(self, device: str) -> Jwk:
        if device not in self._read:
            one = select(_D.sign_key).where(_D.id == device)
            self._read[device] = self._connection.execute(one).scalar()
        key = self._read[device]
        if not key:
            raise KeyError(device)
        return key

    def __iter__(self) -> Iterator[str]:
        return iter(signing_keys(self._connection))

    def __len__(self) -> int:
        return len(signing_keys(self._connection))
