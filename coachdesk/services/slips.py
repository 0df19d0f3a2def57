"""The slip of an appointment, in the trainee's own language whatever the screen's."""

from coachdesk.domain.papers import Both, SlipPaper
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import named, running_period, sender_of
from coachdesk.store import appointments, trainees, workshops


def paper(desk: Desk, appointment_id: int) -> tuple[SlipPaper, str]:
    """What the slip needs, and its language; the print is logged."""
    with desk.writing() as unit:
        found = appointments.APPOINTMENTS.get(unit, appointment_id)
        person = trainees.TRAINEES.get(unit, found.trainee_id)
        coach = workshops.COACHES.get(unit, found.coach_id) if found.coach_id else None
        slip = SlipPaper(
            on=unit.on,
            workshop=sender_of(unit, running_period(unit, person.id)),
            trainee=person.spoken_name,
            at=found.at,
            minutes=found.minutes,
            kind=named("appointment_kinds", found.kind),
            place=named("places", found.place) if found.place else Both(),
            where=found.where,
            with_whom=found.with_whom,
            bring=found.bring,
            coach=coach.name if coach else "",
            coach_phone=coach.phone if coach else "",
        )
        unit.log("appointment.print", trainee_id=person.id, subject=f"appointment:{found.id}")
        unit.commit()
    return slip, person.service_language


def pdf(desk: Desk, appointment_id: int) -> bytes:
    """The slip as a PDF, ready to preview, print or save."""
    from coachdesk.printing.slip import draw_slip  # ReportLab is slow to import: only when printing

    slip, language = paper(desk, appointment_id)
    return draw_slip(slip, language)
