"""The SELECTs of the list of trainees and of a trainee's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from coachdesk.domain import letters
from coachdesk.domain import period as period_rules
from coachdesk.domain import phases as phase_rules
from coachdesk.domain.phases import PhaseNorm
from coachdesk.domain.trainee_sheets import ConsentLine, Happening, PlanLine, TraineeRow
from coachdesk.store import phases, tables
from coachdesk.store.rows import Opened

FOUR_WEEKS = timedelta(days=27)
FIRST_WORDS = 160

_PEOPLE = """
SELECT id, family_name, given_names, former_names, personal_identity_code, responsible_coach_id, name_fold
FROM trainee ORDER BY name_sort, id
"""
_OPENINGS = """
SELECT trainee_id, phase, max(CASE WHEN closed IS NULL THEN opened END)
FROM opening GROUP BY trainee_id, phase
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


def listing(unit: Opened, on: date) -> tuple[TraineeRow, ...]:
    """A row for everybody, in the order of both languages."""
    run = unit.connection.exec_driver_sql
    day = on.isoformat()
    open_phases: dict[int, dict[int, str | None]] = defaultdict(dict)
    for who, phase, opened in run(_OPENINGS):
        open_phases[who][phase] = opened
    steps = {who: (text, due) for who, text, due in run(_STEPS)}
    consents = {row[0]: str(row[1]) for row in run(_CONSENTS, (day, day))}
    ends = _ends(run(_PERIODS), run(_COACHING), day)
    norms = phases.norms(unit)
    people: Iterable[Any] = run(_PEOPLE)
    return tuple(
        _row(order, person, open_phases.get(person[0], {}), steps, consents, ends, norms, on)
        for order, person in enumerate(people)
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


def happenings(unit: Opened, trainee_id: int, limit: int) -> tuple[Happening, ...]:
    """The newest notes with their first words."""
    n = tables.note.c
    first = func.substr(n.text, 1, FIRST_WORDS).label("first")
    statement = select(n.id, n.at, n.kind, n.minutes, first)
    statement = statement.where(n.trainee_id == trainee_id, n.deleted.is_(False))
    rows = unit.connection.execute(statement.order_by(n.at.desc(), n.id.desc()).limit(limit))
    return tuple(
        Happening(note_id=row.id, at=row.at, kind=row.kind, minutes=row.minutes, text=row.first)
        for row in rows
    )


def consents(unit: Opened, trainee_id: int, on: date) -> tuple[ConsentLine, ...]:
    """The consents in force on a day, the one that ends first before the others."""
    c = tables.consent.c
    newer = tables.consent.alias()
    replaced = select(newer.c.id).where(newer.c.replaces_id == c.id).exists()
    statement = select(c.recipient, c.valid_to).where(
        c.trainee_id == trainee_id, c.withdrawn.is_(None), c.given <= on, c.valid_to >= on, ~replaced
    )
    rows = unit.connection.execute(statement.order_by(c.valid_to))
    return tuple(ConsentLine(recipient=row.recipient, valid_to=row.valid_to) for row in rows)


def plan(unit: Opened, trainee_id: int, on: date) -> PlanLine | None:
    """The newest plan that no other replaces."""
    p = tables.plan.c
    newer = tables.plan.alias()
    replaced = select(newer.c.id).where(newer.c.replaces_id == p.id).exists()
    statement = select(p.kind, p.made, p.ours, p.review).where(p.trainee_id == trainee_id, ~replaced)
    row = unit.connection.execute(statement.order_by(p.made.desc(), p.id.desc()).limit(1)).first()
    return PlanLine(kind=row.kind, made=row.made, ours=row.ours, review=row.review) if row else None


def marks(unit: Opened, trainee_id: int, on: date) -> dict[str, int]:
    """How many days of each kind were marked in the four weeks up to a day."""
    d = tables.attended_day.c
    statement = select(d.kind, func.count()).where(
        d.trainee_id == trainee_id, d.day.between(on - FOUR_WEEKS, on)
    )
    return {row[0]: row[1] for row in unit.connection.execute(statement.group_by(d.kind))}


def best_period(periods: Iterable[period_rules.Period], on: date) -> period_rules.Period | None:
    """The period that the page tells of: the running one that began last, else the next, else the last."""
    found = sorted(periods, key=lambda p: p.begins, reverse=True)
    running = [period for period in found if period.covers(on)]
    coming = [period for period in found if period.begins > on]
    return next(iter(running or coming[-1:] or found), None)
