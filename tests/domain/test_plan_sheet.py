from dataclasses import replace
from datetime import UTC, date, datetime

from coachdesk.domain.plan import Plan, PlanItem, PlanVersion
from coachdesk.domain.plan_cautions import cautions
from coachdesk.domain.plan_sheet import PlansSheet, rows

DAY = date(2026, 12, 15)
PLAN = Plan(id=1, trainee_id=1, kind="activation_plan", number="A-2026-0001")
EMPTY = PlanVersion(plan_id=1, version=1, begun=datetime(2026, 12, 15, 7, 14, tzinfo=UTC))


def of(days: int, minutes: int, begins: date, ends: date) -> list[str]:
    items = (
        PlanItem(key="duration", kind="duration", days_a_week=days, minutes_a_day=minutes),
        PlanItem(key="activity_period", kind="activity_period", begins=begins, ends=ends),
    )
    return [one.caution.key for one in cautions(PLAN, replace(EMPTY, items=items), DAY)]


def test_limits_of_the_activity_warn_with_their_section() -> None:
    assert of(4, 300, date(2027, 1, 4), date(2027, 6, 30)) == []
    assert of(5, 300, date(2027, 1, 4), date(2027, 6, 30)) == ["days_per_week_max"]
    assert of(4, 180, date(2027, 1, 4), date(2027, 6, 30)) == ["minutes_per_day_min"]
    assert of(3, 300, date(2027, 1, 4), date(2027, 2, 1)) == ["period_months_min"]


def test_a_plan_without_a_law_is_held_against_no_limit() -> None:
    items = (PlanItem(key="duration", kind="duration", days_a_week=5, minutes_a_day=60),)

    assert cautions(replace(PLAN, kind="coaching_plan"), replace(EMPTY, items=items), DAY) == ()


def test_valid_plans_come_first_then_those_being_made_then_the_newest() -> None:
    plans = [
        replace(PLAN, id=1, made=date(2025, 1, 1)),
        replace(PLAN, id=2, made=date(2026, 1, 1)),
        replace(PLAN, id=3, kind="coaching_plan"),
        replace(PLAN, id=4, kind="client_plan", made=date(2024, 1, 1), valid_to=date(2024, 12, 31)),
    ]
    found = rows(plans, {}, DAY)

    assert [(row.plan.id, row.valid) for row in found] == [(2, True), (3, False), (1, False), (4, False)]
    assert found[2].replaced_by == plans[1]


def test_days_to_the_first_plan_are_held_against_three_months() -> None:
    sheet = PlansSheet(trainee_id=1, on=DAY, service_language="fi", rows=(), first_contact=date(2026, 8, 31))
    made = replace(sheet, first_made=date(2026, 11, 30))

    assert (made.days, made.due, made.late) == (91, date(2026, 11, 30), False)
    assert replace(sheet, first_made=date(2026, 12, 1)).late
    assert sheet.late
    assert not replace(sheet, first_contact=None).late
