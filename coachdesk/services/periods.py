"""Service periods: add, edit, end; agreed days, places in groups, and what warns.

A period's warnings never block; they are asked by ``cautions``.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from coachdesk.domain import period as rules
from coachdesk.domain.codes import attended_kinds
from coachdesk.domain.period import AgreedDay, Caution, Grant, Period
from coachdesk.domain.workshop import Membership
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import periods, removed
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A period with its agreed days and places in groups: what one editing changes together."""

    period: Period
    agreed: tuple[AgreedDay, ...] = ()
    memberships: tuple[Membership, ...] = ()


def add(
    desk: Desk, period: Period, *, agreed: Iterable[AgreedDay] = (), group_id: int | None = None
) -> Period:
    """Begin a period; ``agreed`` may have any period id.

    Raises:
        Refused: its days do not stand in order.
    """
    with desk.writing() as unit:
        kept = add_in(unit, period, agreed=agreed, group_id=group_id)
        unit.commit()
    return kept


def add_in(
    unit: Unit, period: Period, *, agreed: Iterable[AgreedDay] = (), group_id: int | None = None
) -> Period:
    """Begin a period in a unit that others also write to: an import, the demo."""
    agreed = tuple(agreed)
    kept = periods.PERIODS.add(unit, rules.checked(period, agreed))
    for day in agreed:
        periods.AGREED.add(unit, replace(day, id=0, period_id=kept.id))
    if group_id is not None:
        place = Membership(period_id=kept.id, group_id=group_id, begins=kept.begins, ends=kept.ends)
        periods.MEMBERSHIPS.add(unit, place)
    after = asdict(kept) | {"agreed": [asdict(day) for day in agreed], "group_id": group_id}
    unit.log("period.add", trainee_id=kept.trainee_id, subject=f"period:{kept.id}", after=after)
    return kept


def edit(
    desk: Desk, period: Period, *, agreed: Iterable[AgreedDay] | None = None, why: str = ""
) -> Agreement:
    """Write a changed period, and its agreed days where given; returns what was, for undo.

    Raises:
        Refused: its days do not stand in order.
    """
    with desk.writing() as unit:
        before = agreement_in(unit, period.id)
        days = (
            before.agreed if agreed is None else tuple(replace(d, id=0, period_id=period.id) for d in agreed)
        )
        periods.PERIODS.put(unit, rules.checked(period, days))
        if agreed is not None:
            periods.replace_agreed(unit, period.id, days)
        _log(unit, "period.edit", before, Agreement(period=period, agreed=days), why)
        unit.commit()
    return before


def edit_in(unit: Unit, period: Period, why: str = "") -> Agreement:
    """Write a changed period in a unit that others also write to; returns what was."""
    before = agreement_in(unit, period.id)
    periods.PERIODS.put(unit, rules.checked(period, before.agreed))
    _log(unit, "period.edit", before, replace(before, period=period), why)
    return before


def end(desk: Desk, period_id: int, *, day: date, reason: str, why: str = "") -> Agreement:
    """End a period on a day, last day included; returns what was, for undo."""
    with desk.writing() as unit:
        before = agreement_in(unit, period_id)
        after = rules.checked(replace(before.period, ended=day, end_reason=reason))
        periods.PERIODS.put(unit, after)
        _log(unit, "period.end", before, replace(before, period=after), why)
        unit.commit()
    return before


def remove(desk: Desk, period_id: int) -> Agreement:
    """Take away a period begun by mistake; returns it, for undo.

    Raises:
        Refused: days are marked to it.
    """
    with desk.writing() as unit:
        before = remove_in(unit, period_id)
        unit.commit()
    return before


def remove_in(unit: Unit, period_id: int) -> Agreement:
    """Take a period away in a unit that others also write to; as ``remove``."""
    before = agreement_in(unit, period_id)
    if periods.is_marked(unit, period_id):
        raise Refused(N_("Days are marked to this period. End it instead."))
    subject = f"period:{period_id}"
    rows = (
        (periods.PERIODS.table, periods.PERIODS.table.c.id == period_id),
        *((of.table, of.table.c.period_id == period_id) for of in (periods.AGREED, periods.MEMBERSHIPS)),
    )
    removed.keep(unit, before.period.trainee_id, subject, *rows)
    periods.PERIODS.remove(unit, period_id)
    unit.log("period.remove", trainee_id=before.period.trainee_id, subject=subject, before=_told(before))
    return before


def join_group(desk: Desk, period_id: int, group_id: int | None, *, day: date) -> tuple[Membership, ...]:
    """Move a period to a group from a day on, or to none; returns the places before, for undo."""
    with desk.writing() as unit:
        before = agreement_in(unit, period_id)
        for place in before.memberships:
            if place.begins >= day:
                periods.MEMBERSHIPS.remove(unit, place.id)
            elif place.ends is None or place.ends >= day:
                periods.MEMBERSHIPS.put(unit, replace(place, ends=day - timedelta(days=1)))
        if group_id is not None:
            place = Membership(period_id=period_id, group_id=group_id, begins=day, ends=before.period.ends)
            periods.MEMBERSHIPS.add(unit, place)
        subject = f"period:{period_id}"
        unit.log(
            "period.join_group",
            trainee_id=before.period.trainee_id,
            subject=subject,
            before={"places": [asdict(place) for place in before.memberships]},
            after={"group_id": group_id, "from": day},
        )
        unit.commit()
    return before.memberships


def put_places(desk: Desk, period_id: int, places: Iterable[Membership]) -> tuple[Membership, ...]:
    """Set a period's places in groups to what they were; returns those before."""
    with desk.writing() as unit:
        before, places = agreement_in(unit, period_id), tuple(places)
        for place in before.memberships:
            periods.MEMBERSHIPS.remove(unit, place.id)
        for place in places:
            periods.MEMBERSHIPS.add(unit, replace(place, id=0))
        unit.log(
            "period.join_group",
            trainee_id=before.period.trainee_id,
            subject=f"period:{period_id}",
            before={"places": [asdict(place) for place in before.memberships]},
            after={"places": [asdict(place) for place in places]},
        )
        unit.commit()
    return before.memberships


def of_trainee(desk: Desk, trainee_id: int) -> tuple[Agreement, ...]:
    """A trainee's periods with their agreed days, the newest first."""
    with desk.reading() as unit:
        return of_trainee_in(unit, trainee_id)


def of_trainee_in(unit: Unit, trainee_id: int) -> tuple[Agreement, ...]:
    """As ``of_trainee``, within a unit."""
    found = periods.of_trainee(unit, trainee_id)
    ids = [period.id for period in found]
    agreed, places = periods.agreed(unit, *ids), periods.memberships(unit, *ids)
    return tuple(
        Agreement(
            period=period,
            agreed=tuple(day for day in agreed if day.period_id == period.id),
            memberships=tuple(place for place in places if place.period_id == period.id),
        )
        for period in found
    )


def agreement_in(unit: Unit, period_id: int) -> Agreement:
    """A period with its agreed days and places."""
    return Agreement(
        period=periods.PERIODS.get(unit, period_id),
        agreed=periods.agreed(unit, period_id),
        memberships=periods.memberships(unit, period_id),
    )


def used(desk: Desk, period_id: int) -> Grant:
    """What is used of the period's granted days, and when it ends."""
    with desk.reading() as unit:
        period = periods.PERIODS.get(unit, period_id)
        return rules.grant(period, periods.attended(unit, period_id, attended_kinds()))


def cautions(desk: Desk, period_id: int) -> tuple[Caution, ...]:
    """What the period's law and decision warn of today."""
    with desk.reading() as unit:
        found = agreement_in(unit, period_id)
        attended = periods.attended(unit, period_id, attended_kinds())
        warned = rules.warnings(found.period, found.agreed)
        return warned + rules.ending(found.period, attended, unit.on)


def ending_soon(desk: Desk, days: int = rules.SOON_DAYS) -> tuple[Period, ...]:
    """Running periods whose decision, voucher or agreed end is near."""
    with desk.reading() as unit:
        return periods.ending(unit, unit.on, unit.on + timedelta(days=days))


def _log(unit: Unit, act: str, before: Agreement, after: Agreement, why: str) -> None:
    old, new = changed(before.period, after.period)
    if before.agreed != after.agreed:
        old["agreed"] = [asdict(day) for day in before.agreed]
        new["agreed"] = [asdict(day) for day in after.agreed]
    subject = f"period:{before.period.id}"
    unit.log(act, trainee_id=before.period.trainee_id, subject=subject, before=old, after=new, why=why)


def _told(agreement: Agreement) -> dict[str, object]:
    return asdict(agreement)
