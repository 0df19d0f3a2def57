"""The SELECTs of the list of trainees and of a trainee's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coachdesk.domain import letters
from coachdesk.domain import phases as phase_rules
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.letter_kinds import WORKER_CHANGED
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.phases import Coaching, NextStep, Opening, PhaseNorm
from coachdesk.domain.rights_request import REFUSED, RESTRICTION
from coachdesk.domain.trainee import Benefit, Feedback, Trainee
from coachdesk.domain.trainee_sheets import ConsentLine, Happening, PlanLine, TraineeRow
from coachdesk.store import appointments, periods, phases, swift, trainees
from coachdesk.store.engine import speak
from coachdesk.store.rows import Opened

FOUR_WEEKS = timedelta(days=27)
FIRST_WORDS = 160

_PEOPLE = """
SELECT id, family_name, given_names, former_names, personal_identity_code, responsible_coach_id, name_fold
FROM trainee ORDER BY name_sort, id
"""
_OPENINGS = """
SELECT trainee_id, phase, max(CASE WHEN closed IS NULL OR closed > ? THEN opened END)
FROM opening WHERE opened <= ? GROUP BY trainee_id, phase
"""
_STEPS = "SELECT trainee_id, text, due FROM next_step WHERE done IS NULL"
_PERIODS = "SELECT trainee_id, workshop_id, coalesce(ended, ends), end_reason, begins FROM period"
_COACHING = "SELECT trainee_id, ends, outcome FROM coaching"
_CONSENTS = """
SELECT trainee_id, min(valid_to) FROM consent
WHERE withdrawn IS NULL AND valid_to >= ? AND given <= ?
  AND id NOT IN (SELECT replaces_id FROM consent WHERE replaces_id IS NOT NULL)
GROUP BY trainee_id
"""


def listing(unit: Opened, on: date, others: frozenset[int] = frozenset()) -> tuple[TraineeRow, ...]:
    """A row for everybody but the trainees of the coaches ``others``, in the order of both languages."""
    run = unit.connection.exec_driver_sql
    day = on.isoformat()
    open_phases: dict[int, dict[int, str | None]] = defaultdict(dict)
    for who, phase, opened in run(_OPENINGS, (day, day)):
        open_phases[who][phase] = opened
    steps = {who: (text, due) for who, text, due in run(_STEPS)}
    consents = {row[0]: str(row[1]) for row in run(_CONSENTS, (day, day))}
    ends = _ends(run(_PERIODS), run(_COACHING), day)
    norms = phases.norms(unit)
    people: Iterable[Any] = run(_PEOPLE)
    return tuple(
        _row(order, person, open_phases.get(person[0], {}), steps, consents, ends, norms, on)
        for order, person in enumerate(people)
        if person[5] not in others
    )


class _End:
    """How far somebody's services reach: still running, or ended when and how."""

    __slots__ = ("last", "outcome", "running", "workshops")

    def __init__(self) -> None:
        self.running = False
        self.last = ""
        self.outcome = ""
        self.workshops: set[int] = set()

    def reach(self, last: str | None, outcome: str, day: str) -> None:
        if last is None or last >= day:
            self.running = True
        elif last >= self.last:
            self.last, self.outcome = last, outcome or self.outcome


def _ends(periods: Iterable[Any], coaching: Iterable[Any], day: str) -> dict[int, _End]:
    found: dict[int, _End] = defaultdict(_End)
    for who, workshop, last, reason, _begins in periods:
        found[who].reach(last, f"end:{reason}" if reason else "", day)
        found[who].workshops.add(workshop)
    for who, last, outcome in coaching:
        found[who].reach(last, outcome, day)
    return found


def _row(
    order: int,
    person: Any,
    openings: Mapping[int, str | None],
    steps: Mapping[int, tuple[str, str | None]],
    consents: Mapping[int, str],
    ends: Mapping[int, _End],
    norms: tuple[PhaseNorm, ...],
    on: date,
) -> TraineeRow:
    who, family, given, former, code, coach_id, folded = person
    end = ends.get(who)
    phase = max((number for number, opened in openings.items() if opened), default=0)
    opened = openings.get(phase)
    days = (on - date.fromisoformat(opened)).days if opened else None
    norm = phase_rules.norm_on(norms, phase, on) if phase else None
    over_and_done = bool(end and end.last and not end.running and not phase)
    text, due = steps.get(who, ("", None))
    return TraineeRow(
        trainee_id=who,
        name=f"{family}, {given}" if given else family,
        folded=folded,
        exact=letters.exact_fold(f"{family} {given} {former}"),
        code=code,
        order=order,
        phases="".join(_letter(openings, number) for number in phase_rules.PHASES),
        phase=phase,
        days=days,
        over=norm is not None and days is not None and days > norm,
        step=text,
        due=date.fromisoformat(due) if due else None,
        consent_to=date.fromisoformat(consents[who]) if who in consents else None,
        coach_id=coach_id,
        workshop_ids=frozenset(end.workshops) if end else frozenset(),
        ended=date.fromisoformat(end.last) if end and over_and_done else None,
        outcome=end.outcome if end and over_and_done else "",
    )


def _letter(openings: Mapping[int, str | None], phase: int) -> str:
    return "n" if phase not in openings else "o" if openings[phase] else "d"


_PERSON = swift.Reading(trainees.TRAINEES, "WHERE id = ?")
_OWN_OPENINGS = swift.Reading(phases.OPENINGS, "WHERE trainee_id = ? ORDER BY phase, opened, id")
_NORMS = swift.Reading(phases.NORMS, "")
_NEXT_STEP = swift.Reading(
    phases.NEXT_STEPS, "WHERE trainee_id = ? AND done IS NULL ORDER BY id DESC LIMIT 1"
)
_OWN_PERIODS = swift.Reading(periods.PERIODS, "WHERE trainee_id = ? ORDER BY begins DESC")
_AGREED = swift.Reading(periods.AGREED, "WHERE period_id = ? ORDER BY weekday")
_BENEFIT = swift.Reading(
    trainees.BENEFITS,
    "WHERE trainee_id = ? AND begins <= ? AND (ends IS NULL OR ends >= ?) ORDER BY begins DESC LIMIT 1",
)
_LAST_COACHING = swift.Reading(phases.COACHING, "WHERE trainee_id = ? ORDER BY begins DESC, id DESC LIMIT 1")
_GRADE = swift.Reading(trainees.FEEDBACK, "WHERE trainee_id = ? ORDER BY on_day DESC, id DESC LIMIT 1")
_COMING = swift.Reading(
    appointments.APPOINTMENTS, "WHERE trainee_id = ? AND at >= ? AND outcome = '' ORDER BY at LIMIT ?"
)


def person(unit: Opened, trainee_id: int) -> Trainee:
    """The trainee.

    Raises:
        LookupError: there is nobody with that id.
    """
    found = _PERSON.first(unit, trainee_id)
    if found is None:
        raise LookupError(f"no trainee {trainee_id}")
    return found


def openings(unit: Opened, trainee_id: int) -> tuple[tuple[Opening, ...], tuple[PhaseNorm, ...]]:
    """A trainee's openings of phases, and the workshop's norms."""
    return _OWN_OPENINGS(unit, trainee_id), _NORMS(unit)


def next_step(unit: Opened, trainee_id: int) -> NextStep | None:
    """The step that is not done yet."""
    return _NEXT_STEP.first(unit, trainee_id)


def best_period(unit: Opened, trainee_id: int, on: date) -> tuple[Period | None, tuple[AgreedDay, ...]]:
    """The period that the page tells of: the running one that began last, else the next, else the last."""
    found = _OWN_PERIODS(unit, trainee_id)
    running = [period for period in found if period.covers(on)]
    coming = [period for period in found if period.begins > on]
    best = next(iter(running or coming[-1:] or found), None)
    if best is None:
        return None, ()
    return best, _AGREED(unit, best.id)


def benefit(unit: Opened, trainee_id: int, on: date) -> Benefit | None:
    """The benefit of a day."""
    day = on.isoformat()
    return _BENEFIT.first(unit, trainee_id, day, day)


def coaching(unit: Opened, trainee_id: int) -> Coaching | None:
    """The job coaching that began last."""
    return _LAST_COACHING.first(unit, trainee_id)


def grade(unit: Opened, trainee_id: int) -> Feedback | None:
    """The newest grade of satisfaction."""
    return _GRADE.first(unit, trainee_id)


def coming(unit: Opened, trainee_id: int, at: datetime, limit: int) -> tuple[Appointment, ...]:
    """The next appointments, the nearest first."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return _COMING(unit, trainee_id, moment, limit)


_HAPPENINGS = swift.unpeeked(f"""
SELECT id, at, kind, minutes, substr(text, 1, {FIRST_WORDS}),
  (SELECT count(*) FROM note WHERE trainee_id = ? AND deleted = 0)
FROM note WHERE trainee_id = ? AND deleted = 0 ORDER BY at DESC, id DESC LIMIT ?
""")
_IN_FORCE = swift.unpeeked("""
SELECT recipient, valid_to FROM consent AS c
WHERE trainee_id = ? AND withdrawn IS NULL AND given <= ? AND valid_to >= ?
  AND NOT EXISTS (SELECT 1 FROM consent AS newer WHERE newer.replaces_id = c.id)
ORDER BY valid_to
""")
_PLAN = swift.unpeeked("""
SELECT kind, made, ours, review FROM plan AS p
WHERE trainee_id = ? AND NOT EXISTS (
  SELECT 1 FROM plan AS newer WHERE newer.trainee_id = p.trainee_id AND newer.replaces_id = p.id
)
ORDER BY made DESC, id DESC LIMIT 1
""")
_MARKS = swift.unpeeked("""
SELECT kind, count(*) FROM attended_day WHERE trainee_id = ? AND day BETWEEN ? AND ? GROUP BY kind
""")


_STANDING = swift.unpeeked("""
SELECT
  (SELECT at FROM archived WHERE trainee_id = ?),
  (SELECT min(asked) FROM rights_request
    WHERE trainee_id = ? AND kind = ? AND outcome <> ? AND asked <= ? AND (lifted IS NULL OR lifted > ?)),
  EXISTS (SELECT 1 FROM region_letter WHERE trainee_id = ? AND kind = ? AND taken_over IS NOT NULL)
""")


@dataclass(frozen=True, slots=True)
class Standing:
    """What few people have, asked in one: archived or restricted since when, a letter about a worker."""

    archived: datetime | None
    restricted: date | None
    told_a_worker: bool


def standing(unit: Opened, trainee_id: int, on: date) -> Standing:
    """How a trainee stands as a whole."""
    who, day = trainee_id, on.isoformat()
    values = (who, who, RESTRICTION, REFUSED, day, day, who, WORKER_CHANGED)
    at, asked, told = speak(unit.connection, _STANDING, values).fetchone()
    return Standing(
        datetime.fromisoformat(at) if at else None, date.fromisoformat(asked) if asked else None, bool(told)
    )


def happenings(unit: Opened, trainee_id: int, limit: int) -> tuple[tuple[Happening, ...], int]:
    """The newest notes with their first words, and how many there are in all."""
    rows = speak(unit.connection, _HAPPENINGS, (trainee_id, trainee_id, limit)).fetchall()
    told = tuple(
        Happening(note_id=id_, at=datetime.fromisoformat(at), kind=kind, minutes=minutes, text=text)
        for id_, at, kind, minutes, text, _every in rows
    )
    return told, rows[0][-1] if rows else 0


def consents(unit: Opened, trainee_id: int, on: date) -> tuple[ConsentLine, ...]:
    """The consents in force on a day, the one that ends first before the others."""
    day = on.isoformat()
    rows = speak(unit.connection, _IN_FORCE, (trainee_id, day, day))
    return tuple(ConsentLine(recipient=who, valid_to=date.fromisoformat(to)) for who, to in rows)


def plan(unit: Opened, trainee_id: int) -> PlanLine | None:
    """The newest plan that no other replaces."""
    row = speak(unit.connection, _PLAN, (trainee_id,)).fetchone()
    if row is None:
        return None
    made, review = (date.fromisoformat(day) if day else None for day in (row[1], row[3]))
    return PlanLine(kind=row[0], made=made, ours=bool(row[2]), review=review)


def marks(unit: Opened, trainee_id: int, on: date) -> dict[str, int]:
    """How many days of each kind were marked in the four weeks up to a day."""
    span = (trainee_id, (on - FOUR_WEEKS).isoformat(), on.isoformat())
    return {row[0]: row[1] for row in speak(unit.connection, _MARKS, span)}
