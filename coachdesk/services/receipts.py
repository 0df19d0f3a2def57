"""Reading a region's answer: what was delivered, refused or is missing; what it tells of ourselves.

The outbox is cleared only of bundles that a receipt names by their SHA-256.  Where the region knows more
of our numbers than we do, this desk was restored from an older copy: the row of numbers begins anew, with
a snapshot.  Consents that the region knows as withdrawn are withdrawn here too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from coachdesk import i18n
from coachdesk.domain.line import FILE, REVOKED
from coachdesk.domain.sending import PUT, WITHDRAW, ReceiptResult
from coachdesk.errors import Problem, Unreadable
from coachdesk.exchange import enrolment, export_file, incoming
from coachdesk.exchange.bundle import AGGREGATE, ANSWER, SERVICE_CARD
from coachdesk.exchange.incoming import Held
from coachdesk.exchange.keys import SIGN
from coachdesk.exchange.receipt import RESULTS, STORED, Named, Receipt, reason_sentence
from coachdesk.exchange.seal import issuer
from coachdesk.i18n import N_, Words, ngettext
from coachdesk.services import without_consent
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import card_of, waits_for_gone_key
from coachdesk.store import consents, enrolments, lines, outbox, summaries, trainees
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.outbox import BundleRow, ItemRow
from coachdesk.store.unit import Unit

FURTHEST_ROW = 1_000_000  # ahead of our own: no copy of this desk has come so far, and after the last is none
MISSING = N_("Missing at the region: {numbers}. Write the export files again.")


@dataclass(slots=True)
class _Told:
    """What is gathered while a receipt is read."""

    delivered: Counter[str] = field(default_factory=Counter)  # by kind
    refused: list[tuple[ItemRow, str]] = field(default_factory=list)
    turned_away: list[tuple[BundleRow, str]] = field(default_factory=list)
    missing: tuple[int, ...] = ()
    withdrawn: int = 0
    anew: bool = False
    resealed: bool = False
    older: bool = False
    set_aside: int = 0
    number: int = 0
    fresh: bool = False
    revoked: bool = False
    held: tuple[Held, ...] | None = None
    settled: list[BundleRow] = field(default_factory=list)


def read_receipt(desk: Desk, file: Path) -> ReceiptResult:
    """Read a receipt file; reading it twice does no harm.

    Raises:
        Unreadable: the file is no receipt, was changed, is another desk's, or of no region enrolled here.
    """
    return take_in(desk, export_file.read(Path(file)), FILE)


def take_in(desk: Desk, content: bytes, way: str, *, fresh: bool = False) -> ReceiptResult:
    """Take in a receipt that came over the network or in a file.

    ``fresh``: it is the region's answer to a question of this moment.  Then a number lower than one that is
    known tells that the region itself was restored from an older copy; else it is only an older receipt.

    Raises:
        Unreadable: it is no receipt, was changed, is another desk's, or of no region enrolled here.
    """
    with desk.writing() as unit:
        region = _region(unit, content)
        if region is None:
            raise Unreadable(N_("The receipt comes from a region that is not enrolled here."))
        found = incoming.read(
            content,
            region_id=region.id,
            device=region.device,
            region_keys=card_of(region).of_use(SIGN),
        )
        told = _Told(set_aside=found.set_aside, held=found.held, fresh=fresh)
        for receipt in found.receipts:
            region = _take_in(unit, region, receipt, told)
        if told.settled or found.revoked:
            _keep(unit, region, content, way, told)
        if found.revoked:
            _stop(unit, region, told)
        delivered = told.delivered.total()
        after = {"delivered": delivered, "refused": len(told.refused), "missing": list(told.missing)}
        unit.log("outbox.receipt", subject=f"region:{region.id}", after=after)
        names = trainees.names_of(unit, {i.trainee_id for i, _why in told.refused if i.trainee_id})
        unit.commit()
    return ReceiptResult(
        lines=tuple(_lines(told, names, i18n.current())),
        delivered=delivered,
        refused=len(told.refused) + len(told.turned_away),
        missing=told.missing,
        begun_anew=told.anew or told.resealed,
        revoked=told.revoked,
        letters=found.letters,
    )


def begin_anew(unit: Unit, region: RegionRow, epoch: int = 0) -> RegionRow:
    """A new row of numbers: what waits of earlier ones is dropped, everything is sent once more."""
    epoch = max(region.epoch, epoch) + 1
    outbox.supersede(unit, region.id, epoch)
    unit.log("outbox.begin_anew", subject=f"region:{region.id}", after={"epoch": epoch})
    renewed = replace(region, epoch=epoch, missing=None)
    enrolments.REGIONS.put(unit, renewed)
    return renewed


def _keep(unit: Unit, region: RegionRow, content: bytes, way: str, told: _Told) -> None:
    """Keep the receipt itself: it is the proof of what became of the bundles that it named first."""
    row = lines.ReceiptRow(
        region_id=region.id,
        number=told.number,
        sha256=sha256(content).hexdigest(),
        content=content,
        at=unit.at,
        way=way,
    )
    lines.names(unit, lines.keep_receipt(unit, row).id, told.settled)


def _stop(unit: Unit, region: RegionRow, told: _Told) -> None:
    """The desk is revoked: nothing is tried any more by itself, and everything stays as it is."""
    told.revoked = True
    line = lines.line_of(unit, region.id)
    if line.revoked:
        return
    stopped = replace(line, stopped=True, problem={"message": REVOKED, "values": {}})
    lines.keep(unit, stopped)
    unit.log("line.stop", subject=f"region:{region.id}", after={"revoked": True})


def _region(unit: Unit, content: bytes) -> RegionRow | None:
    named = issuer(content)
    return next((region for region in enrolments.regions(unit) if region.id == named), None)


def _take_in(unit: Unit, region: RegionRow, receipt: Receipt, told: _Told) -> RegionRow:
    if receipt.epoch > region.epoch + FURTHEST_ROW:
        raise Unreadable(N_("The answer is not of the form that is agreed."))
    told.number = receipt.number
    own = {row.sha256: row for row in outbox.of_region(unit, region.id)}
    strange = [one for one in receipt.bundles if one.sha256 not in own and one.result == STORED]
    for named in receipt.bundles:
        if named.sha256 in own:
            _settle(unit, own[named.sha256], named, told)
    _withdraw_revoked(unit, region, receipt, told)
    went_back = told.fresh and receipt.number < region.receipt_number
    if receipt.number <= region.receipt_number and not went_back:
        told.older = receipt.number < region.receipt_number
        return region
    region = replace(
        region,
        receipt_number=receipt.number,
        receipt_at=unit.at,
        keys=_keys(region, receipt),
        missing=receipt.missing,
    )
    enrolments.REGIONS.put(unit, region)
    if went_back or _knows_more(unit, region, receipt, strange) or _holds_otherwise(unit, region, told):
        region = begin_anew(unit, region, receipt.epoch)
        told.anew = True
    elif waits_for_gone_key(unit, region):
        region = begin_anew(unit, region, receipt.epoch)
        told.resealed = True
    elif receipt.epoch == region.epoch:
        _name_missing(unit, region, receipt, told)
    return region


def _settle(unit: Unit, bundle: BundleRow, named: Named, told: _Told) -> None:
    """Clear the bundle from the outbox and write what became of each item."""
    if bundle.state not in outbox.WAITING:
        return
    told.settled.append(bundle)
    if named.result != STORED:
        outbox.settle(unit, bundle, outbox.REFUSED, unit.at)
        told.turned_away.append((bundle, named.result))
        return
    outbox.settle(unit, bundle, outbox.ACKNOWLEDGED, unit.at)
    rejected = {(one.ref, one.version): one.reason for one in named.rejected}
    for item in outbox.items_of(unit, bundle):
        reason = rejected.get((item.ref, item.version)) if item.ref else None
        outbox.judge(unit, item, reason or outbox.DELIVERED)
        if reason:
            told.refused.append((item, reason))
        elif item.ref:
            told.delivered[item.kind] += 1


def _withdraw_revoked(unit: Unit, region: RegionRow, receipt: Receipt, told: _Told) -> None:
    """A consent that the region knows as withdrawn is withdrawn: an older copy of the desk had forgotten."""
    for consent in consents.by_uid(unit, receipt.revoked):
        if consent.recipient == region.recipient and consent.in_force(unit.on):
            consents.CONSENTS.put(unit, replace(consent, withdrawn=unit.at))
            told.withdrawn += 1
            unit.log(
                "consent.withdraw",
                trainee_id=consent.trainee_id,
                subject=f"consent:{consent.number}",
                after={"region": region.id},
                why=N_("The region knew the consent as withdrawn."),
            )


def _knows_more(unit: Unit, region: RegionRow, receipt: Receipt, strange: list[Named]) -> bool:
    """Whether the region has seen numbers or bundles of ours that this copy of the desk never made."""
    last, _prev = outbox.place(unit, region.id, region.epoch)
    if receipt.epoch > region.epoch or (receipt.epoch == region.epoch and receipt.last > last):
        return True
    forked = [one for one in receipt.bundles if one.epoch == region.epoch and one.result != STORED]
    return bool(forked) or any(one.epoch == region.epoch for one in strange) or _lost(unit, region, receipt)


def _lost(unit: Unit, region: RegionRow, receipt: Receipt) -> bool:
    """Whether the region has lost what it had acknowledged: we no longer have those bytes."""
    highest = outbox.highest_acknowledged(unit, region.id, region.epoch)
    if receipt.epoch != region.epoch:
        return highest > 0 and receipt.epoch < region.epoch
    states = _states(unit, region)
    lost = any(states.get(seq) == outbox.ACKNOWLEDGED for seq in receipt.missing)
    return lost or receipt.last < highest


def _holds_otherwise(unit: Unit, region: RegionRow, told: _Told) -> bool:
    """Whether the region says that it holds otherwise than its receipts have told.

    Only what no bundle under way can still change is compared.
    """
    if told.held is None:
        return False
    last = summaries.last_sent(unit, region.id, region.epoch)
    there = {one.ref: one for one in told.held}
    if there.keys() - last.keys():
        return True
    for ref, sent in last.items():
        if sent.state != outbox.ACKNOWLEDGED or sent.item.outcome != outbox.DELIVERED:
            continue
        has, item = there.get(ref), sent.item
        if item.kind != PUT:
            if has is not None:
                return True
        elif has is None:
            if item.valid_to is not None and item.valid_to >= unit.on:
                return True
        elif (has.version, has.consent) != (item.version, item.consent_uid):
            return True
    return False


def _name_missing(unit: Unit, region: RegionRow, receipt: Receipt, told: _Told) -> None:
    """The numbers that the region misses and that we can write again."""
    states = _states(unit, region)
    told.missing = tuple(seq for seq in receipt.missing if states.get(seq) in outbox.WAITING)


def _states(unit: Unit, region: RegionRow) -> dict[int, str]:
    return {row.seq: row.state for row in outbox.of_region(unit, region.id, region.epoch)}


def _keys(region: RegionRow, receipt: Receipt) -> tuple[Mapping[str, Any], ...]:
    """The region's keys as its signed receipt lists them; the old ones where it lists none that are right."""
    try:
        return enrolment.checked_keys([dict(key) for key in receipt.keys])
    except Problem:
        return region.keys


def delivered_words(kinds: Mapping[str, int]) -> Iterator[str]:
    """What was delivered, a few words for each kind."""
    for kind in (PUT, WITHDRAW, ANSWER, SERVICE_CARD, AGGREGATE):
        if count := kinds.get(kind, 0):
            yield _counted(kind, count).format(count=count)


def _counted(kind: str, count: int) -> str:
    match kind:
        case "put":
            return ngettext("one summary", "{count} summaries", count)
        case "withdraw":
            return ngettext("one withdrawal", "{count} withdrawals", count)
        case "answer":
            return ngettext("one answer", "{count} answers", count)
        case "service_card":
            return ngettext("what the workshop offers", "what {count} workshops offer", count)
    return ngettext("the figures of a quarter", "figures of {count} quarters", count)


def _lines(told: _Told, names: dict[int, str], words: Words) -> Iterator[str]:
    if told.delivered:
        what = ", ".join(delivered_words(told.delivered))
        yield words.fill(N_("Delivered: {what}."), what=what)
    for item, reason in told.refused:
        name = names.get(item.trainee_id or 0) or without_consent.name_of(item.kind) or item.ref
        yield words.fill(N_("Refused: {name}. {why}"), name=name, why=words._(reason_sentence(reason)))
    for bundle, result in told.turned_away:
        yield words.fill(N_("Refused: bundle {seq}: {why}."), seq=bundle.seq, why=words._(RESULTS[result]))
    if told.missing:
        numbers = ", ".join(str(seq) for seq in told.missing)
        yield words.fill(MISSING, numbers=numbers)
    if told.revoked:
        yield words._(REVOKED)
    if told.withdrawn:
        yield words._(N_("The region knew consents as withdrawn. They are now withdrawn here too."))
    if told.anew:
        yield words._(
            N_("The region had more from this desk than this copy knows. Everything is sent once more.")
        )
    if told.resealed:
        yield words._(N_("The region has other keys now. What waits is sealed anew for them."))
    if told.set_aside:
        yield words._(N_("The receipt holds something that this version does not know. It was set aside."))
    news = (told.settled, told.missing, told.withdrawn, told.anew, told.resealed, told.revoked)
    if not any(news):
        yield words._(N_("The receipt tells nothing new."))
