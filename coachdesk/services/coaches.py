"""The coaches who can open this desk: let in, removed with a new master key, made lead.

A removed coach's passphrase opens old copies still, and nothing that is written from then on: the
store, the chain of the log and this desk's own key for bundles all go under a new K, which is
sealed to the slots of those who stay.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from coachdesk.domain import permissions
from coachdesk.domain.permissions import COACH, LEAD, Right
from coachdesk.domain.workshop import Coach
from coachdesk.errors import Refused
from coachdesk.exchange import keys as exchange_keys
from coachdesk.i18n import N_
from coachdesk.services import rights
from coachdesk.services.desk import Desk
from coachdesk.services.enrolment import DEVICE
from coachdesk.services.keys import prove_passphrase, require_strong, save
from coachdesk.services.trainees import changed
from coachdesk.store import access_log, argon, enrolments, keyfile, keys, rotation, workshops
from coachdesk.store.access_log import Entry
from coachdesk.store.argon import KdfCost
from coachdesk.store.keys import MasterKey, Slot, wipe
from coachdesk.store.unit import Unit

if TYPE_CHECKING:
    from sqlalchemy import Connection


def with_way_in(desk: Desk) -> frozenset[int]:
    """The coaches who can open this desk themselves."""
    return desk.openers


def let_in(desk: Desk, coach_id: int, passphrase: str, *, cost: KdfCost | None = None) -> None:
    """Give a coach, who types it at this laptop, a passphrase of his or her own.

    Raises:
        Refused: not the lead coach, the coach was removed or has one already, or it is too easy to guess.
        DiskFull, Trouble: nothing was changed.
    """
    rights.require(desk, Right.COACHES)
    with desk.reading() as unit:
        coach = workshops.COACHES.get(unit, coach_id)
    if coach_id in desk.openers:
        raise Refused(N_("{coach} already has a passphrase."), coach=coach.name)
    require_strong(passphrase, coach.name)
    slot = keys.passphrase_slot(
        desk.master,
        desk.keyfile.desk_id,
        passphrase,
        coach_id=coach_id,
        cost=cost or argon.calibrated(),
        label=coach.name,
        floor=desk.floor,
    )
    with desk.writing() as unit:
        after = replace(coach, added=unit.at, removed=None)
        workshops.COACHES.put(unit, after)
        unit.log("coach.let_in", subject=f"coach:{coach_id}", after={"name": coach.name, "role": coach.role})
        save(desk, desk.keyfile.with_slot(slot))
        unit.commit()


def set_role(desk: Desk, coach_id: int, role: str) -> Coach:
    """Make a coach lead, or no longer lead; returns the coach as before, for undo.

    Raises:
        Refused: not the lead coach, or nobody would lead the desk.
    """
    rights.require(desk, Right.COACHES)
    if role not in (LEAD, COACH):
        raise ValueError(role)
    with desk.writing() as unit:
        before = workshops.COACHES.get(unit, coach_id)
        after = replace(before, role=role)
        if role != LEAD:
            _refuse_without_lead(desk, unit, coach_id)
        workshops.COACHES.put(unit, after)
        old, new = changed(before, after)
        unit.log("coach.set_role", subject=f"coach:{coach_id}", before=old, after=new)
        unit.commit()
    return before


def remove(
    desk: Desk,
    coach_id: int,
    *,
    passphrase: str,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> None:
    """Take a coach's way in away, and put the whole desk under a new master key.

    Args:
        desk: nothing may be saved or read meanwhile.
        coach_id: who is removed; the name stays at what was done.
        passphrase: of the lead coach who does it.
        progress: told how much is done, of how much in all.

    Raises:
        Refused: not the lead coach, oneself, or a recovery sheet from before that cannot go along.
        WrongPassphrase: it is not the lead coach's.
        DiskFull, DeskDamaged, Trouble: the desk is as it was.
    """
    rights.require(desk, Right.COACHES)
    if coach_id == desk.coach_id:
        raise Refused(N_("Another lead coach has to remove you."))
    gone = tuple(slot for slot in desk.keyfile.slots if slot.coach_id == coach_id)
    if not gone:
        raise Refused(N_("This coach has no passphrase to this desk."))
    own = prove_passphrase(desk, passphrase)
    staying = [slot for slot in desk.keyfile.slots if slot not in (*gone, own)]
    if any(not slot.public for slot in staying):
        raise Refused(
            N_("The recovery sheet is from an older CoachDesk. Print a new one, then remove the coach.")
        )
    _rotate(desk, coach_id, own, staying, passphrase, progress)


def _rotate(
    desk: Desk,
    coach_id: int,
    own: Slot,
    staying: list[Slot],
    passphrase: str,
    progress: Callable[[int, int], object],
) -> None:
    fresh, desk_id = MasterKey.new(), desk.keyfile.desk_id
    assert own.cost is not None and own.coach_id is not None
    mine = keys.passphrase_slot(
        fresh,
        desk_id,
        passphrase,
        coach_id=own.coach_id,
        cost=own.cost,
        label=own.label,
        floor=desk.floor,
    )
    sealed = [keys.sealed_anew(slot, desk.master, fresh, desk_id) for slot in staying]
    file = desk.keyfile.with_slots(*sorted((mine, *sealed), key=lambda slot: (slot.kind, slot.coach_id or 0)))
    with desk.still():
        try:
            rotation.rotate(
                desk.folder,
                old=desk.master,
                new=fresh,
                changed=file,
                adapt=lambda connection: _adapt(desk, connection, fresh, coach_id),
                progress=progress,
            )
        except BaseException:
            if rotation.is_decided(desk.folder):
                desk.let_go()  # what is saved to the old store now would be lost: the next opening goes on
            raise
        desk.take_key(fresh, keyfile.read(desk.folder)[0])
    desk.keep_head()


def _adapt(desk: Desk, connection: "Connection", fresh: MasterKey, coach_id: int) -> None:
    """What changes with K inside the store: the key of the log, this desk's own key, who was removed."""
    unit = Unit(lambda: connection, at=desk.clock.now(), coach_id=desk.coach_id)
    unit.connection = connection
    access_log.retire_key(connection, desk.log_key)
    _rewrap_device(desk, unit, fresh)
    before = workshops.COACHES.get(unit, coach_id)
    after = replace(before, removed=unit.at, role=COACH)
    workshops.COACHES.put(unit, after)
    old, new = changed(before, after)
    log_key = fresh.subkey("log")
    try:
        line = Entry(
            at=unit.at,
            coach_id=desk.coach_id,
            act="coach.remove",
            subject=f"coach:{coach_id}",
            before=old,
            after=new,
        )
        access_log.append(connection, log_key, line)
    finally:
        wipe(log_key)


def _rewrap_device(desk: Desk, unit: Unit, fresh: MasterKey) -> None:
    """The keys that this desk signs with and that others seal for, wrapped under the new K."""
    old, new = desk.subkey(DEVICE), fresh.subkey(DEVICE)
    try:
        for device in enrolments.DEVICES.find(unit):
            private = exchange_keys.unwrapped(device.wrapped, bytes(old), device.id)
            changed = replace(device, wrapped=exchange_keys.wrapped(private, bytes(new)))
            if device.enc_public is not None and device.enc_wrapped is not None:
                kid = str(device.enc_public["kid"])
                private = exchange_keys.unwrapped(device.enc_wrapped, bytes(old), kid)
                changed = replace(changed, enc_wrapped=exchange_keys.wrapped(private, bytes(new)))
            enrolments.DEVICES.put(unit, changed)
    finally:
        wipe(old, new)


def _refuse_without_lead(desk: Desk, unit: Unit, coach_id: int) -> None:
    others = (coach for coach in workshops.COACHES.find(unit) if coach.id != coach_id)
    if not any(permissions.may(coach, Right.COACHES) and coach.id in desk.openers for coach in others):
        raise Refused(N_("Somebody has to lead the desk. Make another coach lead first."))
