"""Where this desk is enrolled: its own key pairs, and the regions that know it by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coachdesk.store import meta, tables
from coachdesk.store.rows import Opened, Rows

OWN = "device.own"  # the word under which the store knows the key that other desks are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKey:
    """One of this desk's key pairs; the private parts are wrapped under the desk's device key."""

    id: str
    public: Mapping[str, Any]
    wrapped: bytes
    made: datetime
    enc_public: Mapping[str, Any] | None = None  # what letters to this desk are sealed for
    enc_wrapped: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A region that was enrolled; ``recipient`` is the body to whom consents are given."""

    id: str
    recipient: str
    name_fi: str
    name_sv: str
    keys: tuple[Mapping[str, Any], ...]
    enrolled: datetime
    epoch: int = 1
    receipt_number: int = 0
    receipt_at: datetime | None = None
    missing: tuple[int, ...] | None = None
    device: str = ""  # by which of this desk's keys it knows us


DEVICES = Rows(tables.device, DeviceKey)
REGIONS = Rows(tables.region, RegionRow)


def device(unit: Opened) -> DeviceKey | None:
    """The key by which other desks know this one; None before it was needed."""
    return device_by_id(unit, meta.get(unit, OWN))


def device_by_id(unit: Opened, device_id: str) -> DeviceKey | None:
    """One of this desk's keys."""
    found = DEVICES.find(unit, tables.device.c.id == device_id, limit=1) if device_id else ()
    return found[0] if found else None


def device_of(unit: Opened, region_id: str) -> DeviceKey | None:
    """The key by which a region knows this desk, and no other region; None before it is enrolled there."""
    found = REGIONS.find(unit, tables.region.c.id == region_id, limit=1)
    return device_by_id(unit, found[0].device) if found else None


def regions(unit: Opened) -> tuple[RegionRow, ...]:
    """The regions that were enrolled."""
    return REGIONS.find(unit)


def region_of(unit: Opened, recipient: str) -> RegionRow | None:
    """The region that answers for a body."""
    found = REGIONS.find(unit, tables.region.c.recipient == recipient, limit=1)
    return found[0] if found else None
