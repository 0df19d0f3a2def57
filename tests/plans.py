"""A plan of ours with everything written that is asked for."""

from datetime import date

from coachdesk.domain.plan import PlanItem, PlanVersion
from coachdesk.domain.plan_content import missing
from coachdesk.services import plan_items, plan_sheets, plans
from coachdesk.services.desk import Desk


def a_whole_plan(desk: Desk, trainee_id: int, kind: str = "coaching_plan") -> PlanVersion:
    """Its first version, not finished yet."""
    version = plans.begin(desk, trainee_id, kind)
    sheet = plan_sheets.version(desk, version.id)
    values = {"text": "Teksti", "who": "Göran", "by_when": date(2027, 6, 1)}
    for one in missing(sheet.plan, version, desk.clock.today()):
        item = PlanItem(key="", kind=one.code.key, **{name: values[name] for name in one.wants})  # type: ignore[arg-type]
        version = plan_items.write_item(desk, version.id, item)
    return version
