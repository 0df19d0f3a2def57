"""Consents of the made-up people: most to the region, some ending soon, one withdrawn, one forbidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from coachdesk.domain.codes import codes
from coachdesk.services import consents
from coachdesk.services.demo_happening import Happening, Life, at
from coachdesk.services.demo_people import words
from coachdesk.services.desk import Desk

REGION = "wellbeing_area_ostrobothnia"
_SCOPES = (
    ("basic", "phases", "goals", "attended", "plan"),
    ("phases", "attended", "plan", "job_search", "self_assessment"),
    ("basic", "phases", "goals", "attended", "plan", "job_search", "self_assessment", "support"),
    ("phases", "attended"),
    ("basic", "phases", "plan"),
)
_LEFT = {"consent_ends": 12, "ill": 24}  # days until it ends, by story
_NONE = ("new", "network")  # those who have given none


def happenings(life: Life) -> Iterator[Happening]:
    """The consents, permission and prohibition of one person."""
    persona = life.persona
    if persona.part == "waiting" or persona.story in _NONE or persona.number % 7 == 5:
        return
    given = life.began + timedelta(days=2)
    until = life.today + timedelta(days=_LEFT.get(persona.story, 90 + persona.number * 13 % 200))
    if life.left:
        until = given + timedelta(days=180)  # ran out after the person had left
    yield Happening(at=at(given, 11), act=_giver(life, REGION, _SCOPES[persona.number % 5], until))
    if persona.story == "withdrawn":
        yield Happening(
            at=at(life.today - timedelta(days=12), 11),
            act=lambda desk: consents.withdraw(desk, life.consents[REGION]),
        )
    if persona.story == "job_soon":
        employer, until = "Kielorannan Taimisto Oy", life.today + timedelta(days=120)
        act = _giver(life, employer, ("job_search", "support"), until, how="spoken")
        yield Happening(at=at(life.today - timedelta(days=6), 11), act=act)
    if persona.story == "protected":
        school = {"fi": "Esimerkin ammattiopisto", "sv": "Yrkesinstitutet Exemplet"}
        name = school[persona.trainee.service_language]
        yield Happening(
            at=at(life.today - timedelta(days=30), 10),
            act=lambda desk: consents.forbid(desk, life.trainee_id, recipient=name),
        )
    if persona.story == "steady" and persona.part == "cast":
        area = codes("bodies").name(REGION, life.house.language)
        yield Happening(
            at=at(given, 11, 15),
            act=lambda desk: consents.permit(desk, life.trainee_id, to_whom=area, ground="703/2023"),
        )


def _giver(
    life: Life, recipient: str, scopes: tuple[str, ...], until: date, *, how: str = "signed"
) -> Callable[[Desk], object]:
    def act(desk: Desk) -> None:
        coach = life.house.coaches[life.persona.number % len(life.house.coaches)][1]
        life.consents[recipient] = consents.give(
            desk,
            life.trainee_id,
            recipient=recipient,
            scopes=scopes,
            valid_to=until,
            purpose=words()["words"][life.persona.trainee.service_language]["purpose"],
            given_how=how,
            witness=coach if how == "spoken" else "",
            explained_language=life.persona.trainee.service_language,
            explained_by=coach,
        ).id

    return act
