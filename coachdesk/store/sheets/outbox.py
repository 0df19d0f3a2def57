"""What the health line tells of sending: what waits, what was set aside, the last receipt."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from coachdesk.clock import HELSINKI
from coachdesk.domain.line import WORST_FIRST, Line
from coachdesk.domain.today import Health
from coachdesk.store import enrolments, lines, outbox
from coachdesk.store.rows import Opened

_WAITING = """
SELECT count(*), min(b.made) FROM bundle_item i
JOIN bundle b ON b.region_id = i.region_id AND b.epoch = i.epoch AND b.seq = i.seq
WHERE b.state IN (?, ?) AND i.kind IN ('put', 'withdraw', 'answer', 'service_card', 'aggregate')
"""
_ASIDE = """
SELECT count(DISTINCT i.ref) FROM bundle_item i WHERE i.outcome = ? AND NOT EXISTS (
  SELECT 1 FROM bundle_item n WHERE n.ref = i.ref AND n.region_id = i.region_id AND n.id > i.id)
"""
_SINCE = """
SELECT {}(at) FROM log WHERE trainee_id = ? AND seq > (
  SELECT coalesce(max(seq), 0) FROM log WHERE trainee_id = ? AND act = 'summary.seal')
  AND act IN (SELECT value FROM json_each(?))
"""
_RECEIPT = (
    "SELECT receipt_at, name_fi, name_sv FROM region WHERE receipt_at IS NOT NULL ORDER BY 1 DESC LIMIT 1"
)


def health(unit: Opened, on: date) -> Health:
    """Counts of the outbox; an item waits until a receipt names its bundle."""
    run = unit.connection.exec_driver_sql
    waiting, oldest = run(_WAITING, outbox.WAITING).one()
    (aside,) = run(_ASIDE, (outbox.SET_ASIDE,)).one()
    receipt = run(_RECEIPT).first()
    days = (on - datetime.fromisoformat(oldest).astimezone(HELSINKI).date()).days if oldest else None
    return Health(
        waiting=waiting,
        oldest_days=days,
        set_aside=aside,
        receipt=datetime.fromisoformat(receipt[0]) if receipt else None,
        receipt_from=(receipt[1], receipt[2]) if receipt else ("", ""),
        line=_line(unit),
    )


def waits_since(unit: Opened, trainee_id: int, acts: Iterable[str], *, last: bool = False) -> datetime | None:
    """When the first of some acts, or the last, was logged since a trainee's summary was sealed last."""
    names = json.dumps(sorted(acts))
    statement = _SINCE.format("max" if last else "min")
    found = unit.connection.exec_driver_sql(statement, (trainee_id, trainee_id, names)).scalar()
    return datetime.fromisoformat(found) if found else None


def _line(unit: Opened) -> str:
    """How the worst of the lines stands; what a person must mend comes before what mends itself."""
    known = lines.lines(unit)
    states = {known.get(region.id, Line(region_id=region.id)).state for region in enrolments.regions(unit)}
    return next((state for state in WORST_FIRST if state in states), "")
