"""The page of the log: who looked at what and when."""

from typing import Any

from starlette.responses import Response

from coachdesk.region.staff import drawing, log
from coachdesk.region.staff.visit import Visit

MOST_SHOWN = 100


def show(visit: Visit) -> Response:
    """The log from the newest line on, of one summary if its ref is named."""
    text = visit.query.get("from", "0")
    start = int(text) if text.isdecimal() and len(text) < 8 else 0
    ref = visit.query.get("ref", "")
    with visit.region.reading() as connection:
        lines = log.newest(connection, start=start, most=MOST_SHOWN + 1, ref=ref)
    more = len(lines) > MOST_SHOWN
    values: dict[str, Any] = {
        "lines": lines[:MOST_SHOWN],
        "acts": log.ACTS,
        "start": start,
        "step": MOST_SHOWN,
    }
    return drawing.draw(visit, "log.html", more=more, ref=ref, **values)
