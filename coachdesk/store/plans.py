"""Plans and their versions: the repository."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, delete, func, select, update

from coachdesk.domain.plan import PRINTED, SIGNED, Plan, PlanVersion, Signature, must_be_open
from coachdesk.domain.plan_content import item_of, item_table
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows


class VersionRows(Rows[PlanVersion]):
    """Versions, whose items and signatures lie as JSON."""

    def read(self, row: RowMapping) -> PlanVersion:
        """A row as a version."""
        values: dict[str, Any] = {name: row[name] for name in self.names}
        values["items"] = tuple(item_of(table) for table in row["items"])
        values["participants"] = tuple(row["participants"])
        values["signatures"] = tuple(_signature_of(table) for table in row["signatures"])
        return PlanVersion(**values)

    def values(self, entity: PlanVersion) -> dict[str, Any]:
        """A version as a row."""
        found = super().values(entity)
        found["items"] = [item_table(item) for item in entity.items]
        found["participants"] = list(entity.participants)
        found["signatures"] = [
            {"role": one.role, "name": one.name, "on_day": one.on_day.isoformat()}
            for one in entity.signatures
        ]
        return found

    def put(self, unit: Opened, entity: PlanVersion, **beside: Any) -> None:
        """Write a version anew, unless it is signed: that one never changes, whoever asks.

        Raises:
            Refused: the version kept is signed; or it is printed, and these are other words.
            LookupError: there is no such version.
        """
        kept = self.get(unit, entity.id)
        if kept.state == SIGNED or (kept.state == PRINTED and _words(kept) != _words(entity)):
            must_be_open(kept)
        super().put(unit, entity, **beside)


def _words(version: PlanVersion) -> tuple[object, ...]:
    """What stands on the paper of a version."""
    return (version.language, version.items, version.participants, version.support_person)


def _signature_of(table: Mapping[str, Any]) -> Signature:
    return Signature(role=table["role"], name=table["name"], on_day=date.fromisoformat(table["on_day"]))


PLANS: Rows[Plan] = Rows(tables.plan, Plan)
VERSIONS = VersionRows(tables.plan_version, PlanVersion)


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Plan, ...]:
    """All plans of a trainee, in the order they were recorded."""
    return PLANS.find(unit, tables.plan.c.trainee_id == trainee_id)


def versions(unit: Opened, plan_id: int) -> tuple[PlanVersion, ...]:
    """The versions of a plan, the newest first."""
    return VERSIONS.find(
        unit, tables.plan_version.c.plan_id == plan_id, order=tables.plan_version.c.version.desc()
    )


def by_number(unit: Opened, number: str) -> Plan | None:
    """The plan of a number printed on paper."""
    found = PLANS.find(unit, tables.plan.c.number == number, limit=1)
    return found[0] if found else None


def by_check_code(unit: Opened, check_code: str) -> PlanVersion | None:
    """The newest version that was finished or printed with that check code."""
    v = tables.plan_version.c
    found = VERSIONS.find(unit, v.check_code == check_code, order=v.id.desc(), limit=1)
    return found[0] if found else None


def numbered(unit: Opened, plan: Plan, prefix: str, year: int) -> Plan:
    """The plan with the next free number of its prefix and year: A-2026-0001."""
    start = f"{prefix}-{year}-"
    last = unit.connection.scalar(
        select(func.max(tables.plan.c.number)).where(tables.plan.c.number.startswith(start, autoescape=True))
    )
    return replace(plan, number=f"{start}{int(last[len(start) :]) + 1 if last else 1:04d}")


def remove(unit: Opened, plan: Plan) -> None:
    """Take a plan away with its versions and with what is typed into them."""
    d = tables.draft.c
    subject = f"trainee:{plan.trainee_id}:plan:{plan.id}:"
    unit.connection.execute(
        delete(tables.draft).where(d.form == "plan", d.subject.startswith(subject, autoescape=True))
    )
    unit.connection.execute(delete(tables.plan_version).where(tables.plan_version.c.plan_id == plan.id))
    approved = update(tables.region_letter).where(tables.region_letter.c.plan_id == plan.id)
    unit.connection.execute(approved.values(plan_id=None, taken_over=None))  # a number may be given anew
    PLANS.remove(unit, plan.id)
