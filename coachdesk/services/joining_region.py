"""What the regions hold of two records that are joined or parted.

A region knows a person by a ref for each recipient.  Of two refs the one stays under which the consent that
stands has been sent; what was sent under the other is withdrawn with the next export, since that ref is
nobody's any more.  A joined summary must be seen and accepted like a first one.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coachdesk.domain.consent import Consent, in_force
from coachdesk.domain.joining import Settled
from coachdesk.services.sealing import take_back_forbidden
from coachdesk.store import consents, enrolments, summaries
from coachdesk.store import joining as store
from coachdesk.store.joining import Row
from coachdesk.store.unit import Unit

if TYPE_CHECKING:
    from coachdesk.services.joining import Record


def lay_refs(record: "Record", settled: Sequence[Settled]) -> None:
    """One ref for each recipient stays with the kept trainee; both records' refs are kept for parting."""
    unit = record.unit
    found = _refs(unit, record.kept_id, record.gone_id)
    for one in (record.kept_id, record.gone_id):
        record.lay_aside("acceptance", store.rows(unit, "acceptance", trainee_id=one))
    record.lay_aside("reference", found)
    for row in _staying(found, record.kept_id, settled).values():
        store.lay_back(unit, "reference", [row | {"trainee_id": record.kept_id}])


def withdrawing(unit: Unit, kept_id: int, gone_id: int, settled: Sequence[Settled]) -> tuple[str, ...]:
    """The recipients who are told to delete a summary by the join."""
    found = _refs(unit, kept_id, gone_id)
    staying = {row["ref"] for row in _staying(found, kept_id, settled).values()}
    leaving = {row["ref"] for row in found} - staying
    return tuple(
        region.recipient
        for region in enrolments.regions(unit)
        if any(
            ref in leaving and sent.item.kind == "put"
            for one in (kept_id, gone_id)
            for ref, sent in summaries.last_sent(unit, region.id, region.epoch, one).items()
        )
    )


def take_back_strange(unit: Unit) -> None:
    """Destroy what was sealed, was never handed over and may leave no longer, for every region."""
    for region in enrolments.regions(unit):
        if take_back_forbidden(unit, region):
            unit.log("outbox.take_back", subject=f"region:{region.id}")


def revive(unit: Unit, old_id: int, stands_id: int) -> None:
    """A consent that another one replaced by the join stands by itself again, as far as the person let it.

    What the person withdrew meanwhile was withdrawn for both records.
    """
    try:
        old, stood = (consents.CONSENTS.get(unit, one) for one in (old_id, stands_id))
    except LookupError:
        return
    if stood.withdrawn is not None:
        consents.CONSENTS.put(unit, replace(old, withdrawn=old.withdrawn or stood.withdrawn))
    elif old.withdrawn is not None and old.uid in store.withdrawn_uids(unit):  # by us, and so at the region
        _renew(unit, old)


def renew_withdrawn(unit: Unit, trainee_id: int) -> None:
    """A consent in force under which a withdrawal was sealed lets nothing out any more: renew it.

    The region keeps nothing under its name for ever; the paper and its number are the same.
    """
    ended, own = store.withdrawn_uids(unit), consents.of_trainee(unit, trainee_id)
    for recipient in {one.recipient for one in own}:
        found = in_force(own, recipient, unit.on)
        if found is not None and found.uid in ended:
            _renew(unit, found)


def _renew(unit: Unit, old: Consent) -> None:
    fresh = replace(old, id=0, uid=secrets.token_hex(16), withdrawn=None, replaces_id=old.id)
    consents.CONSENTS.add(unit, fresh)
    told = {"renews": old.uid, "uid": fresh.uid}
    unit.log("consent.give", trainee_id=old.trainee_id, subject=f"consent:{fresh.number}", after=told)


def _refs(unit: Unit, *trainee_ids: int) -> list[Row]:
    return [row for one in trainee_ids for row in store.rows(unit, "reference", trainee_id=one)]


def _staying(found: Sequence[Row], kept_id: int, settled: Sequence[Settled]) -> dict[str, Row]:
    owner = {one.recipient: one.owner or kept_id for one in settled}
    staying: dict[str, Row] = {}
    for row in found:
        recipient = row["recipient"]
        if recipient not in staying or row["trainee_id"] == owner.get(recipient, kept_id):
            staying[recipient] = row
    return staying
