"""What the workshops offer, their free places, and the figures of those who have not consented.

A card leaves when it is kept with the word that the region is told; figures leave once a quarter, after the
lead coach has turned it on and somebody has looked at them.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from coachdesk import i18n
from coachdesk.domain import aggregate, offering, permissions
from coachdesk.domain.aggregate import Issued, Member, Quarter
from coachdesk.domain.codes import attended_kinds
from coachdesk.domain.offering import FreePlaces, ServiceCard
from coachdesk.domain.permissions import Right
from coachdesk.domain.workshop import Workshop
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import enrolments, letters, meta, rights_requests, workshops
from coachdesk.store import offering as kept
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.unit import Unit

ON = without_consent.FIGURES_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """A workshop's card as it is kept; ``told`` says how it would leave, as title and text."""

    shop: Workshop
    card: ServiceCard
    places: tuple[FreePlaces, ...]
    enrolled: bool
    state: str = ""  # how the last item stands; empty where none was sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresSheet:
    """The figures of one workshop for a region as they would leave, or why they do not.

    ``state`` is off, few (under twenty people), open (waits to be looked at), ready, waiting, handed,
    delivered or turned_away.
    """

    region: tuple[str, str]
    region_id: str
    shop: Workshop
    quarter: Quarter
    state: str
    item: dict[str, Any] | None = None
    lines: aggregate.Lines = ()


def cards(desk: Desk) -> tuple[CardSheet, ...]:
    """The card of each workshop, an empty one where none was written."""
    with desk.reading() as unit:
        regions = enrolments.regions(unit)
        states = _states(unit, regions, offering.SERVICE_CARD)
        return tuple(
            CardSheet(
                shop=shop,
                card=card or _blank(shop),
                places=kept.places_of(unit, shop.id),
                enrolled=bool(regions),
                state=states.get(card.uid if card else "", ""),
            )
            for shop, card in ((shop, kept.card_of(unit, shop.id)) for shop in workshops.WORKSHOPS.find(unit))
        )


def put_card(
    desk: Desk, card: ServiceCard, places: Iterable[FreePlaces]
) -> tuple[ServiceCard, tuple[FreePlaces, ...]]:
    """Keep a card with its services and free places; returns both as they were, for undo.

    Raises:
        Refused: as ``offering.checked``.
    """
    rows = tuple(places)
    with desk.writing() as unit:
        before, places_before = kept.card_of(unit, card.workshop_id), kept.places_of(unit, card.workshop_id)
        uid = before.uid if before else card.uid or without_consent.new_id()
        after = offering.checked(replace(card, uid=uid), rows, unit.on)
        if before is None:
            kept.CARDS.add(unit, after)
        else:
            kept.CARDS.put(unit, after)
        kept.put_places(unit, card.workshop_id, rows)
        old, new = changed(before or replace(after, told=False), after)
        old["places"], new["places"] = [asdict(one) for one in places_before], [asdict(one) for one in rows]
        unit.log("offering.edit", subject=f"workshop:{card.workshop_id}", before=old, after=new)
        unit.commit()
    return before or replace(after, told=False), places_before


def is_on(desk: Desk) -> bool:
    """Whether figures of those who have not consented may leave."""
    with desk.reading() as unit:
        return bool(meta.get(unit, ON))


def turn(desk: Desk, on: bool) -> None:
    """Turn the figures on or off; nothing leaves by that alone, and turned off nothing more leaves.

    Raises:
        Refused: only the lead coach may.
    """
    with desk.writing() as unit:
        permissions.require(workshops.COACHES.get(unit, desk.coach_id), Right.AGGREGATE)
        meta.put(unit, ON, "1") if on else meta.remove(unit, ON)
        if not on:
            without_consent.take_back_figures(unit)
        unit.log("aggregate.turn", after={"on": on})
        unit.commit()


def figures(desk: Desk) -> tuple[FiguresSheet, ...]:
    """The figures of the last finished quarter of each workshop for each region; a look in the log."""
    with desk.writing() as unit:
        found = tuple(
            _figures(unit, region, shop)
            for region in enrolments.regions(unit)
            for shop in workshops.WORKSHOPS.find(unit)
        )
        if any(one.item is not None for one in found):
            unit.log("aggregate.preview", after={"states": [one.state for one in found]})
        unit.commit()
    return found


def accept_figures(desk: Desk, sheet: FiguresSheet) -> None:
    """Let exactly these figures go with the next bundle; a quarter is told once and never again.

    Raises:
        Refused: they are turned off, were accepted before, or have changed since they were shown.
    """
    with desk.writing() as unit:
        permissions.require(workshops.COACHES.get(unit, desk.coach_id), Right.AGGREGATE)
        region = enrolments.REGIONS.get(unit, sheet.region_id)
        now = _figures(unit, region, sheet.shop)
        if now.state != "open" or now.item is None or sheet.item is None:
            raise Refused(N_("There are no figures to send."))
        if now.quarter != sheet.quarter or now.item["tables"] != sheet.item["tables"]:
            raise Refused(N_("What leaves has changed since it was shown. Look at it once more."))
        issued = Issued(
            region_id=region.id,
            workshop_id=sheet.shop.id,
            quarter=now.quarter.key,
            uid=now.item["aggregate"],
            item=now.item,
            accepted=unit.at,
            coach_id=unit.coach_id,
        )
        kept.AGGREGATES.add(unit, issued)
        after = {"quarter": now.quarter.key, "recipient": region.recipient, "tables": len(now.item["tables"])}
        unit.log("aggregate.accept", subject=f"workshop:{sheet.shop.id}", after=after)
        unit.commit()


def _figures(unit: Unit, region: RegionRow, shop: Workshop) -> FiguresSheet:
    quarter = aggregate.last_finished(unit.on)
    blank = FiguresSheet(
        region=(region.name_fi, region.name_sv), region_id=region.id, shop=shop, quarter=quarter, state="off"
    )
    issued = kept.issued(unit, region.id, shop.id, quarter.key)
    sealed = _states(unit, (region,), aggregate.AGGREGATE).get(issued.uid if issued else "", "")
    if not sealed and not meta.get(unit, ON):
        return blank
    if issued is not None:
        return _shown(blank, dict(issued.item), sealed or without_consent.READY)
    members = _members(unit, region, shop, quarter)
    told = aggregate.tables(members)
    if not told:
        return replace(blank, state="few")
    card = kept.card_of(unit, shop.id)
    workshop = card.uid if card else _own_card(unit, shop).uid
    return _shown(
        blank, aggregate.item(without_consent.new_id(), workshop, quarter, len(members), told), "open"
    )


def _shown(blank: FiguresSheet, item: dict[str, Any], state: str) -> FiguresSheet:
    return replace(blank, item=item, state=state, lines=aggregate.lines(item, i18n.current()))


def _members(unit: Unit, region: RegionRow, shop: Workshop, quarter: Quarter) -> list[Member]:
    """Who was in service at the workshop on the first day without a consent then: frozen by dates."""
    rows = kept.read(unit, kept.MEMBERS, workshop=shop.id, day=quarter.begins, recipient=region.recipient)
    still = rights_requests.restricted(unit, unit.on)
    newest = {row[0]: row for row in rows if row[0] not in still}  # the period that began last
    people = json.dumps(sorted(newest))
    span = {"first": quarter.begins, "last": quarter.ends}
    kinds = json.dumps(list(attended_kinds()))
    days = dict(map(tuple, kept.read(unit, kept.ATTENDED, people=people, kinds=kinds, **span)))
    phases = dict(map(tuple, kept.read(unit, kept.PHASES, people=people, day=quarter.ends)))
    benefits = dict(map(tuple, kept.read(unit, kept.BENEFITS, people=people, day=quarter.begins)))
    return [
        Member(
            phase=str(phases.get(who, "none")),
            attended_days=aggregate.days_class(days.get(who, 0)),
            service=service,
            end_reason=_end(ended, reason, quarter),
            benefit=benefits.get(who) or aggregate.NONE,
            age=aggregate.age_class(_day(born), quarter.begins),
            language=language or "fi",
        )
        for who, _period, service, ended, reason, born, language in newest.values()
    ]


def _end(ended: str | None, reason: str, quarter: Quarter) -> str:
    if ended is None or ended > quarter.ends.isoformat():
        return aggregate.GOES_ON
    return reason or aggregate.OTHER


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _blank(shop: Workshop) -> ServiceCard:
    return ServiceCard(workshop_id=shop.id, uid="")


def _own_card(unit: Unit, shop: Workshop) -> ServiceCard:
    """A card that names the workshop and is told to nobody; needs a writing unit."""
    return kept.CARDS.add(unit, replace(_blank(shop), uid=without_consent.new_id()))


def _states(unit: Unit, regions: Iterable[RegionRow], kind: str) -> dict[str, str]:
    return {
        one.id: without_consent.state_of(one)
        for region in regions
        for one in letters.standing(unit, region.id, region.epoch, (kind,))
    }
