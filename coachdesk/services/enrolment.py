"""Enrolment: a region's public file in, this desk's public key out, both fingerprints to compare."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from coachdesk import i18n
from coachdesk.domain.line import STRANGE_KEYS
from coachdesk.domain.sending import Enrolled
from coachdesk.errors import Refused
from coachdesk.exchange import enrolment, export_file, keys, outgoing
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import ENCRYPT, SIGN, Jwk
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import enrolments, lines, meta, outbox
from coachdesk.store.enrolments import DeviceKey, RegionRow
from coachdesk.store.keys import wipe
from coachdesk.store.unit import Unit

DEVICE = "device"
_FRESH = "enrol.fresh.{}"  # by the region's id: the key made for it that it has not taken yet


def enrol(desk: Desk, region_json: Path, to_folder: Path) -> Enrolled:
    """Take in a region's public file and write this desk's public key to carry back.

    Raises:
        Unreadable: the file is not the public file of a region.
        Trouble: the folder cannot be written.
    """
    card = enrolment.read_card(export_file.read(region_json))
    export_file.must_take_files(Path(to_folder))
    take_in(desk, card, _kept_address(card))
    with desk.reading() as unit:
        device, line = enrolments.device_of(unit, card.id), lines.line_of(unit, card.id)
    assert device is not None
    text = enrolment.device_text(device.public, device.enc_public)
    file = export_file.write(Path(to_folder), f"{device.id}.jwk", text, replace=True)
    region_print, device_print = card.fingerprint, fingerprint_of(device)
    words = i18n.current()
    return Enrolled(
        lines=(
            words.fill(N_("Carry this file to the region: {file}"), file=str(file)),
            words.fill(N_("Fingerprint of the region: {fingerprint}"), fingerprint=region_print),
            words.fill(N_("Fingerprint of this desk: {fingerprint}"), fingerprint=device_print),
            *([words._(STRANGE_KEYS)] if line.has_strange_keys else []),
        ),
        file=file,
        region_id=card.id,
        region_fingerprint=region_print,
        device_fingerprint=device_print,
    )


def take_in(desk: Desk, card: RegionCard, address: str = "") -> RegionCard:
    """Keep a region's public keys; makes a key for this region alone, so that two cannot tell it is one desk.

    A desk that the region had revoked gets a new key, and so another id.  ``address`` is where it receives.
    To a known region whose file has keys that no receipt of it has told nothing goes over the network before
    a person lets it: anybody could have written that file.

    Raises:
        Refused: another region already answers for that body.
    """
    with desk.writing() as unit:
        must_be_free(unit, card)
        device = keys_for(desk, unit, card.id)
        row = RegionRow(
            id=card.id,
            recipient=card.body,
            name_fi=card.name_fi,
            name_sv=card.name_sv,
            keys=card.keys,
            enrolled=unit.at,
        )
        strange = _has_strange_keys(unit, row)
        keep(unit, row, device, address)
        if strange:
            problem = {"message": STRANGE_KEYS, "values": {}}
            lines.keep(unit, replace(lines.line_of(unit, row.id), paused=True, problem=problem))
            unit.log("line.pause", subject=f"region:{row.id}", after={"paused": True})
        unit.log("region.enrol", subject=f"region:{card.id}", after={"fingerprint": card.fingerprint})
        unit.commit()
    return card


def _has_strange_keys(unit: Unit, row: RegionRow) -> bool:
    known = enrolments.REGIONS.find(unit, enrolments.REGIONS.table.c.id == row.id)
    told = [{key["kid"] for key in keys_} for keys_ in (row.keys, *(one.keys for one in known))]
    return bool(known) and not told[0] <= told[1]


def _kept_address(card: RegionCard) -> str:
    """The address in a region's file; one that is none is left out, and can be typed."""
    from coachdesk.exchange.line import checked_address

    try:
        return checked_address(card.address) if card.address else ""
    except Refused:
        return ""


def must_be_free(unit: Unit, card: RegionCard) -> None:
    """See that no other region answers for the same body.

    Raises:
        Refused: one does.
    """
    other = enrolments.region_of(unit, card.body)
    if other is not None and other.id != card.id:
        raise Refused(N_("Another region is enrolled for the same body already."))


def signing_key(desk: Desk, device: DeviceKey) -> Jwk:
    """This desk's private signing key, unwrapped for one use."""
    under = desk.subkey(DEVICE)
    try:
        return keys.unwrapped(device.wrapped, bytes(under), device.id)
    finally:
        wipe(under)


def letter_key(desk: Desk, device: DeviceKey) -> Jwk | None:
    """This desk's private key for letters, unwrapped for one use; None where it has none yet."""
    if device.enc_public is None or device.enc_wrapped is None:
        return None
    under = desk.subkey(DEVICE)
    try:
        return keys.unwrapped(device.enc_wrapped, bytes(under), str(device.enc_public["kid"]))
    finally:
        wipe(under)


def fingerprint_of(device: DeviceKey) -> str:
    """What both sides compare of this desk."""
    return enrolment.device_fingerprint(device.public, device.enc_public)


def card_of(region: RegionRow) -> RegionCard:
    """A kept region as its public file says it."""
    return RegionCard(
        id=region.id,
        name_fi=region.name_fi,
        name_sv=region.name_sv,
        body=region.recipient,
        keys=tuple(region.keys),
    )


def keys_for(desk: Desk, unit: Unit, region_id: str) -> DeviceKey:
    """The keys that a region is told of, and no other region: new ones where it has revoked the old.

    New ones stay the same until ``keep``: a code is good for one key, and its answer may be lost.
    """
    known = enrolments.device_of(unit, region_id)
    if known is not None and not lines.line_of(unit, region_id).revoked:
        return with_letter_key(desk, unit, known)
    name = _FRESH.format(region_id)
    found = enrolments.device_by_id(unit, meta.get(unit, name))
    if found is None:
        found = enrolments.DEVICES.add(unit, new_keys(desk, unit))
        meta.put(unit, name, found.id)
    return found


def waits_for_gone_key(unit: Unit, region: RegionRow) -> bool:
    """Whether something that waits is sealed for a key that the region tells no more."""
    waiting = outbox.waiting(unit, region.id)
    return any(row.sealed and not outgoing.is_for_one_of(row.sealed, region.keys) for row in waiting)


def forget_fresh(unit: Unit, region_id: str) -> None:
    """The new keys were no good either: the next enrolment makes others."""
    meta.remove(unit, _FRESH.format(region_id))


def keep(unit: Unit, row: RegionRow, device: DeviceKey, address: str) -> None:
    """Keep a region; one known already keeps its place in the numbers, its keys and names are renewed."""
    line = lines.line_of(unit, row.id)
    known = enrolments.REGIONS.find(unit, enrolments.REGIONS.table.c.id == row.id)
    row = replace(row, device=device.id)
    if not known:
        enrolments.REGIONS.add(unit, row)
    else:
        epoch = known[0].epoch
        # another id: what was sent as the old one counts no more; or a stick would be refused for ever
        if line.revoked or waits_for_gone_key(unit, row):
            epoch += 1
            outbox.supersede(unit, row.id, epoch)
        renewed = replace(
            known[0],
            recipient=row.recipient,
            name_fi=row.name_fi,
            name_sv=row.name_sv,
            keys=row.keys,
            device=row.device,
            epoch=epoch,
            receipt_number=0 if line.revoked else known[0].receipt_number,
        )
        enrolments.REGIONS.put(unit, renewed)
    told = str((device.enc_public or {})["kid"])
    forget_fresh(unit, row.id)
    address = address or line.address
    lines.keep(unit, replace(line, address=address, key_told=told, stopped=False, problem=None))


def own_keys(desk: Desk, unit: Unit) -> DeviceKey:
    """The two keys by which other desks know this one, made where they are not there yet.

    No region is ever told of them, but where it was enrolled before each region had a key of its own.
    """
    found = enrolments.device(unit)
    if found is None:
        found = enrolments.DEVICES.add(unit, new_keys(desk, unit))
        meta.put(unit, enrolments.OWN, found.id)
    return with_letter_key(desk, unit, found)


def with_letter_key(desk: Desk, unit: Unit, device: DeviceKey) -> DeviceKey:
    """The same with a key for letters, made where it was enrolled before there were letters."""
    if device.enc_public is not None:
        return device
    public, wrapped = _made(desk, ENCRYPT)
    found = replace(device, enc_public=public, enc_wrapped=wrapped)
    enrolments.DEVICES.put(unit, found)
    return found


def new_keys(desk: Desk, unit: Unit) -> DeviceKey:
    """Two new keys, and so another id; not kept yet."""
    public, wrapped = _made(desk, SIGN)
    enc_public, enc_wrapped = _made(desk, ENCRYPT)
    return DeviceKey(
        id=public["kid"],
        public=public,
        wrapped=wrapped,
        made=unit.at,
        enc_public=enc_public,
        enc_wrapped=enc_wrapped,
    )


def _made(desk: Desk, use: str) -> tuple[dict[str, Any], bytes]:
    private = keys.new_key(use)
    under = desk.subkey(DEVICE)
    try:
        return keys.public(private), keys.wrapped(private, bytes(under))
    finally:
        wipe(under)
