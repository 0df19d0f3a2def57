"""Self-assessments: the numbers of a filling recorded, corrected, removed and listed."""

from dataclasses import asdict

from coachdesk.domain import assessment as rules
from coachdesk.domain.assessment import Filling, SelfAssessment
from coachdesk.domain.removed import Removed
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import assessments, removed
from coachdesk.store.unit import Unit


def record(desk: Desk, filling: Filling) -> Filling:
    """Record a filling with its numbers.

    Raises:
        Refused: a number, day or instrument cannot be, or one of that day is already recorded.
    """
    with desk.writing() as unit:
        kept = record_in(unit, filling)
        unit.commit()
    return kept


def record_in(unit: Unit, filling: Filling) -> Filling:
    """As ``record``, in a unit that others also write to."""
    kept = _add(unit, rules.checked(filling, unit.on))
    last = removed.newest(unit, kept.trainee_id, _named(kept))
    if last is not None and _scores_of(last) == kept.scores:  # removed and undone
        removed.forget(unit, kept.trainee_id, _named(kept))
    unit.log("self_assessment.record", trainee_id=kept.trainee_id, subject=_named(kept), after=_told(kept))
    return kept


def correct(desk: Desk, before: Filling, filling: Filling) -> Filling:
    """Write a filling anew in place of one recorded; returns that one as it was, for undo.

    Raises:
        Refused: as ``record``.
        LookupError: the one before is not there.
    """
    with desk.writing() as unit:
        old = _take(unit, before)
        new = _add(unit, rules.checked(filling, unit.on))
        was, now = changed(old, new)
        unit.log(
            "self_assessment.correct",
            trainee_id=new.trainee_id,
            subject=_named(new),
            before=_numbers_as_text(was),
            after=_numbers_as_text(now),
        )
        unit.commit()
    return old


def remove(desk: Desk, filling: Filling) -> Filling:
    """Take away a filling; returns it, for undo. It can be brought back for 30 days.

    Raises:
        LookupError: it is not there.
    """
    with desk.writing() as unit:
        which = assessments.is_of(filling.trainee_id, filling.instrument, filling.on_day)
        removed.keep(unit, filling.trainee_id, _named(filling), (assessments.ASSESSMENTS.table, which))
        old = _take(unit, filling)
        unit.log("self_assessment.remove", trainee_id=old.trainee_id, subject=_named(old), before=_told(old))
        unit.commit()
    return old


def of_trainee(desk: Desk, trainee_id: int) -> tuple[SelfAssessment, ...]:
    """A trainee's numbers by day and area."""
    with desk.reading() as unit:
        return assessments.of_trainee(unit, trainee_id)


def _add(unit: Unit, filling: Filling) -> Filling:
    if assessments.of_filling(unit, filling.trainee_id, filling.instrument, filling.on_day):
        raise Refused(
            N_("A self-assessment of {day} is already recorded. Correct that one."),
            field="on_day",
            day=filling.on_day,
        )
    for row in filling.rows:
        assessments.ASSESSMENTS.add(unit, row)
    return filling


def _take(unit: Unit, filling: Filling) -> Filling:
    rows = assessments.of_filling(unit, filling.trainee_id, filling.instrument, filling.on_day)
    if not rows:
        raise LookupError(f"no self-assessment {_named(filling)}")
    assessments.remove_filling(unit, filling.trainee_id, filling.instrument, filling.on_day)
    return rules.fillings(rows)[0]


def _scores_of(last: Removed) -> dict[int, int]:
    return {row["area"]: row["score"] for row in last.rows.get("self_assessment", ())}


def _named(filling: Filling) -> str:
    return f"self_assessment:{filling.instrument}:{filling.on_day.isoformat()}"


def _told(filling: Filling) -> dict[str, object]:
    return _numbers_as_text(asdict(filling))


def _numbers_as_text(values: dict[str, object]) -> dict[str, object]:
    """The log is JSON, whose names are text."""
    scores = values.get("scores")
    if not isinstance(scores, dict):
        return values
    return values | {"scores": {str(area): score for area, score in scores.items()}}
