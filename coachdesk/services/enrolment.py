"""Enrolment: a region's public file in, this desk's public key out, both fingerprints to compare."""

from dataclasses import replace
from pathlib import Path

from coachdesk import i18n
from coachdesk.domain.sending import Enrolled
from coachdesk.errors import Refused
from coachdesk.exchange import enrolment, export_file, keys
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import SIGN, Jwk
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import outbox
from coachdesk.store.keys import wipe
from coachdesk.store.outbox import DeviceKey, RegionRow
from coachdesk.store.unit import Unit

DEVICE = "device"


def enrol(desk: Desk, region_json: Path, to_folder: Path) -> Enrolled:
    """Take in a region's public file and write this desk's public key to carry back.

    Raises:
        Unreadable: the file is not the public file of a region.
        Trouble: the folder cannot be written.
    """
    card = enrolment.read_card(export_file.read(region_json))
    export_file.must_take_files(Path(to_folder))
    take_in(desk, card)
    with desk.reading() as unit:
        device = outbox.device(unit)
    assert device is not None
    name = f"{device.id}.jwk"
    file = export_file.write(Path(to_folder), name, enrolment.device_text(device.public), replace=True)
    region_print, device_print = card.fingerprint, keys.fingerprint(device.public)
    words = i18n.current()
    return Enrolled(
        lines=(
            words.fill(N_("Carry this file to the region: {file}"), file=str(file)),
            words.fill(N_("Fingerprint of the region: {fingerprint}"), fingerprint=region_print),
            words.fill(N_("Fingerprint of this desk: {fingerprint}"), fingerprint=device_print),
        ),
        file=file,
        region_id=card.id,
        region_fingerprint=region_print,
        device_fingerprint=device_print,
    )


def take_in(desk: Desk, card: RegionCard) -> RegionCard:
    """Keep a region's public keys; makes this desk's own key if it has none.

    Raises:
        Refused: another region already answers for that body.
    """
    with desk.writing() as unit:
        _own_key(desk, unit)
        other = outbox.region_of(unit, card.body)
        if other is not None and other.id != card.id:
            raise Refused(N_("Another region is enrolled for the same body already."))
        row = RegionRow(
            id=card.id,
            recipient=card.body,
            name_fi=card.name_fi,
            name_sv=card.name_sv,
            keys=card.keys,
            enrolled=unit.at,
        )
        _keep(unit, row)
        unit.log("region.enrol", subject=f"region:{card.id}", after={"fingerprint": card.fingerprint})
        unit.commit()
    return card


def signing_key(desk: Desk, device: DeviceKey) -> Jwk:
    """This desk's private signing key, unwrapped for one use."""
    under = desk.subkey(DEVICE)
    try:
        return keys.unwrapped(device.wrapped, bytes(under), device.id)
    finally:
        wipe(under)


def card_of(region: RegionRow) -> RegionCard:
    """A kept region as its public file says it."""
    return RegionCard(
        id=region.id,
        name_fi=region.name_fi,
        name_sv=region.name_sv,
        body=region.recipient,
        keys=tuple(region.keys),
    )


def _keep(unit: Unit, row: RegionRow) -> None:
    """A region known already keeps its place in the numbers; its keys and names are renewed."""
    for known in outbox.regions(unit):
        if known.id == row.id:
            renewed = replace(
                known,
                recipient=row.recipient,
                name_fi=row.name_fi,
                name_sv=row.name_sv,
                keys=row.keys,
            )
            outbox.REGIONS.put(unit, renewed)
            return
    outbox.REGIONS.add(unit, row)


def _own_key(desk: Desk, unit: Unit) -> DeviceKey:
    found = outbox.device(unit)
    if found is not None:
        return found
    private = keys.new_key(SIGN)
    under = desk.subkey(DEVICE)
    try:
        wrapped = keys.wrapped(private, bytes(under))
    finally:
        wipe(under)
    made = DeviceKey(id=private["kid"], public=keys.public(private), wrapped=wrapped, made=unit.at)
    return outbox.DEVICES.add(unit, made)
