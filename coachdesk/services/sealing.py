"""Sealing: one transaction reads the consents again, seals what may leave, and keeps what was sealed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from coachdesk.domain import summary
from coachdesk.domain.consent import known_scopes, may_disclose
from coachdesk.domain.letter_sheets import Going
from coachdesk.domain.line import NET
from coachdesk.domain.sending import PUT, WITHDRAW, Offer
from coachdesk.errors import Refused
from coachdesk.exchange import bundle as wire
from coachdesk.exchange.keys import ENCRYPT, public
from coachdesk.exchange.outgoing import Last, Letter, Sealer, Wanted, put_of
from coachdesk.exchange.seal import Label
from coachdesk.i18n import N_
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import card_of, signing_key, with_letter_key
from coachdesk.services.offers import offers
from coachdesk.store import consents, enrolments, lines, outbox, rights_requests, summaries
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.outbox import BundleRow, ItemRow
from coachdesk.store.summaries import Acceptance
from coachdesk.store.unit import Unit


def seal(desk: Desk) -> int:
    """Seal what was accepted and what travels by itself, without writing any file; how many items."""
    with desk.writing() as unit:
        found = [offer for region in enrolments.regions(unit) for offer in seal_region(desk, unit, region)]
        unit.commit()
    desk.keep_head()
    return sum(offer.may_leave for offer in found)


def accept(unit: Unit, offer: Offer) -> None:
    """Note that the coach has seen exactly this and lets it go."""
    assert offer.consent is not None
    scopes = tuple(scope.key for scope in known_scopes(offer.consent))
    summaries.ACCEPTANCES.add(
        unit,
        Acceptance(
            trainee_id=offer.trainee_id,
            recipient=offer.recipient,
            digest=offer.digest,
            scopes=scopes,
            words_digest=summary.words_digest(offer.fields),
            at=unit.at,
            coach_id=unit.coach_id,
        ),
    )
    unit.log(
        "summary.accept",
        trainee_id=offer.trainee_id,
        subject=f"recipient:{offer.recipient}",
        after={"digest": offer.digest, "scopes": list(scopes), "consent": offer.consent.number},
    )


def seal_region(desk: Desk, unit: Unit, region: RegionRow, *, accept_all: bool = False) -> list[Offer]:
    """Seal all that may leave to a region now; what was sealed, and what cannot leave as it is."""
    take_back_forbidden(unit, region)
    found = offers(unit, region, make_refs=True)
    if accept_all:
        found = [_accepted(unit, offer) for offer in found]
    leaving = [offer for offer in found if offer.may_leave]
    ahead = [offer for offer in found if offer.narrows and not offer.may_leave]
    items = [*_beginning(unit, region), *_empty_numbers(unit, region)]
    items += [*(_withdrawal(offer) for offer in ahead), *(_item(offer) for offer in leaving)]
    by_ref = {offer.ref: offer for offer in (*ahead, *leaving)}
    beside = without_consent.going(unit, region)
    items += [dict(one.item) for one in beside]
    if items:
        items += _own_letter_key(desk, unit, region)
        for letter in _sealer(desk, unit, region).seal_all(items):
            _keep(unit, region, letter, by_ref, without_consent.rows_by_id(beside))
    gone = [replace(offer, kind=WITHDRAW, problem=None) for offer in ahead]
    return [*gone, *(offer for offer in found if offer.may_leave or offer.problem is not None)]


def label_of(row: BundleRow, device: str) -> Label:
    """What a kept bundle is called by: where it goes, whose it is, and its place in the row of numbers."""
    return Label(aud=row.region_id, iss=device, epoch=row.epoch, seq=row.seq, iat=0)


def hand_next(desk: Desk, unit: Unit, region: RegionRow, *, but: Collection[str] = ()) -> BundleRow | None:
    """The bundle that goes over the network next, noted as tried; None where nothing more may go now.

    The consents are read in this very transaction: what may leave no longer is destroyed if it was never
    tried, and a withdrawal goes before everything else.  ``but`` are bundles that are left out.
    """
    seal_region(desk, unit, region)
    waiting = _to_send(unit, region, but)
    if not waiting:
        return None
    ahead = outbox.withdrawing(unit, region.id)
    found = min(waiting, key=lambda row: ((row.epoch, row.seq) not in ahead, row.epoch, row.seq))
    outbox.hand(unit, region.id, unit.at, NET, only=found)
    return found


def _to_send(unit: Unit, region: RegionRow, but: Collection[str]) -> list[BundleRow]:
    """What waits and may be tried; what a withdrawal follows that cannot be tried now waits behind it."""
    waiting = outbox.waiting(unit, region.id)
    found = [row for row in waiting if row.sha256 not in but and row.problem is None]
    stuck = {(row.epoch, row.seq) for row in waiting} - {(row.epoch, row.seq) for row in found}
    behind = outbox.behind(unit, region.id, stuck)
    return [row for row in found if (row.epoch, row.seq) not in behind]


def take_back_forbidden(unit: Unit, region: RegionRow) -> int:
    """Destroy what was never handed over where a summary in it may leave no longer; how many bundles."""
    unsent = [item for item in outbox.never_handed(unit, region.id) if item.kind == PUT]
    if not unsent:
        return 0
    own = consents.to_recipient(unit, region.recipient, {i.trainee_id for i in unsent if i.trainee_id})
    bars, still = consents.bars(unit, region.recipient), rights_requests.restricted(unit, unit.on)
    refs = summaries.known_refs(unit, region.recipient)
    for item in unsent:
        who = item.trainee_id or 0
        allowed = may_disclose(own.get(who, ()), bars.get(who, ()), region.recipient, unit.on)
        strange = refs.get(who) != item.ref  # of a record that was joined into another
        if allowed is None or allowed.uid != item.consent_uid or who in still or strange:
            return outbox.destroy(unit, region.id)
    return 0


def _accepted(unit: Unit, offer: Offer) -> Offer:
    if offer.problem is not None or offer.may_leave:
        return offer
    accept(unit, offer)
    return replace(offer, accepted=True)


def _beginning(unit: Unit, region: RegionRow) -> list[dict[str, Any]]:
    """A row of numbers after the first begins with a snapshot, also when nothing else is sent."""
    if region.epoch == 1 or outbox.has_snapshot(unit, region.id, region.epoch):
        return []
    return [wire.snapshot()]


def _empty_numbers(unit: Unit, region: RegionRow) -> list[dict[str, Any]]:
    return [wire.void(seq) for seq in outbox.empty_numbers(unit, region.id, region.epoch)]


def _own_letter_key(desk: Desk, unit: Unit, region: RegionRow) -> list[dict[str, Any]]:
    """The key that letters to this desk are sealed for, where the region was enrolled without it."""
    device = enrolments.device_by_id(unit, region.device)
    if device is None:
        return []
    line = lines.line_of(unit, region.id)
    key = with_letter_key(desk, unit, device).enc_public or {}
    if line.key_told == key["kid"] or outbox.has_told_key(unit, region.id, key["kid"]):
        return []
    return [{"kind": wire.DESK_KEY, "key": public(key)}]


def _item(offer: Offer) -> dict[str, Any]:
    if offer.kind != PUT or offer.consent is None:
        return _withdrawal(offer)
    wanted = Wanted(
        ref=offer.ref,
        consent=offer.consent.uid,
        valid_to=offer.consent.valid_to,
        fields=offer.fields,
    )
    had = offer.had_consent
    last = Last(
        ref=offer.ref,
        kind=PUT if had else "",
        version=offer.had_version,
        consent=had,
        valid_to=offer.had_valid_to,
        digest=offer.had_digest,
    )
    found = put_of(wanted, last)
    assert found is not None  # an offer is only made where something differs
    return found


def _withdrawal(offer: Offer) -> dict[str, Any]:
    """The word that what the region was last sent may be there no longer.

    It goes ahead of a summary that waits for the coach, where the new consent covers less than the old.
    """
    return wire.withdraw(ref=offer.ref, version=offer.had_version + 1, consent=offer.had_consent)


def _sealer(desk: Desk, unit: Unit, region: RegionRow) -> Sealer:
    device = enrolments.device_by_id(unit, region.device)
    if device is None:
        raise Refused(N_("No region is enrolled yet. Read in the region's public file first."))
    seq, prev = outbox.place(unit, region.id, region.epoch)
    return Sealer(
        region_id=region.id,
        device=device.id,
        signing_key=signing_key(desk, device),
        region_key=next(iter(card_of(region).of_use(ENCRYPT).values())),
        epoch=region.epoch,
        seq=seq,
        prev=prev,
        iat=int(unit.at.timestamp()),
    )


def _keep(
    unit: Unit, region: RegionRow, letter: Letter, by_ref: dict[str, Offer], beside: dict[str, Going]
) -> None:
    label = letter.sealed.label
    row = BundleRow(
        region_id=region.id,
        epoch=label.epoch,
        seq=label.seq,
        sha256=letter.sealed.sha256,
        prev=label.prev,
        sealed=letter.sealed.content,
        state=outbox.SEALED,
        made=unit.at,
    )
    items = [
        _row_beside(region, label, item, beside.get(wire.id_of(item)))
        if item["kind"] in without_consent.KINDS
        else _row(region, label, item, by_ref.get(item.get("ref", "")))
        for item in letter.items
    ]
    outbox.add(unit, row, items)
    _log(unit, region, label, items, beside)


def _row(region: RegionRow, label: Label, item: dict[str, Any], offer: Offer | None) -> ItemRow:
    put = item["kind"] == PUT
    return ItemRow(
        region_id=region.id,
        epoch=label.epoch,
        seq=label.seq,
        kind=item["kind"],
        trainee_id=(offer.trainee_id or None) if offer else None,
        ref=item.get("ref", ""),
        version=item.get("version", item.get("seq", 0)),
        consent_uid=item.get("consent", ""),
        valid_to=offer.consent.valid_to if put and offer and offer.consent else None,
        fields=item.get("fields"),
        digest=summary.digest(item["fields"]) if put else item.get("key", {}).get("kid", ""),
    )


def _row_beside(region: RegionRow, label: Label, item: dict[str, Any], one: Going | None) -> ItemRow:
    """An item that rests on no consent: all of it is kept, by which the next is compared."""
    return ItemRow(
        region_id=region.id,
        epoch=label.epoch,
        seq=label.seq,
        kind=item["kind"],
        trainee_id=one.trainee_id if one else None,
        ref=wire.id_of(item),
        version=item.get("version", 0),
        fields=item,
    )


def _log(
    unit: Unit, region: RegionRow, label: Label, items: Sequence[ItemRow], beside: dict[str, Going]
) -> None:
    """What leaves of whom, to whom, under which consent: a line for each trainee."""
    subject = f"bundle:{region.id}:{label.epoch}:{label.seq}"
    unit.log("outbox.seal", subject=subject, after={"items": len(items)})
    for item in items:
        if item.kind in without_consent.KINDS:
            without_consent.log(unit, region, subject, item, beside.get(item.ref))
        elif item.trainee_id is not None:
            after = {"recipient": region.recipient, "kind": item.kind, "version": item.version}
            after |= {"consent": item.consent_uid, "digest": item.digest, "fields": sorted(item.fields or ())}
            unit.log("summary.seal", trainee_id=item.trainee_id, subject=subject, after=after)
