"""Enrolment over the network: who answers at an address, its fingerprint compared, then the one-time code."""

from collections.abc import Callable
from dataclasses import dataclass

from coachdesk.domain.sending import EnrolledByCode
from coachdesk.errors import NoLine
from coachdesk.exchange import joining_region
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.line import Wire, checked_address
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import (
    fingerprint_of,
    forget_fresh,
    keep,
    keys_for,
    letter_key,
    must_be_free,
    signing_key,
)
from coachdesk.store.enrolments import RegionRow

ProxyFor = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSeen:
    """What answers at an address, by its own word: compare the fingerprint with the paper first."""

    address: str
    card: RegionCard

    @property
    def fingerprint(self) -> str:
        """What must be the same on the region's paper."""
        return self.card.fingerprint

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.card.name_sv if language == "sv" else self.card.name_fi


def check_code(code: str) -> None:
    """See that a code has the form of one, before anybody is asked.

    Raises:
        Refused: it has not.
    """
    joining_region.checked_code(code)


def look(desk: Desk, address: str, *, proxy_for: ProxyFor | None = None) -> RegionSeen:
    """Ask who is at an address; nothing of the desk is told, nothing is kept.

    Raises:
        Refused: it is no address, or another region answers for the same body.
        NoLine: no region answers there.
    """
    address = checked_address(address)
    with Wire(address, proxy=proxy_for(address) if proxy_for else None) as wire:
        card = joining_region.ask_card(wire)
    with desk.reading() as unit:
        must_be_free(unit, card)
    return RegionSeen(address=address, card=card)


def enrol(desk: Desk, seen: RegionSeen, code: str, *, proxy_for: ProxyFor | None = None) -> EnrolledByCode:
    """Enrol this desk by a one-time code, after the region's fingerprint was found right.

    This desk's keys are kept before they are told, so a lost answer is asked for again with the same.

    Raises:
        Refused: it is no code.
        NoLine: the region did not enrol the desk, or could not be reached.
    """
    code = joining_region.checked_code(code)
    with desk.writing() as unit:
        must_be_free(unit, seen.card)
        device = keys_for(desk, unit, seen.card.id)
        unit.commit()
    sealing = letter_key(desk, device)
    assert sealing is not None
    try:
        with Wire(seen.address, proxy=proxy_for(seen.address) if proxy_for else None) as wire:
            joining_region.enrol(
                wire,
                seen.card,
                code,
                signing_key=signing_key(desk, device),
                letter_key=sealing,
                iat=int(desk.clock.now().timestamp()),
            )
    except NoLine as problem:
        if problem.reason == "device_revoked":
            with desk.writing() as unit:
                forget_fresh(unit, seen.card.id)
                unit.commit()
        raise
    with desk.writing() as unit:
        must_be_free(unit, seen.card)
        row = RegionRow(
            id=seen.card.id,
            recipient=seen.card.body,
            name_fi=seen.card.name_fi,
            name_sv=seen.card.name_sv,
            keys=seen.card.keys,
            enrolled=unit.at,
        )
        keep(unit, row, device, seen.address)
        after = {"fingerprint": seen.fingerprint, "address": seen.address}
        unit.log("region.enrol", subject=f"region:{seen.card.id}", after=after)
        unit.commit()
    return EnrolledByCode(
        region_id=seen.card.id,
        region_fingerprint=seen.fingerprint,
        device_fingerprint=fingerprint_of(device),
    )
