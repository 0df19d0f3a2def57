"""The agreed week and the group of a period: brought with a new period, told beside a known one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time

from coachdesk.domain.letters import fold
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.workshop import Group
from coachdesk.i18n import N_
from coachdesk.importing.draft import NOTICE, DraftRow, Finding
from coachdesk.importing.row_plan import Existing, House, Terms

HOURS_UNTOLD = 4 * 60  # of an agreed day whose hours the sheet does not tell
BEGINS_AT = time(9)
_NO_GROUP = N_("The workshop has no group {name}. The group was left out.")
_HOURS_UNTOLD = N_("The hours of a day are not told. They were taken as {hours} h.")
_OTHER_WEEK = N_("The period has other weekdays or hours already: {ours}. They stay; the sheet has {theirs}.")
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
        findings.extend(_other_terms(row, agreed, group, ours, existing, house))


def _agreed(row: DraftRow, period: Period) -> tuple[AgreedDay, ...]:
    minutes = row.number_of("hours") or HOURS_UNTOLD
    return tuple(
        AgreedDay(
            period_id=0, weekday=int(day), starts_at=BEGINS_AT, minutes=minutes, valid_from=period.begins
        )
        for day in row.text("weekdays")
    )


def _other_terms(
    row: DraftRow,
    agreed: tuple[AgreedDay, ...],
    group: Group | None,
    ours: Period,
    existing: Existing,
    house: House,
) -> Iterator[Finding]:
    """Where the desk's own week or group differs, both are told and the desk's stays."""
    hours = row.number_of("hours") is not None
    mine, theirs = _week(existing.agreed.get(ours.id, ()), hours=hours), _week(agreed, hours=hours)
    if agreed and mine != theirs:
        told: dict[str, object] = {"ours": mine, "theirs": theirs}
        yield Finding(row=row.number, field="weekdays", message=_OTHER_WEEK, told=told, severity=NOTICE)
    places = {place.group_id for place in existing.places.get(ours.id, ())}
    if group is not None and group.id not in places:
        names = sorted(one.name for one in house.groups.values() if one.id in places)
        told = {"ours": ", ".join(names) or "–", "theirs": group.name}
        yield Finding(row=row.number, field="group", message=_OTHER_GROUP, told=told, severity=NOTICE)


def _week(agreed: Iterable[AgreedDay], *, hours: bool) -> tuple[tuple[int, int], ...]:
    """Weekdays with their minutes, as both sides are compared and told; 0 where hours are not told."""
    return tuple(sorted({(day.weekday, day.minutes if hours else 0) for day in agreed}))
