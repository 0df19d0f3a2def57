"""Consents, permissions and prohibitions in the store."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from coachdesk.domain.consent import Consent, Permission, Prohibition
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

CONSENTS = Rows(tables.consent, Consent)
PERMISSIONS = Rows(tables.permission, Permission)
PROHIBITIONS = Rows(tables.prohibition, Prohibition)

_C, _F, _P = tables.consent.c, tables.prohibition.c, tables.permission.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Consent, ...]:
    """All consents of a trainee, the newest first."""
    return CONSENTS.find(unit, _C.trainee_id == trainee_id, order=[_C.given.desc(), _C.id.desc()])


def prohibitions_of(unit: Opened, trainee_id: int) -> tuple[Prohibition, ...]:
    """All prohibitions of a trainee, the newest first."""
    return PROHIBITIONS.find(unit, _F.trainee_id == trainee_id, order=_F.id.desc())


def permissions_of(unit: Opened, trainee_id: int) -> tuple[Permission, ...]:
    """All permissions of a trainee, the newest first."""
    return PERMISSIONS.find(unit, _P.trainee_id == trainee_id, order=_P.id.desc())


def to_recipient(
    unit: Opened, recipient: str, trainee_ids: Iterable[int] | None = None
) -> dict[int, list[Consent]]:
    """The consents to one recipient by trainee, of everybody or of some."""
    where = [_C.recipient == recipient]
    if trainee_ids is not None:
        where.append(_C.trainee_id.in_(list(trainee_ids)))
    found: dict[int, list[Consent]] = {}
    for consent in CONSENTS.find(unit, *where):
        found.setdefault(consent.trainee_id, []).append(consent)
    return found


def bars(unit: Opened, recipient: str) -> dict[int, list[Prohibition]]:
    """The prohibitions not lifted that cover a recipient, by trainee."""
    found: dict[int, list[Prohibition]] = {}
    for one in PROHIBITIONS.find(unit, _F.lifted.is_(None), _F.recipient.in_(("", recipient))):
        found.setdefault(one.trainee_id, []).append(one)
    return found


def by_uid(unit: Opened, uids: Iterable[str]) -> tuple[Consent, ...]:
    """The consents of these names."""
    wanted = list(uids)
    found: list[Consent] = []
    for start in range(0, len(wanted), 500):
        found += CONSENTS.find(unit, _C.uid.in_(wanted[start : start + 500]))
    return tuple(found)


def ending(unit: Opened, on: date, until: date) -> tuple[Consent, ...]:
    """Consents not withdrawn whose last day falls between two days."""
    return CONSENTS.find(unit, _C.valid_to.between(on, until), _C.withdrawn.is_(None), order=_C.valid_to)


def any_in_force(unit: Opened, on: date) -> bool:
    """Whether anybody has let anything out."""
    where = (_C.withdrawn.is_(None), _C.given <= on, _C.valid_to >= on)
    return unit.connection.execute(select(_C.id).where(*where).limit(1)).first() is not None


def counted(unit: Opened, number: str) -> int:
    """How many consents have a number: one, unless it was given away while one was taken back."""
    found = unit.connection.execute(
        select(func.count()).select_from(tables.consent).where(_C.number == number)
    )
    return int(found.scalar_one())


def next_number(unit: Opened) -> str:
    """The next number on paper: S-0148."""
    last = unit.connection.execute(select(func.max(_C.number)).where(_C.number.startswith("S-"))).scalar()
    return f"S-{int(last[2:]) + 1 if last else 1:04d}"
