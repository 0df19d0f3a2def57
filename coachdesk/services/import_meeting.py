"""What the rows of a read sheet would do on the desk as it stands in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachdesk.domain.letters import fold
from coachdesk.domain.planned_days import month_of as days_of_month
from coachdesk.domain.trainee import Trainee
from coachdesk.importing.draft import Draft, Finding
from coachdesk.importing.known import Attending, Register, plan_month, plan_notes
from coachdesk.importing.meeting import People, groups, plan_rows
from coachdesk.importing.row_plan import Existing, House, RowPlan
from coachdesk.store import imports as store
from coachdesk.store import workshops
from coachdesk.store.unit import Unit

if TYPE_CHECKING:
    from coachdesk.services.import_preview import ImportPreview


def plan_of(unit: Unit, found: ImportPreview) -> tuple[tuple[RowPlan, ...], tuple[Finding, ...]]:
    """What the rows would do on the desk as it is in this unit."""
    everybody = store.everybody(unit)
    if found.kind == "people":
        return _plan_people(unit, found.draft, everybody)
    register = Register(everybody)
    if found.kind == "notes":
        known = store.records(unit, "note", register.people(found.draft.rows))
        return plan_notes(found.draft.rows, register, known, unit.on, unit.coach_id or 0)
    if found.month is None:
        return (), ()
    people_ = register.people(row.person for row in found.marks)
    return plan_month(found.marks, register, _attending(unit, people_, found.month), unit.on)


def _plan_people(
    unit: Unit, draft: Draft, everybody: Sequence[Trainee]
) -> tuple[tuple[RowPlan, ...], tuple[Finding, ...]]:
    register = People(everybody)
    names = set(register.names)
    met = groups(draft.rows, register)
    existing = dict(_existing(unit, [trainee for _, trainee in met if trainee]))
    house = _house(unit)
    plans: list[RowPlan] = []
    findings: list[Finding] = []
    for group, trainee in met:
        plan, more = plan_rows(group, existing[trainee.id] if trainee else None, house, names)
        plans.append(plan)
        findings.extend(more)
    return tuple(plans), tuple(findings)


def _existing(unit: Unit, met: Sequence[Trainee]) -> Iterator[tuple[int, Existing]]:
    ids = [trainee.id for trainee in met]
    by_table = {
        name: store.records(unit, name, ids) for name in ("coaching", "opening", "plan", "feedback", "period")
    }
    ours = [period.id for of in by_table["period"].values() for period in of]
    agreed, places = store.agreed_days(unit, ours), store.memberships(unit, ours)
    for trainee in met:
        yield (
            trainee.id,
            Existing(
                trainee=trainee,
                coachings=by_table["coaching"].get(trainee.id, ()),
                openings=by_table["opening"].get(trainee.id, ()),
                plans=by_table["plan"].get(trainee.id, ()),
                grades=by_table["feedback"].get(trainee.id, ()),
                periods=by_table["period"].get(trainee.id, ()),
                agreed=agreed,
                places=places,
            ),
        )


def _house(unit: Unit) -> House:
    shops = workshops.WORKSHOPS.find(unit)
    return House(
        coaches={fold(coach.name): coach.id for coach in workshops.COACHES.find(unit)},
        workshops={fold(name): shop.id for shop in shops for name in (shop.name_fi, shop.name_sv) if name},
        groups={(one.workshop_id, fold(one.name)): one for one in workshops.GROUPS.find(unit)},
    )


def _attending(unit: Unit, trainees_: Iterable[int], month: date) -> Attending:
    days = days_of_month(month)
    periods = store.records(unit, "period", trainees_)
    running = [p for of in periods.values() for p in of if p.begins <= days[-1]]
    return Attending(
        periods=periods,
        agreed=store.agreed_days(unit, (p.id for p in running)),
        marks=store.marks(unit, running, days[0], days[-1]),
        workshops=_house(unit).workshops,
    )
