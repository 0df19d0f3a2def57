"""What comes back: receipts, opened with the keys of the region that was enrolled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coachdesk.errors import Unreadable
from coachdesk.exchange import receipt, schemas, seal
from coachdesk.exchange.bundle import RECEIPT, kind_of
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An opened answer of a region; ``set_aside`` counts items of kinds that we do not know."""

    receipts: tuple[receipt.Receipt, ...]
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
    return Incoming(receipts=tuple(receipt.of_value(item) for item in ours), set_aside=len(items) - len(ours))


def _items(value: Any) -> list[Any]:
    wrong = Unreadable(N_("The receipt is not of the form that is agreed."))
    if not isinstance(value, dict) or type(value.get("receipt")) is not int:
        raise wrong
    if value["receipt"] > receipt.VERSION:
        raise Unreadable(N_("The receipt was made by a newer version of CoachDesk."))
    if set(value) != {"receipt", "items"} or not isinstance(value["items"], list):
        raise wrong
    return list(value["items"])
