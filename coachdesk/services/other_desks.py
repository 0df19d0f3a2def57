"""Other desks: this desk's public file out, theirs in, fingerprints to be compared as at an enrolment."""

from collections.abc import Callable
from pathlib import Path

from coachdesk.domain.handover import OtherDesk
from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import desk_letter, export_file
from coachdesk.exchange.desk_letter import DeskCard
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_
from coachdesk.services import enrolment
from coachdesk.services.desk import Desk
from coachdesk.store import enrolments, handover, workshops
from coachdesk.store.enrolments import DeviceKey
from coachdesk.store.handover import KnownDesk
from coachdesk.store.unit import Unit


def own(desk: Desk) -> OtherDesk:
    """This desk as others see it; its keys are made where it has none yet."""
    with desk.writing() as unit:
        card = own_card(desk, unit)
        unit.commit()
    return told(card)


def give_card(desk: Desk) -> DeskCard:
    """This desk's public file, about to be carried to a desk that hands somebody over; logged."""
    with desk.writing() as unit:
        card = own_card(desk, unit)
        unit.log("desk_card.write", after={"fingerprint": card.fingerprint})
        unit.commit()
    return card


def write_card(card: DeskCard, folder: Path) -> Path:
    """Write a public file into a folder that may be slow, on any thread.

    Raises:
        DiskFull, Trouble: the folder does not take it.
    """
    return export_file.write(
        Path(folder), f"desk-{card.id[:8]}.json", desk_letter.card_text(card), replace=True
    )


def read_card(file: Path) -> DeskCard:
    """Read another desk's public file, on any thread; what is looked at is then what is kept.

    Raises:
        Unreadable: it is none.
    """
    return desk_letter.read_card(export_file.read(Path(file)))


def look_at_card(desk: Desk, card: DeskCard) -> OtherDesk:
    """What another desk's public file says; nothing is kept yet.

    Raises:
        Refused: it is this desk's own.
    """
    with desk.reading() as unit:
        _refuse_own(unit, card)
        return told(card, known=_same(handover.known(unit, card.id), card))


def take_in(desk: Desk, card: DeskCard) -> OtherDesk:
    """Keep another desk's public file, after its fingerprint was compared.

    Raises:
        Refused: as ``look_at_card``.
    """
    with desk.writing() as unit:
        _refuse_own(unit, card)
        keep_card(unit, card)
        unit.commit()
    return told(card)


def known(desk: Desk) -> tuple[OtherDesk, ...]:
    """The desks whose public files were taken in, the newest first."""
    with desk.reading() as unit:
        found = handover.KNOWN.find(unit, order=handover.KNOWN.table.c.taken.desc())
    return tuple(told(card_of(one)) for one in found)


def forget(desk: Desk, desk_id: str) -> None:
    """Forget a desk that nobody is handed over to any more."""
    with desk.writing() as unit:
        handover.KNOWN.remove(unit, desk_id)
        unit.log("desk_card.forget", subject=f"desk:{desk_id}")
        unit.commit()


def told(card: DeskCard, *, known: bool = True) -> OtherDesk:
    """A card for a reader."""
    return OtherDesk(
        id=card.id, name_fi=card.name_fi, name_sv=card.name_sv, fingerprint=card.fingerprint, known=known
    )


def card_of(row: KnownDesk) -> DeskCard:
    """A kept desk as its public file says it."""
    encrypt, sign = row.keys
    return DeskCard(name_fi=row.name_fi, name_sv=row.name_sv, sign=sign, encrypt=encrypt)


def own_card(desk: Desk, unit: Unit) -> DeskCard:
    """This desk's card, in a writing unit."""
    return _card(unit, enrolment.own_keys(desk, unit))


def keep_card(unit: Unit, card: DeskCard) -> None:
    """Keep a card that somebody has looked at; a desk known already is renewed."""
    row = KnownDesk(
        id=card.id,
        name_fi=card.name_fi,
        name_sv=card.name_sv,
        keys=(card.encrypt, card.sign),
        taken=unit.at,
    )
    old = handover.known(unit, card.id)
    if _same(old, card):
        return
    if old is None:
        handover.KNOWN.add(unit, row)
    else:
        handover.KNOWN.put(unit, row)
    unit.log("desk_card.take_in", subject=f"desk:{card.id}", after={"fingerprint": card.fingerprint})


def own_for(desk: Desk, unit: Unit, kid: str) -> tuple[DeskCard, Jwk]:
    """This desk's card and private key that something was sealed for.

    Raises:
        Unreadable: it was sealed for somebody else.
    """
    for device in enrolments.DEVICES.find(unit):
        if device.enc_public is not None and device.enc_public["kid"] == kid:
            key = enrolment.letter_key(desk, device)
            assert key is not None
            return _card(unit, device), key
    raise _for_another()


def keys_of(desk: Desk) -> Callable[[str], tuple[DeskCard, Jwk]]:
    """What ``own_for`` answers, for a file that is read while nobody holds the desk."""
    with desk.reading() as unit:
        public = (device.enc_public for device in enrolments.DEVICES.find(unit))
        kids = [str(one["kid"]) for one in public if one is not None]
        own = {kid: own_for(desk, unit, kid) for kid in kids}

    def found(kid: str) -> tuple[DeskCard, Jwk]:
        if kid not in own:
            raise _for_another()
        return own[kid]

    return found


def _for_another() -> Unreadable:
    return Unreadable(N_("The file is meant for another desk. It cannot be opened here."))


def _card(unit: Unit, device: DeviceKey) -> DeskCard:
    first = workshops.WORKSHOPS.find(unit)[0]
    assert device.enc_public is not None
    return DeskCard(
        name_fi=first.name_fi, name_sv=first.name_sv, sign=device.public, encrypt=device.enc_public
    )


def _same(row: KnownDesk | None, card: DeskCard) -> bool:
    return row is not None and card_of(row) == card


def _refuse_own(unit: Unit, card: DeskCard) -> None:
    if any(device.id == card.id for device in enrolments.DEVICES.find(unit)):
        raise Refused(N_("This is the public file of this very desk. Ask the other desk for theirs."))
