"""What leaves for a region without a consent, in bundles of its own: answers, cards, figures, what was read.

State decides, as with summaries: what stands sealed in the row of numbers now is compared with what is kept,
so a row that begins anew sends everything again, and nothing is sent twice within one.
"""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from coachdesk.domain import aggregate, offering, region_letters
from coachdesk.domain.aggregate import AGGREGATE
from coachdesk.domain.letter_sheets import Going
from coachdesk.domain.offering import SERVICE_CARD
from coachdesk.domain.region_letters import ANSWER, LETTERS_RECEIVED
from coachdesk.exchange.bundle import APART
from coachdesk.i18n import N_, Words, current
from coachdesk.store import enrolments, letters, meta, outbox, workshops
from coachdesk.store import offering as kept
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.letters import Standing
from coachdesk.store.outbox import ItemRow
from coachdesk.store.unit import Unit

KINDS = (*APART, LETTERS_RECEIVED)
READY, WAITING, HANDED, DELIVERED, TURNED_AWAY = "ready", "waiting", "handed", "delivered", "turned_away"
MOST_TOLD = 200
FIGURES_ON = "aggregate.on"  # the word under which the store knows that figures may leave


def new_id() -> str:
    """128 random bits, by which an item is named."""
    return secrets.token_hex(16)


def going(unit: Unit, region: RegionRow) -> tuple[Going, ...]:
    """What would leave for a region now."""
    stands = letters.standing(unit, region.id, region.epoch, KINDS)
    return (
        *_received(unit, region, stands),
        *_answers(unit, region, stands),
        *_cards(unit, region, stands),
        *_figures(unit, region, stands),
    )


def count(unit: Unit) -> int:
    """How many answers, cards and figures would leave now; that letters were read is no news to count."""
    found = [one for region in enrolments.regions(unit) for one in going(unit, region)]
    return sum(bool(one.id) for one in found)


def take_back_figures(unit: Unit) -> None:
    """Destroy what was sealed with figures in it and was never handed over; the rest is sealed anew."""
    for region in enrolments.regions(unit):
        if any(item.kind == AGGREGATE for item in outbox.never_handed(unit, region.id)):
            outbox.destroy(unit, region.id)
            unit.log("outbox.take_back", subject=f"region:{region.id}")


def rows_by_id(found: tuple[Going, ...]) -> dict[str, Going]:
    """What leaves, by the id of its item."""
    return {one.id: one for one in found if one.id}


def log(unit: Unit, region: RegionRow, subject: str, item: ItemRow, one: Going | None) -> None:
    """What left without a consent: an answer is a disclosure, told with its ground."""
    content = item.fields or {}
    if item.kind == ANSWER:
        names = ("answers", "outcome", "reason", "words", "start", "ground")
        after = {"recipient": region.recipient, **{name: content.get(name) for name in names}}
        who, ground = one.trainee_id if one else None, str(content.get("ground"))
        why = region_letters.ground_name(ground, current())
        unit.log("letter.disclose", trainee_id=who, subject=subject, after=after, why=why)
    elif item.kind == SERVICE_CARD:
        after = {"recipient": region.recipient, "card": item.ref, "version": item.version}
        unit.log("offering.send", subject=subject, after=after)
    elif item.kind == AGGREGATE:
        after = {"recipient": region.recipient, "quarter": content.get("quarter")}
        unit.log("aggregate.send", subject=subject, after=after)


def preview_lines(found: tuple[Going, ...], words: Words) -> list[str]:
    """What leaves without a consent, as text: a heading for each item, a line for each thing it says."""
    lines: list[str] = []
    for one in found:
        heading, said = told(one.item, words)
        if heading:
            lines += [heading, *(f"  {title}: {text}" for title, text in said)]
    return lines


def told(item: Mapping[str, Any], words: Words) -> tuple[str, tuple[tuple[str, str], ...]]:
    """An item as a person reads it: its heading, then title and text; nothing for what is no news."""
    match item["kind"]:
        case region_letters.ANSWER:
            return words._(N_("Answer to the region")), region_letters.answer_preview(item, words)
        case offering.SERVICE_CARD:
            return words._(N_("What the workshop offers")), offering.lines(item, words)
        case aggregate.AGGREGATE:
            found = aggregate.lines(item, words)
            flat = tuple((f"{table}, {key}", count) for table, cells in found for key, count in cells)
            quarter = aggregate.quarter_of(item["quarter"]).said(words)
            return words.fill(N_("Figures without names, {quarter}"), quarter=quarter), flat
    return "", ()


def whom_about(unit: Unit, region_id: str, item: Mapping[str, Any]) -> str:
    """Whom an item is about, where it is no trainee: a person in a letter, a workshop, a quarter."""
    match item.get("kind"):
        case region_letters.ANSWER:
            letter = letters.by_uid(unit, region_id, item["answers"])
            return (letter.person_name or letter.sender) if letter else ""
        case offering.SERVICE_CARD:
            first, second = ("name_sv", "name_fi") if current().language == "sv" else ("name_fi", "name_sv")
            return str(item["workshop"].get(first) or item["workshop"].get(second) or "")
        case aggregate.AGGREGATE:
            return aggregate.quarter_of(item["quarter"]).said(current())
    return ""


def since(unit: Unit, one: Going) -> datetime | None:
    """When an item that is to leave was accepted; None for a card, which leaves as it stands."""
    if one.item["kind"] == ANSWER:
        return letters.accepted_at(unit, one.id)
    own = (issued.accepted for issued in kept.all_issued(unit, one.region_id) if issued.uid == one.id)
    return next(own, None) if one.item["kind"] == AGGREGATE else None


def name_of(kind: str) -> str:
    """What an item of a kind is called, empty for a kind of another module."""
    names = {
        ANSWER: N_("Answer to the region"),
        SERVICE_CARD: N_("What the workshop offers"),
        AGGREGATE: N_("Figures without names"),
    }
    return current()._(names[kind]) if kind in names else ""


def answer_states(unit: Unit) -> dict[str, str]:
    """How each answer that was sealed stands, by its id."""
    found: dict[str, str] = {}
    for region in enrolments.regions(unit):
        for one in letters.standing(unit, region.id, region.epoch, (ANSWER,)):
            found[one.id] = state_of(one)
    return found


def state_of(one: Standing) -> str:
    """How a sealed item stands: waiting, handed, delivered or turned away."""
    if one.state == outbox.ACKNOWLEDGED:
        return DELIVERED if one.outcome in ("", outbox.DELIVERED) else TURNED_AWAY
    return HANDED if one.state == outbox.HANDED else WAITING


def _received(unit: Unit, region: RegionRow, stands: tuple[Standing, ...]) -> Iterator[Going]:
    told = {
        (row["epoch"], row["seq"], row["sha256"], row["result"])
        for one in stands
        if one.kind == LETTERS_RECEIVED
        for row in one.content["letters"]
    }
    own = [(b.epoch, b.seq, b.sha256, b.result) for b in letters.bundles_of(unit, region.id)]
    untold = [one for one in own if one not in told]
    names = ("epoch", "seq", "sha256", "result")
    for start in range(0, len(untold), MOST_TOLD):
        rows = [dict(zip(names, one, strict=True)) for one in untold[start : start + MOST_TOLD]]
        yield Going(region_id=region.id, item={"kind": LETTERS_RECEIVED, "letters": rows}, id="")


def _answers(unit: Unit, region: RegionRow, stands: tuple[Standing, ...]) -> Iterator[Going]:
    sealed = {one.id for one in stands if one.kind == ANSWER}
    for letter, answer in letters.answers_to(unit, region.id):
        if answer.uid not in sealed:
            item = region_letters.answer_item(letter, answer)
            yield Going(
                region_id=region.id,
                item=item,
                id=answer.uid,
                trainee_id=letter.trainee_id,
                ground=answer.ground,
            )


def _cards(unit: Unit, region: RegionRow, stands: tuple[Standing, ...]) -> Iterator[Going]:
    last = {one.id: one.content for one in stands if one.kind == SERVICE_CARD}
    shops = {shop.id: shop for shop in workshops.WORKSHOPS.find(unit)}
    for card in kept.CARDS.find(unit):
        had: Mapping[str, Any] = last.get(card.uid, {})
        if not card.told and not had.get("services"):
            continue
        places = kept.places_of(unit, card.workshop_id)
        version = had.get("version", 0) + 1
        item = offering.card_item(card, shops[card.workshop_id], places, version=version, on=unit.on)
        if not had or offering.says(item) != offering.says(had):
            yield Going(region_id=region.id, item=item, id=card.uid, had=had)


def _figures(unit: Unit, region: RegionRow, stands: tuple[Standing, ...]) -> Iterator[Going]:
    """What was accepted, as long as the figures are turned on."""
    if not meta.get(unit, FIGURES_ON):
        return
    sealed = {one.id for one in stands if one.kind == AGGREGATE}
    for one in kept.all_issued(unit, region.id):
        if one.uid not in sealed:
            yield Going(region_id=region.id, item=dict(one.item), id=one.uid)
