"""K out of a key file: the slots tried, one by one or the one of the coach who was chosen."""

from coachdesk.errors import DeskDamaged, Problem, WrongPassphrase
from coachdesk.i18n import N_
from coachdesk.store import keys
from coachdesk.store.argon import KdfCost
from coachdesk.store.keyfile import KeyFile
from coachdesk.store.keys import MasterKey, Slot


def unlock(
    found: KeyFile, kind: str, secret: bytearray, floor: KdfCost, coach_id: int | None = None
) -> tuple[MasterKey, Slot]:
    """K, and the slot that gave it; ``coach_id`` spares the time of trying everybody's slot.

    Raises:
        WrongPassphrase: the secret opens none.
        DeskDamaged: somebody exchanged slots, or asks for a cost beyond the limits.
    """
    problem: Problem = keys.wrong(kind)
    for slot in _asked(found, kind, coach_id):
        try:
            key = keys.open_slot(slot, found.desk_id, secret, floor)
        except WrongPassphrase:
            continue
        except Problem as error:
            problem = error
            continue
        if not found.genuine(key):
            key.wipe()
            raise DeskDamaged(N_("Somebody changed the key file of the desk. Take desk.keys from a backup."))
        return key, slot
    raise problem


def first_coach(found: KeyFile) -> int:
    """Who is at a desk that the recovery key opened: the first who could open it."""
    return min((slot.coach_id for slot in found.slots if slot.coach_id), default=1)


def _asked(found: KeyFile, kind: str, coach_id: int | None) -> tuple[Slot, ...]:
    slots = found.of_kind(kind)
    own = tuple(slot for slot in slots if coach_id is not None and slot.coach_id == coach_id)
    return own or slots  # who was removed since, or restored from before, is not chosen any more
