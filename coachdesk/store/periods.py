"""Service periods, their agreed days and their places in groups."""

from datetime import date

from sqlalchemy import delete, or_, select

from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.workshop import Membership
from coachdesk.store import tables
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened, Rows

PERIODS = Rows(tables.period, Period)
AGREED = Rows(tables.agreed_day, AgreedDay)
MEMBERSHIPS = Rows(tables.membership, Membership)

_P, _A, _D = tables.period.c, tables.agreed_day.c, tables.attended_day.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Period, ...]:
    """A trainee's periods, the newest first."""
    return PERIODS.find(unit, _P.trainee_id == trainee_id, order=[_P.begins.desc(), _P.id.desc()])


def running(unit: Opened, trainee_id: int, on: date) -> tuple[Period, ...]:
    """The periods that cover a day."""
    return tuple(period for period in of_trainee(unit, trainee_id) if period.covers(on))


def agreed(unit: Opened, *period_ids: int) -> tuple[AgreedDay, ...]:
    """The agreed days of periods, by weekday."""
    if not period_ids:
        return ()
    return AGREED.find(unit, _A.period_id.in_(period_ids), order=[_A.period_id, _A.valid_from, _A.weekday])


def replace_agreed(unit: Opened, period_id: int, days: tuple[AgreedDay, ...]) -> None:
    """Write the agreed days of a period anew."""
    unit.connection.execute(delete(tables.agreed_day).where(_A.period_id == period_id))
    for day in days:
        AGREED.add(unit, day)


def attended(unit: Opened, period_id: int, kinds: tuple[str, ...]) -> int:
    """How many days of a period are marked with one of the kinds."""
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT count(*) FROM attended_day WHERE period_id = ? AND kind IN ({marks})"
    return int(speak(unit.connection, sql, (period_id, *kinds)).fetchone()[0])


def is_marked(unit: Opened, period_id: int) -> bool:
    """Whether any day of the period is marked."""
    return (
        unit.connection.execute(select(_D.day).where(_D.period_id == period_id).limit(1)).first() is not None
    )


def ending(unit: Opened, on: date, until: date) -> tuple[Period, ...]:
    """Running periods whose decision, voucher or agreed end falls before a day."""
    ends = or_(
        _P.ends.between(on, until), _P.granted_to.between(on, until), _P.voucher_expires.between(on, until)
    )
    return PERIODS.find(unit, ends, _P.ended.is_(None), _P.begins <= on, order=_P.ends)


def memberships(unit: Opened, *period_ids: int) -> tuple[Membership, ...]:
    """The places of periods in groups, by date."""
    m = tables.membership.c
    return MEMBERSHIPS.find(unit, m.period_id.in_(period_ids), order=[m.period_id, m.begins])
