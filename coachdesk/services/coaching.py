"""Job coaching with its outcome, and the grades of satisfaction: recorded, corrected, taken back."""

from dataclasses import asdict, replace
from datetime import date

from coachdesk.domain import phases as rules
from coachdesk.domain import trainee as people
from coachdesk.domain.phases import Coaching
from coachdesk.domain.trainee import Feedback
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import phases, removed, trainees
from coachdesk.store.unit import Unit


def begin(desk: Desk, coaching: Coaching) -> Coaching:
    """Begin job coaching, or record one that has ended already.

    Raises:
        Refused: a day is to come, the days are in the wrong order or within another coaching, or only
            one of end and outcome is told.
    """
    with desk.writing() as unit:
        rules.check_coaching(phases.coaching(unit, coaching.trainee_id), coaching, unit.on)
        kept = begin_in(unit, coaching)
        if coaching.id:  # removed and undone
            removed.forget(unit, kept.trainee_id, _subject(kept))
        unit.commit()
    return kept


def begin_in(unit: Unit, coaching: Coaching) -> Coaching:
    """Keep job coaching in a unit that others also write to, as the demo does."""
    kept = phases.COACHING.add(unit, coaching)
    unit.log("coaching.begin", trainee_id=kept.trainee_id, subject=_subject(kept), after=asdict(kept))
    return kept


def edit(desk: Desk, coaching: Coaching) -> Coaching:
    """Write changed job coaching, as its end and outcome; returns it as it was, for undo.

    Raises:
        Refused: as of ``begin``.
    """
    with desk.writing() as unit:
        before = phases.COACHING.get(unit, coaching.id)
        rules.check_coaching(phases.coaching(unit, coaching.trainee_id), coaching, unit.on)
        phases.COACHING.put(unit, coaching)
        old, new = changed(before, coaching)
        who, subject = coaching.trainee_id, _subject(coaching)
        unit.log("coaching.edit", trainee_id=who, subject=subject, before=old, after=new)
        unit.commit()
    return before


def end(desk: Desk, coaching_id: int, *, ends: date, outcome: str) -> Coaching:
    """End job coaching with its outcome; returns it as it was, for undo."""
    with desk.reading() as unit:
        before = phases.COACHING.get(unit, coaching_id)
    return edit(desk, replace(before, ends=ends, outcome=outcome))


def remove(desk: Desk, coaching_id: int) -> Coaching:
    """Take back job coaching recorded by mistake; returns it, for undo."""
    with desk.writing() as unit:
        before = phases.COACHING.get(unit, coaching_id)
        who, subject = before.trainee_id, _subject(before)
        removed.take(unit, who, subject, phases.COACHING, coaching_id)
        unit.log("coaching.remove", trainee_id=who, subject=subject, before=asdict(before))
        unit.commit()
    return before


def of_trainee(desk: Desk, trainee_id: int) -> tuple[Coaching, ...]:
    """A trainee's job coaching, the newest first."""
    with desk.reading() as unit:
        return phases.coaching(unit, trainee_id)


def grade(desk: Desk, feedback: Feedback) -> Feedback:
    """Record how satisfied the trainee is, a whole grade from 4 to 10, with its day.

    Raises:
        Refused: no such grade, no day, or a day to come.
    """
    if feedback.on_day is None and not feedback.id:  # one brought back is as it was
        raise Refused(N_("Write the day of the grade."), field="on_day")
    with desk.writing() as unit:
        kept = grade_in(unit, people.check_grade(feedback, unit.on))
        if feedback.id:  # removed and undone
            removed.forget(unit, kept.trainee_id, f"feedback:{kept.id}")
        unit.commit()
    return kept


def grade_in(unit: Unit, feedback: Feedback) -> Feedback:
    """Keep a grade in a unit that others also write to, as the demo does."""
    kept = trainees.FEEDBACK.add(unit, feedback)
    subject = f"feedback:{kept.id}"
    unit.log("feedback.add", trainee_id=kept.trainee_id, subject=subject, after=asdict(kept))
    return kept


def change_grade(desk: Desk, feedback: Feedback) -> Feedback:
    """Correct a grade or its day; returns it as it was, for undo.

    Raises:
        Refused: no such grade, or a day to come.
    """
    with desk.writing() as unit:
        before = trainees.FEEDBACK.get(unit, feedback.id)
        trainees.FEEDBACK.put(unit, people.check_grade(feedback, unit.on))
        old, new = changed(before, feedback)
        subject = f"feedback:{feedback.id}"
        unit.log("feedback.edit", trainee_id=feedback.trainee_id, subject=subject, before=old, after=new)
        unit.commit()
    return before


def remove_grade(desk: Desk, feedback_id: int) -> Feedback:
    """Take back a grade recorded by mistake; returns it, for undo."""
    with desk.writing() as unit:
        before = trainees.FEEDBACK.get(unit, feedback_id)
        subject = f"feedback:{feedback_id}"
        removed.take(unit, before.trainee_id, subject, trainees.FEEDBACK, feedback_id)
        unit.log("feedback.remove", trainee_id=before.trainee_id, subject=subject, before=asdict(before))
        unit.commit()
    return before


def grades(desk: Desk, trainee_id: int) -> tuple[Feedback, ...]:
    """A trainee's grades, the newest first."""
    with desk.reading() as unit:
        return trainees.grades(unit, trainee_id)


def _subject(coaching: Coaching) -> str:
    return f"coaching:{coaching.id}"
