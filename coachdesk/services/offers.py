"""What may leave now: the difference between the consents and what each region was last sent.

Everything here reads; ``sealing`` asks the same in the transaction in which it seals.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain import summary
from coachdesk.domain.attendance import counts_present
from coachdesk.domain.codes import codes
from coachdesk.domain.consent import Consent, known_scopes, may_disclose
from coachdesk.domain.sending import ASKED, FIRST, ITSELF, PUT, WITHDRAW, WORDS, Offer
from coachdesk.domain.summary import Record
from coachdesk.domain.summary_fields import FREE
from coachdesk.errors import Refused
from coachdesk.store import consents, meta, records, rights_requests, summaries
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.outbox import Sent
from coachdesk.store.summaries import Acceptance
from coachdesk.store.unit import Unit

SEE_EACH = "sync.see_each"


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read once for all trainees of a region."""

    region: RegionRow
    last: Mapping[str, Sent]  # of this row of numbers
    ever: Mapping[str, Sent]  # of all rows
    versions: Mapping[str, int]
    accepted: Mapping[int, list[Acceptance]]
    see_each: bool


def offers(unit: Unit, region: RegionRow, *, make_refs: bool = False, only: int | None = None) -> list[Offer]:
    """The items that would bring a region up to date: withdrawals first, then by name.

    ``make_refs`` gives a ref to who has none yet; only a writing unit may.  ``only`` is one trainee.
    """
    allowed = _allowed(unit, region.recipient, only)
    refs = (
        summaries.refs(unit, region.recipient, allowed)
        if make_refs
        else summaries.known_refs(unit, region.recipient, only)
    )
    known = _known(unit, region, only)
    gone = [sent for sent in known.last.values() if sent.item.kind == PUT and not _still(sent, allowed, refs)]
    people = set(allowed) | {sent.item.trainee_id for sent in gone if sent.item.trainee_id}
    found = records.records(unit, people, unit.on, present_kinds())
    withdrawn = [_withdrawal(known, sent, found) for sent in gone]
    still = rights_requests.restricted(unit, unit.on)  # nothing new leaves of them; a withdrawal does
    puts = [
        _put(known, found[key], consent, refs.get(key, ""), unit.on)
        for key, consent in allowed.items()
        if key in found
    ]
    puts = [_under(offer, still) for offer in puts if offer is not None]
    return [
        *sorted(withdrawn, key=lambda offer: offer.name),
        *sorted((offer for offer in puts if offer is not None), key=lambda offer: offer.name),
    ]


def _known(unit: Unit, region: RegionRow, only: int | None) -> _Known:
    return _Known(
        region=region,
        last=summaries.last_sent(unit, region.id, region.epoch, only),
        ever=summaries.last_sent(unit, region.id, trainee_id=only),
        versions=summaries.highest_versions(unit, region.id, only),
        accepted=summaries.acceptances(unit, region.recipient, only),
        see_each=bool(meta.get(unit, SEE_EACH)),
    )


def offer_of(unit: Unit, region: RegionRow, trainee_id: int) -> Offer | None:
    """What would leave of one trainee; None where the region is up to date.

    Of who was joined of two records it is the summary, beside which the other one is withdrawn.
    """
    found = offers(unit, region, only=trainee_id)
    return next((offer for offer in found if offer.kind == PUT), next(iter(found), None))


def present_kinds() -> tuple[str, ...]:
    """The attendance kinds that count as attended."""
    return tuple(dict.fromkeys(code.key for code in codes("attendance_kinds") if counts_present(code.key)))


def _allowed(unit: Unit, recipient: str, only: int | None) -> dict[int, Consent]:
    """The consent in force of each trainee who has one; a prohibition wins."""
    bars = consents.bars(unit, recipient)
    found = {
        trainee_id: may_disclose(own, bars.get(trainee_id, ()), recipient, unit.on)
        for trainee_id, own in consents.to_recipient(
            unit, recipient, None if only is None else [only]
        ).items()
    }
    return {trainee_id: consent for trainee_id, consent in found.items() if consent is not None}


def _under(offer: Offer, restricted: Collection[int]) -> Offer | None:
    """Of who is restricted only the word leaves that fields the new consent does not cover must go."""
    if offer.trainee_id not in restricted:
        return offer
    return replace(offer, kind=WITHDRAW, why=ITSELF, fields={}, problem=None) if offer.narrows else None


def _still(sent: Sent, allowed: Mapping[int, Consent], refs: Mapping[int, str]) -> bool:
    """Whether it may stay at the region: the trainee lets it, and is still known there by that ref.

    A ref that is nobody's any more is of a record that was joined into another.
    """
    who = sent.item.trainee_id
    return who is not None and who in allowed and refs.get(who) == sent.item.ref


def _withdrawal(known: _Known, sent: Sent, found: Mapping[int, Record]) -> Offer:
    record = found.get(sent.item.trainee_id or 0)
    return Offer(
        trainee_id=sent.item.trainee_id or 0,
        name=record.trainee.name if record else "",
        recipient=known.region.recipient,
        region_id=known.region.id,
        ref=sent.item.ref,
        kind=WITHDRAW,
        had=sent.item.fields,
        had_on=_day(sent),
        had_version=max(sent.item.version, known.versions.get(sent.item.ref, 0)),
        had_consent=sent.item.consent_uid,
        had_valid_to=sent.item.valid_to,
    )


def _put(known: _Known, record: Record, consent: Consent, ref: str, on: date) -> Offer | None:
    last = known.last.get(ref)
    had = last.item if last is not None and last.item.kind == PUT else None
    try:
        fields, problem = summary.fields_of(record, known_scopes(consent), on), None
    except Refused as refused:
        fields, problem = {}, refused
    digest = summary.digest(fields)
    if had and problem is None and (had.digest, had.consent_uid) == (digest, consent.uid):
        return None
    return Offer(
        trainee_id=record.trainee.id,
        name=record.trainee.name,
        recipient=known.region.recipient,
        region_id=known.region.id,
        ref=ref,
        kind=PUT,
        why=_why(known, record.trainee.id, ref, fields, consent),
        accepted=any(one.digest == digest for one in known.accepted.get(record.trainee.id, ())),
        fields=fields,
        had=had.fields if had else None,
        had_on=_day(last) if had and last else None,
        had_version=known.versions.get(ref, 0),
        had_consent=had.consent_uid if had else "",
        had_digest=had.digest if had else "",
        had_valid_to=had.valid_to if had else None,
        consent=consent,
        problem=problem,
    )


def _why(known: _Known, trainee_id: int, ref: str, fields: Mapping[str, Any], consent: Consent) -> str:
    """Why the coach must look: settled by what has left before and what was accepted of it.

    A free word counts as seen where it is the one that was last sent; words that are only taken away leave
    nothing new to look at, and should be gone there soon.
    """
    ever = known.ever.get(ref)
    accepted = known.accepted.get(trainee_id, ())
    if ever is None or ever.item.kind != PUT or not accepted:
        return FIRST
    scopes, sent = {scope.key for scope in known_scopes(consent)}, ever.item.fields or {}
    seen = any(scopes <= set(one.scopes) for one in accepted)
    if not seen or any(sent.get(name, "") != fields[name] for name in FREE & fields.keys()):
        return WORDS
    return ASKED if known.see_each else ITSELF


def _day(sent: Sent) -> date:
    return (sent.receipt_at or sent.made).astimezone(HELSINKI).date()
