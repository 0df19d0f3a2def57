"""Plans of the made-up people: most made by others, ours in every state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import PlanItem, PlanVersion, Signature
from coachdesk.services import plan_items, plan_replacing, plans, plans_by_others
from coachdesk.services.demo_happening import Happening, Life, at
from coachdesk.services.demo_people import words
from coachdesk.services.desk import Desk

_OTHERS = (
    ("multidisciplinary_employment_plan", "employment_area_ostrobothnia"),
    ("client_plan", "wellbeing_area_ostrobothnia"),
    ("employment_plan", "employment_area_ostrobothnia"),
    ("service_plan", "wellbeing_area_ostrobothnia"),
)

# Of the cast by number: kind and how far our own plan has come; the others' plans are made by others.
_OURS = {
    0: ("multidisciplinary_employment_plan", "new_version"),
    3: ("coaching_plan", "draft"),
    4: ("activation_plan", "signed"),
    7: ("activation_plan", "final"),
    8: ("work_ability_support_plan", "printed"),
    11: ("coaching_plan", "signed"),
    12: ("activation_plan", "half"),
}


def happenings(life: Life) -> Iterator[Happening]:
    """The plan, or plans, of one person."""
    number = life.persona.number
    contact = life.persona.trainee.first_contact
    assert contact is not None
    if life.persona.part == "waiting" or life.persona.story == "new":
        return
    late = number % 4 == 2
    made = contact + timedelta(days=104 if late else 20 + number * 7 % 60)
    made = min(made, (life.ended or life.today) - timedelta(days=2))
    ours = _OURS.get(number) if life.persona.part == "cast" else None
    if ours is None or ours[0] == "coaching_plan":
        yield Happening(at=at(made, 13), act=_others(life, made, *_OTHERS[number % len(_OTHERS)]))
    if ours:
        kind, state = ours
        begun = made if state in ("signed", "new_version") else life.today - timedelta(days=6)
        yield Happening(at=at(begun, 13, 20), act=lambda desk: _own(desk, life, kind, state))


def _others(life: Life, made: date, kind: str, maker: str) -> Callable[[Desk], object]:
    permits = life.persona.number % 5 != 2
    stands = life.persona.number % 6 == 1
    review = made + timedelta(days=180)
    if life.persona.story == "review_late":
        review = life.today - timedelta(days=4)
    language = life.persona.trainee.service_language
    return lambda desk: plans_by_others.record_others_plan(
        desk,
        life.trainee_id,
        kind=kind,
        maker=codes("bodies").name(maker, language),
        made=made,
        valid_from=made,
        valid_to=made + timedelta(days=365),
        review=review,
        permission=permits,
        permission_given=made if permits else None,
        our_goals=words()["words"][language]["ours"] if permits else "",
        replaces_kind="work_ability_support_plan" if stands else "",
    )


def _own(desk: Desk, life: Life, kind: str, state: str) -> None:
    version = plans.begin(desk, life.trainee_id, kind)
    items = _items(life, kind, version.language)
    plan_items.set_items(desk, version.id, items[: len(items) // 2] if state == "half" else items)
    people = [life.persona.trainee.spoken_name, life.house.coaches[0][1]]
    plan_items.set_participants(desk, version.id, people)
    if state in ("draft", "half"):
        return
    _stand_for(desk, version, kind)
    plans.finish(desk, version.id)
    plan_items.explain(desk, version.id, language=version.language, by=life.house.coaches[0][1])
    if state == "final":
        return
    plans.mark_printed(desk, version.id)
    if state == "printed":
        return
    roles = (
        ["trainee", "coach"]
        if kind == "coaching_plan"
        else ["trainee", "wellbeing_area", "employment_authority"]
    )
    names = {
        "trainee": people[0],
        "coach": people[1],
        "wellbeing_area": "Tuula Mallikas",
        "employment_authority": "Kaj Exempel",
    }
    signatures = [Signature(role=role, name=names[role], on_day=desk.clock.today()) for role in roles]
    plans.sign(desk, version.id, on=desk.clock.today(), signatures=signatures)
    if state == "new_version":
        plans.new_version(desk, version.plan_id)


def _stand_for(desk: Desk, version: PlanVersion, kind: str) -> None:
    if kind in ("activation_plan", "multidisciplinary_employment_plan"):
        plan_replacing.set_replaces(desk, version.plan_id, replaces_kind="work_ability_support_plan")


def _items(life: Life, kind: str, language: str) -> list[PlanItem]:
    """An item for each that the kind asks for, in the trainee's language of papers."""
    said: Mapping[str, Any] = words()["words"][language]
    coach = life.house.coaches[0][1]
    workshop = {"fi": "Merenkurkun työpaja", "sv": "Kvarkens verkstad"}[language]
    ends = life.began + timedelta(days=300)
    review = max(life.today, life.began) + timedelta(days=60)
    persona = life.persona
    text = {
        "education_and_career": said["education"],
        "earlier_services": said["earlier"],
        "earlier_plans": said["earlier_plans"],
        "service_need": said["need"],
        "situation_now": said["situation"],
        "agreed_services": said["services"],
        "activity_goal": said["aim"],
        "parallel_services": said["parallel"],
    }
    filled = {
        "goals": {"text": persona.trainee.goal, "proposed_by": "trainee"},
        "measures": {"text": said["measure"], "who": coach, "by_when": review, "proposed_by": "together"},
        "activity": {"text": said["work"], "place": workshop},
        "duration": {"minutes_a_day": persona.minutes, "days_a_week": min(4, len(persona.weekdays))},
        "activity_period": {"begins": life.began, "ends": ends},
        "support_and_guidance": {"text": said["guidance"], "who": coach},
        "review": {"by_when": review},
    }
    found = []
    for code in _asked(kind):
        fields: dict[str, Any] = dict(
            filled.get(code, {"text": text.get(code, said["situation"]), "who": coach})
        )
        found.append(PlanItem(key="", kind=code, **fields))
    return [replace(item, key=f"{item.kind}-1") for item in found]


def _asked(kind: str) -> tuple[str, ...]:
    return tuple(code.key for code in codes("plan_items") if kind in code.more.get("plans", ()))
