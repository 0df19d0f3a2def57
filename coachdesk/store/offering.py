"""Service cards, free places and aggregates in the store; who was in service on a day without a consent."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert

from coachdesk.domain.aggregate import Issued
from coachdesk.domain.offering import FreePlaces, ServiceCard
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

CARDS = Rows(tables.service_card, ServiceCard)
PLACES = Rows(tables.free_places, FreePlaces)
AGGREGATES = Rows(tables.aggregate, Issued)

_P, _G = tables.free_places.c, tables.aggregate.c

# who was in service at a workshop on a day: one row each, the period that began last
MEMBERS = """
SELECT p.trainee_id, p.id, p.service_kind, p.ended, p.end_reason, t.birth_date, t.service_language
FROM period p JOIN trainee t ON t.id = p.trainee_id
WHERE p.workshop_id = :workshop AND p.begins <= :day AND coalesce(p.ended, p.ends, '9999-12-31') >= :day
  AND NOT EXISTS (
    SELECT 1 FROM consent c WHERE c.trainee_id = t.id AND c.recipient = :recipient AND c.given <= :day
      AND c.valid_to >= :day AND (c.withdrawn IS NULL OR substr(c.withdrawn, 1, 10) > :day))
ORDER BY p.trainee_id, p.begins, p.id
"""
ATTENDED = """
SELECT d.trainee_id, count(DISTINCT d.day) FROM attended_day d
WHERE d.day BETWEEN :first AND :last AND d.kind IN (SELECT value FROM json_each(:kinds))
  AND d.trainee_id IN (SELECT value FROM json_each(:people)) GROUP BY d.trainee_id
"""
PHASES = """
SELECT o.trainee_id, o.phase FROM opening o
WHERE o.opened <= :day AND (o.closed IS NULL OR o.closed > :day)
  AND o.trainee_id IN (SELECT value FROM json_each(:people)) ORDER BY o.opened, o.phase
"""
BENEFITS = """
SELECT b.trainee_id, b.benefit FROM benefit b
WHERE b.begins <= :day AND (b.ends IS NULL OR b.ends >= :day)
  AND b.trainee_id IN (SELECT value FROM json_each(:people)) ORDER BY b.begins, b.id
"""


def card_of(unit: Opened, workshop_id: int) -> ServiceCard | None:
    """The card of a workshop, None where none was written."""
    found = CARDS.find(unit, tables.service_card.c.workshop_id == workshop_id, limit=1)
    return found[0] if found else None


def places_of(unit: Opened, workshop_id: int) -> tuple[FreePlaces, ...]:
    """The services of a workshop with their free places."""
    return PLACES.find(unit, _P.workshop_id == workshop_id, order=_P.id)


def put_places(unit: Opened, workshop_id: int, places: tuple[FreePlaces, ...]) -> None:
    """Set the services of a workshop and their free places."""
    unit.connection.execute(delete(tables.free_places).where(_P.workshop_id == workshop_id))
    for one in places:
        values = PLACES.values(one) | {"workshop_id": workshop_id}
        values.pop("id", None)
        unit.connection.execute(insert(tables.free_places).values(**values))


def issued(unit: Opened, region_id: str, workshop_id: int, quarter: str) -> Issued | None:
    """The aggregate that was accepted for a quarter, which is never made again."""
    where = (_G.region_id == region_id, _G.workshop_id == workshop_id, _G.quarter == quarter)
    found = AGGREGATES.find(unit, *where, limit=1)
    return found[0] if found else None


def all_issued(unit: Opened, region_id: str) -> tuple[Issued, ...]:
    """Every aggregate that was accepted for a region."""
    return AGGREGATES.find(unit, _G.region_id == region_id)


def read(unit: Opened, sql: str, **asked: Any) -> list[Any]:
    """The rows of one of the statements above."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
    return list(unit.connection.exec_driver_sql(sql, said))
