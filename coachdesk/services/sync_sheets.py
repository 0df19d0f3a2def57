"""What the page of sending shows beside ``sync``: the keys of both sides, to be compared aloud."""

from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refused
from coachdesk.exchange import enrolment, export_file
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import card_of, fingerprint_of, own_keys
from coachdesk.store import outbox
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheet:
    """A region that is enrolled, and the fingerprints that both sides must read alike."""

    region_id: str
    recipient: str
    name_fi: str
    name_sv: str
    region_fingerprint: str
    desk_fingerprint: str

    def name(self, language: str) -> str:
        """The region's name in a language."""
        return self.name_sv if language == "sv" else self.name_fi


def key_sheets(desk: Desk) -> tuple[KeySheet, ...]:
    """The regions that are enrolled with the fingerprints of both sides."""
    with desk.reading() as unit:
        return _sheets(unit)


def write_own_key(desk: Desk, folder: Path) -> Path:
    """Write this desk's public key once more, to be carried to the region.

    Raises:
        Refused: no region is enrolled, so there is no key yet.
        Trouble: the folder cannot be written.
    """
    with desk.writing() as unit:
        if outbox.device(unit) is None:
            raise Refused(N_("No region is enrolled yet. Read in the region's public file first."))
        device = own_keys(desk, unit)
        unit.commit()
    text = enrolment.device_text(device.public, device.enc_public)
    return export_file.write(Path(folder), f"{device.id}.jwk", text, replace=True)


def _sheets(unit: Unit) -> tuple[KeySheet, ...]:
    device = outbox.device(unit)
    if device is None:
        return ()
    own = fingerprint_of(device)
    return tuple(
        KeySheet(
            region_id=region.id,
            recipient=region.recipient,
            name_fi=region.name_fi,
            name_sv=region.name_sv,
            region_fingerprint=card_of(region).fingerprint,
            desk_fingerprint=own,
        )
        for region in outbox.regions(unit)
    )
