"""The agreed week and the group of a period: brought with a new period, told beside a known one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time

from coachdesk.domain.letters import fold
from coachdesk.domain.period import WEEK, AgreedDay, Period
from coachdesk.domain.workshop import Group
from coachdesk.i18n import N_
from coachdesk.importing.draft import NOTICE, DraftRow, Finding
from coachdesk.importing.row_plan import Difference, Existing, House, Terms

HOURS_UNTOLD = 4 * 60  # of an agreed day whose hours the sheet does not tell
BEGINS_AT = time(9)
_NO_GROUP = N_("The workshop has no group {name}. The group was left out.")
_HOURS_UNTOLD = N_("The hours of a day are not told. They were taken as {hours} h.")
_OTHER_GROUP = N_("The period is in another group already: {ours}. It stays; the sheet has {theirs}.")


def terms_of(
    row: DraftRow,
    period: Period,
    ours: Period | None,
    existing: Existing | None,
    house: House,
    findings: list[Finding],
) -> Iterator[Terms]:
    """What a row agrees of its new period; of one that is there already only what differs is told."""
    agreed = _agreed(row, period)
    group = house.groups.get((period.workshop_id, fold(row.text("group"))))
    if row.text("group") and group is None:
        told = {"name": row.text("group")}
        findings.append(Finding(row=row.number, field="group", message=_NO_GROUP, told=told, severity=NOTICE))
    if ours is None:
        if agreed and row.number_of("hours") is None:
            taken = {"hours": HOURS_UNTOLD // 60}
            findings.append(
                Finding(row=row.number, field="hours", message=_HOURS_UNTOLD, told=taken, severity=NOTICE)
            )
        if agreed or group:
            yield Terms(begins=period.begins, agreed=agreed, group_id=group.id if group else None)
    elif existing is not None:
        findings.extend(_other_group(row, group, ours, existing, house))


def _agreed(row: DraftRow, period: Period) -> tuple[AgreedDay, ...]:
    minutes = row.number_of("hours") or HOURS_UNTOLD
    return tuple(
        AgreedDay(
            period_id=0, weekday=int(day), starts_at=BEGINS_AT, minutes=minutes, valid_from=period.begins
        )
        for day in row.text("weekdays")
    )


def other_week(
    row: DraftRow, period: Period, ours: Period | None, existing: Existing | None
) -> Iterator[Difference]:
    """The week of a known period where the sheet tells another one; hours that it does not tell stay."""
    if ours is None or existing is None or not row.text("weekdays"):
        return
    known, hours = existing.agreed.get(ours.id, ()), row.number_of("hours") is not None
    theirs = tuple(_like(day, known, hours=hours) for day in _agreed(row, period))
    if _week(known, hours=hours) != _week(theirs, hours=hours):
        yield Difference(
            field="weekdays", ours=known, theirs=theirs, table=WEEK, key=(ours.id,), attribute="days"
        )


def _like(day: AgreedDay, known: Iterable[AgreedDay], *, hours: bool) -> AgreedDay:
    """The sheet's day with what only the desk tells: when it starts, and the hours where they lack."""
    nearest = min(known, key=lambda one: one.weekday != day.weekday, default=None)
    if nearest is None:
        return day
    minutes = day.minutes if hours else nearest.minutes
    return replace(day, starts_at=nearest.starts_at, minutes=minutes)


def _other_group(
    row: DraftRow,
    group: Group | None,
    ours: Period,
    existing: Existing,
    house: House,
) -> Iterator[Finding]:
    """Where the desk's own group differs, both are told and the desk's stays."""
    places = {place.group_id for place in existing.places.get(ours.id, ())}
    if group is not None and group.id not in places:
        names = sorted(one.name for one in house.groups.values() if one.id in places)
        told: dict[str, object] = {"ours": ", ".join(names) or "–", "theirs": group.name}
        yield Finding(row=row.number, field="group", message=_OTHER_GROUP, told=told, severity=NOTICE)


def _week(agreed: Iterable[AgreedDay], *, hours: bool) -> tuple[tuple[int, int], ...]:
    """Weekdays with their minutes, as both sides are compared and told; 0 where hours are not told."""
    return tuple(sorted({(day.weekday, day.minutes if hours else 0) for day in agreed}))
