"""What the page of sending shows beside ``sync``: the keys of both sides, to be compared aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refused
from coachdesk.exchange import enrolment, export_file
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import card_of, fingerprint_of, with_letter_key
from coachdesk.store import enrolments, lines
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
    strange: bool = False  # its keys are others than it had told itself

    def name(self, language: str) -> str:
        """The region's name in a language."""
        return self.name_sv if language == "sv" else self.name_fi


def key_sheets(desk: Desk) -> tuple[KeySheet, ...]:
    """The regions that are enrolled with the fingerprints of both sides."""
    with desk.reading() as unit:
        return _sheets(unit)


def write_own_keys(desk: Desk, folder: Path, region_ids: Iterable[str]) -> tuple[Path, ...]:
    """Write the public keys by which regions know this desk once more, each to be carried to its own.

    Raises:
        Refused: no region is enrolled, so there is no key yet.
        Trouble: the folder cannot be written.
    """
    with desk.writing() as unit:
        kept = [enrolments.device_of(unit, region_id) for region_id in region_ids]
        devices = {one.id: with_letter_key(desk, unit, one) for one in kept if one is not None}
        if not devices:
            raise Refused(N_("No region is enrolled yet. Read in the region's public file first."))
        unit.commit()
    texts = {key: enrolment.device_text(one.public, one.enc_public) for key, one in devices.items()}
    return tuple(
        export_file.write(Path(folder), f"{key}.jwk", text, replace=True) for key, text in texts.items()
    )


def _sheets(unit: Unit) -> tuple[KeySheet, ...]:
    found = ((region, enrolments.device_by_id(unit, region.device)) for region in enrolments.regions(unit))
    return tuple(
        KeySheet(
            region_id=region.id,
            recipient=region.recipient,
            name_fi=region.name_fi,
            name_sv=region.name_sv,
            region_fingerprint=card_of(region).fingerprint,
            desk_fingerprint=fingerprint_of(device),
            strange=lines.line_of(unit, region.id).has_strange_keys,
        )
        for region, device in found
        if device is not None
    )
