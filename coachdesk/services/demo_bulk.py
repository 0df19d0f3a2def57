"""A big desk for measuring: the rows are written at once, with one line in the log for each kind.

About one trainee in 25 is in a period now, in workshops of some sixty people; the others have left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from coachdesk.domain.identity_code import parse
from coachdesk.domain.letters import name_fold, name_sort
from coachdesk.domain.planned_days import days_of
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.services import holidays_of, workshops
from coachdesk.services.demo_people import Persona, personas, words
from coachdesk.services.desk import Desk
from coachdesk.store import bulk
from coachdesk.store.unit import Unit

NOW_ONE_IN = 25
IN_A_WORKSHOP = 60
_KINDS = (
    *("present",) * 43, *("own_illness",) * 3, "childs_illness", "remote", "interview", "unnotified",
)  # fmt: skip
_WEEKS = ((1, 2, 3, 4), (1, 2, 4), (2, 3, 4), (1, 2, 3, 5))
_MINUTES = {"present": 300, "remote": 240}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Stay:
    """A trainee's period: where, whether it goes on, and its attended days."""

    trainee: int
    workshop: int
    group: int
    ended: date | None
    weekdays: tuple[int, ...]
    days: tuple[date, ...]

    @property
    def begins(self) -> date:
        """The first day of the period."""
        return self.days[0]


def fill_at_once(
    desk: Desk, *, trainees: int, days: int, notes: int, seed: int = 1, progress: Progress | None = None
) -> None:
    """Fill a new desk with so many trainees, attended days and notes, as near as whole days allow.

    Args:
        desk: a new desk with its one workshop.
        trainees: people, each with a period, openings of phases, a benefit, a plan and a next step.
        days: attended days in all.
        notes: contact notes in all.
        seed: the same seed makes the same rows.
        progress: told done and total.
    """
    tell = progress or (lambda done, total: None)
    random = Random(f"bulk {seed}")
    today = desk.clock.today()
    shops = _furnish(desk, trainees)
    people = list(personas(trainees, years=3, seed=seed, today=today, coaches=(desk.coach_id,)))
    tell(8, 100)
    with desk.writing() as unit:
        first = bulk.next_id(unit, "trainee")
        stays = list(_stays(trainees, first, shops, days, today, random))
        period = bulk.next_id(unit, "period")
        _write_people(unit, people, stays)
        _write_stays(unit, stays, period, today)
        _log(unit, "trainee", len(people))
        unit.commit()
    tell(15, 100)
    with desk.writing() as unit:
        with bulk.without_indexes(unit, "attended_day"):
            for written in bulk.insert(unit, "attended_day", _DAY, _days(stays, period, random)):
                tell(15 + 55 * written // max(1, days), 100)
        _log(unit, "attended_day", days)
        unit.commit()
    with desk.writing() as unit:
        with bulk.without_indexes(unit, "note"):
            for written in bulk.insert(unit, "note", _NOTES, _notes(stays, notes, desk.coach_id, random)):
                tell(72 + 20 * written // max(1, notes), 100)
        _log(unit, "note", notes)
        unit.commit()
    with desk.writing() as unit:
        bulk.analyse(unit)
        unit.commit()
    tell(100, 100)


def _furnish(desk: Desk, trainees: int) -> list[tuple[int, int]]:
    """Workshops enough that each has some sixty people now; each with one group."""
    shops = workshops.all_workshops(desk)
    for number in range(max(1, trainees // NOW_ONE_IN // IN_A_WORKSHOP) - 1):
        name = f"Paja {number + 2}"
        workshops.add_workshop(desk, Workshop(name_fi=name, name_sv=f"Verkstad {number + 2}"))
    if len(workshops.coaches(desk)) < 2:
        workshops.add_coach(desk, Coach(name="Jukka Perälä"))
    shops = workshops.all_workshops(desk)
    return [(shop.id, workshops.add_group(desk, shop.id, shop.name_fi).id) for shop in shops]


def _stays(
    count: int, first: int, shops: list[tuple[int, int]], days: int, today: date, random: Random
) -> Iterator[_Stay]:
    each, more = divmod(days, max(1, count))
    open_days = {weekdays: _open_days(weekdays, today) for weekdays in _WEEKS}
    for number in range(count):
        shop, group = shops[number % len(shops)]
        weekdays = _WEEKS[number % len(_WEEKS)]
        now = number // len(shops) % NOW_ONE_IN == 0
        last = today - timedelta(days=1 if now else 30 + random.randrange(2500))
        until = bisect_right(open_days[weekdays], last)
        attended = open_days[weekdays][until - max(1, each + (number < more)) : until]
        yield _Stay(first + number, shop, group, None if now else last, weekdays, tuple(attended))


def _open_days(weekdays: tuple[int, ...], today: date) -> list[date]:
    """Every day on which such a week has been held in twenty years."""
    closed = {day for year in range(today.year - 20, today.year + 1) for day in holidays_of.of_year(year)}
    span = days_of(today.replace(year=today.year - 20, day=1), today)
    return [day for day in span if day.isoweekday() in weekdays and day not in closed]


_PERSON = (
    "id", "family_name", "given_names", "personal_identity_code", "birth_date", "phone", "municipality",
    "mother_tongue", "service_language", "responsible_coach_id", "referred_by", "first_contact", "goal",
    "name_fold", "name_sort",
)  # fmt: skip
_DAY = ("period_id", "day", "trainee_id", "kind", "minutes")
_Written = dict[str, tuple[tuple[str, ...], Iterator[tuple[object, ...]]]]  # columns and rows by table
_NOTES = ("trainee_id", "at", "minutes", "kind", "place", "text", "coach_id")


def _write_people(unit: Unit, people: list[Persona], stays: list[_Stay]) -> None:
    rows = (_person(persona, stay) for persona, stay in zip(people, stays, strict=True))
    for _ in bulk.insert(unit, "trainee", _PERSON, rows):
        pass


def _person(persona: Persona, stay: _Stay) -> tuple[object, ...]:
    contact = stay.begins - timedelta(days=30)
    t = replace(persona.trainee, given_names=_given(persona), first_contact=contact)
    born = parse(t.personal_identity_code).birth_date.isoformat() if t.personal_identity_code else None
    return (
        stay.trainee, t.family_name, t.given_names, t.personal_identity_code, born, t.phone, t.municipality,
        t.mother_tongue, t.service_language, t.responsible_coach_id, t.referred_by, contact.isoformat(),
        t.goal, name_fold(t.family_name, t.given_names), name_sort(t.family_name, t.given_names),
    )  # fmt: skip


def _given(persona: Persona) -> str:
    """Ten thousand people need more than one given name to be told apart."""
    names = words()["names"]["sv" if persona.trainee.mother_tongue == "sv" else "fi"]
    every = [*names["women"], *names["men"]]
    second: str = every[persona.number * 7 % len(every)]
    return f"{persona.trainee.given_names} {second}"


def _write_stays(unit: Unit, stays: list[_Stay], first: int, today: date) -> None:
    for name, (names, rows) in (_periods(stays, first, today) | _courses(stays, today)).items():
        for _ in bulk.insert(unit, name, names, rows):
            pass


def _periods(stays: list[_Stay], first: int, today: date) -> _Written:
    """The periods themselves, with what hangs on them."""
    coming = str(today + timedelta(days=120))
    return {
        "period": (
            ("id", "trainee_id", "workshop_id", "service_kind", "begins", "ends", "ended", "end_reason"),
            (
                (
                    first + n, s.trainee, s.workshop, "rehabilitative_work_activity", str(s.begins),
                    str(s.ended or coming), _text(s.ended), "as_agreed" if s.ended else "",
                )
                for n, s in enumerate(stays)
            ),
        ),
        "agreed_day": (
            ("period_id", "weekday", "starts_at", "minutes", "valid_from"),
            (
                (first + n, day, "09:00:00.000000", 300, str(s.begins))
                for n, s in enumerate(stays)
                for day in s.weekdays
            ),
        ),
        "membership": (
            ("period_id", "group_id", "begins"),
            ((first + n, s.group, str(s.begins)) for n, s in enumerate(stays)),
        ),
    }  # fmt: skip


def _courses(stays: list[_Stay], today: date) -> _Written:
    """What else a stay brings: phases, coaching, a benefit, a plan made elsewhere and a next step."""
    return {
        "opening": (
            ("trainee_id", "phase", "opened", "closed", "date_known"),
            (
                (s.trainee, phase, str(s.begins + timedelta(days=20 * phase)), _closed(s, phase), 1)
                for s in stays
                for phase in (1, 2, 3)
            ),
        ),
        "coaching": (
            ("trainee_id", "begins", "ends", "outcome"),
            ((s.trainee, str(s.begins), _text(s.ended), "studies" if s.ended else "") for s in stays),
        ),
        "benefit": (
            ("trainee_id", "benefit", "payer", "begins"),
            ((s.trainee, "general_support", "kela", str(s.begins)) for s in stays),
        ),
        "plan": (
            ("trainee_id", "kind", "ours", "maker", "made"),
            ((s.trainee, "employment_plan", 0, "–", str(s.begins + timedelta(days=30))) for s in stays),
        ),
        "next_step": (
            ("trainee_id", "text", "due"),
            (
                (s.trainee, words()["words"]["fi"]["steps"][n % 8], str(today + timedelta(days=n % 30)))
                for n, s in enumerate(stays)
                if s.ended is None
            ),
        ),
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _closed(stay: _Stay, phase: int) -> str | None:
    if stay.ended is None:
        return None if phase > 1 else str(stay.begins + timedelta(days=45))
    return str(max(stay.ended, stay.begins + timedelta(days=20 * phase)))


def _days(stays: list[_Stay], first: int, random: Random) -> Iterator[tuple[object, ...]]:
    """Marks in the order of the table's own key."""
    for number, stay in enumerate(stays):
        for day in stay.days:
            kind = _KINDS[random.randrange(len(_KINDS))]
            yield first + number, day.isoformat(), stay.trainee, kind, _MINUTES.get(kind, 0)


def _notes(stays: list[_Stay], notes: int, coach: int, random: Random) -> Iterator[tuple[object, ...]]:
    texts = [*words()["words"]["fi"]["notes"], *words()["words"]["sv"]["notes"]]
    each, more = divmod(notes, max(1, len(stays)))
    for number, stay in enumerate(stays):
        for turn in range(each + (number < more)):
            day = stay.begins + timedelta(days=turn * 9)
            at = f"{day.isoformat()}T{7 + turn % 6:02d}:05:00.000000+00:00"
            yield stay.trainee, at, 30, "conversation", "workshop", texts[random.randrange(len(texts))], coach


def _log(unit: Unit, table: str, rows: int) -> None:
    unit.log("demo.fill", subject=table, after={"rows": rows})
