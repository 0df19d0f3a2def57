"""What the region holds, for people and for programs."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from coachdesk.region import ledger, numbers, tables
from coachdesk.region.folder import Region


def listed(region: Region, today: date) -> dict[str, Any]:
    """Desks, summaries and withdrawn consents; what is past its last day is deleted first."""
    with region.writing() as connection:
        ledger.expire(connection, today)
        summaries = _summaries(connection)
        return {
            "devices": _devices(connection),
            "summaries": summaries,
            "withdrawn": _withdrawn(connection),
        }


def _devices(connection: Connection) -> list[dict[str, Any]]:
    rows = connection.execute(select(tables.device).order_by(tables.device.c.id)).mappings().all()
    return [
        {
            "id": row["id"],
            "label": row["label"],
            "enrolled": row["enrolled"],
            "heard": row["heard"],
            "state": row["state"],
            "since": row["since"],
            "epoch": row["epoch"],
            "missing": list(numbers.missing(connection, row["id"], row["epoch"])),
            "alarms": _alarms(connection, row["id"]),
        }
        for row in rows
    ]


def _alarms(connection: Connection, device: str) -> list[dict[str, Any]]:
    a = tables.alarm.c
    rows = connection.execute(select(tables.alarm).where(a.device == device).order_by(a.id)).mappings()
    return [{name: row[name] for name in ("kind", "epoch", "seq", "sha256", "at")} for row in rows]


def _summaries(connection: Connection) -> list[dict[str, Any]]:
    s = tables.summary.c
    statement = select(tables.summary).where(s.state == ledger.HELD).order_by(s.device, s.ref)
    rows = connection.execute(statement).mappings().all()
    same = _same_person(rows)
    return [
        {
            "ref": row["ref"],
            "device": row["device"],
            "version": row["version"],
            "consent": row["consent"],
            "valid_to": row["valid_to"],
            "fields": row["fields"],
            "joined": sorted(same[_code(row)] - {row["ref"]}) if _code(row) else [],
        }
        for row in rows
    ]


def _same_person(rows: Any) -> dict[str, set[str]]:
    """Refs by the identity code that their consents let out: the one thing by which two are joined."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[_code(row)].add(row["ref"])
    return found


def _code(row: Any) -> str:
    return str(row["fields"].get("personal_identity_code") or "")


def _withdrawn(connection: Connection) -> list[dict[str, Any]]:
    rows = connection.execute(select(tables.ledger).order_by(tables.ledger.c.at)).mappings()
    return [{name: row[name] for name in ("ref", "device", "version", "consent")} for row in rows]
