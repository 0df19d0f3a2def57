"""Trainees, their benefits, own views and grades in the store."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, insert, or_, select

from coachdesk.domain import letters
from coachdesk.domain.trainee import Benefit, Feedback, OwnView, Trainee
from coachdesk.store import gone, meta, tables
from coachdesk.store.rows import Opened, Rows

TRAINEES = Rows(tables.trainee, Trainee)
BENEFITS = Rows(tables.benefit, Benefit)
OWN_VIEWS = Rows(tables.own_view, OwnView)
FEEDBACK = Rows(tables.feedback, Feedback)

_T = tables.trainee.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """What finding a person needs: names, code and day of birth."""

    id: int
    family_name: str
    given_names: str
    former_names: str
    personal_identity_code: str
    birth_date: date | None
    name_fold: str
    name_sort: str


NAMES = Rows(tables.trainee, NameRow)


def add(unit: Opened, trainee: Trainee) -> Trainee:
    """Keep a new trainee with the keys by which the name is found and sorted.

    A number is never given twice: the lines of the log about somebody who was removed keep theirs.
    """
    return TRAINEES.add(unit, trainee if trainee.id else replace(trainee, id=_free(unit)), **_keys(trainee))


def put(unit: Opened, trainee: Trainee) -> None:
    """Write a changed trainee; the keys of the name follow."""
    TRAINEES.put(unit, trainee, **_keys(trainee))


def add_many(unit: Opened, trainees: list[Trainee]) -> None:
    """Keep many new trainees at once; those without an id get one from the store."""
    rows = [TRAINEES.values(t) | _keys(t) for t in trainees]
    if rows:
        unit.connection.execute(insert(tables.trainee), rows)


def anybody(unit: Opened) -> bool:
    """Whether a trainee is on the desk at all."""
    return unit.connection.execute(select(_T.id).limit(1)).first() is not None


def names(unit: Opened) -> tuple[NameRow, ...]:
    """The names of everybody, in the order of both languages."""
    columns = [tables.trainee.c[name] for name in NAMES.names]
    found = unit.connection.execute(select(*columns).order_by(_T.name_sort))
    return tuple(NameRow(**dict(zip(NAMES.names, row, strict=True))) for row in found)


def names_of(unit: Opened, ids: set[int]) -> dict[int, str]:
    """The names of some, family name first, by id."""
    found = unit.connection.execute(select(_T.id, _T.family_name, _T.given_names).where(_T.id.in_(ids)))
    return {row.id: f"{row.family_name}, {row.given_names}".rstrip(", ") for row in found}


def acts_since(unit: Opened, seq: int | None) -> tuple[set[str], int]:
    """The acts logged after a line, and the last line; only the last line for None."""
    log = tables.log.c
    last = int(unit.connection.execute(select(func.coalesce(func.max(log.seq), 0))).scalar_one())
    if seq is None or last == seq:
        return set(), last
    return set(unit.connection.execute(select(log.act).distinct().where(log.seq > seq)).scalars()), last


def by_code(unit: Opened, code: str) -> tuple[Trainee, ...]:
    """Everybody with that identity code; nobody for an empty one."""
    return TRAINEES.find(unit, _T.personal_identity_code == code) if code else ()


def like(unit: Opened, trainee: Trainee) -> tuple[Trainee, ...]:
    """Who may be the same person: same code, same day of birth, or a folded name in common.

    It is a net with wide meshes: ``domain.trainee.alike`` judges.
    """
    where = [func.instr(_T.name_fold, name) > 0 for name in _first_names(trainee)]
    if trainee.personal_identity_code:
        where.append(_T.personal_identity_code == trainee.personal_identity_code)
    if trainee.birth_date:
        where.append(_T.birth_date == trainee.birth_date)
    return TRAINEES.find(unit, or_(*where), _T.id != trainee.id, order=_T.name_sort) if where else ()


def has_records(unit: Opened, trainee_id: int) -> bool:
    """Whether anything at all is kept of the trainee beside the registration."""
    for table in tables.metadata.sorted_tables:
        if table.name in ("trainee_key", "log", "trainee", "removed") or "trainee_id" not in table.c:
            continue
        found = select(table.c.trainee_id).where(table.c.trainee_id == trainee_id).limit(1)
        if unit.connection.execute(found).first() is not None:
            return True
    return False


def benefits(unit: Opened, trainee_id: int) -> tuple[Benefit, ...]:
    """A trainee's benefits, the newest first."""
    b = tables.benefit.c
    return BENEFITS.find(unit, b.trainee_id == trainee_id, order=[b.begins.desc(), b.id.desc()])


def own_views(unit: Opened, trainee_id: int) -> tuple[OwnView, ...]:
    """A trainee's own views by day."""
    v = tables.own_view.c
    return OWN_VIEWS.find(unit, v.trainee_id == trainee_id, order=[v.on_day, v.id])


def _free(unit: Opened) -> int:
    log = tables.log.c
    lines, rows = select(func.max(log.trainee_id)), select(func.max(_T.id))
    known = (unit.connection.execute(one).scalar() or 0 for one in (lines, rows))
    return max(*known, int(meta.get(unit, gone.NUMBERS_UP_TO, "0"))) + 1


def _first_names(trainee: Trainee) -> list[str]:
    given = letters.fold(trainee.given_names).split()
    family = [trainee.family_name, *trainee.former_names.replace(";", ",").split(",")]
    return [name for name in [*map(letters.fold, family), *given[:1]] if name]


def _keys(trainee: Trainee) -> dict[str, str]:
    return {
        "name_fold": letters.name_fold(trainee.family_name, trainee.given_names, trainee.former_names),
        "name_sort": letters.name_sort(trainee.family_name, trainee.given_names),
    }


def grades(unit: Opened, trainee_id: int) -> tuple[Feedback, ...]:
    """A trainee's grades, the newest first; those without a day are last."""
    f = tables.feedback.c
    return FEEDBACK.find(unit, f.trainee_id == trainee_id, order=[f.on_day.desc(), f.id.desc()])
