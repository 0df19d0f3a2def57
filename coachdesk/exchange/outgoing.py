"""What must leave: the difference between what a region was last sent and what it may have now.

State decides, not a list of changes: withdrawals first, then new and changed summaries, each with a
version of its own that rises only when its fields change.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coachdesk.domain.summary import digest
from coachdesk.exchange import bundle
from coachdesk.exchange.keys import Jwk
from coachdesk.exchange.seal import Label, Sealed, seal, sealed_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a region may have of one ``ref`` now."""

    ref: str
    consent: str
    valid_to: date
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """What a region was last sent of one ``ref``; ``version`` is the highest ever used for it."""

    ref: str
    kind: str
    version: int
    consent: str = ""
    valid_to: date | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One bundle to be stored: sealed bytes and the items they hold."""

    sealed: Sealed
    items: tuple[dict[str, Any], ...]


def is_for_one_of(content: bytes, region_keys: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a sealed bundle is for a key that the region still tells; else it may open it no more."""
    return sealed_for(content) in {key["kid"] for key in region_keys}


def put_of(wanted: Wanted, last: Last | None) -> dict[str, Any] | None:
    """The item that brings a ref up to date; None where the region was sent exactly that.

    A renewed consent with the same fields is sent anew under the same version.
    """
    if last is None:
        version = 1
    elif last.kind == bundle.PUT and last.digest == digest(wanted.fields):
        if (last.consent, last.valid_to) == (wanted.consent, wanted.valid_to):
            return None
        version = last.version
    else:
        version = last.version + 1
    return bundle.put(
        ref=wanted.ref,
        version=version,
        consent=wanted.consent,
        valid_to=wanted.valid_to,
        fields=dict(wanted.fields),
    )


@dataclass(slots=True)
class Sealer:
    """Seals items into bundles with rising numbers, each naming the one before it."""

    region_id: str
    device: str
    signing_key: Jwk
    region_key: Jwk
    epoch: int
    seq: int  # the last number used
    prev: str  # SHA-256 of the last bundle that stands
    iat: int
    letters: list[Letter] = field(default_factory=list)

    def seal_all(self, items: Sequence[dict[str, Any]]) -> list[Letter]:
        """As many bundles as the items need, 250 items and 32 KiB of gzip at most in each."""
        for part in _in_order(items):
            self._seal(part)
        return self.letters

    def _seal(self, items: Sequence[dict[str, Any]]) -> None:
        packed = bundle.packed(items)
        if packed is None:
            half = max(1, len(items) // 2)
            if half == len(items):
                raise ValueError("one item is bigger than a bundle")
            self._seal(items[:half])
            self._seal(items[half:])
            return
        label = Label(
            aud=self.region_id,
            iss=self.device,
            epoch=self.epoch,
            seq=self.seq + 1,
            prev=self.prev,
            iat=self.iat,
        )
        sealed = seal(packed, label, self.signing_key, self.region_key)
        self.seq, self.prev = label.seq, sealed.sha256
        self.letters.append(Letter(sealed=sealed, items=tuple(items)))


_ORDER = {bundle.SNAPSHOT: 0, bundle.VOID: 1, bundle.WITHDRAW: 2, bundle.PUT: 3}


def _in_order(items: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Items in parts of at most 250: a snapshot first, then empty numbers, withdrawals, summaries.

    What rests on no consent (answers, cards, figures) goes in bundles of its own.
    """
    ordered = sorted(items, key=lambda item: _ORDER.get(item["kind"], len(_ORDER)))
    for apart in (False, True):
        part = [item for item in ordered if (item["kind"] in bundle.APART) is apart]
        for start in range(0, len(part), bundle.MOST_ITEMS):
            yield part[start : start + bundle.MOST_ITEMS]
