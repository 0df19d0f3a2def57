"""What may be told of people together, for a terminal or a program.

Two things stand side by side and are never added: figures of those who consented, made here
(``region.figures``), and the aggregates of the others, as the desks sent them (``region.places``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain import aggregate
from coachdesk.i18n import N_, Words
from coachdesk.region import acts, figures, places
from coachdesk.region.folder import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Quarters of those who consented, the newest first, and aggregates as they came."""

    consented: tuple[figures.Figures, ...]
    others: tuple[Mapping[str, Any], ...]
    workshops: Mapping[str, places.CardShown]  # by the id that an aggregate names

    def as_value(self) -> dict[str, Any]:
        """For a program."""
        return {
            "figures": 1,
            "consented": [_quarter(one) for one in self.consented],
            "not_consented": [dict(one) for one in self.others],
        }

    def lines(self, words: Words) -> list[str]:
        """For a person."""
        shown: list[str] = []
        for one in self.consented:
            shown.append(words.fill(N_("Those who consented, {quarter}:"), quarter=one.quarter.said(words)))
            shown += _tables(figures.lines(one, words), words)
        for item in self.others:
            card = self.workshops.get(item["workshop"])
            name = card.name(words.language) if card else item["workshop"]
            said = N_("Those who did not consent, {quarter}, {workshop}:")
            shown.append(
                words.fill(said, quarter=aggregate.quarter_of(item["quarter"]).said(words), workshop=name)
            )
            shown += _tables(aggregate.lines(item, words), words)
        return shown


def told(region: Region, *, who: str, at: datetime) -> Told:
    """Every quarter's figures; the newest finished one is made now if nobody asked before.  Logged.

    Raises:
        Trouble: the store cannot be read or written.
    """
    today = at.astimezone(HELSINKI).date()
    with region.writing() as connection:
        figures.newest(connection, today)
        found = figures.all_kept(connection)
        sent = tuple(one.item for one in places.figures(connection))
        cards = {card.card: card for card in places.cards(connection, today)}
        acts.note(connection, acts.FIGURES, who=who, at=at)
    return Told(consented=found, others=sent, workshops=cards)


def _tables(tables: Any, words: Words) -> list[str]:
    shown = []
    for title, cells in tables:
        shown.append(f"  {title}")
        shown += [f"    {name}: {count}" for name, count in cells]
    return shown or ["  " + words._(N_("Too few people for figures."))]


def _quarter(one: figures.Figures) -> dict[str, Any]:
    tables = [{"table": table.key, "cells": [_cell(*cell) for cell in table.cells]} for table in one.tables]
    return {"quarter": one.quarter.key, "made": one.made.isoformat(), "tables": tables}


def _cell(key: str, count: int | None) -> dict[str, Any]:
    return {"key": key, "count": aggregate.FEW if count is None else count}
