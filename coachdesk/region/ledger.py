"""What is kept, by which order, and what may never be kept again.

A put counts when its place (epoch, version, seq) comes after the one that is kept, so files may arrive in
any order and twice.  A withdrawn consent stands in the ledger for ever, and a put under it is refused
whenever it comes.  All of it belongs to the desk that sends: no desk touches what another sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from coachdesk.domain import consent as consents
from coachdesk.domain import summary as rules
from coachdesk.exchange import bundle, schemas
from coachdesk.exchange.receipt import Rejected
from coachdesk.exchange.seal import Label
from coachdesk.region import letters, numbers, places, tables

HELD, WITHDRAWN, EXPIRED = "held", "withdrawn", "expired"
NO_REF = "0" * 32
MOST_REFS, MOST_CONSENTS = 20_000, 100_000  # of one desk: a lying one fills the store no further
MOST_WITHDRAWN = 2 * MOST_CONSENTS  # that were never heard of, or more than were

_S, _L, _C = tables.summary.c, tables.ledger.c, tables.consent.c
_LETTERS = (bundle.LETTERS_RECEIVED, bundle.DESK_KEY, bundle.ANSWER)
_PLACES = (bundle.SERVICE_CARD, bundle.AGGREGATE)


def apply(connection: Connection, label: Label, items: list[Any], now: str) -> tuple[list[Rejected], int]:
    """Apply the items of a bundle, each by itself; those refused, and how many were of unknown kinds."""
    rejected, set_aside = [], 0
    page = _Page(connection, label, items, now)
    for item in items:
        kind = bundle.kind_of(item)
        if kind not in _KINDS:
            set_aside += 1
            continue
        reason = _apply(connection, page, item, kind, now)
        if reason:
            rejected.append(_rejected(item, reason))
    page.write()
    return rejected, set_aside


_KINDS = (bundle.PUT, bundle.WITHDRAW, bundle.VOID, bundle.SNAPSHOT, *_LETTERS, *_PLACES)


def apply_withdrawals(connection: Connection, label: Label, items: list[Any], now: str) -> None:
    """Of a bundle that comes too late for its row, only the withdrawals: they are always right."""
    page = _Page(connection, label, items, now)
    for item in items:
        if bundle.kind_of(item) == bundle.WITHDRAW and schemas.fits(item, bundle.WITHDRAW):
            page.withdraw(item)
    page.write()


def expire(connection: Connection, today: date) -> None:
    """Delete what is past its last day, by the region's own calendar."""
    late = (_S.state == HELD) & (_S.valid_to < today.isoformat())
    connection.execute(update(tables.summary).where(late).values(state=EXPIRED, fields=None))


def take_over(connection: Connection, before: str, device: str, today: date) -> None:
    """The consents and withdrawals of a desk are another's; of a consent of both the stricter word holds.

    The summaries are the other's already.
    """
    ends = {row.id: row.valid_to for row in connection.execute(_last_days(before))}
    both = [row for row in connection.execute(_last_days(device)) if row.id in ends]
    for table, key in ((tables.ledger, "consent"), (tables.consent, "id")):
        has = select(table.c[key]).where(table.c.device == device)
        connection.execute(delete(table).where(table.c.device == before, table.c[key].in_(has)))
        connection.execute(update(table).where(table.c.device == before).values(device=device))
    for one in both:
        sooner = min(filter(None, (one.valid_to, ends[one.id])), default="")
        if sooner:
            own = update(tables.consent).where(_C.device == device, _C.id == one.id)
            connection.execute(own.values(valid_to=sooner))
            _shorten_held(connection, device, one.id, sooner, today.isoformat())
    gone = _S.consent.in_(select(_L.consent).where(_L.device == device))
    kept = update(tables.summary).where(_S.device == device, _S.state == HELD, gone)
    connection.execute(kept.values(state=WITHDRAWN, fields=None))


def _last_days(device: str) -> Select[Any]:
    return select(_C.id, _C.valid_to).where(_C.device == device)


def revoked(connection: Connection, device: str, most: int) -> tuple[str, ...]:
    """The newest consents in the ledger of one desk."""
    statement = select(_L.consent).where(_L.device == device).order_by(_L.at.desc(), _L.consent).limit(most)
    return tuple(connection.execute(statement).scalars())


def _apply(connection: Connection, page: "_Page", item: dict[str, Any], kind: str, now: str) -> str:
    if kind in _LETTERS:
        return letters.apply(connection, page.label, item, now)
    if kind in _PLACES:
        return places.apply(connection, page.label, item, now)
    if not schemas.fits(item, kind):
        return "not_as_described"
    if kind == bundle.PUT:
        return page.put(item)
    if kind == bundle.WITHDRAW:
        page.withdraw(item)
    elif kind == bundle.VOID:
        return page.declare_empty(item["seq"])
    else:
        page.begin_anew()
    return ""


@dataclass(slots=True)
class _Bounds:
    """What a consent lets out at most: the scopes first told, the earliest last day ("" if unknown)."""

    scopes: set[str]
    valid_to: str


class _Page:
    """One bundle's summaries: what is kept is read once, judged in memory, and written once."""

    def __init__(self, connection: Connection, label: Label, items: list[Any], now: str) -> None:
        self.connection, self.label, self.now = connection, label, now
        refs, named = _named(items)
        own = select(_S.ref, _S.epoch, _S.version, _S.seq).where(_S.device == label.iss, _S.ref.in_(refs))
        self.places = {row.ref: (row.epoch, row.version, row.seq) for row in connection.execute(own)}
        gone = select(_L.consent).where(_L.device == label.iss, _L.consent.in_(named))
        self.gone = set(connection.execute(gone).scalars())
        known = select(_C.id, _C.scopes, _C.valid_to).where(_C.device == label.iss, _C.id.in_(named))
        self.bounds = {row.id: _Bounds(set(row.scopes), row.valid_to) for row in connection.execute(known)}
        self.rows: dict[str, dict[str, Any]] = {}
        self.new_bounds: set[str] = set()
        self.new_gone: list[dict[str, Any]] = []
        self.empty: set[int] = set()
        self._counts: dict[str, int] = {}

    def put(self, item: dict[str, Any]) -> str:
        """Keep a summary; the reason for which it is rejected, or nothing."""
        consent = item["consent"]
        if not rules.fits(item["fields"]):
            return "not_as_described"
        if consent in self.gone:
            return "consent_withdrawn"
        if item["ref"] not in self.places and self._is_full(tables.summary, MOST_REFS):
            return "too_many_kept"
        if consent not in self.bounds and self._is_full(tables.consent, MOST_CONSENTS):
            return "too_many_kept"
        if beyond := self._beyond(consent, item["fields"], item["valid_to"]):
            return beyond
        late = item["valid_to"] < self.now[:10]
        state, fields = (EXPIRED, None) if late else (HELD, item["fields"])
        self._keep(item, {"state": state, "fields": fields, "valid_to": item["valid_to"]})
        return "past_valid_to" if late else ""

    def withdraw(self, item: dict[str, Any]) -> None:
        """Delete what is held under a consent, and never keep anything under it again."""
        consent = item["consent"]
        known = consent in self.bounds  # of one never heard of no put is taken either, once those are full
        if consent not in self.gone and (known or not self._is_full(tables.ledger, MOST_WITHDRAWN)):
            self.gone.add(consent)
            row = {"device": self.label.iss, "consent": consent, "ref": item["ref"]}
            place = {"version": item["version"], "epoch": self.label.epoch, "at": self.now}
            self.new_gone.append({**row, **place})
        for row in self.rows.values():
            if row["consent"] == consent:
                row.update(state=WITHDRAWN, fields=None)
        held = update(tables.summary).where(_S.device == self.label.iss, _S.consent == consent)
        self.connection.execute(held.values(state=WITHDRAWN, fields=None))
        if item["ref"] in self.places or not self._is_full(tables.summary, MOST_REFS):
            self._keep(item, {"state": WITHDRAWN, "fields": None, "valid_to": ""})

    def declare_empty(self, seq: int) -> str:
        """No bundle of this number will come; the reason for which that is rejected, or nothing."""
        if seq == self.label.seq:
            return "not_as_described"  # it has just come
        if not self.empty and not numbers.has_room(self.connection, self.label.iss):
            return "too_many_kept"
        self.empty.add(seq)
        return ""

    def begin_anew(self) -> None:
        """A snapshot: what earlier rows of numbers left is deleted."""
        earlier = (_S.device == self.label.iss) & (_S.epoch < self.label.epoch)
        self.connection.execute(delete(tables.summary).where(earlier))
        self.places = {ref: place for ref, place in self.places.items() if place[0] >= self.label.epoch}

    def write(self) -> None:
        """Write what was judged."""
        numbers.add(self.connection, self.label.iss, self.label.epoch, self.empty)
        _upsert(self.connection, tables.ledger, ("device", "consent"), self.new_gone, keep_old=True)
        _upsert(self.connection, tables.consent, ("device", "id"), self._bounds_to_write())
        _upsert(self.connection, tables.summary, ("device", "ref"), list(self.rows.values()))

    def _beyond(self, consent: str, fields: dict[str, Any], valid_to: str) -> str:
        """Why a summary goes beyond what its consent first let out, or nothing; a day may come nearer."""
        names = fields.keys()
        found = {scope.key for scope in consents.CONSENT_SCOPES if not names.isdisjoint(scope.fields)}
        bounds = self.bounds.get(consent)
        if bounds is None:
            self.bounds[consent] = _Bounds(found, valid_to)
            self.new_bounds.add(consent)
            return ""
        if not found <= bounds.scopes:
            return "beyond_consent"
        if bounds.valid_to and valid_to > bounds.valid_to:
            return "later_last_day"
        if valid_to != bounds.valid_to:
            self._shorten(consent, bounds, valid_to)
        return ""

    def _shorten(self, consent: str, bounds: "_Bounds", valid_to: str) -> None:
        """The last day of a consent comes nearer for all that is held under it, whatever its place."""
        bounds.valid_to = valid_to
        self.new_bounds.add(consent)
        today = self.now[:10]
        for row in self.rows.values():
            if row["consent"] == consent and row["valid_to"] > valid_to:
                row.update(_ends(valid_to, today))
        _shorten_held(self.connection, self.label.iss, consent, valid_to, today)

    def _bounds_to_write(self) -> list[dict[str, Any]]:
        return [
            {
                "device": self.label.iss,
                "id": one,
                "scopes": sorted(self.bounds[one].scopes),
                "valid_to": self.bounds[one].valid_to,
            }
            for one in sorted(self.new_bounds)
        ]

    def _is_full(self, table: Table, most: int) -> bool:
        """Whether the desk has as many rows as it may; the store is asked once for a bundle."""
        if table.name not in self._counts:
            own = select(func.count()).select_from(table).where(table.c.device == self.label.iss)
            self._counts[table.name] = self.connection.execute(own).scalar_one()
        self._counts[table.name] += 1
        return self._counts[table.name] > most

    def _keep(self, item: dict[str, Any], values: dict[str, Any]) -> None:
        place = (self.label.epoch, item["version"], self.label.seq)
        before = self.places.get(item["ref"])
        if before is not None and place <= before:
            return
        self.places[item["ref"]] = place
        self.rows[item["ref"]] = {
            "device": self.label.iss,
            "ref": item["ref"],
            "epoch": self.label.epoch,
            "version": item["version"],
            "seq": self.label.seq,
            "consent": item["consent"],
            **values,
        }


def _ends(valid_to: str, today: str) -> dict[str, Any]:
    """What a nearer last day makes of a summary: one that is past already deletes it."""
    return {"valid_to": valid_to} | ({"state": EXPIRED, "fields": None} if valid_to < today else {})


def _shorten_held(connection: Connection, device: str, consent: str, valid_to: str, today: str) -> None:
    longer = (_S.device == device) & (_S.consent == consent) & (_S.valid_to > valid_to)
    connection.execute(update(tables.summary).where(longer).values(**_ends(valid_to, today)))


def _named(items: Iterable[Any]) -> tuple[list[str], list[str]]:
    """The refs and consents that a bundle names, as far as they are of the form."""
    both: tuple[set[str], set[str]] = (set(), set())
    for item in items:
        if bundle.kind_of(item) in (bundle.PUT, bundle.WITHDRAW):
            for found, name in zip(both, ("ref", "consent"), strict=True):
                if bundle.REF.fits(item.get(name)):
                    found.add(item[name])
    return sorted(both[0]), sorted(both[1])


def _upsert(
    connection: Connection,
    table: Table,
    key: tuple[str, ...],
    rows: list[dict[str, Any]],
    *,
    keep_old: bool = False,
) -> None:
    if not rows:
        return
    made = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    if keep_old:
        connection.execute(made.on_conflict_do_nothing(index_elements=list(key)), rows)
        return
    changed = {column.name: made.excluded[column.name] for column in table.c if column.name not in key}
    connection.execute(made.on_conflict_do_update(index_elements=list(key), set_=changed), rows)


def _rejected(item: dict[str, Any], reason: str) -> Rejected:
    version = item.get("version")
    return Rejected(
        ref=bundle.id_of(item) or NO_REF,
        version=version if type(version) is int and 0 <= version < 2**53 else 0,
        reason=reason,
    )
