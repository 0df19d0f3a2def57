"""What is odd about a plan: days in a strange order, hours beyond the limits of law.  Seen, never a bar."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.period import AgreedDay, Caution, Period, warnings
from coachdesk.domain.phrases import GAP
from coachdesk.domain.plan import Plan, PlanVersion
from coachdesk.i18n import N_

ACTIVITY = "rehabilitative_work_activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A caution and the kinds of item beside which it is shown."""

    kinds: tuple[str, ...]
    caution: Caution


def cautions(plan: Plan, version: PlanVersion, on: date) -> tuple[Beside, ...]:
    """What is odd in a version of ours, on the day it is read."""
    limits = [Beside(kinds=("duration", "activity_period"), caution=one) for one in _limits(plan, version)]
    return (*limits, *_days(version, on), *_gaps(version)) if version.open else tuple(limits)


def others_cautions(plan: Plan, first_contact: date | None, on: date) -> tuple[Caution, ...]:
    """What is odd about the days of another's plan."""
    found = []
    if plan.made and first_contact and plan.made < first_contact:
        message = N_("The plan is older than the first contact ({day}).")
        found.append(Caution(key="older", message=message, values={"day": first_contact}))
    if plan.review is None:
        message = N_("The plan has no day of review. Ask its maker when it is assessed.")
        found.append(Caution(key="no_review", message=message, values={}))
    elif plan.review < on:
        message = N_("The review was due on {day}.")
        found.append(Caution(key="review_passed", message=message, values={"day": plan.review}))
    if plan.valid_to and plan.valid_to < on:
        message = N_("The plan is no longer in force: its last day was {day}.")
        found.append(Caution(key="ended", message=message, values={"day": plan.valid_to}))
    return tuple(found)


def _gaps(version: PlanVersion) -> list[Beside]:
    """Gaps of phrases that nobody has filled: on paper they stand as lines to write on."""
    message = N_("A gap (___) is still empty in the text.")
    caution = Caution(key="gap", message=message, values={})
    kinds = dict.fromkeys(item.kind for item in version.items if GAP.search(item.text))
    return [Beside(kinds=(kind,), caution=caution) for kind in kinds]


def _days(version: PlanVersion, on: date) -> list[Beside]:
    """Days of a draft that have passed, or that come in a strange order."""
    found = []
    starts = _said(version, "begins")
    for item in version.items:
        if item.by_when is None:
            continue
        values = {"day": item.by_when}
        if item.by_when < on:
            message = N_("The day {day} has already passed.")
            found.append(
                Beside(kinds=(item.kind,), caution=Caution(key="passed", message=message, values=values))
            )
        elif item.kind == "review" and starts and item.by_when < starts:
            message = N_("The review {day} is before the activity starts ({start}).")
            values["start"] = starts
            found.append(
                Beside(kinds=(item.kind,), caution=Caution(key="early", message=message, values=values))
            )
    return found


def _limits(plan: Plan, version: PlanVersion) -> tuple[Caution, ...]:
    """Where the activity in the plan goes over or under the limits of 189/2001 section 13."""
    if not codes("plan_kinds")[plan.kind].more.get("section_9"):
        return ()
    start = _said(version, "begins") or version.begun.date()
    minutes, days = _said(version, "minutes_a_day"), _said(version, "days_a_week")
    period = Period(
        trainee_id=plan.trainee_id,
        workshop_id=0,
        service_kind=ACTIVITY,
        begins=start,
        ends=_said(version, "ends"),
    )
    agreed = [
        AgreedDay(period_id=0, weekday=day, starts_at=time(9), minutes=minutes, valid_from=start)
        for day in range(1, min(days or 1, 7) + 1)
        if minutes
    ]
    return warnings(period, agreed)


def _said(version: PlanVersion, field: str) -> Any:
    """What the last item that has the field says there; None where none has."""
    said = [getattr(item, field) for item in version.items if getattr(item, field)]
    return said[-1] if said else None
