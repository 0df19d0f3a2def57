"""Phases: open, close, re-enter; the workshop's norms; the next step."""

from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain import phases as rules
from coachdesk.domain.letters import nfc
from coachdesk.domain.permissions import Right
from coachdesk.domain.phases import NextStep, Opening, PhaseNorm, PhaseState
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import rights
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import phases, removed
from coachdesk.store.unit import Unit


def open_phase(
    desk: Desk, trainee_id: int, phase: int, *, opened: date | None = None, reason: str = ""
) -> Opening:
    """Open a phase, or re-enter it with the reason why; others may be open beside it.

    Raises:
        Refused: it is open already, the day is to come or within an earlier opening, or no reason.
    """
    with desk.writing() as unit:
        new = Opening(
            trainee_id=trainee_id, phase=phase, opened=opened or unit.on, reason=nfc(reason).strip()
        )
        rules.refuse_without_reason(phases.of_trainee(unit, trainee_id), new)
        kept = open_in(unit, new)
        unit.commit()
    return kept


def open_in(unit: Unit, opening: Opening) -> Opening:
    """Open a phase in a unit that others also write to: an import, the demo."""
    own = phases.of_trainee(unit, opening.trainee_id)
    kept = phases.OPENINGS.add(unit, rules.check_opening(own, opening, unit.on))
    again = any(old.phase == kept.phase for old in own)
    act = "phase.reenter" if again else "phase.open"
    unit.log(act, trainee_id=kept.trainee_id, subject=f"phase:{kept.phase}", after=asdict(kept))
    return kept


def close_phase(desk: Desk, opening_id: int, *, closed: date | None = None) -> Opening:
    """Close an opening on a day; returns it as it was, for undo."""
    with desk.writing() as unit:
        before = phases.OPENINGS.get(unit, opening_id)
        _put(unit, "phase.close", before, rules.close(before, closed or unit.on, unit.on))
        unit.commit()
    return before


def edit_opening(desk: Desk, opening: Opening, *, why: str = "") -> Opening:
    """Correct the days or the reason of an opening; returns it as it was, for undo."""
    with desk.writing() as unit:
        before = phases.OPENINGS.get(unit, opening.id)
        rules.check_opening(phases.of_trainee(unit, opening.trainee_id), opening, unit.on)
        if opening.closed is not None:
            rules.close(opening, opening.closed, unit.on)
        _put(unit, "phase.edit", before, opening, why)
        unit.commit()
    return before


def remove_opening(desk: Desk, opening_id: int) -> Opening:
    """Take back an opening made by mistake; returns it, for undo."""
    with desk.writing() as unit:
        before = phases.OPENINGS.get(unit, opening_id)
        subject = f"phase:{before.phase}"
        removed.take(unit, before.trainee_id, subject, phases.OPENINGS, opening_id)
        unit.log("phase.remove", trainee_id=before.trainee_id, subject=subject, before=asdict(before))
        unit.commit()
    return before


def openings(desk: Desk, trainee_id: int) -> tuple[Opening, ...]:
    """A trainee's openings by phase and day: the history."""
    with desk.reading() as unit:
        return phases.of_trainee(unit, trainee_id)


def states(desk: Desk, trainee_id: int) -> tuple[PhaseState, ...]:
    """The five phases as they stand today, against the workshop's own norms."""
    with desk.reading() as unit:
        return rules.states(phases.of_trainee(unit, trainee_id), phases.norms(unit), unit.on)


def norms(desk: Desk) -> tuple[PhaseNorm, ...]:
    """Every norm that the workshop has set, with its first day."""
    with desk.reading() as unit:
        return phases.norms(unit)


def set_norm(desk: Desk, phase: int, days: int | None, *, valid_from: date | None = None) -> PhaseNorm:
    """Set the workshop's own norm for a phase from a day on; None takes the norm away.

    Raises:
        Refused: only a lead coach may; no such phase, or days below one.
    """
    rights.require(desk, Right.CODES)
    if phase not in rules.PHASES or (days is not None and days < 1):
        raise Refused(N_("A norm is a number of days from one up."), field="days")
    with desk.writing() as unit:
        kept = phases.NORMS.add(unit, PhaseNorm(phase=phase, days=days, valid_from=valid_from or unit.on))
        unit.log("norm.set", subject=f"phase:{phase}", after=asdict(kept))
        unit.commit()
    return kept


def take_back_norms(desk: Desk, set_: tuple[PhaseNorm, ...]) -> None:
    """Take back norms that were set, for undo: the ones before them are in force again.

    Raises:
        Refused: only a lead coach may.
    """
    rights.require(desk, Right.CODES)
    with desk.writing() as unit:
        for norm in set_:
            phases.NORMS.remove(unit, norm.id)
            unit.log("norm.take_back", subject=f"phase:{norm.phase}", before=asdict(norm))
        unit.commit()


def set_next_step(desk: Desk, trainee_id: int, text: str, *, due: date | None = None) -> NextStep:
    """Write the one next step; a step that stood there is done with it, unfinished.

    Raises:
        Refused: there are no words.
    """
    with desk.writing() as unit:
        kept = set_next_step_in(unit, NextStep(trainee_id=trainee_id, text=text, due=due))
        unit.commit()
    return kept


def take_back_next_step(desk: Desk, step: NextStep, before: NextStep | None = None) -> None:
    """Take back a next step that was written, for undo; ``before`` is the one that stood there."""
    with desk.writing() as unit:
        phases.NEXT_STEPS.remove(unit, step.id)
        if before is not None:
            phases.NEXT_STEPS.add(unit, before)
        unit.log(
            "next_step.take_back",
            trainee_id=step.trainee_id,
            subject=f"next_step:{step.id}",
            before=asdict(step),
            after=asdict(before) if before else None,
        )
        unit.commit()


def set_next_step_in(unit: Unit, step: NextStep) -> NextStep:
    """As ``set_next_step`` in a unit that others also write to.

    Raises:
        Refused: it has no words.
    """
    step = replace(step, text=nfc(step.text))
    if not step.text:
        raise Refused(N_("A next step needs words."), field="text")
    old = phases.next_step(unit, step.trainee_id)
    if old is not None:
        phases.NEXT_STEPS.remove(unit, old.id)
    kept = phases.NEXT_STEPS.add(unit, step)
    before = asdict(old) if old else None
    unit.log("next_step.set", trainee_id=kept.trainee_id, before=before, after=asdict(kept))
    return kept


def edit_next_step(desk: Desk, step: NextStep) -> NextStep:
    """Move or reword a next step, or mark it done or not done; returns it as it was, for undo."""
    with desk.writing() as unit:
        before = phases.NEXT_STEPS.get(unit, step.id)
        phases.NEXT_STEPS.put(unit, step)
        old, new = changed(before, step)
        subject = f"next_step:{step.id}"
        unit.log("next_step.edit", trainee_id=step.trainee_id, subject=subject, before=old, after=new)
        unit.commit()
    return before


def next_step(desk: Desk, trainee_id: int) -> NextStep | None:
    """The step that is not done yet."""
    with desk.reading() as unit:
        return phases.next_step(unit, trainee_id)


def steps_due(desk: Desk, until: date) -> tuple[NextStep, ...]:
    """Steps of everybody that are due by a day and not done, the oldest first."""
    with desk.reading() as unit:
        return phases.steps_due(unit, until)


def _put(unit: Unit, act: str, before: Opening, after: Opening, why: str = "") -> None:
    phases.OPENINGS.put(unit, after)
    old, new = changed(before, after)
    subject = f"phase:{after.phase}"
    unit.log(act, trainee_id=after.trainee_id, subject=subject, before=old, after=new, why=why)
