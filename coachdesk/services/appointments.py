"""Appointments: agree, move, tell how it went."""

from dataclasses import asdict, replace
from datetime import date, timedelta

from coachdesk.clock import HELSINKI
from coachdesk.domain import appointments as rules
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.today import UNTOLD_LOOKED_BACK_DAYS, Attention
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import appointments, archive, removed, trainees
from coachdesk.store.unit import Unit


def add(desk: Desk, appointment: Appointment) -> Appointment:
    """Agree on an appointment; without a coach it is of the one who is at the desk.

    Raises:
        Refused: no kind, or no length.
    """
    with desk.writing() as unit:
        kept = add_in(unit, appointment)
        unit.commit()
    return kept


def add_in(unit: Unit, appointment: Appointment) -> Appointment:
    """Keep an appointment in a unit that others also write to."""
    whose = appointment.coach_id or unit.coach_id or None
    kept = appointments.APPOINTMENTS.add(unit, rules.checked(replace(appointment, coach_id=whose), unit.at))
    subject = f"appointment:{kept.id}"
    if appointment.id:  # removed and undone
        removed.forget(unit, kept.trainee_id, subject)
    unit.log("appointment.add", trainee_id=kept.trainee_id, subject=subject, after=asdict(kept))
    return kept


def edit(desk: Desk, appointment: Appointment) -> Appointment:
    """Move or change an appointment; returns it as it was, for undo."""
    with desk.writing() as unit:
        before = appointments.APPOINTMENTS.get(unit, appointment.id)
        after = rules.checked(appointment, unit.at)
        appointments.APPOINTMENTS.put(unit, after)
        old, new = changed(before, after)
        act = "appointment.outcome" if set(new) == {"outcome"} else "appointment.edit"
        subject = f"appointment:{after.id}"
        unit.log(act, trainee_id=after.trainee_id, subject=subject, before=old, after=new)
        unit.commit()
    return before


def tell_outcome(desk: Desk, appointment_id: int, outcome: str) -> Appointment:
    """Tell how an appointment went; returns it as it was, for undo."""
    return edit(desk, replace(get(desk, appointment_id), outcome=outcome))


def remove(desk: Desk, appointment_id: int) -> Appointment:
    """Take away an appointment; returns it, for undo. It can be brought back for 30 days."""
    with desk.writing() as unit:
        before = appointments.APPOINTMENTS.get(unit, appointment_id)
        subject = f"appointment:{before.id}"
        removed.take(unit, before.trainee_id, subject, appointments.APPOINTMENTS, appointment_id)
        unit.log("appointment.remove", trainee_id=before.trainee_id, subject=subject, before=asdict(before))
        unit.commit()
    return before


def get(desk: Desk, appointment_id: int) -> Appointment:
    """The appointment as kept."""
    with desk.reading() as unit:
        return appointments.APPOINTMENTS.get(unit, appointment_id)


def untold(desk: Desk) -> tuple[Attention, ...]:
    """Own appointments of the last four weeks that are over and of which nobody told how they went."""
    with desk.reading() as unit:
        archived = archive.everybody(unit)
        found = [
            one
            for one in appointments.between(unit, unit.on - timedelta(days=UNTOLD_LOOKED_BACK_DAYS), unit.on)
            if not one.outcome
            and one.trainee_id not in archived
            and one.coach_id in (None, unit.coach_id)
            and one.at + timedelta(minutes=one.minutes) <= unit.at
        ]
        people = {one.trainee_id: trainees.TRAINEES.get(unit, one.trainee_id) for one in found}
    days = [one.at.astimezone(HELSINKI).date() for one in found]
    return tuple(
        Attention(
            kind="outcome_untold", trainee_id=one.trainee_id, name=people[one.trainee_id].spoken_name,
            text=one.kind, days=(unit.on - day).days, dates=(day,), about=one.id,
        )
        for one, day in zip(found, days, strict=True)
    )  # fmt: skip


def of_trainee(desk: Desk, trainee_id: int) -> tuple[Appointment, ...]:
    """A trainee's appointments, the latest first."""
    with desk.reading() as unit:
        return appointments.of_trainee(unit, trainee_id)


def between(desk: Desk, first: date, last: date) -> tuple[Appointment, ...]:
    """Everybody's appointments on days, both included, by time; the list that shows them logs."""
    with desk.reading() as unit:
        return appointments.between(unit, first, last)
