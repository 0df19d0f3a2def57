"""Openings of phases, norms, next steps and job coaching."""

from datetime import date

from coachdesk.domain.phases import Coaching, NextStep, Opening, PhaseNorm
from coachdesk.store import tables
from coachdesk.store.rows import Opened, Rows

OPENINGS = Rows(tables.opening, Opening)
NORMS = Rows(tables.phase_norm, PhaseNorm)
NEXT_STEPS = Rows(tables.next_step, NextStep)
COACHING = Rows(tables.coaching, Coaching)

_O, _N, _C = tables.opening.c, tables.next_step.c, tables.coaching.c


def of_trainee(unit: Opened, trainee_id: int) -> tuple[Opening, ...]:
    """A trainee's openings by phase and day."""
    return OPENINGS.find(unit, _O.trainee_id == trainee_id, order=[_O.phase, _O.opened, _O.id])


def norms(unit: Opened) -> tuple[PhaseNorm, ...]:
    """Every norm that the workshop has set."""
    return NORMS.find(unit)


def next_step(unit: Opened, trainee_id: int) -> NextStep | None:
    """The step that is not done yet."""
    found = NEXT_STEPS.find(unit, _N.trainee_id == trainee_id, _N.done.is_(None), order=_N.id.desc(), limit=1)
    return found[0] if found else None


def steps_due(unit: Opened, until: date) -> tuple[NextStep, ...]:
    """Steps of everybody that are due by a day and not done, the oldest first."""
    return NEXT_STEPS.find(unit, _N.due <= until, _N.done.is_(None), order=[_N.due, _N.id])


def coaching(unit: Opened, trainee_id: int) -> tuple[Coaching, ...]:
    """A trainee's job coaching, the newest first."""
    return COACHING.find(unit, _C.trainee_id == trainee_id, order=[_C.begins.desc(), _C.id.desc()])
