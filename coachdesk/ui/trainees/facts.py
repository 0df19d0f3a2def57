"""What the cards of the overview say, in words; nothing here reads the store or knows a widget."""

from datetime import date

from coachdesk.clock import HELSINKI
from coachdesk.domain import region_letters
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.codes import attended_kinds
from coachdesk.domain.phases import plan_is_late
from coachdesk.domain.trainee_sheets import TraineePage
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import upper
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.preview import attendance_words


def facts(page: TraineePage, today: date) -> dict[str, str]:
    """What the first card tells of goal and period, by row; no row for nothing."""
    found = {"support": page.trainee.support_needed}
    period = page.period
    if period is None:
        found["period"] = _("not begun")
    else:
        found["service"] = upper(wording.name_of("service_kinds", period.service_kind))
        found["period"] = wording.span_of(period)
        found["days"] = wording.week_of(page.agreed)
        found["decision"] = _decision(page)
    if page.plan is not None:
        name = upper(wording.name_of("plan_kinds", page.plan.kind))
        found["plan"] = f"{name} {current().day(page.plan.made)}".strip()
    elif page.plan_due is not None:
        late = plan_is_late(page.trainee.first_contact, None, today)
        message = N_("none yet, it was due on {day}") if late else N_("none yet, due on {day}")
        found["plan"] = current().fill(message, day=page.plan_due)
    found["coaching"] = wording.coaching_of(page.coaching)
    if page.grade is not None:
        found["grade"] = wording.grade_of(page.grade)
    if page.benefit is not None:
        found["benefit"] = wording.benefit_of(page.benefit)
    return found


def _decision(page: TraineePage) -> str:
    period = page.period
    assert period is not None
    parts = [period.decision_number or period.voucher_number]
    if period.granted_days is not None:
        message = N_("{used} / {granted} days")
        parts.append(
            current().fill(message, used=page.used + period.used_before, granted=period.granted_days)
        )
    elif period.granted_to is not None:
        parts.append(current().fill(N_("granted to {day}"), day=period.granted_to))
    return wording.DOT.join(filter(None, parts))


def reach(page: TraineePage, today: date) -> dict[str, str]:
    """How the person can be reached, by row."""
    t = page.trainee
    return {
        "phone": t.phone,
        "email": t.email,
        "reached": wording.DOT.join(filter(None, (t.reached_how, t.devices))),
        "interpreter": upper(wording.name_of("languages", t.interpreter_language)),
        "worker": _worker(page, today),
    }


def _worker(page: TraineePage, today: date) -> str:
    """The responsible worker at the region, as its letter told; from when, where that is still to come."""
    if page.worker is None:
        return ""
    begins, name = page.worker.day("from_day"), page.worker.worker.get("name", "")
    if begins is None or begins <= today:
        return region_letters.worker_lines(page.worker)
    return current().fill(N_("{worker}, from {day}"), worker=name, day=begins)


def marks(page: TraineePage) -> str:
    """Attended days of four weeks, then the absences by kind."""
    words = [attendance_words(page)]
    for kind, count in (page.attendance or {}).items():
        if kind not in attended_kinds() and kind not in ("not_arranged", "agreed_off"):
            words.append(f"{count} {wording.name_of('attendance_kinds', kind)}")
    return wording.DOT.join(filter(None, words)) or _("No marks yet.")


def appointment_words(appointment: Appointment, today: date) -> str:
    """When and what: Thu 17.12. 10.00 visit to a workplace."""
    at = wording.near_day(appointment.at.astimezone(HELSINKI).date(), today)
    kind = wording.name_of("appointment_kinds", appointment.kind)
    return f"{at} {current().time(appointment.at)} {kind}"
