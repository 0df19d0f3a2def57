"""Devices: when each was last heard, which numbers are missing, what was refused.  No summary is shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Text, cast, func, or_, select
from starlette.responses import Response

from coachdesk.exchange.receipt import REASONS, RESULTS, STORED
from coachdesk.i18n import N_
from coachdesk.region import tables
from coachdesk.region.devices import REVOKED
from coachdesk.region.numbers import missing_of_all
from coachdesk.region.staff import desks, drawing
from coachdesk.region.staff.visit import Visit

QUIET_DAYS = 30
MOST_SHOWN = 200
ALARMS = {
    "fork": N_("Another bundle came under a number that was taken. Ask whether the desk was copied."),
    "voided": N_("A bundle came under a number that had been declared empty."),
    "chain": N_("A bundle does not follow the one before it. Ask whether the desk was restored."),
}
_B, _D = tables.bundle.c, tables.device.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A desk as the region's IT sees it."""

    id: str
    enrolled: str
    heard: str
    quiet: bool
    bundles: int
    missing: tuple[int, ...]
    alarms: int
    name: str = ""
    revoked: bool = False


def devices(visit: Visit) -> Response:
    """Every desk with when it was last heard; the ones that need a look first."""
    with visit.region.reading() as connection:
        counts = _Counts(connection)
        found = [_device(counts, row, visit.at) for row in _rows(connection)]
    found.sort(key=lambda one: (not (one.missing or one.alarms), not one.quiet, one.heard, one.id))
    return drawing.draw(visit, "devices.html", devices=found, quiet_days=QUIET_DAYS)


def gaps(visit: Visit) -> Response:
    """Numbers that have not come, and alarms."""
    with visit.region.reading() as connection:
        named = _named(visit, connection)
        found = sorted(missing_of_all(connection).items())
        a = tables.alarm.c
        rows = connection.execute(select(tables.alarm).order_by(a.id.desc()).limit(MOST_SHOWN)).mappings()
        alarms = [{**row, "sentence": visit.words._(ALARMS.get(row["kind"], row["kind"]))} for row in rows]
    holes = [(device, _spans(numbers)) for device, numbers in found if numbers]
    return drawing.draw(visit, "gaps.html", gaps=holes, alarms=alarms, named=named)


def refused(visit: Visit) -> Response:
    """Bundles and items that were not taken in, the newest first, each with its reason.

    Read one by one and no further than is shown: one desk may have been refused any number.
    """
    with visit.region.reading() as connection:
        named = _named(visit, connection)
        some = or_(_B.result != STORED, _B.set_aside > 0, cast(_B.rejected, Text) != "[]")
        newest = select(tables.bundle).where(some).order_by(_B.received.desc())
        rows = connection.execute(newest.limit(MOST_SHOWN), execution_options={"yield_per": 20}).mappings()
        lines = (line for row in rows for line in _refused(visit, row))
        found = list(islice(lines, MOST_SHOWN))
    return drawing.draw(visit, "refused.html", lines=found, named=named)


def _named(visit: Visit, connection: Connection) -> dict[str, str]:
    """How each desk is called; empty where it has no name."""
    return {
        one.id: one.name for one in desks.desks(connection, visit.words.language, visit.at.date()).values()
    }


def _rows(connection: Connection) -> list[Mapping[Any, Any]]:
    return list(connection.execute(select(tables.device).order_by(_D.id)).mappings())


class _Counts:
    """What is counted for each desk, asked for all of them at once."""

    def __init__(self, connection: Connection) -> None:
        a, come = tables.alarm.c, _B.sha256 != ""
        bundles = select(_B.device, func.max(_B.received), func.count()).where(come).group_by(_B.device)
        self.bundles = {id_: (last, count) for id_, last, count in connection.execute(bundles)}
        alarms = connection.execute(select(a.device, func.count().label("many")).group_by(a.device))
        self.alarms = Counter({row.device: row.many for row in alarms})
        self.missing = missing_of_all(connection)


def _device(counts: _Counts, row: Mapping[Any, Any], at: datetime) -> Device:
    received, count = counts.bundles.get(row["id"], ("", 0))
    heard = max(received, row["heard"])
    long_ago = (at - timedelta(days=QUIET_DAYS)).isoformat()
    return Device(
        id=row["id"],
        enrolled=row["enrolled"],
        heard=heard or "",
        name=row["label"],
        revoked=row["state"] == REVOKED,
        quiet=(heard or row["enrolled"]) < long_ago,
        bundles=count,
        missing=counts.missing.get(row["id"], ()),
        alarms=counts.alarms[row["id"]],
    )


def _refused(visit: Visit, row: Mapping[Any, Any]) -> list[dict[str, Any]]:
    named = {"device": row["device"], "seq": row["seq"], "received": row["received"]}
    found = []
    if row["result"] != STORED:
        reason = RESULTS.get(row["result"], row["result"])
        found.append({**named, "ref": "", "reason": visit.words._(reason)})
    for item in row["rejected"]:
        reason = REASONS.get(item["reason"], item["reason"])
        found.append({**named, "ref": item["ref"], "reason": visit.words._(reason)})
    if row["set_aside"]:
        message = N_("Items of an unknown kind set aside: {count}.")
        found.append({**named, "ref": "", "reason": visit.words.fill(message, count=row["set_aside"])})
    return found


def _spans(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """Numbers as spans from first to last."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
