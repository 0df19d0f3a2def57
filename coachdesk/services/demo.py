"""The demo desk: made, and filled with made-up people by the ordinary services.

A small one (up to 200 people) lives its year act by act; a big one is written at once by
``demo_bulk``, for measuring.  The same seed makes the same desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from coachdesk.clock import Clock, FixedClock
from coachdesk.domain.planned_days import days_of
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.services import (
    attendance,
    demo_assessments,
    demo_consents,
    demo_life,
    demo_plans,
    holidays_of,
    phases,
    workshops,
)
from coachdesk.services.demo_happening import Happening, House, Life
from coachdesk.services.demo_people import Persona, personas, words
from coachdesk.services.desk import MADE_FOR, Desk
from coachdesk.services.first_run import remember_first_run
from coachdesk.services.opening import create_desk
from coachdesk.store import meta
from coachdesk.store.argon import FLOOR, KdfCost

MOST_BY_ACTS = 200
Progress = Callable[[int, int], None]
COACHES = ("Marika Sandberg", "Jukka Perälä", "Ann-Sofie Granholm")
WORKSHOP = Workshop(
    name_fi="Merenkurkun työpaja",
    name_sv="Kvarkens verkstad",
    organisation="Merenkurkun työpajayhdistys ry – Kvarkens verkstadsförening rf",
    street_address="Pajakuja 3 – Smedjegränd 3",
    postal_code="65100",
    post_office="Vaasa – Vasa",
    phone="000 000 0100",
    email="paja@esimerkki.example",
)
SECOND = Workshop(
    name_fi="Vöyrin nuorten työpaja", name_sv="Vörå ungdomsverkstad", organisation="Vöyri – Vörå"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMade:
    """A demo desk: where it lies, whose it is, and the paper key that opens it."""

    folder: Path
    coach: str
    recovery_groups: tuple[str, ...]


def make_demo(
    folder: Path,
    *,
    trainees: int = 40,
    years: int = 1,
    seed: int = 1,
    language: str = "fi",
    passphrase: str,
    clock: Clock,
    progress: Progress | None = None,
    cost: KdfCost | None = None,
    floor: KdfCost = FLOOR,
) -> DemoMade:
    """Make a desk and fill it; it is closed at the end.

    Args:
        folder: where the desk is made; empty or not yet there.
        trainees: how many people; 0 makes an empty desk.
        years: how far back the first contacts go.
        seed: the same seed makes the same people and days.
        language: what its coaches write, fi or sv.
        passphrase: of its first coach.
        clock: the moment at which the demo stands.
        progress: told done and total.
        cost, floor: of the passphrase slot, as ``create_desk``.

    Raises:
        Refused: the folder already holds something.
        Trouble: the disk is full or the folder cannot be written.
    """
    tell = progress or (lambda done, total: None)
    now = clock.now()
    filling = FixedClock(now - timedelta(days=366 * max(1, years) + 30)) if trainees else clock
    name = WORKSHOP.name(language)
    tell(0, 100)
    desk, groups = create_desk(
        folder,
        passphrase=passphrase,
        coach_name=COACHES[0],
        language=language,
        workshop_name=name,
        clock=filling,
        cost=cost,
        floor=floor,
    )
    try:
        tell(5, 100)
        remember_first_run(desk, "")
        if trainees:
            fill(desk, now, trainees=trainees, years=years, seed=seed, language=language, progress=tell)
            desk.clock = clock
            stand_at(desk, now)
        tell(100, 100)
    except BaseException:
        desk.close()
        _take_away(Path(folder))
        raise
    desk.close()
    return DemoMade(folder=Path(folder), coach=COACHES[0], recovery_groups=groups)


def _take_away(folder: Path) -> None:
    """A demo that was interrupted leaves nothing: the folder was empty before, or not there."""
    import shutil

    for part in folder.iterdir():
        shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def stand_at(desk: Desk, now: datetime) -> None:
    """Remember the moment that the made-up days end at."""
    with desk.writing() as unit:
        meta.put(unit, MADE_FOR, now.isoformat())
        unit.log("demo.fill", after={"now": now})
        unit.commit()


def fill(
    desk: Desk, now: datetime, *, trainees: int, years: int, seed: int, language: str, progress: Progress
) -> None:
    """Fill a new desk, whose clock is a ``FixedClock`` and is moved along; it ends at ``now``."""
    if trainees > MOST_BY_ACTS:
        from coachdesk.services.demo_bulk import fill_at_once

        desk.clock = FixedClock(now)
        fill_at_once(
            desk, trainees=trainees, days=trainees * 40 * years, notes=trainees * 4 * years, seed=seed,
            progress=progress,
        )  # fmt: skip
        return
    house = furnish(desk, now.date(), years=years, language=language)
    coaches = [coach for coach, _ in house.coaches]
    people = list(personas(trainees, years=years, seed=seed, today=now.date(), coaches=coaches))
    acts = sorted(_all(people, house, seed, now), key=lambda one: one.at)
    clock = FixedClock(now)
    desk.clock = clock
    for number, one in enumerate(acts):
        clock.at = min(one.at, now)
        one.act(desk)
        if number % 20 == 0:
            progress(5 + 94 * number // len(acts), 100)
    clock.at = now


def furnish(desk: Desk, today: date, *, years: int, language: str) -> House:
    """Workshops, groups, coaches, norms and the days on which nothing is arranged."""
    main = workshops.all_workshops(desk)[0]
    workshops.edit_workshop(desk, replace(WORKSHOP, id=main.id))
    second = workshops.add_workshop(desk, SECOND)
    groups = {
        key: workshops.add_group(desk, main.id, names[language]).id
        for key, names in words()["groups"].items()
    }
    second_group = workshops.add_group(desk, second.id, {"fi": "Kierrätys", "sv": "Återvinning"}[language]).id
    title = {"fi": "Työpajavalmentaja", "sv": "Verkstadshandledare"}[language]
    first = workshops.coach(desk)
    workshops.edit_coach(desk, _coach(first.name, title, language, first.id))
    others = [workshops.add_coach(desk, _coach(name, title, language)) for name in COACHES[1:]]
    for phase, days in ((2, 60), (3, 90)):
        phases.set_norm(desk, phase, days)
    closed = frozenset(_closed(desk, today, years, (main.id, second.id)))
    return House(
        main=main.id,
        second=second.id,
        groups=groups,
        second_group=second_group,
        coaches=((first.id, first.name), *((coach.id, coach.name) for coach in others)),
        language=language,
        closed=closed,
    )


def _all(people: list[Persona], house: House, seed: int, now: datetime) -> Iterator[Happening]:
    for persona in people:
        life = Life(persona=persona, house=house, random=Random(f"life {seed} {persona.number}"), now=now)
        yield from demo_life.happenings(life)
        yield from demo_plans.happenings(life)
        yield from demo_assessments.happenings(life)
        yield from demo_consents.happenings(life)


def _closed(desk: Desk, today: date, years: int, shops: tuple[int, ...]) -> Iterator[date]:
    """Public holidays, and the agreed pauses of July and Christmas, which are told to the desk."""
    for year in range(today.year - years, today.year + 1):
        yield from holidays_of.of_year(year)
        pauses = (
            *days_of(date(year, 7, 6), date(year, 7, 31)),
            *days_of(date(year, 12, 24), date(year, 12, 31)),
        )
        for day in pauses:
            if day.isoweekday() < 6:
                yield day
                if day not in holidays_of.of_year(year):
                    for shop in shops:
                        attendance.not_held(desk, shop, None, day, "pause")


def _coach(name: str, title: str, language: str, coach_id: int = 0) -> Coach:
    return Coach(id=coach_id, name=name, title=title, phone="000 000 0101", language=language)
