"""What comes back: receipts, opened with the keys of the region that was enrolled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coachdesk.errors import Unreadable
from coachdesk.exchange import receipt, schemas, seal
from coachdesk.exchange.bundle import RECEIPT, REF, kind_of
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_

DEVICE, LETTERS, HELD = "device", "letters", "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One summary as the region says that it holds it."""

    ref: str
    version: int
    consent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An opened answer of a region; ``set_aside`` counts items of kinds that we do not know.

    ``held`` is None where the answer does not say what is held, or not all of it.
    """

    receipts: tuple[receipt.Receipt, ...]
    revoked: bool = False
    letters: int = 0
    held: tuple[Held, ...] | None = None
    set_aside: int = 0


def read(content: bytes, *, region_id: str, device: str, region_keys: Mapping[str, Jwk]) -> Incoming:
    """The receipts in a file that a region signed for this desk.

    Raises:
        Unreadable: the file is not whole, of another region or for another desk, or of a newer form.
    """
    value = seal.open_receipt(content, region_id=region_id, device=device, region_keys=region_keys)
    items = _items(value)
    ours = [item for item in items if kind_of(item) == RECEIPT]
    if not all(schemas.fits(item, RECEIPT) for item in ours):
        raise Unreadable(N_("The receipt is not of the form that is agreed."))
    return Incoming(
        receipts=tuple(receipt.of_value(item) for item in ours),
        revoked=any(kind_of(item) == DEVICE and item.get("state") == "revoked" for item in items),
        letters=max((_waiting(item) for item in items if kind_of(item) == LETTERS), default=0),
        held=next((_held(item) for item in items if kind_of(item) == HELD), None),
        set_aside=sum(kind_of(item) not in (RECEIPT, DEVICE, LETTERS, HELD) for item in items),
    )


def _waiting(item: Mapping[str, Any]) -> int:
    found = item.get("waiting")
    return found if type(found) is int and found > 0 else 0


def _held(item: Mapping[str, Any]) -> tuple[Held, ...] | None:
    """What the region says that it holds; nothing is believed of a list that is not as agreed."""
    listed = item.get("summaries")
    if item.get("whole") is not True or not isinstance(listed, list):
        return None
    found = []
    for one in listed:
        if not isinstance(one, dict) or type(one.get("version")) is not int:
            return None
        if not all(isinstance(one.get(name), str) and REF.fits(one[name]) for name in ("ref", "consent")):
            return None
        found.append(Held(ref=one["ref"], version=one["version"], consent=one["consent"]))
    return tuple(found)


def _items(value: Any) -> list[Any]:
    wrong = Unreadable(N_("The receipt is not of the form that is agreed."))
    if not isinstance(value, dict) or type(value.get("receipt")) is not int:
        raise wrong
    if value["receipt"] > receipt.VERSION:
        raise Unreadable(N_("The receipt was made by a newer version of CoachDesk."))
    if set(value) != {"receipt", "items"} or not isinstance(value["items"], list):
        raise wrong
    return list(value["items"])
