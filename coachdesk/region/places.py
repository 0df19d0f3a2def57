"""What the workshops offer, how many places are free, and the figures of those who did not consent.

Nothing here is about one person.  Wire: ``docs/protocol.md`` 5.8 and 5.9.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from coachdesk.domain import offering
from coachdesk.exchange import bundle, schemas
from coachdesk.exchange.seal import Label
from coachdesk.region import devices, letters, tables

MOST_CARDS, MOST_FIGURES = 100, 2_000  # of one desk: twenty workshops tell a quarter for 25 years
_T = tables.told.c


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShown:
    """A workshop's card as it stands now; ``item`` as it came (``offering.lines`` says it in words)."""

    device: str
    card: str
    item: Mapping[str, Any]
    received: datetime

    @property
    def counted(self) -> date:
        """The day on which its places were counted."""
        return date.fromisoformat(self.item["on"])

    def name(self, language: str) -> str:
        """The workshop's name in a language, the other one where there is none."""
        shop = self.item["workshop"]
        both = (shop["name_sv"], shop["name_fi"]) if language == "sv" else (shop["name_fi"], shop["name_sv"])
        return both[0] or both[1] or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The aggregate of one workshop and quarter (``aggregate.lines`` says it in words)."""

    device: str
    workshop: str  # the id of its card
    quarter: str
    item: Mapping[str, Any]
    received: datetime


def cards(connection: Connection, today: date) -> tuple[CardShown, ...]:
    """The cards of workshops that offer something, not past their last day, of no desk that is revoked."""
    revoked = select(tables.device.c.id).where(tables.device.c.state == devices.REVOKED)
    rows = connection.execute(_of_kind(bundle.SERVICE_CARD).where(_T.device.not_in(revoked))).mappings()
    shown = [_shown(row) for row in rows if row["item"]["services"]]
    return tuple(card for card in shown if date.fromisoformat(card.item["valid_to"]) >= today)


def figures(connection: Connection) -> tuple[Figures, ...]:
    """The aggregates that came, the newest quarter first."""
    found = [
        Figures(
            device=row["device"],
            workshop=row["item"]["workshop"],
            quarter=row["item"]["quarter"],
            item=row["item"],
            received=datetime.fromisoformat(row["at"]),
        )
        for row in connection.execute(_of_kind(bundle.AGGREGATE)).mappings()
    ]
    return tuple(sorted(found, key=lambda one: one.quarter, reverse=True))


def apply(connection: Connection, label: Label, item: dict[str, Any], now: str) -> str:
    """Take in a card or an aggregate; the reason for which it is rejected, or nothing."""
    kind = bundle.kind_of(item)
    if not schemas.fits(item, kind):
        return "not_as_described"
    if kind == bundle.AGGREGATE:
        return _apply_figures(connection, label, item, now)
    return _apply_card(connection, label, item, now) if offering.fits(item) else "not_as_described"


def _apply_card(connection: Connection, label: Label, item: dict[str, Any], now: str) -> str:
    if letters.is_full(connection, label.iss, bundle.SERVICE_CARD, item["card"], MOST_CARDS):
        return "too_many_kept"
    letters.keep(connection, label, item, key=item["card"], version=item["version"], now=now)
    return ""


def _apply_figures(connection: Connection, label: Label, item: dict[str, Any], now: str) -> str:
    """A quarter is told once: what comes again must be the very same."""
    key = f"{item['workshop']}:{item['quarter']}"
    own = (_T.device == label.iss, _T.kind == bundle.AGGREGATE, _T.key == key)
    kept = connection.execute(select(_T.item).where(*own)).scalar()
    if kept is not None:
        return "" if kept == item else "already_issued"
    if letters.is_full(connection, label.iss, bundle.AGGREGATE, key, MOST_FIGURES):
        return "too_many_kept"
    letters.keep(connection, label, item, key=key, version=1, now=now)
    return ""


def _of_kind(kind: str) -> Select[Any]:
    return select(tables.told).where(_T.kind == kind).order_by(_T.device, _T.key)


def _shown(row: Any) -> CardShown:
    return CardShown(
        device=row["device"],
        card=row["key"],
        item=row["item"],
        received=datetime.fromisoformat(row["at"]),
    )
