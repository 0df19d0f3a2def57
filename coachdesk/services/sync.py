"""Sync: what leaves, what was accepted, the outbox, the export and the receipt; the face for the screens.

Enrolment, sealing, export and receipts have modules of their own and are named here.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from coachdesk.clock import HELSINKI
from coachdesk.domain.acts import ACTS, ActKind
from coachdesk.domain.sending import ITSELF, PUT, HeldLine, Offer, Outbox, OutboxLine
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import enrol
from coachdesk.services.exporting import export, preview_lines
from coachdesk.services.offers import SEE_EACH, offer_of
from coachdesk.services.open_offers import open_offers
from coachdesk.services.receipts import read_receipt
from coachdesk.services.sealing import accept as _accept
from coachdesk.services.sealing import seal
from coachdesk.store import enrolments, meta, outbox, summaries, trainees
from coachdesk.store import lines as kept_lines
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.outbox import Sent
from coachdesk.store.sheets.outbox import waits_since
from coachdesk.store.unit import Unit

__all__ = ["enrol", "export", "preview_lines", "read_receipt", "seal"]

SHOWN = 300
_ENDS = ("consent.withdraw", "prohibition.give", "rights_request.record", "trainee.join", "trainee.part")
_SUMMED = {
    "trainee", "phase", "plan", "next_step", "period", "day", "coaching", "self_assessment", "consent",
    "import",
}  # fmt: skip
_CHANGES = frozenset(
    key for key, act in ACTS.items() if act.kind is ActKind.CHANGE and key.partition(".")[0] in _SUMMED
)


def review(desk: Desk) -> tuple[Offer, ...]:
    """What would leave now, what waits for the coach first; one line in the log for the look."""
    with desk.reading() as unit:  # nobody's save waits for what takes long
        found = [_waiting(unit, one) for one in open_offers(desk, unit)]
    with desk.writing() as unit:
        unit.log("summary.review", after={"offers": len(found)})
        unit.commit()
    return tuple(sorted(found, key=lambda offer: (offer.kind == PUT, not offer.waits_for_coach)))


def _waiting(unit: Unit, offer: Offer) -> Offer:
    """The offer with the moment since which it waits to leave, by the log; only of what may leave."""
    if not offer.may_leave:
        return offer
    who = offer.trainee_id
    if offer.kind != PUT:
        since = waits_since(unit, who, _ENDS, last=True)
        if since is None and offer.had_valid_to is not None and offer.had_valid_to < unit.on:
            since = datetime.combine(offer.had_valid_to + timedelta(days=1), time(), HELSINKI)
    elif offer.why == ITSELF:
        since = waits_since(unit, who, _CHANGES)
    else:
        since = waits_since(unit, who, ("summary.accept",), last=True)
    return replace(offer, since=since)


def look(desk: Desk, trainee_id: int, region_id: str) -> Offer | None:
    """What leaves of one trainee, logged as a look at that person; None where nothing changes."""
    with desk.writing() as unit:
        found = offer_of(unit, enrolments.REGIONS.get(unit, region_id), trainee_id)
        unit.log("summary.look", trainee_id=trainee_id, subject=f"region:{region_id}")
        unit.commit()
    return found


def accept(desk: Desk, offer: Offer) -> Offer:
    """Let exactly this summary go; it is sealed at the next export.

    Raises:
        Refused: what leaves has changed since it was shown, or cannot leave.
    """
    with desk.writing() as unit:
        region = enrolments.REGIONS.get(unit, offer.region_id)
        now = offer_of(unit, region, offer.trainee_id)
        if now is None or now.kind != offer.kind or now.digest != offer.digest or now.consent is None:
            raise Refused(N_("What leaves has changed since it was shown. Look at it once more."))
        if now.problem is not None:
            raise now.problem
        if now.accepted:
            return now
        _accept(unit, now)
        unit.commit()
    return replace(now, accepted=True)


def ready(desk: Desk) -> int:
    """How many items leave with the next file without anything more being asked of the coach."""
    with desk.reading() as unit:
        open_ = open_offers(desk, unit)
        beside = without_consent.count(unit)
    return sum(offer.may_leave or offer.narrows for offer in open_) + beside


def outbox_sheet(desk: Desk) -> Outbox:
    """The outbox: what was set aside first, then what waits, what was handed over, what was acknowledged."""
    with desk.reading() as unit:
        regions = enrolments.regions(unit)
        open_ = open_offers(desk, unit)
        sent = outbox.sent_items(unit, SHOWN)
        names = trainees.names_of(unit, {one.item.trainee_id for one in sent if one.item.trainee_id})
        numbers = kept_lines.numbers(unit)
        lines = [
            *_beside(unit, regions),
            *sorted((_line(unit, one, names, numbers) for one in sent), key=_order),
        ]
        missing = _missing(unit, regions)
        beside = without_consent.count(unit)
    return Outbox(
        lines=tuple(lines),
        to_look_at=sum(offer.waits_for_coach for offer in open_),
        ready=sum(offer.may_leave for offer in open_) + beside,
        enrolled=bool(regions),
        missing=missing,
        receipt_at=max((region.receipt_at for region in regions if region.receipt_at), default=None),
    )


def held_sheet(desk: Desk) -> tuple[HeldLine, ...]:
    """What the regions have of each trainee by their receipts, by name; logged as one look."""
    with desk.reading() as unit:
        numbers, regions = kept_lines.numbers(unit), enrolments.regions(unit)
        answered = [one for one in summaries.answered_items(unit) if one.item.outcome == outbox.DELIVERED]
        newest = {(one.item.region_id, one.item.ref): one for one in answered}
        open_ = {(offer.region_id, offer.ref) for offer in open_offers(desk, unit)}
        for region in regions:
            standing = summaries.last_sent(unit, region.id, region.epoch).values()
            waiting = (one for one in standing if one.state in outbox.WAITING)
            open_ |= {(region.id, one.item.ref) for one in waiting}
        names = trainees.names_of(unit, {s.item.trainee_id for s in newest.values() if s.item.trainee_id})
        found = [_held(one, names, numbers, key in open_, unit.on) for key, one in newest.items()]
    with desk.writing() as unit:
        unit.log("summary.held", after={"summaries": len(found)})
        unit.commit()
    return tuple(sorted(found, key=lambda line: line.name))


def _held(sent: Sent, names: dict[int, str], numbers: dict[int, int], changing: bool, on: date) -> HeldLine:
    item = sent.item
    past = item.valid_to is not None and item.valid_to < on
    state = "deleted" if item.kind != PUT else "past" if past else "changing" if changing else "held"
    return HeldLine(
        trainee_id=item.trainee_id,
        name=names.get(item.trainee_id or 0, ""),
        region_id=item.region_id,
        state=state,
        version=item.version,
        fields=item.fields or {},
        valid_to=item.valid_to,
        receipt=numbers.get(sent.receipt_id or 0, 0),
        receipt_at=sent.receipt_at,
        way=sent.ways,
    )


def put_back(desk: Desk, item_id: int) -> None:
    """Put an item that the region set aside back into the queue, once its details are corrected.

    Raises:
        Refused: the region has not set it aside.
    """
    with desk.writing() as unit:
        item = outbox.ITEMS.get(unit, item_id)
        if item.outcome != outbox.SET_ASIDE:
            raise Refused(N_("Only what the region has set aside can be put back."))
        outbox.judge(unit, item, outbox.PUT_BACK)
        unit.log("outbox.put_back", trainee_id=item.trainee_id, subject=f"item:{item.id}")
        unit.commit()


def see_each(desk: Desk, each: bool) -> None:
    """Ask to see every change before it leaves, or only first summaries and changed words."""
    with desk.writing() as unit:
        meta.put(unit, SEE_EACH, "1") if each else meta.remove(unit, SEE_EACH)
        unit.log("summary.see_each", after={"each": each})
        unit.commit()


def sees_each(desk: Desk) -> bool:
    """Whether the coach asked to see every change."""
    with desk.reading() as unit:
        return bool(meta.get(unit, SEE_EACH))


def region_names(desk: Desk) -> dict[str, tuple[str, str]]:
    """The enrolled regions by id, with their Finnish and Swedish names."""
    with desk.reading() as unit:
        return {region.id: (region.name_fi, region.name_sv) for region in enrolments.regions(unit)}


def recipients(desk: Desk) -> tuple[str, ...]:
    """The bodies for which a region is enrolled: consents to them become summaries."""
    with desk.reading() as unit:
        return tuple(region.recipient for region in enrolments.regions(unit))


_STATES = {
    outbox.SEALED: "waiting",
    outbox.HANDED: "handed",
    outbox.REFUSED: "refused",
    outbox.SUPERSEDED: "superseded",
}
_OUTCOMES = {outbox.SET_ASIDE: "aside", "consent_withdrawn": "withdrawn_there", "past_valid_to": "late"}
_RANK = ("aside", "stuck", "refused", "waiting", "handed")


def _beside(unit: Unit, regions: tuple[RegionRow, ...]) -> list[OutboxLine]:
    """What waits and rests on no consent, word for word as it leaves."""
    going = [one for region in regions for one in without_consent.going(unit, region) if one.id]
    names = trainees.names_of(unit, {one.trainee_id for one in going if one.trainee_id})
    return [
        OutboxLine(
            item_id=0,
            trainee_id=one.trainee_id,
            name=names.get(one.trainee_id or 0) or without_consent.whom_about(unit, one.region_id, one.item),
            kind=str(one.item["kind"]),
            version=one.item.get("version", 0),
            made=unit.at,
            state="ready",
            since=without_consent.since(unit, one),
            item=one.item,
        )
        for one in going
    ]


def _line(unit: Unit, sent: Sent, names: dict[int, str], numbers: dict[int, int]) -> OutboxLine:
    item = sent.item
    beside = item.fields if item.kind in without_consent.KINDS and item.fields else {}
    return OutboxLine(
        item_id=item.id,
        trainee_id=item.trainee_id,
        name=names.get(item.trainee_id or 0) or without_consent.whom_about(unit, item.region_id, beside),
        kind=item.kind,
        version=item.version,
        made=sent.made,
        state=_state(sent),
        receipt_at=sent.receipt_at,
        way=sent.ways,
        receipt=numbers.get(sent.receipt_id or 0, 0),
        problem=sent.problem,
        item=beside,
    )


def _state(sent: Sent) -> str:
    if sent.problem is not None and sent.state in outbox.WAITING:
        return "stuck"
    return _STATES.get(sent.state) or _OUTCOMES.get(sent.item.outcome, "acknowledged")


def _order(line: OutboxLine) -> tuple[int, bool, float]:
    rank = _RANK.index(line.state) if line.state in _RANK else len(_RANK)
    return rank, line.kind == PUT, -line.made.timestamp()


def _missing(unit: Unit, regions: tuple[RegionRow, ...]) -> tuple[int, ...]:
    found: list[int] = []
    for region in regions:
        waiting = {row.seq for row in outbox.waiting(unit, region.id) if row.epoch == region.epoch}
        found += sorted(waiting & set(region.missing or ()))
    return tuple(found)
