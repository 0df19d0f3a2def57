"""Consents: given, changed, renewed, withdrawn; permissions and prohibitions beside them.

A withdrawal works at once, also offline: what was sealed and never handed over is destroyed in the same
transaction, and the region is told with the next export.
"""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from coachdesk.domain import consent as rules
from coachdesk.domain.consent import WARNED_DAYS, Consent, Permission, Prohibition, ending_soon
from coachdesk.domain.letters import nfc
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.sealing import take_back_forbidden
from coachdesk.store import consents, enrolments, outbox, summaries, trainees
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSheet:
    """All that a trainee's page of consents shows; ``unsent`` are recipients with something sealed."""

    trainee_id: int
    on: date
    consents: tuple[Consent, ...] = ()
    permissions: tuple[Permission, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    unsent: dict[str, int]
    sent_to: frozenset[str] = frozenset()  # recipients who have been sent something
    enrolled: frozenset[str] = frozenset()  # recipients for whom summaries are made

    def in_force(self, recipient: str) -> Consent | None:
        """The consent in force to a recipient, whatever is prohibited."""
        return rules.in_force(self.consents, recipient, self.on)

    def barred(self, recipient: str) -> Prohibition | None:
        """The prohibition that stands in the way of a recipient."""
        return next((one for one in self.prohibitions if one.bars(recipient, self.on)), None)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody to whom a consent was ever given, the newest first."""
        return tuple(dict.fromkeys(consent.recipient for consent in self.consents))


def sheet(desk: Desk, trainee_id: int) -> ConsentSheet:
    """A trainee's consents, permissions and prohibitions; the look at the person is logged by the page."""
    with desk.reading() as unit:
        regions = enrolments.regions(unit)
        return ConsentSheet(
            trainee_id=trainee_id,
            on=unit.on,
            consents=consents.of_trainee(unit, trainee_id),
            permissions=consents.permissions_of(unit, trainee_id),
            prohibitions=consents.prohibitions_of(unit, trainee_id),
            unsent={
                region.recipient: sum(
                    item.trainee_id == trainee_id for item in outbox.never_handed(unit, region.id)
                )
                for region in regions
            },
            sent_to=frozenset(
                region.recipient for region in regions if summaries.ever_sent(unit, region.id, trainee_id)
            ),
            enrolled=frozenset(region.recipient for region in regions),
        )


def give(
    desk: Desk,
    trainee_id: int,
    *,
    recipient: str,
    scopes: tuple[str, ...],
    valid_to: date,
    given: date | None = None,
    purpose: str = "",
    ground: str = "",
    given_how: str = "signed",
    witness: str = "",
    explained_language: str = "",
    explained_by: str = "",
) -> Consent:
    """Record a consent; one in force to the same recipient is replaced by it.

    Raises:
        Refused: it is not whole, its days do not stand in order, or a prohibition is in force.
    """
    with desk.writing() as unit:
        found = record(
            unit,
            Consent(
                trainee_id=trainee_id,
                recipient=nfc(recipient),
                scopes=scopes,
                purpose=nfc(purpose),
                ground=nfc(ground),
                given_how=given_how,
                witness=nfc(witness),
                given=given or unit.on,
                valid_to=valid_to,
                explained_language=explained_language,
                explained_by=nfc(explained_by),
            ),
        )
        unit.commit()
    return found


def change(desk: Desk, consent_id: int, **changes: Any) -> Consent:
    """Record a changed or renewed consent in the place of another; the old one stays readable.

    Raises:
        Refused: as ``give``, or the old one is withdrawn.
    """
    with desk.writing() as unit:
        old = consents.CONSENTS.get(unit, consent_id)
        if old.withdrawn is not None:
            raise Refused(N_("The consent is withdrawn. Record a new one."))
        fresh = replace(old, **({"given": unit.on} | changes))
        found = record(unit, replace(fresh, id=0, uid="", number="", replaces_id=old.id))
        unit.commit()
    return found


def withdraw(desk: Desk, consent_id: int) -> Consent:
    """Withdraw a consent at once; cannot be undone.

    Raises:
        Refused: it is withdrawn already.
    """
    with desk.writing() as unit:
        old = consents.CONSENTS.get(unit, consent_id)
        if old.withdrawn is not None:
            raise Refused(N_("The consent is withdrawn already."))
        found = _withdraw(unit, old)
        unit.commit()
    return found


def forbid(
    desk: Desk, trainee_id: int, *, recipient: str = "", covers: str = "", given: date | None = None
) -> Prohibition:
    """Record a prohibition; the consents that it covers are withdrawn with it.

    Raises:
        Refused: its day is still to come.
    """
    with desk.writing() as unit:
        day = given or unit.on
        if day > unit.on:
            raise Refused(N_("The day {day} is still to come."), field="given", day=day)
        found = consents.PROHIBITIONS.add(
            unit, Prohibition(trainee_id=trainee_id, recipient=nfc(recipient), covers=nfc(covers), given=day)
        )
        _log(unit, "prohibition.give", trainee_id, f"prohibition:{found.id}", asdict(found))
        for consent in consents.of_trainee(unit, trainee_id):
            if consent.in_force(unit.on) and found.bars(consent.recipient, unit.on):
                _withdraw(unit, consent, N_("The trainee has forbidden it."), prohibition=found.id)
        unit.commit()
    return found


def lift(desk: Desk, prohibition_id: int) -> Prohibition:
    """Lift a prohibition; what may then leave needs a new consent."""
    with desk.writing() as unit:
        old = consents.PROHIBITIONS.get(unit, prohibition_id)
        found = replace(old, lifted=unit.at)
        consents.PROHIBITIONS.put(unit, found)
        _log(unit, "prohibition.lift", old.trainee_id, f"prohibition:{old.id}", {"lifted": True})
        unit.commit()
    return found


def permit(
    desk: Desk,
    trainee_id: int,
    *,
    to_whom: str,
    covers: str = "",
    ground: str = "",
    given: date | None = None,
    valid_to: date | None = None,
) -> Permission:
    """Record a permission to disclose that was given under law; it lets nothing out by itself.

    Raises:
        Refused: nobody is named, or its days do not stand in order.
    """
    with desk.writing() as unit:
        found = Permission(
            trainee_id=trainee_id,
            to_whom=nfc(to_whom),
            covers=nfc(covers),
            ground=nfc(ground),
            given=given or unit.on,
            valid_to=valid_to,
        )
        if not found.to_whom:
            raise Refused(N_("Choose who may have the details."), field="to_whom")
        if found.valid_to is not None and found.valid_to < found.given:
            raise Refused(N_("The permission ends before it begins."), field="valid_to")
        found = consents.PERMISSIONS.add(unit, found)
        _log(unit, "permission.give", trainee_id, f"permission:{found.id}", asdict(found))
        unit.commit()
    return found


def end_permission(desk: Desk, permission_id: int) -> Permission:
    """Take a permission back."""
    with desk.writing() as unit:
        old = consents.PERMISSIONS.get(unit, permission_id)
        found = replace(old, withdrawn=unit.at)
        consents.PERMISSIONS.put(unit, found)
        _log(unit, "permission.withdraw", old.trainee_id, f"permission:{old.id}", {"withdrawn": True})
        unit.commit()
    return found


def ending(desk: Desk) -> tuple[Consent, ...]:
    """The consents of everybody that end within thirty days, the first to end first."""
    with desk.reading() as unit:
        near = consents.ending(unit, unit.on, unit.on + timedelta(days=WARNED_DAYS))
        people = {consent.trainee_id for consent in near}
        known = [one for key in people for one in consents.of_trainee(unit, key)]
        return ending_soon(known, unit.on)


def record(unit: Unit, consent: Consent) -> Consent:
    """Keep a checked consent in a unit that is open; the one in force to the recipient is replaced.

    Raises:
        Refused: as ``give``.
    """
    checked = rules.checked(consent, unit.on)
    known = consents.of_trainee(unit, consent.trainee_id)
    if any(
        one.bars(consent.recipient, unit.on) for one in consents.prohibitions_of(unit, consent.trainee_id)
    ):
        raise Refused(N_("The trainee has forbidden it. Lift the prohibition first."), field="recipient")
    former = rules.in_force(known, consent.recipient, unit.on)
    if checked.replaces_id is None and former is not None:
        checked = replace(checked, replaces_id=former.id)
    checked = replace(checked, uid=secrets.token_hex(16), number=consents.next_number(unit))
    kept = consents.CONSENTS.add(unit, checked)
    _log(unit, "consent.give", kept.trainee_id, f"consent:{kept.number}", asdict(kept))
    _take_back(unit, kept.recipient)
    return kept


def _withdraw(unit: Unit, old: Consent, why: str = "", **after: Any) -> Consent:
    found = replace(old, withdrawn=unit.at)
    consents.CONSENTS.put(unit, found)
    unit.log(
        "consent.withdraw",
        trainee_id=old.trainee_id,
        subject=f"consent:{old.number}",
        before=asdict(old),
        after=after or None,
        why=why,
    )
    _take_back(unit, old.recipient)
    return found


def _take_back(unit: Unit, recipient: str) -> None:
    """Destroy what was sealed under a consent that no longer stands and was never handed over."""
    region = enrolments.region_of(unit, recipient)
    if region is not None and take_back_forbidden(unit, region):
        unit.log("outbox.take_back", subject=f"region:{region.id}")


def _log(unit: Unit, act: str, trainee_id: int, subject: str, after: dict[str, Any]) -> None:
    unit.log(act, trainee_id=trainee_id, subject=subject, after=after)


def name_of(desk: Desk, trainee_id: int) -> str:
    """The trainee's name as papers show it."""
    with desk.reading() as unit:
        return trainees.TRAINEES.get(unit, trainee_id).spoken_name
