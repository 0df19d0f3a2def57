"""Made-up people of the demo desk: names of the coast, identity codes of the 900 series, a part to play.

The same seed makes the same people.  Nobody here is real.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from random import Random
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.identity_code import CENTURIES, check_symbol
from coachdesk.domain.trainee import Trainee
from coachdesk.settings import resource_folder

GROUPS = ("wood", "textile", "kitchen", "property", "individual")
PLACES = ("Vaasa", "Mustasaari", "Maalahti", "Laihia", "Vöyri", "Pietarsaari", "Närpiö")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A person and the part that he or she plays in the demo.

    ``part``: cast (expected today), running (in a period, not today), other (in the second workshop),
    ended, waiting (no period yet).  ``story`` is what is told of the person in ``demo_meetings``.
    """

    number: int
    trainee: Trainee
    part: str
    group: str
    starts: time
    weekdays: tuple[int, ...]
    minutes: int
    phases: tuple[int, ...]
    story: str = "steady"


@cache
def words() -> Mapping[str, Any]:
    """``resources/demo/people.toml``."""
    with (resource_folder() / "demo" / "people.toml").open("rb") as file:
        return tomllib.load(file)


def personas(count: int, *, years: int, seed: int, today: date, coaches: Sequence[int]) -> Iterator[Persona]:
    """So many people; the cast of the day first, then the others in turn."""
    random = Random(f"people {seed}")
    taken: set[str] = set()
    for number in range(count):
        cast = words()["cast"][number] if number < len(words()["cast"]) else None
        part = "cast" if cast else _PARTS[(number - len(words()["cast"])) % len(_PARTS)]
        yield _persona(random, number, cast or _anybody(random), part, years, today, coaches, taken)


_PARTS = ("running", "ended", "waiting", "other", "running", "ended", "running", "ended", "other", "waiting")


def _persona(
    random: Random,
    number: int,
    said: Mapping[str, Any],
    part: str,
    years: int,
    today: date,
    coaches: Sequence[int],
    taken: set[str],
) -> Persona:
    first_contact = today - timedelta(days=_days_back(random, part, said.get("story", ""), years))
    tongue = said["tongue"]
    service = said.get("service") or (tongue if tongue in ("fi", "sv") else random.choice(("fi", "fi", "sv")))
    told = words()["words"][service]
    code = _code(random, bool(said.get("woman")), taken)
    story = said.get("story", "steady")
    trainee = Trainee(
        family_name=said["family"],
        given_names=said["given"],
        personal_identity_code="" if number % 17 == 16 else code,
        phone=f"000 {random.randrange(10**6):06d}",
        email=f"osoite{number + 1}@esimerkki.example" if random.random() < 0.6 else "",
        street_address=f"{random.choice(_STREETS[service])} {random.randrange(1, 60)}",
        postal_code=f"65{random.randrange(1, 99):03d}",
        post_office="Vaasa" if service == "fi" else "Vasa",
        non_disclosure=story == "protected",
        municipality=_municipality(random),
        mother_tongue=tongue,
        service_language=service,
        interpreter_language=tongue if story == "interpreter" else "",
        language_level="B1" if tongue not in ("fi", "sv") else "",
        reached_how=random.choice(told["reached"]),
        devices=random.choice(told["devices"]),
        responsible_coach_id=coaches[number % len(coaches)],
        referred_by=random.choice(_REFERRERS),
        first_contact=first_contact,
        goal=random.choice(told["goals"]),
        support_needed=random.choice(told["support"]) if random.random() < 0.5 else "",
    )
    hour, minute = map(int, said.get("at", "9.00").split("."))
    return Persona(
        number=number,
        trainee=trainee,
        part=part,
        group=said.get("group") or GROUPS[number % len(GROUPS)],
        starts=time(hour, minute),
        weekdays=tuple(said.get("days") or random.choice(_WEEKS)),
        minutes=60 * said.get("hours", random.choice((4, 5, 6))),
        phases=tuple(said.get("phases") or random.choice(_PHASES)),
        story=story,
    )


_WEEKS = ((1, 3, 4), (1, 4, 5), (3, 4), (1, 3, 5), (3, 4, 5))  # never Tuesday: the cast is who comes then
_PHASES = ((1,), (1, 2), (2,), (2, 3), (3,), (3, 4), (4, 5), (5,))
_REFERRERS = (
    "employment_authority",
    "adult_social_work",
    "kela",
    "health_care",
    "self",
    "school",
    "joint_service",
)
_STREETS = {
    "fi": ("Rantatie", "Koulukatu", "Pajakuja", "Satamatie", "Metsäpolku"),
    "sv": ("Strandvägen", "Skolgatan", "Smedjegränd", "Hamnvägen", "Skogsstigen"),
}


def _anybody(random: Random) -> Mapping[str, Any]:
    names, woman = words()["names"], random.random() < 0.5
    if random.random() < 0.15:
        found: Mapping[str, Any] = random.choice(names["other"]["people"])
        return found
    tongue = "sv" if random.random() < 0.45 else "fi"
    given = names[tongue]["women" if woman else "men"]
    return {
        "family": random.choice(names[tongue]["family"]),
        "given": random.choice(given),
        "tongue": tongue,
        "woman": woman,
    }


def _days_back(random: Random, part: str, story: str, years: int) -> int:
    """How long ago the first contact was."""
    if story == "new":
        return 40
    if part == "waiting":
        return random.choice((6, 20, 45, 75, 110))  # the last is later than the goal of three months
    if part == "ended":
        return random.randrange(270, max(300, 365 * years))
    return random.randrange(150, 360)


def _code(random: Random, woman: bool, taken: set[str]) -> str:
    """A valid code of the 900 series; even individual numbers are women's."""
    while True:
        born = date(1962, 1, 1) + timedelta(days=random.randrange(365 * 46))
        signs = [sign for sign, year in CENTURIES.items() if year == 100 * (born.year // 100)]
        number = random.randrange(900, 1000, 2) + (not woman)
        birth = f"{born:%d%m%y}"
        code = f"{birth}{random.choice(signs)}{number}{check_symbol(birth, str(number))}"
        if code not in taken:
            taken.add(code)
            return code


@cache
def _municipalities() -> tuple[str, ...]:
    own = [code.key for code in codes("municipalities") if code.fi in PLACES]
    return tuple(own)


def _municipality(random: Random) -> str:
    return random.choice(_municipalities())
