"""What may leave, kept in memory between two looks and fresh by the log.

To compare every consent with what the regions were sent last takes a second on a large desk, and the health
line asks for it after each save.  Every change writes a log line, so only the trainees named there since the
last look are compared anew; a change that names nobody, and a new day, compares everybody.  It is forgotten
with its desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from coachdesk.domain.acts import ActKind, act_of
from coachdesk.domain.sending import PUT, Offer
from coachdesk.services.desk import Desk
from coachdesk.services.offers import offers
from coachdesk.store import access_log, enrolments
from coachdesk.store.enrolments import RegionRow
from coachdesk.store.unit import Unit

MOST_ANEW = 100  # trainees compared one by one; of more all are compared at once
_HARMLESS = (ActKind.LOOK, ActKind.PRINT)
_OF_MANY = (  # the line names one trainee, and what may leave of another changes with it
    "trainee.join", "trainee.part", "trainee.remove", "retention.", "handover.", "import.",
)  # fmt: skip


@dataclass(slots=True)
class _Kept:
    on: date
    seq: int
    found: dict[str, list[Offer]]  # by region


_kept: "WeakKeyDictionary[Desk, _Kept]" = WeakKeyDictionary()
_one_at_a_time = Lock()  # of two lanes that ask in the same moment one compares, the other waits for it


def open_offers(desk: Desk, unit: Unit) -> list[Offer]:
    """As ``offers`` of every region, for a unit of a desk that has changed nothing itself."""
    with _one_at_a_time:
        regions = enrolments.regions(unit)
        kept, seq = _kept.get(desk), access_log.head(unit.connection).seq
        changed = None if kept is None or kept.on != unit.on else _changed(unit, kept.seq, seq)
        if kept is None or changed is None or kept.found.keys() != {region.id for region in regions}:
            found = {region.id: offers(unit, region) for region in regions}
            _kept[desk] = _Kept(unit.on, seq, found)
        elif seq > kept.seq:
            found = {region.id: _renewed(unit, region, kept.found[region.id], changed) for region in regions}
            _kept[desk] = _Kept(unit.on, seq, found)
        else:
            found = kept.found
    return [offer for region in regions for offer in found[region.id]]


def forget(desk: Desk) -> None:
    """Let go of what is kept: at lock."""
    _kept.pop(desk, None)


def _changed(unit: Unit, after: int, last: int) -> set[int] | None:
    """Of whom lines tell a change since; None where it may be of anybody."""
    if last < after:  # a desk that went back, as one that is restored
        return None
    found: set[int] = set()
    for act, trainee_id in access_log.acts_after(unit.connection, after):
        if act_of(act).kind in _HARMLESS:
            continue
        if trainee_id is None or act.startswith(_OF_MANY):
            return None
        found.add(trainee_id)
    return found if len(found) <= MOST_ANEW else None


def _renewed(unit: Unit, region: RegionRow, kept: Iterable[Offer], changed: set[int]) -> list[Offer]:
    found = [offer for offer in kept if offer.trainee_id not in changed]
    found += [offer for who in changed for offer in offers(unit, region, only=who)]
    return sorted(found, key=lambda offer: (offer.kind == PUT, offer.name))
